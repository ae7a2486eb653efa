"""What can be chosen at the top of a page: quarters, and the teams and channels that its KPIs are known by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cs_planning.goals.goal import Goal
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.frequency import JANUARY, Frequency, Rhythm
from cs_planning.kpis.series import SeriesKey
from cs_planning.notebook.kinds.kpi_chart import KpiChart
from cs_planning.notebook.pages.page import Page
from cs_planning.storage import SeriesInfo

_MOST_QUARTERS = 12


@dataclass(frozen=True)
class Choices:
    """What the parameters of a page may be.

    Attributes:
        quarters: those that are over, as in `2026-Q4`, the newest first.
        teams, channels: that at least one chart of the page can be narrowed to.
        year_starts_in: the month in which the years of the quarters begin, 1…12.
    """

    quarters: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    year_starts_in: int = JANUARY


def choices_for(
    page: Page, goals: Mapping[str, Goal], known: Iterable[SeriesInfo], calendar: ServiceCalendar, today: date
) -> Choices:
    """What the parameters of `page` may be, given the goals by id, the stored series and where the years begin."""
    infos = list(known)
    keys = {info.key for info in infos}
    charted = _charted(page, goals)
    about = goals.get(page.goal)
    drawn = charted | ({about.key} if about is not None and about.key is not None else set())
    of_page = [info for info in infos if info.key in drawn] or infos
    first = min((info.first for info in of_page), default=today)
    return Choices(
        _quarters(first, calendar.rhythm(Frequency.QUARTER), today),
        _values("team", charted, keys),
        _values("channel", charted, keys),
        calendar.year_starts_in,
    )


def _charted(page: Page, goals: Mapping[str, Goal]) -> set[SeriesKey]:
    found = set()
    for cell in page.cells:
        if not isinstance(cell, KpiChart):
            continue
        goal = goals.get(cell.goal or page.goal)
        if cell.series:
            found.add(SeriesKey.parse(cell.series))
        elif goal is not None and goal.key is not None:
            found.add(goal.key)
    return found


def _values(dimension: str, charted: set[SeriesKey], keys: set[SeriesKey]) -> tuple[str, ...]:
    values = {dict(key.scope).get(dimension, "") for key in keys} - {""}
    possible = {
        value
        for value in values
        for key in charted
        if SeriesKey(key.kpi, tuple(sorted((dict(key.scope) | {dimension: value}).items()))) in keys
    }
    return tuple(sorted(possible))


def _quarters(first: date, quarters: Rhythm, today: date) -> tuple[str, ...]:
    found: list[str] = []
    start = quarters.next_after(quarters.start_of(today), -1)
    while len(found) < _MOST_QUARTERS and quarters.end_of(start) >= first:
        found.append(quarters.write(start))
        start = quarters.next_after(start, -1)
    return tuple(found)
