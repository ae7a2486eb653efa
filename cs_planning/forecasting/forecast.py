"""What a forecast is: sample paths of one series, and the questions that a goal asks of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.goals.drafts.steps import above_the_target
from cs_planning.goals.drafts.windows import periods_that_count
from cs_planning.goals.goal import Direction, Goal, Measure
from cs_planning.kpis.frequency import Rhythm
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text


@dataclass(frozen=True)
class Note:
    """Something that a reader of the number must know: a break, an outlier, a gap, an unfinished period."""

    kind: str
    message: Text
    period: date | None = None


@dataclass(frozen=True)
class Forecast:
    """Sample paths of the periods after the history.

    Attributes:
        series: the history that was used, the unfinished last period left out.
        periods: first days of the forecast periods, closed days left out, shape (h,).
        paths: equally likely futures in the KPI's unit and inside its bounds, shape (draws, h), read-only.
        notes: what has to be said beside the number.
        until: the last day of the forecast where days at its end are closed; `None` is the end of the last period.
        running: how many days of the first period are known, where it is not over and was completed from its days.
    """

    series: KpiSeries
    periods: pd.DatetimeIndex
    paths: np.ndarray
    notes: tuple[Note, ...] = field(default=())
    until: date | None = None
    running: int = 0

    @property
    def rhythm(self) -> Rhythm:
        """The rhythm of the periods."""
        return self.series.rhythm


@dataclass(frozen=True)
class Question:
    """What a goal asks: a measure of the KPI over some periods, compared in one direction.

    Attributes:
        measure: level in the last period, average, total, or every period.
        direction: at least or at most the target.
        first: first day of the first period that counts; `None` is the first one after the history.
        last: a day in the last period that counts (the deadline).
        steps: where each period has a step of its own, how far that lies above the target, by the first day from which it
            holds; only for `Measure.EVERY`.
    """

    measure: Measure
    direction: Direction
    last: date
    first: date | None = None
    steps: tuple[tuple[date, float], ...] = ()

    @classmethod
    def of(cls, goal: Goal, rhythm: Rhythm) -> Question | None:
        """What a goal asks, in periods of `rhythm`; `None` without a deadline."""
        first, last = periods_that_count(goal, rhythm)
        return None if last is None else cls(goal.measure, goal.direction, last, first, above_the_target(goal))


@dataclass(frozen=True)
class Assessment:
    """How likely a target is.

    Attributes:
        probability: of reaching the target, 0…1.
        expected: median of the measured quantity.
        low80, high80, low95, high95: intervals of the measured quantity, in the KPI's unit.
        reason: why the probability is 0 or 1 for certain, where it is.
    """

    target: float
    probability: float
    expected: float
    low80: float
    high80: float
    low95: float
    high95: float
    reason: Text | None = None
