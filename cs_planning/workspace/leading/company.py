"""The use cases of company goals: set with a yearly target on a KPI of their own, and followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cs_planning.goals.following.pace import pace
from cs_planning.goals.following.progress import StatusReport
from cs_planning.goals.objectives.company import CompanyGoal
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text
from cs_planning.storage import Save, Store
from cs_planning.workspace.goals.planning import Planning
from cs_planning.workspace.goals.records import document_of

_KIND = "company_goal"


@dataclass(frozen=True)
class CompanyLine:
    """Where a company goal stands.

    Attributes:
        goal: the company goal.
        series: its KPI; `None` when it was never imported or is gone.
        report: as of any goal: the year so far, the status and its rule.
        last_year: the same measure of the whole year before, in the KPI's unit; `None` where not all of it is known.
        reason: why there is no probability.
    """

    goal: CompanyGoal
    series: KpiSeries | None
    report: StatusReport
    last_year: float | None
    reason: Text | None


class CompanyGoals:
    """The company goals of a workspace."""

    def __init__(self, store: Store, planning: Planning) -> None:
        self._store = store
        self._planning = planning

    def list(self) -> tuple[CompanyGoal, ...]:
        """All company goals, the newest year first."""
        found = (
            CompanyGoal.model_validate_json(one.body).model_copy(update={"id": one.id, "version": one.version})
            for one in self._store.documents.list(_KIND)
        )
        return tuple(sorted(found, key=lambda one: (one.start, one.objective), reverse=True))

    def lines(self, today: date) -> tuple[CompanyLine, ...]:
        """The company goals of the year that is running, each with what is reached of it."""
        return tuple(self._line(one, today) for one in self.list() if one.start <= today <= one.end)

    def save(self, goal: CompanyGoal, *, save: Save) -> CompanyGoal:
        """Keeps a company goal.

        Raises:
            Conflict: somebody saved it since it was opened.
        """
        document = document_of(goal, _KIND, version=goal.version, title=str(goal.name), due=goal.end)
        kept = self._store.documents.save(document, save=save)
        return goal.model_copy(update={"id": kept.id, "version": kept.version})

    def put_away(self, goal: CompanyGoal, *, save: Save) -> None:
        """Takes a company goal out of sight; its history stays.

        Raises:
            Conflict: somebody saved it since it was opened.
        """
        self._store.documents.archive(_KIND, goal.id, version=goal.version, save=save)

    def _line(self, company: CompanyGoal, today: date) -> CompanyLine:
        series = self._planning.series_of(company.as_goal())
        last_year = None if series is None else self._last_year(company, series, today)
        goal = company.as_goal(last_year)
        outlook = self._planning.outlook(goal, today)
        report = self._planning.status(goal, today, outlook)
        return CompanyLine(company, series, report, last_year, outlook.no_number)

    def _last_year(self, company: CompanyGoal, series: KpiSeries, today: date) -> float | None:
        year = self._planning.calendar.rhythm(Frequency.YEAR)
        first = year.next_after(year.start_of(company.start), -1)
        before = company.model_copy(update={"start": first, "end": year.end_of(first)}).as_goal()
        way = pace(before, series, today)
        inside = [start for start in series.frame["period"] if first <= start.date() <= year.end_of(first)]
        return way.current if len(inside) == series.frequency.periods_per_year else None
