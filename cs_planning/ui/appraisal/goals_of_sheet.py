"""The goals of a sheet: weight and difficulty while it is drafted, then what is measured and what both sides say."""

from __future__ import annotations

from functools import partial

import streamlit as st

from cs_planning.goals.appraisal.agreement import Writable
from cs_planning.goals.appraisal.scale import grade_named, grades_of
from cs_planning.goals.appraisal.score import Side
from cs_planning.goals.appraisal.sheet import Difficulty, GoalSheet, SheetStage, lies_in
from cs_planning.goals.appraisal.view import LineView, SheetView
from cs_planning.goals.title import called
from cs_planning.language import Percent, listed_texts, text
from cs_planning.language import gettext as _
from cs_planning.ui import session, shell
from cs_planning.ui.appraisal import writing
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import plain, status_badge
from cs_planning.ui.parts.saving import saved
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_EVENLY = "weighed-evenly"


def draw_choice(workspace: Workspace, view: SheetView) -> None:
    """Which goals stand on the sheet, while it is drafted."""
    sheet = view.sheet
    chosen = [line.goal_id for line in sheet.lines]
    goals = {
        goal.id: str(called(goal))
        for goal in workspace.planning.goals()
        if goal.id in chosen or lies_in(goal, sheet.start, sheet.end)
    }
    # Those that were put away are taken off by hand, with what was written about them.
    goals |= {
        line.line.goal_id: str(line.title if line.goal is not None else line.sentence)
        for line in view.lines
        if line.line.goal_id not in goals
    }
    widget = f"sheet-{view.sheet.id}-goals"
    st.multiselect(
        _("Goals on this sheet"),
        list(goals),
        chosen,
        format_func=lambda goal: goals[goal],
        placeholder=_("Choose the goals"),
        key=widget,
        on_change=writing.keep_goals,
        args=(workspace, view.sheet.id, widget),
        help=hint("sheet_goals"),
    )


def draw_sum(workspace: Workspace, view: SheetView, may: Writable) -> None:
    """What the weights add up to, and the scores."""
    sheet = view.sheet
    if not sheet.lines:
        return
    with st.container(horizontal=True, gap="large", vertical_alignment="center", key="sheet-sum"):
        st.metric(
            _("Sum of the weights"),
            str(text("{share}", share=sheet.weights_words)),
            width="content",
            help=why.of("sheet_weights"),
        )
        for label, score in ((_("Own score"), view.own), (_("Superior’s score"), view.superior)):
            if score is not None:
                st.metric(label, str(score.words), width="content", help=why.of("sheet_score"))
        if may.goals and not sheet.is_whole:
            st.button(
                _("Weigh evenly"),
                icon=":material/balance:",
                key="sheet-evenly",
                on_click=_weigh_evenly,
                args=(workspace, view),
            )
        elif may.goals and (before := _weights_before(view)):
            st.button(
                _("Undo"),
                icon=":material/undo:",
                type="tertiary",
                key="sheet-evenly-undo",
                on_click=_weigh_as_before,
                args=(workspace, view, before),
            )
    if may.goals and not sheet.is_whole:
        whole = text("The weights must add up to {whole} before the sheet can go on.", whole=Percent(share=1))
        st.caption(f":material/info: {whole}")


def _weigh_evenly(workspace: Workspace, view: SheetView) -> None:
    before = _weights(view.sheet)
    if saved("sheet-evenly", partial(workspace.sheets.weigh_evenly, view.sheet.id), _("The goals weigh the same.")):
        session.keep(_EVENLY, (view.sheet.id, before, _weights(workspace.sheets.sheet(view.sheet.id))))


def _weights(sheet: GoalSheet) -> dict[str, float]:
    return {line.goal_id: line.weight_percent for line in sheet.lines}


def _weights_before(view: SheetView) -> dict[str, float]:
    """What the goals weighed before they were weighed evenly, as long as nobody weighed them anew since."""
    sheet, before, after = session.kept(_EVENLY, ("", {}, {}))
    return dict(before) if sheet == view.sheet.id and after == _weights(view.sheet) else {}


def _weigh_as_before(workspace: Workspace, view: SheetView, before: dict[str, float]) -> None:
    if saved("sheet-evenly-undo", partial(workspace.sheets.weigh, view.sheet.id, before), _("It is as it was before.")):
        session.forget(_EVENLY)


def draw_goals(workspace: Workspace, view: SheetView, may: Writable) -> None:
    """Every goal of the sheet in a frame of its own."""
    appraises = may.own or may.superior or view.sheet.stage not in {SheetStage.DRAFT, SheetStage.PROPOSED}
    for line in view.lines:
        with st.container(border=True, key=f"line-{line.line.goal_id}"):
            _draw_head(line)
            _draw_changes(line)
            _draw_weight(workspace, view, line, may)
            if appraises:
                _draw_grades(workspace, view, line, may)


