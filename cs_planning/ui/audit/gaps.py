"""The measured side of the audit: gaps by channel, the own best, benchmarks from outside, service standards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from cs_planning.audit.benchmarks import ExternalBenchmark, Standard
from cs_planning.audit.gaps import AuditRow, AuditVerdict, YearlyTrend
from cs_planning.goals.naming import described
from cs_planning.kpis.quantity import difference, quantity
from cs_planning.kpis.series import part_label
from cs_planning.language import Text, listed, ntext, text
from cs_planning.language import gettext as _
from cs_planning.ui import shell
from cs_planning.ui.parts import why
from cs_planning.ui.parts.drawing import plain
from cs_planning.ui.parts.saving import saved
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_SHOWN_GAPS = 8


def draw_gaps(workspace: Workspace, rows: Sequence[AuditRow], today: date) -> None:
    """The gaps, the worst first, each with its goal, or one click to a draft without one; below, the whole table by channel."""
    gaps = sorted((row for row in rows if row.verdict.is_gap), key=lambda row: -row.severity)
    for row in gaps[:_SHOWN_GAPS]:
        with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"gap-{row.series}"):
            st.markdown(f"**{plain(row.name)}**  \n{plain(_gap_words(row))}", width="stretch")
            if row.goal_id:
                st.page_link(
                    shell.GOAL,
                    label=_("Open the goal"),
                    icon=":material/article:",
                    query_params={"goal": row.goal_id},
                    width="content",
                )
            elif st.button(_("Draft a goal"), icon=":material/edit_note:", key=f"draft-{row.series}"):
                act = partial(workspace.audits.draft, row, today=today)
                if saved(f"draft-{row.series}", act, _("The draft is on the list of goals.")):
                    st.rerun()
    if not gaps:
        st.success(_("Nothing that has a goal is behind it."), icon=":material/check:")
    _draw_table(rows)


def _gap_words(row: AuditRow) -> Text:
    return text(
        "{current} instead of {goal} · {gap} behind · {trend}",
        current=quantity(row.current or 0.0, row.kpi),
        goal=quantity(row.goal or 0.0, row.kpi),
        gap=difference(row.gap or 0.0, row.kpi),
        trend=row.trend.label,
    )


def _draw_table(rows: Sequence[AuditRow]) -> None:
    st.subheader(_("Metric by metric"), anchor=False)
    channels = sorted({row.channel for row in rows})
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        channel = st.pills(
            _("Channel"),
            channels,
            format_func=lambda one: plain(part_label(one)) or _("As a whole"),
            key="audit-channel",
            label_visibility="collapsed",
        )
        everything = st.toggle(_("Also metrics without a goal"), key="audit-everything", help=hint("audit_everything"))
    asked = [row for row in rows if channel is None or row.channel == channel]
    shown = sorted((row for row in asked if everything or row.verdict is not AuditVerdict.NO_GOAL), key=_first_to_see)
    if shown:
        st.dataframe(
            {
                _("Metric"): [str(row.name) for row in shown],
                _("Goal"): ["–" if row.goal is None else str(quantity(row.goal, row.kpi)) for row in shown],
                _("Current"): ["–" if row.current is None else str(quantity(row.current, row.kpi)) for row in shown],
                _("Gap"): ["–" if row.gap is None else str(difference(max(row.gap, 0.0), row.kpi)) for row in shown],
                _("Trend"): [str(row.trend.label) for row in shown],
                _("Verdict"): [str(row.verdict.label) for row in shown],
            },
            hide_index=True,
            height="content",
            alt=_("Metrics against their goals"),
        )
        why.draw("gap", "verdict", "trend", key="audit-table")
    hidden = [row for row in asked if row.verdict is AuditVerdict.NO_GOAL]
    worse = [row for row in hidden if row.trend is YearlyTrend.WORSENING]
    if worse:
        names = listed(row.name for row in worse[:_SHOWN_GAPS])
        words = ntext(
            "{count} metric without a goal is getting worse: {names}.",
            "{count} metrics without a goal are getting worse: {names}.",
            len(worse),
            names=names,
        )
        st.warning(plain(words), icon=":material/trending_down:")
    elif hidden and not everything:
        count = len(hidden)
        words = ntext(
            "{count} metric has no goal and is not getting worse.",
            "{count} metrics have no goal and none is getting worse.",
            count,
        )
        st.caption(plain(words))


def _first_to_see(row: AuditRow) -> tuple[bool, float, bool, str]:
    return row.verdict is AuditVerdict.NO_GOAL, -row.severity, row.trend is not YearlyTrend.WORSENING, str(row.name)


def draw_benchmarks(workspace: Workspace, today: date) -> None:
    """The own best quarter and channel, then what others say, with source and date."""
    best = workspace.audits.best_periods(today)
    st.dataframe(
        {
            _("KPI"): [str(series.name) for series, _one in best],
            _("Last quarter"): [str(quantity(one.current, series.kpi)) for series, one in best],
            _("Best quarter"): [str(quantity(one.value, series.kpi)) for series, one in best],
            _("When"): [one.words for _series, one in best],
        },
        hide_index=True,
        alt=_("The best quarter of each KPI"),
    )
    why.draw("best_period", key="best-period")
    for ranking in workspace.audits.best_channels(today):
        kpi = described(ranking.kpi)
        order = listed(f"{part_label(channel)} {quantity(value, kpi)}" for channel, value in ranking.ranking)
        st.caption(plain(text("{kpi}, best channel first: {order}", kpi=kpi.name, order=order)))
    for comparison in workspace.audits.comparisons(today):
        kpi = described(comparison.benchmark.kpi)
        st.markdown(plain(text("{kpi}: {words}", kpi=kpi.name, words=comparison.words)))
    kpis = sorted({series.kpi.id for series in workspace.audits.series()})
    with st.form("benchmark", clear_on_submit=True):
        one, two, three, four = st.columns([3, 2, 4, 2], vertical_alignment="bottom")
        kpi_id = one.selectbox(
            _("KPI"),
            kpis,
            format_func=lambda chosen: str(described(chosen).name),
            key="benchmark-kpi",
            help=hint("benchmark_kpi"),
        )
        value = two.number_input(_("Value"), value=None, key="benchmark-value", help=hint("benchmark_value"))
        source = three.text_input(_("Source"), max_chars=300, key="benchmark-source", help=hint("benchmark_source"))
        published = four.date_input(_("Published on"), today, max_value=today, key="benchmark-on", help=hint("benchmark_on"))
        clicked = st.form_submit_button(_("Keep the benchmark"), icon=":material/add:", key="benchmark-save")
    if not clicked:
        return
    if value is None or not (source or "").strip() or kpi_id is None:
        st.warning(_("A benchmark needs a value and its source."), icon=":material/edit:")
        return
    made = ExternalBenchmark(kpi=kpi_id, value=value, source=(source or "").strip(), on=published or today)
    if saved("benchmark", partial(workspace.audits.save_benchmark, made), _("The benchmark is kept.")):
        st.rerun()


def draw_standards(workspace: Workspace, today: date) -> None:
    """What is promised to customers, each watched by a control goal."""
    names = {str(series.key): series for series in workspace.audits.series()}
    for standard in workspace.audits.standards():
        series = names.get(standard.series)
        limit = str(standard.limit) if series is None else str(quantity(standard.limit, series.kpi))
        name = standard.series if series is None else series.name
        st.markdown(plain(text("{kpi}: {limit}. {promise}", kpi=name, limit=limit, promise=standard.promise)))
    with st.form("standard", clear_on_submit=True):
        one, two, three = st.columns([4, 2, 5], vertical_alignment="bottom")
        chosen = one.selectbox(
            _("KPI"), sorted(names), format_func=lambda key: str(names[key].name), key="standard-kpi", help=hint("standard_kpi")
        )
        limit_value = two.number_input(_("Limit"), value=None, key="standard-limit", help=hint("standard_limit"))
        promise = three.text_input(
            _("Promise to customers"), max_chars=300, key="standard-promise", help=hint("standard_promise")
        )
        clicked = st.form_submit_button(
            _("Keep the standard and draft its control goal"), icon=":material/add:", key="standard-save"
        )
    if not clicked:
        return
    if limit_value is None or chosen is None:
        st.warning(_("A standard needs a KPI and a limit."), icon=":material/edit:")
        return
    made = Standard(series=chosen, limit=limit_value, promise=(promise or "").strip())
    act = partial(workspace.audits.save_standard, made, today=today)
    if saved("standard", act, _("The standard is kept, and its control goal is drafted.")):
        st.rerun()
