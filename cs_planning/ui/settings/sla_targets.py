"""The agreed times of each priority, for files that do not say themselves whether they were kept."""

from __future__ import annotations

import streamlit as st

from cs_planning.errors import InvalidOpeningHours
from cs_planning.kpis.calendar.sla_targets import SlaTargets, read_targets
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.ui.parts import saving
from cs_planning.ui.parts.drawing import draw_error
from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.words.fields import hint


def draw(workspace: Workspace) -> None:
    """The targets, with one button that keeps them and computes the KPIs again that rest on them."""
    calendar = workspace.clock.calendar
    st.subheader(_("Targets by priority"), anchor=False)
    clock = _("They count in opening hours.") if calendar.hours is not None else _("They count around the clock.")
    st.markdown(
        _(
            "Tickets within SLA are read from the helpdesk's own columns. Where a file has none, these targets decide: for "
            "each priority the hours to the first response and to the solution."
        )
    )
    st.caption(clock)
    kept = calendar.targets
    written = st.text_area(
        _("Priority, hours to the first response / to the solution"),
        "" if kept is None else kept.written.replace("; ", "\n"),
        key="sla-targets",
        placeholder=_("urgent 1/8\nhigh 4/24\n* 8/72"),
        height=120,
        max_chars=2000,
        width=420,
        help=hint("sla_targets"),
    )
    try:
        targets = read_targets(written or "")
    except InvalidOpeningHours as error:
        draw_error(error)
        return
    if st.button(_("Use these targets"), key="sla-save", icon=":material/save:", disabled=targets == kept):
        _save(workspace, targets)


def _save(workspace: Workspace, targets: SlaTargets | None) -> None:
    def act(*, save: Save) -> None:
        workspace.clock.choose_targets(targets, save=save)

    if saving.saved("sla-targets", act, text("The targets are kept, and the KPIs follow them.")):
        st.rerun()
