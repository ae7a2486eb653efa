"""What stands in the list of all pages: each page with the goal it is about, who wrote on it last, and its snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cs_planning.goals.title import title_of
from cs_planning.language import Text, text
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.pages.templates import TEMPLATES, shown_title
from cs_planning.storage import Store
from cs_planning.workspace.following.standings import GoalStanding, Standings
from cs_planning.workspace.pages.goal_pages import IMPORTED, GoalPages


@dataclass(frozen=True)
class PageLine:
    """One page in the list of all pages.

    Attributes:
        page: as it is kept; the one-pager that a goal opens with when nobody wrote on it yet.
        kind: what sort of page it is.
        goal: the goal it is about, with status and probability; `None` for a free page or a goal that was put away.
        author: who saved it last; empty when nobody did.
        changed_at: when, aware.
        snapshots: how many were frozen.
    """

    page: Page
    kind: Text
    goal: GoalStanding | None
    author: str = ""
    changed_at: datetime | None = None
    snapshots: int = 0

    @property
    def title(self) -> str:
        """The title of the page, or of its goal, for who reads it."""
        goal = self.goal.goal if self.goal is not None else None
        return str(shown_title(self.page, goal) or (title_of(goal) if goal is not None else ""))

    def matches(self, words: str) -> bool:
        """Whether title, kind or people of the page contain all of the words, whatever their case."""
        goal = self.goal.goal if self.goal is not None else None
        said = [
            self.title,
            str(self.kind),
            self.author,
            *((str(title_of(goal)), goal.owner, goal.team) if goal is not None else ()),
        ]
        return all(word in " ".join(said).casefold() for word in words.casefold().split())


class PageIndex:
    """The list of all pages of a workspace."""

    def __init__(self, store: Store, standings: Standings, pages: GoalPages) -> None:
        self._store = store
        self._standings = standings
        self._pages = pages

    def lines(self, today: date) -> tuple[PageLine, ...]:
        """Every page: those of goals in the order of the goals, each followed by its further pages, and free pages last."""
        goals = {line.goal.id: line for line in self._standings.brief(today).lines}
        documents = {one.id: one for one in self._store.documents.list("page")}
        frozen = self._store.snapshots.count()
        kept = self._pages.pages()

        def line(page: Page) -> PageLine:
            document = documents.get(page.id)
            return PageLine(
                page=page,
                kind=_kind(page),
                goal=goals.get(page.goal),
                author=document.author if document is not None else "",
                changed_at=document.updated_at if document is not None else None,
                snapshots=frozen.get(page.id, 0),
            )

        found: list[PageLine] = []
        for one in goals.values():
            main = self._pages.page_of(one.goal)
            found += [line(main), *(line(page) for page in _further(kept, main) if page.goal == one.goal.id)]
        return (*found, *(line(page) for page in kept if page.goal not in goals))


def _further(kept: Sequence[Page], main: Page) -> list[Page]:
    return [page for page in kept if page.id != main.id]


def _kind(page: Page) -> Text:
    if page.template == IMPORTED:
        return text("Page from a file")
    return TEMPLATES[page.template].name if page.template in TEMPLATES else text("Page")
