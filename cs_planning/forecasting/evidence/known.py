"""What is known beside the values of a history: sampling noise, marked events, holidays, the shape of the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.forecasting.evidence.events import Event, EventKind
from cs_planning.forecasting.evidence.history import History
from cs_planning.forecasting.evidence.holiday_effect import learn_holidays
from cs_planning.forecasting.evidence.scales import Bend, ValueScale
from cs_planning.forecasting.evidence.working_days import follows_working_days, working_day_part
from cs_planning.forecasting.evidence.yearly import fit_year_pattern
from cs_planning.kpis.frequency import Frequency


@dataclass(frozen=True)
class Known:
    """Known parts of a history of n points and a future of h periods, in numbers on a scale.

    Attributes:
        mean: what is added to the level for certain, shape (n + h,).
        shapes: parts of unknown size, 0 at the last point of the history, shape (k, n + h).
        deviations: the standard deviation of the size of each; infinite where only the data can tell, shape (k,).
        noise: variance of what is known to be noise: of sampling, and of what holidays do, shape (n + h,).
    """

    mean: np.ndarray
    shapes: np.ndarray
    deviations: np.ndarray
    noise: np.ndarray

    def covariance(self, step_size: float) -> np.ndarray | None:
        """What all this adds to the covariance, in squared steps, shape (n + h, n + h); `None` when it adds nothing."""
        if not len(self.shapes) and not self.noise.any():
            return None
        sizes = np.where(np.isfinite(self.deviations), self.deviations / step_size, 10.0)
        scaled = self.shapes * sizes[:, None]
        return np.asarray(scaled.T @ scaled + np.diag(self.noise) / step_size**2)


@dataclass(frozen=True)
class CalendarPart:
    """What the calendar adds to numbers on a scale, beside the season.

    Attributes:
        mean: shape (n + h,).
        variance: of what holidays add, shape (n + h,).
        doubt: the deviation of how far the values follow `mean`, as a share of it; 0 when they follow it for certain.
    """

    mean: np.ndarray
    variance: np.ndarray
    doubt: float = 0.0


def calendar_part(history: History, scale: ValueScale, steps: np.ndarray, holidays: Mapping[date, str]) -> CalendarPart:
    """What the calendar says of `steps` periods after the end of a history.

    Args:
        history: all usable points.
        scale: the scale of the numbers.
        steps: periods after the last point, whole numbers, shape (m,).
        holidays: public holidays by day; none where the country is not known.

    Method: of days the shape of the year and the effect of holidays; of the volume of longer periods their working days.
    """
    mean, variance = np.zeros(len(steps)), np.zeros(len(steps))
    if holidays and follows_working_days(history.series):
        worked = working_day_part(history.series, scale, steps, holidays)
        return CalendarPart(worked.mean, variance, worked.doubt)
    if history.series.frequency is not Frequency.DAY:
        return CalendarPart(mean, variance)
    periods, numbers = history.series.periods, scale.forward(history.values)
    days = periods[-1] + pd.to_timedelta(steps, unit="D")
    if holidays:
        effects = learn_holidays(periods, numbers, holidays)
        mean, variance = effects.at(days, holidays)
        numbers = numbers - effects.at(periods, holidays)[0]
    if needs_year_pattern(history):
        mean = mean + fit_year_pattern(periods[-1], history.steps, numbers).at(periods[-1], steps)
    return CalendarPart(mean, variance)


def known_parts(history: History, scale: ValueScale, horizon: int, events: Sequence[Event], calendar: CalendarPart) -> Known:
    """Everything that is known beside the values.

    Args:
        history: the points that the members look at.
        scale: the scale of the numbers.
        horizon: periods ahead, h.
        events: marked steps and ramps; events to be ignored are no longer in `history`.
        calendar: what the calendar adds at the points of the history and in the future.

    Assumptions: answers are independent of each other (binomial sampling); future periods rest on as many answers as the median
        of the last twelve; an event of which neither size nor uncertainty is told and which the data do not show yet is
        worth up to three usual steps.
    """
    steps = np.concatenate([history.steps, np.arange(1, horizon + 1)])
    numbers = scale.forward(history.values)
    mean = calendar.mean
    shapes, deviations = [], []
    slope = float(np.exp(scale.log_slope(np.array([np.median(history.values[-12:])]))[0]))
    usual = float(np.sqrt(np.mean(np.diff(numbers) ** 2)))
    for event in events:
        if event.kind is EventKind.IGNORE:
            continue
        shape = _profile(event, history, steps)
        if event.uncertainty is not None:
            deviation = event.uncertainty * slope
        elif _points_after(event, history) >= 3:
            deviation = np.inf
        else:
            deviation = 0.5 * abs(event.size) * slope or 3 * usual
        mean = mean + event.size * slope * shape
        shapes.append(shape)
        deviations.append(deviation)
    if calendar.doubt and np.ptp(mean[: len(history.steps)]) > 0:
        shapes.append(calendar.mean - calendar.mean[len(history.steps) - 1])
        deviations.append(calendar.doubt)
    noise = _sampling_noise(history, scale, horizon) + calendar.variance
    return Known(mean, np.array(shapes).reshape(len(shapes), len(steps)), np.array(deviations), noise)


def _profile(event: Event, history: History, steps: np.ndarray) -> np.ndarray:
    """How much of an event has happened at each step, less what has happened at the last point of the history."""
    rhythm, end = history.series.rhythm, history.series.last_period
    first = rhythm.count_between(end, event.first)
    last = first if event.last is None or event.kind is EventKind.STEP else rhythm.count_between(end, event.last)
    share = np.clip((steps - first + 1) / (last - first + 1), 0.0, 1.0)
    now = np.clip((1 - first) / (last - first + 1), 0.0, 1.0)
    return np.asarray(share - now)


def _points_after(event: Event, history: History) -> int:
    return int((history.steps >= history.series.rhythm.count_between(history.series.last_period, event.first)).sum())


def _sampling_noise(history: History, scale: ValueScale, horizon: int) -> np.ndarray:
    """Variance of an observed share around the true one, on the logit scale: 1 ÷ (n p (1 − p))."""
    count = len(history.steps) + horizon
    sizes = history.series.sample_sizes
    known = np.isfinite(sizes) & (sizes > 0)
    if not history.series.kpi.is_share or scale.shape is not Bend.LOGIT or not known.any():
        return np.zeros(count)
    typical = float(np.median(sizes[known][-12:]))
    sizes = np.concatenate([np.where(known, sizes, np.median(sizes[known])), np.full(horizon, typical)])
    weights = sizes[: len(history.steps)]
    share = (float(np.average(history.values, weights=weights)) - scale.bound) / scale.size
    share = float(np.clip(share, 0.5 / weights.sum(), 1 - 0.5 / weights.sum()))
    return np.asarray(1.0 / (sizes * share * (1 - share)))


def without_ignored(history: History, events: Sequence[Event]) -> np.ndarray:
    """Which points of a history stay when the events to be ignored are left out, shape (n,)."""
    rhythm, end = history.series.rhythm, history.series.last_period
    stays = np.ones(len(history.steps), bool)
    for event in events:
        if event.kind is EventKind.IGNORE:
            first = rhythm.count_between(end, event.first)
            last = first if event.last is None else rhythm.count_between(end, event.last)
            stays &= (history.steps < first) | (history.steps > last)
    return stays


def needs_year_pattern(history: History) -> bool:
    """Whether the history is daily and long enough for the shape of the year."""
    return history.series.frequency is Frequency.DAY and -int(history.steps[0]) >= 400
