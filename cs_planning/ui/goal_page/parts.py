"""The way down from the figure of a goal page to its teams and channels, and back up again."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cs_planning.goals.goal import Goal
from cs_planning.kpis.series import part_label
from cs_planning.language import gettext as _
from cs_planning.language import in_brackets, text
from cs_planning.notebook.pages.page import Page
from cs_planning.ui import session, shell
from cs_planning.ui.parts.drawing import plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.pages.parts import PartFigure

_DIMENSIONS = {"team": text("By team"), "channel": text("By channel")}
_WIDTHS = (4, 4, 4, 3)


def draw(workspace: Workspace, page: Page, goal: Goal) -> None:
    """The parts right below what the page shows, each a way to the page of that part; above them the way back.

    Args:
        workspace: with the data.
        page: in the view of its reader.
        goal: that the page is about.
    """
    _draw_way_back(page, goal)
    if not workspace.kpi_parts.keys(page, goal):
        return
    box = st.expander(_("By team and channel"), icon=":material/lan:", key="kpi-parts", on_change="rerun")
    if not box.open:
        return
    with box:
        for dimension, figures in workspace.kpi_parts.of(page, goal).items():
            st.markdown(f"**{plain(_DIMENSIONS[dimension])}**")
            _draw_figures(dimension, figures)


def _draw_way_back(page: Page, goal: Goal) -> None:
    narrowed = [value for value in (page.parameters.team, page.parameters.channel) if value]
    if not narrowed or goal.key is None:
        return
    query = {name: value for name, value in session.address().items() if name not in _DIMENSIONS}
    st.page_link(shell.GOAL, label=_("Back to the whole"), icon=":material/arrow_upward:", query_params=query, width="content")


def _draw_figures(dimension: str, figures: Sequence[PartFigure]) -> None:
    for one in figures:
        label = str(part_label(one.part))
        with st.container(key=f"part-{dimension}-{one.part}"):
            way, figure, year, goal = st.columns(_WIDTHS, vertical_alignment="center", gap="small")
        way.page_link(
            shell.GOAL,
            label=plain(label),
            icon=":material/subdirectory_arrow_right:",
            query_params={**session.address(), dimension: label},
        )
        figure.markdown(in_brackets(f"**{plain(one.value)}**", plain(one.when)))
        if one.year is not None:
            year.caption(plain(one.year.words))
        if one.goal:
            goal.page_link(
                shell.GOAL,
                label=_("Open the goal"),
                icon=":material/article:",
                query_params={"goal": one.goal},
                width="content",
            )
