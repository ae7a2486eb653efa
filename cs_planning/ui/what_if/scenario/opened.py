"""What the fields of the page were opened from: it stays with them, whatever another tab or person keeps meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.ui import session
from cs_planning.ui.parts.drawing import plain
from cs_planning.ui.what_if.scenario.levers import forget_levers, form_of
from cs_planning.ui.what_if.team.form import TEAM_OPENED, forget_team
from cs_planning.workspace import Workspace
from cs_planning.workspace.scenarios.kept.kept_scenarios import SavedScenario, SavedTeam


def open_scenario(newest: SavedScenario) -> SavedScenario:
    """The version of a scenario from which its fields were opened; where a newer one is kept that is said, with a way to it.

    Args:
        newest: as it is kept now.
    """
    name = f"{form_of(newest)}.opened"
    opened: SavedScenario = session.kept(name, newest)
    if opened.scenario == newest.scenario:
        opened = newest
    session.keep(name, opened)
    if opened.version != newest.version:
        told = text("“{name}” was kept anew since it was opened here: these are the older values.", name=newest.scenario.name)
        _draw_newer(plain(told), _("Open it as it is kept now"), f"{name}-anew", lambda: forget_levers(newest))
    return opened


def open_team(workspace: Workspace) -> SavedTeam:
    """The version of the team from which its fields were opened; where a newer one is kept that is said, with a way to it."""
    newest = workspace.what_if.kept.team()
    opened: SavedTeam = session.kept(TEAM_OPENED, newest)
    if opened.operation == newest.operation:
        opened = newest
    session.keep(TEAM_OPENED, opened)
    if opened.version != newest.version:
        told = _("The team was changed since it was opened here: what you see is computed for the team as it was.")
        _draw_newer(told, _("Open the team as it is kept now"), f"{TEAM_OPENED}-anew", forget_team)
    return opened


def _draw_newer(told: str, offer: str, key: str, anew: Callable[[], None]) -> None:
    st.warning(told, icon=":material/sync_problem:")
    st.button(offer, icon=":material/refresh:", key=key, on_click=anew)
