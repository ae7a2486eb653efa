"""All that the product knows about a kind of cell; the file of the kind says it, the registry finds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from cs_planning.language import Text
from cs_planning.notebook.blocks.block import Block, Words
from cs_planning.notebook.cells.cell import Cell, GoalCell
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.option import GOAL, Option
from cs_planning.notebook.cells.sliders import SLIDERS
from cs_planning.notebook.sources import Dependency, Source

_C = TypeVar("_C", bound=Cell)


def nothing_else(cell: Cell, context: Context) -> tuple[Dependency, ...]:
    """The blocks depend on the cell alone."""
    return ()


@dataclass(frozen=True)
class CellKind(Generic[_C]):
    """A kind of cell.

    Attributes:
        cell: its model; the default of the field `kind` is its name.
        place: where the menu offers it, the lowest first.
        heading: the title of the section when the cell has none of its own; empty for text, which has headings inside.
        run: the blocks of a cell; may raise.
        dependencies: what the blocks depend on besides the cell itself.
        parameters: the names of the page's parameters that matter.
        uses_today: whether the blocks change as days pass.
        own_options: what can be set, besides heading and goal, in the order of the form.
        leads: whether a page about a goal opens with its chart.
        counted: what the rows of its table are, by their number, for a folded heading; rows where it is not given.
    """

    cell: type[_C]
    place: int
    heading: Words
    run: Callable[[_C, Context], tuple[Block, ...]]
    dependencies: Callable[[_C, Context], tuple[Dependency, ...]] = nothing_else
    parameters: tuple[str, ...] = ()
    uses_today: bool = False
    own_options: tuple[Option, ...] = ()
    leads: bool = False
    counted: Callable[[int], Text] | None = None

    @property
    def name(self) -> str:
        """What stands as `kind` in a written page."""
        return str(self.cell.model_fields["kind"].default)

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be set at a cell besides its heading."""
        return ((GOAL,) if issubclass(self.cell, GoalCell) else ()) + self.own_options

    @property
    def is_movable(self) -> bool:
        """Whether the what-if sliders of the page move it."""
        return not SLIDERS.isdisjoint(self.parameters)


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
