"""What may go after a time, so that a workspace does not grow for ever: first counted, then taken away in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, func, or_, select
from sqlalchemy import text as sql

from cs_planning.storage.changes import note_in_audit
from cs_planning.storage.database import Database
from cs_planning.storage.save import Save
from cs_planning.storage.tables import document_versions, documents, images, saves, shares, snapshots

_CHANGED = "changed"
"""Saves of another kind, as archiving and restoring, stay."""
_AT_ONCE = 500


@dataclass(frozen=True)
class Limits:
    """Until when each kind of thing is kept; None for ever.

    Attributes:
        saves: marks of saves that were done, by which a second click changes nothing.
        versions: earlier versions of goals, pages and scenarios: of each day before this moment the last one stays, the first
            one and the present one too.
        snapshots: frozen pages that no open link shows.
        pictures: pictures that neither a page, nor an earlier version of one, nor a snapshot shows.
    """

    saves: datetime | None = None
    versions: datetime | None = None
    snapshots: datetime | None = None
    pictures: datetime | None = None


@dataclass(frozen=True)
class Outdated:
    """How many of each kind are beyond their limits, and the bytes of their contents."""

    saves: int = 0
    versions: int = 0
    snapshots: int = 0
    pictures: int = 0
    content_bytes: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether all that is kept is within its limits."""
        return not (self.saves or self.versions or self.snapshots or self.pictures)


class Retention:
    """What is beyond its time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def outdated(self, limits: Limits, now: datetime) -> Outdated:
        """What `delete` would take away at `now`, aware."""
        with self._database.reading() as connection:
            return _Found(connection, limits, now).counts()

    def delete(self, limits: Limits, *, save: Save) -> Outdated:
        """Takes away what is beyond its limits, all or nothing, and says what it was; who did it is in the audit trail."""
        with self._database.writing() as connection:
            found = _Found(connection, limits, save.now)
            counts = found.counts()
            if counts.is_nothing:
                return counts
            found.delete()
            said = f"saves {counts.saves}, versions {counts.versions}, snapshots {counts.snapshots}, pictures {counts.pictures}"
            note_in_audit(connection, "deleted", "outdated", "retention", detail=said, save=save)
        return counts


class _Found:
    def __init__(self, connection: Connection, limits: Limits, now: datetime) -> None:
        self._connection = connection
        self._limits = limits
        self._versions = _old_versions(connection, limits.versions) if limits.versions else []
        self._snapshots = _old_snapshots(connection, limits.snapshots, now) if limits.snapshots else []
        self._pictures = self._old_pictures(limits.pictures) if limits.pictures else []

    def counts(self) -> Outdated:
        saves_before = 0
        if self._limits.saves is not None:
            query = select(func.count()).select_from(saves).where(saves.c.at < self._limits.saves)
            saves_before = int(self._connection.execute(query).scalar_one())
        size = sum(length for _key, _version, length in self._versions)
        size += sum(length for _key, length in (*self._snapshots, *self._pictures))
        return Outdated(saves_before, len(self._versions), len(self._snapshots), len(self._pictures), size)

    def delete(self) -> None:
        if self._limits.saves is not None:
            self._connection.execute(delete(saves).where(saves.c.at < self._limits.saves))
        if self._versions:
            with _changeable(self._connection, document_versions):
                for key, version, _length in self._versions:
                    columns = document_versions.c
                    gone = (columns.document_id == key) & (columns.version == version)
                    self._connection.execute(delete(document_versions).where(gone))
        if self._snapshots:
            with _changeable(self._connection, snapshots):
                _delete_ids(self._connection, snapshots, [key for key, _length in self._snapshots])
        _delete_ids(self._connection, images, [key for key, _length in self._pictures])

    def _old_pictures(self, before: datetime) -> list[tuple[str, int]]:
        """Pictures whose id stands in nothing that stays."""
        query = select(images.c.id, func.length(images.c.content)).where(images.c.created_at < before)
        old = {str(key): int(length) for key, length in self._connection.execute(query)}
        gone_versions = {(key, version) for key, version, _length in self._versions}
        gone_snapshots = {key for key, _length in self._snapshots}
        for key in list(old):
            if self._is_shown(key, gone_versions, gone_snapshots):
                del old[key]
        return sorted(old.items())

    def _is_shown(self, picture: str, gone_versions: set[tuple[str, int]], gone_snapshots: set[str]) -> bool:
        execute = self._connection.execute
        if _is_named(self._connection, picture):
            return True
        columns = document_versions.c
        query = select(columns.document_id, columns.version).where(columns.content.contains(picture, autoescape=True))
        if any((row[0], row[1]) not in gone_versions for row in execute(query)):
            return True
        shown = execute(select(snapshots.c.id).where(snapshots.c.body.contains(picture, autoescape=True))).scalars()
        return any(one not in gone_snapshots for one in shown)


def _old_versions(connection: Connection, before: datetime) -> list[tuple[str, int, int]]:
    columns = document_versions.c
    query = select(
        columns.document_id, columns.version, columns.action, columns.saved_at, func.length(columns.content)
    ).order_by(columns.document_id, columns.version)
    rows = connection.execute(query).all()
    gone = []
    for place, (key, version, action, at, length) in enumerate(rows[:-1]):
        after = rows[place + 1]
        is_first = place == 0 or rows[place - 1][0] != key
        is_last_of_its_day = after[0] != key or after[3].date() != at.date()
        if at < before and action == _CHANGED and not is_first and not is_last_of_its_day:
            gone.append((str(key), int(version), int(length)))
    return gone


def _old_snapshots(connection: Connection, before: datetime, now: datetime) -> list[tuple[str, int]]:
    is_open = shares.c.revoked_at.is_(None) & or_(shares.c.expires_at.is_(None), shares.c.expires_at > now)
    shown = select(shares.c.snapshot).where(is_open, shares.c.snapshot.is_not(None))
    old = (snapshots.c.taken_at < before) & snapshots.c.id.not_in(shown)
    found = connection.execute(select(snapshots.c.id, func.length(snapshots.c.body)).where(old).order_by(snapshots.c.id))
    return [(str(key), int(length)) for key, length in found.all() if not _is_named(connection, str(key))]


def _is_named(connection: Connection, id: str) -> bool:
    """Whether a present document names it, as a decision names the snapshot that it was made on."""
    named = documents.c.body.contains(id, autoescape=True)
    return connection.execute(select(documents.c.id).where(named).limit(1)).first() is not None


def _delete_ids(connection: Connection, table: Table[Any], ids: Sequence[str]) -> None:
    for begin in range(0, len(ids), _AT_ONCE):
        connection.execute(delete(table).where(table.c.id.in_(ids[begin : begin + _AT_ONCE])))


@contextmanager
def _changeable(connection: Connection, table: Table[Any]) -> Iterator[None]:
    """Lets rows of a protected table go for as long as the block lasts, within the transaction alone."""
    if connection.dialect.name == "postgresql":
        connection.execute(sql(f"ALTER TABLE {table.name} DISABLE TRIGGER USER"))
        yield
        connection.execute(sql(f"ALTER TABLE {table.name} ENABLE TRIGGER USER"))
        return
    query = sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    triggers = connection.execute(query, {"table": table.name}).all()
    for name, _made in triggers:
        connection.execute(sql(f'DROP TRIGGER "{name}"'))
    yield
    for _name, made in triggers:
        connection.exec_driver_sql(made)
