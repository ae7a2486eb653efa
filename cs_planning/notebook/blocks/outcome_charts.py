"""Charts of judgements: the record of past forecasts, scenarios side by side, what a better response costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_planning.forecasting.answers.track_record import Record
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.quantity import quantity
from cs_planning.language import Text, listed_texts, text
from cs_planning.notebook.blocks.block import Chart, ColumnType, TableBlock, TableColumn, Words
from cs_planning.notebook.blocks.made_along import MadeAlong

_NORMAL_90 = 1.645
_ALL = 100
"""Percent, beyond which no share goes."""


_RECORDS: MadeAlong[Chart] = MadeAlong()


def reliability(record: Record) -> Chart:
    """What was forecast with so much probability against how often it came true.

    Args:
        record: with at least one group of past probabilities.
    """
    return _RECORDS.of(record, None, lambda: _reliability_of(record))


def _reliability_of(record: Record) -> Chart:
    bins = pd.DataFrame(
        {
            "part": "bin",
            "forecast": [group.predicted for group in record.reliability],
            "value": [group.observed for group in record.reliability],
            "count": [float(group.count) for group in record.reliability],
        }
    )
    centre, spread = _wilson(bins["value"].to_numpy(float), bins["count"].to_numpy(float))
    bins["low"], bins["high"] = centre - spread, centre + spread
    ideal = pd.DataFrame({"part": "ideal", "forecast": [0.0, 1.0], "value": [0.0, 1.0]})
    notes = pd.DataFrame(
        {"part": "note", "forecast": [0.03, 0.6], "value": [0.97, 0.12], "label": ["cautious", "confident"]},
    )
    return Chart(
        drawing="reliability",
        title=text("Forecast probability (across) and how often it came true (up)"),
        subtitle=text("On the dashed line, things forecast with 70 % come true in 70 of 100 cases; bars are 90 % ranges."),
        alt=record.words(),
        frame=pd.concat([bins, ideal, notes], ignore_index=True),
        labels={"cautious": text("came true more often than forecast"), "confident": text("came true less often")},
        table=TableBlock(
            columns=(
                TableColumn(name="predicted", label=text("Forecast probability"), type=ColumnType.SHARE),
                TableColumn(name="observed", label=text("Came true"), type=ColumnType.SHARE),
                TableColumn(name="count", label=text("Forecasts"), type=ColumnType.NUMBER, digits=0),
            ),
            rows=tuple((group.predicted, group.observed, group.count) for group in record.reliability),
        ),
    )


def _wilson(share: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Centre and half width of the 90 % Wilson interval of a share of `count` cases; both shape (n,)."""
    shrunk = 1 + _NORMAL_90**2 / count
    centre = (share + _NORMAL_90**2 / (2 * count)) / shrunk
    width = _NORMAL_90 / shrunk * np.sqrt(share * (1 - share) / count + _NORMAL_90**2 / (4 * count**2))
    return centre, width


@dataclass(frozen=True)
class Bar:
    """One scenario's figure with the range that holds it in 80 of 100 draws, in the KPI's unit."""

    label: Words
    value: float
    low: float | None = None
    high: float | None = None


def comparison(title: Words, bars: Sequence[Bar], kpi: Kpi) -> Chart:
    """Scenarios side by side on one figure; the first bar is the operation as it is.

    Args:
        title: what is compared.
        bars: at least one.
        kpi: how the figures are written.
    """
    frame = pd.DataFrame(
        {
            "part": "bar",
            "label": [f"bar{rank}" for rank, _ in enumerate(bars)],
            "rank": [float(rank) for rank, _ in enumerate(bars)],
            "leading": [rank == 0 for rank, _ in enumerate(bars)],
            "value": [float(bar.value) for bar in bars],
            "low": [float("nan") if bar.low is None else bar.low for bar in bars],
            "high": [float("nan") if bar.high is None else bar.high for bar in bars],
        }
    )
    parts = [text("{name} {value}", name=bar.label, value=quantity(bar.value, kpi)) for bar in bars]
    return Chart(
        drawing="comparison_of_shares" if kpi.upper == _ALL else "comparison",
        title=title,
        alt=listed(text("{title}: ", title=title), parts),
        frame=frame,
        labels={f"bar{rank}": bar.label for rank, bar in enumerate(bars)},
        kpi=kpi,
        table=TableBlock(
            columns=(
                TableColumn(name="scenario", label=text("Scenario")),
                TableColumn(name="value", label=title, type=ColumnType.NUMBER),
                TableColumn(name="low", label=text("80 % from"), type=ColumnType.NUMBER),
                TableColumn(name="high", label=text("80 % to"), type=ColumnType.NUMBER),
            ),
            rows=tuple((bar.label, bar.value, bar.low, bar.high) for bar in bars),
        ),
    )


@dataclass(frozen=True)
class FrontierPoint:
    """What one staffing or setting costs and brings.

    Attributes:
        leading: drawn large and named, such as where the team is.
        line: 0 for the team as it is, 1 for the line of a scenario.
        mark: a claim beside the lines and on none of them.
        note: what stands behind a mark.
    """

    label: Words
    cost: float
    value: float
    leading: bool = False
    line: int = 0
    mark: bool = False
    note: Words = ""


