"""The asked side of the audit: the checklist with its history, and the self-assessment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from cs_planning.audit.checklist import (
    AREAS,
    CUSTOMER_QUESTIONS,
    HIGHEST_SCORE,
    STAFF_QUESTIONS,
    AreaAnswer,
    Audit,
    next_audit_after,
    pitfalls_of,
    score_of,
)
from cs_planning.audit.maturity import HIGHEST_ANSWER, PRACTICES, SURVEY_SOURCE, SelfAssessment, Theme, maturity_of
from cs_planning.language import Text, in_words, text
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import percent, plain
from cs_planning.ui.parts.saving import saved
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_PITFALL = ":orange[:material/warning:]"


def draw_checklist(workspace: Workspace, today: date) -> None:
    """The last audit with its score and pitfalls, the history, and a new one."""
    audits = workspace.audits.audits()
    st.caption(str(text("The next audit is due on {day}.", day=next_audit_after(audits, today))))
    if audits:
        before = audits[1] if len(audits) > 1 else None
        score = score_of(audits[0], before)
        if score.percent is not None:
            reason = why.of("audit_score", (text("Areas answered"), text("{count}", count=score.answered)))
            st.metric(str(text("Audit of {day}", day=audits[0].on)), percent(score.percent / 100), width="content", help=reason)
        for pitfall in pitfalls_of(audits[0], before, today):
            st.markdown(f"{_PITFALL} {plain(pitfall)}")
        history = [(audit, score_of(audit).percent) for audit in audits]
        st.dataframe(
            {
                _("Audit"): [in_words(audit.on) for audit, _percent in history],
                _("By"): [str(session.named(audit.by)) for audit, _percent in history],
                _("Score"): ["–" if points is None else percent(points / 100) for _audit, points in history],
                _("Areas"): [len(audit.answers) for audit, _percent in history],
            },
            hide_index=True,
            alt=_("The audits so far"),
        )
        _draw_answers(audits)
    st.subheader(_("A new audit"), anchor=False)
    with st.form("audit", clear_on_submit=True):
        answers = []
        for guide in AREAS:
            left, right = st.columns([3, 2], vertical_alignment="bottom")
            score_of_area = left.segmented_control(
                f"{guide.name}: {guide.question}", range(HIGHEST_SCORE + 1), key=f"area-{guide.area}", help=hint("area_score")
            )
            evidence = right.text_input(
                _("Evidence"),
                placeholder=str(guide.evidence),
                max_chars=2000,
                key=f"evidence-{guide.area}",
                help=hint("evidence"),
            )
            if score_of_area is not None:
                answers.append(AreaAnswer(area=guide.area, score=score_of_area, evidence=(evidence or "").strip()))
        st.caption(_("0 nothing · 1 begun · 2 done · 3 done and improved regularly"))
        st.markdown(f"**{_('Who took part')}**")
        agents = st.number_input(
            _("How many agents took part or were asked?"), 0, value=0, key="audit-agents", help=hint("agents_involved")
        )
        departments = st.text_input(
            _("Other departments that took part, separated by commas"), key="audit-departments", help=hint("departments")
        )
        asked, answered = st.columns(2)
        with asked:
            staff = _asked(_("Ask agents"), STAFF_QUESTIONS, _("What agents said, one answer a line"), "audit-staff")
        with answered:
            customers = _asked(
                _("Ask customers"), CUSTOMER_QUESTIONS, _("What customers said, one answer a line"), "audit-customers"
            )
        clicked = st.form_submit_button(_("Keep the audit"), type="primary", icon=":material/save:", key="audit-save")
    if not clicked:
        return
    if not answers:
        st.warning(_("Answer at least one area."), icon=":material/edit:")
        return
    audit = Audit(
        on=today,
        by=session.author()[:300],
        answers=tuple(answers),
        agents_involved=int(agents or 0),
        departments=tuple(part.strip()[:300] for part in (departments or "").split(",") if part.strip()),
        staff_answers=staff,
        customer_answers=customers,
    )
    if saved("audit", partial(workspace.audits.save_audit, audit), _("The audit is kept.")):
        st.rerun()


def _asked(heading: str, questions: Sequence[Text], label: str, key: str) -> tuple[str, ...]:
    st.markdown(f"**{heading}**\n" + "\n".join(f"- {plain(question)}" for question in questions))
    written = st.text_area(label, max_chars=10_000, height=120, key=key, help=hint("answers"))
    return tuple(line.strip() for line in (written or "").splitlines() if line.strip())


def _draw_answers(audits: Sequence[Audit]) -> None:
    with st.expander(_("What was answered then"), icon=":material/history:", key="audit-answers"):
        chosen = st.selectbox(
            _("Audit"),
            range(len(audits)),
            format_func=lambda place: str(text("{day}", day=audits[place].on)),
            key="audit-shown",
            help=hint("audit_shown"),
        )
        audit = audits[chosen or 0]
        names = {guide.area: str(guide.name) for guide in AREAS}
        st.dataframe(
            {
                _("Area"): [names[answer.area] for answer in audit.answers],
                _("Score"): [f"{answer.score} / {HIGHEST_SCORE}" for answer in audit.answers],
                _("Evidence"): [answer.evidence for answer in audit.answers],
            },
            hide_index=True,
            height="content",
            alt=_("Areas with their scores and evidence"),
        )
        for heading, answers in (
            (_("What agents said"), audit.staff_answers),
            (_("What customers said"), audit.customer_answers),
        ):
            if answers:
                st.markdown(f"**{heading}**\n" + "\n".join(f"- {plain(one)}" for one in answers))


def draw_assessment(workspace: Workspace, today: date) -> None:
    """How the team sees itself on the practices of strong teams; survey figures as correlations only."""
    kept = workspace.audits.assessments()
    last = kept[0] if kept else SelfAssessment(on=today)
    result = maturity_of(last)
    if result.percent is not None:
        reason = why.of("maturity", (text("Practices answered"), text("{count}", count=result.answered)))
        with st.container(horizontal=True, gap="large", key="maturity"):
            st.metric(
                str(text("Self-assessment of {day}", day=last.on)), percent(result.percent / 100), width="content", help=reason
            )
            for theme, points in result.by_theme.items():
                st.metric(str(theme.label), percent(points / 100), width="content", help=why.of("maturity"))
    st.caption(plain(result.caution))
    st.caption(plain(SURVEY_SOURCE))
    with st.form("assessment"):
        answers = {}
        for theme in Theme:
            st.markdown(f"**{plain(theme.label)}**")
            for practice in (one for one in PRACTICES if one.theme is theme):
                answer = st.segmented_control(
                    str(practice.statement),
                    range(HIGHEST_ANSWER + 1),
                    default=last.answers.get(practice.id),
                    help=hint("practice") if practice.claim is None else str(practice.claim),
                    key=f"practice-{practice.id}",
                )
                if answer is not None:
                    answers[practice.id] = answer
        st.caption(_("0 not at all … 4 fully; leave out what you can’t answer"))
        clicked = st.form_submit_button(_("Keep the self-assessment"), icon=":material/save:", key="assessment-save")
    if not clicked:
        return
    if not answers:
        st.warning(_("Answer at least one statement."), icon=":material/edit:")
        return
    made = SelfAssessment(on=today, by=session.author()[:300], answers=answers)
    if saved("assessment", partial(workspace.audits.save_assessment, made), _("The self-assessment is kept.")):
        st.rerun()


def draw_suggestions(workspace: Workspace, today: date) -> None:
    """Templates for the worst needs, from measured gaps, the audit and the self-assessment."""
    suggestions = workspace.audits.suggestions(today)
    if not suggestions:
        return
    st.subheader(_("Goals that would help most"), anchor=False)
    for one in suggestions:
        with st.container(horizontal=True, vertical_alignment="center", key=f"suggested-{one.template.id}"):
            st.markdown(f"**{plain(one.template.name)}**  \n{plain(one.need.reason)}", width="stretch")
            if st.button(_("Draft this goal"), icon=":material/edit_note:", key=f"suggest-{one.template.id}"):
                act = partial(workspace.templates.start, one.template, today, one.need.series)
                if saved(f"suggest-{one.template.id}", act, _("The draft is on the list of goals.")):
                    st.rerun()
