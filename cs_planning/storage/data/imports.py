"""Imports: what was read from which file, in one transaction with everything that came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, delete, desc, insert, select, update

from cs_planning.errors import NotFound
from cs_planning.kpis.catalogue import Kpi, Unit
from cs_planning.kpis.currency import Currency
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import text
from cs_planning.storage.changes import claim, new_id, note_in_audit, settle
from cs_planning.storage.data.contact_logs import ContactLog, switch
from cs_planning.storage.data.costs import write_cost_per_contact
from cs_planning.storage.data.first_layers import keep_what_was_there
from cs_planning.storage.data.kpis import write_kpis
from cs_planning.storage.data.layers import Brought, FoldedLayers, add_layer, drop_layer, fold, overtaken, unchanged_since
from cs_planning.storage.data.point_rows import (
    Anew,
    PointCounts,
    checked_points,
    described,
    drop_unsupported,
    frame_hash,
    replace_points,
    write_points,
)
from cs_planning.storage.database import Database, insert_into
from cs_planning.storage.records import read_all, read_one
from cs_planning.storage.save import Save
from cs_planning.storage.settings import fix_currency, kept_rhythm, write_currency
from cs_planning.storage.tables import imports, mappings


@dataclass(frozen=True)
class ImportInfo:
    """A file that was read.

    Attributes:
        fingerprint: the SHA-256 of its bytes, 64 hexadecimal digits.
        kind: as what it was understood, such as `kpi_table`, `contacts`.
        mapping: how its columns were understood, as JSON.
        accepted: rows that were taken.
        rejected: rows that were not.
        summary: whatever the importer wants to show again, as JSON.
        id: empty until it is recorded.
        author: who imported it.
        imported_at: when, aware, in UTC.
        undone_at: when it was undone, aware, in UTC; None while it counts.
        undone_by: who undid it.
    """

    file_name: str
    fingerprint: str
    kind: str
    accepted: int
    rejected: int
    mapping: str = "{}"
    summary: str = "{}"
    id: str = ""
    author: str = ""
    imported_at: datetime | None = None
    undone_at: datetime | None = None
    undone_by: str = ""


_NOT_GIVEN = frozenset({"id", "author", "imported_at", "undone_at", "undone_by", "summary"})
"""What whoever records an import does not give, or what may be told anew: a second click may differ in it."""


@dataclass(frozen=True)
class ImportSource:
    """Where points came from: an import by its id, its file and how that was understood (JSON)."""

    id: str
    file_name: str
    kind: str
    mapping: str


@dataclass(frozen=True)
class ImportResult:
    """A recorded import, and what it did to the points of each frequency."""

    info: ImportInfo
    counts: Mapping[Frequency, PointCounts] = field(default_factory=dict)

    @property
    def total(self) -> PointCounts:
        """The counts of all frequencies together."""
        return sum(self.counts.values(), PointCounts())


@dataclass(frozen=True)
class RememberedMapping:
    """How the columns under a header were understood last time, as JSON."""

    header_fingerprint: str
    kind: str
    mapping: str


@dataclass(frozen=True)
class Undone:
    """What the series and the contact log are without an import, as it was computed of the other imports.

    Attributes:
        number: of the layer of the import.
        keys: of the series that it can have changed.
        points: what these are without it, series frames by frequency.
        sources: the file of each series that is left.
        log: the new list of files of its contact log.
        kpis: how the KPIs of the import are described by the others.
        remember: how files with its header are to be understood from now on; None for as if none had been imported.
        header: the fingerprint of its header.
        state: of the workspace from which this was computed; see `Layers.state`.
        currency: in which amounts are counted from now on; None for as before.
    """

    number: int
    keys: Sequence[str]
    points: Mapping[Frequency, pd.DataFrame]
    sources: Mapping[str, str]
    log: ContactLog | None
    kpis: Sequence[Kpi]
    remember: RememberedMapping | None
    header: str
    state: tuple[int, int]
    currency: Currency | None = None


class Imports:
    """Files that were read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(
        self,
        info: ImportInfo,
        points: Mapping[Frequency, pd.DataFrame],
        *,
        kpis: Sequence[Kpi] = (),
        remember: RememberedMapping | None = None,
        log: ContactLog | None = None,
        brought: Brought | None = None,
        folded: FoldedLayers | None = None,
        state: tuple[int | None, int] | None = None,
        anew: Anew | None = None,
        currency: str | None = None,
        save: Save,
    ) -> ImportResult:
        """Saves an import and everything that came of it, all or nothing; the cost per contact with it where both are there.

        Args:
            info: the file; its id, author and moment are filled in here.
            points: series frames by the frequency of their series.
            kpis: descriptions of KPIs that are not in the catalogue.
            remember: how files with this header are to be understood from now on.
            log: the new list of files of a contact log, with the version of the list that it was made from.  The files must
                be complete on disk before, under new names; files that are no longer listed may be deleted afterwards.
            brought: what the file gives by itself, by which the import can be undone; without it it can't.
            folded: the layers that are too old to be undone from now on.
            state: of the workspace from which the points were computed, where they rest on others; see `unchanged_since`.
            anew: the series that were computed again as a whole, whose values go where none came.
            currency: that the file names (ISO 4217); amounts hold it fast from now on unless one was chosen.
            save: who saves, when, and the key under which it happens once.

        Raises:
            InvalidSeries: a frame is not a series frame of its frequency.
            Conflict: another import switched the log in between; nothing was saved.
            Overtaken: another import or undoing changed in between what this one rests on; nothing was saved.
            StorageUnavailable: the database can't be written; nothing was saved.
        """
        with self._database.writing() as connection:
            checked = {each: checked_points(points[each], kept_rhythm(connection, each)) for each in sorted(points)}
            content = _written(info, checked, kpis, remember, log)
            claimed = claim(connection, "record_import", content, save=save)
            if claimed.earlier is not None:
                return _load_result(connection, claimed.earlier)
            is_overtaken = state is not None and not unchanged_since(connection, state)
            if brought is not None:
                keep_what_was_there(connection)
            if log is not None:
                switch(connection, log, now=save.now)
            if is_overtaken:
                raise overtaken(info.file_name)
            recorded = replace(info, id=new_id(), author=save.author, imported_at=save.now)
            if brought is not None:
                header = "" if remember is None else remember.header_fingerprint
                add_layer(connection, recorded.id, "" if log is None else log.id, header, brought)
            if folded is not None:
                fold(connection, folded)
            counts = {
                frequency: write_points(connection, frame, frequency, source=info.file_name, now=save.now)
                for frequency, frame in checked.items()
            }
            if anew is not None:
                gone = drop_unsupported(connection, checked, anew, now=save.now)
                counts = {each: replace(count, removed=gone.get(each, 0)) for each, count in counts.items()}
            write_kpis(connection, kpis, now=save.now)
            if remember is not None:
                _remember(connection, remember, save=save)
            if any(kpi.unit is Unit.MONEY for kpi in kpis):
                fix_currency(connection, currency, save=save)
            connection.execute(insert(imports).values(asdict(recorded)))
            write_cost_per_contact(connection, now=save.now)
            result = ImportResult(recorded, counts)
            detail = f"{info.file_name} {described(result.total)}"
            note_in_audit(connection, "imported", "import", recorded.id, detail=detail, save=save)
            each = {frequency.value: described(count) for frequency, count in counts.items()}
            settle(connection, claimed, id=recorded.id, **each)
        return result

    def undo(self, id: str, undone: Undone, *, save: Save) -> ImportInfo:
        """Takes an import away and puts what is without it in its place, all or nothing.

        Args:
            id: of the import.
            undone: what is without it; the files of its log must be complete on disk, under new names.
            save: who does it, when, and the key under which it happens once.

        Raises:
            NotFound: there is no such import.
            Overtaken: something was imported, changed or undone since `undone` was computed; nothing was changed.
        """
        with self._database.writing() as connection:
            claimed = claim(connection, "undo_import", id, save=save)
            info = _load_import(connection, id)
            if claimed.earlier is not None:
                return info
            if info.undone_at is not None or not unchanged_since(connection, undone.state):
                raise overtaken(info.file_name)
            checked = {each: checked_points(undone.points[each], kept_rhythm(connection, each)) for each in undone.points}
            gone = replace_points(connection, undone.keys, checked, undone.sources, now=save.now)
            write_kpis(connection, undone.kpis, now=save.now)
            if undone.log is not None:
                switch(connection, undone.log, now=save.now)
            if undone.currency is not None:
                write_currency(connection, undone.currency, save=save)
            drop_layer(connection, undone.number)
            if undone.remember is not None:
                _remember(connection, undone.remember, save=save)
            elif undone.header:
                connection.execute(delete(mappings).where(mappings.c.header_fingerprint == undone.header))
            marked = update(imports).where(imports.c.id == id).values(undone_at=save.now, undone_by=save.author)
            connection.execute(marked)
            note_in_audit(connection, "undone", "import", id, detail=f"{info.file_name} {gone}", save=save)
            settle(connection, claimed, id=id)
        return replace(info, undone_at=save.now, undone_by=save.author)

    def find(self, fingerprint: str) -> ImportInfo | None:
        """The last import of a file with exactly these bytes that was not undone, None when there was none."""
        query = (
            select(imports)
            .where(imports.c.fingerprint == fingerprint, imports.c.undone_at.is_(None))
            .order_by(desc(imports.c.imported_at))
            .limit(1)
        )
        with self._database.reading() as connection:
            return read_one(connection, ImportInfo, query)

    def load(self, id: str) -> ImportInfo:
        """An import by its id.

        Raises:
            NotFound: there is none.
        """
        with self._database.reading() as connection:
            return _load_import(connection, id)

    def list_sources(self) -> tuple[ImportSource, ...]:
        """Every import that was not undone, the newest first, by what later imports are decided with."""
        columns = imports.c
        query = select(columns.id, columns.file_name, columns.kind, columns.mapping).where(columns.undone_at.is_(None))
        with self._database.reading() as connection:
            return read_all(connection, ImportSource, query.order_by(desc(columns.imported_at), columns.id))

    def list(self, limit: int = 200) -> tuple[ImportInfo, ...]:
        """The last `limit` imports with all that was recorded of them, newest first; to be shown, not to decide with."""
        query = select(imports).order_by(desc(imports.c.imported_at), imports.c.id).limit(limit)
        with self._database.reading() as connection:
            return read_all(connection, ImportInfo, query)

    def remembered_mapping(self, header_fingerprint: str) -> RememberedMapping | None:
        """How a file with this header was understood last time, None when there was none."""
        columns = mappings.c
        query = select(columns.header_fingerprint, columns.kind, columns.mapping)
        with self._database.reading() as connection:
            return read_one(connection, RememberedMapping, query.where(columns.header_fingerprint == header_fingerprint))


