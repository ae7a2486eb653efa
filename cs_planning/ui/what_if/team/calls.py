"""Does the model describe us?  A log of single calls, calibrated on its first part, judged on the rest."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import streamlit as st

from cs_planning.automation.calibration.validation import FAIR, ValidationReport
from cs_planning.errors import PlanningError
from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.service_level import ANSWER_WITHIN_SECONDS
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.notebook.blocks.block import ColumnType, TableBlock, TableColumn
from cs_planning.ui import cached
from cs_planning.ui.parts.drawing import draw_error, draw_table, plain
from cs_planning.ui.what_if.team.fit import fit_table
from cs_planning.ui.what_if.team.taking import draw_taking
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_PERCENT = 100.0
_MEGABYTES = 200


def draw_calls(workspace: Workspace) -> None:
    """The section below the board; it computes only when it is open."""
    section = st.expander(
        _("Does the model describe us? Check it on a log of calls, and fill the team from it"),
        key="what-if-calls",
        icon=":material/fact_check:",
        on_change="rerun",
    )
    if not section.open:
        return
    with section:
        _section(workspace)


@st.fragment
def _section(workspace: Workspace) -> None:
    st.caption(
        _(
            "A CSV file with a row for each call: arrival, wait, given up or answered, service and agent. "
            "The model is calibrated on the calls before a day and predicts every hour from then on. "
            "Nothing is kept unless you take the team from it."
        )
    )
    file = st.file_uploader(
        _("Log of calls (CSV)"), type=["csv"], key="what-if-calls-file", max_upload_size=_MEGABYTES, help=hint("calls_file")
    )
    if file is None:
        return
    content = file.getvalue()
    fingerprint = hashlib.sha256(content).hexdigest()
    try:
        log = cached.call_log(fingerprint, content)
    except PlanningError as error:
        draw_error(error)
        return
    if log.left_out is not None:
        st.warning(plain(log.left_out), icon=":material/error:")
    one, two = st.columns(2)
    after_first = log.first + timedelta(days=1)
    if after_first > log.last:
        st.warning(_("The log holds a single day; at least two are needed."), icon=":material/error:")
        return
    middle = max(log.first + (log.last - log.first) / 2, after_first)
    split = one.date_input(
        _("First day that is predicted"),
        middle,
        after_first,
        log.last,
        format="YYYY-MM-DD",
        key="what-if-calls-split",
        help=hint("calls_split"),
    )
    within = two.number_input(
        _("Answered within (seconds)"),
        0.0,
        86_400.0,
        ANSWER_WITHIN_SECONDS,
        5.0,
        key="what-if-calls-within",
        help=hint("calls_within"),
    )
    if split is None:
        return
    try:
        report = cached.validation(fingerprint, split, float(within), log)
    except PlanningError as error:
        draw_error(error)
        return
    _draw_report(report)
    draw_taking(workspace, fingerprint, log, float(within))


def _draw_report(report: ValidationReport) -> None:
    verdict = plain(report.verdict)
    if report.overall.largest_error <= FAIR and report.calibration.usable:
        st.success(verdict, icon=":material/check_circle:")
    else:
        st.warning(verdict, icon=":material/error:")
    overall = report.overall
    draw_table(fit_table((overall.service_level, overall.abandonment_rate, overall.mean_wait_seconds)))
    st.caption(
        str(
            text(
                "{hours} hours predicted; {calls} calls came when nobody was on duty: by the model they all give up.",
                hours=report.hours,
                calls=report.unstaffed,
            )
        )
    )
    st.markdown(f"**{_('Day by day')}**")
    draw_table(_days(report))
    if report.calibration.groups:
        with st.expander(_("What calibration leaves over, by load"), type="compact", key="what-if-calls-groups"):
            draw_table(_groups(report))


def _days(report: ValidationReport) -> TableBlock:
    share, seconds = CATALOGUE["service_level"], CATALOGUE["asa_mean"]
    rows = tuple(
        (
            day.day,
            day.offered,
            quantity(_PERCENT * day.service_level.predicted, share),
            quantity(_PERCENT * day.service_level.observed, share),
            quantity(_PERCENT * day.abandonment_rate.predicted, share),
            quantity(_PERCENT * day.abandonment_rate.observed, share),
            quantity(day.mean_wait_seconds.predicted, seconds),
            quantity(day.mean_wait_seconds.observed, seconds),
        )
        for day in report.days
    )
    heads = (
        ("service_level_predicted", text("Service level, model")),
        ("service_level_observed", text("Service level, measured")),
        ("abandonment_predicted", text("Abandonment, model")),
        ("abandonment_observed", text("Abandonment, measured")),
        ("wait_predicted", text("Mean wait, model")),
        ("wait_observed", text("Mean wait, measured")),
    )
    return TableBlock(
        columns=(
            TableColumn(name="day", label=text("Day"), type=ColumnType.DATE),
            TableColumn(name="calls", label=text("Calls"), type=ColumnType.NUMBER, digits=0),
            *(TableColumn(name=name, label=label) for name, label in heads),
        ),
        rows=rows,
    )


def _groups(report: ValidationReport) -> TableBlock:
    rows = tuple(
        (
            text("{low} to {high}", low=group.load_from, high=group.load_to),
            group.contacts,
            group.service_level.predicted,
            group.service_level.observed,
        )
        for group in report.calibration.groups
    )
    return TableBlock(
        columns=(
            TableColumn(name="load", label=text("Load of each person on duty")),
            TableColumn(name="calls", label=text("Calls"), type=ColumnType.NUMBER, digits=0),
            TableColumn(name="predicted", label=text("Service level, model"), type=ColumnType.SHARE),
            TableColumn(name="observed", label=text("As measured"), type=ColumnType.SHARE),
        ),
        rows=rows,
    )
