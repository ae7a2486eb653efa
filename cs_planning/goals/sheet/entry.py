"""One goal of a list: what its text says, what its columns add, what the history knows of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from cs_planning.errors import InvalidSeries
from cs_planning.goals.goal import Goal, GoalType, Measure
from cs_planning.goals.naming import described, kpis_in, plain, usual_direction
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.reading import GoalReading, read_goal
from cs_planning.goals.reading.deadlines import deadlines_in
from cs_planning.goals.reading.fields import converted, goal_from_reading
from cs_planning.goals.reading.quantities import NumberRole, quantities_in, with_digits
from cs_planning.goals.sheet.history import series_for
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import CATALOGUE, Kpi, Unit
from cs_planning.kpis.currency import UNSAID, Currency, currency_written
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries

_EMPTY = frozenset({"", "nan", "none", "null", "nat", "-", "–", "n/a", "na", "<na>", "tbd", "?", "未定", "なし"})


@dataclass(frozen=True)
class Entry:
    """A goal of the list.

    Attributes:
        goal_id: as given, or the number of the row.
        reading: of the text, with what the columns say instead.
        kpi: the description of its KPI, where it is known.
        series: its history, where there is one.
        has_history: whether a history was given at all.
        baseline: where the KPI stands, in the KPI's unit: from the column, the text or the history.
        target: the value to be reached, in the KPI's unit, where it can be told.
        goal: the same as a draft; `None` when nothing of it can be one.
        probability: of the target, where it could be asked for.
        unreadable: columns whose content could not be read, with the content.
        other_currency: the currency of the goal and that of the history, where they differ, so that nothing is compared.
    """

    goal_id: str
    reading: GoalReading
    today: date
    type: GoalType | None = None
    owner: str = ""
    objective: str = ""
    kpi: Kpi | None = None
    series: KpiSeries | None = None
    has_history: bool = False
    baseline: float | None = None
    target: float | None = None
    goal: Goal | None = None
    probability: float | None = None
    unreadable: Mapping[str, str] = field(default_factory=dict)
    other_currency: tuple[str, str] | None = None

    @property
    def like_baseline(self) -> float | None:
        """The baseline where it is of the same kind as the target: one month of the history is no total, and no average."""
        taken_from_history = self.reading.baseline is None
        return None if taken_from_history and self.reading.measure is not Measure.LEVEL else self.baseline


@dataclass(frozen=True)
class Neighbours:
    """The drafts of a whole list, by what they could meet in.

    Attributes:
        by_kpi: the entries on each KPI family.
        by_owner: how many goals each owner has.
    """

    by_kpi: Mapping[str, Sequence[Entry]]
    by_owner: Mapping[str, int]


def neighbours_of(entries: Sequence[Entry]) -> Neighbours:
    """The entries grouped, so that a list of thousands is compared quickly."""
    by_kpi: dict[str, list[Entry]] = {}
    by_owner: dict[str, int] = {}
    for entry in entries:
        if entry.goal is not None and entry.reading.kpi:
            by_kpi.setdefault(kpi_family(entry.reading.kpi), []).append(entry)
        if entry.owner:
            by_owner[entry.owner] = by_owner.get(entry.owner, 0) + 1
    return Neighbours(by_kpi, by_owner)


def entry_of(
    row: Mapping[Hashable, Any],
    position: int,
    known: Sequence[KpiSeries] | None,
    today: date,
    calendar: ServiceCalendar,
    probability_of: Callable[[Goal, KpiSeries], float | None] | None = None,
    currency: Currency = UNSAID,
) -> Entry:
    """The entry of one row; nothing in a row can make it fail.

    Args:
        row: by lower-case column name.
        position: of the row in the list, from 0, for a goal without an id.
        known: the series of the history; `None` when no history was given.
        today: the day of the check.
        calendar: where the years begin.
        probability_of: see `check_sheet`.
        currency: see `check_sheet`.
    """
    cells = {str(name): _cell(value) for name, value in row.items()}
    sentence = cells.get("text", "")
    unreadable: dict[str, str] = {}
    reading = read_goal(sentence, today, calendar.fiscal_start_month)
    reading = _with_kpi(reading, cells.get("kpi", ""))
    reading = _with_target(reading, cells, unreadable)
    reading = _with_deadline(reading, row.get("deadline"), cells.get("deadline", ""), today, calendar, unreadable)
    series = series_for(cells.get("kpi") or None, reading.sentence, known or ())
    series = series or series_for(reading.kpi, reading.sentence, known or ())
    if series is not None and reading.kpi is None:
        reading = replace(reading, kpi=series.kpi.id, kpis=(series.kpi.id,))
    kpi = series.kpi if series is not None else described(reading.kpi) if reading.kpi else None
    written = _written_currency(reading, sentence, currency)
    other_currency = series is not None and kpi is not None and kpi.unit is Unit.MONEY and written != currency.code
    if other_currency and currency.is_chosen:
        series = None
    if kpi is not None:
        kpi = kpi.in_currency(written)
    if kpi is not None and reading.direction is None and reading.has_number:
        reading = replace(reading, direction=usual_direction(kpi))
    goal = _draft(reading, series, today, sentence)
    probability = None
    if goal is not None and goal.primary is not None and goal.deadline is not None and series is not None and probability_of:
        probability = probability_of(goal, series)
    baseline = converted(reading.baseline, reading.unit, kpi.unit) if kpi is not None else reading.baseline
    if baseline is None and goal is not None and goal.baseline is not None:
        baseline = goal.baseline.value
    return Entry(
        goal_id=cells.get("goal_id") or str(position + 1),
        reading=reading,
        today=today,
        type=_type(cells.get("type", "")),
        owner=cells.get("owner", ""),
        objective=cells.get("objective", ""),
        kpi=kpi,
        series=series,
        has_history=known is not None,
        baseline=baseline,
        target=goal.primary if goal is not None else None,
        goal=goal,
        probability=probability,
        unreadable=unreadable,
        other_currency=(written, currency.code) if other_currency and currency.is_chosen else None,
    )


def _written_currency(reading: GoalReading, sentence: str, currency: Currency) -> str:
    """The currency of the amounts of a sentence: a sign that several share means the workspace's where it can."""
    if reading.currency is None:
        return currency.code
    return currency_written(sentence, currency.code) or reading.currency


