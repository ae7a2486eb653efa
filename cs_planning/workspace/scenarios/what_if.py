"""The use cases of the what-if: the operation as it is, scenarios on it, and what they do to goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from cs_planning.automation.answers.what_matters import Result, TotalEffect, total_effects
from cs_planning.automation.levers.registry import Lever
from cs_planning.automation.scenarios.outcome import Comparison
from cs_planning.automation.scenarios.scenario import Scenario, simulate
from cs_planning.automation.scenarios.summary import windows_of
from cs_planning.automation.team.operation import Operation
from cs_planning.errors import NothingYet
from cs_planning.goals.goal import Goal
from cs_planning.language import text
from cs_planning.notebook.blocks.block import Chart
from cs_planning.notebook.cells.sliders import moved_scenario
from cs_planning.notebook.sources import Frontier, ScenarioComparison
from cs_planning.storage import Store
from cs_planning.workspace.goals.planning import Planning
from cs_planning.workspace.scenarios.data.call_checks import CallLog, OperationOfCalls, operation_of_calls
from cs_planning.workspace.scenarios.data.team_data import TeamData
from cs_planning.workspace.scenarios.kept.kept_scenarios import KeptScenarios, SavedScenario
from cs_planning.workspace.scenarios.reality.against_reality import Reality, against_reality, promised
from cs_planning.workspace.scenarios.told.absent_channels import refuse_absent_channels, why_not_computed, working
from cs_planning.workspace.scenarios.told.figures import assumption_of, figures_of, frontier_of, tornado_of
from cs_planning.workspace.scenarios.told.goals_moved import GoalsMoved
from cs_planning.workspace.scenarios.told.prices import priced
from cs_planning.workspace.scenarios.told.usual import usual_words

_DRAWS = 1024


class WhatIf:
    """The operation and the scenarios of a workspace."""

    def __init__(self, store: Store, planning: Planning, contact_folder: Path) -> None:
        self.kept = KeptScenarios(store)
        self._store = store
        self.data = TeamData(store, self.kept, contact_folder)
        self.goals = GoalsMoved(store, planning, self.kept, self.data, self.simulated)
        self._simulated = lru_cache(maxsize=64)(self._simulate)
        self._frontier = lru_cache(maxsize=64)(self._load_frontier)
        self._tornado = lru_cache(maxsize=64)(tornado_of)
        self._effects = lru_cache(maxsize=16)(total_effects)
        self._reality = lru_cache(maxsize=16)(self._load_reality)

    def operation(self) -> Operation | None:
        """The team as it is; `None` until somebody has described it."""
        return self.kept.operation()

    def described(self) -> Operation:
        """The team as it is.

        Raises:
            NothingYet: nobody has described it yet.
        """
        operation = self.operation()
        if operation is None:
            raise NothingYet(text("Nobody has described the team yet."), text("Describe it on the What-if page and keep it."))
        return operation

    def scenarios(self) -> tuple[SavedScenario, ...]:
        """The scenarios that are kept, by their age."""
        return self.kept.all()

    def scenario(self, id: str) -> SavedScenario:
        """One scenario.

        Raises:
            NotFound: there is none with this id.
        """
        return self.kept.one(id)

    def simulated(self, operation: Operation, *scenarios: Scenario) -> Comparison:
        """What scenarios come to with their ranges, "as is" first; quick enough for a slider."""
        return self._simulated(operation, scenarios)

    def reality(self, kept: SavedScenario, today: date) -> Reality | None:
        """A kept scenario beside the imported KPIs since its start; `None` where it has no start or nobody described a team.

        Args:
            kept: as it was opened.
            today: months that begin after it are still to come.
        """
        return self._reality(self._store.changes.data_version(), kept, today)

    def comparison(self, goal: Goal | None, ids: Sequence[str], today: date, moved: Sequence[Lever] = ()) -> ScenarioComparison:
        """Scenarios against the team as it is, for a goal page; all kept ones when none is named.

        With moved levers, the scenario of the sliders comes last: the first one named, with these levers in it.

        Raises:
            NotFound: nobody has described the team, or a scenario is gone.
            InvalidOperation: none of them can be computed, since their levers are for channels that the team does not have.
        """
        operation = self.described()
        named = tuple(self.scenario(wanted).scenario for wanted in ids) or tuple(one.scenario for one in self.scenarios())
        if moved:
            named = (*named, moved_scenario(named[0] if ids else None, moved))
        named = tuple(priced(one, operation) for one in named)
        refused = [why for one in named if (why := why_not_computed(one, operation)) is not None]
        kept = tuple(one for one in named if why_not_computed(one, operation) is None)
        if refused and not kept:
            refuse_absent_channels(named[0], operation)
        outcomes = self._simulated(operation, kept).outcomes
        probabilities: list[float] = []
        if goal is not None:
            for scenario in kept:
                pair = self.goals.probabilities(operation, scenario, goal, today)
                if pair is not None:
                    probabilities = [*(probabilities or [pair[0]]), pair[1]]
        if len(probabilities) != len(outcomes):
            probabilities = []
        usual = usual_words(operation)
        said = [words for outcome in outcomes for words in (*windows_of(outcome), *outcome.warnings)]
        warnings = {str(words): words for words in said}
        return ScenarioComparison(
            figures=figures_of(operation, outcomes),
            probabilities=tuple(probabilities),
            assumptions=(
                *refused,
                assumption_of(operation),
                *self.data.unlike(operation, outcomes[0]),
                *([usual] if usual is not None else ()),
                *warnings.values(),
            ),
        )

    def frontier(self, scenario: str, moved: Sequence[Lever] = ()) -> Frontier:
        """What a better response costs over staffing, as it is and with a kept scenario, changed by levers that were moved.

        Raises:
            NotFound: nobody has described the team, or the scenario is gone.
            InvalidOperation: a lever is for a channel that the team does not have.
        """
        kept = self.scenario(scenario).scenario if scenario else None
        shown = moved_scenario(kept, moved) if moved else kept
        operation = self.described()
        if shown is not None:
            shown = priced(shown, operation)
            refuse_absent_channels(shown, operation)
        return self.frontier_of(operation, shown)

    def frontier_of(self, operation: Operation, scenario: Scenario | None = None, channel: int | None = None) -> Frontier:
        """The same of an operation and a scenario that need not be kept, for one of its channels or all together."""
        return self._frontier(operation, scenario, channel)

    def what_matters(self, operation: Operation, scenario: Scenario, result: Result) -> Chart:
        """Which uncertain quantity moves a result most."""
        return self._tornado(operation, scenario, result)

    def total_effects(self, operation: Operation, scenario: Scenario, result: Result) -> tuple[TotalEffect, ...]:
        """How much of a result's uncertainty each quantity takes part in, all moved together; takes a moment."""
        return self._effects(operation, scenario, result)

    def operation_from_calls(self, log: CallLog, base: Operation, answer_within_seconds: float) -> OperationOfCalls:
        """The team with its telephone as a log of calls shows it; nothing is kept yet.

        Args:
            log: as `read_call_log` gives it.
            base: the team as described; its cost, its shrinkage and its other channels stay.
            answer_within_seconds: the time that the service level counts.

        Raises:
            InvalidOperation: the log holds too few calls.
        """
        return operation_of_calls(log, base, answer_within_seconds)

    def _load_frontier(self, operation: Operation, scenario: Scenario | None, channel: int | None) -> Frontier:
        found = self._simulated(operation, () if scenario is None or not scenario.levers else (scenario,))
        return frontier_of(operation, found, scenario, channel)

    def _load_reality(self, _version: int, kept: SavedScenario, today: date) -> Reality | None:
        version = promised(self.kept.history(kept.id))
        described = None if version is None else self.kept.operation_at(version.at)
        if version is None or described is None:
            return None
        judged = replace(version, scenario=priced(working(version.scenario, described[0]), described[0]))
        if not judged.scenario.levers:
            return None
        return against_reality(self._store, *described, judged, today, self.simulated)

    def _simulate(self, operation: Operation, scenarios: tuple[Scenario, ...]) -> Comparison:
        return simulate(operation, scenarios, draws=_DRAWS)
