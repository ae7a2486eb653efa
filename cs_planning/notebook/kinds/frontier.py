"""What response time costs: the frontier of a scenario over the number of people."""

from __future__ import annotations

from typing import Literal

from cs_planning.goals.goal import ShortText
from cs_planning.language import text
from cs_planning.notebook.blocks.block import (
    Block,
)
from cs_planning.notebook.blocks.outcome_charts import frontier
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind
from cs_planning.notebook.cells.option import Form, Option
from cs_planning.notebook.cells.sliders import SLIDERS, moved_levers
from cs_planning.notebook.sources import Dependency, Source


class FrontierCell(Cell):
    """What response time costs: the frontier of a scenario over the number of people."""

    kind: Literal["frontier"] = "frontier"
    scenario: ShortText = ""


def _frontier_id(cell: FrontierCell, context: Context) -> str:
    return cell.scenario or context.parameters.scenario


def _run(cell: FrontierCell, context: Context) -> tuple[Block, ...]:
    found = context.sources.frontier(_frontier_id(cell, context), moved_levers(context.parameters))
    return (frontier(found.title, found.points, kpi=found.kpi, cost_kpi=found.cost_kpi),)


def _needs(cell: FrontierCell, context: Context) -> tuple[Dependency, ...]:
    return Dependency(Source.OPERATION), Dependency(Source.SCENARIO, _frontier_id(cell, context))


KIND = CellKind(
    FrontierCell,
    70,
    text("What a faster answer costs"),
    _run,
    _needs,
    ("scenario", *sorted(SLIDERS)),
    own_options=(
        Option(
            "scenario",
            Form.SCENARIO,
            text("Scenario"),
            text("Empty for the one that is chosen at the top of the page."),
            text("As at the top of the page"),
        ),
    ),
)
"""The kind, as the registry finds it."""
