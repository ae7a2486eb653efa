"""A goal under the hands of its author: everything that is known of its question, so that a target moves without a look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from cs_planning.errors import CannotForecast, PlanningError, Problem, StaleData
from cs_planning.forecasting.answers.achievability import assess_measured
from cs_planning.forecasting.answers.belief import belief_of
from cs_planning.forecasting.answers.track_record import Record
from cs_planning.forecasting.forecast import Forecast, Question
from cs_planning.goals.drafts.checks import problems_of
from cs_planning.goals.finding import Finding
from cs_planning.goals.goal import Goal
from cs_planning.goals.smart import Evidence, check_smart
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import KGIS
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import text
from cs_planning.workspace.goals.outlook import Outlook

NO_DEADLINE = text("Choose a deadline first.")


@dataclass(frozen=True)
class MeasuredFutures:
    """A forecast together with what is measured on its paths, so that moving a target computes nothing again.

    Attributes:
        forecast: the futures.
        past: the record of the series as far ahead as the deadline.
        draws: equally likely values of what the goal measures, shape (draws,).
        targets: those that are 80, 50 and 20 % likely.
    """

    forecast: Forecast
    past: Record
    draws: np.ndarray
    targets: tuple[float, float, float]


def outlook_of(goal: Goal, asked: MeasuredFutures | PlanningError, question: Question | None, today: date) -> Outlook:
    """How likely the targets of a goal are, with the targets that would be honest.

    Args:
        goal: with the targets.
        asked: the futures behind it, or why there are none.
        question: what the goal asks of them.
        today: the day on which it is asked.
    """
    if isinstance(asked, PlanningError) or question is None:
        found = asked if isinstance(asked, PlanningError) else CannotForecast(NO_DEADLINE)
        day = found.plan_as_of if isinstance(found, StaleData) else None
        return Outlook(reason=found.message, hint=found.hint, plan_as_of=day)
    kpi = asked.forecast.series.kpi
    primary, stretch, floor = (
        None if target is None else assess_measured(asked.draws, question, target, kpi)
        for target in (goal.primary, goal.stretch, goal.floor)
    )
    at_80, at_50, at_20 = asked.targets
    belief = None if primary is None else belief_of(primary, asked.forecast, question, today, asked.past)
    return Outlook(primary, stretch, floor, at_80, at_50, at_20, asked.forecast, belief)


@dataclass(frozen=True)
class Judge:
    """What a goal is judged by as long as its KPI, rhythm, measure, time and guard stay; targets and words may change.

    Attributes:
        asked: the futures, or why there are none.
        question: what is asked of them; `None` without a deadline.
        today: the day of judging.
        calendar: of the workspace.
        series, guard: the goal's KPI and the one that must not suffer; `None` where it was never imported.
        record: what past forecasts of the KPI were worth; `None` without one.
        siblings: all goals of the workspace.
    """

    asked: MeasuredFutures | PlanningError
    question: Question | None
    today: date
    calendar: ServiceCalendar
    series: KpiSeries | None
    guard: KpiSeries | None
    record: Record | None
    siblings: tuple[Goal, ...]

    def outlook(self, goal: Goal) -> Outlook:
        """How likely its targets are."""
        return outlook_of(goal, self.asked, self.question, self.today)

    def evidence(self, outlook: Outlook) -> Evidence:
        """What the SMART check needs to know."""
        return Evidence(
            today=self.today,
            calendar=self.calendar,
            series=self.series,
            guard=self.guard,
            probability=outlook.primary.probability if outlook.primary else None,
            stretch_probability=outlook.stretch.probability if outlook.stretch else None,
            target_at_80=outlook.target_at_80,
            target_at_50=outlook.target_at_50,
            record_words=self.record.words() if self.record is not None else None,
            reason_without_number=outlook.reason,
            siblings=self.siblings,
            objectives=tuple(KGIS),
        )

    def findings(self, goal: Goal, outlook: Outlook) -> tuple[Finding, ...]:
        """What the SMART check says, at least one finding a letter."""
        return check_smart(goal, self.evidence(outlook))

    def problems(self, goal: Goal) -> list[Problem]:
        """What forbids committing to it."""
        return problems_of(goal, self.series, today=self.today, goals=self.siblings)
