"""The settings of one cell: its name, and what its kind lets one choose."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.language import gettext as _
from cs_planning.notebook.page import Cell, ForecastCell, GoalCard, ImageCell, KpiChart, Page, ScenarioCell, TextCell
from cs_planning.ui import session
from cs_planning.ui.drawing import draw_error
from cs_planning.workspace import Workspace

_LONGEST_TITLE = 200
_LONGEST_TEXT = 10_000


def draw(workspace: Workspace, page: Page, cell: Cell) -> None:
    """A form with the settings of a cell."""
    name = f"options-{workspace.pages.name(page)}-{cell.id}-{page.version}"
    with st.form(name, border=False):
        fields: dict[str, Any] = {
            "title": st.text_input(_("Heading"), cell.title, max_chars=_LONGEST_TITLE, key=f"{name}-title") or ""
        }
        fields |= _own_fields(workspace, page, cell, name)
        wanted = st.form_submit_button(_("Keep"), type="primary")
    if not wanted:
        return
    try:
        workspace.pages.edit_cell(
            page, cell, **fields, author=session.author(), key=session.idempotency_key(name), now=datetime.now(UTC)
        )
    except PlanningError as error:
        draw_error(error)
        return
    session.finish_form(name)
    st.rerun()


def _own_fields(workspace: Workspace, page: Page, cell: Cell, name: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if isinstance(cell, TextCell):
        fields["markdown"] = (
            st.text_area(_("Text (Markdown)"), cell.markdown, max_chars=_LONGEST_TEXT, height=220, key=f"{name}-text") or ""
        )
    if isinstance(cell, ImageCell):
        fields["alt"] = st.text_input(_("Words for those who can't see it"), cell.alt, max_chars=300, key=f"{name}-alt") or ""
        fields["caption"] = st.text_input(_("Caption"), cell.caption, max_chars=300, key=f"{name}-caption") or ""
    if "goal" in type(cell).model_fields:
        fields["goal"] = _goal(workspace, getattr(cell, "goal", ""), name)
    if isinstance(cell, GoalCard):
        fields["findings"] = st.toggle(_("With the SMART check"), cell.findings, key=f"{name}-findings")
    if isinstance(cell, KpiChart):
        fields |= _chart_fields(workspace, cell, name)
    if isinstance(cell, ForecastCell | KpiChart):
        fields["periods"] = st.number_input(
            _("Periods shown (empty: all)"), 2, 2000, cell.periods, step=1, key=f"{name}-periods"
        )
    if isinstance(cell, ScenarioCell):
        names = {one.id: one.scenario.name for one in workspace.what_if.scenarios()}
        chosen = st.multiselect(
            _("Scenarios (empty: as at the top of the page)"),
            list(names),
            [one for one in cell.scenarios if one in names],
            format_func=lambda one: names[one],
            key=f"{name}-scenarios",
        )
        fields["scenarios"] = tuple(chosen)
    return fields


def _goal(workspace: Workspace, chosen: str, name: str) -> str:
    goals = {goal.id: goal.title or _("Untitled goal") for goal in workspace.planning.goals()}
    return (
        st.selectbox(
            _("Goal"),
            list(goals),
            index=list(goals).index(chosen) if chosen in goals else None,
            format_func=lambda one: goals[one],
            placeholder=_("The goal of the page"),
            key=f"{name}-goal",
        )
        or ""
    )


def _chart_fields(workspace: Workspace, cell: KpiChart, name: str) -> dict[str, Any]:
    names = {}
    for info in workspace.data.series_list():
        scope = ", ".join(value for _name, value in info.key.scope)
        names[str(info.key)] = f"{info.kpi.name} – {scope}" if scope else str(info.kpi.name)
    series = st.selectbox(
        _("KPI"),
        list(names),
        index=list(names).index(cell.series) if cell.series in names else None,
        format_func=lambda key: names[key],
        placeholder=_("The KPI of the goal"),
        key=f"{name}-series",
    )
    labels = {"channel": _("Channel"), "team": _("Team")}
    breakdown = st.selectbox(
        _("One line for each"),
        list(labels),
        index=list(labels).index(cell.breakdown) if cell.breakdown in labels else None,
        format_func=lambda one: labels[one],
        placeholder=_("No breakdown"),
        key=f"{name}-breakdown",
    )
    return {"series": series or "", "breakdown": breakdown or ""}
