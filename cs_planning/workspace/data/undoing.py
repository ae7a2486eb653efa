"""Taking an import back as a whole: what it brought goes, what it overwrote comes back, and later imports stay right."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from cs_planning.errors import CannotUndo, Conflict
from cs_planning.kpis.contacts.aggregate import kpis_of_contacts
from cs_planning.kpis.contacts.kept_files import importing, readable_files
from cs_planning.kpis.contacts.log import Manifest, merge_contacts
from cs_planning.kpis.contacts.undone import overlap, without
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import SeriesKey
from cs_planning.kpis.tables.costs import cost_per_contact
from cs_planning.language import ntext, text
from cs_planning.storage import ContactLog, Folded, ImportInfo, RememberedMapping, Save, SeriesInfo, Store, Undone
from cs_planning.workspace.data.contact_logs import ContactLogs
from cs_planning.workspace.data.contact_points import (
    Scope,
    log_id,
    log_parts,
    manifest_of,
    manifest_of_parts,
    mapping_of,
    outside,
)
from cs_planning.workspace.data.derived_points import COST_AND_CONTACTS
from cs_planning.workspace.data.import_records import kept_import
from cs_planning.workspace.data.replay import ReadFile, Replay, first_numbers

UNDOABLE_IMPORTS = 20
"""How many imports into one contact log can be undone; what older ones brought is kept together, which needs less room."""
_ATTEMPTS = 3


@dataclass(frozen=True)
class UndoPreview:
    """What undoing an import would do.

    Attributes:
        info: the import.
        contacts_gone: contacts that no other import holds.
        contacts_back: contacts that are then as other imports have them.
        values_gone: values of KPIs of a table that no other import gives.
        values_back: values that are then as other imports have them.
        series_gone: series that have no value left.
    """

    info: ImportInfo
    contacts_gone: int = 0
    contacts_back: int = 0
    values_gone: int = 0
    values_back: int = 0
    series_gone: tuple[SeriesInfo, ...] = ()


class ImportUndo:
    """Imports of a workspace that are taken back."""

    def __init__(self, store: Store, logs: ContactLogs) -> None:
        self._store = store
        self._logs = logs

    def possible(self) -> frozenset[str]:
        """The ids of the imports that can be undone."""
        return self._store.layers.imports()

    def refusal(self, info: ImportInfo) -> CannotUndo | None:
        """Why an import can't be undone, and what to do instead; None where it can."""
        return None if info.id in self.possible() else _refusal(info)

    def preview(self, id: str) -> UndoPreview:
        """What undoing an import would take away and bring back.

        Raises:
            NotFound: there is no such import.
            CannotUndo: it can't be undone, and why.
        """
        plan = _Plan(self._store, self._logs, id)
        if plan.layer.log_id:
            folder = self._logs.folder / plan.layer.log_id
            found = overlap(folder, *plan.files())
            return UndoPreview(plan.info, found.gone, found.back)
        undone = plan.without_table()
        gone = back = 0
        infos = self._store.points.list_series()
        for frequency in Frequency:
            before = self._store.points.load_frame(frequency, undone.keys)
            after = undone.points.get(frequency, before.iloc[:0])
            both = before.merge(after, on=["series", "period"], how="left", suffixes=("", "_after"), indicator="found")
            is_left = both["found"] == "both"
            gone += int((~is_left).sum())
            back += int((is_left & (both["value"] != both["value_after"]) & both["value_after"].notna()).sum())
        left = set(undone.sources)
        series = {info.key: info for info in infos if str(info.key) in undone.keys and str(info.key) not in left}
        return UndoPreview(plan.info, values_gone=gone, values_back=back, series_gone=tuple(series.values()))

    def undo(self, id: str, *, save: Save, progress: Callable[[float], None] = lambda _share: None) -> ImportInfo:
        """Takes an import back as a whole, and says which it was; whatever came after it stays as if it had not been.

        Args:
            id: of the import.
            save: who does it, when, and the key under which it happens once.
            progress: is told the share that is done, from 0 to 1.

        Raises:
            NotFound: there is no such import.
            CannotUndo: it can't be undone, and why.
            Conflict: others keep importing at the same moment; nothing was changed.
            StorageUnavailable: the workspace can't be written; nothing was changed.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            progress(0.1)
            try:
                with importing(self._logs.folder, self._logs.named):
                    done = self._once(id, save=save, progress=progress)
            except Conflict:
                if attempt == _ATTEMPTS:
                    raise
            else:
                progress(1.0)
                return done
        raise AssertionError

    def _once(self, id: str, *, save: Save, progress: Callable[[float], None]) -> ImportInfo:
        plan = _Plan(self._store, self._logs, id)
        if not plan.layer.log_id:
            return self._store.imports.undo(id, plan.without_table(), save=save)
        folder = self._logs.folder / plan.layer.log_id
        own, others = plan.files()
        known = self._store.contact_logs.load(plan.layer.log_id)
        present, lost = readable_files(folder, manifest_of(known), every_value=True)
        log = without(folder, present, own, others)
        written = Manifest(parts=(*present.parts, *log.parts, *own.parts))
        progress(0.4)
        try:
            return self._store.imports.undo(id, plan.without_contacts(known, log, lost), save=save)
        finally:
            self._logs.discard(known.id, written)

    def folded(self, log: str) -> Folded | None:
        """The oldest layer of a log put together with what was there before, where one more layer would be too many.

        Raises:
            StorageUnavailable: the files can't be written.
        """
        layers = self._store.layers.list(log=log, with_points=False)
        imports = [layer for layer in layers if layer.import_id]
        if len(imports) < UNDOABLE_IMPORTS:
            return None
        oldest, base = imports[0], next((layer for layer in layers if not layer.import_id), None)
        if base is None:
            return Folded(oldest.number, oldest.number, oldest.brought.files)
        folder = self._logs.folder / log
        before, more = (manifest_of_parts(layer.brought.files) for layer in (base, oldest))
        if any(readable_files(folder, one)[1].parts for one in (before, more)):
            return None
        both = merge_contacts(folder, before, more.paths(folder)) if more.parts else before
        return Folded(oldest.number, base.number, log_parts(both))

    def files_of(self, log: str, folded: Folded | None) -> Manifest:
        """The files of the layers that are put together, before and after."""
        if folded is None:
            return Manifest()
        layers = self._store.layers.list(log=log, with_points=False)
        before = (part for layer in layers if layer.number in (folded.number, folded.base) for part in layer.brought.files)
        return manifest_of_parts((*folded.files, *before))


class _Plan:
    """What a workspace is without an import."""

    def __init__(self, store: Store, logs: ContactLogs, id: str) -> None:
        self._store, self._logs = store, logs
        self._state = store.layers.state()
        self.info = store.imports.load(id)
        layers = store.layers.list()
        found = next((layer for layer in layers if layer.import_id == id), None)
        if found is None:
            raise _refusal(self.info)
        self.layer = found
        self._left = [layer for layer in layers if layer.number != found.number]
        sources = [one for one in reversed(store.imports.list_sources()) if one.id != id]
        self._read = {one.id: ReadFile(one.file_name, mapping_of(one.mapping)) for one in sources}
        kept_apart = {layer.import_id for layer in layers}
        self._earlier = {file.name: file.mapping for one, file in self._read.items() if one not in kept_apart}
        self._infos = store.points.list_series()

    def files(self) -> tuple[Manifest, list[Manifest]]:
        """The contacts of the import, and those of the others in their order.

        Raises:
            CannotUndo: a file of them is missing or damaged.
        """
        folder = self._logs.folder / self.layer.log_id
        of_log = [layer for layer in self._left if layer.log_id == self.layer.log_id]
        own, *others = (manifest_of_parts(layer.brought.files) for layer in (self.layer, *of_log))
        lost = sum(len(readable_files(folder, one)[1].parts) for one in (own, *others))
        if lost:
            raise CannotUndo(
                ntext(
                    "{count} file with contacts of earlier imports is missing or damaged, so that “{file}” can't be undone.",
                    "{count} files with contacts of earlier imports are missing or damaged, so that “{file}” can't be undone.",
                    lost,
                    file=self.info.file_name,
                ),
                text("Put the folder of contacts back from a backup, then try again; nothing was changed."),
            )
        return own, others

    def without_table(self) -> Undone:
        """What is without an import of KPI values."""
        of_logs = {name for names in self._names().values() for name in names}
        theirs = {str(info.key) for info in self._infos if info.source in of_logs}
        own = {str(key) for frame in self.layer.brought.points.values() for key in frame["series"].unique()}
        keys = own - theirs
        made: dict[Frequency, pd.DataFrame] = {}
        of_contacts: dict[str, str] = {}
        for scope, names in self._names().items():
            wanted = self._before_tables(log_id(scope), {key for key in keys if _can_be_of(key, scope)})
            if wanted:
                frames = self._logs.points(scope, ())
                for frequency, frame in frames.items():
                    chosen = frame[frame["series"].isin(wanted)]
                    made[frequency] = pd.concat([made[frequency], chosen]) if frequency in made else chosen
                    of_contacts |= dict.fromkeys(map(str, chosen["series"].unique()), names[-1])
        return self._undone(keys, made, of_contacts, None)

    def without_contacts(self, known: ContactLog, log: Manifest, lost: Manifest) -> Undone:
        """What is without an import of contacts.

        Args:
            known: the log as it is listed now.
            log: the files of the log without the import.
            lost: files of the log that can't be read; periods with their days keep their values.
        """
        scope = mapping_of(self.info.mapping).scope
        made = self._logs.points_of(scope, log.paths(self._logs.folder / known.id), lost)
        left = self._names().get(scope, ())
        names = {*left, self.info.file_name}
        before = {str(info.key) for info in self._infos if info.source in names}
        keys = before | {str(key) for frame in made.values() for key in frame["series"].unique()}
        owned = self._before_tables(known.id, keys)
        made = {each: frame[frame["series"].isin(owned)] for each, frame in made.items()}
        if lost.parts:
            made = self._with_values_of(lost, made, owned & before)
        source = left[-1] if left else ""
        of_contacts = {str(key): source or self.info.file_name for frame in made.values() for key in frame["series"].unique()}
        after = ContactLog(known.id, known.version, log_parts(Manifest(parts=(*log.parts, *lost.parts))))
        return self._undone(keys, made, of_contacts, after)

    def _with_values_of(
        self, lost: Manifest, made: Mapping[Frequency, pd.DataFrame], keys: Collection[str]
    ) -> dict[Frequency, pd.DataFrame]:
        """The points with those that are kept of periods whose contacts can't be read."""
        found = {}
        for frequency, frame in made.items():
            kept = self._store.points.load_frame(frequency, list(keys))
            fine = outside(kept, self._logs.calendar.rhythm(frequency), lost)
            found[frequency] = pd.concat([frame, kept[~kept.index.isin(fine.index)]], ignore_index=True)
        return found

    def _names(self) -> dict[Scope, tuple[str, ...]]:
        """The files of the other imports of contacts, by the part of the service, the last at the end."""
        found: dict[Scope, dict[str, None]] = {}
        for file in self._read.values():
            if file.mapping.kind.holds_contacts:
                names = found.setdefault(file.mapping.scope, {})
                names.pop(file.name, None)
                names[file.name] = None
        return {scope: tuple(names) for scope, names in found.items()}

    def _before_tables(self, log: str, keys: Collection[str]) -> set[str]:
        """The series that a contact log fills, since it was there before every table that holds them."""
        start = next((layer.number for layer in self._left if layer.log_id == log), None)
        tables = first_numbers(self._left, keys)
        return set() if start is None else {key for key in keys if key not in tables or start < tables[key]}

    def _undone(
        self,
        keys: Collection[str],
        of_contacts: Mapping[Frequency, pd.DataFrame],
        sources: Mapping[str, str],
        log: ContactLog | None,
    ) -> Undone:
        """Puts together what contacts and tables give."""
        replay = Replay(self._logs.calendar, dict(self._earlier))
        tables = {key for key in keys if key not in sources}
        for layer in self._left:
            if layer.brought.points or layer.brought.removed:
                replay.add(layer, self._read.get(layer.import_id), tables)
        frames = {each: frame for each, frame in of_contacts.items() if len(frame)}
        for frequency, frame in replay.frames.items():
            frames[frequency] = pd.concat([frames[frequency], frame]) if frequency in frames else frame
        files = {**sources, **replay.sources}
        every = set(keys)
        for frequency, frame in self._costs(keys, frames, files).items():
            frames[frequency] = pd.concat([frames[frequency], frame]) if frequency in frames else frame
            files |= dict.fromkeys(map(str, frame["series"].unique()), COST_AND_CONTACTS)
        every |= {str(info.key) for info in self._infos if info.source == COST_AND_CONTACTS} | set(files)
        described = {kpi.id: kpi for layer in self._left for kpi in layer.brought.kpis}
        return Undone(
            number=self.layer.number,
            keys=sorted(every),
            points={
                each: frame.sort_values(["series", "period"]).reset_index(drop=True)
                for each, frame in frames.items()
                if len(frame)
            },
            sources=files,
            log=log,
            kpis=[described[kpi.id] for kpi in self.layer.brought.kpis if kpi.id in described],
            remember=self._mapping_before(),
            header=self.layer.header,
            state=self._state,
        )

    def _costs(
        self, keys: Collection[str], frames: Mapping[Frequency, pd.DataFrame], files: Mapping[str, str]
    ) -> dict[Frequency, pd.DataFrame]:
        """Cost ÷ contacts of what is left; series that a file gives itself are not touched."""
        kept = [info for info in self._infos if info.source != COST_AND_CONTACTS]
        taken = {str(info.key) for info in kept if str(info.key) not in keys} | set(files)
        found = {}
        for frequency in Frequency:
            names = [
                str(info.key)
                for info in kept
                if info.frequency is frequency
                and info.key.kpi in ("service_cost", "contact_volume")
                and str(info.key) not in keys
            ]
            parts = [self._store.points.load_frame(frequency, names)]
            if frequency in frames:
                kpis = frames[frequency]["series"].map(lambda key: SeriesKey.parse(key).kpi)
                parts.append(frames[frequency][kpis.isin(["service_cost", "contact_volume"])])
            everything = (
                pd.concat([part for part in parts if len(part)], ignore_index=True) if any(map(len, parts)) else parts[0]
            )
            made = cost_per_contact(everything.sort_values(["series", "period"]).reset_index(drop=True))
            made = made[~made["series"].isin(taken)]
            if len(made):
                found[frequency] = made
        return found

    def _mapping_before(self) -> RememberedMapping | None:
        """How files with the same header were understood by the other imports."""
        if not self.layer.header:
            return None
        same = [self._read[layer.import_id] for layer in self._left if layer.header == self.layer.header]
        if not same:
            return None
        mapping = same[-1].mapping
        return RememberedMapping(self.layer.header, mapping.kind.value, mapping.model_dump_json())


def _can_be_of(key: str, scope: Scope) -> bool:
    """Whether contacts of a part of the service can give a series."""
    parsed = SeriesKey.parse(key)
    return parsed.kpi in kpis_of_contacts() and set(scope) <= set(parsed.scope)


def _refusal(info: ImportInfo) -> CannotUndo:
    """Why an import can't be undone, and what to do instead."""
    if info.undone_at is not None:
        return CannotUndo(
            text("“{file}” was undone already, by {author}.", file=info.file_name, author=info.undone_by),
            text("Import the file again to have it back."),
        )
    record = kept_import(info).record
    if record is None or not record.kept_apart:
        return CannotUndo(
            text("“{file}” was imported by an earlier version, which did not keep what it replaced.", file=info.file_name),
            text(
                "Import the right file over it: contacts with the same number and values of the same periods are replaced. "
                "Series that should not be there can be deleted on the Import page."
            ),
        )
    return CannotUndo(
        text(
            "“{file}” is too old to be undone: of each contact log the last {count} imports can be.",
            file=info.file_name,
            count=UNDOABLE_IMPORTS,
        ),
        text("Import the right file over it: contacts with the same number are replaced."),
    )