def _draw_head(line: LineView) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if line.goal is None:
            st.markdown(f"**{plain(line.sentence)}**")
            return
        st.page_link(
            shell.GOAL, label=f"**{plain(line.title)}**", query_params={"goal": line.line.goal_id}, icon=":material/flag:"
        )
        if line.report is not None:
            status_badge(line.report.status, line.report.rule)
    facts = [] if line.is_titled_with_its_sentence else [text("{sentence}", sentence=line.sentence)]
    if line.measured is not None:
        facts.append(text("Measured: {value}", value=line.measured))
    if line.step is not None:
        facts.append(line.step)
    if line.suggested is not None:
        facts.append(text("by the measured value alone: {grade}", grade=line.suggested.label))
    if facts:
        st.caption(" · ".join(str(plain(one)) for one in facts))


def _draw_changes(line: LineView) -> None:
    if line.changes:
        changes = listed_texts([change.words for change in line.changes])
        st.warning(
            plain(
                text(
                    "Changed since it was agreed: {changes}. What was agreed counts until the change is agreed again.",
                    changes=changes,
                )
            ),
            icon=":material/edit_note:",
        )


def _draw_weight(workspace: Workspace, view: SheetView, line: LineView, may: Writable) -> None:
    sheet, goal = view.sheet, line.line.goal_id
    if not may.goals:
        weight = line.line.weight_words
        st.markdown(
            str(text("Weight: {weight}, difficulty: {difficulty}", weight=weight, difficulty=line.line.difficulty.label))
        )
        return
    difficulties = {one.value: str(one.label) for one in Difficulty}
    left, right, _rest = st.columns([2, 3, 5])
    widget = f"sheet-{sheet.id}-{goal}-weight"
    # Other goals and other people change weights, too: what is shown is what is kept.
    session.set_widget(widget, line.line.weight_percent)
    left.number_input(
        _("Weight (%)"),
        0.0,
        100.0,
        step=5.0,
        format="%g",
        key=widget,
        on_change=writing.keep_field,
        args=(workspace, sheet.id, goal, "weight_percent", widget),
        help=hint("sheet_weight"),
    )
    widget = f"sheet-{sheet.id}-{goal}-difficulty"
    right.segmented_control(
        _("Difficulty"),
        list(difficulties),
        default=line.line.difficulty.value,
        required=True,
        format_func=lambda one: difficulties[one],
        key=widget,
        on_change=writing.keep_field,
        args=(workspace, sheet.id, goal, "difficulty", widget),
        help=hint("sheet_difficulty"),
    )


def _draw_grades(workspace: Workspace, view: SheetView, line: LineView, may: Writable) -> None:
    _draw_side(workspace, view, line, Side.OWN, writes=may.own)
    _draw_side(workspace, view, line, Side.SUPERIOR, writes=may.superior)


def _draw_side(workspace: Workspace, view: SheetView, line: LineView, side: Side, *, writes: bool) -> None:
    sheet, goal = view.sheet, line.line.goal_id
    is_own = side is Side.OWN
    given, words = (
        (line.line.own_grade, line.line.own_comment) if is_own else (line.line.superior_grade, line.line.superior_comment)
    )
    who = _("Own appraisal") if is_own else _("Superior’s appraisal")
    if not writes:
        grade = grade_named(sheet.scale, given)
        if grade is not None or words:
            given_words = " ".join(part for part in (str(grade.label) if grade is not None else "", plain(words)) if part)
            st.markdown(str(text("{holder}: {words}", holder=f"**{who}**", words=given_words)))
        return
    grades = {one.id: str(one.label) for one in grades_of(sheet.scale)}
    left, right = st.columns([2, 5])
    widget = f"sheet-{sheet.id}-{goal}-{side}-grade"
    left.selectbox(
        who,
        list(grades),
        index=list(grades).index(given) if given in grades else None,
        format_func=lambda one: grades[one],
        placeholder=_("No grade yet"),
        key=widget,
        on_change=writing.keep_grade,
        args=(workspace, sheet.id, goal, f"{side}_grade", widget),
        help=hint("sheet_grade"),
    )
    widget = f"sheet-{sheet.id}-{goal}-{side}-words"
    writing.show_newest(widget, words)
    right.text_area(
        _("In words"),
        max_chars=writing.LONGEST_WORDS,
        height="content",
        key=widget,
        on_change=writing.keep_words,
        args=(workspace, sheet.id, goal, f"{side}_comment", widget),
        help=hint("sheet_words"),
    )


def draw_comments(workspace: Workspace, view: SheetView, may: Writable) -> None:
    """What both sides say about the sheet as a whole."""
    sheet = view.sheet
    for side, writes, words, label in (
        (Side.OWN, may.own, sheet.own_comment, _("Overall, in the holder’s words")),
        (Side.SUPERIOR, may.superior, sheet.superior_comment, _("Overall, in the superior’s words")),
    ):
        if writes:
            widget = f"sheet-{sheet.id}-{side}-overall"
            writing.show_newest(widget, words)
            st.text_area(
                label,
                max_chars=writing.LONGEST_OVERALL,
                height="content",
                key=widget,
                on_change=writing.keep_comment,
                args=(workspace, sheet.id, side, widget),
                help=hint("sheet_overall"),
            )
        elif words:
            st.markdown(str(text("{holder}: {words}", holder=f"**{label}**", words=plain(words))))
