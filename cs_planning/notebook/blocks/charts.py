"""Charts as blocks: the frame behind each drawing, the sentence that says what it shows, the table of its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from cs_planning.forecasting.answers.achievability import bands
from cs_planning.forecasting.forecast import Forecast, Note
from cs_planning.kpis.catalogue import Kpi, Unit
from cs_planning.kpis.quantity import quantity, unit_label
from cs_planning.kpis.series import KpiSeries, part_label
from cs_planning.language import Text, listed_texts, text
from cs_planning.notebook.blocks.block import Chart, ColumnType, TableBlock, TableColumn, Words
from cs_planning.notebook.blocks.made_along import MadeAlong
from cs_planning.notebook.blocks.target_lines import Line

BANDS = (50, 80, 95)
_SMALLEST_LABEL_GAP = 0.09


@dataclass(frozen=True)
class ChartEvent:
    """Something that happened on a day, drawn as a thin vertical line."""

    day: date
    label: Words


def note_events(notes: Sequence[Note]) -> tuple[ChartEvent, ...]:
    """The notes of a forecast that have a day and mark a break, an outlier or a period that is not over."""
    labels: Mapping[str, Text] = {"break": text("level break"), "outlier": text("outlier"), "nowcast": text("not over yet")}
    return tuple(
        ChartEvent(note.period, labels[note.kind]) for note in notes if note.period is not None and note.kind in labels
    )


def bands_of(forecast: Forecast) -> pd.DataFrame:
    """Median and bands of the sample paths, one row a forecast period: `period`, `value`, `low50`, `high50` … `high95`."""
    long = bands(forecast, [level / 100 for level in BANDS])
    wide = long.loc[long["level"] == long["level"].iloc[0], ["period", "median"]].rename(columns={"median": "value"})
    for level in BANDS:
        rows = long[np.isclose(long["level"], level / 100)]
        wide[f"low{level}"], wide[f"high{level}"] = rows["low"].to_numpy(), rows["high"].to_numpy()
    ordered: pd.DataFrame = wide.reset_index(drop=True)
    return ordered


@dataclass(frozen=True)
class _Fan:
    """What of a fan no target moves.

    Attributes:
        frame: the rows of the history, of what may come, and where both meet.
        joint: the last measured period alone.
        seen: all values that are drawn, which say how far apart labels have to be.
        begins: the first period.
        last: the numbers of the last period of the forecast.
        table: the numbers behind the drawing.
    """

    frame: pd.DataFrame
    joint: pd.DataFrame
    seen: pd.Series
    begins: pd.Timestamp
    last: Mapping[str, float]
    table: TableBlock


_FANS: MadeAlong[_Fan] = MadeAlong()


def _fan_of(forecast: Forecast, periods_shown: int | None) -> _Fan:
    series = forecast.series
    measured = _history(series, periods_shown)
    expected = bands_of(forecast)
    future = expected.assign(part="forecast", frequency=series.frequency.value)
    joint = measured.tail(1).assign(part="joint", frequency=None)
    for level in BANDS:
        joint[f"low{level}"] = joint[f"high{level}"] = joint["value"]
    return _Fan(
        frame=pd.concat([measured, joint, future], ignore_index=True),
        joint=joint,
        seen=pd.concat([measured["value"], expected["low95"], expected["high95"]]),
        begins=measured["period"].min(),
        last={name: float(expected[name].iloc[-1]) for name in ("value", "low80", "high80")},
        table=_fan_table(series, measured, expected),
    )


def fan(
    forecast: Forecast,
    lines: Sequence[Line] = (),
    *,
    deadline: date | None = None,
    events: Sequence[ChartEvent] = (),
    periods_shown: int | None = None,
    alt: Text | None = None,
    required: pd.DataFrame | None = None,
    second: Forecast | None = None,
) -> Chart:
    """History, what may come with its 50, 80 and 95 % bands, the targets and the deadline.

    Args:
        forecast: of one series.
        lines: targets, in the KPI's unit.
        deadline: the goal's last day.
        events: breaks, campaigns and the like.
        periods_shown: how many periods of the history are drawn; all when it is not given.
        alt: a sentence that says more than the numbers of the forecast alone do.
        required: the way to the target, columns `period` and `value`; a dashed line.
        second: another forecast of the series, of which the middle is drawn as a thin line.
    """
    series = forecast.series
    past = _FANS.of(forecast, periods_shown, lambda: _fan_of(forecast, periods_shown))
    frame = pd.concat(
        [
            past.frame,
            *_ways(past.joint, required, second),
            _line_rows(lines, past.seen),
            _event_rows(events, past.begins),
            _deadline_rows(series, deadline),
        ],
        ignore_index=True,
    )
    labels: dict[str, Words] = {line.part: line.label for line in lines} | _event_labels(events)
    if deadline is not None:
        labels["deadline"] = text("Deadline {day}", day=deadline)
    last = past.last
    sentence = alt or text(
        "{kpi}: {now} in the last period; expected at the end {expected}, in 80 of 100 futures between {low} and {high}.",
        kpi=series.name,
        now=quantity(float(series.values[-1]), series.kpi),
        expected=quantity(last["value"], series.kpi),
        low=quantity(last["low80"], series.kpi),
        high=quantity(last["high80"], series.kpi),
    )
    return Chart(
        drawing="fan",
        title=titled(series),
        subtitle=_key_of(required is not None, second is not None, lines),
        alt=sentence,
        frame=frame,
        labels=labels,
        kpi=series.kpi,
        table=past.table,
    )


def history(
    series: KpiSeries,
    lines: Sequence[Line] = (),
    *,
    events: Sequence[ChartEvent] = (),
    periods_shown: int | None = None,
) -> Chart:
    """What was measured, with target lines and events."""
    shown = _history(series, periods_shown)
    frame = pd.concat(
        [shown, _line_rows(lines, shown["value"]), _event_rows(events, shown["period"].min())],
        ignore_index=True,
    )
    lowest, highest = shown["value"].min(), shown["value"].max()
    return Chart(
        drawing="series",
        title=titled(series),
        subtitle=_note_of(lines),
        alt=text(
            "{kpi}: {now} in the last of {count} periods, between {lowest} and {highest} before.",
            kpi=series.name,
            now=quantity(float(shown["value"].iloc[-1]), series.kpi),
            count=len(shown),
            lowest=quantity(float(lowest), series.kpi),
            highest=quantity(float(highest), series.kpi),
        ),
        frame=frame,
        labels={line.part: line.label for line in lines} | _event_labels(events),
        kpi=series.kpi,
        table=TableBlock(
            columns=(_period_column(series), _value_column(series), _sample_column()),
            rows=tuple(_rows(shown, "value", "sample_size")),
        ),
    )


def breakdown(parts: Mapping[str, KpiSeries], *, leading: str | None = None, periods_shown: int | None = None) -> Chart:
    """One KPI in several parts of the operation, each line named at its end.

    Args:
        parts: series of one KPI and frequency by the name of the part, at least one.
        leading: the part that is drawn in the accent.
        periods_shown: how many periods are drawn.
    """
    some = next(iter(parts.values()))
    frames = []
    for rank, (name, series) in enumerate(parts.items()):
        rows = _history(series, periods_shown).assign(label=name, rank=float(rank % 6), leading=name == leading)
        frames += [rows, rows.tail(1).assign(part="end", label_value=rows["value"].tail(1), frequency=None)]
    frame = pd.concat(frames, ignore_index=True)
    ends = frame["part"] == "end"
    frame.loc[ends, "label_value"] = _spread(frame.loc[ends, "value"].to_numpy(float), frame["value"])
    wide = pd.concat({name: series.frame.set_index("period")["value"] for name, series in parts.items()}, axis=1).sort_index()
    if periods_shown:
        wide = wide.tail(periods_shown)
    last = [
        text("{part} {value}", part=part_label(name), value=quantity(float(series.values[-1]), series.kpi))
        for name, series in parts.items()
    ]
    return Chart(
        drawing="breakdown",
        title=text("{kpi} ({unit})", kpi=some.kpi.name, unit=unit_label(some.kpi)),
        alt=text("{kpi} in the last period: {parts}.", kpi=some.kpi.name, parts=listed_texts(last)),
        frame=frame,
        labels={name: part_label(name) for name in parts},
        kpi=some.kpi,
        table=TableBlock(
            columns=(
                _period_column(some),
                *(
                    TableColumn(name=name, label=part_label(name), type=ColumnType.NUMBER, digits=digits_of(some.kpi))
                    for name in parts
                ),
            ),
            rows=tuple(_rows(wide.reset_index(), *wide.columns)),
        ),
    )


def _ways(joint: pd.DataFrame, required: pd.DataFrame | None, second: Forecast | None) -> list[pd.DataFrame]:
    middle = None
    if second is not None:
        middle = pd.DataFrame({"period": second.periods, "value": np.median(second.paths, axis=0)})
    begin = joint[["period", "value"]]
    ways = (("required", required), ("second", middle))
    return [pd.concat([begin, way], ignore_index=True).assign(part=part) for part, way in ways if way is not None]


def _key_of(required: bool, second: bool, lines: Sequence[Line]) -> Text:
    key = text("Grey: measured. Blue: expected, with the ranges of 50, 80 and 95 of 100 futures.")
    if required:
        key = text("{key} Orange dashes: the way to the target.", key=key)
    if second:
        key = text("{key} Thin grey dashes: the independent standard model.", key=key)
    note = _note_of(lines)
    return text("{key} {note}", key=key, note=note) if note is not None else key


def _note_of(lines: Sequence[Line]) -> Text | None:
    """What target lines stand for, where that is not the targets themselves."""
    return next((line.note for line in lines if line.note is not None), None)


def titled(series: KpiSeries) -> Text:
    """The name of the series with its unit."""
    if series.kpi.id.rstrip().endswith(")"):
        return series.name
    return text("{kpi} ({unit})", kpi=series.name, unit=unit_label(series.kpi))


def _history(series: KpiSeries, periods_shown: int | None) -> pd.DataFrame:
    rows = series.frame[["period", "value", "sample_size"]]
    rows = rows.tail(periods_shown) if periods_shown else rows
    return rows.assign(part="history", frequency=series.frequency.value)


def _line_rows(lines: Sequence[Line], seen: pd.Series) -> pd.DataFrame:
    """One row a level line, one row a corner of a stepped one, and a row for the name of each."""
    corners = [(line.part, day, value) for line in lines for day, value in line.path]
    stepped = pd.DataFrame(
        {
            "part": ["steps"] * len(corners),
            "period": pd.DatetimeIndex([pd.Timestamp(day) for _part, day, _value in corners]),
            "value": [value for _part, _day, value in corners],
            "label": [part for part, _day, _value in corners],
        }
    )
    named = _named_rows(lines, pd.concat([seen, stepped["value"]]))
    return pd.concat([named, stepped], ignore_index=True) if corners else named


def _named_rows(lines: Sequence[Line], seen: pd.Series) -> pd.DataFrame:
    values = np.array([line.value for line in lines], float)
    return pd.DataFrame(
        {
            "part": ["end_of_steps" if line.path else line.part for line in lines],
            "value": values,
            "label": [line.part for line in lines],
            "label_value": _spread(values, pd.concat([seen, pd.Series(values)])),
        }
    )


def _spread(values: np.ndarray, seen: pd.Series) -> np.ndarray:
    """`values` moved apart so that their labels don't cover each other."""
    gap = _SMALLEST_LABEL_GAP * float(seen.max() - seen.min() or 1.0)
    order = np.argsort(values, kind="stable")
    spread = values.astype(float).copy()
    for lower, upper in pairwise(order):
        spread[upper] = max(spread[upper], spread[lower] + gap)
    return spread - (spread - values).mean() if len(values) else spread