def _written(
    info: ImportInfo,
    points: Mapping[Frequency, pd.DataFrame],
    kpis: Sequence[Kpi],
    remember: RememberedMapping | None,
    log: ContactLog | None,
) -> str:
    frames = [f"{frequency.value}={frame_hash(frame)}" for frequency, frame in points.items()]
    facts = [str(value) for name, value in asdict(info).items() if name not in _NOT_GIVEN]
    months = [f"{part.month}={part.rows}" for part in log.parts] if log else []
    return "\n".join(
        [*facts, *frames, *(kpi.model_dump_json() for kpi in kpis), repr(remember), log.id if log else "", *months]
    )


def _load_import(connection: Connection, id: str) -> ImportInfo:
    info = read_one(connection, ImportInfo, select(imports).where(imports.c.id == id))
    if info is None:
        raise NotFound(text("There is no import {id}.", id=id), text("Look in the list of imports."))
    return info


def _load_result(connection: Connection, kept: Mapping[str, str | int]) -> ImportResult:
    counts = {Frequency(name): PointCounts(**json.loads(str(count))) for name, count in kept.items() if name != "id"}
    return ImportResult(_load_import(connection, str(kept["id"])), counts)


def _remember(connection: Connection, mapping: RememberedMapping, *, save: Save) -> None:
    statement = insert_into(connection, mappings).values(
        header_fingerprint=mapping.header_fingerprint,
        kind=mapping.kind,
        mapping=mapping.mapping,
        author=save.author,
        updated_at=save.now,
    )
    replaced = {name: statement.excluded[name] for name in ("kind", "mapping", "author", "updated_at")}
    connection.execute(statement.on_conflict_do_update(index_elements=[mappings.c.header_fingerprint], set_=replaced))
