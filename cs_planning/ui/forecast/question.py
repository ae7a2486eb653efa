"""What the Forecast page is asked: a goal or a KPI, its rhythm, its measure, its deadline; the address says which."""

from __future__ import annotations

from datetime import date

import streamlit as st

from cs_planning.errors import NotFound
from cs_planning.goals.drafts.first_draft import types_for
from cs_planning.goals.goal import Direction, Goal, Measure
from cs_planning.goals.title import called
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import SeriesKey
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.ui import session
from cs_planning.ui.parts.addressed import draw_gone
from cs_planning.ui.parts.series_names import series_names
from cs_planning.workspace import SeriesInfo, Workspace
from cs_planning.workspace.words.fields import hint
from cs_planning.workspace.words.terms import meaning

_GOAL, _SERIES = "goal:", "series:"
_RHYTHMS = (Frequency.MONTH, Frequency.WEEK, Frequency.QUARTER, Frequency.DAY, Frequency.YEAR)
_CHOICE = "forecast-subject"


def draw(workspace: Workspace, today: date) -> Goal | None:
    """The question as a goal: a kept one, or one that was never saved for a KPI alone; `None` where nothing can be asked."""
    infos = workspace.data.series_list()
    goals = {goal.id: goal for goal in workspace.planning.under_way(today) if goal.series}
    goals |= {goal.id: goal for goal in workspace.planning.goals() if goal.series}
    names = {f"{_GOAL}{goal.id}": str(called(goal)) for goal in goals.values()}
    names |= {f"{_SERIES}{key}": name for key, name in sorted(series_names(infos).items())}
    wanted = _wanted()
    if wanted is not None and wanted not in names:
        draw_gone()
    session.set_widget(_CHOICE, wanted if wanted in names else next(iter(names)))
    with st.container(key="question"):
        subject, measure, time = st.columns([5, 3, 3], vertical_alignment="bottom")
        with subject:
            chosen = st.selectbox(
                _("Forecast of"),
                list(names),
                format_func=lambda key: f"{_('Goal') if key.startswith(_GOAL) else _('KPI')} · {names[key]}",
                key=_CHOICE,
                on_change=_follow,
                help=hint("forecast_of"),
            )
        finer = st.container(horizontal=True, gap="large", key="question-of-kpi")
        if chosen.startswith(_GOAL):
            goal = goals[chosen.removeprefix(_GOAL)]
            rhythm = goal.frequency
        else:
            key = chosen.removeprefix(_SERIES)
            with finer:
                found = _drafted(workspace, infos, key, today)
            if found is None:
                return None
            goal, rhythm = found, found.frequency
        name = f"forecast-{chosen}-{rhythm.value}"
        with measure:
            counted = _draw_measure(goal, name)
        with time:
            deadline = _draw_deadline(workspace, goal, name, today)
        if not goal.id:
            with finer:
                direction = _draw_direction(goal, name)
            goal = _in_its_time(workspace, goal.model_copy(update={"direction": direction}), deadline, today)
    return goal.model_copy(update={"measure": counted, "deadline": deadline})


def _wanted() -> str | None:
    if st.query_params.get("goal"):
        return f"{_GOAL}{st.query_params['goal']}"
    if st.query_params.get("series"):
        return f"{_SERIES}{SeriesKey.parse(st.query_params['series'])}"
    return None


def _follow() -> None:
    """Puts the choice into the address; a callback."""
    chosen = str(session.widget_value(_CHOICE))
    for name in ("goal", "series", "rhythm"):
        st.query_params.pop(name, None)
    if chosen.startswith(_GOAL):
        st.query_params["goal"] = chosen.removeprefix(_GOAL)
    else:
        st.query_params["series"] = chosen.removeprefix(_SERIES)


def _follow_rhythm(name: str) -> None:
    """Puts the rhythm into the address; a callback."""
    st.query_params["rhythm"] = str(session.widget_value(name))


def _drafted(workspace: Workspace, infos: tuple[SeriesInfo, ...], key: str, today: date) -> Goal | None:
    rhythms = [one for one in _RHYTHMS if any(str(info.key) == key and info.frequency is one for info in infos)]
    wanted = st.query_params.get("rhythm")
    name = f"forecast-rhythm-{key}"
    chosen = st.segmented_control(
        _("Read"),
        [one.value for one in rhythms],
        default=wanted if wanted in rhythms else rhythms[0].value,
        required=True,
        format_func=lambda value: str(Frequency(value).label),
        key=name,
        on_change=_follow_rhythm,
        args=(name,),
        help=meaning("rhythm"),
    )
    rhythm = Frequency(chosen) if chosen in rhythms else rhythms[0]
    info = next(info for info in infos if str(info.key) == key and info.frequency is rhythm)
    try:
        return workspace.planning.draft(key, rhythm, types_for(info.kpi)[0], today)
    except NotFound:
        st.warning(_("This KPI has no data any more. Choose another one."), icon=":material/help:")
        return None


def _draw_measure(goal: Goal, name: str) -> Measure:
    options = [measure.value for measure in Measure]
    chosen = st.selectbox(
        _("The target counts"),
        options,
        index=options.index(goal.measure.value),
        format_func=lambda value: str(Measure(value).label),
        key=f"{name}-measure",
        help=meaning("measure"),
    )
    return Measure(chosen)


def _draw_deadline(workspace: Workspace, goal: Goal, name: str, today: date) -> date | None:
    quarters = {one.last: str(one.label) for one in workspace.planning.quarters(today)}
    days = sorted({*quarters, *([goal.deadline] if goal.deadline else [])})
    index = days.index(goal.deadline) if goal.deadline else 0
    chosen = st.selectbox(
        _("Reach it by the end of"),
        [day.isoformat() for day in days],
        index=index,
        format_func=lambda day: quarters.get(date.fromisoformat(day)) or str(text("{day}", day=date.fromisoformat(day))),
        key=f"{name}-deadline",
        help=meaning("deadline"),
    )
    return date.fromisoformat(chosen)


def _draw_direction(goal: Goal, name: str) -> Direction:
    labels = {Direction.AT_LEAST.value: _("at least"), Direction.AT_MOST.value: _("at most")}
    chosen = st.segmented_control(
        _("It should be"),
        list(labels),
        default=goal.direction.value,
        required=True,
        format_func=lambda value: labels[value],
        key=f"{name}-direction",
        help=hint("direction"),
    )
    return Direction(chosen or goal.direction)


def _in_its_time(workspace: Workspace, goal: Goal, deadline: date | None, today: date) -> Goal:
    """A question about a KPI alone counts from the quarter of its deadline, or from today within it."""
    quarter = next((one for one in workspace.planning.quarters(today) if one.last == deadline), None)
    return goal if quarter is None else goal.model_copy(update={"start": max(quarter.first, today)})
