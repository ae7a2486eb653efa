"""The list of all goals: summary, filters, one row a goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from cs_planning.goals.drafts.times import Quarter
from cs_planning.goals.following.history import search
from cs_planning.goals.following.progress import Status
from cs_planning.goals.goal import GoalType, Measure, Stage
from cs_planning.goals.title import called, title_of
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.kpis.year_before import compared_with_a_year_before
from cs_planning.language import Points, listed, ntext, sentences, shown_number, text
from cs_planning.language import gettext as _
from cs_planning.ui import session, shell, switcher
from cs_planning.ui.browser.first_paint import PURPOSE
from cs_planning.ui.parts import belief, why
from cs_planning.ui.parts.drawing import STATUS_LOOKS, TYPE_ICONS, percent, plain, status_badge
from cs_planning.ui.parts.sparkline import sparkline
from cs_planning.workspace import Workspace
from cs_planning.workspace.following.standings import Brief, GoalStanding
from cs_planning.workspace.following.together import Plan, plan_words, too_many_words

_PAGE_SIZE = 10
_TREND_PERIODS = 24
_NAMED = 2
_SMALLEST_CHANGE = 0.01
_REFRESH_SECONDS = 2.0
_FILTER_WIDTH = 250


def draw_first_step(*, nothing_imported: bool) -> None:
    """What to do in a workspace without goals or without data."""
    st.title(_("Plan your quarter on your own numbers"), anchor=False)
    st.markdown(str(PURPOSE))
    if nothing_imported:
        st.markdown(
            _(
                "**The first step:** drop in an export of your helpdesk or call centre, or a table of KPIs. "
                "It stays on this machine, and you see what was understood before anything is kept."
            )
        )
        st.caption(_("Then: choose a KPI, set a target, and see how likely it is."))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(shell.IMPORT, label=_("Import a file"), icon=":material/upload_file:")
            switcher.draw_way_to_sample()
        return
    st.markdown(_("**The next step:** your KPIs are here. Draft a goal on one of them and see how likely it is."))
    st.page_link(shell.DRAFT, label=_("Draft a goal"), icon=":material/edit_note:")


def draw_no_data() -> None:
    """That goals are here without any data, and the way on."""
    with st.container(border=True):
        st.markdown(
            ":orange[:material/database_off:] "
            + _("**No data are here any more.** The goals are kept; they are measured again once a file is imported.")
        )
        st.page_link(shell.IMPORT, label=_("Import a file"), icon=":material/upload_file:")


def draw_brief(brief: Brief, today: date) -> None:
    """What a manager asks first: the next review, what is overdue, what changed, how new the data are."""
    one, two, three, four = st.columns(4, border=True)
    with one:
        _draw_fact(
            _("Next review"),
            str(text("{day}", day=brief.next_review)) if brief.next_review else "–",
            str(ntext("in {count} day", "in {count} days", (brief.next_review - today).days)) if brief.next_review else "",
        )
        st.page_link(shell.REVIEW, label=_("Open the review"), icon=":material/groups:")
    with two:
        oldest = brief.overdue[0].due if brief.overdue else None
        _draw_fact(
            _("Overdue actions"),
            shown_number(len(brief.overdue), 0),
            str(text("the oldest since {day}", day=oldest)) if oldest else _("nothing is late"),
        )
        st.page_link(shell.PLAN, label=_("Open the action plan"), icon=":material/checklist:")
    with three:
        moved = [
            words
            for count, words in (
                (brief.worse, str(ntext("{count} goal worse", "{count} goals worse", brief.worse))),
                (brief.better, str(ntext("{count} goal better", "{count} goals better", brief.better))),
            )
            if count
        ]
        names = [plain(title_of(line.goal)) for line in brief.moved]
        _draw_fact(_("Since the last check-in"), " · ".join(moved) or _("no change"), listed(names[:_NAMED]))
    with four:
        _draw_fact(
            _("Data until"),
            str(text("{day}", day=brief.data_until)) if brief.data_until else "–",
            str(ntext("{count} day ago", "{count} days ago", (today - brief.data_until).days))
            if brief.data_until and brief.data_until < today
            else "",
        )
        st.page_link(shell.IMPORT, label=_("Import newer data"), icon=":material/upload_file:")


def draw_plan(plan: Plan | None, running: int) -> None:
    """The running goals as a whole: how many of them are likely, and how likely all are, or that they are too many."""
    too_many = too_many_words(running)
    if plan is not None:
        told, *more = plan_words(plan)
    elif too_many is not None:
        told, more = too_many, []
    else:
        return
    with st.container(key="whole-plan", gap=None):
        st.markdown(f":material/flag_2: **{_('The whole plan')}**  {plain(told)}", help=why.of("joint"))
        if more:
            st.caption(sentences(plain(one) for one in more))


def _draw_fact(label: str, value: str, more: str) -> None:
    st.markdown(f":gray[{label}]  \n**{value}**" + (f"  \n:small[:gray[{more}]]" if more else ""))


def filtered(lines: Sequence[GoalStanding], quarters: Sequence[Quarter]) -> list[GoalStanding]:
    """Draws the counts by status and the filters, and gives the goals that pass them."""
    places = Counter(_place(line) for line in lines)
    order = [*(status.value for status in sorted(Status, key=lambda status: status.urgency)), "draft", "closed"]
    shown_places = [one for one in order if places[one]]
    session.open_choice("standing", shown_places)
    standing = st.pills(
        _("Status"),
        shown_places,
        format_func=lambda one: f"{_look(one)} **{shown_number(places[one], 0)}**",
        key="standing",
        label_visibility="collapsed",
    )
    session.name_choice("standing", standing, None)
    with st.container(horizontal=True, vertical_alignment="bottom", key="goal-filters"):
        words = st.text_input(
            _("Search"),
            placeholder=_("Search: title, person, KPI…"),
            type="search",
            key="search",
            bind="query-params",
            label_visibility="collapsed",
            width=_FILTER_WIDTH,
        )
        labels = {kind.value: str(kind.label) for kind in GoalType}
        kind = _filter("type", _("Type"), labels, _("All types"))
        teams = sorted({line.goal.team for line in lines if line.goal.team})
        team = _filter("team", _("Team"), {one: one for one in teams}, _("All teams"))
        named = {quarter.first.isoformat(): str(quarter.label) for quarter in quarters}
        due = _filter("quarter", _("Due in"), named, _("Due in any quarter"))
    quarter = next((one for one in quarters if one.first.isoformat() == due), None)
    found = {goal.id for goal in search([line.goal for line in lines], words)} if words else None
    return [
        line
        for line in lines
        if (found is None or line.goal.id in found)
        and (line.goal.stage is not Stage.CLOSED if standing is None else _place(line) == standing)
        and (kind is None or line.goal.type.value == kind)
        and (team is None or line.goal.team == team)
        and (quarter is None or (line.goal.deadline is not None and quarter.first <= line.goal.deadline <= quarter.last))
    ]


def _filter(key: str, label: str, names: Mapping[str, str], unchosen: str) -> str | None:
    """A filter that the address names by its id, which is the same in each language.

    Args:
        key: of the widget and in the address.
        label: for those who don't see its placeholder.
        names: what each choice is called, by its id.
        unchosen: the placeholder.
    """
    session.open_choice(key, names)
    chosen = st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda one: names.get(one, one),
        placeholder=unchosen,
        key=key,
        label_visibility="collapsed",
        width=_FILTER_WIDTH,
    )
    session.name_choice(key, chosen, None)
    return chosen


def _place(line: GoalStanding) -> str:
    return line.goal.stage.value if line.goal.stage in {Stage.DRAFT, Stage.CLOSED} else line.report.status.value


def _look(place: str) -> str:
    if place == Stage.DRAFT.value:
        return f":material/edit: {_('Draft')}"
    if place == Stage.CLOSED.value:
        return f":material/sports_score: {_('Closed')}"
    color, icon = STATUS_LOOKS[Status(place)]
    return f":{color}[{icon}] {Status(place).label}"


def draw_lines(workspace: Workspace, lines: Sequence[GoalStanding], today: date) -> list[GoalStanding]:
    """One row a goal, a dozen at a time; gives the rows that are shown."""
    if not lines:
        st.info(_("No goal passes these filters. Take one away to see more."), icon=":material/filter_alt:")
        return []
    pages = -(-len(lines) // _PAGE_SIZE)
    slot = st.container(gap="small")
    page = st.pagination(pages, key="goal-page") if pages > 1 else 1
    shown = list(lines[(page - 1) * _PAGE_SIZE : page * _PAGE_SIZE])
    with slot:
        for line in shown:
            _draw_line(line, workspace.standings.series_of(line.goal), today)
    return shown


def draw_refresh(workspace: Workspace, shown: Sequence[GoalStanding], today: date) -> None:
    """Computes what is not up to date after the page is drawn, the shown rows first."""
    stale = workspace.standings.brief(today).stale
    if not stale:
        return
    ids = {line.goal.id for line in shown}
    waiting = sorted(stale, key=lambda line: line.goal.id not in ids)
    words = ntext(
        "Computing {count} probability from the newest data…",
        "Computing {count} probabilities from the newest data…",
        len(stale),
    )
    st.caption(f":material/progress_activity: {words}")
    if workspace.standings.refresh(waiting, today, seconds=_REFRESH_SECONDS):
        st.rerun()


def _draw_line(line: GoalStanding, series: KpiSeries | None, today: date) -> None:
    goal = line.goal
    with st.container(border=True, key=f"goal-{goal.id}"):
        what, stands, way, likely = st.columns([10, 6, 6, 5], vertical_alignment="center")
        with what.container(gap=None):
            st.page_link(
                shell.GOAL,
                label=f"**{plain(called(goal))}**",
                icon=TYPE_ICONS[goal.type],
                query_params={"goal": goal.id},
            )
            st.caption(" · ".join(_facts(line, today)))
        with stands.container(gap=None):
            draw_standing(line)
        with way.container(gap=None):
            _draw_way(line, series, today)
        with likely.container(gap=None):
            draw_likelihood(line)
        draw_basis(line)


def draw_standing(line: GoalStanding) -> None:
    """The status of a goal, and the rule that gave it."""
    if line.goal.stage is Stage.DRAFT:
        st.badge(_("Draft"), icon=":material/edit:", color="gray")
        return
    status_badge(line.report.status, line.report.rule)
    st.caption(plain(line.report.rule))


def _draw_way(line: GoalStanding, series: KpiSeries | None, today: date) -> None:
    goal, current = line.goal, line.report.pace.current
    if series is None or goal.primary is None:
        st.caption(_("Not measured yet") if series is None else _("No target yet"))
        return
    kpi, target = series.kpi, quantity(goal.primary, series.kpi)
    now = quantity(current if current is not None else float(series.values[-1]), kpi)
    words = text("{now} → {target}", now=now, target=target)
    st.image(
        sparkline(series.values[-_TREND_PERIODS:].tolist(), None if goal.measure is Measure.TOTAL else goal.primary),
        alt=str(text("{kpi}: {now}, target {target}", kpi=series.name, now=now, target=target)),
    )
    if line.report.step is not None:
        st.caption(plain(line.report.step.words(kpi)))
    early = current is None and goal.start is not None and goal.start > today
    st.caption(plain(text("starts {day} · {way}", day=goal.start, way=words) if early else words))
    year = compared_with_a_year_before(series, line.report.pace.current_period)
    if year is not None and goal.measure is not Measure.TOTAL:
        st.caption(plain(year.words))


def draw_likelihood(line: GoalStanding) -> None:
    """How likely the target of a goal is and what changed of it, or why nobody can say; `draw_basis` says the rest below."""
    probability = line.report.probability
    if _is_over(line):
        return
    if probability is None:
        st.caption(_("Being computed…") if line.is_stale else plain(line.reason or _("No probability")))
        return
    st.progress(probability, text=_("**{chance}** likely").format(chance=percent(probability)))
    change = line.probability_change
    if change is not None and line.last is not None and abs(change) >= _SMALLEST_CHANGE:
        arrow = ":green[:material/arrow_upward:]" if change > 0 else ":red[:material/arrow_downward:]"
        points = text("{points} since {day}", points=Points(points=abs(100 * change), digits=0), day=line.last.on)
        st.caption(f"{arrow} {points}")


def draw_basis(line: GoalStanding) -> None:
    """What a probability rests on and how good its record is, in one line below it; nothing where there is none."""
    if line.report.probability is not None and not _is_over(line):
        belief.draw_said(line.basis, line.trust)


def _is_over(line: GoalStanding) -> bool:
    return line.goal.stage is Stage.CLOSED or line.report.status in {Status.REACHED, Status.MISSED}


def _facts(line: GoalStanding, today: date) -> list[str]:
    goal = line.goal
    facts = [plain(part) for part in (goal.owner, goal.team) if part]
    if goal.deadline:
        facts.append(
            str(text("due {day}", day=goal.deadline))
            if goal.deadline >= today
            else str(text("was due {day}", day=goal.deadline))
        )
    return facts or [str(goal.type.label)]
