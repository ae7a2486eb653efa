"""The four steps of a benchmark as the frame of the audit: how many metrics stand at each, and where to go on."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cs_planning.audit.benchmark_steps import BenchmarkStep, by_step
from cs_planning.audit.gaps import AuditRow
from cs_planning.language import gettext as _
from cs_planning.language import shown_number
from cs_planning.ui import session, shell
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import plain

_ICONS = {
    BenchmarkStep.DEFINE: ":material/flag:",
    BenchmarkStep.MEASURE: ":material/straighten:",
    BenchmarkStep.ACHIEVE: ":material/trending_up:",
    BenchmarkStep.IMPROVE: ":material/rocket_launch:",
}


def draw_frame(rows: Sequence[AuditRow]) -> None:
    """Define → measure → achieve → improve: the metrics at each step, and the way to the next one.

    Args:
        rows: of the audit table.
    """
    with st.container(key="benchmark-steps"):
        places = st.columns(len(BenchmarkStep))
        for place, (step, found) in zip(places, by_step(rows).items(), strict=True):
            with place.container(border=True, height="stretch", key=f"step-{step}"):
                st.metric(f"{_ICONS[step]} {step.label}", shown_number(len(found), 0), help=why.of("benchmark_step"))
                st.caption(plain(step.of_metrics))
                _draw_way_on(step)


def _draw_way_on(step: BenchmarkStep) -> None:
    match step:
        case BenchmarkStep.DEFINE:
            st.page_link(shell.DRAFT, label=_("Draft a goal"), icon=":material/add:")
        case BenchmarkStep.MEASURE:
            st.page_link(shell.QUALITY, label=_("Data quality"), icon=":material/fact_check:")
        case BenchmarkStep.ACHIEVE:
            _draw_way_to("gaps", _("See the gaps"), ":material/list:")
        case _:
            _draw_way_to("benchmarks", _("Look at the own best"), ":material/social_leaderboard:")


def _draw_way_to(part: str, label: str, icon: str) -> None:
    """To another part of this page, which keeps what is chosen on it."""
    st.button(label, icon=icon, type="tertiary", key=f"to-{part}", on_click=session.set_widget, args=("part", part))
