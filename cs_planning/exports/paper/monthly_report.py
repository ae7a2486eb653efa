"""A monthly report as a workbook for A4: goals, KPIs beside a year ago, decisions, what is late."""

from __future__ import annotations

from datetime import date
from typing import Any

from cs_planning.exports.paper.a4 import HEADING_HEIGHT, A4Book, chance_in, height_of, number_in, printed, safe
from cs_planning.goals.following.month import MonthFigure, MonthGoal, MonthlyReport
from cs_planning.goals.following.progress import Status
from cs_planning.goals.title import called
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.period_names import period_words
from cs_planning.language import Text, gettext, text

_WIDTHS = (46.0, 18.0, 15.0, 14.0, 19.0, 19.0, 40.0)
_LAST = len(_WIDTHS) - 1
_TITLE_HEIGHT = 26


def to_report_xlsx(report: MonthlyReport, *, team: str = "", language: str) -> bytes:
    """The report as an XLSX file, ready to print.

    Args:
        report: of a month.
        team: whose it is; empty for none.
        language: of everything that users did not write.
    """
    return printed(team or "report", language, lambda book: _Writer(book, report, team).write())


class _Writer:
    def __init__(self, book: A4Book, report: MonthlyReport, team: str) -> None:
        self._book, self._report, self._team = book, report, team
        self._page = book.sheet(gettext("Monthly report"), widths=_WIDTHS)
        self._row = 0

    def write(self) -> None:
        report, page = self._report, self._page
        month = _month(report.month)
        title = text("Monthly report, {month}", month=month)
        page.set_row(0, _TITLE_HEIGHT)
        page.write_string(
            0, 0, safe(text("{title}: {team}", title=title, team=self._team) if self._team else title), self._book.title
        )
        facts: list[Text] = [text("As of {day}", day=report.today)]
        if report.next_review is not None:
            facts.append(text("Next review: {day}", day=report.next_review))
        page.write_string(1, 0, safe("　".join(map(str, facts))), self._book.muted)
        self._row = 3
        self._goals()
        self._decisions()
        self._overdue()
        self._figures()
        page.print_area(0, 0, max(self._row - 1, 1), _LAST)

    def _part(self, title: str, heads: tuple[str, ...]) -> None:
        self._page.write_string(self._row, 0, safe(title), self._book.heading)
        self._page.set_row(self._row, HEADING_HEIGHT)
        self._row += 1
        for position, head in enumerate(heads):
            self._page.write_string(self._row, position, safe(head), self._book.head)
        self._page.set_row(self._row, height_of(*zip(heads, _WIDTHS, strict=False)))
        self._row += 1

    def _goals(self) -> None:
        heads = (gettext("Goal"), gettext("Owner"), gettext("Deadline"), gettext("Target"), gettext("Measured value"))
        self._part(gettext("Goals"), (*heads, gettext("Probability"), gettext("Status")))
        for one in self._report.goals:
            self._goal(one)
        self._row += 1

    def _goal(self, one: MonthGoal) -> None:
        goal, row = one.goal, self._row
        is_open = one.report.probability is None and one.report.status not in {Status.REACHED, Status.MISSED}
        why = one.reason if is_open and one.reason is not None else one.report.rule
        status = text("{status}: {rule}", status=one.report.status.label, rule=why)
        if one.report.step is not None and one.kpi is not None:
            status = text("{now} {then}", now=status, then=one.report.step.words(one.kpi))
        title = str(called(goal))
        self._page.set_row(row, height_of((title, _WIDTHS[0]), (goal.owner, _WIDTHS[1]), (status, _WIDTHS[6])))
        self._cell(0, title, self._book.strong)
        self._cell(1, goal.owner)
        self._cell(2, goal.deadline)
        self._value(3, goal.primary, one.kpi)
        self._value(4, one.report.pace.current, one.kpi)
        if one.report.probability is None:
            self._cell(5, "")
        else:
            chance = one.report.probability
            self._page.write_number(row, 5, chance_in(chance), self._book.chance(chance))
        self._cell(6, status)
        self._row += 1

    def _figures(self) -> None:
        month = self._report.month
        earlier = Frequency.MONTH.next_after(month, -1), Frequency.MONTH.next_after(month, -12)
        months = tuple(str(_month(day)) for day in (month, *earlier))
        turns = (gettext("Against the month before"), gettext("Against a year ago"), gettext("Note"))
        self._part(gettext("KPIs"), (gettext("KPI"), *months, *turns))
        # The last table is the one that goes on over pages; a row is repeated on those behind it alone.
        self._page.repeat_rows(self._row - 1)
        for one in self._report.figures:
            self._figure(one)
        self._row += 1

    def _figure(self, one: MonthFigure) -> None:
        note = (
            "" if one.value is not None else text("No value for this month; the newest is of {month}.", month=_month(one.last))
        )
        turns = (one.since_before or "", one.since_a_year or "")
        said = ((turn, _WIDTHS[column]) for column, turn in enumerate(turns, start=4))
        self._page.set_row(self._row, height_of((one.name, _WIDTHS[0]), (note, _WIDTHS[6]), *said))
        self._cell(0, one.name)
        for position, value in enumerate((one.value, one.before, one.year_ago), start=1):
            self._value(position, value, one.kpi)
        self._cell(4, one.since_before or "")
        self._cell(5, one.since_a_year or "")
        self._cell(6, note)
        self._row += 1

    def _decisions(self) -> None:
        if not self._report.decisions:
            return
        self._part(gettext("Decisions"), (gettext("Decision"), gettext("Who"), gettext("Until"), gettext("Done")))
        for one in self._report.decisions:
            self._page.set_row(self._row, height_of((one.what, _WIDTHS[0]), (one.owner, _WIDTHS[1])))
            for position, words in enumerate((one.what, one.owner, one.due, gettext("Done") if one.done else "")):
                self._cell(position, words)
            self._row += 1
        self._row += 1

    def _overdue(self) -> None:
        if not self._report.overdue:
            return
        self._part(gettext("Overdue"), (gettext("What"), gettext("Who"), gettext("Until")))
        for one in self._report.overdue:
            self._page.set_row(self._row, height_of((one.what, _WIDTHS[0]), (one.owner, _WIDTHS[1])))
            for position, words in enumerate((one.what, one.owner, one.due)):
                self._cell(position, words)
            self._row += 1
        self._row += 1

    def _cell(self, position: int, words: object, style: Any = None) -> None:
        if isinstance(words, date):
            self._page.write_datetime(self._row, position, words, self._book.day)
        else:
            # Nothing becomes an empty cell: an empty text would stand in the way of sorting and counting.
            self._page.write(self._row, position, safe(words) if words else None, style or self._book.cell)

    def _value(self, position: int, value: float | None, kpi: Kpi | None) -> None:
        if value is None:
            self._page.write_blank(self._row, position, None, self._book.cell)
        else:
            self._page.write_number(self._row, position, number_in(value, kpi), self._book.value(value, kpi))


def _month(day: date) -> Text:
    return period_words(day, CALENDAR_YEAR.rhythm(Frequency.MONTH))
