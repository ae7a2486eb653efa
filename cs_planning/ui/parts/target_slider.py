"""The slider on which a target is set: over what the KPI has done and may do, on a grid of round steps."""

from __future__ import annotations

import streamlit as st

from cs_planning.ui import session
from cs_planning.workspace.goals.target_range import TargetRange


def draw(label: str, span: TargetRange, wanted: float | None, key: str, helped: str, *, persists: bool = False) -> float:
    """The target that the slider stands at.

    Args:
        label: what stands above it.
        span: from where to where, in the KPI's unit.
        wanted: where it stands before somebody moves it; the middle without one.
        key: of the widget.
        helped: the help at it.
        persists: whether it stays where it is while another page is looked at.
    """
    before = session.widget_value(key)
    if before is not None and before != span.nearest(before):
        # A suggested value, or a span that changed with the quarter: the slider shows what the goal says.
        session.set_widget(key, span.nearest(before))
    return float(
        st.slider(
            label,
            span.low,
            span.high,
            span.nearest(wanted),
            span.step,
            format=span.format,
            help=helped,
            key=key,
            persist_state="session" if persists else None,
        )
    )
