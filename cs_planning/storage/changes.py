"""What every save does beside its own work: it happens once, it is counted, and it is written into the audit trail."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, desc, select, update

from cs_planning.errors import Conflict
from cs_planning.language import text
from cs_planning.storage.database import Database, insert_if_new, insert_into
from cs_planning.storage.records import read_all
from cs_planning.storage.save import Save
from cs_planning.storage.tables import audit_trail, counters, saves

POINTS = "points"
CONTENT = "content"
COMMENT = "comment"
"""The kind of document that says something about others, and on which nothing else rests."""
_TALK = f"{CONTENT}.{COMMENT}"
_ID_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class AuditEntry:
    """Somebody did something.

    Attributes:
        at: when, aware, in UTC.
        action: what was done, such as `saved`, `archived`, `imported`, `deleted`.
        kind: to what kind of thing, such as `goal`, `series`, `import`.
        subject: to which one: its id or key.
        detail: a few words more, such as its title or file name.
    """

    at: datetime
    author: str
    action: str
    kind: str
    subject: str
    detail: str


@dataclass(frozen=True)
class SaveClaim:
    """The right to do a save, or what the same save returned when it was done before."""

    key: str
    earlier: Mapping[str, str | int] | None


def new_id() -> str:
    """A short id that can't be guessed: 13 letters and digits that are hard to confuse, 65 random bits."""
    return "".join(secrets.choice(_ID_LETTERS) for _ in range(13))


def claim(connection: Connection, operation: str, content: str, *, save: Save) -> SaveClaim:
    """Marks a save as done inside its transaction; a second one with the same key waits for the first and gets its result.

    Args:
        connection: in a writing transaction.
        operation: the name of the save.
        content: everything that the save would write, without versions, moments and author.
        save: whose key is marked.

    Raises:
        Conflict: the key was used before for something else, which must not be lost silently.
    """
    content_hash = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    row = {"key": save.key, "operation": operation, "content_hash": content_hash, "result": "", "at": save.now}
    if insert_if_new(connection, saves, row):
        return SaveClaim(save.key, None)
    first = connection.execute(select(saves).where(saves.c.key == save.key)).one()
    if (first.operation, first.content_hash) != (operation, content_hash):
        raise Conflict(
            text("This form was saved before, with other content; nothing was overwritten."),
            text("Open it again and make your change there."),
        )
    return SaveClaim(save.key, json.loads(first.result))


def settle(connection: Connection, claimed: SaveClaim, **result: str | int) -> None:
    """Keeps what the save returns, for a second one with the same key."""
    connection.execute(update(saves).where(saves.c.key == claimed.key).values(result=json.dumps(result)))


def count_change(connection: Connection, name: str, step: int = 1) -> int:
    """Moves a counter by `step` and returns it; also holds its row, so that such changes come one after the other."""
    statement = insert_into(connection, counters).values(name=name, value=step)
    statement = statement.on_conflict_do_update(
        index_elements=[counters.c.name], set_={"value": counters.c.value + statement.excluded.value}
    )
    return connection.execute(statement.returning(counters.c.value)).scalar_one()


def note_in_audit(connection: Connection, action: str, kind: str, subject: str, *, detail: str = "", save: Save) -> None:
    """Writes a line of the audit trail and moves the counter of the content."""
    row = {"at": save.now, "author": save.author, "action": action, "kind": kind, "subject": subject, "detail": detail}
    connection.execute(insert_into(connection, audit_trail).values(row))
    count_change(connection, CONTENT)
    if kind == COMMENT:
        count_change(connection, _TALK)


def renew_counters(connection: Connection, before: Mapping[str, int]) -> None:
    """Moves the counters beyond those of a content that was replaced: what anybody keeps under the old numbers is stale."""
    for name, value in before.items():
        count_change(connection, name, value if name == _TALK else value + 1)  # so that content without comments moves, too


class Changes:
    """The counters and the audit trail."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def data_version(self) -> int:
        """A number that grows whenever points of any series change; for cache keys, together with the workspace's URL."""
        return self._counter(POINTS)

    def content_version(self) -> int:
        """A number that grows with every save of anything; for cache keys, together with the workspace's URL."""
        return self._counter(CONTENT)

    def content_without_comments(self) -> int:
        """A number that grows with every save but those of comments; for what is computed, on which they have no bearing."""
        return self._counter(CONTENT) - self._counter(_TALK)

    def _counter(self, name: str) -> int:
        return self._database.counters().get(name, 0)

    def list(self, *, kind: str | None = None, subject: str | None = None, limit: int = 500) -> tuple[AuditEntry, ...]:
        """The newest `limit` lines of the audit trail, newest first, of one kind and subject where they are given."""
        columns = audit_trail.c
        query = select(columns.at, columns.author, columns.action, columns.kind, columns.subject, columns.detail)
        if kind is not None:
            query = query.where(columns.kind == kind)
        if subject is not None:
            query = query.where(columns.subject == subject)
        with self._database.reading() as connection:
            return read_all(connection, AuditEntry, query.order_by(desc(columns.id)).limit(limit))
