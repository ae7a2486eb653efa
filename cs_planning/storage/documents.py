"""Documents: whatever is edited by people and must not be lost, with its history, whatever its kind.

A goal, an action, a comment, a scenario or a page is a document: JSON that its own model reads, and beside it the few facts
that lists filter by.  All kinds share the version lock, the history, restoring, archiving and the idempotency key.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import from_json
from sqlalchemy import ColumnElement, Connection, insert, select, update

from cs_planning.errors import Conflict, NameTaken, NotFound
from cs_planning.language import text
from cs_planning.storage.changes import claim, new_id, note_in_audit, settle
from cs_planning.storage.database import Database, insert_if_new
from cs_planning.storage.records import read_all, read_one
from cs_planning.storage.save import Save
from cs_planning.storage.tables import document_versions, documents


class Document(BaseModel):
    """A document of any kind.

    Attributes:
        kind: what it is, such as `goal`, `action`, `check_in`, `decision`, `comment`, `review`, `scenario`, `page`.
        id: empty until it is saved; an id of one's own may be given with version 0.
        version: of which this is the content; 0 until it is saved.
        title: for lists.
        body: JSON, kept character by character.
        variant: a kind within the kind, such as the type of a goal.
        state: where it stands, such as `draft`, `open`, `resolved`.
        due: the day on which it has to be done.
        series: the written `SeriesKey` that it is about.
        parent: the id of the goal or page that it belongs to.
        part: the part of the parent that it belongs to, such as a cell.
        author: who saved this version.
        created_at: when the first version was saved, aware, in UTC.
        updated_at: when this version was saved, aware, in UTC.
    """

    model_config = ConfigDict(frozen=True)

    kind: str = Field(min_length=1, max_length=40)
    id: str = Field(default="", max_length=40)
    version: int = Field(default=0, ge=0)
    title: str = ""
    body: str = "{}"
    variant: str = ""
    state: str = ""
    owner: str = ""
    team: str = ""
    due: date | None = None
    series: str | None = None
    parent: str | None = None
    part: str | None = None
    archived: bool = False
    author: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None

    @field_validator("body")
    @classmethod
    def _is_json(cls, value: str) -> str:
        from_json(value)
        return value


@dataclass(frozen=True)
class DocumentChange:
    """One save in the history of a document.

    Attributes:
        version: that it made.
        action: `created`, `changed`, `archived` or `restored`.
        before: the document as it was; None for the first version.
    """

    version: int
    action: str
    author: str
    at: datetime
    before: Document | None
    after: Document


@dataclass(frozen=True)
class Act:
    """A save that is asked for by name rather than by content, and what it is asked for."""

    action: str
    what: str


NAMED_KINDS = frozenset({"scenario"})
"""Kinds of which no two present documents may have the same title, however it is written and whichever way it comes in."""
_WRITTEN_BY_SAVE = {"id", "version", "author", "created_at", "updated_at"}


class Documents:
    """Documents of all kinds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, document: Document, *, save: Save) -> Document:
        """Saves a document and returns it with its id and new version; see `save_all`."""
        return self.save_all([document], save=save)[0]

    def save_all(self, given: Sequence[Document], *, save: Save) -> tuple[Document, ...]:
        """Saves documents, all of them or none.

        Args:
            given: each with the version that it was opened with; 0 for a new one.
            save: who saves, when, and the key under which it happens once.

        Raises:
            Conflict: somebody saved one of them since it was opened; the error carries `mine` and `theirs`.
            NotFound: one of them has a version and is not stored.
        """
        with self._database.writing() as connection:
            return save_within(connection, given, save=save)

    def save_with_records(
        self,
        document: Document,
        records: Callable[[Document], Sequence[Document]],
        *,
        save: Save,
    ) -> Document:
        """Saves a document and what is written down about it, all of it or nothing.

        Args:
            document: as for `save`.
            records: gives further documents, such as a check-in, for the document as it was saved.
            save: who saves, when, and the key under which it happens once.

        Raises:
            Conflict: somebody saved one of them since it was opened; the error carries `mine` and `theirs`.
            NotFound: one of them has a version and is not stored.
            NameTaken: another document has the title.
        """
        with self._database.writing() as connection:
            saved = save_within(connection, [document], save=save)[0]
            beside = records(saved)
            if beside:
                save_within(connection, beside, save=save.part("records"))
            return saved

    def load(self, kind: str, id: str, version: int | None = None) -> Document:
        """A document as it is now or as it was in `version`.

        Raises:
            NotFound: there is none of that kind and id, or it has no such version.
        """
        what = ("document", kind, id, version)
        return self._database.once(what, lambda connection: load_within(connection, kind, id, version))

    def list(
        self,
        kind: str,
        *,
        variant: str | None = None,
        state: str | None = None,
        owner: str | None = None,
        team: str | None = None,
        series: str | None = None,
        parent: str | None = None,
        part: str | None = None,
        due_from: date | None = None,
        due_to: date | None = None,
        archived: bool | None = False,
    ) -> tuple[Document, ...]:
        """The documents of a kind that meet every given condition, by due day (those without at the end), then by creation.

        Args:
            kind: which kind.
            due_from: first day.
            due_to: last day.
            archived: False for the present ones, True for the archived ones, None for both.
        """
        columns = documents.c
        query = select(documents).where(columns.kind == kind)
        exact: list[tuple[ColumnElement[Any], str | None]] = [
            (columns.variant, variant),
            (columns.state, state),
            (columns.owner, owner),
            (columns.team, team),
            (columns.series, series),
            (columns.parent, parent),
            (columns.part, part),
        ]
        for column, value in exact:
            if value is not None:
                query = query.where(column == value)
        if archived is not None:
            query = query.where(columns.archived.is_(archived))
        if due_from is not None:
            query = query.where(columns.due >= due_from)
        if due_to is not None:
            query = query.where(columns.due <= due_to)
        query = query.order_by(columns.due.is_(None), columns.due, columns.created_at, columns.id)
        what = ("documents", kind, *(value for _column, value in exact), due_from, due_to, archived)
        return self._database.once(what, lambda connection: read_all(connection, Document, query))

    def history(self, kind: str, id: str) -> tuple[DocumentChange, ...]:
        """Every save of a document, newest first.

        Raises:
            NotFound: there is none of that kind and id.
        """
        with self._database.reading() as connection:
            load_within(connection, kind, id)
            columns = document_versions.c
            query = select(document_versions).where(columns.document_id == id).order_by(columns.version)
            rows = connection.execute(query).all()
        changes: list[DocumentChange] = []
        for row in rows:
            before = changes[-1].after if changes else None
            after = _as_saved(row.content)
            changes.append(DocumentChange(row.version, row.action, row.author, row.saved_at, before, after))
        return tuple(reversed(changes))

    def archive(self, kind: str, id: str, *, version: int, save: Save) -> Document:
        """Puts a document out of sight; `restore` brings it back.

        Raises:
            Conflict: somebody saved it since `version` was opened.
            NotFound: there is none of that kind and id.
        """
        with self._database.writing() as connection:
            present = load_within(connection, kind, id)
            archived = present.model_copy(update={"archived": True, "version": version})
            return save_within(connection, [archived], Act("archived", id), save=save)[0]

    def restore(self, kind: str, id: str, *, to_version: int, version: int, save: Save) -> Document:
        """Makes an earlier version the newest one, as a new version; nothing of the history is lost.

        Args:
            kind: of the document.
            id: of the document.
            to_version: the version whose content comes back.
            version: the newest version, as the user saw it.
            save: who saves, when, and the key under which it happens once.

        Raises:
            Conflict: somebody saved it since `version` was opened.
            NotFound: there is no such document or version.
        """
        with self._database.writing() as connection:
            earlier = load_within(connection, kind, id, to_version).model_copy(update={"version": version})
            act = Act("restored", f"{id}\n{to_version}")
            return save_within(connection, [earlier], act, save=save)[0]


