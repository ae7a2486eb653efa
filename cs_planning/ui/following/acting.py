"""What is done to a goal in a review, each asked before it happens: a check-in, a new plan, the close; and taking it back."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.goals.following.checkins import Remedy, needs_replanning
from cs_planning.goals.following.review import GoalItem
from cs_planning.goals.goal import Goal
from cs_planning.goals.plan.actions import Action
from cs_planning.goals.title import title_of
from cs_planning.kpis.quantity import quantity
from cs_planning.language import Text, listed, text
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.parts.drawing import draw_error, percent, plain
from cs_planning.ui.parts.saving import saved
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_NEEDS_A_STEP = {Remedy.STAFF, Remedy.TOOL, Remedy.TRAINING, Remedy.PROCESS}


def draw_check_in(workspace: Workspace, item: GoalItem, today: date) -> None:
    """A check-in: what would be frozen, a sentence, what was learned."""
    goal = item.goal
    done = len(workspace.reviews.check_ins(goal.id))  # another popover after each, since one that was used stays open
    with (
        st.popover(_("Check in"), icon=":material/done:", key=f"check-in-of-{goal.id}-{done}"),
        st.form(f"check-in-form-{goal.id}", clear_on_submit=True, border=False),
    ):
        st.caption(plain(text("Kept as it is today: {facts}", facts=listed(_facts(workspace, item)))))
        note = st.text_input(
            _("What happened, in a sentence"), max_chars=2000, key=f"check-in-note-{goal.id}", help=hint("check_in_note")
        )
        lesson = _draw_lesson(f"check-in-lesson-{goal.id}")
        clicked = st.form_submit_button(_("Keep the check-in"), icon=":material/done:", key=f"check-in-{goal.id}")
    if clicked:
        act = partial(workspace.reviews.check_in, goal, note or "", lesson=lesson, today=today)
        if saved(f"check-in-{goal.id}", act, text("Checked in: {goal}", goal=title_of(goal))):
            if needs_replanning(item.report):
                session.keep("replan", goal.id)
            st.rerun()


def _facts(workspace: Workspace, item: GoalItem) -> list[Text | str]:
    """What a check-in freezes."""
    report, series = item.report, workspace.planning.series_of(item.goal)
    facts: list[Text | str] = [report.status.label]
    if series is not None and report.pace.current is not None:
        facts.append(quantity(report.pace.current, series.kpi))
    if series is not None and report.step is not None:
        facts.append(report.step.words(series.kpi))
    if report.probability is not None:
        facts.append(text("{chance} likely", chance=percent(report.probability)))
    return facts


def _draw_lesson(key: str) -> str:
    return (st.text_input(_("What did we learn?"), max_chars=2000, key=key, help=hint("lesson")) or "").strip()


def open_replan(workspace: Workspace, item: GoalItem, today: date) -> None:
    """Asks for a new plan in a dialog."""

    @st.dialog(_("This goal is off track: what will you change?"), width="medium", icon=":material/edit_road:")
    def ask() -> None:
        st.markdown(f"**{plain(title_of(item.goal))}**  \n{plain(item.report.rule)}")
        draw_replan(workspace, item.goal, today, "-dialog")

    ask()


@st.fragment
@session.in_one_language
def draw_replan(workspace: Workspace, goal: Goal, today: date, place: str = "") -> None:
    """A new plan: what is done, how likely a new target is while it is chosen, why, and what was learned."""
    name = f"{goal.id}{place}"
    remedies = st.pills(
        _("What will be done?"),
        [one.value for one in Remedy],
        selection_mode="multi",
        format_func=lambda one: str(Remedy(one).label),
        key=f"remedies-{name}",
        help=hint("remedies"),
    )
    fields = _draw_new_fields(workspace, goal, remedies, today, name)
    step, step_owner, step_due = "", "", None
    if set(remedies) & _NEEDS_A_STEP:
        asked = _("The first step, for the action plan")
        step = st.text_input(asked, max_chars=300, key=f"step-{name}", help=hint("first_step")) or ""
        who, until = st.columns(2)
        step_owner = who.text_input(_("Who does it?"), max_chars=300, key=f"step-owner-{name}", help=hint("who")) or ""
        step_due = until.date_input(_("Until"), None, min_value=today, key=f"step-due-{name}", help=hint("until"))
    reason = st.text_area(_("Why? One sentence for the next review"), max_chars=2000, key=f"reason-{name}", help=hint("reason"))
    lesson = _draw_lesson(f"replan-lesson-{name}")
    if st.button(_("Keep the new plan"), type="primary", icon=":material/save:", key=f"replan-save-{name}"):
        act = partial(
            workspace.reviews.replan,
            goal,
            fields,
            remedies=[Remedy(one) for one in remedies],
            reason=reason or "",
            lesson=lesson,
            step=Action(goal_id=goal.id, what=step.strip(), owner=step_owner.strip(), due=step_due) if step.strip() else None,
            today=today,
        )
        if saved(f"replan-{name}", act, text("New plan for {goal}", goal=title_of(goal))):
            st.rerun()


def _draw_new_fields(workspace: Workspace, goal: Goal, remedies: list[str], today: date, name: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if Remedy.TARGET in remedies and goal.primary is not None:
        fields["primary"] = st.number_input(
            _("New target"), value=goal.primary, key=f"new-target-{name}", help=hint("new_target")
        )
    if Remedy.DEADLINE in remedies and goal.deadline is not None:
        fields["deadline"] = st.date_input(
            _("New deadline"),
            max(goal.deadline, today),
            min_value=today,
            key=f"new-deadline-{name}",
            help=hint("new_deadline"),
        )
    if fields:
        _draw_new_chance(workspace, goal, fields, today)
    if Remedy.STOP in remedies:
        fields["stage"] = "archived"
        st.caption(_("The goal is put away; it can be brought back from the archive."))
    return fields


def _draw_new_chance(workspace: Workspace, goal: Goal, fields: dict[str, Any], today: date) -> None:
    """How likely the goal would be, beside how likely it is."""
    outlook = workspace.planning.outlook(goal.model_copy(update=fields), today)
    before = workspace.planning.outlook(goal, today).primary
    series = workspace.planning.series_of(goal)
    if outlook.primary is None or series is None:
        st.caption(plain(outlook.no_number or _("No probability")))
        return
    words = text("**{after} likely** so", after=percent(outlook.primary.probability))
    if before is not None:
        words = text(
            "**{after} likely** so; {before} as it is",
            after=percent(outlook.primary.probability),
            before=percent(before.probability),
        )
    st.markdown(f":material/casino: {words}")
    if outlook.target_at_80 is not None and outlook.target_at_50 is not None:
        safe, even = (quantity(target, series.kpi) for target in (outlook.target_at_80, outlook.target_at_50))
        st.caption(plain(text("8 in 10 likely would be {safe}, a coin toss {even}.", safe=safe, even=even)))


def draw_close(workspace: Workspace, goal: Goal, today: date) -> None:
    """How the goal would be scored, what was learned, and then the close."""
    with st.popover(_("Close and score"), icon=":material/sports_score:", key=f"close-of-{goal.id}"):
        try:
            outcome = workspace.reviews.score(goal, today)
        except PlanningError as error:
            draw_error(error)
            return
        series = workspace.planning.series_of(goal)
        facts: list[Text | str] = [outcome.score.label]
        if series is not None and outcome.value is not None and outcome.primary is not None:
            value, target = (quantity(one, series.kpi) for one in (outcome.value, outcome.primary))
            facts.append(text("{value} against {target}", value=value, target=target))
        if outcome.probability_at_start is not None:
            facts.append(text("at the start {chance} likely", chance=percent(outcome.probability_at_start)))
        st.markdown(plain(text("It is scored so: {facts}", facts=listed(facts))))
        lesson = _draw_lesson(f"close-lesson-{goal.id}")
        if st.button(_("Close the goal"), type="primary", icon=":material/sports_score:", key=f"close-{goal.id}"):
            act = partial(workspace.reviews.close, goal, lesson=lesson, today=today)
            if saved(f"close-{goal.id}", act, text("Closed: {goal}", goal=title_of(goal))):
                st.rerun()


def draw_deeds(workspace: Workspace, today: date) -> None:
    """What was done to goals today, each with the way back."""
    deeds = workspace.taking_back.deeds(today)
    if not deeds:
        return
    st.subheader(_("Done today"), anchor=False)
    with st.container(key="deeds"):
        for deed in deeds:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(deed.words), width="stretch")
                if st.button(_("Undo"), icon=":material/undo:", key=f"undo-{deed.id}"):
                    act = partial(workspace.taking_back.take_back, deed)
                    if saved(f"undo-{deed.id}", act, _("It is as it was before.")):
                        st.rerun()
