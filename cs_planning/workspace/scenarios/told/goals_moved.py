"""What a scenario does to the goals of a team: which it moves and by how much, which not and why, and what it would take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cs_planning.automation.answers.effects import COST_KPIS, MOVED_KPIS, Need, NeededLever, effects_on, smallest_lever
from cs_planning.automation.scenarios.outcome import Clock, Comparison
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.team.operation import Operation
from cs_planning.forecasting.answers.achievability import assess
from cs_planning.forecasting.answers.effects import Effect, with_effect
from cs_planning.goals.goal import Goal, Stage
from cs_planning.kpis.channels import channel_kind, same_channel
from cs_planning.kpis.series import SeriesKey
from cs_planning.language import Text, listed, text
from cs_planning.notebook.cells.page_head import Parameters
from cs_planning.notebook.cells.sliders import moved_levers, moved_scenario
from cs_planning.storage import Store
from cs_planning.workspace.goals.planning import Planning
from cs_planning.workspace.scenarios.data.team_data import TeamData
from cs_planning.workspace.scenarios.kept.kept_scenarios import KeptScenarios
from cs_planning.workspace.scenarios.told.absent_channels import refuse_absent_channels
from cs_planning.workspace.scenarios.told.prices import priced

Simulated = Callable[[Operation, Scenario], Comparison]


@dataclass(frozen=True)
class GoalEffect:
    """The probability of a goal without and with a scenario, 0…1."""

    goal: Goal
    before: float
    after: float


@dataclass(frozen=True)
class UnmovedGoal:
    """A goal that a scenario does not move, and why."""

    goal: Goal
    reason: Text


class GoalsMoved:
    """The goals of a workspace beside its scenarios."""

    def __init__(self, store: Store, planning: Planning, kept: KeptScenarios, data: TeamData, simulated: Simulated) -> None:
        self._store = store
        self._planning = planning
        self._kept = kept
        self._data = data
        self._simulated = simulated
        self._measured_channels = lru_cache(maxsize=64)(self._load_measured_channels)

    def effects(
        self, operation: Operation, scenario: Scenario, today: date, clock: Clock = Clock.HANDOVER
    ) -> tuple[GoalEffect, ...]:
        """What a scenario does to the probability of each goal on a KPI that it moves."""
        found = []
        for goal in self._judged():
            probabilities = self.probabilities(operation, scenario, goal, today, clock)
            if probabilities is not None:
                found.append(GoalEffect(goal, *probabilities))
        return tuple(found)

    def unmoved(
        self, operation: Operation, scenario: Scenario, today: date, clock: Clock = Clock.HANDOVER
    ) -> tuple[UnmovedGoal, ...]:
        """The goals whose probability a scenario leaves as it is, each with the reason."""
        moved = {effect.goal.id for effect in self.effects(operation, scenario, today, clock)}
        still = (goal for goal in self._judged() if goal.id not in moved)
        return tuple(UnmovedGoal(goal, self._why_unmoved(operation, goal, today)) for goal in still)

    def _judged(self) -> list[Goal]:
        goals = self._planning.goals()
        return [goal for goal in goals if goal.stage not in {Stage.CLOSED, Stage.ARCHIVED} and goal.primary is not None]

    def _why_unmoved(self, operation: Operation, goal: Goal, today: date) -> Text:
        outlook = self._planning.outlook(goal, today)
        if outlook.forecast is None or outlook.primary is None:
            return text("it has no probability of its own: {reason}", reason=outlook.no_number or text("there are no data"))
        key = outlook.forecast.series.key
        if key.kpi not in MOVED_KPIS:
            return text("its KPI comes from elsewhere: waits, times, service level, volume and cost are moved")
        if not self._covers(operation, key):
            channel = dict(key.scope).get("channel")
            others = self._beside(operation, key.kpi) if channel is None else {channel}
            return text("the team above is described without {channels}", channels=listed(sorted(others)))
        return text("this scenario leaves its channel as it is")

    def probabilities(
        self, operation: Operation, scenario: Scenario, goal: Goal, today: date, clock: Clock = Clock.HANDOVER
    ) -> tuple[float, float] | None:
        """The probability of a goal's primary target without and with a scenario; `None` when the scenario does not move it."""
        question, outlook = self._planning.question(goal), self._planning.outlook(goal, today)
        if question is None or outlook.forecast is None or outlook.primary is None or goal.primary is None:
            return None
        effect = self._effect(operation, scenario, outlook.forecast.series.key, today, clock)
        if effect is None:
            return None
        after = assess(with_effect(outlook.forecast, effect), question, goal.primary)
        return outlook.primary.probability, after.probability

    def effects_in(self, parameters: Parameters, key: SeriesKey, today: date) -> tuple[Effect, ...]:
        """What the scenario that a page shows, with its moved sliders, does to a KPI; none where nothing is chosen or moved."""
        operation, moved = self._kept.operation(), moved_levers(parameters)
        if operation is None or not (parameters.scenario or moved):
            return ()
        chosen = self._kept.one(parameters.scenario).scenario if parameters.scenario else None
        scenario = moved_scenario(chosen, moved) if moved or chosen is None else chosen
        scenario = priced(scenario, operation)
        refuse_absent_channels(scenario, operation)
        effect = self._effect(operation, scenario, key, today, Clock.HANDOVER)
        return (effect,) if effect is not None else ()

    def _effect(self, operation: Operation, scenario: Scenario, key: SeriesKey, today: date, clock: Clock) -> Effect | None:
        if not scenario.levers or not self._covers(operation, key):
            return None
        found = self._simulated(operation, scenario)
        return effects_on(found, scenario, key.kpi, today=today, clock=clock, channel=_place_of(operation, key))

    def smallest_levers(
        self, operation: Operation, scenario: Scenario, goal: Goal, today: date, clock: Clock = Clock.HANDOVER
    ) -> tuple[Need, ...]:
        """The smallest of each lever, added to a scenario, that makes a goal 80 % likely; takes a moment."""
        outlook = self._planning.outlook(goal, today)
        if outlook.primary is None:
            return ()
        without = outlook.primary.probability

        def probability_of(tried: Scenario) -> float:
            pair = self.probabilities(operation, tried, goal, today, clock)
            return without if pair is None else pair[1]

        key = outlook.forecast.series.key if outlook.forecast is not None else None
        place = None if key is None else _place_of(operation, key)
        one = () if place is None else (operation.channels[place].name or operation.channels[place].kind.value,)
        lean = key is not None and key.kpi in COST_KPIS
        staffed = [channel.agents_by_day().mean() for channel in operation.channels if channel.has_people]
        most = {NeededLever.AGENTS: max(float(min(staffed)) // 1 - 1, 1.0)} if lean else {}
        return tuple(
            smallest_lever(lever, scenario, probability_of, channels=one, fewer=lean, most=most.get(lever))
            for lever in NeededLever
        )

    def _covers(self, operation: Operation, key: SeriesKey) -> bool:
        """Whether the operation is what a series measures: its channel, or the whole where no channel beside it is measured."""
        channel = dict(key.scope).get("channel")
        if channel is not None:
            return channel.lower() in self._own_names(operation)
        return not self._beside(operation, key.kpi)

    def _own_names(self, operation: Operation) -> set[str]:
        return {name.lower() for channel in operation.channels for name in (channel.name, *self._data.names(channel)) if name}

    def _beside(self, operation: Operation, kpi: str) -> frozenset[str]:
        """The channels on which a KPI is measured and that the operation does not describe."""
        return self._measured_channels(self._store.changes.data_version(), kpi) - self._own_names(operation) - {""}

    def _load_measured_channels(self, _version: int, kpi: str) -> frozenset[str]:
        infos = self._store.points.list_series()
        return frozenset(dict(info.key.scope).get("channel", "").lower() for info in infos if info.key.kpi == kpi)


def _place_of(operation: Operation, key: SeriesKey) -> int | None:
    """Which channel a series measures: by its own name, then by the kind that its name tells; None for all together."""
    wanted = dict(key.scope).get("channel", "")
    if not wanted or len(operation.channels) < 2:
        return None
    for place, channel in enumerate(operation.channels):
        if channel.name and same_channel(channel.name, wanted):
            return place
    kind = channel_kind(wanted)
    return next((place for place, channel in enumerate(operation.channels) if channel.kind.value == kind), None)
