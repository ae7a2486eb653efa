"""What several drawings are made of: axes, rules, the line of a history, what is told under the pointer."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from cs_planning.language import gettext

ACCENT = "#2f7ec7"


MEASURED = "#7b8794"


TARGET = "#c95f20"


FAINT = "#98a2ad"


DATA = "data"


FONT_SIZE = 12


def chart_words() -> dict[str, str]:
    """The words that charts show, in the language in force."""
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


def base_chart(*parts: str) -> alt.Chart:
    """A chart of those rows of the data that belong to one of the parts."""
    return alt.Chart(alt.NamedData(DATA)).transform_filter(_where(*parts))


def x_axis(ticks: int | alt.TimeIntervalStep = 10) -> alt.X:
    """The axis of time, with about so many ticks."""
    axis = alt.Axis(
        title=None, grid=False, labelOverlap=True, labelFlush=True, labelSeparation=6, tickCount=ticks, labelExpr=_DATE_LABEL
    )
    return alt.X("period:T", axis=axis)


def y_axis(field: str = "value", *, zero: bool = False) -> alt.Y:
    """The axis of values."""
    axis = alt.Axis(title=None, tickCount=6, domain=False, ticks=False, gridOpacity=0.35)
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(zero=zero, nice=True))


def rule_marks() -> list[alt.Chart]:
    """Target lines with their labels at the right, vertical lines for the deadline and for what happened."""
    dashes = {"primary": [1, 0], "stretch": [6, 4], "floor": [2, 3]}
    lines = [
        base_chart(part).mark_rule(color=TARGET, strokeWidth=1.6, strokeDash=dash).encode(y=y_axis())
        for part, dash in dashes.items()
    ]
    stepped = (
        base_chart("steps")
        .mark_line(color=TARGET, strokeWidth=1.8, interpolate="step-after")
        .encode(x=x_axis(), y=y_axis(), detail="label:N")
    )
    names = (
        base_chart(*dashes, "end_of_steps")
        .mark_text(align="left", dx=6, color=TARGET, fontSize=FONT_SIZE, fontWeight=600)
        .encode(y=y_axis("label_value"), x=alt.value("width"), text="label:N")
    )
    deadline = base_chart("deadline").mark_rule(color=TARGET, strokeWidth=1, strokeDash=[2, 2], opacity=0.9).encode(x=x_axis())
    deadline_name = (
        base_chart("deadline")
        .mark_text(align="right", dx=-5, dy=-3, baseline="bottom", color=TARGET, fontSize=FONT_SIZE - 1)
        .encode(x=x_axis(), y=alt.value("height"), text="label:N")
    )
    event = base_chart("event").mark_rule(color=FAINT, strokeWidth=1, strokeDash=[3, 3]).encode(x=x_axis())
    event_names = [
        base_chart("event")
        .transform_filter(f"datum.lane == {lane}")
        .mark_text(align="left", dx=4, baseline="top", color=MEASURED, fontSize=FONT_SIZE - 1, fontStyle="italic")
        .encode(x=x_axis(), y=alt.value(2 + 14 * lane), text="label:N")
        for lane in range(3)
    ]
    return [*lines, stepped, event, *event_names, deadline, deadline_name, names]


def history_marks() -> list[alt.Chart]:
    """The line and the points of what was measured."""
    line = base_chart("history").mark_line(color=MEASURED, strokeWidth=2)
    points = base_chart("history").mark_point(color=MEASURED, filled=True, size=18, opacity=0.9)
    return [mark.encode(x=x_axis(), y=y_axis()) for mark in (line, points)]


def hover_marks(words: Mapping[str, str], part: str, color: str, tooltips: list[alt.Tooltip]) -> list[alt.Chart]:
    """Invisible strips, one a period, that show its numbers and mark its point.

    Strips and not `nearest`, whose tooltips of named fields stay empty in Vega-Lite 6.
    """
    pointed = alt.selection_point(name=f"pointed_{part}", on="pointerover", clear="pointerout", fields=["period"], empty=False)
    strips = (
        base_chart(part)
        .mark_rule(strokeWidth=_STRIP_WIDTH, opacity=0)
        .encode(x=x_axis(), tooltip=[alt.Tooltip("when:N", title=words["period"]), *tooltips])
        .add_params(pointed)
    )
    marked = (
        base_chart(part)
        .mark_point(filled=True, size=90, color=color, stroke="white", strokeWidth=1.5)
        .encode(x=x_axis(), y=y_axis(), opacity=alt.condition(pointed, alt.value(1), alt.value(0)))
    )
    return [marked, strips]


_STRIP_WIDTH = 14


def way_marks() -> list[alt.Chart]:
    """The way to the target, and the middle of another forecast."""
    required = base_chart("required").mark_line(color=TARGET, strokeWidth=1.8, strokeDash=[5, 3])
    second = base_chart("second").mark_line(color=MEASURED, strokeWidth=1.2, strokeDash=[2, 3])
    return [way.encode(x=x_axis(), y=y_axis()) for way in (second, required)]
