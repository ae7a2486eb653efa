"""The use cases of the what-if: the operation as it is, scenarios on it, and what they do to goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from cs_planning.automation.effects import effects_on
from cs_planning.automation.operation import Operation
from cs_planning.automation.outcome import Band, Comparison, Outcome
from cs_planning.automation.reading import read_model, read_operation
from cs_planning.automation.scenario import AS_IS, Scenario, point_outcome, simulate
from cs_planning.errors import NotFound
from cs_planning.forecasting.achievability import assess
from cs_planning.forecasting.effects import with_effect
from cs_planning.goals.goal import Goal, Stage
from cs_planning.kpis.catalogue import CATALOGUE, Aggregation, Better, Kpi, Unit
from cs_planning.kpis.series import SeriesKey
from cs_planning.language import Text, text
from cs_planning.notebook.outcome_charts import Bar, FrontierPoint
from cs_planning.notebook.sources import Frontier, ScenarioComparison, ScenarioFigure
from cs_planning.storage import Document, Store
from cs_planning.workspace.planning import Planning

_OPERATION, _SCENARIO, _TEAM = "operation", "scenario", "operation"
_DRAWS = 512
_FRONTIER_STEPS = (0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.2, 1.3)


@dataclass(frozen=True)
class SavedScenario:
    """A scenario that is kept."""

    id: str
    version: int
    scenario: Scenario


@dataclass(frozen=True)
class GoalEffect:
    """The probability of a goal without and with a scenario, 0…1."""

    goal: Goal
    before: float
    after: float


class WhatIf:
    """The operation and the scenarios of a workspace."""

    def __init__(self, store: Store, planning: Planning) -> None:
        self._store = store
        self._planning = planning
        self._point = lru_cache(maxsize=512)(point_outcome)
        self._simulated = lru_cache(maxsize=64)(self._simulate)

    def operation(self) -> Operation | None:
        """The team as it is; `None` until somebody has described it."""
        kept = self._store.list_documents(_OPERATION)
        return read_operation(kept[0].body) if kept else None

    def save_operation(self, operation: Operation, *, author: str, key: str, now: datetime) -> None:
        """Keeps the team as it is."""
        kept = self._store.list_documents(_OPERATION)
        document = Document(
            kind=_OPERATION,
            id=kept[0].id if kept else _TEAM,
            version=kept[0].version if kept else 0,
            title=operation.name,
            body=operation.model_dump_json(),
        )
        self._store.save_document(document, author=author, idempotency_key=key, now=now)

    def scenarios(self) -> tuple[SavedScenario, ...]:
        """The scenarios that are kept, by their age."""
        return tuple(
            SavedScenario(one.id, one.version, read_model(Scenario, one.body)) for one in self._store.list_documents(_SCENARIO)
        )

    def scenario(self, id: str) -> SavedScenario:
        """One scenario.

        Raises:
            NotFound: there is none with this id.
        """
        kept = self._store.load_document(_SCENARIO, id)
        return SavedScenario(kept.id, kept.version, read_model(Scenario, kept.body))

    def save_scenario(
        self, scenario: Scenario, *, author: str, key: str, now: datetime, replaces: SavedScenario | None = None
    ) -> SavedScenario:
        """Keeps a scenario, as a new one or in the place of another."""
        document = Document(
            kind=_SCENARIO,
            id=replaces.id if replaces else "",
            version=replaces.version if replaces else 0,
            title=scenario.name,
            body=scenario.model_dump_json(),
        )
        kept = self._store.save_document(document, author=author, idempotency_key=key, now=now)
        return SavedScenario(kept.id, kept.version, scenario)

    def outcome(self, operation: Operation, scenario: Scenario | None = None) -> Outcome:
        """What a scenario comes to at the likeliest values; quick enough for a slider."""
        return self._point(operation, scenario)

    def goal_effects(self, operation: Operation, scenario: Scenario, today: date) -> tuple[GoalEffect, ...]:
        """What a scenario does to the probability of each goal on a KPI that it moves."""
        found = []
        for goal in self._planning.goals():
            if goal.stage in {Stage.CLOSED, Stage.ARCHIVED} or goal.primary is None:
                continue
            probabilities = self.probabilities(operation, scenario, goal, today)
            if probabilities is not None:
                found.append(GoalEffect(goal, *probabilities))
        return tuple(found)

    def probabilities(self, operation: Operation, scenario: Scenario, goal: Goal, today: date) -> tuple[float, float] | None:
        """The probability of a goal's primary target without and with a scenario; `None` when the scenario does not move it."""
        question, outlook = self._planning.question(goal), self._planning.outlook(goal, today)
        if question is None or outlook.forecast is None or outlook.primary is None or goal.primary is None:
            return None
        key = outlook.forecast.series.key
        if not scenario.levers or not self._covers(operation, key):
            return None
        effect = effects_on(self._simulated(operation, (scenario,)), scenario, key.kpi, today=today)
        if effect is None:
            return None
        after = assess(with_effect(outlook.forecast, effect), question, goal.primary)
        return outlook.primary.probability, after.probability

    def comparison(self, goal: Goal | None, ids: Sequence[str], today: date) -> ScenarioComparison:
        """Scenarios against the team as it is, for a goal page; all kept ones when none is named.

        Raises:
            NotFound: nobody has described the team, or a scenario is gone.
        """
        operation = self._described()
        kept = tuple(self.scenario(wanted).scenario for wanted in ids) or tuple(one.scenario for one in self.scenarios())
        outcomes = self._simulated(operation, kept).outcomes
        probabilities: list[float] = []
        if goal is not None:
            for scenario in kept:
                pair = self.probabilities(operation, scenario, goal, today)
                if pair is not None:
                    probabilities = [*(probabilities or [pair[0]]), pair[1]]
        if len(probabilities) != len(outcomes):
            probabilities = []
        warnings = dict.fromkeys(str(warning) for outcome in outcomes for warning in outcome.warnings)
        return ScenarioComparison(
            figures=_figures(operation, outcomes),
            probabilities=tuple(probabilities),
            assumptions=(_assumption(operation), *warnings),
        )

    def frontier(self, scenario: str) -> Frontier:
        """What a better response costs over staffing, with a scenario or as it is.

        Raises:
            NotFound: nobody has described the team, or the scenario is gone.
        """
        operation = self._described()
        chosen = self.scenario(scenario).scenario if scenario else Scenario(name=AS_IS)
        points = []
        for step in _FRONTIER_STEPS:
            channels = tuple(
                channel.model_copy(
                    update={
                        "agents": None if channel.agents is None else channel.agents * step,
                        "agents_per_interval": tuple(tuple(a * step for a in row) for row in channel.agents_per_interval),
                    }
                )
                for channel in operation.channels
            )
            outcome = self.outcome(operation.model_copy(update={"channels": channels}), chosen)
            label = text("{percent} % staff", percent=round(100 * step))
            points.append(
                FrontierPoint(label, outcome.cost_per_month.median, outcome.mean_wait_seconds.median, leading=step == 1.0)
            )
        return Frontier(text("Mean wait (seconds)"), tuple(points), _WAIT, cost_kpi(operation))

    def _described(self) -> Operation:
        operation = self.operation()
        if operation is None:
            raise NotFound(text("Nobody has described the team yet."), text("Describe it on the What-if page and keep it."))
        return operation

    def _covers(self, operation: Operation, key: SeriesKey) -> bool:
        """Whether the operation is what a series measures: its channel, or the whole where no channel beside it is measured."""
        own = {name for channel in operation.channels for name in (channel.name.lower(), channel.kind.value) if name}
        channel = dict(key.scope).get("channel")
        if channel is not None:
            return channel.lower() in own
        measured = {
            dict(info.key.scope).get("channel", "").lower() for info in self._store.list_series() if info.key.kpi == key.kpi
        }
        return not measured - own - {""}

    def _simulate(self, operation: Operation, scenarios: tuple[Scenario, ...]) -> Comparison:
        return simulate(operation, scenarios, draws=_DRAWS)


