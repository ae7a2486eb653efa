"""What the company wants to reach in a year: a KGI with a KPI of its own and a target, which goals serve."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, model_validator

from cs_planning.goals.goal import Baseline, Direction, Goal, Horizon, LongText, Measure, OperationalGoal, ShortText, Stage
from cs_planning.kpis.catalogue import KGIS
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import Text, text


class CompanyGoal(BaseModel):
    """A company goal (KGI) of one year.

    Attributes:
        id: unguessable and short; empty until it is saved.
        version: counts the saves.
        objective: the id of the KGI.
        series: the written `SeriesKey` of its own KPI.
        frequency: the rhythm in which that KPI is read.
        measure: what of the KPI is compared with the target.
        start, end: first and last day of the year.
        target: in the KPI's unit.
        note: anything that the next yearly review should know.
    """

    model_config = ConfigDict(frozen=True)

    id: str = ""
    version: int = 0
    objective: ShortText
    series: ShortText
    frequency: Frequency = Frequency.MONTH
    measure: Measure = Measure.AVERAGE
    direction: Direction = Direction.AT_LEAST
    start: date
    end: date
    target: float
    note: LongText = ""

    @model_validator(mode="after")
    def _ordered(self) -> CompanyGoal:
        if self.end <= self.start:
            raise ValueError("the year ends before it begins")
        return self

    @property
    def name(self) -> Text:
        """The KGI as it is called."""
        return KGIS[self.objective].name if self.objective in KGIS else text("{name}", name=self.objective)

    def as_goal(self, last_year: float | None = None) -> Goal:
        """The same as a goal, so that its progress and its chance are judged as those of any goal.

        Args:
            last_year: what the KPI came to in the year before, in its unit.
        """
        return OperationalGoal(
            id=self.id,
            stage=Stage.ACTIVE,
            horizon=Horizon.STRATEGIC,
            title=str(self.name)[:300],
            objective=self.objective,
            series=self.series,
            frequency=self.frequency,
            measure=self.measure,
            direction=self.direction,
            primary=self.target,
            start=self.start,
            deadline=self.end,
            baseline=None if last_year is None else Baseline(value=last_year, period=self.start),
        )
