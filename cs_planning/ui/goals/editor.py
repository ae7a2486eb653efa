"""Drafting: the form on the left, what it means on the right; the answer moves with every change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from cs_planning.errors import Conflict, InvalidGoal
from cs_planning.goals.drafts.first_draft import types_for, unmeasured_kpis
from cs_planning.goals.drafts.steps import is_judged_by_steps
from cs_planning.goals.drafts.times import moved_with_the_time
from cs_planning.goals.finding import Finding, Letter
from cs_planning.goals.goal import LONGEST_NAME, Goal, Measuring, SatisfactionGoal, Stage, goal_from_json
from cs_planning.goals.sentence import sentence_of
from cs_planning.goals.smart import touched
from cs_planning.goals.smart.objections import objections_among
from cs_planning.goals.title import is_made
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.ui import session, shell
from cs_planning.ui.goals import step_fields
from cs_planning.ui.goals.field_words import baseline_words
from cs_planning.ui.goals.form import GoalForm
from cs_planning.ui.goals.form_sections import draw_measuring, draw_more, draw_word
from cs_planning.ui.goals.likelihood import draw_futures, draw_likelihood
from cs_planning.ui.goals.time_fields import draw_time
from cs_planning.ui.parts import unsaved
from cs_planning.ui.parts.drawing import draw_error, draw_findings, draw_problems, plain
from cs_planning.workspace import Outlook, Workspace
from cs_planning.workspace.goals.judging import Judge
from cs_planning.workspace.goals.target_range import TargetRange

_SHOWN_WHOLE = 64
"""So many signs of a sentence are seen whole in its field on a tablet, those of Japanese counted twice."""


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


@dataclass(frozen=True)
class _Asking:
    """What the left side of the page asks, as the right side needs it to answer.

    Attributes:
        form: the form.
        goal: as its fields say, but for targets and title.
        drafted: the first draft on this KPI.
        start: the goal whose values the fields began with.
        base: the goal as it was opened; `None` for a new one.
        name: of the form.
        currency: in which amounts are counted.
    """

    form: GoalForm
    goal: Goal
    drafted: Goal
    start: Goal
    base: Goal | None
    name: str
    currency: str


@st.fragment
@session.in_one_run
def _editor(workspace: Workspace, base: Goal | None, name: str, today: date) -> None:
    form = GoalForm(name, base)
    infos = workspace.data.series_list()
    form.begin_with(session.address("series").get("series"), infos)
    kind = form.draw_type()
    left, right = st.columns([5, 6], gap="large")
    with left:
        with st.container(border=True):
            kpis = {info.kpi.id: info.kpi for info in infos}
            suited = sorted(name for name, kpi in kpis.items() if kind in types_for(kpi)[:2])
            unmeasured = unmeasured_kpis(kind, kpis.values())
            picked = form.draw_kpi(
                infos,
                suited,
                unmeasured,
                lambda: workspace.audits.usual_series(kind, today) or next(iter(unmeasured), None),
            )
            if picked is None:
                return
            series, frequency = picked
            is_measured = any(str(info.key) == series and info.frequency is frequency for info in infos)
            draft = workspace.planning.draft if is_measured else workspace.planning.draft_to_measure
            drafted = draft(series, frequency, kind, today)
            start, deadline = draw_time(form, workspace.planning.times(today), base or drafted, today)
            measure = form.draw_measure(drafted) if is_measured else drafted.measure
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
                "baseline": (base.baseline if base is not None and base.series == series else None) or drafted.baseline,
            }
            | ({} if is_measured else {"floor": None, "primary": None, "stretch": None, "milestones": (), "steps": ()}),
        )
        if is_measured:
            same = base is not None and (base.series, base.frequency) == (asked.series, asked.frequency)
            kept = {"milestones": _milestones(asked, drafted, base), "steps": asked.steps if same else ()}
            asked = asked.model_copy(update=kept)
        with st.container(border=True):
            fields = form.draw_people()
            fields |= form.draw_type_fields(kind, infos, frequency)
            fields |= draw_more(form, asked, workspace.planning.goals(), base or drafted) if is_measured else {}
    goal = form.assemble(drafted, asked.model_dump() | fields)
    asking = _Asking(form, goal, drafted, base or drafted, base, name, workspace.money.currency.code)
    with right:
        judge = workspace.planning.judge(goal, today)
        if is_measured:
            _answer(workspace, asking, workspace.planning.target_range(asked, today), judge)
        else:
            _measuring(workspace, asking, judge)


@st.fragment
@session.in_one_run
def _answer(workspace: Workspace, asking: _Asking, span: TargetRange, judge: Judge) -> None:
    """The targets on sliders and all that follows from them; what they move was read before, so nothing is asked anew."""
    form, name = asking.form, asking.name
    if session.kept(_fixed(name)):
        session.forget(_fixed(name))
        st.rerun()
    claim = st.container()
    today = judge.today
    with st.container(border=True):
        st.markdown(baseline_words(asking.goal, span, judge.calendar))
        primary, stretch = form.draw_targets(asking.drafted, span)
        goal = asking.goal.model_copy(update={"primary": primary, "stretch": stretch})
        goal = goal.model_copy(update={"floor": _floor(goal, asking.start)})
        goal = goal.model_copy(update={"steps": step_fields.draw(workspace, form, goal, span, today)})
        if is_judged_by_steps(goal) or asking.goal.steps:
            judge = workspace.planning.judge(goal, today)  # what is measured changes with the steps
        outlook = judge.outlook(goal)
        draw_likelihood(goal, outlook, span)
    with claim:
        goal = _with_title(goal, asking, judge)
    draw_futures(goal, outlook)
    typed = goal.model_copy(update={"title": form.typed_title()})
    shown = {"primary": span.nearest(asking.drafted.primary), "stretch": span.nearest(asking.drafted.stretch)}
    begun = asking.drafted.model_copy(update={"title": "", "objective": None} | shown)  # as the form looks untouched
    _draw_end(workspace, goal, typed, asking, judge, outlook, _quiet(typed, begun, asking))


@st.fragment
@session.in_one_run
def _measuring(workspace: Workspace, asking: _Asking, judge: Judge) -> None:
    """What has to be agreed on a KPI that nobody measures yet, before there can be a target."""
    form, name = asking.form, asking.name
    if session.kept(_fixed(name)):
        session.forget(_fixed(name))
        st.rerun()
    claim = st.container()
    with st.container(border=True, key="measuring"):
        st.markdown(f":material/straighten: {plain(_MEASURE_FIRST)}")
        start = asking.start.measuring or asking.drafted.measuring or Measuring(begins=judge.today)
        asked = asking.goal.minimum_answers if isinstance(asking.goal, SatisfactionGoal) else None
        measuring = draw_measuring(form, start, asked)
        goal = asking.goal.model_copy(update={"measuring": measuring})
    with claim:
        goal = _with_title(goal, asking, judge)
    typed = goal.model_copy(update={"title": form.typed_title()})
    _draw_end(workspace, goal, typed, asking, judge, judge.outlook(goal), _quiet(typed, asking.drafted, asking))


def _draw_end(
    workspace: Workspace,
    goal: Goal,
    typed: Goal,
    asking: _Asking,
    judge: Judge,
    outlook: Outlook,
    quiet: Collection[Letter],
) -> None:
    """What the check says, the word that it asks for, and the buttons."""
    findings = judge.findings(goal, outlook)
    _draw_smart(findings, asking.form, asking.name, quiet)
    word = {"despite": draw_word(asking.form, asking.start, findings)}
    _draw_saving(workspace, goal.model_copy(update=word), asking, judge, objections_among(findings))
    unsaved.keep(workspace, asking.name, typed.model_copy(update=word))


_MEASURE_FIRST = text(
    "There are no figures of this KPI yet, so the first goal is to have them. "
    "Once they are imported, this goal opens with targets that rest on them."
)


def _with_title(goal: Goal, asking: _Asking, judge: Judge) -> Goal:
    """The goal with the title that its author wrote, else with the sentence that its fields make by now."""
    base, currency = asking.base, asking.currency
    own = "" if base is None or is_made(base) else base.title
    sentence = str(sentence_of(goal, judge.series, currency))[:LONGEST_NAME]
    title = asking.form.draw_title(sentence, own)
    if title == sentence and sum(1 if sign.isascii() else 2 for sign in sentence) > _SHOWN_WHOLE:
        with st.container(key="narrow-sentence"):
            st.caption(plain(sentence))
    return goal.model_copy(update={"title": title})


def _quiet(typed: Goal, begun: Goal, asking: _Asking) -> Collection[Letter]:
    """The letters that reproach nothing yet: those of a new draft that nobody worked on."""
    is_new = asking.base is None or not asking.base.id
    return frozenset(Letter) - touched(typed, begun) if is_new else ()


def _fixed(name: str) -> str:
    """Where it is noted that a finding changed fields on the left, which the right alone can't draw anew."""
    return f"{name}.fixed"


