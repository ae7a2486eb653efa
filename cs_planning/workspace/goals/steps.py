"""The use case of targets that vary: the periods that can have steps, and steps to begin with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from cs_planning.forecasting.answers.achievability import required_path
from cs_planning.goals.drafts.steps import even_steps, periods_with_steps
from cs_planning.goals.goal import Goal, TargetStep
from cs_planning.kpis.frequency import Rhythm
from cs_planning.workspace.goals.planning import Planning


class GoalSteps:
    """Steps of goals of a workspace."""

    def __init__(self, planning: Planning) -> None:
        self._planning = planning

    def rhythm(self, goal: Goal) -> Rhythm:
        """The rhythm of a goal, in the years of the workspace."""
        return self._planning.calendar.rhythm(goal.frequency)

    def periods(self, goal: Goal) -> tuple[date, ...]:
        """The first days of the periods that can have steps of their own."""
        return periods_with_steps(goal, self.rhythm(goal))

    def as_the_season_asks(self, goal: Goal, today: date) -> tuple[TargetStep, ...]:
        """The way that the target requires, with the season of the KPI; periods that are measured take what was measured.

        Args:
            goal: with a target.
            today: the day of asking.

        Returns: none where there is no forecast.
        """
        plain = goal.model_copy(update={"steps": ()})
        outlook, question = self._planning.outlook(plain, today), self._planning.question(plain)
        if outlook.forecast is None or question is None or goal.primary is None:
            return ()
        way = required_path(outlook.forecast, question, goal.primary)
        series = outlook.forecast.series
        days = [*series.periods, *way["period"]]
        known = dict(zip(days, np.concatenate([series.values, way["value"].to_numpy(float)]), strict=True))
        by_day = {day.date(): float(value) for day, value in known.items()}
        return self._taken(by_day, self.periods(goal))

    def evenly(self, goal: Goal) -> tuple[TargetStep, ...]:
        """Steps that lead evenly from the baseline to the target."""
        periods = self.periods(goal)
        return even_steps(goal, periods) if periods else ()

    def _taken(self, values: dict[date, float], periods: Sequence[date]) -> tuple[TargetStep, ...]:
        return tuple(TargetStep(first=first, value=values[first]) for first in periods if first in values)
