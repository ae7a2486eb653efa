"""Where a goal with steps stands: the newest measured period beside its step, and the step that comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from cs_planning.goals.drafts.steps import path_of, step_at
from cs_planning.goals.following.pace import KnownValues, day_of
from cs_planning.goals.goal import Goal, TargetStep
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.frequency import Rhythm
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.quantity import quantity
from cs_planning.language import Text, text


@dataclass(frozen=True)
class MeasuredStep:
    """One measured period beside its step.

    Attributes:
        first: first day of the period.
        step, value: what it should reach and what was measured, in the KPI's unit.
        met: whether it was reached.
    """

    first: date
    step: float
    value: float
    met: bool


@dataclass(frozen=True)
class StepStanding:
    """Where a goal stands on its steps.

    Attributes:
        measured: the periods that are over and measured, in order; none before the first one is.
        coming: the step of the next period; `None` when all are over.
        rhythm: of the periods.
    """

    measured: tuple[MeasuredStep, ...]
    coming: TargetStep | None
    rhythm: Rhythm

    @property
    def newest(self) -> MeasuredStep | None:
        """The newest measured period."""
        return self.measured[-1] if self.measured else None

    @property
    def missed(self) -> tuple[MeasuredStep, ...]:
        """The periods that missed their step."""
        return tuple(one for one in self.measured if not one.met)

    def words(self, kpi: Kpi) -> Text:
        """The newest step beside what was measured, and the next one, in a sentence."""
        now = None if self.newest is None else self._of(self.newest, kpi)
        if self.coming is None:
            return now or text("No period of the steps is over yet.")
        period, step = period_words(self.coming.first, self.rhythm), quantity(self.coming.value, kpi)
        then = text("Next step, {period}: {step}.", period=period, step=step)
        return then if now is None else text("{now} {then}", now=now, then=then)

    def _of(self, one: MeasuredStep, kpi: Kpi) -> Text:
        period, step, value = period_words(one.first, self.rhythm), quantity(one.step, kpi), quantity(one.value, kpi)
        if one.met:
            return text("Step of {period}: {step}, reached with {value}.", period=period, step=step, value=value)
        return text("Step of {period}: {step}, missed with {value}.", period=period, step=step, value=value)


def step_standing(goal: Goal, known: KnownValues | None) -> StepStanding | None:
    """Where a goal stands on its steps; `None` for one without steps, or whose KPI was never imported."""
    path = path_of(goal)
    if not path or known is None:
        return None
    measured = tuple(_measured(goal, path, day_of(start), float(value)) for start, value in _inside(path, known))
    reached = measured[-1].first if measured else None
    coming = next((step for step in path if reached is None or step.first > reached), None)
    return StepStanding(measured, coming, known.rhythm)


def _inside(path: Sequence[TargetStep], known: KnownValues) -> list[tuple[np.datetime64, float]]:
    inside = [path[0].first <= day_of(start) <= path[-1].first for start in known.starts]
    return [(start, value) for start, value, is_inside in zip(known.starts, known.values, inside, strict=True) if is_inside]


def _measured(goal: Goal, path: Sequence[TargetStep], first: date, value: float) -> MeasuredStep:
    step = (step_at(path, first) or path[0]).value
    return MeasuredStep(first, step, value, goal.direction.meets(value, step))
