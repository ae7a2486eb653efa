"""Topics of feedback on the screen: a table with trends, and for one topic its chart, its words and a way to a goal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from cs_planning.kpis.feedback.counting import MOST_READ
from cs_planning.kpis.feedback.topics import Level
from cs_planning.language import Percent, percent_pattern, shown_number, text
from cs_planning.language import gettext as _
from cs_planning.ui import shell
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import plain
from cs_planning.ui.parts.saving import saved
from cs_planning.workspace import Workspace
from cs_planning.workspace.data.feedback import TopicLine
from cs_planning.workspace.words.fields import hint

_TREND_MONTHS = 24


def draw_nothing_here() -> None:
    """What to do where nothing was written."""
    st.info(
        _("There are no tickets with subjects, remarks or tags yet. Import an export that has such columns."),
        icon=":material/forum:",
    )
    st.page_link(shell.IMPORT, label=_("Import a file"), icon=":material/arrow_forward:")


def draw_levels(lines: Sequence[TopicLine]) -> None:
    """How much is the company's to change, and how much the agents', in the last three months."""
    st.caption(
        _(
            "Topics of subjects, remarks and tags in the last three whole months. A contact can have several. It counts as a "
            "complaint if a column says so, else if its answer is dissatisfied, else if it has words of a complaint."
        )
    )
    st.caption(
        plain(
            text(
                "Frequent phrases and tags are looked for in the newest {count} texts; every topic is counted in all of them.",
                count=MOST_READ,
            )
        )
    )
    listed = [line for line in lines if line.topic.origin.value == "words"]
    sums = {level: sum(line.complaints for line in listed if line.topic.level is level) for level in Level}
    total = sum(sums.values())
    with st.container(horizontal=True, gap="large", key="feedback-levels"):
        for level, label in (
            (Level.COMPANY, _("Complaints caused by policy, product or process")),
            (Level.AGENT, _("Complaints about how agents helped")),
        ):
            st.metric(
                label,
                shown_number(sums[level], 0),
                str(text("{share} of those with a known cause", share=Percent(share=sums[level] / total))) if total else None,
                delta_color="off",
                delta_arrow="off",
                width="content",
                help=why.of("complaints_by_cause"),
            )


def draw_topics(workspace: Workspace, lines: Sequence[TopicLine]) -> None:
    """The table of topics; the chosen one below it."""
    levels = {"": _("All causes"), **{level.value: str(level.label) for level in Level}}
    chosen_level = st.segmented_control(
        _("Cause"),
        list(levels),
        default="",
        required=True,
        format_func=lambda one: levels[one],
        key="feedback-level",
        help=hint("cause"),
    )
    shown = [line for line in lines if not chosen_level or (line.topic.level and line.topic.level.value == chosen_level)]
    if not shown:
        st.caption(_("No topic has this cause."))
        return
    rows = pd.DataFrame(
        {
            "topic": [str(line.topic.name) for line in shown],
            "level": [str(line.topic.level.label) if line.topic.level else "" for line in shown],
            "complaints": [line.complaints for line in shown],
            "contacts": [line.contacts for line in shown],
            "change": [line.change_percent for line in shown],
            "trend": [list(line.by_month[-_TREND_MONTHS:]) for line in shown],
            "origin": [str(line.topic.origin.label) for line in shown],
        }
    )
    picked = st.dataframe(
        rows,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"feedback-topics-{chosen_level}",
        alt=_("Topics of what customers write"),
        column_config={
            "topic": st.column_config.TextColumn(_("Topic"), width="medium"),
            "level": st.column_config.TextColumn(_("Cause")),
            "complaints": st.column_config.NumberColumn(_("Complaints"), format="localized"),
            "contacts": st.column_config.NumberColumn(_("Contacts"), format="localized"),
            "change": st.column_config.NumberColumn(_("Change to the three months before"), format=percent_pattern("%+.0f")),
            "trend": st.column_config.LineChartColumn(_("Contacts by month"), width="medium", y_min=0),
            "origin": st.column_config.TextColumn(_("Found by")),
        },
    )
    places = picked["selection"]["rows"]
    st.caption(_("Choose a row to read what customers wrote."))
    _draw_topic(workspace, shown[places[0]] if places and places[0] < len(shown) else shown[0])


def _draw_topic(workspace: Workspace, line: TopicLine) -> None:
    st.subheader(plain(line.topic.name), anchor=False)
    months = list(line.months)[-_TREND_MONTHS:]
    counts = pd.DataFrame(
        {
            _("Complaints"): line.complaints_by_month[-_TREND_MONTHS:],
            _("Other contacts"): [
                every - complaints
                for every, complaints in zip(
                    line.by_month[-_TREND_MONTHS:], line.complaints_by_month[-_TREND_MONTHS:], strict=True
                )
            ],
        },
        index=pd.DatetimeIndex(months),
    )
    st.bar_chart(counts, height=220, x_label="", y_label=_("Contacts by month"), color=["#c2553b", "#9aa5b1"])
    with st.container(horizontal=True):
        name = f"{line.topic.origin.value}-{line.topic.id}"
        what = _("complaints") if line.complaints else _("contacts")
        label = str(text("Draft a goal: {what} about “{topic}” −50 %", what=what, topic=line.topic.name))
        if st.button(plain(label), type="primary", icon=":material/edit_note:", key=f"feedback-draft-{name}"):
            act = partial(workspace.feedback.draft, line)
            if saved(f"feedback-draft-{name}", act, _("The draft is on the list of goals.")):
                st.rerun()
        is_followed = line.topic in workspace.data.logs.topics
        if is_followed:
            st.caption(_("It is kept as KPI series and counted with every import."))
        elif st.button(_("Keep it as a KPI"), icon=":material/add_chart:", key=f"feedback-keep-{name}"):
            act_keep = partial(workspace.feedback.follow, line)
            if saved(f"feedback-keep-{name}", act_keep, _("The topic is kept as KPI series.")):
                st.rerun()
    st.markdown(f"**{_('What customers wrote')}**")
    examples = workspace.feedback.examples(line.topic)
    if not examples:
        st.caption(_("Only tags are known of these contacts."))
    for example in examples:
        with st.container(border=True, gap=None):
            st.caption(plain(text("{day}", day=example.day)))
            st.text(example.words)
