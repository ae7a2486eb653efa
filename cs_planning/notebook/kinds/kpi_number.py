"""The newest value of a KPI in large type, beside the same period a year earlier and the period before."""

from __future__ import annotations

from typing import Literal

from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.year_before import KpiChange, Turn, compared_with_a_year_before
from cs_planning.language import Text, text
from cs_planning.notebook.blocks.block import Block, Metric, Metrics, Tone
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind
from cs_planning.notebook.kinds.kpi_chart import SERIES_OPTIONS, SeriesCell, needs_series, series_key, until_quarter


class KpiNumber(SeriesCell):
    """The newest value of a KPI, and what changed."""

    kind: Literal["kpi_number"] = "kpi_number"


def _run(cell: KpiNumber, context: Context) -> tuple[Block, ...]:
    key, frequency, _goal = series_key(cell, context)
    series = until_quarter(context.sources.series(key, frequency), context.parameters.quarter)
    values = series.frame.set_index("period")["value"].dropna()
    newest = values.index[-1]
    said = period_words(newest.date(), series.rhythm)
    items = [Metric(label=series.name, value=quantity(float(values.iloc[-1]), series.kpi), note=said, figure="kpi_value")]
    year = compared_with_a_year_before(series)
    if year is not None:
        items.append(_since(year, text("Since a year before")))
    if len(values) > 1:
        then = values.index[-2]
        before = KpiChange(
            series.kpi, float(values.iloc[-1]), float(values.loc[then]), newest.date(), then.date(), series.rhythm
        )
        items.append(_since(before, text("Since the period before")))
    return (Metrics(items=tuple(items)),)


_TONES = {Turn.BETTER: Tone.GOOD, Turn.WORSE: Tone.BAD}


def _since(compared: KpiChange, label: Text) -> Metric:
    """How far the newest value is from an earlier one, and whether that is good news."""
    tone = _TONES.get(compared.turn, Tone.NEUTRAL)
    return Metric(label=label, value=compared.change, tone=tone, note=compared.earlier, figure="kpi_change")


KIND = CellKind(
    KpiNumber,
    32,
    text("Number of a KPI"),
    _run,
    needs_series,
    ("quarter", "team", "channel"),
    own_options=SERIES_OPTIONS,
)
"""The kind, as the registry finds it."""