_WAIT = CATALOGUE["asa_mean"]


def cost_kpi(operation: Operation) -> Kpi:
    """How a month's cost is written, in the operation's currency."""
    return CATALOGUE["service_cost"].model_copy(update={"currency": operation.currency})


def contact_cost_kpi(operation: Operation) -> Kpi:
    """How the cost of a contact is written, in the operation's currency."""
    return CATALOGUE["cost_per_contact"].model_copy(update={"currency": operation.currency})


def _figures(operation: Operation, outcomes: Sequence[Outcome]) -> tuple[ScenarioFigure, ...]:
    names = [text("As it is") if outcome.scenario == AS_IS else outcome.scenario for outcome in outcomes]

    def figure(name: str, title: Text, kpi: Kpi, bands: Sequence[Band], factor: float = 1.0) -> ScenarioFigure:
        bars = tuple(
            Bar(scenario, factor * band.median, factor * band.low, factor * band.high)
            for scenario, band in zip(names, bands, strict=True)
        )
        return ScenarioFigure(name, title, kpi, bars)

    handled = Kpi(
        id="contacts_handled",
        name=text("Contacts handled by people"),
        unit=Unit.COUNT,
        better=Better.CONTEXT,
        aggregation=Aggregation.SUM,
        formula=text("contacts a month that reach people"),
        lower=0,
    )
    return (
        figure("mean_wait", text("Mean wait (seconds)"), _WAIT, [one.mean_wait_seconds for one in outcomes]),
        figure("cost_per_month", text("Cost a month"), cost_kpi(operation), [one.cost_per_month for one in outcomes]),
        figure(
            "service_level", text("Service level (%)"), CATALOGUE["service_level"], [one.service_level for one in outcomes], 100
        ),
        figure(
            "abandonment_rate",
            text("Abandonment rate (%)"),
            CATALOGUE["abandonment_rate"],
            [one.abandonment_rate for one in outcomes],
            100,
        ),
        figure("occupancy", text("Occupancy (%)"), CATALOGUE["occupancy"], [one.occupancy for one in outcomes], 100),
        figure(
            "cost_per_contact",
            text("Cost per contact"),
            contact_cost_kpi(operation),
            [one.cost_per_contact for one in outcomes],
        ),
        figure(
            "contacts_handled", text("Contacts handled by people, a month"), handled, [one.contacts_handled for one in outcomes]
        ),
    )


def _assumption(operation: Operation) -> Text:
    return text(
        "Computed by queueing with impatient customers (Erlang A) for {name}; "
        "the ranges hold 80 of 100 draws of what is not known for certain.",
        name=operation.name or text("the team"),
    )
