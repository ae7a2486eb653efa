"""The use cases of the forecast: how likely, compared with what, how sure, what would be honest, why it moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from cs_planning.errors import CannotForecast, NotFound
from cs_planning.forecasting.answers.achievability import (
    SuggestedTargets,
    assess_measured,
    improvement_needed,
    required_path,
    suggested_targets,
)
from cs_planning.forecasting.answers.belief import Belief, belief_of
from cs_planning.forecasting.answers.change import ProbabilityChange, Standpoint, explain_change
from cs_planning.forecasting.answers.effects import Effect
from cs_planning.forecasting.answers.measures import measured
from cs_planning.forecasting.answers.track_record import Record
from cs_planning.forecasting.evidence.events import Event
from cs_planning.forecasting.forecast import Assessment, Forecast, Question
from cs_planning.forecasting.models.no_change import no_change
from cs_planning.forecasting.models.paths import forecast, second_opinion
from cs_planning.goals.goal import Goal
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import text
from cs_planning.storage import Store
from cs_planning.workspace.goals.planning import Planning

_KEPT = 64
FAR_APART = 0.2
"""Probabilities of two methods that differ by more than this call for care."""


@dataclass(frozen=True, eq=False)
class Look:
    """Everything about a question that does not depend on the target: moving the target computes none of it again.

    Attributes:
        question: what is asked.
        forecast: the futures behind the answer.
        draws: what they measure, shape (draws,).
        walk: the same if nothing changed.
        second: the futures of the independent standard method, and what they measure.
        unbroken: the draws when breaks and outliers are not looked for; `None` where none was found.
        unmarked: the draws when the marked events are forgotten; `None` where there is none.
        suggested: honest targets.
        past: how past forecasts did, as far ahead.
        today: the day of the question.
    """

    question: Question
    forecast: Forecast
    draws: np.ndarray
    walk: np.ndarray
    second: Forecast
    second_draws: np.ndarray
    unbroken: np.ndarray | None
    unmarked: np.ndarray | None
    suggested: SuggestedTargets
    past: Record
    today: date


@dataclass(frozen=True)
class Answer:
    """How likely one target is, and what other ways of looking say; probabilities 0…1.

    Attributes:
        own: the forecast's own assessment.
        belief: what is said of it.
        no_change: if the KPI went on from where it is by its usual steps.
        second: by the independent standard method.
        without_breaks, without_events: with breaks and outliers not looked for; with the marked events forgotten.
    """

    own: Assessment
    belief: Belief
    no_change: float
    second: float
    without_breaks: float | None
    without_events: float | None

    @property
    def methods_differ(self) -> bool:
        """Whether the two methods are far apart."""
        return abs(self.own.probability - self.second) > FAR_APART


class Forecasts:
    """Forecasts of a workspace, seen from all sides; kept in memory by the version of data and events."""

    def __init__(self, store: Store, planning: Planning) -> None:
        self._store = store
        self._planning = planning
        self._look = lru_cache(maxsize=_KEPT)(self._make_look)
        self._needed = lru_cache(maxsize=4 * _KEPT)(self._make_needed)
        self._change = lru_cache(maxsize=_KEPT)(self._make_change)

    def look(self, goal: Goal, today: date) -> Look:
        """All that can be said about what a goal asks, before a target is named.

        Raises:
            NotFound: its KPI was never imported.
            CannotForecast: there is no honest number; the error says why.
        """
        series, question = self._planning.asked(goal)
        events = self._planning.events.of(series)
        return self._look(self._version(), events, self._planning.place, series, goal.frequency, question, today)

    def answer(self, look: Look, target: float) -> Answer:
        """How likely a target is, by every way of looking; quick enough for a slider."""
        kpi = look.forecast.series.kpi

        def chance(draws: np.ndarray) -> float:
            return assess_measured(draws, look.question, target, kpi).probability

        own = assess_measured(look.draws, look.question, target, kpi)
        return Answer(
            own,
            belief_of(own, look.forecast, look.question, look.today, look.past),
            chance(look.walk),
            chance(look.second_draws),
            None if look.unbroken is None else chance(look.unbroken),
            None if look.unmarked is None else chance(look.unmarked),
        )

    def required_path(self, look: Look, target: float) -> pd.DataFrame:
        """The way to a target, columns `period` and `value`."""
        return required_path(look.forecast, look.question, target)

    def improvement_needed(self, look: Look, target: float) -> float:
        """The change a period, in the KPI's unit, that makes a target 80 % likely; infinite when none does."""
        return self._needed(look, target)

    def records(self, goal: Goal, today: date) -> tuple[Record, Record]:
        """How past forecasts of a goal's KPI did, as far ahead as its deadline: ours, and those of the second opinion.

        Raises:
            NotFound: its KPI was never imported.
            CannotForecast: it has no KPI or no deadline.
        """
        self._planning.asked(goal)
        own, second = self._planning.record(goal, today), self._planning.record(goal, today, method="second")
        if own is None or second is None:
            raise NotFound(
                text("There are no data for {series}.", series=goal.series or "–"), text("Import a file with this KPI.")
            )
        return own, second

    def why_moved(self, goal: Goal, since: date, today: date, effects: tuple[Effect, ...] = ()) -> ProbabilityChange:
        """Why the probability of a goal's target differs from the one on an earlier day.

        Args:
            goal: as it is now.
            since: the earlier day: the goal, its data and its events are taken as they were then.
            today: the later day.
            effects: what a scenario that is counted on now, and was not then, does to the KPI.

        Raises:
            NotFound: its KPI was never imported.
            CannotForecast: there was no number then, or there is none now.
        """
        series, question = self._planning.asked(goal)
        earlier = self._goal_on(goal, since)
        if earlier.series != goal.series or earlier.frequency is not goal.frequency:
            raise CannotForecast(
                text("The goal was on another KPI then, so that the probabilities can’t be compared."),
                text("Choose a later day."),
            )
        then = self._planning.question(earlier)
        if goal.primary is None or earlier.primary is None or then is None:
            raise CannotForecast(text("The goal had no target or no deadline then."), text("Choose a later day."))
        self._planning.forecast(series, goal.frequency, question.last, today)
        events = self._planning.events
        return self._change(
            self._version(),
            self._planning.place,
            series,
            goal.frequency,
            (then, earlier.primary, events.of(series, since), since),
            (question, goal.primary, events.of(series), today),
            effects,
        )

    def first_day(self, goal: Goal) -> date | None:
        """The day on which a goal was first saved; `None` for one that never was."""
        saves = self._planning.history(goal.id) if goal.id else ()
        return min((save.at.date() for save in saves), default=None)

    def _version(self) -> int:
        return self._store.changes.data_version()

    def _goal_on(self, goal: Goal, day: date) -> Goal:
        saves = sorted(self._planning.history(goal.id), key=lambda save: save.at)
        known = [save.after for save in saves if save.at.date() <= day]
        return known[-1] if known else saves[0].after if saves else goal

    def _make_look(
        self,
        _version: int,
        events: tuple[Event, ...],
        place: str,
        key: str,
        frequency: Frequency,
        question: Question,
        today: date,
    ) -> Look:
        series, days = self._store.points.load_series(key, frequency), self._planning.days_of(key, frequency)
        made = self._planning.forecast(key, frequency, question.last, today)

        def made_by(method: Callable[..., Forecast], marked: tuple[Event, ...] = events, **options: bool) -> Forecast:
            return method(series, question.last, today=today, events=marked, place=place, days=days, **options)

        second = made_by(second_opinion)
        broken = any(note.kind in {"break", "outlier"} for note in made.notes)

        def draws_of(other: Forecast) -> np.ndarray:
            return measured(other, question)

        return Look(
            question,
            made,
            draws_of(made),
            draws_of(made_by(no_change)),
            second,
            draws_of(second),
            draws_of(made_by(forecast, breaks=False)) if broken else None,
            draws_of(made_by(forecast, ())) if events else None,
            suggested_targets(made, question),
            self._planning.record_of(series, question.last, today, events, place),
            today,
        )

    def _make_needed(self, look: Look, target: float) -> float:
        return improvement_needed(look.forecast, look.question, target)

    def _make_change(
        self,
        _version: int,
        place: str,
        key: str,
        frequency: Frequency,
        before: tuple[Question, float, tuple[Event, ...], date],
        after: tuple[Question, float, tuple[Event, ...], date],
        effects: tuple[Effect, ...],
    ) -> ProbabilityChange:
        series, days = self._store.points.load_series(key, frequency), self._planning.days_of(key, frequency)

        def standpoint(question: Question, target: float, events: tuple[Event, ...], day: date) -> Standpoint:
            return Standpoint(
                _as_known_on(series, day),
                question,
                target,
                events=events,
                today=day,
                days=None if days is None else _as_known_on(days, day),
                place=place,
            )

        return explain_change(standpoint(*before), replace(standpoint(*after), effects=effects))


def _as_known_on(series: KpiSeries, day: date) -> KpiSeries:
    """The periods that were over on a day."""
    running = pd.Timestamp(series.rhythm.start_of(day))
    frame = series.frame[series.frame["period"] < running]
    if not len(frame):
        raise CannotForecast(
            text("{series} has no data from before {day}.", series=series.name, day=day), text("Choose a later day.")
        )
    return KpiSeries(series.key, series.kpi, series.rhythm, frame.reset_index(drop=True))
