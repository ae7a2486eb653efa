"""Documents saved and loaded inside a transaction, under the lock of their version."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from pydantic_core import from_json
from sqlalchemy import Connection, insert, select, update

from cs_planning.errors import Conflict, NameTaken, NotFound
from cs_planning.language import text
from cs_planning.storage.changes import claim, new_id, note_in_audit, settle
from cs_planning.storage.database import insert_if_new
from cs_planning.storage.documents.document import NAMED_KINDS, WRITTEN_BY_SAVE, Act, Document
from cs_planning.storage.records import read_one
from cs_planning.storage.save import Save
from cs_planning.storage.tables import document_versions, documents


def save_within(
    connection: Connection,
    given: Sequence[Document],
    act: Act | None = None,
    *,
    save: Save,
) -> tuple[Document, ...]:
    """`Documents.save_all` inside a writing transaction; `act` says what it is besides creating and changing."""
    action = act.action if act else ""
    what = [act.what] if act else [document.model_dump_json(exclude=WRITTEN_BY_SAVE) for document in given]
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
    return as_saved(content)


def as_saved(content: str) -> Document:
    """A document as a version of it was written."""
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
