"""The settings of charts: which KPI, in which rhythm, cut by what, how far back, with which days marked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from cs_planning.kpis.frequency import Frequency
from cs_planning.language import gettext as _
from cs_planning.notebook.pages.page import ForecastCell, KpiChart, MarkedDay
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_LONGEST_LABEL = 120
_MOST_EVENTS = 50


def series_fields(workspace: Workspace, cell: KpiChart, name: str) -> dict[str, Any]:
    """The KPI of a chart, its rhythm and its breakdown."""
    names = {str(info.key): str(info.key.named(info.kpi)) for info in workspace.data.series_list()}
    series = st.selectbox(
        _("KPI"),
        list(names),
        index=list(names).index(cell.series) if cell.series in names else None,
        format_func=lambda key: names[key],
        placeholder=_("The KPI of the goal"),
        key=f"{name}-series",
        help=hint("cell_kpi"),
    )
    rhythms = {one.value: str(one.label) for one in Frequency}
    rhythm = st.selectbox(
        _("Rhythm"),
        list(rhythms),
        index=list(rhythms).index(cell.frequency.value) if cell.frequency is not None else None,
        format_func=lambda one: rhythms[one],
        placeholder=_("That of the goal"),
        key=f"{name}-frequency",
        help=hint("cell_rhythm"),
    )
    labels = {"channel": _("Channel"), "team": _("Team")}
    breakdown = st.selectbox(
        _("One line for each"),
        list(labels),
        index=list(labels).index(cell.breakdown) if cell.breakdown in labels else None,
        format_func=lambda one: labels[one],
        placeholder=_("No breakdown"),
        key=f"{name}-breakdown",
        help=hint("breakdown"),
    )
    return {"series": series or "", "frequency": rhythm, "breakdown": breakdown or ""}


def time_fields(cell: ForecastCell | KpiChart, name: str) -> dict[str, Any]:
    """How many periods are shown, and the days that are marked."""
    periods = st.number_input(
        _("Periods shown (empty: all)"), 2, 2000, cell.periods, step=1, key=f"{name}-periods", help=hint("periods")
    )
    st.caption(_("Days to mark in the chart"))
    known = pd.DataFrame(
        {"day": [event.day for event in cell.events], "label": [event.label for event in cell.events]}, dtype=object
    )
    edited = st.data_editor(
        known,
        num_rows="dynamic",
        hide_index=True,
        column_config={
            "day": st.column_config.DateColumn(_("Day"), help=hint("marked_day")),
            "label": st.column_config.TextColumn(_("What happened"), max_chars=_LONGEST_LABEL, help=hint("marked_label")),
        },
        key=f"{name}-events",
        placeholder="",
        alt=_("Days to mark in the chart"),
    )
    return {"periods": periods, "events": _events(edited)}


def _events(edited: pd.DataFrame) -> tuple[MarkedDay, ...]:
    found = []
    for day, label in zip(edited["day"], edited["label"], strict=True):
        if pd.notna(day) and pd.notna(label) and str(label).strip():
            known = day if isinstance(day, date) else pd.Timestamp(day).date()
            found.append(MarkedDay(day=known, label=str(label).strip()[:_LONGEST_LABEL]))
    return tuple(found[:_MOST_EVENTS])