def _event_rows(events: Sequence[ChartEvent], first: pd.Timestamp) -> pd.DataFrame:
    seen = [(position, event) for position, event in enumerate(events) if pd.Timestamp(event.day) >= first]
    return pd.DataFrame(
        {
            "part": ["event" for _ in seen],
            "period": pd.DatetimeIndex([pd.Timestamp(event.day) for _, event in seen]),
            "label": [f"event{position}" for position, _ in seen],
            "lane": [float(count % 3) for count, _ in enumerate(seen)],
        }
    )


def _event_labels(events: Sequence[ChartEvent]) -> dict[str, Words]:
    return {f"event{position}": event.label for position, event in enumerate(events)}


def _deadline_rows(series: KpiSeries, deadline: date | None) -> pd.DataFrame:
    days = [] if deadline is None else [pd.Timestamp(series.rhythm.start_of(deadline))]
    return pd.DataFrame(
        {"part": ["deadline" for _ in days], "period": pd.DatetimeIndex(days), "label": ["deadline" for _ in days]}
    )


def _fan_table(series: KpiSeries, past: pd.DataFrame, future: pd.DataFrame) -> TableBlock:
    edges = ("low80", "high80", "low95", "high95")
    names = (text("80 % from"), text("80 % to"), text("95 % from"), text("95 % to"))
    measured = [(day, text("measured"), value, None, None, None, None) for day, value in _rows(past, "value")]
    expected = [(day, text("expected"), *figures) for day, *figures in _rows(future, "value", *edges)]
    return TableBlock(
        columns=(
            _period_column(series),
            TableColumn(name="part", label=text("Kind")),
            _value_column(series),
            *(
                TableColumn(name=edge, label=name, type=ColumnType.NUMBER, digits=digits_of(series.kpi))
                for edge, name in zip(edges, names, strict=True)
            ),
        ),
        rows=(*measured, *expected),
    )


def _rows(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    days = [moment.date() for moment in pd.DatetimeIndex(frame["period"])]
    return zip(days, *([_known(value) for value in frame[name].to_numpy(float)] for name in columns), strict=True)


def _period_column(series: KpiSeries) -> TableColumn:
    return TableColumn(
        name="period",
        label=text("Period"),
        type=ColumnType.PERIOD,
        frequency=series.frequency,
        year_starts_in=series.rhythm.year_starts_in,
    )


def _value_column(series: KpiSeries) -> TableColumn:
    return TableColumn(name="value", label=titled(series), type=ColumnType.NUMBER, digits=digits_of(series.kpi))


def _sample_column() -> TableColumn:
    return TableColumn(name="sample_size", label=text("Sample size"), type=ColumnType.NUMBER, digits=0)


def digits_of(kpi: Kpi) -> int:
    """How many digits after the point the table behind a chart shows."""
    return 0 if kpi.unit is Unit.COUNT else 2 if kpi.unit is Unit.MONEY else 1


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
