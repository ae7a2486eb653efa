"""The list of all goals: summary, filters, one row a goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import streamlit as st

from cs_planning.goals.drafting import Quarter
from cs_planning.goals.goal import GoalType, Stage
from cs_planning.goals.history import search
from cs_planning.goals.progress import Status
from cs_planning.kpis.quantity import quantity
from cs_planning.language import gettext as _
from cs_planning.language import shown_number, text
from cs_planning.ui import shell
from cs_planning.ui.drawing import STATUS_LOOKS, TYPE_ICONS, percent, plain, status_badge
from cs_planning.workspace import GoalLine

_PAGE_SIZE = 12


def draw_first_step(*, nothing_imported: bool) -> None:
    """What to do in a workspace without goals or without data."""
    st.title(_("Plan your quarter on your own numbers"), anchor=False)
    if nothing_imported:
        st.markdown(
            _(
                "**The first step:** drop in an export of your helpdesk or call centre, or a table of KPIs. "
                "It stays on this machine, and you see what was understood before anything is kept."
            )
        )
        st.page_link(shell.IMPORT, label=_("Import a file"), icon=":material/upload_file:")
        st.caption(_("Then: choose a KPI, set a target, and see how likely it is."))
        return
    st.markdown(_("**The next step:** your KPIs are here. Draft a goal on one of them and see how likely it is."))
    st.page_link(shell.DRAFT, label=_("Draft a goal"), icon=":material/edit_note:")


def draw_summary(lines: Sequence[GoalLine]) -> None:
    """How many goals stand where, those that need somebody first."""
    counts = Counter(line.report.status for line in lines if line.goal.stage is not Stage.DRAFT)
    with st.container(horizontal=True, gap="large", key="goal-summary"):
        for status in sorted(Status, key=lambda status: status.urgency):
            if counts[status]:
                st.metric(str(status.label), shown_number(counts[status], 0), width="content", icon=STATUS_LOOKS[status][1])


def filtered(lines: Sequence[GoalLine], quarters: Sequence[Quarter]) -> list[GoalLine]:
    """Draws the filters and gives the goals that pass them."""
    teams = sorted({line.goal.team for line in lines if line.goal.team})
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="goal-filters"):
        words = st.text_input(
            _("Search"), placeholder=_("Title, person, KPI…"), type="search", key="search", bind="query-params", width=180
        )
        types = st.pills(
            _("Type"),
            [kind.value for kind in GoalType],
            selection_mode="multi",
            format_func=lambda value: f"{TYPE_ICONS[GoalType(value)]} {GoalType(value).label}",
            key="type",
            bind="query-params",
        )
        team = st.selectbox(
            _("Team"), teams, index=None, placeholder=_("All teams"), key="team", bind="query-params", width=160
        )
        due = st.selectbox(
            _("Due in"),
            [quarter.first.isoformat() for quarter in quarters],
            index=None,
            format_func=lambda first: next(str(q.label) for q in quarters if q.first.isoformat() == first),
            placeholder=_("Any quarter"),
            key="quarter",
            bind="query-params",
            width=150,
        )
    quarter = next((one for one in quarters if one.first.isoformat() == due), None)
    found = {goal.id for goal in search([line.goal for line in lines], words or "")}
    return [
        line
        for line in lines
        if line.goal.id in found
        and (not types or line.goal.type.value in types)
        and (team is None or line.goal.team == team)
        and (quarter is None or (line.goal.deadline is not None and quarter.first <= line.goal.deadline <= quarter.last))
    ]


def draw_lines(lines: Sequence[GoalLine], today: date) -> None:
    """One row a goal, a dozen at a time."""
    if not lines:
        st.info(_("No goal passes these filters. Take one away to see more."), icon=":material/filter_alt:")
        return
    pages = -(-len(lines) // _PAGE_SIZE)
    slot = st.container()
    page = st.pagination(pages, key="goal-page") if pages > 1 else 1
    with slot:
        for line in lines[(page - 1) * _PAGE_SIZE : page * _PAGE_SIZE]:
            _draw_line(line, today)


def _draw_line(line: GoalLine, today: date) -> None:
    goal = line.goal
    with st.container(border=True, key=f"goal-{goal.id}"):
        what, stands, likely = st.columns([6, 3, 3], vertical_alignment="center")
        with what:
            st.page_link(
                shell.GOAL,
                label=f"**{plain(goal.title or _('Untitled goal'))}**",
                icon=TYPE_ICONS[goal.type],
                query_params={"goal": goal.id},
            )
            st.caption(" · ".join(_facts(line, today)))
        with stands:
            draw_standing(line)
        with likely:
            draw_likelihood(line)


def draw_standing(line: GoalLine) -> None:
    """The status of a goal, and from where to where it goes."""
    if line.goal.stage is Stage.DRAFT:
        st.badge(_("Draft"), icon=":material/edit:", color="gray")
    else:
        status_badge(line.report.status)
    st.caption(plain(_pace_words(line)), help=str(line.report.rule))


def draw_likelihood(line: GoalLine) -> None:
    """How likely the target of a goal is, or why nobody can say."""
    primary = line.outlook.primary
    if primary is None:
        st.caption(plain(line.outlook.reason or _("No probability")))
    else:
        st.progress(primary.probability, text=_("**{chance}** likely").format(chance=percent(primary.probability)))


def _facts(line: GoalLine, today: date) -> list[str]:
    goal = line.goal
    facts = [str(goal.type.label)]
    if goal.owner:
        facts.append(plain(goal.owner))
    if goal.team:
        facts.append(plain(goal.team))
    if goal.deadline:
        facts.append(
            str(text("due {day}", day=goal.deadline))
            if goal.deadline >= today
            else str(text("was due {day}", day=goal.deadline))
        )
    return facts


def _pace_words(line: GoalLine) -> str:
    pace = line.report.pace
    forecast = line.outlook.forecast
    if pace.current is None or line.goal.primary is None:
        return str(text("Not measured yet"))
    if forecast is None:
        way = pace.share_of_way
        return "" if way is None else str(text("{way} % of the way", way=round(100 * way)))
    kpi = forecast.series.kpi
    return str(text("{now} → {target}", now=quantity(pace.current, kpi), target=quantity(line.goal.primary, kpi)))
