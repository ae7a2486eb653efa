"""The use cases of goal pages: open, write on, run, export."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from cs_planning.errors import NotFound
from cs_planning.exports import export
from cs_planning.goals.goal import Goal
from cs_planning.language import current_language, text
from cs_planning.notebook.arrangement import change
from cs_planning.notebook.page import Page, read_page
from cs_planning.notebook.run import RunPage, run
from cs_planning.notebook.templates import TEMPLATES
from cs_planning.storage import Document, Store
from cs_planning.workspace.planning import Planning
from cs_planning.workspace.sources import PageSources
from cs_planning.workspace.what_if import WhatIf

_KIND = "page"
_KEPT_RUNS = 64


class GoalPages:
    """The pages of a workspace; a goal has one from the moment it is opened."""

    def __init__(self, store: Store, planning: Planning, what_if: WhatIf) -> None:
        self._store = store
        self._planning = planning
        self._what_if = what_if
        self._runs: dict[tuple[str, date], RunPage] = {}
        self._page_of = lru_cache(maxsize=512)(self._find_page)

    def page_of(self, goal: Goal) -> Page:
        """The page of a goal; the one-pager until somebody writes on it."""
        return self._page_of(self._store.content_version(), goal)

    def page(self, id: str) -> Page:
        """The page of that id, or the page of the goal of that id.

        Raises:
            NotFound: there is neither.
        """
        try:
            kept = self._store.load_document(_KIND, id)
        except NotFound:
            try:
                return self.page_of(self._planning.goal(id))
            except NotFound:
                raise NotFound(
                    text("There is no page and no goal “{id}”.", id=id),
                    text("Copy the address from the list of goals; on the command line, `goals` lists the ids."),
                ) from None
        return _read(kept)

    def pages(self) -> tuple[Page, ...]:
        """All pages that were written on."""
        return tuple(_read(one) for one in self._store.list_documents(_KIND))

    def change_cell(self, page: Page, cell: str, *, author: str, key: str, now: datetime, **fields: object) -> Page:
        """Changes fields of a cell and keeps the page.

        Raises:
            Conflict: somebody else changed the page since it was opened.
        """
        return self.save(change(page, cell, **fields), author=author, key=key, now=now)

    def save(self, page: Page, *, author: str, key: str, now: datetime) -> Page:
        """Keeps a page.

        Raises:
            Conflict: somebody else changed the page since it was opened.
        """
        document = Document(
            kind=_KIND,
            id=page.id,
            version=page.version,
            title=page.title,
            body=page.model_dump_json(),
            parent=page.goal or None,
            author=author,
        )
        return _read(self._store.save_document(document, author=author, idempotency_key=key, now=now))

    def run(self, page: Page, today: date) -> RunPage:
        """The page with its results; cells whose data did not change are not computed again."""
        place = (page.id or f"goal:{page.goal}", today)
        before = self._runs.get(place)
        made = run(page, PageSources(self._store, self._planning, self._what_if, today), today=today, before=before)
        if len(self._runs) >= _KEPT_RUNS:
            self._runs.clear()
        self._runs[place] = made
        return made

    def export(self, id: str, format: str, today: date, language: str | None = None) -> bytes:
        """A page as the bytes of a file.

        Args:
            id: of a page or a goal.
            format: one of `cs_planning.exports.FORMATS`.
            today: the day of the run.
            language: of the file; the one in force when it is not given.

        Raises:
            NotFound: there is no such page or format.
        """
        return export(self.run(self.page(id), today), format, language or current_language())

    def _find_page(self, _version: int, goal: Goal) -> Page:
        kept = self._store.list_documents(_KIND, parent=goal.id)
        return _read(kept[0]) if kept else TEMPLATES["one_pager"].page(goal.title, goal=goal)


def _read(document: Document) -> Page:
    return read_page(document.body).model_copy(update={"id": document.id, "version": document.version})
