"""How each chart is drawn: Vega-Lite specifications, built once by Altair for each drawing and language, without data.

One accent and greys, the same everywhere: grey is what was measured, the accent what is expected or changed, a target is a
labelled line.  Every colour keeps at least 3 : 1 against a white and a near-black ground, and nothing rests on hue alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, Literal

import altair as alt

from cs_planning.language import chart_numbers, use_language
from cs_planning.notebook.blocks.marks import (
    ACCENT,
    FAINT,
    FONT_SIZE,
    MEASURED,
    TARGET,
    base_chart,
    chart_words,
    history_marks,
    hover_marks,
    rule_marks,
    way_marks,
    x_axis,
    y_axis,
)

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


def _fan(words: Mapping[str, str]) -> Drawing:
    bands = [
        base_chart("forecast", "joint")
        .mark_area(color=ACCENT, opacity=opacity, interpolate="monotone")
        .encode(x=x_axis(), y=y_axis(f"low{level}"), y2=f"high{level}:Q")
        for level, opacity in ((95, 0.13), (80, 0.18), (50, 0.26))
    ]
    median = base_chart("forecast", "joint").mark_line(color=ACCENT, strokeWidth=2.4, interpolate="monotone")
    expected = [alt.Tooltip("shown:N", title=words["expected"]), alt.Tooltip("shown80:N", title=words["range"])]
    measured = [alt.Tooltip("shown:N", title=words["value"]), alt.Tooltip("shown_sample:N", title=words["sample"])]
    return alt.layer(
        *bands,
        *rule_marks(),
        *history_marks(),
        median.encode(x=x_axis(), y=y_axis()),
        *way_marks(),
        *hover_marks(words, "history", MEASURED, measured),
        *hover_marks(words, "forecast", ACCENT, expected),
    ).properties(height=320, width="container")


def _series(words: Mapping[str, str]) -> Drawing:
    measured = [alt.Tooltip("shown:N", title=words["value"]), alt.Tooltip("shown_sample:N", title=words["sample"])]
    return alt.layer(*rule_marks(), *history_marks(), *hover_marks(words, "history", MEASURED, measured)).properties(
        height=240, width="container"
    )


def _breakdown(words: Mapping[str, str]) -> Drawing:
    lines = (
        base_chart("history")
        .mark_line(strokeWidth=2)
        .encode(
            x=x_axis(),
            y=y_axis(),
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
        base_chart("end")
        .mark_text(align="left", dx=6, fontSize=FONT_SIZE, fontWeight=600)
        .encode(
            x=alt.value("width"),
            y=y_axis("label_value"),
            text="label:N",
            color=alt.condition("datum.leading", alt.value(ACCENT), alt.value(MEASURED)),
        )
    )
    return alt.layer(lines, ends).properties(height=240, width="container")


def _two(words: Mapping[str, str], *, own_axes: bool) -> Drawing:
    """Two lines that a legend above them names: one axis for both, or the second line's at the right."""
    color = alt.Color(
        "label:N",
        sort=alt.EncodingSortField("rank", op="min"),
        scale=alt.Scale(range=[ACCENT, MEASURED]),
        legend=alt.Legend(title=None, orient="top", symbolType="stroke", symbolStrokeWidth=3, labelLimit=0),
    )
    dash = alt.StrokeDash("rank:O", legend=None, scale=alt.Scale(domain=[0, 1], range=_DASHES[:2]))
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("when:N", title=words["period"]),
        alt.Tooltip("shown:N", title=words["value"]),
    ]
    sides = []
    places: tuple[tuple[str, Literal["left", "right"]], ...] = (("left", "left"), ("right", "right"))
    for part, side in places if own_axes else places[:1]:
        axis = alt.Axis(title=None, tickCount=6, domain=False, ticks=False, orient=side, gridOpacity=0.35, grid=part == "left")
        y = alt.Y("value:Q", axis=axis, scale=alt.Scale(zero=False, nice=True))
        lines = base_chart(part).mark_line(strokeWidth=2).encode(x=x_axis(), y=y, color=color, strokeDash=dash)
        points = base_chart(part).mark_point(filled=True, size=26, opacity=0.9)
        sides.append(alt.layer(lines, points.encode(x=x_axis(), y=y, color=color, tooltip=tooltip)))
    layered = alt.layer(*sides).properties(height=260, width="container")
    return layered.resolve_scale(y="independent") if own_axes else layered


_DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [1, 3]]


