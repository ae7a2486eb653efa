"""All pages: the ready-made kinds to begin one from, and a row for each page with how its goal stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from cs_planning.goals.title import title_of
from cs_planning.language import gettext as _
from cs_planning.language import ntext, text
from cs_planning.ui import session, shell
from cs_planning.ui.goal_page import new
from cs_planning.ui.goals.all_goals import draw_basis, draw_likelihood, draw_refresh, draw_standing
from cs_planning.ui.parts.drawing import TYPE_ICONS, plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.pages.index import PageLine
from cs_planning.workspace.words.fields import hint

_PAGE_SIZE = 12
_FREE_ICON = ":material/article:"


def draw(workspace: Workspace, today: date) -> None:
    """The ways to a new page, then the pages."""
    st.caption(
        _(
            "A page tells the story of a goal in one place: how likely it is, why, and what is decided. "
            "It computes itself again when data change, and can be presented, frozen, shared and taken along."
        )
    )
    lines = workspace.index.lines(today)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="page-filters"):
        words = st.text_input(
            _("Search"),
            placeholder=_("Title, kind, person…"),
            type="search",
            key="page-search",
            bind="query-params",
            width=240,
            help=hint("page_search"),
        )
    _draw_lines([line for line in lines if line.matches(words or "")])
    new.draw(workspace)
    draw_refresh(workspace, [line.goal for line in lines if line.goal is not None], today)


def _draw_lines(lines: Sequence[PageLine]) -> None:
    if not lines:
        st.info(_("No page is called that. Take a word away to see more."), icon=":material/search_off:")
        return
    pages = -(-len(lines) // _PAGE_SIZE)
    slot = st.container(gap="small")
    place = st.pagination(pages, key="page-list") if pages > 1 else 1
    with slot:
        for line in lines[(place - 1) * _PAGE_SIZE : place * _PAGE_SIZE]:
            _draw_line(line)


def _draw_line(line: PageLine) -> None:
    name = line.page.id or line.page.goal
    with st.container(border=True, key=f"page-{name}"):
        what, stands, likely = st.columns([6, 3, 3], vertical_alignment="center")
        with what:
            _draw_way(line)
            st.caption(" · ".join(_facts(line)))
        if line.goal is None:
            return
        with stands:
            draw_standing(line.goal)
        with likely:
            draw_likelihood(line.goal)
        draw_basis(line.goal)


def _draw_way(line: PageLine) -> None:
    """A way to another view of this very page; a link to the page itself would lose its address on the next click."""
    page = line.page
    icon = TYPE_ICONS[line.goal.goal.type] if line.goal is not None else _FREE_ICON
    query = {"page": page.id} if page.id else {"goal": page.goal}
    title = f"**{plain(line.title or _('Untitled page'))}**"
    if st.button(title, icon=icon, type="tertiary", key=f"open-{'-'.join(query.values())}"):
        st.switch_page(shell.GOAL, query_params=query)


def _facts(line: PageLine) -> list[str]:
    facts = [str(line.kind)]
    goal = line.goal.goal if line.goal is not None else None
    if goal is not None:
        facts += [plain(title_of(goal))] if goal.title and str(title_of(goal)) != line.title else []
        facts += [plain(part) for part in (goal.owner, goal.team) if part]
        if goal.deadline:
            facts.append(str(text("due {day}", day=goal.deadline)))
    if line.changed_at is not None:
        changed = text("changed {day} by {author}", day=line.changed_at.date(), author=session.named(line.author))
        facts.append(plain(changed))
    if line.snapshots:
        facts.append(str(ntext("{count} snapshot", "{count} snapshots", line.snapshots)))
    return facts
