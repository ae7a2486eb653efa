"""What belongs to pages beside the page itself: snapshots, links for sharing, pictures."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, desc, func, insert, select, update

from cs_planning.errors import NotFound
from cs_planning.language import text
from cs_planning.storage.changes import claim, new_id, note_in_audit, settle
from cs_planning.storage.database import Database, insert_if_new, insert_into
from cs_planning.storage.records import read_all, read_one
from cs_planning.storage.save import Save
from cs_planning.storage.settings import COMPUTED, kept_settings
from cs_planning.storage.tables import images, settings, shares, snapshots


@dataclass(frozen=True)
class SnapshotInfo:
    """A frozen page without its content; `page` is the id of the page, `taken_at` aware, in UTC."""

    id: str
    page: str
    title: str
    author: str
    taken_at: datetime


@dataclass(frozen=True)
class StoredSnapshot:
    """A frozen page: `body` is JSON with its results, kept character by character."""

    info: SnapshotInfo
    body: str


@dataclass(frozen=True)
class Share:
    """A link to a page for somebody without an account.

    Attributes:
        page: the id of the page.
        snapshot: the snapshot that is shown; None for the page itself.
        live: whether it shows data that arrive after it was made.
        expires_at: when it ends, aware, in UTC; None for never.
        revoked_at: when it was taken back; None while it is not.
    """

    id: str
    page: str
    snapshot: str | None
    live: bool
    author: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Whether the link opens the page at `now`, which is aware."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True)
class StoredImage:
    """A picture; its id is the SHA-256 of its bytes."""

    id: str
    media_type: str
    file_name: str
    content: bytes


_SNAPSHOT = (snapshots.c.id, snapshots.c.page, snapshots.c.title, snapshots.c.author, snapshots.c.taken_at)
_SHARE = (
    shares.c.id,
    shares.c.page,
    shares.c.snapshot,
    shares.c.live,
    shares.c.author,
    shares.c.created_at,
    shares.c.expires_at,
    shares.c.revoked_at,
)


_SEEN = f"{COMPUTED}links.latest_moment"
_SEEN_EVERY = timedelta(minutes=1)
"""How much the latest moment moves at least, so that not every reader writes."""


class Snapshots:
    """Pages that were frozen."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, page: str, title: str, body: str, *, save: Save) -> SnapshotInfo:
        """Freezes a page: nothing can change or delete a snapshot, not even the database's own commands.

        Args:
            page: the id of the page.
            title: for the list of snapshots.
            body: JSON with the results and all that explains them.
            save: who saves, when, and the key under which it happens once.

        Raises:
            ValueError: `body` is not JSON.
        """
        from_json(body)
        with self._database.writing() as connection:
            claimed = claim(connection, "save_snapshot", f"{page}\n{title}\n{body}", save=save)
            if claimed.earlier is not None:
                return _load_snapshot(connection, str(claimed.earlier["id"])).info
            info = SnapshotInfo(new_id(), page, title, save.author, save.now)
            values = {"id": info.id, "page": page, "title": title, "body": body, "author": save.author, "taken_at": save.now}
            connection.execute(insert(snapshots).values(values))
            note_in_audit(connection, "frozen", "snapshot", info.id, detail=f"{page} {title}", save=save)
            settle(connection, claimed, id=info.id)
        return info

    def load(self, id: str) -> StoredSnapshot:
        """A snapshot with its content.

        Raises:
            NotFound: there is none.
        """
        with self._database.reading() as connection:
            return _load_snapshot(connection, id)

    def list(self, page: str) -> tuple[SnapshotInfo, ...]:
        """The snapshots of a page, newest first, without their contents."""
        query = select(*_SNAPSHOT).where(snapshots.c.page == page).order_by(desc(snapshots.c.taken_at), snapshots.c.id)
        with self._database.reading() as connection:
            return read_all(connection, SnapshotInfo, query)

    def count(self) -> dict[str, int]:
        """How many snapshots each page has, by the id of the page; pages without one are not named."""
        query = select(snapshots.c.page, func.count()).group_by(snapshots.c.page)
        with self._database.reading() as connection:
            return {str(page): int(count) for page, count in connection.execute(query)}


