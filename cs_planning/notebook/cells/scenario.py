"""Cells about what-if scenarios: side by side, and what a better response costs."""

from __future__ import annotations

from cs_planning.goals.goal import Goal
from cs_planning.kpis.catalogue import Better, Kpi
from cs_planning.kpis.quantity import quantity
from cs_planning.language import Points, text
from cs_planning.notebook.blocks.block import Block, Column, Metric, Metrics, Paragraph, Table, Tone, Words
from cs_planning.notebook.blocks.outcome_charts import Bar, comparison, frontier
from cs_planning.notebook.cells.context import Context, Runner
from cs_planning.notebook.cells.goal import share_words
from cs_planning.notebook.pages.page import Cell, FrontierCell, ScenarioCell
from cs_planning.notebook.pages.sliders import moved_levers
from cs_planning.notebook.sources import Dependency, ScenarioComparison, Source

_CHARTED = 3
"""Both clocks of the wait, and the cost."""
_MOVABLE = ("scenario", "bot", "people", "demand")


def _goal(cell: Cell, context: Context) -> Goal | None:
    return context.goal(cell) if context.goal_id(cell) else None


def _ids(cell: Cell, context: Context) -> tuple[str, ...]:
    assert isinstance(cell, ScenarioCell)
    return cell.scenarios or ((context.parameters.scenario,) if context.parameters.scenario else ())


def _scenario(cell: Cell, context: Context) -> tuple[Block, ...]:
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
        points = round(100 * (probability - first))
        changed = bar is not bars[0] and points != 0
        tone = Tone.NEUTRAL if not changed else Tone.GOOD if points > 0 else Tone.BAD
        items.append(
            Metric(
                label=bar.label,
                value=share_words(probability),
                delta=text("{points}", points=Points(points=points, digits=0, signed=True)) if changed else None,
                tone=tone,
                note=text("Probability of the target"),
                figure="probability",
            )
        )
    return Metrics(items=tuple(items))


def _table(compared: ScenarioComparison) -> Table:
    bars = compared.figures[0].bars
    rows = [(figure.title, *(_written(bar, figure.bars[0], figure.kpi) for bar in figure.bars)) for figure in compared.figures]
    columns = [Column(name="figure", label=text("Figure"))]
    columns += [Column(name=f"scenario{rank}", label=bar.label) for rank, bar in enumerate(bars)]
    return Table(columns=tuple(columns), rows=tuple(rows))


def _written(bar: Bar, first: Bar, kpi: Kpi) -> Words:
    shown = quantity(bar.value, kpi)
    if bar is first or str(shown) == str(quantity(first.value, kpi)) or kpi.better not in {Better.HIGHER, Better.LOWER}:
        return shown
    better = (bar.value > first.value) == (kpi.better is Better.HIGHER)
    return text("{value} (better)", value=shown) if better else text("{value} (worse)", value=shown)


def _scenario_needs(cell: Cell, context: Context) -> tuple[Dependency, ...]:
    goal = context.goal_id(cell)
    needs = [Dependency(Source.OPERATION)]
    needs += [Dependency(Source.SCENARIO, scenario) for scenario in _ids(cell, context) or ("",)]
    if goal:
        series = context.sources.goal(goal).series
        needs.append(Dependency(Source.GOAL, goal))
        needs += [Dependency(Source.SERIES, series)] if series else []
    return tuple(needs)


def _frontier_id(cell: Cell, context: Context) -> str:
    assert isinstance(cell, FrontierCell)
    return cell.scenario or context.parameters.scenario


def _frontier(cell: Cell, context: Context) -> tuple[Block, ...]:
    found = context.sources.frontier(_frontier_id(cell, context), moved_levers(context.parameters))
    return (frontier(found.title, found.points, kpi=found.kpi, cost_kpi=found.cost_kpi),)


def _frontier_needs(cell: Cell, context: Context) -> tuple[Dependency, ...]:
    return Dependency(Source.OPERATION), Dependency(Source.SCENARIO, _frontier_id(cell, context))


SCENARIO_RUNNERS = {
    "scenario": Runner(text("What automation would change"), _scenario, _scenario_needs, _MOVABLE),
    "frontier": Runner(text("What a faster answer costs"), _frontier, _frontier_needs, _MOVABLE),
}
"""How these cells run, by kind."""