def frontier(title: Words, points: Sequence[FrontierPoint], *, kpi: Kpi, cost_kpi: Kpi) -> Chart:
    """What a better value costs: a line over all settings, cheapest first, the present one named, claims as numbered marks.

    The names stay clear of the lines when these fall and bend as waits do: the outer point is named above it, the inner below.

    Args:
        title: what stands across (cost) and up (the KPI).
        points: at least two.
        kpi: how `value` is written.
        cost_kpi: how `cost` is written.
    """
    ordered = sorted(points, key=lambda point: (point.mark, point.line, point.cost))
    inner = _inner_line(ordered)
    numbers = {rank: number for number, rank in enumerate((r for r, point in enumerate(ordered) if point.mark), start=1)}
    names = [
        text("{number}. {name}", number=numbers[rank], name=point.label) if point.mark else point.label
        for rank, point in enumerate(ordered)
    ]
    frame = pd.DataFrame(
        {
            "part": ["mark" if point.mark else "named" if point.leading else "point" for point in ordered],
            "number": [str(numbers.get(rank, "")) for rank, _ in enumerate(ordered)],
            "inner": [point.line == inner for point in ordered],
            "line": [float(point.line) for point in ordered],
            "label": [f"point{rank}" for rank, _ in enumerate(ordered)],
            "rank": [float(rank) for rank, _ in enumerate(ordered)],
            "leading": [point.leading for point in ordered],
            "cost": [float(point.cost) for point in ordered],
            "value": [float(point.value) for point in ordered],
        }
    )
    on_line = [point for point in ordered if not point.mark]
    cheapest, dearest = on_line[0], on_line[-1]
    return Chart(
        drawing="frontier" if numbers else "frontier_alone",
        title=title,
        alt=text(
            "From {low_value} for {low_cost} to {high_value} for {high_cost}.",
            low_value=quantity(cheapest.value, kpi),
            low_cost=quantity(cheapest.cost, cost_kpi),
            high_value=quantity(dearest.value, kpi),
            high_cost=quantity(dearest.cost, cost_kpi),
        ),
        frame=frame,
        labels={f"point{rank}": name for rank, name in enumerate(names)},
        kpi=kpi,
        table=TableBlock(
            columns=(
                TableColumn(name="setting", label=text("Setting")),
                TableColumn(name="cost", label=cost_kpi.name, type=ColumnType.NUMBER),
                TableColumn(name="value", label=kpi.name, type=ColumnType.NUMBER),
                *([TableColumn(name="note", label=text("Source"))] if numbers else []),
            ),
            rows=tuple(
                (name, point.cost, point.value, *([point.note] if numbers else []))
                for name, point in zip(names, ordered, strict=True)
            ),
        ),
    )


def _inner_line(ordered: Sequence[FrontierPoint]) -> int | None:
    """The line that lies nearer to the origin at the named point of line 1; none while there is one line alone."""
    lines = [[point for point in ordered if not point.mark and point.line == number] for number in (0, 1)]
    named = next((point for point in lines[1] if point.leading), None)
    if named is None or not lines[0]:
        return None
    beside = np.interp(named.cost, [point.cost for point in lines[0]], [point.value for point in lines[0]])
    return 1 if named.value < beside else 0


@dataclass(frozen=True)
class Swing:
    """What a figure becomes when one quantity is low, in its middle, and high."""

    label: Words
    low: float
    high: float
    middle: float


def tornado(title: Words, swings: Sequence[Swing], kpi: Kpi) -> Chart:
    """Which quantity moves a figure most: one bar each, the widest first.

    Args:
        title: the figure.
        swings: the widest first.
        kpi: how the figure is written.
    """
    frame = pd.DataFrame(
        {
            "part": "bar",
            "label": [f"swing{rank}" for rank, _ in enumerate(swings)],
            "rank": [float(rank) for rank, _ in enumerate(swings)],
            "low": [float(swing.low) for swing in swings],
            "high": [float(swing.high) for swing in swings],
            "value": [float(swing.middle) for swing in swings],
            "shown_low": [str(quantity(swing.low, kpi)) for swing in swings],
            "shown_high": [str(quantity(swing.high, kpi)) for swing in swings],
        }
    )
    parts = [
        text("{name} {low} to {high}", name=swing.label, low=quantity(swing.low, kpi), high=quantity(swing.high, kpi))
        for swing in swings
    ]
    return Chart(
        drawing="tornado_of_shares" if kpi.upper == _ALL else "tornado",
        title=title,
        subtitle=text(
            "Each bar: one quantity at its 10th (hollow end) and 90th percentile (full end), all others in the middle."
        ),
        alt=listed(text("{title}: ", title=title), parts),
        frame=frame,
        labels={f"swing{rank}": swing.label for rank, swing in enumerate(swings)},
        kpi=kpi,
        table=TableBlock(
            columns=(
                TableColumn(name="quantity", label=text("Uncertain quantity")),
                TableColumn(name="low", label=text("When it is low"), type=ColumnType.NUMBER),
                TableColumn(name="high", label=text("When it is high"), type=ColumnType.NUMBER),
            ),
            rows=tuple((swing.label, swing.low, swing.high) for swing in swings),
        ),
    )


def listed(start: Text, parts: Sequence[Text]) -> Text:
    """`start` followed by the parts with commas and a full stop."""
    return text("{start}{parts}.", start=start, parts=listed_texts(parts))
