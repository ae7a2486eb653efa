"""What-if scenarios side by side, and what each does to the goal."""

from __future__ import annotations

from typing import Literal

from cs_planning.goals.goal import Goal, ShortText
from cs_planning.kpis.catalogue import Better, Kpi
from cs_planning.kpis.quantity import quantity
from cs_planning.language import Points, rounded_whole, text
from cs_planning.notebook.blocks.block import (
    Block,
    Metric,
    Metrics,
    Paragraph,
    TableBlock,
    TableColumn,
    Tone,
    Words,
)
from cs_planning.notebook.blocks.outcome_charts import Bar, comparison
from cs_planning.notebook.cells.cell import GoalCell
from cs_planning.notebook.cells.chance import chance_words
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind
from cs_planning.notebook.cells.option import Form, Option
from cs_planning.notebook.cells.sliders import SLIDERS, moved_levers
from cs_planning.notebook.sources import Dependency, ScenarioComparison, Source


class ScenarioCell(GoalCell):
    """What-if scenarios side by side; the page's scenario when none is named."""

    kind: Literal["scenario"] = "scenario"
    scenarios: tuple[ShortText, ...] = ()


_CHARTED = 3
"""Both clocks of the wait, and the cost."""


def _goal(cell: ScenarioCell, context: Context) -> Goal | None:
    return context.goal(cell) if context.goal_id(cell) else None


def _ids(cell: ScenarioCell, context: Context) -> tuple[str, ...]:
    return cell.scenarios or ((context.parameters.scenario,) if context.parameters.scenario else ())


def _run(cell: ScenarioCell, context: Context) -> tuple[Block, ...]:
    compared = context.sources.scenarios(_goal(cell, context), _ids(cell, context), moved_levers(context.parameters))
    if not compared.figures or len(compared.figures[0].bars) < 2:
        words = text("No scenario yet. Try what automation would change, and save it as a scenario.")
        return (Paragraph(words=words, nothing=True),)
    blocks: list[Block] = []
    if compared.probabilities:
        blocks.append(_probabilities(compared))
    blocks += [comparison(figure.title, figure.bars, figure.kpi) for figure in compared.figures[:_CHARTED]]
    blocks.append(_table(compared))
    blocks += [Paragraph(words=assumption) for assumption in compared.assumptions]
    return tuple(blocks)


def _probabilities(compared: ScenarioComparison) -> Metrics:
    first = compared.probabilities[0]
    bars = compared.figures[0].bars
    items = []
    for bar, probability in zip(bars, compared.probabilities, strict=True):
        points = rounded_whole(100 * (probability - first))
        changed = bar is not bars[0] and points != 0
        tone = Tone.NEUTRAL if not changed else Tone.GOOD if points > 0 else Tone.BAD
        items.append(
            Metric(
                label=bar.label,
                value=chance_words(probability),
                delta=text("{points}", points=Points(points=points, digits=0, signed=True)) if changed else None,
                tone=tone,
                note=text("Probability of the target"),
                figure="probability",
            )
        )
    return Metrics(items=tuple(items))


def _table(compared: ScenarioComparison) -> TableBlock:
    bars = compared.figures[0].bars
    rows = [(figure.title, *(_written(bar, figure.bars[0], figure.kpi) for bar in figure.bars)) for figure in compared.figures]
    columns = [TableColumn(name="figure", label=text("Figure"))]
    columns += [TableColumn(name=f"scenario{rank}", label=bar.label) for rank, bar in enumerate(bars)]
    return TableBlock(columns=tuple(columns), rows=tuple(rows))


def _written(bar: Bar, first: Bar, kpi: Kpi) -> Words:
    shown = quantity(bar.value, kpi)
    if bar is first or str(shown) == str(quantity(first.value, kpi)) or kpi.better not in {Better.HIGHER, Better.LOWER}:
        return shown
    better = (bar.value > first.value) == (kpi.better is Better.HIGHER)
    return text("{value} (better)", value=shown) if better else text("{value} (worse)", value=shown)


def _needs(cell: ScenarioCell, context: Context) -> tuple[Dependency, ...]:
    goal = context.goal_id(cell)
    needs = [Dependency(Source.OPERATION)]
    needs += [Dependency(Source.SCENARIO, scenario) for scenario in _ids(cell, context) or ("",)]
    if goal:
        series = context.sources.goal(goal).series
        needs.append(Dependency(Source.GOAL, goal))
        needs += [Dependency(Source.SERIES, series)] if series else []
    return tuple(needs)


KIND = CellKind(
    ScenarioCell,
    60,
    text("What automation would change"),
    _run,
    _needs,
    ("scenario", *sorted(SLIDERS)),
    own_options=(
        Option(
            "scenarios",
            Form.SCENARIOS,
            text("Scenarios (empty: as at the top of the page)"),
            text("They stand side by side with the team as it is."),
        ),
    ),
)
"""The kind, as the registry finds it."""
