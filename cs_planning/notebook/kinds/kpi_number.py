"""The newest value of a KPI in large type, beside the period before and the same one a year earlier."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from cs_planning.kpis.catalogue import Better, Kpi
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.quantity import difference, quantity
from cs_planning.kpis.series import KpiSeries
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
    if len(values) > 1:
        items.append(_since(values, values.index[-2], text("Since the period before"), series))
    year_ago = newest - pd.DateOffset(years=1)
    if year_ago in values.index:
        items.append(_since(values, year_ago, text("Since a year before"), series))
    return (Metrics(items=tuple(items)),)


def _since(values: pd.Series, then: pd.Timestamp, label: Text, series: KpiSeries) -> Metric:
    """How far the newest value is from an earlier one, and whether that is good news."""
    before, kpi = float(values.loc[then]), series.kpi
    change = float(values.iloc[-1]) - before
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return Metric(
        label=label,
        value=text("{sign}{change}", sign=sign, change=difference(abs(change), kpi)),
        tone=_tone(change, kpi),
        note=text("{value} in {period}", value=quantity(before, kpi), period=period_words(then.date(), series.rhythm)),
        figure="kpi_change",
    )


def _tone(change: float, kpi: Kpi) -> Tone:
    if not change or kpi.better not in {Better.HIGHER, Better.LOWER}:
        return Tone.NEUTRAL
    return Tone.GOOD if (change > 0) == (kpi.better is Better.HIGHER) else Tone.BAD


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
