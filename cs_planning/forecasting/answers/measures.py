"""What a goal measures, taken from sample paths and from the periods that are already observed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.forecast import Forecast, Question
from cs_planning.goals.goal import Direction, Measure
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.period_names import period_words
from cs_planning.language import text


def measured(forecast: Forecast, question: Question) -> np.ndarray:
    """Draws of the quantity that a goal measures, in the KPI's unit.

    Args:
        forecast: paths that reach the period of `question.last`.
        question: measure, direction and periods; periods of it that are already observed count with their values.

    Returns:
        shape (draws,); for `Measure.EVERY` the worst period of each path in the direction of the goal, where its periods have
        steps of their own the one that is worst against its step, as far from the target as from that step.

    Raises:
        CannotForecast: the paths end before the period of `question.last`, or no period lies in the question's time.
    """
    periods = periods_of(forecast, question)
    return measure(periods - steps_above(forecast, question) if question.steps else periods, question)


def steps_above(forecast: Forecast, question: Question) -> np.ndarray:
    """How far the step of each period of `periods_of` lies above the target, shape (periods,); one zero without steps."""
    if not question.steps:
        return np.zeros(1)
    future = forecast.periods[first_index(forecast, question) : max(0, last_index(forecast, question) + 1)]
    starts = forecast.series.periods[_is_observed(forecast, question)].append(future)
    begins = np.array([np.datetime64(first) for first, _above in question.steps])
    place = np.searchsorted(begins, starts.to_numpy().astype("datetime64[D]"), side="right") - 1
    return np.array([above for _first, above in question.steps])[np.maximum(place, 0)]


def measure(periods: np.ndarray, question: Question) -> np.ndarray:
    """The measured quantity of each row of periods, shape (draws, periods) → (draws,)."""
    match question.measure:
        case Measure.LEVEL:
            return np.asarray(periods[:, -1])
        case Measure.AVERAGE:
            return np.asarray(periods.mean(axis=1))
        case Measure.TOTAL:
            return np.asarray(periods.sum(axis=1))
        case _:
            return np.asarray(periods.min(axis=1) if question.direction is Direction.AT_LEAST else periods.max(axis=1))


def hardest_target(draws: np.ndarray, direction: Direction, probability: float) -> float:
    """The hardest target that a share `probability` of the draws reaches."""
    return float(np.quantile(draws, 1 - probability if direction is Direction.AT_LEAST else probability))


def last_index(forecast: Forecast, question: Question) -> int:
    """The forecast period that holds the deadline, or the last open day before it; below 0 when it is already observed."""
    rhythm = forecast.rhythm
    reach = forecast.until or rhythm.end_of(forecast.periods[-1].date())
    if question.last > reach:
        raise CannotForecast(
            text(
                "The forecast ends with {end}, before the deadline {last}.",
                end=period_words(forecast.periods[-1].date(), rhythm),
                last=question.last,
            ),
            text("Make the forecast up to the deadline."),
        )
    return int(forecast.periods.searchsorted(pd.Timestamp(question.last), side="right")) - 1


def first_index(forecast: Forecast, question: Question) -> int:
    """The first forecast period that counts."""
    if question.first is None:
        return 0
    return int(forecast.periods.searchsorted(pd.Timestamp(forecast.rhythm.start_of(question.first))))


def observed_values(forecast: Forecast, question: Question) -> np.ndarray:
    """Values of the question's periods that are already in the history, shape (k,).

    Assumptions: a period without a value counts in a total as if it lay on the line between its neighbours, since a sum that
        leaves it out would be too small; an average and "every" rest on the periods that have one.
    """
    inside = _is_observed(forecast, question)
    if question.first is None:
        return np.empty(0)
    periods, values, rhythm = forecast.series.periods, forecast.series.values, forecast.rhythm
    first, last = rhythm.start_of(question.first), min(question.last, forecast.series.last_period)
    begins = max(first, periods[0].date())
    count = rhythm.count_between(begins, last) + 1
    if question.measure is not Measure.TOTAL or rhythm.frequency is Frequency.DAY or count <= np.count_nonzero(inside):
        return np.asarray(values[inside])
    steps = [rhythm.count_between(begins, start.date()) for start in periods]
    return np.asarray(np.interp(np.arange(count), steps, values))


def _is_observed(forecast: Forecast, question: Question) -> np.ndarray:
    """Which periods of the history count for a question, shape (n,)."""
    periods = forecast.series.periods
    if question.first is None:
        return np.zeros(len(periods), bool)
    first, last = forecast.rhythm.start_of(question.first), min(question.last, forecast.series.last_period)
    return np.asarray((periods >= pd.Timestamp(first)) & (periods <= pd.Timestamp(last)))


def periods_of(forecast: Forecast, question: Question) -> np.ndarray:
    """Observed and forecast values of the question's periods, shape (draws, periods)."""
    observed = observed_values(forecast, question)
    future = forecast.paths[:, first_index(forecast, question) : max(0, last_index(forecast, question) + 1)]
    if not len(observed):
        periods = future
    else:
        periods = np.concatenate([np.broadcast_to(observed, (len(future), len(observed))), future], axis=1)
    if not periods.shape[1]:
        raise CannotForecast(
            text(
                "No period of {series} lies in the goal’s time, which ends on {last}.",
                series=forecast.series.name,
                last=question.last,
            ),
            text("Choose a later deadline or an earlier start."),
        )
    return periods
