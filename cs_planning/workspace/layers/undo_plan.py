"""What a workspace is without an import, computed of what the other imports brought."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from cs_planning.errors import CannotUndo
from cs_planning.kpis.contacts.log.kept_files import readable_files
from cs_planning.kpis.contacts.log.manifest import Manifest
from cs_planning.kpis.contacts.points.aggregate import kpis_of_contacts
from cs_planning.kpis.currency import Currency
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import SeriesKey
from cs_planning.kpis.tables.costs import cost_per_contact
from cs_planning.language import ntext, text
from cs_planning.storage import COST_AND_CONTACTS, ContactLog, ImportInfo, RememberedMapping, Store, Undone
from cs_planning.workspace.layers.amounts import holds_currency
from cs_planning.workspace.layers.folding import UNDOABLE_IMPORTS, read_files
from cs_planning.workspace.layers.records import kept_import
from cs_planning.workspace.layers.replay import Replay, first_numbers
from cs_planning.workspace.points.contacts import (
    Scope,
    log_id,
    log_parts,
    manifest_of_parts,
    mapping_of,
    outside,
)
from cs_planning.workspace.points.logs import ContactLogs


class UndoPlan:
    """What a workspace is without an import."""

    def __init__(self, store: Store, logs: ContactLogs, id: str) -> None:
        """Reads what is kept.

        Raises:
            NotFound: there is no such import.
            CannotUndo: it can't be undone, and why.
        """
        self._store, self._logs = store, logs
        self.state = store.layers.state()
        self.info = store.imports.load(id)
        self._layers = store.layers.list()
        found = next((layer for layer in self._layers if layer.import_id == id), None)
        if found is None:
            raise why_not(self.info)
        self.layer = found
        self._left = [layer for layer in self._layers if layer.number != found.number]
        self._read, self._earlier = read_files(store, without=id)
        self.infos = store.points.list_series()
        of_logs = {one.file_name for one in store.imports.list_sources() if mapping_of(one.mapping).kind.holds_contacts}
        self._of_tables = {str(info.key) for info in self.infos if info.source not in {*of_logs, COST_AND_CONTACTS}}

    def files(self) -> tuple[Manifest, list[Manifest]]:
        """The contacts of the import, and those of the others in their order.

        Raises:
            CannotUndo: a file of them is missing or damaged.
        """
        folder = self._logs.folder / self.layer.log_id
        of_log = [layer for layer in self._left if layer.log_id == self.layer.log_id]
        own, *others = (manifest_of_parts(layer.brought.files) for layer in (self.layer, *of_log))
        lost = sum(len(readable_files(folder, one, every_value=True)[1].parts) for one in (own, *others))
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
        theirs = {str(info.key) for info in self.infos if info.source in of_logs}
        own = {str(key) for frame in self.layer.brought.points.values() for key in frame["series"].unique()}
        keys = (own | set(self.layer.brought.removed)) - theirs
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
        before = {str(info.key) for info in self.infos if info.source in names}
        keys = before | {str(key) for frame in made.values() for key in frame["series"].unique()}
        keys |= set(self.layer.brought.removed)
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
        """The series that a contact log fills, since it was there before every table that holds them.

        Assumptions: a series that tables fill now goes on so while the first of them stays, although contacts were there before
        it: they did not give that series then.
        """
        start = next((layer.number for layer in self._left if layer.log_id == log), None)
        if start is None:
            return set()
        before, tables = first_numbers(self._layers, keys), first_numbers(self._left, keys)
        staying = {key for key in self._of_tables & set(keys) if key in tables and tables[key] == before[key]}
        return {key for key in keys if key not in staying and (key not in tables or start < tables[key])}

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
        every |= {str(info.key) for info in self.infos if info.source == COST_AND_CONTACTS} | set(files)
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
            state=self.state,
            currency=self._currency_without(every, files),
        )

    def _currency_without(self, keys: Collection[str], left: Collection[str]) -> Currency | None:
        """The currency that was usual before, where only amounts of files hold the present one and none of them is left."""
        kept = self._store.settings.load_currency()
        stay = (info.kpi for info in self.infos if str(info.key) not in keys or str(info.key) in left)
        if not kept.instead_of or holds_currency(self._store, stay):
            return None
        return Currency(code=kept.instead_of)

    def _costs(
        self, keys: Collection[str], frames: Mapping[Frequency, pd.DataFrame], files: Mapping[str, str]
    ) -> dict[Frequency, pd.DataFrame]:
        """Cost ÷ contacts of what is left; series that a file gives itself are not touched."""
        kept = [info for info in self.infos if info.source != COST_AND_CONTACTS]
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


def why_not(info: ImportInfo) -> CannotUndo:
    """Why an import can't be undone, and what to do instead."""
    if info.undone_at is not None:
        return CannotUndo(
            text("“{file}” was undone already, by {author}.", file=info.file_name, author=info.undone_by or text("somebody")),
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
            "“{file}” is too old to be undone: of tables and of each contact log, the last {count} imports can be.",
            file=info.file_name,
            count=UNDOABLE_IMPORTS,
        ),
        text("Import the right file over it: contacts with the same number and values of the same periods are replaced."),
    )
