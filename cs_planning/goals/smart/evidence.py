"""What the SMART check knows besides the goal itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from cs_planning.goals.goal import Goal
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text


@dataclass(frozen=True)
class Evidence:
    """The data and the neighbours by which a goal is judged.

    Attributes:
        today: the day of the check.
        calendar: where the years begin.
        series: the goal's KPI in the goal's rhythm, where it is there.
        guard: the KPI that must not suffer, where it is there.
        probability: of the primary target, 0…1; `None` when there is no honest number.
        stretch_probability: of the stretch target, 0…1.
        target_at_80: the target that would be reached with 80 % probability, in the KPI's unit.
        target_at_50: the target that would be reached with 50 % probability.
        record_words: how well past forecasts of this series did.
        reason_without_number: why there is no probability.
        siblings: the other goals of the workspace.
        objectives: the ids of the objectives (KGIs) that are known; empty when any is taken.
        recorded: the written keys of all series that are there, from which a guard can be proposed.
        people: who may own a goal; `None` when the list is not known.
    """

    today: date
    calendar: ServiceCalendar
    series: KpiSeries | None = None
    guard: KpiSeries | None = None
    probability: float | None = None
    stretch_probability: float | None = None
    target_at_80: float | None = None
    target_at_50: float | None = None
    record_words: Text | None = None
    reason_without_number: Text | None = None
    siblings: Sequence[Goal] = ()
    objectives: Collection[str] = ()
    recorded: Collection[str] = ()
    people: Collection[str] | None = None

    @property
    def kpi(self) -> Kpi | None:
        """The description of the goal's KPI, where its series is there."""
        return self.series.kpi if self.series is not None else None

    def others(self, goal: Goal) -> Sequence[Goal]:
        """The siblings without `goal` itself."""
        return [other for other in self.siblings if other is not goal and not (goal.id and other.id == goal.id)]
