"""The talks about a sheet: which one is due, what was said, a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from cs_planning.goals.appraisal.sheet import GoalSheet, SheetStage, Talk, TalkKind
from cs_planning.goals.appraisal.talks import DueTalk
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.ui import session, shell
from cs_planning.ui.parts.drawing import plain
from cs_planning.ui.parts.saving import saved
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint


def words_of(talk: DueTalk) -> str:
    """A due talk in a sentence."""
    if talk.step:
        return plain(
            text(
                "{talk} with {holder}, agreed for {day}: {step}",
                talk=talk.kind.label,
                holder=talk.sheet.holder,
                day=talk.since,
                step=talk.step,
            )
        )
    return plain(text("{talk} with {holder}, due since {day}", talk=talk.kind.label, holder=talk.sheet.holder, day=talk.since))


def draw_due(talks: Sequence[DueTalk]) -> None:
    """The talks that should be held, on the agenda of a review."""
    if not talks:
        return
    st.subheader(_("Talks that are due"), anchor=False)
    for talk in talks:
        st.page_link(shell.SHEETS, label=words_of(talk), icon=":material/forum:", query_params={"sheet": talk.sheet.id})


def draw(workspace: Workspace, sheet: GoalSheet, due: Sequence[DueTalk], today: date) -> None:
    """The talks so far, and a new one."""
    st.subheader(_("Talks"), anchor=False)
    for one in due:
        st.caption(f":orange[:material/schedule:] {words_of(one)}")
    for number, talk in reversed(list(enumerate(sheet.talks))):
        _draw_talk(workspace, sheet, talk, number, today)
    if sheet.stage is SheetStage.CLOSED:
        return
    with st.expander(_("Write down a talk"), icon=":material/edit:", expanded=bool(due)):
        usual = due[0].kind if due else TalkKind.ONE_ON_ONE
        _draw_form(workspace, sheet, Talk(kind=usual, on=today), None, "talk", today)


def _draw_talk(workspace: Workspace, sheet: GoalSheet, talk: Talk, number: int, today: date) -> None:
    """A talk as it was written down, and the way to put it right."""
    with st.container(border=True, key=f"meeting-{number}"):
        head, way = st.columns([5, 1], vertical_alignment="center")
        head.markdown(f"**{plain(text('{talk}, {day}', talk=talk.kind.label, day=talk.on))}**")
        if talk.agreed:
            st.markdown(plain(talk.agreed))
        if talk.next_step:
            step = text("Next step: {step}", step=talk.next_step)
            if talk.next_on is not None:
                step = text("Next step until {day}: {step}", day=talk.next_on, step=talk.next_step)
            st.caption(plain(step))
        if sheet.stage is SheetStage.CLOSED:
            return
        with way.popover(_("Put right"), icon=":material/edit:", type="tertiary", key=f"put-right-{number}"):
            _draw_form(workspace, sheet, talk, talk, f"talk-{number}", today)


def _draw_form(workspace: Workspace, sheet: GoalSheet, start: Talk, instead_of: Talk | None, form: str, today: date) -> None:
    """The fields of a talk, as they stood or empty."""
    kinds = {one.value: str(one.label) for one in TalkKind}
    with st.form(form, border=False):
        left, right = st.columns(2)
        kind = left.selectbox(
            _("Which talk?"),
            list(kinds),
            index=list(TalkKind).index(start.kind),
            format_func=lambda one: kinds[one],
            key=f"{form}-kind",
            help=hint("talk_kind"),
        )
        on = right.date_input(_("Held on"), start.on, key=f"{form}-on", help=hint("talk_on"))
        agreed = st.text_area(
            _("What was agreed"), start.agreed, max_chars=5000, key=f"{form}-agreed", help=hint("talk_agreed")
        )
        left, right = st.columns([2, 1])
        step = left.text_input(_("Next step"), start.next_step, max_chars=300, key=f"{form}-step", help=hint("talk_step"))
        until = right.date_input(_("Until"), start.next_on, key=f"{form}-until", help=hint("talk_until"))
        clicked = st.form_submit_button(_("Keep the talk"), icon=":material/save:", key=f"{form}-save")
    if not clicked:
        return
    if not (agreed or "").strip() and not (step or "").strip():
        st.warning(_("Write down what was agreed, or the next step."), icon=":material/edit:")
        return
    talk = Talk(
        kind=TalkKind(kind), on=on or today, agreed=(agreed or "").strip(), next_step=(step or "").strip(), next_on=until
    )
    keep = partial(workspace.sheets.hold_talk, sheet, talk, instead_of=instead_of)
    if saved(form, keep, _("The talk is kept.")):
        session.forget_widgets("talk")
        st.rerun()
