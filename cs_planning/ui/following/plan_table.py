"""Action plans as a table: edited on the page, brought in from a file, taken along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, cast

import pandas as pd
import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.goals.goal import Goal
from cs_planning.goals.plan.actions import ActionStatus
from cs_planning.language import day_pattern, shown_number, text
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import draw_error, plain
from cs_planning.ui.parts.saving import saved
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_OPENED, _EDITION = "plan.opened", "plan.edition"


def draw_goal_choice(goals: Sequence[Goal]) -> str:
    """Whose plan is shown; empty for all goals."""
    named = {goal.id: goal.title or _("Untitled goal") for goal in goals}
    chosen = st.selectbox(
        _("Goal"),
        list(named),
        index=None,
        format_func=lambda one: named[one],
        placeholder=_("All goals"),
        key="goal",
        bind="query-params",
        width=480,
        help=hint("plan_goal"),
    )
    return str(chosen or "")


def draw_summary(workspace: Workspace, goal: str, today: date) -> None:
    """How the plan stands, what is late first."""
    summary = workspace.actions.summary(today, goal)
    with st.container(horizontal=True, gap="large", key="plan-summary"):
        for label, count in (
            (_("Overdue"), len(summary.overdue)),
            (_("Done"), summary.done),
            (_("Actions"), summary.total),
            (_("Without an owner"), len(summary.without_owner)),
            (_("Without a date"), len(summary.without_date)),
        ):
            st.metric(label, shown_number(count, 0), width="content", help=why.of("plan_counts"))


def draw_table(workspace: Workspace, goals: Sequence[Goal], goal: str) -> None:
    """The plan, editable; kept by one click."""
    named = {one.id: one.title or _("Untitled goal") for one in goals}
    place = f"{goal or 'all'}-{session.kept(_EDITION, 0)}"
    if session.kept(_OPENED, {}).get("place") != place:
        opened = {
            "place": place,
            "rows": workspace.actions.table(goal).to_dict("list"),
            "versions": workspace.actions.versions(),
        }
        session.keep(_OPENED, opened)
    opened = session.kept(_OPENED)
    base = _editable(pd.DataFrame(opened["rows"]))
    edited: pd.DataFrame = st.data_editor(
        cast("Any", base),
        key=f"plan-{place}",
        num_rows="dynamic",
        hide_index=True,
        column_order=[
            "what",
            "owner",
            "due",
            "status",
            *([] if goal else ["goal_id"]),
            "expected_effect",
            "expected_change",
            "note",
        ],
        column_config={
            "what": st.column_config.TextColumn(
                _("What"), required=True, max_chars=300, width="large", help=hint("action_what")
            ),
            "owner": st.column_config.TextColumn(_("Who"), max_chars=300, help=hint("action_owner")),
            "due": st.column_config.DateColumn(_("Until"), format=day_pattern(), help=hint("action_due")),
            "status": st.column_config.SelectboxColumn(
                _("Status"),
                options=[one.value for one in ActionStatus],
                format_func=lambda one: str(ActionStatus(str(one)).label),
                default=ActionStatus.OPEN.value,
                help=hint("action_status"),
                required=True,
            ),
            "goal_id": st.column_config.SelectboxColumn(
                _("Goal"),
                options=list(named),
                format_func=lambda one: named.get(str(one), str(one)),
                required=True,
                width="medium",
                help=hint("action_goal"),
            ),
            "expected_effect": st.column_config.TextColumn(_("Expected effect"), max_chars=300, help=hint("action_effect")),
            "expected_change": st.column_config.NumberColumn(_("Expected change of the KPI"), help=hint("action_change")),
            "note": st.column_config.TextColumn(_("Note"), max_chars=10_000, help=hint("action_note")),
        },
        placeholder="",
        alt=_("Actions, one a row"),
    )
    if st.button(_("Keep the plan"), type="primary", icon=":material/save:", shortcut="Ctrl+S", key="plan-save"):
        written = edited.assign(
            goal_id=edited["goal_id"].where(edited["goal_id"].astype(bool) & edited["goal_id"].notna(), goal)
        )
        act = partial(workspace.actions.save, written, opened["versions"], shown=[one for one in base["id"] if one])
        if saved(f"plan-{place}", act, _("The plan is kept.")):
            _open_anew()
            st.rerun()


def _editable(table: pd.DataFrame) -> pd.DataFrame:
    columns = list(table.columns)
    return pd.DataFrame(
        {
            name: pd.to_datetime(table[name], errors="coerce")
            if name == "due"
            else pd.to_numeric(table[name], errors="coerce").astype(float)
            if name == "expected_change"
            else table[name].astype(str)
            for name in columns
        }
    )


def _open_anew() -> None:
    session.keep(_EDITION, session.kept(_EDITION, 0) + 1)
    session.forget(_OPENED)


def draw_files(workspace: Workspace, goal: str) -> None:
    """The plan as files for spreadsheets and calendars, and the way back in."""
    st.subheader(_("Take it along, bring it back"), anchor=False)
    with st.container(horizontal=True, key="plan-files"):
        for kind, label in (("xlsx", _("Plan (Excel)")), ("csv", _("Plan (CSV)"))):
            st.download_button(
                label,
                partial(workspace.actions.file, kind, goal),
                f"plan.{kind}",
                icon=":material/download:",
                on_click="ignore",
                key=f"plan-{kind}",
            )
        st.download_button(
            _("Due dates and reviews for your calendar (.ics)"),
            partial(_calendar, workspace),
            "goals.ics",
            "text/calendar",
            icon=":material/calendar_month:",
            on_click="ignore",
            key="plan-ics",
        )
    file = st.file_uploader(
        _("A plan that was changed in a spreadsheet: rows with a known id are changed, rows without one are added"),
        type=["csv", "xlsx"],
        key=f"plan-upload-{session.kept(_EDITION, 0)}",
        help=hint("plan_file"),
    )
    if file is None:
        return
    try:
        table = workspace.actions.read(file.name, file.getvalue())
    except PlanningError as error:
        draw_error(error)
        return
    if goal and "goal_id" not in table:
        table = table.assign(goal_id=goal)
    st.dataframe(table.head(20), hide_index=True, alt=_("The first rows of the file"))
    if st.button(
        str(text("Take over {count} rows", count=len(table))), type="primary", icon=":material/upload:", key="plan-import"
    ):
        act = partial(workspace.actions.save, table, workspace.actions.versions())
        if saved("plan-import", act, text("The plan of {file} is kept.", file=plain(file.name))):
            _open_anew()
            st.rerun()


def _calendar(workspace: Workspace) -> bytes:
    return workspace.actions.calendar(session.now())
