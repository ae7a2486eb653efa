"""Which goal sheet is looked at, and a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.goals.appraisal.sheet import GoalSheet
from cs_planning.goals.drafts.times import Quarter, TimeKind
from cs_planning.goals.title import called
from cs_planning.language import Text, listed, ntext, text
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.parts import saving
from cs_planning.ui.parts.addressed import say_if_gone
from cs_planning.ui.parts.drawing import plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_CHOICE = "sheet"


def draw(workspace: Workspace, sheets: Sequence[GoalSheet], today: date) -> GoalSheet | None:
    """The choice of a sheet, and the way to a new one; the sheet that is looked at."""
    if not sheets:
        st.markdown(
            _(
                "A goal sheet holds the goals of one person or team for a period: what each of them weighs, what was agreed "
                "with whom, the talks on the way, and how both sides see the outcome. It is printed on one sheet of A4."
            )
        )
        _draw_new(workspace, today)
        _draw_put_away(workspace)
        return None
    named = {one.id: str(_named(workspace, one)) for one in sheets}
    say_if_gone(_CHOICE, named)
    if session.widget_value(_CHOICE) not in named:
        session.drop_widget(_CHOICE)
    session.open_choice(_CHOICE, named)
    chosen = st.selectbox(
        _("Goal sheet"),
        list(named),
        format_func=lambda one: named[one],
        key=_CHOICE,
        width=480,
        help=hint("goal_sheet"),
    )
    session.name_choice(_CHOICE, chosen, next(iter(named)))
    # Named by their number: it opens closed again once a sheet was begun.
    with st.expander(_("New sheet"), icon=":material/add:", key=f"sheet-new-{len(sheets)}"):
        _draw_new(workspace, today)
    _draw_put_away(workspace)
    return next((one for one in sheets if one.id == chosen), None)


def _named(workspace: Workspace, sheet: GoalSheet) -> Text:
    return text("{holder}, {period}", holder=sheet.holder, period=workspace.sheets.views.period(sheet))


def _draw_put_away(workspace: Workspace) -> None:
    """The sheets that were put away, each with its way back."""
    kept = workspace.sheets.put_away_before()
    if not kept:
        return
    count = ntext("{count} sheet was put away", "{count} sheets were put away", len(kept))
    with st.expander(str(count), icon=":material/archive:", key="sheets-put-away"):
        for sheet in kept:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(_named(workspace, sheet)), width="stretch")
                form = f"bring-back-{sheet.id}"
                st.button(
                    _("Bring back"), icon=":material/unarchive:", key=form, on_click=_bring_back, args=(workspace, sheet, form)
                )


def _bring_back(workspace: Workspace, sheet: GoalSheet, form: str) -> None:
    try:
        workspace.sheets.bring_back(sheet, save=session.save(form))
    except PlanningError as error:
        session.say(error)
        return
    session.finish_form(form)
    session.set_widget(_CHOICE, sheet.id)
    saving.keep_confirmation(text("The sheet of {holder} is back.", holder=sheet.holder))


def _draw_new(workspace: Workspace, today: date) -> None:
    times = workspace.planning.times(today)
    periods = [one for kind in (TimeKind.HALF, TimeKind.YEAR, TimeKind.QUARTER) for one in times[kind][:2]]
    holder = st.selectbox(
        _("Whose goals?"),
        workspace.sheets.holders(),
        index=None,
        accept_new_options=True,
        placeholder=_("A person or a team"),
        key="new-sheet-holder",
        help=hint("sheet_holder"),
    )
    superior = st.text_input(_("Superior"), max_chars=300, key="new-sheet-superior", help=hint("sheet_superior"))
    period = st.selectbox(
        _("Period"),
        range(len(periods)),
        format_func=lambda at: str(periods[at].label),
        key="new-sheet-period",
        help=hint("sheet_period"),
    )
    chosen = periods[period or 0]
    if holder:
        _draw_count(workspace, holder, chosen)
    st.button(
        _("Begin the sheet"),
        type="primary",
        icon=":material/add:",
        key="new-sheet-begin",
        on_click=_begin,
        args=(workspace, holder or "", superior or "", chosen),
    )


def _draw_count(workspace: Workspace, holder: str, period: Quarter) -> None:
    goals = workspace.sheets.goals_for(holder, period.first, period.last)
    if goals:
        titles = listed([str(called(one)) for one in goals])
        st.caption(plain(text("It begins with: {goals}.", goals=titles)))
    else:
        st.caption(_("Nobody of this name owns a goal in this period; goals are chosen on the sheet."))


def _begin(workspace: Workspace, holder: str, superior: str, period: Quarter) -> None:
    """In a callback: the choice can only be set before it is drawn."""
    form = "new-sheet"
    try:
        made = workspace.sheets.begin(holder, superior, period.first, period.last, save=session.save(form))
    except PlanningError as error:
        session.say(error)
        return
    session.finish_form(form)
    session.forget_widgets(form)
    session.set_widget(_CHOICE, made.id)
    saving.keep_confirmation(text("The sheet of {holder} is begun.", holder=holder))
