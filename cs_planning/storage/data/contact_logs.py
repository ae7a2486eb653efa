"""Which Parquet files the contact logs consist of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select, update

from cs_planning.errors import Conflict
from cs_planning.language import text
from cs_planning.storage.changes import note_in_audit
from cs_planning.storage.database import Database, insert_if_new
from cs_planning.storage.records import read_all
from cs_planning.storage.save import Save
from cs_planning.storage.tables import contact_log_parts, contact_logs


@dataclass(frozen=True)
class LogPart:
    """A Parquet file of a contact log with the contacts of one month, known by its first day."""

    month: date
    file_name: str
    rows: int


@dataclass(frozen=True)
class ContactLog:
    """Which files make up a contact log.

    Attributes:
        version: of the list that was read, for noticing that another import switched it in between; 0 for a new log.
    """

    id: str
    version: int = 0
    parts: tuple[LogPart, ...] = ()


class StoredContactLogs:
    """The lists of files; an import switches them in its own transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, id: str) -> ContactLog:
        """The files of a contact log, by month; a log without files and of version 0 when there is none."""
        with self._database.reading() as connection:
            version = connection.execute(select(contact_logs.c.version).where(contact_logs.c.id == id)).scalar_one_or_none()
            columns = contact_log_parts.c
            query = select(columns.month, columns.file_name, columns.row_count.label("rows")).where(columns.log_id == id)
            parts = read_all(connection, LogPart, query.order_by(columns.month, columns.file_name))
        return ContactLog(id, version or 0, parts)

    def list(self) -> tuple[ContactLog, ...]:
        """Every contact log, one for each part of the service that was imported by itself."""
        with self._database.reading() as connection:
            names = connection.execute(select(contact_logs.c.id).order_by(contact_logs.c.id)).scalars().all()
        return tuple(self.load(name) for name in names)

    def put(self, log: ContactLog, *, save: Save) -> None:
        """Replaces the list of files of a log by one that was made of what is there.

        Raises:
            Conflict: another import switched it since `log.version` was read.
        """
        with self._database.writing() as connection:
            switch(connection, log, now=save.now)
            note_in_audit(connection, "repaired", "contact_log", log.id, detail=f"{len(log.parts)}", save=save)


def switch(connection: Connection, log: ContactLog, *, now: datetime) -> None:
    """Replaces the list of files of a log, unless another import did so since `log.version` was read."""
    columns = contact_logs.c
    if log.version == 0:
        row = {"id": log.id, "version": 1, "updated_at": now}
        done = insert_if_new(connection, contact_logs, row)
    else:
        lock = (columns.id == log.id) & (columns.version == log.version)
        moved = update(contact_logs).where(lock).values(version=log.version + 1, updated_at=now)
        done = connection.execute(moved).rowcount == 1
    if not done:
        raise Conflict(
            text("Another import into “{log}” finished in between.", log=log.id),
            text("Nothing of this one was saved. Import the file again."),
            mine=log,
        )
    connection.execute(delete(contact_log_parts).where(contact_log_parts.c.log_id == log.id))
    rows = [{"log_id": log.id, "file_name": part.file_name, "month": part.month, "row_count": part.rows} for part in log.parts]
    if rows:
        connection.execute(insert(contact_log_parts), rows)
