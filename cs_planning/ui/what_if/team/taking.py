"""The team from a log of calls: what would be taken, and taking it once somebody says so."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cs_planning.automation.team.channel import Channel
from cs_planning.errors import PlanningError
from cs_planning.language import Duration, Percent, rounded, rounded_whole, text
from cs_planning.language import gettext as _
from cs_planning.notebook.blocks.block import TableBlock, TableColumn, Words
from cs_planning.ui import session
from cs_planning.ui.parts.drawing import draw_error, draw_table, plain
from cs_planning.ui.what_if.team.form import forget_team
from cs_planning.ui.what_if.team.profile import hour, profile_chart
from cs_planning.workspace import Workspace
from cs_planning.workspace.scenarios.data.call_checks import CallLog, OperationOfCalls

_FORM = "what-if-taking"
_TAKEN = "what-if.taken"
_PERCENT = 100
_NAMES = (
    text("Contacts a day"),
    text("Handle time"),
    text("Spread of handle times (σ of the logarithm)"),
    text("Patience"),
    text("People on duty, on average"),
    text("Of those, really taking calls"),
    text("Opening hours"),
)


def draw_taking(workspace: Workspace, fingerprint: str, log: CallLog, answer_within_seconds: float) -> None:
    """What the log says about the team beside what is kept, and a button that keeps it."""
    what_if = workspace.what_if
    base = what_if.operation() or what_if.data.drafted(workspace.money.currency.code).operation
    st.markdown(f"#### {_('The team as this log shows it')}")
    try:
        found = what_if.operation_from_calls(log, base, answer_within_seconds)
    except PlanningError as error:
        draw_error(error)
        return
    channel = found.operation.channels[found.place]
    before = base.channels[found.place] if found.place < len(base.channels) else None
    draw_table(_table(channel, before))
    profile_chart(channel, "what-if-taking-chart")
    st.caption(
        _(
            "Contacts and people by hour, separately for each weekday where the log has all seven. Cost of an hour, currency, "
            "shrinkage, targets and the other channels stay as they are."
        )
    )
    for reason in found.calibration.reasons:
        st.warning(plain(reason), icon=":material/error:")
    if session.kept(_TAKEN) == fingerprint:
        st.success(_("The team above is now the one of this log. It is kept in the workspace."), icon=":material/check_circle:")
    if st.button(_("Take this as our team"), key="what-if-take-calls", type="primary", icon=":material/download_done:"):
        _take(workspace, found, fingerprint)


def _take(workspace: Workspace, found: OperationOfCalls, fingerprint: str) -> None:
    try:
        workspace.what_if.kept.save_operation(found.operation, save=session.save(_FORM))
    except PlanningError as error:
        draw_error(error)
        return
    session.finish_form(_FORM)
    forget_team()
    session.keep(_TAKEN, fingerprint)
    st.rerun()


def _table(channel: Channel, before: Channel | None) -> TableBlock:
    until_now: Sequence[Words] = ["–"] * len(_NAMES) if before is None else _figures(before)
    return TableBlock(
        columns=(
            TableColumn(name="figure", label=""),
            TableColumn(name="log", label=text("In the log")),
            TableColumn(name="before", label=text("Until now")),
        ),
        rows=tuple(zip(_NAMES, _figures(channel), until_now, strict=True)),
    )


def _figures(channel: Channel) -> list[Words]:
    """The figures of a channel in the order of `_NAMES`."""
    patience = channel.patience_seconds
    return [
        text("{value}", value=rounded(channel.volume_per_day, 1)),
        text("{value}", value=Duration(seconds=rounded_whole(channel.handle_time_seconds))),
        text("{value}", value=rounded(channel.handle_time_sigma, 2)),
        "–" if patience is None else text("{value}", value=Duration(seconds=rounded_whole(patience))),
        text("{value}", value=rounded(float(channel.agents_by_day().mean()), 1)),
        text("{value}", value=Percent(share=channel.availability)),
        text(
            "{opens} to {closes}, {days} days a week",
            opens=hour(channel.opens_at_hour),
            closes=hour(channel.opens_at_hour + channel.hours),
            days=len(channel.open_weekdays),
        ),
    ]
