"""A goal page on the screen: finding it, its head, its sections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from cs_planning.errors import NotFound, PlanningError
from cs_planning.exports.facts import facts_of, view_of
from cs_planning.goals.goal import Goal, Stage
from cs_planning.goals.sentence import sentence_of
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.notebook.blocks.block import Block, Chart
from cs_planning.notebook.kinds.text import TextCell
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.registry import kind_of
from cs_planning.notebook.run import RunPage, Section
from cs_planning.ui import session, shell
from cs_planning.ui.goal_page import arrange, index, parameters, talk, text_cell
from cs_planning.ui.parts import belief
from cs_planning.ui.parts.drawing import draw, draw_error, plain, status_badge
from cs_planning.workspace import Workspace


def find(workspace: Workspace, page: str | None, goal: str | None, today: date) -> Page | None:
    """The page that the address names; says so when there is none, and offers the others."""
    if page or goal:
        try:
            return workspace.pages.page(page or goal or "")
        except NotFound:
            st.title(_("Goal pages"), anchor=False)
            st.warning(
                _("There is no goal at this address. It may have been put away. Choose another one."), icon=":material/help:"
            )
        except PlanningError as error:
            st.title(_("Goal pages"), anchor=False)
            draw_error(error)
    else:
        st.title(_("Goal pages"), anchor=False)
    index.draw(workspace, today)
    return None


def goal_of(workspace: Workspace, page: Page) -> Goal | None:
    """The goal of a page; `None` when it has none or it was put away."""
    try:
        return workspace.planning.goal(page.goal) if page.goal else None
    except NotFound:
        return None


def draw_title(workspace: Workspace, page: Page) -> None:
    """The title of a page; that of its goal on the goal's own page."""
    goal = goal_of(workspace, page)
    title = goal.title if goal is not None and workspace.pages.is_main(page) else page.title
    st.title(plain(title or _("Untitled goal")), anchor=False)


def draw_head(workspace: Workspace, page: Page, today: date) -> None:
    """What is claimed in one sentence, how it stands and why, then who and until when."""
    goal = goal_of(workspace, page)
    own = workspace.pages.is_main(page)
    draw_title(workspace, page)
    if goal is None:
        if page.goal:
            st.warning(_("The goal of this page was put away."), icon=":material/help:")
        return
    facts = [str(goal.type.label), plain(goal.owner), plain(goal.team)]
    if not own:
        facts.insert(0, plain(goal.title))
    if goal.deadline:
        facts.append(str(text("due {day}", day=goal.deadline)))
    claim = str(sentence_of(goal, workspace.planning.series_of(goal), workspace.money.currency.code))
    if not own or claim != goal.title:
        st.markdown(plain(claim))
    report = workspace.planning.status(goal, today)
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        if goal.stage is Stage.DRAFT:
            st.badge(_("Draft"), icon=":material/edit:", color="gray")
        else:
            status_badge(report.status, report.rule)
        st.markdown(plain(report.rule), width="stretch")
    st.caption(" · ".join(fact for fact in facts if fact))
    if goal.stage in {Stage.DRAFT, Stage.ACTIVE}:
        belief.draw_old_data(workspace.planning.outlook(goal, today).plan_as_of, "goal-page")


def draw_links(workspace: Workspace, page: Page) -> None:
    """The ways on from a page."""
    if goal_of(workspace, page) is not None:
        st.page_link(shell.DRAFT, label=_("Change the goal"), icon=":material/edit:", query_params={"goal": page.goal})
    st.page_link(shell.PRESENT, label=_("Present"), icon=":material/slideshow:", query_params=session.address())
    if goal_of(workspace, page) is not None:
        st.page_link(
            shell.FORECAST, label=_("Look at the forecast"), icon=":material/query_stats:", query_params={"goal": page.goal}
        )
    st.page_link(shell.WHAT_IF, label=_("Try a what-if"), icon=":material/tune:")


def draw_view(made: RunPage) -> None:
    """What the page was narrowed to, where its menu is closed."""
    chosen = view_of(made)
    if chosen:
        st.caption(" · ".join(plain(one) for one in chosen))


def draw_sections(made: RunPage, workspace: Workspace, page: Page, *, arranging: bool = False) -> None:
    """The sections of the page, each under its heading; while arranging, hidden ones too, each with its tools."""
    comments = workspace.talk.comments(page)
    movable = first_movable(made)
    for section in made.sections if arranging else made.shown:
        with st.container(key=f"section-{section.cell}"):
            if arranging:
                arrange.draw_tools(workspace, page, section)
                if arrange.draw_empty_picture(workspace, page, section):
                    continue
            _draw_section(section, workspace, page, editable=not arranging, movable=section.cell == movable)
            if not arranging and not section.collapsed:
                talk.draw(workspace, page, section.cell, comments)
    if arranging and not page.cells:
        arrange.draw_first(workspace, page)
    draw_data_line(made)


def draw_frozen(made: RunPage, *, page: Page | None = None) -> None:
    """The sections for a reader, who changes nothing.

    Args:
        made: the results.
        page: in the reader's view, where its what-if sliders can be moved; not given for what is frozen.
    """
    movable = first_movable(made) if page is not None else None
    for section in made.for_readers:
        with st.container(key=f"section-{section.cell}"):
            _draw_heading_and_blocks(section, page if section.cell == movable else None)
    draw_data_line(made)


def first_movable(made: RunPage) -> str | None:
    """The id of the first section that the what-if sliders move."""
    return next((one.cell for one in made.for_readers if is_movable(one) and not one.collapsed), None)


def is_movable(section: Section) -> bool:
    """Whether the what-if sliders move a section."""
    return kind_of(section.kind).is_movable and not section.failed


def draw_data_line(made: RunPage) -> None:
    """Until when the data go, when the page was computed, and with which parameters; what a printed page needs to say."""
    st.caption(" · ".join(plain(fact) for fact in facts_of(made)))


def _draw_section(section: Section, workspace: Workspace, page: Page, *, editable: bool, movable: bool) -> None:
    cell = page.cell(section.cell)
    if isinstance(cell, TextCell) and editable and not section.collapsed:
        _draw_heading(section)
        text_cell.draw(workspace, page, cell, section)
    else:
        _draw_heading_and_blocks(section, page if movable else None)


def _draw_heading_and_blocks(section: Section, page: Page | None = None) -> None:
    if not section.collapsed:
        _draw_heading(section)
        if page is not None:
            parameters.draw_sliders()
        draw(_in_reading_order(section), f"cell-{section.cell}")
        return
    folded = st.expander(plain(section.heading) or _("Text"), key=f"folded-{section.cell}", on_change="rerun")
    if folded.open:
        with folded:
            draw(section.blocks, f"cell-{section.cell}")


def _in_reading_order(section: Section) -> Sequence[Block]:
    """The chart of a forecast comes first: its probability stands in the head of the page already."""
    if not kind_of(section.kind).chart_first:
        return section.blocks
    return sorted(section.blocks, key=lambda block: not isinstance(block, Chart))


def _draw_heading(section: Section) -> None:
    if str(section.heading):
        st.subheader(plain(section.heading), anchor=section.cell, divider="gray")
