"""The use cases of goal pages: open, arrange, write on, run, export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from pydantic import ValidationError

from cs_planning.errors import Conflict, InvalidPage, NotFound
from cs_planning.exports import PAPERS, export
from cs_planning.exports.json_file import page_of_json, pictures_of_json
from cs_planning.goals.goal import Goal
from cs_planning.goals.title import title_of
from cs_planning.language import current_language, text
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.cells.context import quarter_end
from cs_planning.notebook.cells.page_head import Parameters
from cs_planning.notebook.kinds.image import ImageCell
from cs_planning.notebook.pages.arrangement import change
from cs_planning.notebook.pages.page import Page, read_page
from cs_planning.notebook.pages.templates import MAIN, TEMPLATES, is_main, shown_title
from cs_planning.notebook.pages.uploaded_picture import read_picture
from cs_planning.notebook.run import RunPage, run
from cs_planning.storage import Document, Save, Store
from cs_planning.workspace.following.audits import Audits
from cs_planning.workspace.following.together import GoalsTogether
from cs_planning.workspace.goals.planning import Planning
from cs_planning.workspace.pages.choices import Choices, choices_for
from cs_planning.workspace.pages.sources import PageSources
from cs_planning.workspace.scenarios.what_if import WhatIf

_KIND = "page"
_KEPT_RUNS = 64
IMPORTED = "imported"
"""The template of a page that came as a file and must not take the place of a goal's own page."""


