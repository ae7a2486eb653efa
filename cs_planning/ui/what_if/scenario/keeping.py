"""Keeping a scenario: as a new one or in the place of what was opened, with its history and the way back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.team.operation import Operation
from cs_planning.errors import PlanningError
from cs_planning.language import Moment, text
from cs_planning.language import gettext as _
from cs_planning.ui import session, shell
from cs_planning.ui.parts.drawing import draw_error, plain
from cs_planning.ui.what_if.scenario.levers import forget_levers
from cs_planning.ui.what_if.team.form import forget_team
from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.scenarios.kept import SavedScenario

_FORM = "what-if"
_SAVED = "what-if.saved"
_SHOWN = 20
OPENED = "what-if.opened"
"""Under this name the session keeps the id of the scenario to open in the next run."""


def draw_keeping(workspace: Workspace, operation: Operation, scenario: Scenario, chosen: SavedScenario | None) -> None:
    """The buttons that keep a scenario, what was kept, and below them its history.

    Args:
        workspace: keeps it.
        operation: the team that it was tried on, kept with it.
        scenario: as it stands on the page.
        chosen: the kept one that it was started from.
    """
    kept = workspace.what_if.kept
    renamed = chosen is not None and chosen.scenario.name != scenario.name
    with st.container(horizontal=True, vertical_alignment="center", key="what-if-saving"):
        if chosen is not None and st.button(
            plain(text("Rename “{name}” and update it", name=chosen.scenario.name) if renamed else _("Update")),
            type="secondary" if renamed else "primary",
            icon=":material/save:",
            key="what-if-update",
        ):
            keep_scenario(lambda save: kept.update(chosen, scenario, operation, save=save), chosen)
        if st.button(
            _("Save as new"),
            type="primary" if chosen is None or renamed else "secondary",
            icon=":material/save_as:",
            key="what-if-save-new",
        ):
            keep_scenario(lambda save: kept.save_new(scenario, operation, save=save), chosen)
        st.page_link(shell.COMPARE, label=_("Compare scenarios"), icon=":material/compare_arrows:")
    told = session.kept(_SAVED)
    if told:
        session.forget(_SAVED)
        st.success(plain(text("“{name}” is kept. Goal pages can show it.", name=told)), icon=":material/check_circle:")
    if chosen is not None:
        _draw_history(workspace, chosen)


def keep_scenario(act: Callable[[Save], SavedScenario], chosen: SavedScenario | None) -> None:
    """Keeps a scenario by `act` and opens what was kept in the next run.

    Args:
        act: what keeps it.
        chosen: the kept one that it was started from.
    """
    try:
        kept = act(session.save(_FORM))
    except PlanningError as error:
        session.finish_form(_FORM)
        draw_error(error)
        return
    session.finish_form(_FORM)
    forget_levers(chosen)
    forget_team()
    session.keep(_SAVED, kept.scenario.name)
    session.keep(OPENED, kept.id)
    st.rerun()


def _draw_history(workspace: Workspace, chosen: SavedScenario) -> None:
    box = st.expander(_("History of this scenario"), icon=":material/history:", key="what-if-history", on_change="rerun")
    if not box.open:
        return
    with box:
        for number, one in enumerate(workspace.what_if.kept.history(chosen.id)[:_SHOWN]):
            with st.container(horizontal=True, vertical_alignment="center", key=f"what-if-version-{one.version}"):
                said = text("{moment}, {who}", moment=Moment(at=one.at), who=one.by)
                first = one.version == 1
                changes = [plain(words) for words in one.changes] or [_("First version") if first else _("Saved unchanged")]
                st.markdown(f"**{plain(said)}**  \n" + "  \n".join(changes), width="stretch")
                if number and st.button(_("Bring this back"), icon=":material/undo:", key=f"what-if-restore-{one.version}"):
                    _bring_back(workspace, chosen, one.version)


def _bring_back(workspace: Workspace, chosen: SavedScenario, version: int) -> None:
    keep_scenario(lambda save: workspace.what_if.kept.bring_back(chosen, version, save=save), chosen)