def _floor(goal: Goal, start: Goal) -> float | None:
    """A floor that nobody touched stays only where it is not harder than the target."""
    if goal.floor is None or goal.floor != start.floor or goal.primary is None:
        return goal.floor
    return goal.floor if goal.direction.sign * (goal.primary - goal.floor) >= 0 else None


def _milestones(goal: Goal, drafted: Goal, base: Goal | None) -> object:
    source = base if base is not None and base.series == goal.series else drafted
    return moved_with_the_time(source, goal.start, goal.deadline)


def _draw_smart(findings: Sequence[Finding], form: GoalForm, name: str, quiet: Collection[Letter]) -> None:
    st.subheader(_("Is it SMART?"), anchor=False)
    with st.container(key="smart"):
        draw_findings(findings, lambda finding: _fix(form, name, finding), "fix", quiet)


def _fix(form: GoalForm, name: str, finding: Finding) -> None:
    form.apply(dict(finding.fix))
    session.keep(_fixed(name), True)


def _draw_what_stands_in_the_way(goal: Goal, judge: Judge, objections: Sequence[Finding]) -> None:
    """What still forbids committing, or asks for a word first, said quietly where the button is, before anybody presses it."""
    if goal.stage is not Stage.DRAFT:
        return
    problems = judge.problems(goal)
    if problems:
        st.caption(_("Before it can be committed to:"))
        for problem in problems:
            st.caption(f":material/arrow_forward: {plain(problem.message)} {plain(problem.remedy)}")
    elif objections and not goal.despite.strip():
        st.caption(_("Before it can be committed to, put this right or say in a word why it is committed to all the same:"))
        for objection in objections:
            st.caption(f":material/arrow_forward: {plain(objection.message)}")


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


def _draw_saving(workspace: Workspace, goal: Goal, asking: _Asking, judge: Judge, objections: Sequence[Finding]) -> None:
    base, name = asking.base, asking.name
    is_draft = base is None or base.stage is Stage.DRAFT
    with st.container(horizontal=True, key="saving"):
        keep = _draw_buttons(workspace, is_draft=is_draft)
    if keep is None:
        _draw_what_stands_in_the_way(goal, judge, objections)
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