class GoalPages:
    """The pages of a workspace; a goal has one from the moment it is opened, and as many more as somebody makes."""

    def __init__(self, store: Store, planning: Planning, what_if: WhatIf, audits: Audits, together: GoalsTogether) -> None:
        self._store = store
        self._planning = planning
        self._what_if = what_if
        self._audits = audits
        self._together = together
        self._runs: dict[tuple[str, date, Parameters | None], RunPage] = {}
        self._page_of = lru_cache(maxsize=512)(self._find_page)

    def page_of(self, goal: Goal) -> Page:
        """The page of a goal; the one-pager until somebody writes on it."""
        return self._page_of(self._store.changes.content_without_comments(), goal)

    def page(self, id: str) -> Page:
        """The page of that id, or the page of the goal of that id.

        Raises:
            NotFound: there is neither.
        """
        try:
            kept = self._store.documents.load(_KIND, id)
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
        return tuple(_read(one) for one in self._store.documents.list(_KIND))

    def is_main(self, page: Page) -> bool:
        """Whether a page is the one that its goal opens with."""
        return is_main(page)

    def title(self, page: Page) -> str:
        """The title of a page, or of its goal, for who reads it."""
        goal = next((one for one in self._planning.goals() if one.id == page.goal), None) if page.goal else None
        return str(shown_title(page, goal) or (title_of(goal) if goal is not None else ""))

    def name(self, page: Page) -> str:
        """A name for a page that stays the same when it is kept for the first time."""
        return page.id or _main_id(page) or page.goal

    def new_page(self, template: str, title: str, goal: Goal | None, *, save: Save) -> Page:
        """A further page, made from a template and kept.

        Raises:
            NotFound: there is no such template.
            InvalidPage: the template is about a goal and none is given.
        """
        if template not in TEMPLATES:
            raise NotFound(text("There is no template {id}.", id=template), text("Choose one from the list."))
        made = TEMPLATES[template]
        if made.needs_goal and goal is None:
            raise InvalidPage(text("This kind of page is about a goal."), text("Choose a goal."))
        return self._write(made.page(title, goal=goal), "", save=save)

    def import_page(self, document: bytes, *, save: Save) -> Page:
        """Keeps the page of a JSON file as a new one; where its goal is not known here, cells about it say so.

        Raises:
            InvalidPage: the file holds no page; every place that is wrong is named.
        """
        page = page_of_json(document).model_copy(update={"id": "", "version": 0})
        further = page.model_copy(update={"template": IMPORTED}) if self.is_main(page) else page
        for name, content in pictures_of_json(document).items():
            cell = further.cell(name)
            if isinstance(cell, ImageCell):
                kept = self.keep_picture(content, cell.alt, save=save)
                further = change(further, name, image=kept)
        return self._write(further, "", save=save)

    def keep_picture(self, content: bytes, name: str, *, save: Save) -> str:
        """Keeps an uploaded picture, drawn again from its pixels, and gives its id for an image cell.

        Args:
            content: the bytes of the uploaded file.
            name: what it is called; never used as a path.
            save: who saves, when, and the key under which it happens once.

        Raises:
            InvalidPage: it is no picture, damaged or too large.
        """
        picture = read_picture(content)
        return self._store.images.save(picture.content, picture.media_type, name, save=save).id

    def save(self, page: Page, *, save: Save) -> Page:
        """Keeps a page.

        Raises:
            Conflict: somebody else changed the page since it was opened.
        """
        return self._write(page, page.id or _main_id(page), save=save)

    def arrange(self, page: Page, operation: Callable[[Page], Page], *, save: Save) -> Page:
        """Does something to the newest version of a page and keeps it, so that nothing of what others did is lost.

        Args:
            page: as it was opened; its parameters are the view's and are not kept.
            operation: gives the changed page, such as `arrangement.move` with its arguments.
            save: who saves, when, and the key under which it happens once.

        Raises:
            NotFound: the page, or a cell that is needed, was deleted meanwhile.
            InvalidPage: the result is no page.
            Conflict: others save at the same moment again and again, or the cell in question was changed.
        """
        for last_try in (False, True):
            newest = self.newest(page)
            try:
                changed = operation(newest)
            except ValidationError as invalid:
                raise InvalidPage(
                    text("This can't be kept: {problem}", problem=invalid.errors()[0]["msg"]), text("Correct it and try again.")
                ) from None
            if changed == newest and newest.id:
                return newest
            try:
                return self.save(changed, save=save)
            except Conflict:
                if last_try:
                    raise
        raise AssertionError("the loop returns or raises")

    def edit_cell(self, page: Page, before: Cell, *, save: Save, **fields: object) -> Page:
        """Changes fields of a cell; changes of others to other cells are kept as they are.

        Args:
            page: that the cell stands on.
            before: the cell as it was when editing began.
            save: who saves, when, and the key under which it happens once.
            fields: the new settings.

        Raises:
            Conflict: somebody changed this very cell meanwhile; `mine` and `theirs` are the two cells, `theirs` is `None`
                when it was deleted.
        """

        def operation(newest: Page) -> Page:
            alone = newest.model_copy(update={"cells": (before,)})
            mine, theirs = change(alone, before.id, **fields).cells[0], newest.cell(before.id)
            if theirs == mine:
                return newest
            if theirs is None or _content(theirs) != _content(before):
                raise Conflict(
                    text("Somebody changed this cell while you were writing; nothing was overwritten."),
                    text("Both versions stand below. Choose, or keep both."),
                    mine=mine,
                    theirs=theirs,
                )
            return change(newest, before.id, **fields)

        return self.arrange(page, operation, save=save)

    def newest(self, page: Page) -> Page:
        """The page as it is kept now; the one given when it was never kept."""
        if page.id:
            return _read(self._store.documents.load(_KIND, page.id))
        return self.page_of(self._planning.goal(page.goal)) if page.goal else page

    def kept(self, page: Page, *, save: Save) -> Page:
        """The page with an id of its own, kept if it was not yet; the parameters of the view stay."""
        stored = page if page.id else self.arrange(page, lambda newest: newest, save=save)
        return stored.model_copy(update={"parameters": page.parameters})

    def choices(self, page: Page, today: date) -> Choices:
        """What can be chosen at the top of a page."""
        goals = {one.id: one for one in self._planning.goals()}
        return choices_for(page, goals, self._store.points.list_series(), self._store.settings.load_calendar(), today)

    def run(self, page: Page, today: date) -> RunPage:
        """The page with its results; cells whose data did not change are not computed again, in this view or the last one.

        A page with a quarter is run as of the day after its end: forecast and status rest on what was measured until then.
        """
        name = page.id or f"goal:{page.goal}"
        today = self.seen_on(page, today)
        view, latest = (name, today, page.parameters), (name, today, None)
        before = self._runs.get(view) or self._runs.get(latest)
        sources = PageSources(self._store, self._planning, self._what_if, self._audits, self._together, today)
        made = run(page, sources, today=today, before=before, currency=self._store.settings.load_currency().code)
        for place in (view, latest):
            self._runs.pop(place, None)
            self._runs[place] = made
        while len(self._runs) > _KEPT_RUNS:
            self._runs.pop(next(iter(self._runs)), None)
        return made

    def seen_on(self, page: Page, today: date) -> date:
        """The day as of which a page is run: the one after the end of its quarter, where it has one that is over."""
        quarter = page.parameters.quarter
        if not quarter:
            return today
        return min(today, quarter_end(quarter, self._store.settings.load_calendar()) + timedelta(days=1))

    def export(
        self,
        id: str,
        format: str,
        today: date,
        language: str | None = None,
        parameters: Parameters | None = None,
        *,
        paper: str = PAPERS[0],
    ) -> bytes:
        """A page as the bytes of a file.

        Args:
            id: of a page or a goal.
            format: one of `cs_planning.exports.FORMATS`.
            today: the day of the run.
            language: of the file; the one in force when it is not given.
            parameters: of the view; the page's own when they are not given.
            paper: of a PDF, one of `cs_planning.exports.PAPERS`.

        Raises:
            NotFound: there is no such page or format.
        """
        page = self.page(id)
        shown = page if parameters is None else page.model_copy(update={"parameters": parameters})
        return export(self.run(shown, today), format, language or current_language(), paper=paper)

    def _find_page(self, _version: int, goal: Goal) -> Page:
        fresh = TEMPLATES[MAIN].page(goal.title, goal=goal)
        kept = [_read(one) for one in self._store.documents.list(_KIND, parent=goal.id)]
        own = [page for page in kept if page.id == _main_id(fresh)]
        return next(iter(own + [page for page in kept if is_main(page)]), fresh)

    def _write(self, page: Page, id: str, *, save: Save) -> Page:
        document = Document(
            kind=_KIND,
            id=id,
            version=page.version,
            title=page.title,
            body=page.model_dump_json(exclude={"id", "version"}),
            parent=page.goal or None,
            author=save.author,
        )
        return _read(self._store.documents.save(document, save=save))


def _main_id(page: Page) -> str:
    return f"page-{page.goal}" if page.goal and page.template == MAIN else ""


def _content(cell: Cell) -> dict[str, object]:
    return cell.model_dump(exclude={"hidden", "collapsed"})


def _read(document: Document) -> Page:
    return read_page(document.body).model_copy(update={"id": document.id, "version": document.version})