def _reliability(words: Mapping[str, str]) -> Drawing:
    axis = alt.Axis(title=None, format=".0%", values=[0, 0.2, 0.4, 0.6, 0.8, 1], domain=False, ticks=False, gridOpacity=0.35)
    scale = alt.Scale(domain=[0, 1], nice=False)
    x, y = alt.X("forecast:Q", axis=axis, scale=scale), alt.Y("value:Q", axis=axis, scale=scale)
    ideal = base_chart("ideal").mark_line(color=FAINT, strokeDash=[4, 4], strokeWidth=1.2).encode(x=x, y=y)
    range_ = base_chart("bin").mark_rule(color=ACCENT, opacity=0.55, strokeWidth=2).encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
    points = (
        base_chart("bin")
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
        base_chart("note")
        .mark_text(align="left", baseline="top", color=MEASURED, fontSize=FONT_SIZE - 1, fontStyle="italic")
        .encode(x=x, y=y, text="label:N")
    )
    return alt.layer(ideal, range_, points, names).properties(height=300, width="container")


def _padded_axis(most: float | None) -> alt.Axis:
    """An axis with room for the numbers at its ends, whose room is no value: nobody waits less than no time.

    Args:
        most: the largest value that there can be; None where there is none.
    """
    beyond = "datum.value < 0" if most is None else f"datum.value < 0 || datum.value > {most:g}"
    grid: Any = {"condition": {"test": beyond, "value": 0}, "value": 0.35}
    return alt.Axis(
        title=None, domain=False, ticks=False, gridOpacity=grid, tickCount=6, labelExpr=f"{beyond} ? '' : datum.label"
    )


def _comparison(words: Mapping[str, str], most: float | None = None) -> Drawing:
    axis = alt.Axis(title=None, domain=False, ticks=False, labelLimit=320, labelPadding=10)
    name = alt.Y("label:N", sort=alt.EncodingSortField("rank"), axis=axis)
    scale = alt.Scale(zero=False, nice=True, padding=26)
    value_axis = _padded_axis(most)
    color = alt.condition("datum.leading", alt.value(MEASURED), alt.value(ACCENT))
    tooltip = [alt.Tooltip("label:N", title=" "), alt.Tooltip("shown:N", title=words["value"])]
    ranges = base_chart("bar").mark_rule(strokeWidth=9, opacity=0.3, strokeCap="round")
    points = base_chart("bar").mark_point(filled=True, size=150, opacity=1)
    numbers = base_chart("bar").mark_text(align="center", dy=-16, fontSize=FONT_SIZE, fontWeight=600)
    return alt.layer(
        ranges.encode(y=name, x=alt.X("low:Q", axis=value_axis, scale=scale), x2="high:Q", color=color),
        points.encode(y=name, x=alt.X("value:Q", axis=value_axis, scale=scale), color=color, tooltip=tooltip),
        numbers.encode(y=name, x=alt.X("value:Q", axis=value_axis, scale=scale), text="shown:N", color=color),
    ).properties(height=alt.Step(48), width="container")


def _frontier(words: Mapping[str, str]) -> Drawing:
    claim, number = base_chart("mark"), base_chart("mark")
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
    line = base_chart("point", "named").mark_line(strokeWidth=2).encode(x=x, y=y, order="rank:Q", detail="line:N", color=color)
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("cost:Q", title=words["cost"], format=",.2~f"),
        alt.Tooltip("shown:N", title=words["value"]),
    ]
    small = base_chart("point").mark_point(filled=True, size=26, opacity=0.8).encode(x=x, y=y, color=color, tooltip=tooltip)
    points = base_chart("named").mark_point(filled=True, size=120, opacity=1).encode(x=x, y=y, color=color, tooltip=tooltip)
    written: dict[str, Any] = {"fontSize": FONT_SIZE, "fontWeight": 600, "limit": _LONGEST_NAME}
    outer, inner = (base_chart("named").transform_filter(f"datum.inner == {inner}") for inner in ("false", "true"))
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


def _tornado(words: Mapping[str, str], most: float | None = None) -> Drawing:
    axis = alt.Axis(title=None, domain=False, ticks=False, labelLimit=280, labelPadding=10)
    name = alt.Y("label:N", sort=alt.EncodingSortField("rank"), axis=axis)
    value_axis = _padded_axis(most)
    scale = alt.Scale(zero=False, nice=True, padding=30)
    low, high = (alt.X(f"{end}:Q", axis=value_axis, scale=scale) for end in ("low", "high"))
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("shown_low:N", title=words["low"]),
        alt.Tooltip("shown_high:N", title=words["high"]),
    ]
    bars = (
        base_chart("bar")
        .mark_rule(strokeWidth=12, opacity=0.35, color=ACCENT)
        .encode(y=name, x=low, x2="high:Q", tooltip=tooltip)
    )
    ends = [
        base_chart("bar").mark_point(size=90, filled=filled, opacity=1, color=ACCENT).encode(y=name, x=end, tooltip=tooltip)
        for end, filled in ((low, False), (high, True))
    ]
    middle = (
        base_chart("bar").mark_rule(color=MEASURED, strokeDash=[3, 3]).encode(x=alt.X("value:Q", axis=value_axis, scale=scale))
    )
    return alt.layer(middle, bars, *ends).properties(height=alt.Step(30), width="container")


