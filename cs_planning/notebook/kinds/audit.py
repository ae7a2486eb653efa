"""The audit table: metric, goal, current value, gap."""

from __future__ import annotations

from typing import Literal

from cs_planning.goals.goal import ShortText
from cs_planning.kpis.quantity import difference, quantity
from cs_planning.language import text
from cs_planning.notebook.blocks.block import (
    Block,
    Metric,
    Metrics,
    TableBlock,
    TableColumn,
    Tone,
    Value,
)
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind
from cs_planning.notebook.sources import AuditLine, Dependency, Source


class AuditCell(Cell):
    """The audit table: metric, goal, current value, gap."""

    kind: Literal["audit"] = "audit"
    audit: ShortText = ""


def _run(cell: AuditCell, context: Context) -> tuple[Block, ...]:
    lines = context.sources.audit(cell.audit)
    met = sum(line.met is True for line in lines)
    missed = sum(line.met is False for line in lines)
    counts = (
        Metric(
            label=text("Met"), value=text("{count}", count=met), tone=Tone.GOOD if met else Tone.NEUTRAL, figure="audit_counts"
        ),
        Metric(
            label=text("With a gap"),
            value=text("{count}", count=missed),
            tone=Tone.BAD if missed else Tone.NEUTRAL,
            figure="audit_counts",
        ),
    )
    columns = (
        TableColumn(name="metric", label=text("Metric")),
        TableColumn(name="goal", label=text("Target")),
        TableColumn(name="current", label=text("Current")),
        TableColumn(name="gap", label=text("Gap")),
        TableColumn(name="trend", label=text("Trend")),
        TableColumn(name="verdict", label=text("Verdict")),
    )
    return (Metrics(items=counts), TableBlock(columns=columns, rows=tuple(_audit_row(line) for line in lines)))


def _audit_row(line: AuditLine) -> tuple[Value, ...]:
    goal, current = (None if value is None else quantity(value, line.kpi) for value in (line.goal, line.current))
    gap = None if line.gap is None else difference(max(line.gap, 0.0), line.kpi)
    return (line.metric, goal, current, gap, line.trend, line.verdict)


def _needs(cell: AuditCell, context: Context) -> tuple[Dependency, ...]:
    return (Dependency(Source.AUDIT, cell.audit),)


KIND = CellKind(AuditCell, 80, text("Audit"), _run, _needs, uses_today=True)
"""The kind, as the registry finds it."""
