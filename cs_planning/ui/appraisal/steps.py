"""Where a sheet stands between draft and close, what can be done with it, and what was done so far."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.goals.appraisal.sheet import GoalSheet, SheetStage, SheetStep
from cs_planning.goals.appraisal.view import SheetView
from cs_planning.language import Moment, current_language, text
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.appraisal import writing
from cs_planning.ui.parts import saving
from cs_planning.ui.parts.drawing import plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_ICONS = {
    SheetStep.PROPOSE: ":material/send:",
    SheetStep.AGREE: ":material/handshake:",
    SheetStep.ASK_FOR_CHANGES: ":material/rate_review:",
    SheetStep.REPLAN: ":material/edit_calendar:",
    SheetStep.APPRAISE_ONESELF: ":material/send:",
    SheetStep.APPRAISE: ":material/task_alt:",
    SheetStep.CLOSE: ":material/lock:",
    SheetStep.TAKE_BACK: ":material/undo:",
}


def draw_stage(workspace: Workspace, view: SheetView) -> None:
    """The stage in a sentence, with what comes next."""
    sheet = view.sheet
    what_next = _what_next(sheet, view, with_agreement=workspace.sheets.way.with_agreement)
    st.markdown(str(text("{holder}: {words}", holder=f"**{plain(view.stage)}**", words=plain(what_next))))
    asked = sheet.standing[-1] if sheet.standing else None  # it goes on being asked once the answer was taken back
    if asked is not None and asked.comment and asked.step in {SheetStep.ASK_FOR_CHANGES, SheetStep.REPLAN}:
        st.info(plain(_asked(asked.step, asked.by, asked.comment)), icon=_ICONS[asked.step])


def _asked(step: SheetStep, by: str, words: str) -> object:
    """What was asked for, and by whom where a name was given."""
    if step is SheetStep.REPLAN:
        return text("{name} re-plans: {words}", name=by, words=words) if by else text("New plan: {words}", words=words)
    if by:
        return text("{name} asked for changes: {words}", name=by, words=words)
    return text("Changes are asked for: {words}", words=words)


def _what_next(sheet: GoalSheet, view: SheetView, *, with_agreement: bool) -> object:
    superior = sheet.superior or _("the superior")
    match sheet.stage:
        case SheetStage.CLOSED:
            return text("nothing more can be written.")
        case SheetStage.DRAFT if not with_agreement:
            return text("weigh the goals, grade them once the period is over, and close the sheet.")
        case _ if not with_agreement:
            return text("grade the goals once the period is over, and close the sheet.")
        case SheetStage.DRAFT if not sheet.lines:
            return text("choose the goals that it is about.")
        case SheetStage.DRAFT:
            return text("weigh the goals, then propose them to {superior}.", superior=superior)
        case SheetStage.PROPOSED:
            return text("{superior} agrees, or asks for changes.", superior=superior)
        case SheetStage.AGREED:
            return _agreed(view, sheet.holder)
        case SheetStage.SELF_APPRAISED:
            return text("{superior} grades the goals now.", superior=superior)
        case _:
            return text("talk about it, then close the sheet.")


def _agreed(view: SheetView, holder: str) -> object:
    if view.agreed_on is None:
        return text("agreed. At the end {holder} grades the goals first.", holder=holder)
    if not view.agreed_by:
        return text("agreed on {day}. At the end {holder} grades the goals first.", day=view.agreed_on, holder=holder)
    return text(
        "agreed on {day} by {name}. At the end {holder} grades the goals first.",
        day=view.agreed_on,
        name=view.agreed_by,
        holder=holder,
    )


def draw_steps(workspace: Workspace, view: SheetView, today: date) -> None:
    """One button for each step that the sheet can take, and the sheet as a file."""
    sheet = view.sheet
    with st.container(horizontal=True, key="sheet-steps"):
        for position, step in enumerate(workspace.sheets.steps(sheet, session.now())):
            if step.needs_a_reason:
                with st.popover(str(step.label), icon=_ICONS[step], key=f"step-{step}"):
                    _draw_reason(workspace, sheet, step)
            else:
                st.button(
                    str(step.label),
                    icon=_ICONS[step],
                    type="primary" if position == 0 else "secondary",
                    key=f"step-{step}",
                    on_click=_take,
                    args=(workspace, sheet, step),
                )
        st.download_button(
            _("Sheet for A4 (Excel)"),
            partial(workspace.sheets.views.file, sheet, today, current_language()),
            "goal-sheet.xlsx",
            icon=":material/print:",
            on_click="ignore",
            key="sheet-xlsx",
        )
        with st.popover(_("As of an earlier day"), icon=":material/event:", key="sheet-as-of"):
            _draw_earlier(workspace, sheet, today)
        st.button(
            _("Put away"),
            icon=":material/archive:",
            type="tertiary",
            key="sheet-put-away",
            on_click=_put_away,
            args=(workspace, sheet),
        )


@st.fragment
def _draw_earlier(workspace: Workspace, sheet: GoalSheet, today: date) -> None:
    """The sheet as a file as it stood on an earlier day."""
    begun = min(workspace.sheets.begun_on(sheet.id), today)
    day = st.date_input(
        _("As it stood on"), today, min_value=begun, max_value=today, key=f"sheet-day-{sheet.id}", help=hint("sheet_as_of")
    )
    st.download_button(
        _("Sheet of that day (Excel)"),
        partial(workspace.sheets.views.file, sheet, today, current_language(), as_of=day),
        "goal-sheet.xlsx",
        icon=":material/print:",
        on_click="ignore",
        key="sheet-xlsx-earlier",
    )


def _put_away(workspace: Workspace, sheet: GoalSheet) -> None:
    form = "sheet-put-away"
    try:
        workspace.sheets.put_away(sheet, save=session.save(form))
    except PlanningError as error:
        session.say(error)
        return
    session.finish_form(form)
    saving.keep_confirmation(text("The sheet of {holder} is put away; it can be brought back.", holder=sheet.holder))


def _draw_reason(workspace: Workspace, sheet: GoalSheet, step: SheetStep) -> None:
    label = _("What should change?") if step is SheetStep.ASK_FOR_CHANGES else _("Why is it planned anew?")
    st.text_area(label, max_chars=2000, key=f"reason-{step}", help=hint("sheet_reason"))
    st.button(
        str(step.label),
        type="primary",
        icon=_ICONS[step],
        key=f"confirm-{step}",
        on_click=_take,
        args=(workspace, sheet, step),
    )


def _take(workspace: Workspace, sheet: GoalSheet, step: SheetStep) -> None:
    """In a callback: there the sheet is the one that stood on the screen when the button was pressed."""
    form, reason = f"sheet-{step}", f"reason-{step}"
    comment = str(session.widget_value(reason) or "") if step.needs_a_reason else ""
    try:
        workspace.sheets.take_as_seen(sheet, step, comment=comment, save=session.save(form))
    except PlanningError as error:
        session.say(error)
        return
    session.finish_form(form)
    session.drop_widget(reason)
    saving.keep_confirmation(text("Done: {step}", step=step.label))


def draw_superior(workspace: Workspace, sheet: GoalSheet) -> None:
    """Who agrees and appraises, as long as it can be changed."""
    if sheet.stage is SheetStage.CLOSED:
        return
    widget = f"sheet-{sheet.id}-superior"
    st.text_input(
        _("Superior"),
        sheet.superior,
        max_chars=300,
        width=320,
        key=widget,
        on_change=writing.keep_superior,
        args=(workspace, sheet.id, widget),
        help=hint("sheet_superior"),
    )


def draw_history(sheet: GoalSheet) -> None:
    """The steps so far: who, when, why."""
    if not sheet.events:
        return
    with st.expander(_("What was done so far"), icon=":material/history:"):
        for event in reversed(sheet.events):
            words = text(
                "{moment}: {step} ({name})",
                moment=Moment(at=session.here(event.at)),
                step=event.step.label,
                name=session.named(event.by),
            )
            st.markdown(f"{_ICONS[event.step]} {plain(words)}")
            if event.comment:
                st.caption(plain(event.comment))
