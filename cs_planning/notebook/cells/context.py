"""What a cell sees while it runs, and what the product has to know about each kind of cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cs_planning.errors import NotFound
from cs_planning.goals.goal import Goal
from cs_planning.kpis.currency import UNSAID
from cs_planning.language import text
from cs_planning.notebook.blocks.block import Block, Words
from cs_planning.notebook.pages.page import Cell, Page, Parameters
from cs_planning.notebook.sources import Dependency, Source, Sources


@dataclass(frozen=True)
class Context:
    """What a cell may look at while it runs.

    Attributes:
        page: the page that the cell stands on.
        sources: the workspace.
        today: the day of the run.
        currency: in which amounts are counted (ISO 4217).
    """

    page: Page
    sources: Sources
    today: date
    currency: str = UNSAID.code

    @property
    def parameters(self) -> Parameters:
        """The parameters of the page."""
        return self.page.parameters

    def goal_id(self, cell: Cell) -> str:
        """The id of the goal that the cell is about; empty when neither cell nor page names one."""
        return str(getattr(cell, "goal", "") or self.page.goal)

    def goal(self, cell: Cell) -> Goal:
        """The goal that the cell is about.

        Raises:
            NotFound: neither cell nor page names one, or it was deleted.
        """
        named = self.goal_id(cell)
        if not named:
            raise NotFound(text("This cell is about no goal."), text("Choose a goal for the page or for the cell."))
        return self.sources.goal(named)


@dataclass(frozen=True)
class Runner:
    """How cells of a kind run.

    Attributes:
        heading: the title of the section when the cell has none of its own; empty for text, which has headings inside.
        run: the blocks of a cell; may raise.
        dependencies: what the blocks depend on besides the cell itself.
        parameters: the names of the page's parameters that matter.
        uses_today: whether the blocks change as days pass.
    """

    heading: Words
    run: Callable[[Cell, Context], tuple[Block, ...]]
    dependencies: Callable[[Cell, Context], tuple[Dependency, ...]]
    parameters: tuple[str, ...] = ()
    uses_today: bool = False


def on_goal(*more: Source) -> Callable[[Cell, Context], tuple[Dependency, ...]]:
    """Dependencies on the cell's goal, its series, and further things that exist once a goal or once at all."""

    def found(cell: Cell, context: Context) -> tuple[Dependency, ...]:
        goal = context.goal_id(cell)
        direct = [Dependency(Source.GOAL, goal)] if goal else []
        if Source.SERIES in more and goal:
            series = context.sources.goal(goal).series
            direct += [Dependency(Source.SERIES, series)] if series else []
        once = {Source.ACTIONS, Source.CHECKINS, Source.DECISIONS}
        others = [Dependency(source, goal if source in once else "") for source in more if source is not Source.SERIES]
        return (*direct, *others)

    return found
