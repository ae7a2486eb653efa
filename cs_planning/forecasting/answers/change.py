"""Why a probability moved between two dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.forecasting.answers.achievability import assess
from cs_planning.forecasting.answers.effects import Effect, with_effects
from cs_planning.forecasting.evidence.events import Event
from cs_planning.forecasting.evidence.history import read_history
from cs_planning.forecasting.forecast import Question
from cs_planning.forecasting.models.paths import forecast
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
        days: the same KPI by day as it was known then, to complete that period.
        place: country whose public holidays daily values and volumes know.
    """

    series: KpiSeries
    question: Question
    target: float
    effects: tuple[Effect, ...] = ()
    events: tuple[Event, ...] = ()
    today: date | None = None
    days: KpiSeries | None = None
    place: str = ""


@dataclass(frozen=True)
class ProbabilityChange:
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
    data: Standpoint
    goal: Standpoint
    scenario: Standpoint

    def probability(self, seed: int) -> float:
        known = self.data
        future = forecast(
            known.series,
            self.goal.question.last,
            seed=seed,
            today=known.today,
            events=known.events,
            place=known.place,
            days=known.days,
        )
        return assess(with_effects(future, self.scenario.effects), self.goal.question, self.goal.target).probability


def explain_change(before: Standpoint, after: Standpoint, *, seed: int = 0) -> ProbabilityChange:
    """Splits the change of a probability into its causes, by changing one after the other.

    Args:
        before, after: standpoints on the same series; the deadlines of both lie after both histories.
        seed: of the random numbers, the same for every step.

    Raises:
        CannotForecast: one of the histories is too short or already past a deadline.

    Assumptions: the order is time, data, target, scenario; another order would share joint influences out differently.
    """
    series = _with_expected_periods(before, before.series, after.series, seed, before.days)
    days = before.days
    if days is not None and after.days is not None:
        days = _with_expected_periods(before, days, after.days, seed)
    waited = replace(before, series=series, days=days, today=after.today)
    states = (
        _State(before, before, before),
        _State(waited, before, before),
        _State(after, before, before),
        _State(after, after, before),
        _State(after, after, after),
    )
    chances = [state.probability(seed) for state in states]
    passed_time, new_data, changed_target, changed_scenario = np.diff(chances).tolist()
    return ProbabilityChange(chances[0], chances[-1], passed_time, new_data, changed_target, changed_scenario)


def _with_expected_periods(
    before: Standpoint, earlier: KpiSeries, later: KpiSeries, seed: int, days: KpiSeries | None = None
) -> KpiSeries:
    """The earlier history of a series, the periods that came since filled with what was expected of them then."""
    known = read_history(earlier, before.today).series
    last = later.last_period
    if last <= known.last_period:
        return known
    future = forecast(earlier, last, seed=seed, today=before.today, events=before.events, place=before.place, days=days)
    sizes = later.frame.set_index("period")["sample_size"].reindex(future.periods)
    filled = pd.DataFrame(
        {
            "series": str(earlier.key),
            "period": future.periods,
            "value": np.median(future.paths, axis=0),
            "sample_size": sizes.to_numpy(),
        }
    )
    frame = pd.concat([future.series.frame, filled], ignore_index=True)
    return KpiSeries(earlier.key, earlier.kpi, earlier.rhythm, frame)
