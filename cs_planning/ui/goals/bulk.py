"""One change on many goals, and goals that were put away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from cs_planning.goals.following.history import label_of
from cs_planning.goals.goal import Cadence, Goal, Horizon
from cs_planning.goals.title import called, title_of
from cs_planning.kpis.catalogue import KGIS
from cs_planning.language import gettext as _
from cs_planning.language import ntext, text
from cs_planning.ui.goals import checked_lists, history, parts
from cs_planning.ui.goals.field_words import CADENCES, HORIZONS
from cs_planning.ui.parts.drawing import TYPE_ICONS, plain
from cs_planning.ui.parts.saving import saved
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_FIELDS = ("owner", "team", "deadline", "objective", "cadence", "horizon")
_SHOWN_ARCHIVED = 50


def draw_bulk(workspace: Workspace, goals: Sequence[Goal], today: date) -> None:
    """Choose goals, a field and its new value; or put the goals away."""
    named = {goal.id: goal for goal in goals}
    chosen = st.multiselect(
        _("Which goals?"),
        list(named),
        format_func=lambda one: str(called(named[one])),
        placeholder=_("Those that pass the filters above"),
        key="bulk-goals",
        help=hint("bulk_goals"),
    )
    if st.toggle(_("All that pass the filters above"), key="bulk-all", help=hint("bulk_all")):
        chosen = list(named)
    picked = [named[one] for one in chosen]
    left, middle, right = st.columns([2, 3, 3], vertical_alignment="bottom")
    field = left.selectbox(
        _("Field"), _FIELDS, format_func=lambda name: str(label_of(name)), key="bulk-field", help=hint("bulk_field")
    )
    with middle:
        value = _value(str(field), today)
    count = str(ntext("{count} goal", "{count} goals", len(picked)))
    with right.container(horizontal=True):
        changes = st.button(_("Change them"), icon=":material/edit:", disabled=not picked, key="bulk-change")
        archives = st.button(_("Put them away"), icon=":material/archive:", disabled=not picked, key="bulk-archive")
    if changes:
        done = partial(workspace.changes.change, picked, {str(field): value})
        if saved("bulk", done, text("{goals} changed.", goals=count)):
            st.rerun()
    if archives and saved("bulk", partial(workspace.changes.archive, picked), text("{goals} put away.", goals=count)):
        st.rerun()


def _value(field: str, today: date) -> Any:
    key = f"bulk-value-{field}"
    match field:
        case "deadline":
            return st.date_input(_("New value"), today, key=key, help=hint("bulk_value"))
        case "objective":
            options = list(KGIS)
            return st.selectbox(
                _("New value"), options, format_func=lambda one: str(KGIS[one].name), key=key, help=hint("bulk_value")
            )
        case "cadence":
            return Cadence(
                st.selectbox(
                    _("New value"),
                    [one.value for one in Cadence],
                    format_func=lambda one: str(CADENCES[one]),
                    key=key,
                    help=hint("bulk_value"),
                )
            )
        case "horizon":
            return Horizon(
                st.selectbox(
                    _("New value"),
                    [one.value for one in Horizon],
                    format_func=lambda one: str(HORIZONS[one]),
                    key=key,
                    help=hint("bulk_value"),
                )
            )
        case _:
            return (st.text_input(_("New value"), max_chars=300, key=key, help=hint("bulk_value")) or "").strip()


def draw_archive(workspace: Workspace) -> None:
    """The goals that were put away, each with a way back."""
    goals = workspace.changes.archived()
    if not goals:
        st.caption(_("Nothing was put away yet."))
        return
    for goal in goals[:_SHOWN_ARCHIVED]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"archived-{goal.id}"):
            st.markdown(f"{TYPE_ICONS[goal.type]} {plain(called(goal))}", width="stretch")
            if st.button(_("Bring back"), icon=":material/unarchive:", key=f"back-{goal.id}"):
                act = partial(workspace.changes.bring_back, goal)
                if saved(f"back-{goal.id}", act, text("“{goal}” is back.", goal=title_of(goal))):
                    st.rerun()
    if len(goals) > _SHOWN_ARCHIVED:
        st.caption(str(text("The first {shown} of {all}.", shown=_SHOWN_ARCHIVED, all=len(goals))))


def _draw_history(workspace: Workspace, goals: Sequence[Goal]) -> None:
    named = {goal.id: goal for goal in goals}
    chosen = st.selectbox(
        _("Which goal?"),
        list(named),
        index=None,
        format_func=lambda one: str(called(named[one])),
        placeholder=_("Those that pass the filters above"),
        key="history-of",
        help=hint("history_of"),
    )
    if chosen:
        history.draw_saves(workspace, named[chosen])


def draw_more(workspace: Workspace, goals: Sequence[Goal], today: date) -> None:
    """What is needed now and then, one thing at a time."""
    ways = {
        "edit": (_("Edit several goals"), ":material/edit_attributes:"),
        "parts": (_("Goals for parts"), ":material/account_tree:"),
        "archive": (_("Archive"), ":material/archive:"),
        "history": (_("What was changed"), ":material/history:"),
        "check": (_("Check a list of goals"), ":material/checklist:"),
    }
    with st.container(key="more"):
        way = st.segmented_control(
            _("More"),
            list(ways),
            format_func=lambda one: f"{ways[one][1]} {ways[one][0]}",
            key="more-way",
            help=hint("more_way"),
        )
        match way:
            case "edit":
                draw_bulk(workspace, goals, today)
            case "parts":
                parts.draw_parts(workspace, goals)
            case "archive":
                draw_archive(workspace)
            case "history":
                _draw_history(workspace, goals)
            case "check":
                checked_lists.draw_check(workspace, today)
