"""The use cases of the what-if: the operation as it is, scenarios on it, and what they do to goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from cs_planning.automation.answers.effects import COST_KPIS, MOVED_KPIS, Need, NeededLever, effects_on, smallest_lever
from cs_planning.automation.answers.what_matters import Result, TotalEffect, total_effects
from cs_planning.automation.calibration.calibrate import Calibration, calibrate_operation, residual_of
from cs_planning.automation.calibration.fits import measured_parts
from cs_planning.automation.levers.lever import Lever
from cs_planning.automation.scenarios.outcome import Clock, Comparison, Outcome
from cs_planning.automation.scenarios.scenario import Scenario, simulate
from cs_planning.automation.team.measured import Measured, MeasuredPart
from cs_planning.automation.team.operation import Channel, ChannelKind, Operation
from cs_planning.errors import NothingYet, StorageUnavailable
from cs_planning.forecasting.answers.achievability import assess
from cs_planning.forecasting.answers.effects import Effect, with_effect
from cs_planning.goals.goal import Goal, Stage
from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.channels import channel_kind, same_channel
from cs_planning.kpis.contacts.log.arrivals import answered_by_hour, arrivals_by_hour
from cs_planning.kpis.contacts.log.kept_files import readable_files
from cs_planning.kpis.quantity import duration
from cs_planning.kpis.series import SeriesKey
from cs_planning.language import Text, listed, text
from cs_planning.notebook.blocks.block import Chart
from cs_planning.notebook.pages.page import Parameters
from cs_planning.notebook.pages.sliders import moved_levers, moved_scenario
from cs_planning.notebook.sources import Frontier, ScenarioComparison
from cs_planning.storage import Store
from cs_planning.workspace.data.contact_points import manifest_of
from cs_planning.workspace.goals.planning import Planning
from cs_planning.workspace.scenarios.call_checks import CallLog, OperationOfCalls, operation_of_calls
from cs_planning.workspace.scenarios.figures import assumption_of, figures_of, frontier_of, tornado_of
from cs_planning.workspace.scenarios.kept import KeptScenarios, SavedScenario
from cs_planning.workspace.scenarios.operation_data import (
    ChannelData,
    DraftedOperation,
    channel_data,
    channels_in,
    drafted_operation,
    found_channels,
    names_of,
)
from cs_planning.workspace.scenarios.reality import Reality, against_reality, promised
from cs_planning.workspace.scenarios.usual import usual_words

_DRAWS = 1024
_TIMES_APART, _LEAST_SECONDS_APART = 1.5, 10.0
"""By how much a wait differs from the measured one before it is said."""


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


class WhatIf:
    """The operation and the scenarios of a workspace."""

    def __init__(self, store: Store, planning: Planning, contact_folder: Path) -> None:
        self.kept = KeptScenarios(store)
        self._store = store
        self._contacts = contact_folder
        self._planning = planning
        self._simulated = lru_cache(maxsize=64)(self._simulate)
        self._frontier = lru_cache(maxsize=64)(self._load_frontier)
        self._tornado = lru_cache(maxsize=64)(tornado_of)
        self._fitted = lru_cache(maxsize=64)(calibrate_operation)
        self._residual = lru_cache(maxsize=64)(residual_of)
        self._parts = lru_cache(maxsize=64)(self._load_parts)
        self._found = lru_cache(maxsize=16)(lambda _version: found_channels(store))
        self._seen = lru_cache(maxsize=16)(lambda _version: channels_in(store))
        self._data = lru_cache(maxsize=64)(self._load_data)
        self._measured_channels = lru_cache(maxsize=64)(self._load_measured_channels)
        self._arrivals = lru_cache(maxsize=64)(self._load_arrivals)
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

    def data_of(self, channel: Channel) -> ChannelData:
        """What imported data say about a channel."""
        return self._data(self._store.changes.data_version(), self._names(channel), channel.kind is ChannelKind.PHONE)

    def day_of_week(self, channel: Channel) -> tuple[tuple[float, ...], ...] | None:
        """Mean contacts of a channel by weekday (Monday first) and hour, as imported contacts arrived; `None` without any."""
        return self._arrivals(self._store.changes.data_version(), self._names(channel))

    def drafted(self, currency: str, hours: OpeningHours | None = None) -> DraftedOperation:
        """A team described from its data and its opening hours, for those who have not described it yet."""
        found, _unknown = self._found(self._store.changes.data_version())
        first = next((one for one in found if one.kind is ChannelKind.PHONE), None)
        others = tuple(one for one in found if one is not first)
        if first is None:
            return drafted_operation(ChannelData(), currency, hours, others)
        return drafted_operation(first.data, currency, hours, others, first.name)

    def unknown_channels(self) -> tuple[str, ...]:
        """Names of channels in the data whose kind of waiting nobody knows, so that they are not taken."""
        return self._found(self._store.changes.data_version())[1]

    def parts_of_day(self, channel: Channel, answer_within_seconds: float) -> tuple[MeasuredPart, ...]:
        """The service level of a channel by part of the day, as imported contacts tell it; none where they don't."""
        return self._parts(self._store.changes.data_version(), self._names(channel), answer_within_seconds)

    def calibrated(
        self, operation: Operation, measured: Sequence[Measured | None]
    ) -> tuple[Operation, tuple[Calibration | None, ...]]:
        """The operation with each channel fitted to what was measured on it; as it is where nothing was.

        A channel that is kept as it was fitted to the same numbers is not fitted again: it has the same numbers everywhere.

        Args:
            operation: as described.
            measured: one for each channel.
        """
        kept = self.operation()
        found: list[Calibration | None] = []
        for number, seen in enumerate(measured):
            channel = operation.channels[number]
            if seen is None or channel.kind in {ChannelKind.EMAIL, ChannelKind.SELF_SERVICE}:
                found.append(None)
            elif kept is not None and channel in kept.channels and channel.calibrated_on == seen:
                found.append(self._residual(operation, seen, channel=number))
            else:
                operation, fit = self._fitted(operation, seen, channel=number)
                found.append(fit)
        return operation, tuple(found)

    def simulated(self, operation: Operation, *scenarios: Scenario) -> Comparison:
        """What scenarios come to with their ranges, "as is" first; quick enough for a slider."""
        return self._simulated(operation, scenarios)

    def unlike_data(self, operation: Operation, as_is: Outcome) -> tuple[Text, ...]:
        """Where the team as described waits quite otherwise than its data say, for each channel that is not calibrated.

        Args:
            operation: as described.
            as_is: what it comes to.
        """
        found = []
        for place, channel in enumerate(operation.channels):
            if not channel.has_people or channel.calibrated_on is not None:
                continue
            data = self.data_of(channel)
            in_writing = channel.kind is ChannelKind.EMAIL
            measured = data.first_response_seconds if in_writing else data.mean_wait_seconds
            model = as_is.response_seconds(Clock.HANDOVER, place).median
            if measured is None or abs(model - measured) < _LEAST_SECONDS_APART:
                continue
            if not 1 / _TIMES_APART <= (model + 1.0) / (measured + 1.0) <= _TIMES_APART:
                found.append(
                    text(
                        "{channel}: as described, customers wait {model}; your data say {measured}. Describe its people, "
                        "handle time and hours before you rely on these numbers.",
                        channel=channel.label(),
                        model=duration(model),
                        measured=duration(measured),
                    )
                )
        return tuple(found)

    def goal_effects(
        self, operation: Operation, scenario: Scenario, today: date, clock: Clock = Clock.HANDOVER
    ) -> tuple[GoalEffect, ...]:
        """What a scenario does to the probability of each goal on a KPI that it moves."""
        found = []
        for goal in self._judged():
            probabilities = self.probabilities(operation, scenario, goal, today, clock)
            if probabilities is not None:
                found.append(GoalEffect(goal, *probabilities))
        return tuple(found)

    def unmoved_goals(
        self, operation: Operation, scenario: Scenario, today: date, clock: Clock = Clock.HANDOVER
    ) -> tuple[UnmovedGoal, ...]:
        """The goals whose probability a scenario leaves as it is, each with the reason."""
        moved = {effect.goal.id for effect in self.goal_effects(operation, scenario, today, clock)}
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
        operation, moved = self.operation(), moved_levers(parameters)
        if operation is None or not (parameters.scenario or moved):
            return ()
        chosen = self.scenario(parameters.scenario).scenario if parameters.scenario else None
        scenario = moved_scenario(chosen, moved) if moved or chosen is None else chosen
        effect = self._effect(operation, scenario, key, today, Clock.HANDOVER)
        return (effect,) if effect is not None else ()

    def _effect(self, operation: Operation, scenario: Scenario, key: SeriesKey, today: date, clock: Clock) -> Effect | None:
        if not scenario.levers or not self._covers(operation, key):
            return None
        found = self._simulated(operation, (scenario,))
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
        """
        operation = self.described()
        kept = tuple(self.scenario(wanted).scenario for wanted in ids) or tuple(one.scenario for one in self.scenarios())
        if moved:
            kept = (*kept, moved_scenario(kept[0] if ids else None, moved))
        outcomes = self._simulated(operation, kept).outcomes
        probabilities: list[float] = []
        if goal is not None:
            for scenario in kept:
                pair = self.probabilities(operation, scenario, goal, today)
                if pair is not None:
                    probabilities = [*(probabilities or [pair[0]]), pair[1]]
        if len(probabilities) != len(outcomes):
            probabilities = []
        usual = usual_words(operation)
        warnings = dict.fromkeys(str(warning) for outcome in outcomes for warning in outcome.warnings)
        return ScenarioComparison(
            figures=figures_of(operation, outcomes),
            probabilities=tuple(probabilities),
            assumptions=(
                assumption_of(operation),
                *self.unlike_data(operation, outcomes[0]),
                *([usual] if usual is not None else ()),
                *warnings,
            ),
        )

    def frontier(self, scenario: str, moved: Sequence[Lever] = ()) -> Frontier:
        """What a better response costs over staffing, as it is and with a kept scenario, changed by levers that were moved.

        Raises:
            NotFound: nobody has described the team, or the scenario is gone.
        """
        kept = self.scenario(scenario).scenario if scenario else None
        return self.frontier_of(self.described(), moved_scenario(kept, moved) if moved else kept)

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

    def _covers(self, operation: Operation, key: SeriesKey) -> bool:
        """Whether the operation is what a series measures: its channel, or the whole where no channel beside it is measured."""
        channel = dict(key.scope).get("channel")
        if channel is not None:
            return channel.lower() in self._own_names(operation)
        return not self._beside(operation, key.kpi)

    def _own_names(self, operation: Operation) -> set[str]:
        return {name.lower() for channel in operation.channels for name in (channel.name, *self._names(channel)) if name}

    def _beside(self, operation: Operation, kpi: str) -> frozenset[str]:
        """The channels on which a KPI is measured and that the operation does not describe."""
        return self._measured_channels(self._store.changes.data_version(), kpi) - self._own_names(operation) - {""}

    def _load_frontier(self, operation: Operation, scenario: Scenario | None, channel: int | None) -> Frontier:
        found = self._simulated(operation, () if scenario is None or not scenario.levers else (scenario,))
        return frontier_of(operation, found, scenario, channel)

    def _load_measured_channels(self, _version: int, kpi: str) -> frozenset[str]:
        infos = self._store.points.list_series()
        return frozenset(dict(info.key.scope).get("channel", "").lower() for info in infos if info.key.kpi == kpi)

    def _names(self, channel: Channel) -> tuple[str, ...]:
        return names_of(channel, self._seen(self._store.changes.data_version()))

    def _load_data(self, _version: int, names: tuple[str, ...], on_calls: bool) -> ChannelData:
        return channel_data(self._store, names, on_calls=on_calls)

    def _load_arrivals(self, _version: int, names: tuple[str, ...]) -> tuple[tuple[float, ...], ...] | None:
        try:
            found = arrivals_by_hour(self._contact_files(), names)
        except StorageUnavailable:
            return None  # the hours are an offer; whoever imports is told that files are gone
        return None if found is None else tuple(tuple(float(mean) for mean in row) for row in found)

    def _load_parts(self, _version: int, names: tuple[str, ...], within: float) -> tuple[MeasuredPart, ...]:
        try:
            found = answered_by_hour(self._contact_files(), names, within)
        except StorageUnavailable:
            return ()  # as above
        return () if found is None else measured_parts(*found)

    def _contact_files(self) -> list[Path]:
        folders = {self._contacts / log.id: manifest_of(log) for log in self._store.contact_logs.list()}
        return [path for folder, log in folders.items() for path in readable_files(folder, log)[0].paths(folder)]

    def _load_reality(self, _version: int, kept: SavedScenario, today: date) -> Reality | None:
        version = promised(self.kept.history(kept.id))
        described = None if version is None else self.kept.operation_at(version.at)
        if version is None or described is None:
            return None
        return against_reality(self._store, *described, version, today, self.simulated)

    def _simulate(self, operation: Operation, scenarios: tuple[Scenario, ...]) -> Comparison:
        return simulate(operation, scenarios, draws=_DRAWS)


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
