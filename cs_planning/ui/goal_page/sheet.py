"""A goal page on the screen: finding it, its head, its sections."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import streamlit as st

from cs_planning.errors import NotFound, PlanningError
from cs_planning.exports.facts import facts_of, view_of
from cs_planning.goals.goal import Goal, Stage
from cs_planning.goals.sentence import sentence_of
from cs_planning.goals.title import title_of
from cs_planning.language import current_language
from cs_planning.language import gettext as _
from cs_planning.notebook.kinds.text import TextCell
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.pages.templates import shown_title
from cs_planning.notebook.registry import kind_of
from cs_planning.notebook.run import RunPage, Section
from cs_planning.ui import cached, session, shell, switcher
from cs_planning.ui.goal_page import arrange, index, parameters, talk, text_cell
from cs_planning.ui.parts import belief
from cs_planning.ui.parts.drawing import draw, draw_chart, draw_error, plain, status_badge
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
            if not cached.looks_at_sample():
                switcher.draw_way_to_sample()
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
    st.title(plain(shown_title(page, goal) or _("Untitled goal")), anchor=False)


def draw_head(workspace: Workspace, page: Page, made: RunPage, today: date) -> None:
    """What is claimed and how it stands in one sentence, then who and until when."""
    goal = goal_of(workspace, page)
    if goal is None or made.opened is None:
        draw_title(workspace, page)
        if page.goal and goal is None:
            st.warning(_("The goal of this page was put away."), icon=":material/help:")
        return
    st.title(plain(made.opened.heading), anchor=False)
    claim = str(sentence_of(goal, workspace.planning.series_of(goal), workspace.money.currency.code))
    facts = [plain(claim) if claim != str(title_of(goal)) else "", plain(goal.owner), plain(goal.team)]
    if not workspace.pages.is_main(page):
        facts.insert(0, plain(shown_title(page, goal)))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="head"):
        if goal.stage is Stage.DRAFT:
            st.badge(_("Draft"), icon=":material/edit:", color="gray")
        else:
            report = workspace.planning.status(goal, made.today)
            status_badge(report.status, report.rule)
        st.markdown(" · ".join(fact for fact in facts if fact), width="stretch")
    if goal.stage in {Stage.DRAFT, Stage.ACTIVE}:
        belief.draw_old_data(workspace.planning.outlook(goal, today).plan_as_of, "goal-page")


def draw_opening(made: RunPage, page: Page | None = None) -> None:
    """The chart of the goal, and beside it why it stands so and what is to be decided.

    Args:
        made: the results.
        page: whose goal and plan the ways on lead to; not given for readers, who change nothing.
    """
    opened = made.opened
    if opened is None:
        return
    with st.container(key="opening"):
        chart = opened.chart
        left, right = st.columns([8, 5], gap="medium") if chart is not None else (None, st.container())
        if left is not None and chart is not None:
            with left:
                draw_chart(chart, "opening-chart")
        with right, st.container(gap="xsmall"):
            draw(opened.without(chart).blocks, "opening-why")
            if page is not None:
                _draw_ways_on(page)


def _draw_ways_on(page: Page) -> None:
    with st.container(horizontal=True, gap="small", key="ways-on"):
        query = {"goal": page.goal}
        st.page_link(shell.PLAN, label=_("Open the action plan"), icon=":material/checklist:", query_params=query)
        st.page_link(shell.WHAT_IF, label=_("Try a what-if"), icon=":material/tune:")


def draw_links(workspace: Workspace, page: Page) -> None:
    """The ways on from a page."""
    st.page_link(shell.PRESENT, label=_("Present"), icon=":material/slideshow:", query_params=session.address())
    if goal_of(workspace, page) is None:
        return
    query = {"goal": page.goal}
    st.page_link(shell.DRAFT, label=_("Change the goal"), icon=":material/edit:", query_params=query)
    st.page_link(shell.FORECAST, label=_("Look at the forecast"), icon=":material/query_stats:", query_params=query)


def draw_view(made: RunPage) -> None:
    """What the page was narrowed to, where its menu is closed."""
    chosen = view_of(made)
    if chosen:
        st.caption(" · ".join(plain(one) for one in chosen))


def draw_sections(made: RunPage, workspace: Workspace, page: Page, *, arranging: bool = False) -> None:
    """The sections of the page, each under its heading; while arranging, hidden ones too, each with its tools."""
    comments = workspace.talk.comments(page)
    movable = first_movable(made)
    sections = made.sections if arranging else made.below
    ids = [cell.id for cell in page.cells]
    for number, section in enumerate(sections):
        is_changed = arranging or arrange.is_new(workspace, page, section)
        arrange.draw_undo(workspace, page, ids.index(section.cell) if section.cell in ids else number)
        if not arranging:
            arrange.draw_place(workspace, page, section.cell, len(sections))
        with st.container(key=f"section-{section.cell}"):
            if is_changed:
                arrange.draw_tools(workspace, page, section)
            if arrange.draw_empty_picture(workspace, page, section):
                continue
            with _place_of(section, made.page, talk.waiting(section.cell, comments)) as place:
                if place:
                    _draw_section(section, workspace, page, editable=not arranging, movable=section.cell == movable)
                    if not arranging:
                        talk.draw(workspace, page, section.cell, comments)
    arrange.draw_undo(workspace, page, len(page.cells))
    if arranging and not page.cells:
        arrange.draw_first(workspace, page)
    if not arranging:
        arrange.draw_place(workspace, page, None, len(sections))
    draw_data_line(made)


def draw_frozen(made: RunPage, *, page: Page | None = None) -> None:
    """The opening and the sections for a reader, who changes nothing.

    Args:
        made: the results.
        page: in the reader's view, where its what-if sliders can be moved; not given for what is frozen.
    """
    movable = first_movable(made) if page is not None else None
    draw_opening(made)
    for section in made.below:
        if not section.says_something:
            continue
        with st.container(key=f"section-{section.cell}"), _place_of(section, made.page) as place:
            if place:
                _draw_heading_and_blocks(section, page if section.cell == movable else None)
    draw_data_line(made)


def first_movable(made: RunPage) -> str | None:
    """The id of the first section that the what-if sliders move."""
    return next((one.cell for one in made.for_readers if is_movable(one)), None)


def is_movable(section: Section) -> bool:
    """Whether the what-if sliders move a section."""
    return kind_of(section.kind).is_movable and not section.failed


@contextmanager
def _place_of(section: Section, page: Page, waiting: str = "") -> Iterator[bool]:
    """Where a section is drawn, and whether it is: a folded one is made when it is opened, under what it holds."""
    if not section.collapsed:
        yield True
        return
    folded = st.expander(_label_of(section, page, waiting), key=_folded_key(section), on_change="rerun")
    with folded:
        yield bool(folded.open)


def _folded_key(section: Section) -> str:
    return f"folded-{section.cell}"


def _label_of(section: Section, page: Page, waiting: str) -> str:
    """What a folded section holds; the words stay while it is open, since with other words it would be another one, closed."""
    heading = f"**{plain(section.heading) or _('Text')}**"
    label = " · ".join([heading, *(plain(part) for part in (section.gist, waiting) if part)])
    place = f"{current_language()} {page.template} {page.goal or page.id}"
    name = f"label-{section.cell}"
    kept = session.kept(name)
    if session.widget_value(_folded_key(section)) and kept is not None and kept["place"] == place:
        return str(kept["label"])
    session.keep(name, {"place": place, "label": label})
    return label


def draw_data_line(made: RunPage) -> None:
    """Until when the data go, when the page was computed, and with which parameters; what a printed page needs to say."""
    st.caption(" · ".join(plain(fact) for fact in facts_of(made)))


def _draw_section(section: Section, workspace: Workspace, page: Page, *, editable: bool, movable: bool) -> None:
    cell = page.cell(section.cell)
    if isinstance(cell, TextCell) and editable:
        _draw_heading(section)
        text_cell.draw(workspace, page, cell, section)
    else:
        _draw_heading_and_blocks(section, page if movable else None)


def _draw_heading_and_blocks(section: Section, page: Page | None = None) -> None:
    _draw_heading(section)
    if page is not None:
        parameters.draw_sliders()
    draw(section.blocks, f"cell-{section.cell}")


def _draw_heading(section: Section) -> None:
    if str(section.heading) and not section.collapsed:
        st.subheader(plain(section.heading), anchor=section.cell, divider="gray")
