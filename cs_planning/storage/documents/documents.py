"""Documents: whatever is edited by people and must not be lost, with its history, whatever its kind.

A goal, an action, a comment, a scenario or a page is a document: JSON that its own model reads, and beside it the few facts
that lists filter by.  All kinds share the version lock, the history, restoring, archiving and the idempotency key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from cs_planning.storage.database import Database
from cs_planning.storage.documents.document import Act, Document, DocumentChange
from cs_planning.storage.documents.within import as_saved, load_within, save_within
from cs_planning.storage.records import read_all
from cs_planning.storage.save import Save
from cs_planning.storage.tables import document_versions, documents


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
            after = as_saved(row.content)
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
