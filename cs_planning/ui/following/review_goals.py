"""The goals of a review: where each stands and why, a check-in, a new plan, the close."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from cs_planning.goals.following.checkins import needs_replanning
from cs_planning.goals.following.closing import ClosingOutcome
from cs_planning.goals.following.progress import Status
from cs_planning.goals.following.review import Agenda, GoalItem, Movement
from cs_planning.goals.title import as_read, called, title_of
from cs_planning.kpis.quantity import quantity
from cs_planning.language import gettext as _
from cs_planning.language import listed, shown_number, text
from cs_planning.ui import session, shell
from cs_planning.ui.following import acting
from cs_planning.ui.parts import belief, why
from cs_planning.ui.parts.drawing import TYPE_ICONS, percent, plain, status_badge
from cs_planning.workspace import Workspace

_SHOWN_REASONS = 3
_PAGE_SIZE = 10
_FEWEST_QUARTERS = 2
_SAID = ":material/chat:"
_CHANGED = ":material/edit:"
_STEP = ":material/stairs:"
_MOVES = {
    Movement.BETTER: ":green[:material/trending_up:]",
    Movement.WORSE: ":red[:material/trending_down:]",
    Movement.SAME: ":gray[:material/trending_flat:]",
    Movement.NEW: "",
}


def draw_celebrations(agenda: Agenda) -> None:
    """What was reached since the last review, first of all."""
    for item in agenda.celebrations:
        what = listed(milestone.note or text("{day}", day=milestone.due) for milestone in item.celebrate)
        words = (
            text("“{goal}”: milestone reached ({what}). Say thank you!", goal=title_of(item.goal), what=what)
            if item.celebrate
            else text("“{goal}” is reached. Say thank you!", goal=title_of(item.goal))
        )
        st.success(plain(words), icon=":material/celebration:")


def draw_goals(workspace: Workspace, agenda: Agenda, today: date) -> None:
    """The open goals, the most urgent first; after the check-in of a goal that is off track its new plan is asked for."""
    if not agenda.goals:
        st.caption(_("No open goal belongs to this review."))
    shown = agenda.goals
    if len(agenda.goals) > _PAGE_SIZE:
        page = st.pagination(-(-len(agenda.goals) // _PAGE_SIZE), key="review-page")
        shown = agenda.goals[(page - 1) * _PAGE_SIZE : page * _PAGE_SIZE]
    asked = session.kept("replan")
    for item in shown:
        with st.container(border=True, key=f"review-{item.goal.id}"):
            _draw_head(item, workspace, agenda.since, today)
            with st.container(horizontal=True, vertical_alignment="bottom"):
                acting.draw_check_in(workspace, item, today)
                if needs_replanning(item.report) or item.report.status is Status.AT_RISK:
                    done = len(workspace.reviews.replans(item.goal.id))  # a popover that was used stays open
                    with st.popover(_("New plan"), icon=":material/edit_road:", key=f"replan-{item.goal.id}-{done}"):
                        acting.draw_replan(workspace, item.goal, today)
            if asked == item.goal.id:
                session.forget("replan")
                acting.open_replan(workspace, item, today)
            for milestone in workspace.reviews.celebrations(item.goal, item.report):
                st.success(
                    plain(text("Milestone reached: {note}", note=milestone.note or text("{day}", day=milestone.due))),
                    icon=":material/celebration:",
                )


def _draw_head(item: GoalItem, workspace: Workspace, since: date, today: date) -> None:
    goal, report = item.goal, item.report
    what, stands = st.columns([3, 2], vertical_alignment="center")
    with what:
        st.page_link(
            shell.GOAL,
            label=f"**{plain(called(goal))}**",
            icon=TYPE_ICONS[goal.type],
            query_params={"goal": goal.id},
        )
    with stands.container(horizontal=True, vertical_alignment="center"):
        status_badge(report.status, report.rule)
        if _MOVES[item.movement]:
            st.markdown(_MOVES[item.movement], width="content")
        if report.probability is not None:
            st.caption(str(text("{chance} likely", chance=percent(report.probability))), width="content")
    st.caption(plain(report.rule))
    if report.probability is not None:
        belief.draw_basis(workspace.planning.outlook(goal, today).belief)
    series = workspace.planning.series_of(goal)
    if report.step is not None and series is not None:
        st.caption(f"{_STEP} {plain(report.step.words(series.kpi))}")
    _draw_change(item, workspace)
    changes = workspace.reviews.changes(goal, since)
    if changes:
        st.caption(f"{_CHANGED} {plain(text('Changed in the goal: {changes}', changes=listed(one.words for one in changes)))}")
    for reason in item.reasons[:_SHOWN_REASONS]:
        st.caption(f"{_SAID} {plain(reason)}")


def _draw_change(item: GoalItem, workspace: Workspace) -> None:
    """What changed since the last check-in before this review, in numbers."""
    last, now = item.last, item.report
    if last is None:
        return
    parts = []
    if last.probability is not None and now.probability is not None:
        before, after = percent(last.probability), percent(now.probability)
        if before != after:
            parts.append(str(text("probability {before} → {after}", before=before, after=after)))
    series = workspace.planning.series_of(item.goal)
    if series is not None and last.value is not None and now.pace.current is not None and last.value != now.pace.current:
        before, after = str(quantity(last.value, series.kpi)), str(quantity(now.pace.current, series.kpi))
        parts.append(str(text("{kpi} {before} → {after}", kpi=series.kpi.name, before=before, after=after)))
    if parts:
        st.caption(plain(text("Since {day}: {changes}", day=last.on, changes=listed(parts))))


def draw_closing(workspace: Workspace, agenda: Agenda, today: date) -> None:
    """Goals whose time is over: they are scored against floor, target and stretch once that was asked."""
    if not agenda.to_close:
        return
    st.subheader(_("Their time is over"), anchor=False)
    for item in agenda.to_close:
        with st.container(border=True, key=f"closing-{item.goal.id}"):
            _draw_head(item, workspace, agenda.since, today)
            acting.draw_close(workspace, item.goal, today)


def draw_record(workspace: Workspace) -> None:
    """How closed goals ended, and how good the probabilities were that had been shown."""
    outcomes = workspace.reviews.outcomes()
    record = workspace.reviews.calibration()
    st.subheader(_("Our record"), anchor=False)
    with st.container(key="record"):
        st.markdown(f"**{plain(record.words)}**")
        if record.expected is not None and record.met is not None and record.brier is not None:
            closed = (text("Closed goals with a probability"), text("{count}", count=record.count))
            rate = "" if record.brier_of_rate is None else shown_number(record.brier_of_rate, 2)
            of_rate = (text("Always saying the share that was met"), rate)
            with st.container(horizontal=True, gap="large"):
                st.metric(
                    _("Expected on average"),
                    percent(record.expected),
                    width="content",
                    help=why.of("expected_to_be_met", closed),
                )
                st.metric(_("Met"), percent(record.met), width="content", help=why.of("met", closed))
                st.metric(
                    _("Brier score"),
                    shown_number(record.brier, 2),
                    width="content",
                    help=why.of("brier", closed, of_rate),
                )
        _draw_quarters(outcomes)
        if outcomes:
            by_id = {goal.id: goal for goal in workspace.planning.goals()}
            st.table(
                {
                    _("Quarter"): [one.quarter for one in outcomes],
                    _("Goal"): [plain(as_read(one.title, by_id.get(one.goal_id))) for one in outcomes],
                    _("Result"): [str(one.score.label) for one in outcomes],
                    _("Value"): [_value(workspace, one.goal_id, one.value) for one in outcomes],
                    _("Likely at the start"): [
                        "–" if one.probability_at_start is None else percent(one.probability_at_start) for one in outcomes
                    ],
                    _("Learned"): [plain(one.lesson) for one in outcomes],
                },
                border="horizontal",
            )


def _draw_quarters(outcomes: Sequence[ClosingOutcome]) -> None:
    """Quarter by quarter: how many were expected to be met, and how many were."""
    told = [one for one in outcomes if one.met is not None]
    quarters = sorted({one.quarter for one in told})
    if len(quarters) < _FEWEST_QUARTERS:
        return
    rows = []
    for quarter in quarters:
        own = [one for one in told if one.quarter == quarter]
        believed = [one.probability_at_start for one in own if one.probability_at_start is not None]
        expected = shown_number(sum(believed), 1) if len(believed) == len(own) else "–"
        rows.append((quarter, expected, str(sum(bool(one.met) for one in own)), str(len(own))))
    columns = [_("Quarter"), _("Expected to be met"), _("Met"), _("Goals")]
    st.table({name: [row[place] for row in rows] for place, name in enumerate(columns)}, border="horizontal")


def _value(workspace: Workspace, goal: str, value: float | None) -> str:
    if value is None:
        return "–"
    series = workspace.planning.series_of(workspace.planning.goal(goal))
    return shown_number(value) if series is None else str(quantity(value, series.kpi))
