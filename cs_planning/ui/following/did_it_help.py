"""Did it help? A finished step, and what its KPI did afterwards."""

from __future__ import annotations

from datetime import date

import streamlit as st

from cs_planning.errors import CannotForecast, PlanningError
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.ui.parts.drawing import draw_chart, draw_error, plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_MARKS = {
    True: ":green[:material/trending_up:]",
    False: ":red[:material/trending_down:]",
    None: ":gray[:material/trending_flat:]",
}


def draw_did_it_help(workspace: Workspace, goal: str, today: date) -> None:
    """One finished step at a time: what came, against what had been forecast without it."""
    finished = {one.id: one for one in workspace.effects_seen.finished(goal)}
    if not finished:
        return
    st.subheader(_("Did it help?"), anchor=False)
    chosen = st.selectbox(
        _("Finished step"),
        list(finished),
        index=None,
        format_func=lambda one: str(text("{what}, done {day}", what=finished[one].what, day=finished[one].done_on or today)),
        placeholder=_("Choose a step to look back at"),
        key=f"helped-{goal or 'all'}",
        help=hint("helped"),
    )
    if chosen is None:
        return
    try:
        seen = workspace.effects_seen.of(finished[chosen], today)
    except CannotForecast as error:
        st.info(plain(error.message) + "  \n" + plain(error.hint), icon=":material/hourglass_empty:")
        return
    except PlanningError as error:
        draw_error(error)
        return
    with st.container(border=True, key="helped"):
        st.markdown(f"{_MARKS[seen.is_good]} {plain(seen.words[0])} **{plain(seen.words[1])}**")
        draw_chart(seen.chart, "helped-chart")
        for words in seen.words[2:]:
            st.caption(plain(words))
