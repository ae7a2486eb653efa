"""Imports: what was read from which file, in one transaction with everything that came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, desc, insert, select

from cs_planning.errors import NotFound
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import text
from cs_planning.storage.changes import claim, new_id, note_in_audit, settle
from cs_planning.storage.contact_logs import ContactLog, switch
from cs_planning.storage.database import Database, insert_into
from cs_planning.storage.kpis import write_kpis
from cs_planning.storage.points import PointCounts, checked_points, described, frame_hash, write_points
from cs_planning.storage.records import read_all, read_one
from cs_planning.storage.save import Save
from cs_planning.storage.settings import kept_rhythm
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
        save: Save,
    ) -> ImportResult:
        """Saves an import and everything that came of it, all or nothing.

        Args:
            info: the file; its id, author and moment are filled in here.
            points: series frames by the frequency of their series.
            kpis: descriptions of KPIs that are not in the catalogue.
            remember: how files with this header are to be understood from now on.
            log: the new list of files of a contact log, with the version of the list that it was made from.  The files must
                be complete on disk before, under new names; files that are no longer listed may be deleted afterwards.
            save: who saves, when, and the key under which it happens once.

        Raises:
            InvalidSeries: a frame is not a series frame of its frequency.
            Conflict: another import switched the contact log in between; nothing was saved.
            StorageUnavailable: the database can't be written; nothing was saved.
        """
        with self._database.writing() as connection:
            checked = {each: checked_points(points[each], kept_rhythm(connection, each)) for each in sorted(points)}
            content = _written(info, checked, kpis, remember, log)
            claimed = claim(connection, "record_import", content, save=save)
            if claimed.earlier is not None:
                return _load_result(connection, claimed.earlier)
            counts = {
                frequency: write_points(connection, frame, frequency, source=info.file_name, now=save.now)
                for frequency, frame in checked.items()
            }
            write_kpis(connection, kpis, now=save.now)
            if remember is not None:
                _remember(connection, remember, save=save)
            if log is not None:
                switch(connection, log, now=save.now)
            recorded = replace(info, id=new_id(), author=save.author, imported_at=save.now)
            connection.execute(insert(imports).values(asdict(recorded)))
            result = ImportResult(recorded, counts)
            detail = f"{info.file_name} {described(result.total)}"
            note_in_audit(connection, "imported", "import", recorded.id, detail=detail, save=save)
            each = {frequency.value: described(count) for frequency, count in counts.items()}
            settle(connection, claimed, id=recorded.id, **each)
        return result

    def find(self, fingerprint: str) -> ImportInfo | None:
        """The last import of a file with exactly these bytes, None when there was none."""
        query = select(imports).where(imports.c.fingerprint == fingerprint).order_by(desc(imports.c.imported_at)).limit(1)
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
        """Every import there ever was, the newest first, by what later imports are decided with."""
        columns = imports.c
        query = select(columns.id, columns.file_name, columns.kind, columns.mapping)
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
    facts = (info.file_name, info.fingerprint, info.kind, info.mapping, str(info.accepted), str(info.rejected))
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
