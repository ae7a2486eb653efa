"""Keeping the layers of imports few: the oldest are put together, which needs less room, and can't be undone from then on."""

from __future__ import annotations

from collections.abc import Sequence

from cs_planning.errors import StorageUnavailable
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.contacts.log.kept_files import readable_files
from cs_planning.kpis.contacts.log.manifest import Manifest, merge_contacts
from cs_planning.storage import Brought, FoldedLayers, Layer, Store
from cs_planning.workspace.layers.replay import ReadFile, Replay, first_numbers
from cs_planning.workspace.points.contacts import log_parts, manifest_of_parts, mapping_of
from cs_planning.workspace.points.logs import ContactLogs

UNDOABLE_IMPORTS = 20
"""How many imports of tables, and how many into each contact log, can be undone."""
TABLES = ""
"""Under which name layers of tables are kept together, as those of a contact log are under its name."""


def folded_log(store: Store, logs: ContactLogs, log: str) -> FoldedLayers | None:
    """The oldest layer of a log put together with what was there before it, where one more layer would be too many.

    Assumptions: while a file of either can't be read, and where there is no room for new files, both stay as they are.
    """
    layers = store.layers.list(log=log, with_points=False)
    old = _too_many(layers)
    if not old:
        return None
    oldest, base = old[0], next((layer for layer in layers if not layer.import_id), None)
    if base is None:
        return FoldedLayers((oldest.number,), oldest.number, Brought(files=oldest.brought.files))
    folder = logs.folder / log
    before, more = (manifest_of_parts(layer.brought.files) for layer in (base, oldest))
    if any(readable_files(folder, one)[1].parts for one in (before, more)):
        return None
    try:
        both = merge_contacts(folder, before, more.paths(folder)) if more.parts else before
    except StorageUnavailable:
        return None
    return FoldedLayers((base.number, oldest.number), base.number, Brought(files=log_parts(both)))


def files_of(store: Store, log: str, folded: FoldedLayers | None) -> Manifest:
    """The files of the layers of a log that are put together, before and after."""
    if folded is None:
        return Manifest()
    layers = store.layers.list(log=log, with_points=False)
    before = (part for layer in layers if layer.number in folded.numbers for part in layer.brought.files)
    return manifest_of_parts((*folded.brought.files, *before))


def folded_tables(store: Store, logs: ContactLogs) -> FoldedLayers | None:
    """The oldest layers of tables as one, where one more layer would be too many.

    Assumptions: of a series that somebody took out only what came after that is left.
    """
    layers = store.layers.list(log=TABLES)
    old = _too_many(layers)
    if not old:
        return None
    last = old[-1]
    together = [layer for layer in layers if layer.number <= last.number]
    read, earlier = read_files(store)
    replay = Replay(logs.calendar, earlier)
    keys = {str(key) for layer in together for frame in layer.brought.points.values() for key in frame["series"].unique()}
    for layer in together:
        replay.add(layer, read.get(layer.import_id), keys)
    described = {kpi.id: kpi for layer in together for kpi in layer.brought.kpis}
    brought = Brought(
        {each: frame for each, frame in replay.frames.items() if len(frame)},
        replay.sources,
        tuple(described.values()),
        since={key: number for key, number in first_numbers(together, keys).items() if key in replay.sources},
    )
    return FoldedLayers(tuple(layer.number for layer in together), last.number, brought)


def read_files(store: Store, *, without: str = "") -> tuple[dict[str, ReadFile], dict[str, Mapping]]:
    """The files of the imports by id, and how those whose layers are no longer by themselves were understood, by name.

    Args:
        store: of the workspace.
        without: the id of an import that is left out.
    """
    sources = [one for one in reversed(store.imports.list_sources()) if one.id != without]
    read = {one.id: ReadFile(one.file_name, mapping_of(one.mapping)) for one in sources}
    apart = store.layers.imports()
    return read, {file.name: file.mapping for one, file in read.items() if one not in apart}


def _too_many(layers: Sequence[Layer]) -> list[Layer]:
    """The layers of the oldest imports that are more than can be undone once another one is kept."""
    imports = [layer for layer in layers if layer.import_id]
    return imports[: max(0, len(imports) - UNDOABLE_IMPORTS + 1)]
