"""How good past forecasts of the goal's KPI were."""

from __future__ import annotations

from typing import Literal

import numpy as np

from cs_planning.language import Percent, text
from cs_planning.notebook.blocks.block import (
    Block,
    Metric,
    Metrics,
    ProblemBlock,
    Tone,
)
from cs_planning.notebook.blocks.outcome_charts import reliability
from cs_planning.notebook.cells.cell import GoalCell
from cs_planning.notebook.cells.chance import chance_words
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind, on_goal
from cs_planning.notebook.sources import Source


class RecordCell(GoalCell):
    """How good past forecasts of the goal's KPI were."""

    kind: Literal["record"] = "record"


def _run(cell: RecordCell, context: Context) -> tuple[Block, ...]:
    record = context.sources.record(context.goal(cell))
    if not record.forecasts or not record.reliability:
        return (
            ProblemBlock(
                message=record.words(), hint=text("The record grows with every period that is imported."), nothing=True
            ),
        )
    items = (
        Metric(label=text("Past forecasts"), value=text("{count}", count=record.forecasts), figure="past_forecasts"),
        Metric(
            label=text("Inside the 80 % range"),
            value=chance_words(record.coverage80),
            note=text("80 % would be perfect"),
            figure="coverage",
        ),
        Metric(
            label=text("Better than “no change”"),
            value=text("{value}", value=Percent(share=record.skill)) if np.isfinite(record.skill) else "–",
            tone=Tone.GOOD if record.skill > 0.05 else Tone.BAD if record.skill < -0.05 else Tone.NEUTRAL,
            figure="skill",
        ),
    )
    return (Metrics(items=items), reliability(record))


KIND = CellKind(RecordCell, 50, text("How good past forecasts were"), _run, on_goal(Source.SERIES))
"""The kind, as the registry finds it."""
