"""How each chart is drawn: Vega-Lite specifications, built once by Altair for each drawing and language, without data.

One accent and greys, the same everywhere: grey is what was measured, the accent what is expected or changed, a target is a
labelled line.  Every colour keeps at least 3 : 1 against a white and a near-black ground, and nothing rests on hue alone.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import altair as alt

from cs_planning.language import chart_numbers, gettext, use_language

ACCENT = "#2f7ec7"
MEASURED = "#7b8794"
TARGET = "#c95f20"
FAINT = "#98a2ad"
DATA = "data"
FONT_SIZE = 12

_JAPANESE_TIME = {
    "dateTime": "%Y年%-m月%-d日 %H:%M:%S",
    "date": "%Y年%-m月%-d日",
    "time": "%H:%M:%S",
    "periods": ["午前", "午後"],
    "days": ["日曜日", "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日"],
    "shortDays": ["日", "月", "火", "水", "木", "金", "土"],
    "months": [f"{month}月" for month in range(1, 13)],
    "shortMonths": [f"{month}月" for month in range(1, 13)],
}


Drawing = alt.LayerChart | alt.FacetChart


def _words() -> dict[str, str]:
    return {
        "period": gettext("Period"),
        "value": gettext("Value"),
        "expected": gettext("Expected"),
        "range": gettext("80 % range"),
        "measured": gettext("As measured"),
        "sample": gettext("Sample size"),
        "cost": gettext("Cost"),
        "low": gettext("When it is low"),
        "high": gettext("When it is high"),
    }


def _where(*parts: str) -> str:
    return " || ".join(f"datum.part == '{part}'" for part in parts)


_DATE_LABEL = (
    "date(datum.value) != 1 ? timeFormat(datum.value, '%-d %b')"
    " : month(datum.value) == 0 ? timeFormat(datum.value, '%Y') : timeFormat(datum.value, '%b')"
)


def _base(*parts: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(DATA)).transform_filter(_where(*parts))


def _x(ticks: int | alt.TimeIntervalStep = 10) -> alt.X:
    axis = alt.Axis(
        title=None, grid=False, labelOverlap=True, labelFlush=True, labelSeparation=6, tickCount=ticks, labelExpr=_DATE_LABEL
    )
    return alt.X("period:T", axis=axis)


def _y(field: str = "value", *, zero: bool = False) -> alt.Y:
    axis = alt.Axis(title=None, tickCount=6, domain=False, ticks=False, gridOpacity=0.35)
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(zero=zero, nice=True))


def _rules() -> list[alt.Chart]:
    """Target lines with their labels at the right, vertical lines for the deadline and for what happened."""
    dashes = {"primary": [1, 0], "stretch": [6, 4], "floor": [2, 3]}
    lines = [
        _base(part).mark_rule(color=TARGET, strokeWidth=1.6, strokeDash=dash).encode(y=_y()) for part, dash in dashes.items()
    ]
    names = (
        _base(*dashes)
        .mark_text(align="left", dx=6, color=TARGET, fontSize=FONT_SIZE, fontWeight=600)
        .encode(y=_y("label_value"), x=alt.value("width"), text="label:N")
    )
    deadline = _base("deadline").mark_rule(color=TARGET, strokeWidth=1, strokeDash=[2, 2], opacity=0.9).encode(x=_x())
    deadline_name = (
        _base("deadline")
        .mark_text(align="right", dx=-5, dy=-3, baseline="bottom", color=TARGET, fontSize=FONT_SIZE - 1)
        .encode(x=_x(), y=alt.value("height"), text="label:N")
    )
    event = _base("event").mark_rule(color=FAINT, strokeWidth=1, strokeDash=[3, 3]).encode(x=_x())
    event_names = [
        _base("event")
        .transform_filter(f"datum.lane == {lane}")
        .mark_text(align="left", dx=4, baseline="top", color=MEASURED, fontSize=FONT_SIZE - 1, fontStyle="italic")
        .encode(x=_x(), y=alt.value(2 + 14 * lane), text="label:N")
        for lane in range(3)
    ]
    return [*lines, event, *event_names, deadline, deadline_name, names]


def _history() -> list[alt.Chart]:
    line = _base("history").mark_line(color=MEASURED, strokeWidth=2)
    points = _base("history").mark_point(color=MEASURED, filled=True, size=18, opacity=0.9)
    return [mark.encode(x=_x(), y=_y()) for mark in (line, points)]


def _hover(words: Mapping[str, str], part: str, color: str, tooltips: list[alt.Tooltip]) -> list[alt.Chart]:
    """Invisible strips, one a period, that show its numbers and mark its point.

    Strips and not `nearest`, whose tooltips of named fields stay empty in Vega-Lite 6.
    """
    pointed = alt.selection_point(name=f"pointed_{part}", on="pointerover", clear="pointerout", fields=["period"], empty=False)
    strips = (
        _base(part)
        .mark_rule(strokeWidth=_STRIP_WIDTH, opacity=0)
        .encode(x=_x(), tooltip=[alt.Tooltip("when:N", title=words["period"]), *tooltips])
        .add_params(pointed)
    )
    marked = (
        _base(part)
        .mark_point(filled=True, size=90, color=color, stroke="white", strokeWidth=1.5)
        .encode(x=_x(), y=_y(), opacity=alt.condition(pointed, alt.value(1), alt.value(0)))
    )
    return [marked, strips]


_STRIP_WIDTH = 14


def _ways() -> list[alt.Chart]:
    """The way to the target, and the middle of another forecast."""
    required = _base("required").mark_line(color=TARGET, strokeWidth=1.8, strokeDash=[5, 3])
    second = _base("second").mark_line(color=MEASURED, strokeWidth=1.2, strokeDash=[2, 3])
    return [way.encode(x=_x(), y=_y()) for way in (second, required)]


def _fan(words: Mapping[str, str]) -> Drawing:
    bands = [
        _base("forecast", "joint")
        .mark_area(color=ACCENT, opacity=opacity, interpolate="monotone")
        .encode(x=_x(), y=_y(f"low{level}"), y2=f"high{level}:Q")
        for level, opacity in ((95, 0.13), (80, 0.18), (50, 0.26))
    ]
    median = _base("forecast", "joint").mark_line(color=ACCENT, strokeWidth=2.4, interpolate="monotone")
    expected = [alt.Tooltip("shown:N", title=words["expected"]), alt.Tooltip("shown80:N", title=words["range"])]
    measured = [alt.Tooltip("shown:N", title=words["value"]), alt.Tooltip("shown_sample:N", title=words["sample"])]
    return alt.layer(
        *bands,
        *_rules(),
        *_history(),
        median.encode(x=_x(), y=_y()),
        *_ways(),
        *_hover(words, "history", MEASURED, measured),
        *_hover(words, "forecast", ACCENT, expected),
    ).properties(height=320, width="container")


def _series(words: Mapping[str, str]) -> Drawing:
    measured = [alt.Tooltip("shown:N", title=words["value"]), alt.Tooltip("shown_sample:N", title=words["sample"])]
    return alt.layer(*_rules(), *_history(), *_hover(words, "history", MEASURED, measured)).properties(
        height=240, width="container"
    )


def _breakdown(words: Mapping[str, str]) -> Drawing:
    lines = (
        _base("history")
        .mark_line(strokeWidth=2)
        .encode(
            x=_x(),
            y=_y(),
            detail="label:N",
            color=alt.condition("datum.leading", alt.value(ACCENT), alt.value(MEASURED)),
            strokeDash=alt.StrokeDash("rank:O", legend=None, scale=alt.Scale(domain=[0, 1, 2, 3, 4, 5], range=_DASHES)),
            tooltip=[
                alt.Tooltip("label:N", title=" "),
                alt.Tooltip("when:N", title=words["period"]),
                alt.Tooltip("shown:N", title=words["value"]),
            ],
        )
    )
    ends = (
        _base("end")
        .mark_text(align="left", dx=6, fontSize=FONT_SIZE, fontWeight=600)
        .encode(
            x=alt.value("width"),
            y=_y("label_value"),
            text="label:N",
            color=alt.condition("datum.leading", alt.value(ACCENT), alt.value(MEASURED)),
        )
    )
    return alt.layer(lines, ends).properties(height=240, width="container")


_DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [1, 3]]


def _reliability(words: Mapping[str, str]) -> Drawing:
    axis = alt.Axis(title=None, format=".0%", values=[0, 0.2, 0.4, 0.6, 0.8, 1], domain=False, ticks=False, gridOpacity=0.35)
    scale = alt.Scale(domain=[0, 1], nice=False)
    x, y = alt.X("forecast:Q", axis=axis, scale=scale), alt.Y("value:Q", axis=axis, scale=scale)
    ideal = _base("ideal").mark_line(color=FAINT, strokeDash=[4, 4], strokeWidth=1.2).encode(x=x, y=y)
    range_ = _base("bin").mark_rule(color=ACCENT, opacity=0.55, strokeWidth=2).encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
    points = (
        _base("bin")
        .mark_point(filled=True, color=ACCENT, opacity=1)
        .encode(
            x=x,
            y=y,
            size=alt.Size("count:Q", legend=None, scale=alt.Scale(range=[40, 360])),
            tooltip=[
                alt.Tooltip("forecast:Q", format=".0%", title=words["expected"]),
                alt.Tooltip("value:Q", format=".0%", title=words["value"]),
                alt.Tooltip("count:Q", title=words["sample"]),
            ],
        )
    )
    names = (
        _base("note")
        .mark_text(align="left", baseline="top", color=MEASURED, fontSize=FONT_SIZE - 1, fontStyle="italic")
        .encode(x=x, y=y, text="label:N")
    )
    return alt.layer(ideal, range_, points, names).properties(height=300, width="container")


def _comparison(words: Mapping[str, str]) -> Drawing:
    axis = alt.Axis(title=None, domain=False, ticks=False, labelLimit=320, labelPadding=10)
    name = alt.Y("label:N", sort=alt.EncodingSortField("rank"), axis=axis)
    scale = alt.Scale(zero=False, nice=True, padding=26)
    value_axis = alt.Axis(title=None, domain=False, ticks=False, gridOpacity=0.35, tickCount=6)
    color = alt.condition("datum.leading", alt.value(MEASURED), alt.value(ACCENT))
    tooltip = [alt.Tooltip("label:N", title=" "), alt.Tooltip("shown:N", title=words["value"])]
    ranges = _base("bar").mark_rule(strokeWidth=9, opacity=0.3, strokeCap="round")
    points = _base("bar").mark_point(filled=True, size=150, opacity=1)
    numbers = _base("bar").mark_text(align="center", dy=-16, fontSize=FONT_SIZE, fontWeight=600)
    return alt.layer(
        ranges.encode(y=name, x=alt.X("low:Q", axis=value_axis, scale=scale), x2="high:Q", color=color),
        points.encode(y=name, x=alt.X("value:Q", axis=value_axis, scale=scale), color=color, tooltip=tooltip),
        numbers.encode(y=name, x=alt.X("value:Q", axis=value_axis, scale=scale), text="shown:N", color=color),
    ).properties(height=alt.Step(48), width="container")


def _frontier(words: Mapping[str, str]) -> Drawing:
    claim, number = _base("mark"), _base("mark")
    lines, x, y, tooltip = _frontier_lines(words)
    legend = alt.Legend(title=None, orient="bottom", direction="vertical", columns=1, symbolType="diamond", labelLimit=0)
    named = alt.Color("label:N", sort=None, scale=alt.Scale(range=[TARGET]), legend=legend)
    return alt.layer(
        *lines,
        claim.mark_point(shape="diamond", filled=True, size=_NUMBERED, opacity=1).encode(
            x=x, y=y, color=named, tooltip=tooltip
        ),
        number.mark_text(fontSize=FONT_SIZE - 1, fontWeight=700, color="white").encode(
            x=x, y=y, text="number:N", tooltip=tooltip
        ),
    ).properties(height=380, width="container")


def _frontier_alone(words: Mapping[str, str]) -> Drawing:
    """Without claims: a legend of nothing has no size that can be drawn."""
    lines, *_encoding = _frontier_lines(words)
    return alt.layer(*lines).properties(height=320, width="container")


def _frontier_lines(words: Mapping[str, str]) -> tuple[list[alt.Chart], alt.X, alt.Y, list[alt.Tooltip]]:
    axis = alt.Axis(grid=True, gridOpacity=0.35, domain=False, ticks=False, title=None, tickCount=6)
    x = alt.X("cost:Q", axis=axis, scale=alt.Scale(zero=False))
    y = alt.Y("value:Q", axis=axis, scale=alt.Scale(zero=False))
    color = alt.condition("datum.line == 1", alt.value(ACCENT), alt.value(MEASURED))
    line = _base("point", "named").mark_line(strokeWidth=2).encode(x=x, y=y, order="rank:Q", detail="line:N", color=color)
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("cost:Q", title=words["cost"], format=",.2~f"),
        alt.Tooltip("shown:N", title=words["value"]),
    ]
    small = _base("point").mark_point(filled=True, size=26, opacity=0.8).encode(x=x, y=y, color=color, tooltip=tooltip)
    points = _base("named").mark_point(filled=True, size=120, opacity=1).encode(x=x, y=y, color=color, tooltip=tooltip)
    written: dict[str, Any] = {"fontSize": FONT_SIZE, "fontWeight": 600, "limit": _LONGEST_NAME}
    outer, inner = (_base("named").transform_filter(f"datum.inner == {inner}") for inner in ("false", "true"))
    names = [
        layer.encode(x=x, y=y, text="label:N", color=color)
        for layer in (
            outer.mark_text(align="left", baseline="bottom", dx=8, dy=-6, **written),
            inner.mark_text(align="right", baseline="top", dx=-8, dy=10, **written),
        )
    ]
    return [line, small, points, *names], x, y, tooltip


_LONGEST_NAME = 180
_NUMBERED = 420


def _tornado(words: Mapping[str, str]) -> Drawing:
    axis = alt.Axis(title=None, domain=False, ticks=False, labelLimit=280, labelPadding=10)
    name = alt.Y("label:N", sort=alt.EncodingSortField("rank"), axis=axis)
    value_axis = alt.Axis(title=None, domain=False, ticks=False, gridOpacity=0.35, tickCount=6)
    scale = alt.Scale(zero=False, nice=True, padding=30)
    low, high = (alt.X(f"{end}:Q", axis=value_axis, scale=scale) for end in ("low", "high"))
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("shown_low:N", title=words["low"]),
        alt.Tooltip("shown_high:N", title=words["high"]),
    ]
    bars = (
        _base("bar").mark_rule(strokeWidth=12, opacity=0.35, color=ACCENT).encode(y=name, x=low, x2="high:Q", tooltip=tooltip)
    )
    ends = [
        _base("bar").mark_point(size=90, filled=filled, opacity=1, color=ACCENT).encode(y=name, x=end, tooltip=tooltip)
        for end, filled in ((low, False), (high, True))
    ]
    middle = _base("bar").mark_rule(color=MEASURED, strokeDash=[3, 3]).encode(x=alt.X("value:Q", axis=value_axis, scale=scale))
    return alt.layer(middle, bars, *ends).properties(height=alt.Step(30), width="container")


def _reality(words: Mapping[str, str]) -> Drawing:
    """Bars for the simulated range of each month, the measured months on top; a month that is not over is hollow."""
    simulated = [alt.Tooltip("shown:N", title=words["expected"]), alt.Tooltip("shown80:N", title=words["range"])]
    named = alt.Tooltip("when:N", title=words["period"])
    bars = (
        _base("simulated")
        .mark_rule(color=ACCENT, opacity=0.3, strokeWidth=_BAR_WIDTH)
        .encode(x=_x(_EACH_MONTH), y=_y("low80"), y2="high80:Q", tooltip=[named, *simulated])
    )
    middle = (
        _base("simulated")
        .mark_tick(color=ACCENT, size=_BAR_WIDTH, thickness=2.4, orient="horizontal")
        .encode(x=_x(_EACH_MONTH), y=_y(), tooltip=[named, *simulated])
    )
    measured = [named, alt.Tooltip("shown:N", title=words["measured"])]
    line = _base("history").mark_line(color=MEASURED, strokeWidth=2).encode(x=_x(_EACH_MONTH), y=_y())
    points = (
        _base("history")
        .mark_point(color=MEASURED, filled=True, size=60, opacity=1)
        .encode(x=_x(_EACH_MONTH), y=_y(), tooltip=measured)
    )
    so_far = _base("so_far").mark_point(color=MEASURED, size=60, opacity=1).encode(x=_x(_EACH_MONTH), y=_y(), tooltip=measured)
    start = _base("event").mark_rule(color=FAINT, strokeWidth=1, strokeDash=[3, 3]).encode(x=_x(_EACH_MONTH))
    start_name = (
        _base("event")
        .mark_text(align="right", dx=-4, baseline="top", color=MEASURED, fontSize=FONT_SIZE - 1, fontStyle="italic")
        .encode(x=_x(_EACH_MONTH), y=alt.value(2), text="label:N")
    )
    return alt.layer(bars, middle, start, start_name, line, points, so_far).properties(height=180, width="container")


_BAR_WIDTH = 14
_EACH_MONTH = alt.TimeIntervalStep(interval="month", step=1)


DRAWINGS: Mapping[str, Callable[[Mapping[str, str]], Drawing]] = {
    "fan": _fan,
    "series": _series,
    "breakdown": _breakdown,
    "reliability": _reliability,
    "comparison": _comparison,
    "frontier": _frontier,
    "frontier_alone": _frontier_alone,
    "tornado": _tornado,
    "reality": _reality,
}
"""Every drawing by its name."""


@lru_cache(maxsize=64)
def _built(drawing: str, language: str) -> dict[str, Any]:
    with use_language(language):
        words = _words()
        locale: dict[str, object] = {"number": chart_numbers()}
    built = DRAWINGS[drawing](words).to_dict()
    for name in ("$schema", "config", "datasets", "data"):
        built.pop(name, None)
    for layer in built["layer"]:
        layer.pop("data", None)
    built["padding"] = {"left": 4, "top": 6, "right": 12, "bottom": 4}
    built["autosize"] = {"type": "fit" if isinstance(built.get("height"), int) else "fit-x", "contains": "padding"}
    if language == "ja":
        written = json.dumps(built, ensure_ascii=False).replace("'%-d %b'", "'%-m月%-d日'").replace("'%Y'", "'%Y年'")
        built = json.loads(written)
        locale["time"] = _JAPANESE_TIME
    built["config"] = {"locale": locale}
    return dict(built)


def spec(drawing: str, language: str) -> dict[str, Any]:
    """The Vega-Lite specification of a drawing, without data and without a theme.

    Args:
        drawing: one of `DRAWINGS`.
        language: in which the axis names months and the tooltip its lines.
    """
    return copy.deepcopy(_built(drawing, language))


def themed(specification: dict[str, Any], *, dark: bool = False, font: str = "system-ui, sans-serif") -> dict[str, Any]:
    """`specification` with the colours of the ground for a place that has no theme of its own."""
    ink, faint, line = ("#e6e9ed", "#a9b3be", "#4a545f") if dark else ("#1f2933", "#52606d", "#cbd2d9")
    config = {
        "background": "transparent",
        "font": font,
        "view": {"stroke": None},
        "axis": {
            "labelColor": faint,
            "titleColor": faint,
            "gridColor": line,
            "domainColor": line,
            "tickColor": line,
            "labelFontSize": FONT_SIZE,
            "labelFont": font,
        },
        "legend": {"labelColor": faint, "labelFontSize": FONT_SIZE, "labelFont": font},
        "text": {"font": font},
        "title": {"color": ink},
    }
    merged = config | specification.get("config", {})
    return specification | {"config": merged, "$schema": "https://vega.github.io/schema/vega-lite/v6.json"}
