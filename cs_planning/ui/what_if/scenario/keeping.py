"""Keeping a scenario: as a new one or in the place of what was opened, with its history and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.team.operation import Operation
from cs_planning.errors import PlanningError
from cs_planning.language import Moment, ntext, text
from cs_planning.language import gettext as _
from cs_planning.ui import session, shell
from cs_planning.ui.parts.drawing import draw_error, plain
from cs_planning.ui.what_if.scenario.levers import forget_levers
from cs_planning.ui.what_if.team.form import forget_team
from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.scenarios.kept.kept_scenarios import SavedScenario, SavedTeam, ScenarioRevision, TeamRevision

_FORM = "what-if"
_SAVED = "what-if.saved"
_SHOWN = 20
OPENED = "what-if.opened"
"""Under this name the session keeps the id of the scenario to open in the next run."""
NOTHING = ""
"""In its place, where none is to be open."""


@dataclass(frozen=True)
class ScenarioForm:
    """What is to be kept, and what it was opened from.

    Attributes:
        operation: the team that the scenario was tried on, kept with it where it was changed.
        opened: the team as it was opened.
        scenario: as it stands on the page.
        chosen: the kept one that it was started from, as it was opened.
    """

    operation: Operation
    opened: SavedTeam
    scenario: Scenario
    chosen: SavedScenario | None


def draw_keeping(workspace: Workspace, form: ScenarioForm) -> None:
    """The buttons that keep a scenario, what was kept, and below them its history."""
    kept = workspace.what_if.kept
    operation, scenario, chosen = form.operation, form.scenario, form.chosen
    renamed = chosen is not None and chosen.scenario.name != scenario.name
    with st.container(horizontal=True, vertical_alignment="center", key="what-if-saving"):
        if chosen is not None and st.button(
            plain(text("Rename “{name}” and update it", name=chosen.scenario.name) if renamed else _("Update")),
            type="secondary" if renamed else "primary",
            icon=":material/save:",
            key="what-if-update",
        ):
            keep_scenario(
                lambda save: kept.update(chosen, scenario, operation, opened=form.opened, save=save), chosen, with_team=True
            )
        if st.button(
            _("Save as new"),
            type="primary" if chosen is None or renamed else "secondary",
            icon=":material/save_as:",
            key="what-if-save-new",
        ):
            keep_scenario(
                lambda save: kept.save_new(scenario, operation, opened=form.opened, save=save), chosen, with_team=True
            )
        if chosen is not None and st.button(_("Put away"), type="tertiary", icon=":material/archive:", key="what-if-put-away"):
            _put_away(workspace, chosen)
        st.page_link(shell.COMPARE, label=_("Compare scenarios"), icon=":material/compare_arrows:")
    told = session.kept(_SAVED)
    if told:
        session.forget(_SAVED)
        st.success(plain(text("“{name}” is kept. Goal pages can show it.", name=told)), icon=":material/check_circle:")
    if chosen is not None:
        _draw_history(workspace, chosen)
    draw_put_away(workspace)


def keep_scenario(act: Callable[[Save], SavedScenario], chosen: SavedScenario | None, *, with_team: bool = False) -> None:
    """Keeps a scenario by `act` and opens what was kept in the next run.

    Args:
        act: what keeps it.
        chosen: the kept one that it was started from.
        with_team: the team of the form was kept with it.
    """
    try:
        kept = act(session.save(_FORM))
    except PlanningError as error:
        session.finish_form(_FORM)
        draw_error(error)
        return
    session.finish_form(_FORM)
    forget_levers(chosen)
    if with_team:
        forget_team()
    session.keep(_SAVED, kept.scenario.name)
    session.keep(OPENED, kept.id)
    st.rerun()


def _put_away(workspace: Workspace, chosen: SavedScenario) -> None:
    try:
        workspace.what_if.kept.put_away(chosen, save=session.save(_FORM))
    except PlanningError as error:
        session.finish_form(_FORM)
        draw_error(error)
        return
    session.finish_form(_FORM)
    forget_levers(chosen)
    session.keep(OPENED, NOTHING)
    st.rerun()


def draw_put_away(workspace: Workspace) -> None:
    """The scenarios that were put away, each with the way back."""
    away = workspace.what_if.kept.put_away_ones()
    if not away:
        return
    said = ntext("{count} scenario put away", "{count} scenarios put away", len(away))
    with st.expander(str(said), icon=":material/archive:", type="compact", key="what-if-away"):
        for one in away:
            with st.container(horizontal=True, vertical_alignment="center", key=f"what-if-away-{one.id}"):
                st.markdown(plain(one.scenario.name), width="stretch")
                if st.button(_("Bring it back"), icon=":material/unarchive:", key=f"what-if-take-back-{one.id}"):
                    _take_back(workspace, one)


def _take_back(workspace: Workspace, one: SavedScenario) -> None:
    keep_scenario(lambda save: workspace.what_if.kept.take_back(one, save=save), one)


def _draw_history(workspace: Workspace, chosen: SavedScenario) -> None:
    box = st.expander(_("History of this scenario"), icon=":material/history:", key="what-if-history", on_change="rerun")
    if not box.open:
        return
    with box:
        kept = workspace.what_if.kept
        saves = kept.history(chosen.id)
        own = {(one.at, one.by) for one in saves}
        beside = [one for one in kept.team_history() if (one.at, one.by) not in own and one.at > saves[-1].at]
        rows: list[ScenarioRevision | TeamRevision] = [*saves, *beside]
        for one in sorted(rows, key=lambda one: one.at, reverse=True)[:_SHOWN]:
            if isinstance(one, TeamRevision):
                _draw_team_save(one)
            else:
                _draw_save(workspace, chosen, one, newest=one is saves[0])


def _draw_save(workspace: Workspace, chosen: SavedScenario, one: ScenarioRevision, *, newest: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"what-if-version-{one.version}"):
        said = text("{moment}, {who}", moment=Moment(at=session.here(one.at)), who=session.named(one.by))
        first = one.version == 1
        changes = [plain(words) for words in one.changes] or [_("First version") if first else _("Saved unchanged")]
        st.markdown(f"**{plain(said)}**  \n" + "  \n".join(changes), width="stretch")
        if not newest and st.button(_("Bring this back"), icon=":material/undo:", key=f"what-if-restore-{one.version}"):
            _bring_back(workspace, chosen, one.version)


def _draw_team_save(one: TeamRevision) -> None:
    """A change of the team that was kept by itself or with another scenario: it moved this one's numbers too."""
    said = text("{moment}, {who}", moment=Moment(at=session.here(one.at)), who=session.named(one.by))
    st.markdown(f"**{plain(said)}**  \n" + "  \n".join(plain(words) for words in one.changes))


def _bring_back(workspace: Workspace, chosen: SavedScenario, version: int) -> None:
    keep_scenario(lambda save: workspace.what_if.kept.bring_back(chosen, version, save=save), chosen)
