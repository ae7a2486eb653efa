"""Goals for the parts of a goal in one go: each team or channel its own share or level, adding up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, cast

import pandas as pd
import streamlit as st

from cs_planning.goals.goal import Goal, Stage
from cs_planning.goals.objectives.parts import GoalPart, adds_up, whole_of
from cs_planning.goals.title import called
from cs_planning.kpis.catalogue import Aggregation, Kpi
from cs_planning.kpis.quantity import quantity, unit_label
from cs_planning.kpis.series import part_label
from cs_planning.language import gettext as _
from cs_planning.language import listed, ntext, rounded, text
from cs_planning.ui import session
from cs_planning.ui.parts.drawing import plain
from cs_planning.ui.parts.saving import saved
from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.words.fields import hint

_MADE = "parts-made"
_DIMENSIONS = {"team": text("Team"), "channel": text("Channel"), "group": text("Customer group")}


def draw_parts(workspace: Workspace, goals: Sequence[Goal]) -> None:
    """Choose a goal and how to divide it; its parts stand in a table with targets that add up, and are kept as drafts."""
    _draw_way_back(workspace, goals)
    named = {one.id: one for one in goals if one.stage in {Stage.DRAFT, Stage.ACTIVE} and one.primary is not None}
    ways = {id_: found for id_, one in named.items() if (found := workspace.parts.ways(one))}
    if not ways:
        st.caption(_("No goal here can be divided: its KPI is not imported by team, channel or group."))
        return
    left, right = st.columns(2)
    chosen = left.selectbox(
        _("Which goal?"),
        list(ways),
        format_func=lambda one: str(called(named[one])),
        key="parts-goal",
        help=hint("parts_goal"),
    )
    options = list(ways[chosen])
    way = right.selectbox(
        _("Divided by"),
        options,
        format_func=lambda one: listed(_DIMENSIONS.get(name, name) for name in one),
        key=f"parts-way-{chosen}",
        help=hint("parts_way"),
    )
    goal = named[chosen]
    parts = workspace.parts.suggested(goal, ways[chosen][way])
    series = workspace.planning.series_of(goal)
    kpi = series.kpi if series is not None else None
    if kpi is None or not parts:
        st.caption(_("The parts have no figures yet."))
        return
    _draw_table(workspace, goal, parts, kpi, f"parts-{chosen}-{'-'.join(way)}")


def _draw_table(workspace: Workspace, goal: Goal, parts: Sequence[GoalPart], kpi: Kpi, key: str) -> None:
    sums = kpi.aggregation is Aggregation.SUM
    st.caption(
        _("The total is divided as the last year was; change what should be otherwise.")
        if sums
        else _("Every part moves by the same step from where it stands; change what should be otherwise.")
    )
    own = set(goal.key.scope) if goal.key is not None else set()
    base = pd.DataFrame(
        {
            "part": [listed(part_label(value) for name, value in one.key.scope if (name, value) not in own) for one in parts],
            "now": [str(quantity(one.value, kpi)) for one in parts],
            "target": [rounded(one.target, 2) for one in parts],
            "owner": ["" for _one in parts],
        }
    )
    edited: pd.DataFrame = st.data_editor(
        cast("Any", base),
        key=key,
        hide_index=True,
        disabled=["part", "now"],
        column_config={
            "part": st.column_config.TextColumn(_("Part"), help=hint("parts_part")),
            "now": st.column_config.TextColumn(_("Last period"), help=hint("parts_now")),
            "target": st.column_config.NumberColumn(
                str(text("Target ({unit})", unit=unit_label(kpi))), required=True, help=hint("parts_target")
            ),
            "owner": st.column_config.TextColumn(_("Owner"), max_chars=300, help=hint("parts_owner")),
        },
        alt=_("Parts, one a row"),
    )
    decided = workspace.parts.with_targets(parts, [float(one) for one in edited["target"].fillna(0.0)])
    whole, target = quantity(whole_of(decided, kpi), kpi), quantity(goal.primary or 0.0, kpi)
    words = (
        text("Together: {whole}; the goal asks for {target}.", whole=whole, target=target)
        if sums
        else text("Mean by weight: {whole}; the goal asks for {target}.", whole=whole, target=target)
    )
    mark = ":green[:material/check_circle:]" if adds_up(goal, decided, kpi) else ":orange[:material/warning:]"
    st.markdown(f"{mark} {plain(words)}")
    count = ntext("Set {count} goal as a draft", "Set {count} goals as drafts", len(decided))
    if st.button(str(count), type="primary", icon=":material/account_tree:", key="parts-save"):
        owners = {
            str(one.key): str(owner or "").strip() for one, owner in zip(decided, edited["owner"].fillna(""), strict=True)
        }
        done = ntext("{count} goal is set below it.", "{count} goals are set below it.", len(decided))
        if saved("parts", partial(_set, workspace, goal, decided, owners), done):
            st.rerun()


def _set(workspace: Workspace, goal: Goal, parts: Sequence[GoalPart], owners: Mapping[str, str], *, save: Save) -> None:
    """Keeps the goals, and which they are for the way back."""
    made = workspace.parts.save(goal, parts, owners, save=save)
    session.keep(_MADE, {one.id: one.version for one in made})


def _draw_way_back(workspace: Workspace, goals: Sequence[Goal]) -> None:
    """The goals that were set last, with one click that puts all of them away; as long as nobody wrote on one of them."""
    made: dict[str, int] = session.kept(_MADE, {})
    there = [one for one in goals if made.get(one.id) == one.version]
    if not made or len(there) != len(made):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="parts-made"):
        st.caption(
            f":material/account_tree: {ntext('{count} goal was set.', '{count} goals were set.', len(made))}", width="content"
        )
        clicked = st.button(_("Undo"), icon=":material/undo:", type="tertiary", key="parts-undo")
    if clicked and saved("parts-undo", partial(workspace.changes.archive, there), _("It is as it was before.")):
        session.forget(_MADE)
        st.rerun()