def _cell(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    written = str(value).strip()
    return "" if written.lower() in _EMPTY else written


def _draft(reading: GoalReading, series: KpiSeries | None, today: date, sentence: str) -> Goal | None:
    try:
        return goal_from_reading(reading, series, today, title=sentence)
    except ValueError:
        return None


def _type(written: str) -> GoalType | None:
    lowered = written.lower()
    words = {
        GoalType.OPERATIONAL: ("operat", "運用", "業務"),
        GoalType.SATISFACTION: ("satisf", "満足", "cs"),
        GoalType.TRAINING: ("train", "develop", "研修", "開発", "育成"),
        GoalType.FINANCIAL: ("financ", "cost", "財務", "コスト"),
    }
    return next((kind for kind, stems in words.items() if any(stem in lowered for stem in stems)), None)


def _with_kpi(reading: GoalReading, written: str) -> GoalReading:
    if not written:
        return reading
    name = written.split("|", 1)[0]
    mentions = kpis_in(plain(written))
    kpi = name if name in CATALOGUE else mentions[0].kpi if mentions else written
    if reading.kpi and kpi_family(reading.kpi) == kpi_family(kpi):
        return reading
    others = tuple(other for other in reading.kpis[1:] if other != kpi)
    return replace(reading, kpi=kpi, kpis=(kpi, *others))


def _with_target(reading: GoalReading, cells: Mapping[str, str], unreadable: dict[str, str]) -> GoalReading:
    unit = _unit(cells.get("unit", ""))
    if unit is not None and reading.unit is None:
        reading = replace(reading, unit=unit)
    target, baseline = cells.get("target", ""), cells.get("baseline", "")
    if baseline:
        found = quantities_in(with_digits(plain(baseline)))
        if found:
            value = converted(found[0].value, found[0].unit or unit, reading.unit or found[0].unit or Unit.NUMBER)
            reading = replace(reading, baseline=value, unit=reading.unit or found[0].unit)
        else:
            unreadable["baseline"] = baseline
    if not target:
        return reading
    found = quantities_in(with_digits(plain(target.lstrip("+-−–±"))))
    if not found:
        unreadable["target"] = target
        return reading
    first = next((one for one in found if one.part is not NumberRole.FROM), found[0])
    if target[:1] in "+-−–" or (first.part is NumberRole.CHANGE and first.relative):
        relative = first.unit is Unit.PERCENT
        return replace(reading, change=first.value, relative=relative, target=None, unit=reading.unit or first.unit)
    if reading.change is not None and reading.change == first.value:
        return reading
    written = first.unit or unit
    if written is not None and reading.unit is not None and reading.baseline is not None:
        reading = replace(reading, baseline=converted(reading.baseline, reading.unit, written))
    return replace(reading, target=first.value, change=None, relative=False, unit=written or reading.unit)


def _unit(written: str) -> Unit | None:
    if not written:
        return None
    found = quantities_in(f"1 {plain(written)}")
    return found[0].unit if found else None


def _with_deadline(
    reading: GoalReading, raw: Any, written: str, today: date, calendar: ServiceCalendar, unreadable: dict[str, str]
) -> GoalReading:
    if not written:
        return reading
    if isinstance(raw, datetime):
        return replace(reading, deadline=raw.date(), first=None)
    if isinstance(raw, date):
        return replace(reading, deadline=raw, first=None)
    try:
        start, frequency = calendar.read_period(written)
        first = start if frequency not in {None, Frequency.DAY} and reading.asked.is_about_periods else None
        return replace(reading, deadline=calendar.rhythm(frequency or Frequency.DAY).end_of(start), first=first)
    except InvalidSeries:
        pass
    frames = deadlines_in(f"by {with_digits(plain(written))}", today, calendar.fiscal_start_month)
    if frames:
        first = frames[-1].first if reading.asked.is_about_periods else None
        return replace(reading, deadline=frames[-1].deadline, first=first, days=frames[-1].days)
    unreadable["deadline"] = written
    return reading
