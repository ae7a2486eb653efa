"""Why a probability moved between two dates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.forecasting.achievability import assess
from cs_planning.forecasting.effects import Effect, with_effects
from cs_planning.forecasting.events import Event
from cs_planning.forecasting.forecast import Question
from cs_planning.forecasting.history import read_history
from cs_planning.forecasting.models import forecast
from cs_planning.kpis.series import KpiSeries


@dataclass(frozen=True)
class Standpoint:
    """What was known and wanted on a date.

    Attributes:
        series: the history of that date.
        question, target: the goal of that date, the target in the KPI's unit.
        effects: the scenario of that date.
        events: the marked periods of that date.
        today: for leaving out an unfinished last period.
    """

    series: KpiSeries
    question: Question
    target: float
    effects: tuple[Effect, ...] = ()
    events: tuple[Event, ...] = ()
    today: date | None = None


@dataclass(frozen=True)
class Change:
    """A change of probability and its parts, which add up to it exactly.

    Attributes:
        before, after: the two probabilities.
        passed_time: what waiting did, had the KPI moved as was expected.
        new_data: what the data did that differ from the expectation, and events marked since.
        changed_target: what another target, measure or deadline did.
        changed_scenario: what other effects did.
    """

    before: float
    after: float
    passed_time: float
    new_data: float
    changed_target: float
    changed_scenario: float

    @property
    def total(self) -> float:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True)
class _State:
    series: KpiSeries
    goal: Standpoint
    scenario: Standpoint
    events: tuple[Event, ...] = field(default=())
    today: date | None = None

    def probability(self, seed: int) -> float:
        last = self.goal.question.last
        future = forecast(self.series, last, seed=seed, today=self.today, events=self.events)
        return assess(with_effects(future, self.scenario.effects), self.goal.question, self.goal.target).probability


def explain_change(before: Standpoint, after: Standpoint, *, seed: int = 0) -> Change:
    """Splits the change of a probability into its causes, by changing one after the other.

    Args:
        before, after: standpoints on the same series; the deadlines of both lie after both histories.
        seed: of the random numbers, the same for every step.

    Raises:
        CannotForecast: one of the histories is too short or already past a deadline.

    Assumptions: the order is time, data, target, scenario; another order would share joint influences out differently.
    """
    expected = _with_expected_periods(before, after, seed)
    states = (
        _State(before.series, before, before, before.events, before.today),
        _State(expected, before, before, before.events, after.today),
        _State(after.series, before, before, after.events, after.today),
        _State(after.series, after, before, after.events, after.today),
        _State(after.series, after, after, after.events, after.today),
    )
    chances = [state.probability(seed) for state in states]
    passed_time, new_data, changed_target, changed_scenario = np.diff(chances).tolist()
    return Change(chances[0], chances[-1], passed_time, new_data, changed_target, changed_scenario)


def _with_expected_periods(before: Standpoint, after: Standpoint, seed: int) -> KpiSeries:
    """The earlier history, its missing newer periods filled with what was expected of them then."""
    known = read_history(before.series, before.today).series
    last = after.series.last_period
    if last <= known.last_period:
        return known
    future = forecast(before.series, last, seed=seed, today=before.today, events=before.events)
    middle = pd.Series(np.median(future.paths, axis=0), index=future.periods)
    sizes = after.series.frame.set_index("period")["sample_size"].reindex(future.periods)
    filled = pd.DataFrame(
        {
            "series": str(before.series.key),
            "period": future.periods,
            "value": middle.to_numpy(),
            "sample_size": sizes.to_numpy(),
        }
    )
    frame = pd.concat([future.series.frame, filled], ignore_index=True)
    return KpiSeries(before.series.key, before.series.kpi, before.series.frequency, frame)
