"""Action plans as a table: edited on the page, brought in from a file, taken along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, cast

import pandas as pd
import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.goals.goal import Goal
from cs_planning.goals.plan.actions import ActionStatus
from cs_planning.goals.plan.edits import TableEdits, edits_between, with_known_ids
from cs_planning.goals.title import called
from cs_planning.language import Moment, day_pattern, ntext, shown_number, text
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.parts import why
from cs_planning.ui.parts.addressed import say_if_gone
from cs_planning.ui.parts.drawing import draw_error, plain
from cs_planning.ui.parts.saving import saved
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_OPENED = "plan.opened"


def draw_goal_choice(goals: Sequence[Goal]) -> str:
    """Whose plan is shown; empty for all goals."""
    named = {goal.id: str(called(goal)) for goal in goals}
    say_if_gone("goal", named)
    session.open_choice("goal", named)
    chosen = st.selectbox(
        _("Goal"),
        list(named),
        index=None,
        format_func=lambda one: named[one],
        placeholder=_("All goals"),
        key="goal",
        width=480,
        help=hint("plan_goal"),
    )
    session.name_choice("goal", chosen, None)
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


def draw_table(workspace: Workspace, goals: Sequence[Goal], goal: str, today: date) -> None:
    """The plan, kept as it is edited: the steps still to be done, the overdue ones first, and the finished ones folded away."""
    named = {one.id: str(called(one)) for one in goals}
    table = _opened()
    if table["shows"] != goal:
        rows = [one.to_dict("list") for one in workspace.actions.tables(today, goal)]
        versions = dict(workspace.actions.versions())
        table.update(shows=goal, shown=rows, seen=list(rows), added=[[], []], versions=versions)
    place = f"{goal or 'all'}-{table['edition']}"
    state = st.container(key="plan-state")
    refused = _draw_part(workspace, named, goal, 0, f"plan-{place}")
    finished = len(table["shown"][1]["id"])
    if finished:
        with st.expander(str(ntext("{count} finished step", "{count} finished steps", finished)), icon=":material/done_all:"):
            refused |= _draw_part(workspace, named, goal, 1, f"plan-done-{place}")
    with state:
        _draw_state(workspace)
    if not refused and dict(workspace.actions.versions()) != table["versions"]:
        _open_anew()  # somebody else changed the plan
        st.rerun()


def _opened() -> dict[str, Any]:
    """What the tables show, what was kept of it last, and how to take that back.

    It is changed in place: a further edit may interrupt the run at any look at the session, and must not come between what is
    kept and the note that it is.
    """
    if session.kept(_OPENED) is None:
        session.keep(_OPENED, {"edition": 0, "shows": None, "kept_at": None, "made": []})
    opened: dict[str, Any] = session.kept(_OPENED)
    return opened


def _draw_part(workspace: Workspace, named: Mapping[str, str], goal: str, part: int, key: str) -> bool:
    """One of the two tables; whether it holds what could not be kept."""
    base = _editable(pd.DataFrame(_opened()["shown"][part]))
    edited: pd.DataFrame = st.data_editor(
        cast("Any", base),
        key=key,
        num_rows="dynamic" if part == 0 else "delete",
        hide_index=True,
        column_order=_ORDER_OF_ONE if goal else _ORDER_OF_ALL,
        column_config=_columns(named),
        placeholder="",
        alt=_("Actions, one a row") if part == 0 else _("Finished actions, one a row"),
    )
    seen = _editable(pd.DataFrame(_opened()["seen"][part]))
    edited = with_known_ids(edited, seen[seen["id"].isin(_opened()["added"][part])])
    edits = edits_between(seen, edited)
    if not edits.is_empty:
        _keep(workspace, edits, edited, goal, part, key)
    return not edits.is_empty


def _keep(workspace: Workspace, edits: TableEdits, edited: pd.DataFrame, goal: str, part: int, key: str) -> None:
    """Keeps what was edited; what can't be kept stays in the table, with the reason above it."""
    table = _opened()
    written = edits.rows.assign(
        goal_id=edits.rows["goal_id"].where(edits.rows["goal_id"].astype(bool) & edits.rows["goal_id"].notna(), goal)
    )
    seen = edited.astype(object).where(edited.notna(), "").to_dict("list")
    session.finish_form(key)  # each edit is a save of its own
    save = session.save(key)
    try:
        done = workspace.actions.save(written, table["versions"], save=save, shown=edits.removed)
    except PlanningError as error:
        draw_error(error)
        st.button(_("Show the plan as it is kept"), icon=":material/refresh:", key=f"{key}-anew", on_click=_open_anew)
        return
    table.update(kept_at=save.now, made=[list(one) for one in done.made])
    new = [id_ for id_, _version in done.made if id_ not in table["versions"]]
    table["added"][part] = [id_ for id_ in table["added"][part] if id_ not in edits.removed] + new
    table["versions"] = {id_: one for id_, one in table["versions"].items() if id_ not in edits.removed} | {
        id_: version for id_, version in done.made if id_ not in edits.removed
    }
    table["seen"][part] = _with_ids(cast("dict[str, list[Any]]", seen), new)
    st.rerun()


def _with_ids(rows: dict[str, list[Any]], new: Sequence[str]) -> dict[str, list[Any]]:
    """The rows with the ids that the new ones among them were given, in their order; one without any words has none yet."""
    waiting = list(new)
    ids = [id_ or (waiting.pop(0) if what and waiting else "") for id_, what in zip(rows["id"], rows["what"], strict=True)]
    return {**rows, "id": ids}


def _draw_state(workspace: Workspace) -> None:
    """That nothing has to be saved, when that happened last, and the way back; of one height, so that no table jumps."""
    kept_at = _opened()["kept_at"]
    said = (
        _("What you change here is kept at once.")
        if kept_at is None
        else text("Kept, {moment}", moment=Moment(at=session.here(kept_at)))
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f":material/cloud_done: {plain(said)}", width="content")
        st.button(
            _("Undo"),
            type="tertiary",
            icon=":material/undo:",
            key="plan-undo",
            disabled=kept_at is None,
            on_click=_take_back,
            args=(workspace,),
        )


def _take_back(workspace: Workspace) -> None:
    table = _opened()
    session.finish_form("plan-undo")
    try:
        workspace.actions.take_back([tuple(one) for one in table["made"]], save=session.save("plan-undo"))
    except PlanningError as error:
        session.say(error)
    table.update(kept_at=None, made=[])
    _open_anew()


def _open_anew() -> None:
    """Shows the plan as it is kept, in its order."""
    table = _opened()
    table.update(edition=table["edition"] + 1, shows=None)


_ORDER_OF_ALL = ["what", "owner", "due", "status", "goal_id", "expected_effect", "expected_change", "note"]
_ORDER_OF_ONE = [name for name in _ORDER_OF_ALL if name != "goal_id"]


def _columns(named: Mapping[str, str]) -> dict[str, Any]:
    return {
        "what": st.column_config.TextColumn(_("What"), required=True, max_chars=300, width="large", help=hint("action_what")),
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
    }


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
        key=f"plan-upload-{_opened()['edition']}",
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