def save_within(
    connection: Connection,
    given: Sequence[Document],
    act: Act | None = None,
    *,
    save: Save,
) -> tuple[Document, ...]:
    """`Documents.save_all` inside a writing transaction; `act` says what it is besides creating and changing."""
    action = act.action if act else ""
    what = [act.what] if act else [document.model_dump_json(exclude=_WRITTEN_BY_SAVE) for document in given]
    content = "\n".join([action, *(document.kind for document in given), *what])
    claimed = claim(connection, "save_documents", content, save=save)
    if claimed.earlier is not None:
        _refuse_other(given, list(claimed.earlier))
        marks = zip(given, claimed.earlier.items(), strict=True)
        return tuple(load_within(connection, document.kind, saved, int(version)) for document, (saved, version) in marks)
    for document in given:
        if document.kind in NAMED_KINDS and not document.archived:
            _refuse_taken(connection, document)
    saved = tuple(_write(connection, document, action, save=save) for document in given)
    settle(connection, claimed, **{document.id: document.version for document in saved})
    return saved


def load_within(connection: Connection, kind: str, id: str, version: int | None = None) -> Document:
    """`Documents.load` inside a transaction."""
    present = read_one(connection, Document, select(documents).where(documents.c.id == id, documents.c.kind == kind))
    if present is not None and version in {None, present.version}:
        return present
    content = None
    if present is not None:
        columns = document_versions.c
        query = select(columns.content).where(columns.document_id == id, columns.version == version)
        content = connection.execute(query).scalar_one_or_none()
    if content is None:
        raise NotFound(
            text("There is no {kind} {id} in this workspace.", kind=kind, id=id if version is None else f"{id} v{version}"),
            text("It may be in another workspace; look in the list."),
        )
    return _as_saved(content)


