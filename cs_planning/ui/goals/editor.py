"""Drafting: the form on the left, what it means on the right; the answer moves with every change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from cs_planning.errors import Conflict, InvalidGoal
from cs_planning.goals.drafts.first_draft import types_for
from cs_planning.goals.drafts.times import moved_with_the_time
from cs_planning.goals.finding import Finding
from cs_planning.goals.goal import Goal, Stage, goal_from_json
from cs_planning.goals.sentence import sentence_of
from cs_planning.kpis.quantity import quantity
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.notebook.blocks import charts
from cs_planning.ui import session, shell
from cs_planning.ui.goals.field_words import baseline_words
from cs_planning.ui.goals.form import GoalForm
from cs_planning.ui.goals.form_sections import draw_more
from cs_planning.ui.parts import belief, unsaved, why
from cs_planning.ui.parts.drawing import draw_chart, draw_error, draw_findings, draw_problems, percent, plain
from cs_planning.workspace import Outlook, Workspace
from cs_planning.workspace.goals.target_range import TargetRange

_SHOWN_YEARS = 3


def draw(workspace: Workspace, goal_id: str | None, today: date) -> None:
    """The editor of a goal, or of a new one."""
    name = unsaved.form_name(f"goal-{goal_id or 'new'}")
    base = unsaved.found_again(workspace, name, goal_id) or _opened(workspace, goal_id)
    unsaved.draw_found_again(workspace, name)
    _editor(workspace, base, name, today)


def _opened(workspace: Workspace, goal_id: str | None) -> Goal | None:
    """The goal as it was when this visitor opened it, so that a save notices what others saved since."""
    if goal_id is None:
        return None
    name = f"opened.{goal_id}"
    if session.kept(name) is None:
        session.keep(name, workspace.planning.goal(goal_id).model_dump_json())
    return goal_from_json(session.kept(name))


@st.fragment
@session.in_one_language
def _editor(workspace: Workspace, base: Goal | None, name: str, today: date) -> None:
    form = GoalForm(name, base)
    infos = workspace.data.series_list()
    form.begin_with(session.address("series").get("series"), infos)
    kind = form.draw_type()
    left, right = st.columns([5, 6], gap="large")
    with left:
        with st.container(border=True):
            suited = sorted({info.kpi.id for info in infos if kind in types_for(info.kpi)[:2]})
            picked = form.draw_kpi(infos, suited, lambda: workspace.audits.usual_series(kind, today))
            if picked is None:
                return
            series, frequency = picked
            drafted = workspace.planning.draft(series, frequency, kind, today)
            start, deadline = form.draw_time(workspace.planning.times(today), base or drafted, today)
            measure = form.draw_measure(drafted)
        form.remember_question(drafted, measure)
        asked = form.assemble(
            drafted,
            {
                "type": kind,
                "series": series,
                "frequency": frequency,
                "start": start,
                "deadline": deadline,
                "measure": measure,
                "direction": drafted.direction,
                "baseline": drafted.baseline if base is None or base.series != series else base.baseline,
            },
        )
        span = workspace.planning.target_range(asked, today)
        with st.container(border=True):
            st.markdown(baseline_words(asked, span, workspace.planning.calendar))
            primary, stretch = form.draw_targets(drafted, span)
    goal = asked.model_copy(update={"primary": primary, "stretch": stretch, "floor": _floor(asked, primary)})
    goal = goal.model_copy(update={"milestones": _milestones(goal, drafted, base)})
    with right:
        outlook = workspace.planning.outlook(goal, today)
        _draw_likelihood(goal, outlook, span)
    with left:
        with st.container(border=True):
            fields = form.draw_people(
                str(sentence_of(goal, workspace.planning.series_of(goal), workspace.money.currency.code))[:300]
            )
            fields |= form.draw_type_fields(kind, infos, frequency)
            fields |= draw_more(form, goal, workspace.planning.goals(), base or drafted)
        goal = form.assemble(drafted, goal.model_dump() | fields)
    with right:
        _draw_chart(goal, outlook)
        _draw_smart(workspace, goal, outlook, form, today)
        _draw_saving(workspace, goal, base, name, today)
    unsaved.keep(workspace, name, goal.model_copy(update={"title": form.typed_title()}))


def _floor(goal: Goal, primary: float | None) -> float | None:
    """The floor stays only where it is not harder than the target."""
    if goal.floor is None or primary is None:
        return None
    return goal.floor if goal.direction.sign * (primary - goal.floor) >= 0 else None


def _milestones(goal: Goal, drafted: Goal, base: Goal | None) -> object:
    source = base if base is not None and base.series == goal.series else drafted
    return moved_with_the_time(source, goal.start, goal.deadline)


def _draw_likelihood(goal: Goal, outlook: Outlook, span: TargetRange) -> None:
    with st.container(key="likelihood"):
        if outlook.primary is None:
            belief.draw_no_number(outlook.no_number, outlook.plan_as_of, "draft")
            return
        with st.container(horizontal=True, gap="large", vertical_alignment="bottom"):
            st.metric(
                str(text("Likely to reach {target}", target=quantity(outlook.primary.target, span.kpi))),
                percent(outlook.primary.probability),
                width="content",
                help=why.of_probability(outlook.forecast),
            )
            if outlook.stretch is not None:
                st.metric(
                    str(text("Stretch: {target}", target=quantity(outlook.stretch.target, span.kpi))),
                    percent(outlook.stretch.probability),
                    width="content",
                    help=why.of_probability(outlook.forecast),
                )
        if outlook.target_at_80 is not None and outlook.target_at_50 is not None:
            st.markdown(
                plain(
                    text(
                        "8 in 10 likely would be {safe}, a coin toss {even}.",
                        safe=quantity(outlook.target_at_80, span.kpi),
                        even=quantity(outlook.target_at_50, span.kpi),
                    )
                )
            )
        belief.draw_basis(outlook.belief)
        if outlook.primary.reason is not None:
            st.info(plain(outlook.primary.reason), icon=":material/info:")


def _draw_chart(goal: Goal, outlook: Outlook) -> None:
    if outlook.forecast is None:
        return
    shown = _SHOWN_YEARS * goal.frequency.periods_per_year
    made = outlook.forecast
    chart = charts.fan(
        made,
        charts.target_lines(goal, made.series.kpi),
        deadline=goal.deadline,
        events=charts.note_events(made.notes),
        periods_shown=shown,
    )
    draw_chart(chart, "fan")
    for note in made.notes:
        st.caption(f":material/info: {plain(note.message)}")


def _draw_smart(workspace: Workspace, goal: Goal, outlook: Outlook, form: GoalForm, today: date) -> None:
    st.subheader(_("Is it SMART?"), anchor=False)
    with st.container(key="smart"):
        draw_findings(workspace.planning.findings(goal, today, outlook), lambda finding: _fix(form, finding), "fix")


def _fix(form: GoalForm, finding: Finding) -> None:
    form.apply(dict(finding.fix))


def _draw_what_stands_in_the_way(workspace: Workspace, goal: Goal, today: date) -> None:
    """What still forbids committing, said quietly where the button is, before anybody presses it."""
    if goal.stage is not Stage.DRAFT:
        return
    problems = workspace.planning.problems(goal, today)
    if problems:
        st.caption(_("Before it can be committed to:"))
        for problem in problems:
            st.caption(f":material/arrow_forward: {plain(problem.message)} {plain(problem.remedy)}")


def _draw_buttons(workspace: Workspace, *, is_draft: bool) -> Callable[..., Goal] | None:
    """What the pressed button does; a goal that was committed to has its changes kept, and is neither committed nor drafted."""
    if not is_draft:
        pressed = st.button(
            _("Keep the changes"), type="primary", icon=":material/save:", shortcut="Ctrl+Enter", key="keep-changes"
        )
        return workspace.planning.keep_changes if pressed else None
    commits = st.button(_("Commit to this goal"), type="primary", icon=":material/flag:", shortcut="Ctrl+Enter")
    keeps = st.button(_("Keep as a draft"), icon=":material/save:", shortcut="Ctrl+S")
    return workspace.planning.commit if commits else workspace.planning.save_draft if keeps else None


def _draw_saving(workspace: Workspace, goal: Goal, base: Goal | None, name: str, today: date) -> None:
    is_draft = base is None or base.stage is Stage.DRAFT
    with st.container(horizontal=True, key="saving"):
        keep = _draw_buttons(workspace, is_draft=is_draft)
    if keep is None:
        _draw_what_stands_in_the_way(workspace, goal, today)
        return
    if is_draft:
        goal = goal.model_copy(update={"stage": Stage.DRAFT})
    try:
        saved = keep(goal, save=session.save(name))
    except InvalidGoal as error:
        st.error(f"{plain(error.message)}  \n{plain(error.hint)}", icon=":material/error:")
        draw_problems(error.problems)
        return
    except Conflict as error:
        draw_error(error)
        if base is not None:
            st.button(_("Open the newer version"), on_click=session.forget, args=(f"opened.{base.id}",))
        return
    unsaved.drop(workspace, name)
    session.finish_form(name)
    session.forget(f"opened.{saved.id}")
    session.forget_widgets(name)
    st.switch_page(shell.GOAL, query_params={"goal": saved.id})
