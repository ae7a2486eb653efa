"""The use case of the monthly report: what a team lays on the table of its department."""

from __future__ import annotations

from datetime import date

from cs_planning.exports.paper.monthly_report import to_report_xlsx
from cs_planning.goals.following.month import MonthGoal, MonthlyReport, figures_of
from cs_planning.goals.goal import Stage
from cs_planning.goals.naming import described
from cs_planning.kpis.frequency import Frequency
from cs_planning.storage import Store
from cs_planning.workspace.following.reviews import Reviews
from cs_planning.workspace.following.standings import GoalStanding, Standings

_LONGEST_SECONDS = 60.0


class MonthlyReports:
    """Reports of single months."""

    def __init__(self, store: Store, standings: Standings, reviews: Reviews) -> None:
        self._store = store
        self._standings = standings
        self._reviews = reviews

    def last_month(self, today: date) -> date:
        """The first day of the last month that is over."""
        return Frequency.MONTH.next_after(today.replace(day=1), -1)

    def report(self, month: date, today: date) -> MonthlyReport:
        """The report of a month: running goals as they stand today, KPIs of the whole team and of goals in that month.

        Args:
            month: its first day.
            today: the day of the report.
        """
        stale = self._standings.brief(today).stale
        self._standings.refresh(stale, today, seconds=_LONGEST_SECONDS)
        brief = self._standings.brief(today)
        running = [line for line in brief.lines if line.goal.stage is Stage.ACTIVE]
        of_goals = {line.goal.series for line in running}
        series = [
            self._store.points.load_series(info.key, Frequency.MONTH)
            for info in self._store.points.list_series()
            if info.frequency is Frequency.MONTH and (not info.key.scope or str(info.key) in of_goals)
        ]
        return MonthlyReport(
            month=month,
            today=today,
            goals=tuple(self._goal(line) for line in running),
            figures=figures_of(series, month),
            decisions=tuple(one for one in self._reviews.decisions() if month <= one.on <= today),
            overdue=brief.overdue,
            next_review=brief.next_review,
        )

    def file(self, month: date, today: date, language: str) -> bytes:
        """The report of a month as a workbook, ready to print on A4."""
        return to_report_xlsx(self.report(month, today), language=language)

    def _goal(self, line: GoalStanding) -> MonthGoal:
        series, key = self._standings.series_of(line.goal), line.goal.key
        currency = self._store.settings.load_currency().code
        kpi = series.kpi if series is not None else described(key.kpi).in_currency(currency) if key is not None else None
        return MonthGoal(line.goal, line.report, line.reason, kpi)
