"""What an import asks for in place: the currency of the workspace, the time zone of the service; the file is read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.currency import ANOTHER_CURRENCY
from cs_planning.kpis.findings.imported import Imported
from cs_planning.language import Text, text
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.parts.drawing import plain
from cs_planning.ui.parts.saving import keep_confirmation
from cs_planning.ui.settings.service_clock import zones
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_CURRENCY, _ZONE = "import-currency", "import-zone"
_ZONE_ASKED = "zone_of_the_file"


def draw_currency(workspace: Workspace, error: PlanningError) -> None:
    """The click that counts in the currency of the file from now on, where it is all that stands in the way."""
    found = {problem.value for problem in error.problems if problem.field == ANOTHER_CURRENCY}
    if len(found) != 1 or any(problem.field != ANOTHER_CURRENCY for problem in error.problems):
        return
    code = str(found.pop())
    own = workspace.money.currency.code
    st.caption(
        plain(
            text(
                "Counting in {found} converts nothing: every amount that is here keeps its number and is written in {found}.",
                found=code,
            )
        )
    )
    st.button(
        str(text("Count in {found} instead of {own} from now on", found=code, own=own)),
        icon=":material/currency_exchange:",
        key=_CURRENCY,
        on_click=_once,
        args=(
            _CURRENCY,
            workspace.money.choose,
            code,
            text("Amounts are in {currency} now. Nothing was converted.", currency=code),
            ("what-if-team",),
        ),
    )


def draw_zone(workspace: Workspace, mapping: Mapping, imported: Imported) -> None:
    """The choice of the service's time zone, the one of the file first, where a finding says that nobody made it."""
    if all(finding.rule != _ZONE_ASKED for finding in imported.findings):
        return
    of_file = mapping.zone_of_days if mapping.kind.holds_contacts else mapping.zone_of_intervals
    offered = [*([of_file] if of_file is not None else []), *(zone for zone in zones() if zone != of_file)]
    with st.form(_ZONE, border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(_("Time zone of the service"), offered, key=f"{_ZONE}-chosen", width=260, help=hint("clock_zone"))
        st.form_submit_button(
            _("Use this time zone"), icon=":material/schedule:", key=f"{_ZONE}-save", on_click=_choose_zone, args=(workspace,)
        )


def _choose_zone(workspace: Workspace) -> None:
    zone = str(session.widget_value(f"{_ZONE}-chosen"))
    _once(_ZONE, workspace.clock.choose_zone, zone, text("Days begin in {zone} now.", zone=zone))


def _once(form: str, act: Callable[..., Any], value: str, done: Text, forget: Sequence[str] = ()) -> None:
    try:
        act(value, save=session.save(form))
    except PlanningError as error:
        session.say(error)
        return
    session.finish_form(form)
    for name in forget:
        session.forget_widgets(name)
    keep_confirmation(done)