def _reality(words: Mapping[str, str]) -> Drawing:
    """Bars for the simulated range of each month, the measured months on top; a month that is not over is hollow."""
    simulated = [alt.Tooltip("shown:N", title=words["expected"]), alt.Tooltip("shown80:N", title=words["range"])]
    named = alt.Tooltip("when:N", title=words["period"])
    bars = (
        base_chart("simulated")
        .mark_rule(color=ACCENT, opacity=0.3, strokeWidth=_BAR_WIDTH)
        .encode(x=x_axis(_EACH_MONTH), y=y_axis("low80"), y2="high80:Q", tooltip=[named, *simulated])
    )
    middle = (
        base_chart("simulated")
        .mark_tick(color=ACCENT, size=_BAR_WIDTH, thickness=2.4, orient="horizontal")
        .encode(x=x_axis(_EACH_MONTH), y=y_axis(), tooltip=[named, *simulated])
    )
    measured = [named, alt.Tooltip("shown:N", title=words["measured"])]
    line = base_chart("history").mark_line(color=MEASURED, strokeWidth=2).encode(x=x_axis(_EACH_MONTH), y=y_axis())
    points = (
        base_chart("history")
        .mark_point(color=MEASURED, filled=True, size=60, opacity=1)
        .encode(x=x_axis(_EACH_MONTH), y=y_axis(), tooltip=measured)
    )
    so_far = (
        base_chart("so_far")
        .mark_point(color=MEASURED, size=60, opacity=1)
        .encode(x=x_axis(_EACH_MONTH), y=y_axis(), tooltip=measured)
    )
    start = base_chart("event").mark_rule(color=FAINT, strokeWidth=1, strokeDash=[3, 3]).encode(x=x_axis(_EACH_MONTH))
    start_name = (
        base_chart("event")
        .mark_text(align="right", dx=-4, baseline="top", color=MEASURED, fontSize=FONT_SIZE - 1, fontStyle="italic")
        .encode(x=x_axis(_EACH_MONTH), y=alt.value(2), text="label:N")
    )
    return alt.layer(bars, middle, start, start_name, line, points, so_far).properties(height=180, width="container")


_BAR_WIDTH = 14
_EACH_MONTH = alt.TimeIntervalStep(interval="month", step=1)


DRAWINGS: Mapping[str, Callable[[Mapping[str, str]], Drawing]] = {
    "fan": _fan,
    "series": _series,
    "breakdown": _breakdown,
    "two_axes": partial(_two, own_axes=True),
    "two_indexed": partial(_two, own_axes=False),
    "reliability": _reliability,
    "comparison": _comparison,
    "comparison_of_shares": partial(_comparison, most=100),
    "frontier": _frontier,
    "frontier_alone": _frontier_alone,
    "tornado": _tornado,
    "tornado_of_shares": partial(_tornado, most=100),
    "reality": _reality,
}
"""Every drawing by its name."""


def _drop_data(layers: list[dict[str, Any]]) -> None:
    for layer in layers:
        layer.pop("data", None)
        _drop_data(layer.get("layer", []))


@lru_cache(maxsize=64)
def _built(drawing: str, language: str) -> str:
    """The specification as JSON, of which a copy is read ten times as fast as one is made of a dictionary."""
    with use_language(language):
        words = chart_words()
        locale: dict[str, object] = {"number": chart_numbers()}
    built = DRAWINGS[drawing](words).to_dict()
    for name in ("$schema", "config", "datasets", "data"):
        built.pop(name, None)
    _drop_data(built["layer"])
    built["padding"] = {"left": 4, "top": 6, "right": 12, "bottom": 4}
    built["autosize"] = {"type": "fit" if isinstance(built.get("height"), int) else "fit-x", "contains": "padding"}
    if language == "ja":
        written = json.dumps(built, ensure_ascii=False).replace("'%-d %b'", "'%-m月%-d日'").replace("'%Y'", "'%Y年'")
        built = json.loads(written)
        locale["time"] = _JAPANESE_TIME
    built["config"] = {"locale": locale}
    return json.dumps(built, ensure_ascii=False)


def spec(drawing: str, language: str) -> dict[str, Any]:
    """The Vega-Lite specification of a drawing, without data and without a theme.

    Args:
        drawing: one of `DRAWINGS`.
        language: in which the axis names months and the tooltip its lines.
    """
    read: dict[str, Any] = json.loads(_built(drawing, language))
    return read


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