def _as_saved(content: str) -> Document:
    return Document(**from_json(content))


def _refuse_other(given: Sequence[Document], ids: Sequence[str]) -> None:
    if any(document.id not in {"", saved} for document, saved in zip(given, ids, strict=True)):
        raise Conflict(
            text("This form was saved before, for another document; nothing was overwritten."),
            text("Open it again and make your change there."),
        )


def _refuse_taken(connection: Connection, document: Document) -> None:
    """Refuses a title that another present document of the kind has; one that has its title already keeps it."""
    columns = documents.c
    wanted = _as_name(document.title)
    stored = _stored(connection, document.id)
    if stored is not None and not stored.archived and _as_name(stored.title) == wanted:
        return
    query = select(columns.title, columns.author, columns.updated_at)
    query = query.where(columns.kind == document.kind, columns.id != document.id, columns.archived.is_(False))
    for row in connection.execute(query):
        if _as_name(row.title) == wanted:
            raise NameTaken(
                text(
                    "“{name}” is kept already, by {author} on {day}; nothing was overwritten.",
                    name=row.title,
                    author=row.author or "?",
                    day=row.updated_at.date(),
                ),
                text("Choose another name, or open that one and update it."),
            )


def _as_name(title: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", title).casefold().split())


def _stored(connection: Connection, id: str) -> Document | None:
    return read_one(connection, Document, select(documents).where(documents.c.id == id)) if id else None


def _write(connection: Connection, document: Document, action: str, *, save: Save) -> Document:
    stored = _stored(connection, document.id)
    if document.id and stored is None and document.version > 0:
        load_within(connection, document.kind, document.id)
    saved = document.model_copy(
        update={
            "id": document.id or new_id(),
            "version": 1 if stored is None else document.version + 1,
            "author": save.author,
            "created_at": save.now if stored is None else stored.created_at,
            "updated_at": save.now,
        }
    )
    values = saved.model_dump()
    if stored is None:
        if not insert_if_new(connection, documents, values):
            raise _conflict(connection, document)
    else:
        columns = documents.c
        lock = (columns.id == document.id) & (columns.kind == document.kind) & (columns.version == document.version)
        if connection.execute(update(documents).where(lock).values(values)).rowcount != 1:
            raise _conflict(connection, document)
    done = action or ("created" if stored is None else "changed")
    connection.execute(
        insert(document_versions).values(
            document_id=saved.id,
            version=saved.version,
            action=done,
            content=saved.model_dump_json(),
            author=save.author,
            saved_at=save.now,
        )
    )
    note_in_audit(connection, done, saved.kind, saved.id, detail=saved.title, save=save)
    return saved


def _conflict(connection: Connection, mine: Document) -> Conflict:
    theirs = load_within(connection, mine.kind, mine.id)
    return Conflict(
        text(
            "{author} saved “{title}” in between: you opened version {opened}, and version {found} is there now.",
            author=theirs.author or "?",
            title=theirs.title,
            opened=mine.version,
            found=theirs.version,
        ),
        text("Nothing was overwritten. Compare both versions, take over what you need, and save again."),
        mine=mine,
        theirs=theirs,
    )
