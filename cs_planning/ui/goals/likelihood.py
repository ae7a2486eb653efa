"""How likely a goal is while it is written: its probability in words, and the chart of its futures."""

from __future__ import annotations

import streamlit as st

from cs_planning.goals.goal import Goal
from cs_planning.kpis.quantity import quantity
from cs_planning.language import text
from cs_planning.notebook.blocks import charts
from cs_planning.notebook.blocks.target_lines import target_lines
from cs_planning.ui.parts import belief, why
from cs_planning.ui.parts.drawing import draw_chart, percent, plain
from cs_planning.workspace import Outlook
from cs_planning.workspace.goals.target_range import TargetRange

_SHOWN_YEARS = 3


def draw_likelihood(goal: Goal, outlook: Outlook, span: TargetRange) -> None:
    """How likely its targets are, and which targets would be likely or a coin toss."""
    with st.container(key="likelihood"):
        if outlook.primary is None:
            belief.draw_no_number(outlook.no_number, outlook.plan_as_of, "draft")
            return
        with st.container(horizontal=True, gap="large", vertical_alignment="bottom"):
            st.metric(
                str(text("Likely to reach {target}", target=quantity(outlook.primary.target, span.kpi))),
                percent(outlook.primary.probability),
                width="content",
                help=why.of_probability(outlook.forecast),
            )
            if outlook.stretch is not None:
                st.metric(
                    str(text("Stretch: {target}", target=quantity(outlook.stretch.target, span.kpi))),
                    percent(outlook.stretch.probability),
                    width="content",
                    help=why.of_probability(outlook.forecast),
                )
        if outlook.target_at_80 is not None and outlook.target_at_50 is not None:
            st.markdown(
                plain(
                    text(
                        "8 in 10 likely would be {safe}, a coin toss {even}.",
                        safe=quantity(outlook.target_at_80, span.kpi),
                        even=quantity(outlook.target_at_50, span.kpi),
                    )
                )
            )
        belief.draw_basis(outlook.belief)
        if outlook.primary.reason is not None:
            st.info(plain(outlook.primary.reason), icon=":material/info:")


def draw_futures(goal: Goal, outlook: Outlook) -> None:
    """What was measured and what may come, with the targets and the deadline."""
    if outlook.forecast is None:
        return
    shown = _SHOWN_YEARS * goal.frequency.periods_per_year
    made = outlook.forecast
    chart = charts.fan(
        made,
        target_lines(goal, made.series),
        deadline=goal.deadline,
        events=charts.note_events(made.notes),
        periods_shown=shown,
    )
    draw_chart(chart, "fan")
    for note in made.notes:
        st.caption(f":material/info: {plain(note.message)}")