class ShareLinks:
    """Links to pages for people without an account."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self,
        token: str,
        page: str,
        *,
        snapshot: str | None = None,
        live: bool = False,
        expires_at: datetime | None = None,
        save: Save,
    ) -> Share:
        """Opens a link to a page; only a hash of its token is kept.

        Args:
            token: at least 22 random characters, made together with the idempotency key (`secrets.token_urlsafe(32)`).
            page: the id of the page.
            snapshot: the snapshot to show in place of the page.
            live: whether the link shows data that arrive later.
            expires_at: aware; None for never.
            save: who saves, when, and the key under which it happens once.
        """
        if len(token) < 22:
            raise ValueError(f"A share token has at least 22 random characters, got {len(token)}.")
        token_hash = _hash(token)
        with self._database.writing() as connection:
            content = f"{token_hash}\n{page}\n{snapshot}\n{live}\n{expires_at}"
            claimed = claim(connection, "save_share", content, save=save)
            if claimed.earlier is not None:
                return _load_share(connection, str(claimed.earlier["id"]))
            share = Share(new_id(), page, snapshot, live, save.author, save.now, expires_at, None)
            values = {column.name: getattr(share, column.name) for column in _SHARE}
            connection.execute(insert(shares).values(token_hash=token_hash, **values))
            note_in_audit(connection, "shared", "share", share.id, detail=page, save=save)
            settle(connection, claimed, id=share.id)
        return share

    def find(self, token: str, now: datetime) -> Share | None:
        """The share that `token` opens at `now`; None alike for unknown, expired and revoked ones.

        A clock that goes back opens nothing again: what counts is the latest moment that was ever seen here.
        """
        with self._database.reading() as connection:
            share = read_one(connection, Share, select(*_SHARE).where(shares.c.token_hash == _hash(token)))
            seen = _latest(connection)
        if share is None or share.revoked_at is not None:
            return None
        if share.expires_at is not None and (not seen or now - seen > _SEEN_EVERY or now >= share.expires_at > seen):
            self._see(now)
        return share if share.is_open(max(now, seen or now)) else None

    def _see(self, now: datetime) -> None:
        """Keeps the latest moment, which only ever grows, whatever other processes keep."""
        with self._database.writing() as connection:
            seen = _latest(connection)
            if seen is None or now > seen:
                statement = insert_into(connection, settings).values(
                    key=_SEEN, value=json.dumps(now.isoformat()), updated_at=now
                )
                moved = {"value": statement.excluded.value, "updated_at": statement.excluded.updated_at}
                connection.execute(statement.on_conflict_do_update(index_elements=[settings.c.key], set_=moved))

    def list(self, page: str) -> tuple[Share, ...]:
        """The shares of a page, open or not, newest first."""
        query = select(*_SHARE).where(shares.c.page == page).order_by(desc(shares.c.created_at), shares.c.id)
        with self._database.reading() as connection:
            return read_all(connection, Share, query)

    def count_open(self, now: datetime) -> int:
        """How many shares of all pages have neither ended nor been taken back at `now`."""
        ended = shares.c.expires_at.is_not(None) & (shares.c.expires_at <= now)
        query = select(func.count()).select_from(shares).where(shares.c.revoked_at.is_(None), ~ended)
        with self._database.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def revoke(self, id: str, *, save: Save) -> Share:
        """Takes a link back; revoking it again changes nothing.

        Raises:
            NotFound: there is no such share.
        """
        with self._database.writing() as connection:
            open_one = (shares.c.id == id) & shares.c.revoked_at.is_(None)
            if connection.execute(update(shares).where(open_one).values(revoked_at=save.now)).rowcount == 1:
                note_in_audit(connection, "revoked", "share", id, save=save)
            return _load_share(connection, id)


class Images:
    """Pictures on pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, content: bytes, media_type: str, file_name: str, *, save: Save) -> StoredImage:
        """Keeps a picture; the same bytes are kept once, so that saving them again changes nothing."""
        image = StoredImage(hashlib.sha256(content).hexdigest(), media_type, file_name, content)
        values = {
            "id": image.id,
            "media_type": media_type,
            "file_name": file_name,
            "content": content,
            "author": save.author,
            "created_at": save.now,
        }
        with self._database.writing() as connection:
            if insert_if_new(connection, images, values):
                note_in_audit(connection, "saved", "image", image.id, detail=file_name, save=save)
        return image

    def load(self, id: str) -> StoredImage:
        """A picture with its bytes.

        Raises:
            NotFound: there is none.
        """
        columns = images.c
        query = select(columns.id, columns.media_type, columns.file_name, columns.content).where(columns.id == id)
        with self._database.reading() as connection:
            image = read_one(connection, StoredImage, query)
        if image is None:
            raise NotFound(text("There is no picture {id}.", id=id), text("Upload it again."))
        return image


def _latest(connection: Connection) -> datetime | None:
    """The latest moment that was seen by a link; None where none was."""
    kept = kept_settings(connection, (_SEEN,)).get(_SEEN)
    return datetime.fromisoformat(kept) if isinstance(kept, str) else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _load_snapshot(connection: Connection, id: str) -> StoredSnapshot:
    snapshot = read_one(connection, _snapshot, select(*_SNAPSHOT, snapshots.c.body).where(snapshots.c.id == id))
    if snapshot is None:
        raise NotFound(text("There is no snapshot {id}.", id=id), text("Look in the page's list of snapshots."))
    return snapshot


def _snapshot(body: str, **info: Any) -> StoredSnapshot:
    return StoredSnapshot(SnapshotInfo(**info), body)


def _load_share(connection: Connection, id: str) -> Share:
    share = read_one(connection, Share, select(*_SHARE).where(shares.c.id == id))
    if share is None:
        raise NotFound(text("There is no share {id}.", id=id), text("Look in the page's list of shares."))
    return share
