"""Call-centre statistics by interval, day or longer → points of volume, abandonment, waits, handling, service level."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.errors import Problem
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import CATALOGUE, Aggregation, Kpi, kpi_named
from cs_planning.kpis.columns.mapping import Mapping as ColumnRoles
from cs_planning.kpis.columns.names.headers import read_header
from cs_planning.kpis.columns.roles import PARTS_OF_HANDLING, Role
from cs_planning.kpis.currency import Currency
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import Imported, QualityFinding
from cs_planning.kpis.findings.service_level import level_finding
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import SeriesKey
from cs_planning.kpis.service_level import LevelBase, base_of
from cs_planning.kpis.tables.about_counts import exceeding_parts, offered_made, unknown_counts
from cs_planning.kpis.tables.cells import described, numbers_in_unit, scope_of, table_periods, unknown_cells
from cs_planning.kpis.tables.interval_zone import days_of_service
from cs_planning.kpis.tables.mean_scores import as_scores
from cs_planning.kpis.tables.money import with_currency
from cs_planning.kpis.tables.points import DENOMINATORS, Cells, imported_points
from cs_planning.kpis.tables.whole import with_whole

_TOLERATED = 1.005
_COUNTS = (Role.OFFERED, Role.HANDLED, Role.ABANDONED, Role.SHORT_ABANDONED, Role.ANSWERED_IN_TIME)


@dataclass(frozen=True)
class _Numbers:
    """The numbers of every row of the table, by role or KPI, NaN where a cell is empty.

    Attributes:
        counts: contacts, by role.
        unknown: the rows in which nobody knows that count, by role; only of roles where there are any.
        means: values that are weighed when rows are put together, by KPI, with their weights and column.
    """

    counts: Mapping[Role, np.ndarray]
    unknown: Mapping[Role, np.ndarray]
    means: Mapping[str, tuple[Kpi, np.ndarray, np.ndarray, str]]

    def known(self, part: Role) -> Mapping[Role, np.ndarray]:
        """The counts in the rows in which a part and what was offered are known, of which alone its share is made."""
        masks = [self.unknown[role] for role in (part, Role.OFFERED) if role in self.unknown]
        if not masks:
            return self.counts
        left_out = np.any(masks, axis=0)
        return {role: np.where(left_out, np.nan, values) for role, values in self.counts.items()}


def convert_call_centre(
    table: Table, mapping: ColumnRoles, calendar: ServiceCalendar, today: date, currency: Currency
) -> Imported:
    """The points of call-centre statistics.

    Volumes are counts; abandonment is abandoned ÷ offered and the answer rate handled ÷ offered, with the offered as sample
    size; speed of answer and handle time are weighted by the handled, the service level by what it is a share of.  So rows of
    intervals add up to their day, and longer periods are made exactly.  An empty count is none; of a row with `?` in a count no
    share of this count is made.

    Raises:
        ImportProblems: as for tables of KPIs.
    """
    problems: list[Problem] = list(table.broken)
    starts, explicit = table_periods(table, mapping, calendar.year_starts_in, problems)
    numbers, findings = _numbers(table, mapping, problems)
    by_interval = _has_intervals(table, mapping)
    days = days_of_service(table, mapping, starts, by_interval=by_interval)
    starts, findings = days.starts, (*days.findings, *findings)
    series: list[Cells] = []
    exceeding = np.zeros(0, dtype=np.int64)
    for scope, places in scope_of(table, mapping):
        put_together = by_interval or _told_apart(table, mapping, places)
        groups = _groups(starts.iloc[places], put_together=put_together)
        rows = table.rows[places][groups.first]
        here = starts.iloc[places].iloc[groups.first].reset_index(drop=True)
        counts = {role: groups.sums(values[places]) for role, values in numbers.counts.items()}
        known = {
            role: {one: groups.sums(values[places]) for one, values in numbers.known(role).items()} for role in numbers.unknown
        }
        above = _above_the_whole(known.get(Role.OFFERED, counts))
        exceeding = np.concatenate([exceeding, rows[above]])
        for kpi_id, role, values, sample in _counted(counts, known, above):
            entry = mapping.find(role)
            column = entry.column if entry else kpi_id
            series.append(Cells(SeriesKey(kpi_id, scope), CATALOGUE[kpi_id], column, rows, here, values, sample))
        in_full = known.get(Role.ANSWERED_IN_TIME, known.get(Role.OFFERED, counts))
        level = _level_of_counts(in_full, mapping, above) if "service_level" not in numbers.means else None
        if level is not None:
            values, sample, _ = level
            in_time = mapping.find(Role.ANSWERED_IN_TIME)
            name = in_time.column if in_time else "service_level"
            series.append(
                Cells(SeriesKey("service_level", scope), CATALOGUE["service_level"], name, rows, here, values, sample)
            )
        for kpi, values, weights, column_name in numbers.means.values():
            mean, weight = groups.means(values[places], weights[places], kpi)
            series.append(Cells(SeriesKey(kpi.id, scope), kpi, column_name, rows, here, mean, weight))
    series, about_scores = as_scores(series)
    series, about_parts = with_whole(series)
    amounts = with_currency(series, table, mapping, currency, problems)
    findings = (
        *findings,
        *exceeding_parts(exceeding),
        *_about_level(mapping, numbers, len(table)),
        *about_scores,
        *about_parts,
    )
    frequency = Frequency.DAY if by_interval and explicit is None else explicit
    found = imported_points(
        table, mapping, amounts.series, frequency, calendar, today, problems, (*amounts.findings, *findings)
    )
    return replace(found, currency=amounts.named)


def _numbers(table: Table, mapping: ColumnRoles, problems: list[Problem]) -> tuple[_Numbers, tuple[QualityFinding, ...]]:
    def read(role: Role, kpi_id: str) -> np.ndarray | None:
        entry = mapping.find(role)
        return None if entry is None else numbers_in_unit(table, entry, kpi_named(kpi_id), problems)

    def unknown_in(role: Role) -> np.ndarray:
        entry = mapping.find(role)
        return np.zeros(len(table), dtype=bool) if entry is None else unknown_cells(table, entry.column)

    counts = {role: values for role in _COUNTS if (values := read(role, "contact_volume")) is not None}
    unknown = {role: there for role in counts if (there := unknown_in(role)).any()}
    findings: list[QualityFinding] = [*unknown_counts(unknown)]
    if Role.OFFERED not in counts:
        parts = [counts[role] for role in (Role.HANDLED, Role.ABANDONED) if role in counts]
        is_unknown = np.any(list(unknown.values()), axis=0) if unknown else np.zeros(len(table), dtype=bool)
        is_there = np.isfinite(parts[0]) & ~is_unknown
        counts[Role.OFFERED] = np.where(is_there, np.sum([np.nan_to_num(part) for part in parts], axis=0), np.nan)
        unknown |= {Role.OFFERED: is_unknown} if is_unknown.any() else {}
        findings.append(offered_made(len(table)))
    offered = counts[Role.OFFERED]
    answered = counts.get(
        Role.HANDLED, offered - counts[Role.ABANDONED] if Role.ABANDONED in counts else np.full(len(offered), np.nan)
    )
    means: dict[str, tuple[Kpi, np.ndarray, np.ndarray, str]] = {}
    for role, kpi_id, weights in ((Role.ASA, "asa_mean", answered), (Role.SERVICE_LEVEL, "service_level", offered)):
        values = read(role, kpi_id)
        if values is not None:
            means[kpi_id] = CATALOGUE[kpi_id], values, weights, mapping.all_with(role)[0].column
    handling, column = _handle_minutes(read, unknown_in, mapping)
    if handling is not None:
        means["aht_mean"] = CATALOGUE["aht_mean"], handling, answered, column
    known = {"contact_volume": offered, "handled_volume": answered}
    for entry in mapping.all_with(Role.KPI):
        kpi = described(entry.kpi or entry.column, entry.measure)
        nothing = np.full(len(table), np.nan)
        means[kpi.id] = (
            kpi,
            numbers_in_unit(table, entry, kpi, problems),
            known.get(DENOMINATORS.get(kpi.id, ""), nothing),
            entry.column,
        )
    return _Numbers(counts, unknown, means), tuple(findings)


def _handle_minutes(
    read: Callable[[Role, str], np.ndarray | None], unknown_in: Callable[[Role], np.ndarray], mapping: ColumnRoles
) -> tuple[np.ndarray | None, str]:
    """The handle time: a column of its own, else talk, hold and wrap-up time together, where none of them is `?`."""
    whole = read(Role.HANDLE_TIME, "aht_mean")
    if whole is not None:
        return whole, mapping.all_with(Role.HANDLE_TIME)[0].column
    parts = {role: values for role in PARTS_OF_HANDLING if (values := read(role, "aht_mean")) is not None}
    if Role.TALK_TIME not in parts:
        return None, ""
    total = parts[Role.TALK_TIME] + sum(np.nan_to_num(values) for role, values in parts.items() if role is not Role.TALK_TIME)
    total = np.where(np.any([unknown_in(role) for role in parts], axis=0), np.nan, total)
    return total, mapping.all_with(Role.TALK_TIME)[0].column


@dataclass(frozen=True)
class _Groups:
    """Rows that are put together: the group of each row, and the first row of each group."""

    codes: np.ndarray
    first: np.ndarray

    def sums(self, values: np.ndarray) -> np.ndarray:
        """The sum of each group, NaN where no row of it has a value."""
        there = np.isfinite(values)
        total = np.bincount(self.codes, np.where(there, values, 0.0), len(self.first))
        return np.where(np.bincount(self.codes, there, len(self.first)) > 0, total, np.nan)

    def means(self, values: np.ndarray, weights: np.ndarray, kpi: Kpi) -> tuple[np.ndarray, np.ndarray]:
        """The weighted mean of each group with its weight; a value that stands alone is kept as it is."""
        if len(self.first) == len(self.codes):
            return values[self.first], weights[self.first]
        if kpi.aggregation is Aggregation.SUM:
            total = self.sums(values)
            return total, total
        there = np.isfinite(values) & np.isfinite(weights)
        weight = np.bincount(self.codes, np.where(there, weights, 0.0), len(self.first))
        total = np.bincount(self.codes, np.where(there, values * weights, 0.0), len(self.first))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(weight > 0, total / weight, np.nan), np.where(weight > 0, weight, np.nan)


def _groups(starts: pd.Series, *, put_together: bool) -> _Groups:
    if not put_together or starts.isna().any():
        everything = np.arange(len(starts))
        return _Groups(everything, everything)
    codes, _ = pd.factorize(starts)
    return _Groups(codes, np.unique(codes, return_index=True)[1])


def _has_intervals(table: Table, mapping: ColumnRoles) -> bool:
    """Whether each row is a part of a day: a column says the time of day, or the period does."""
    if mapping.find(Role.INTERVAL) is not None:
        return True
    period = mapping.find(Role.PERIOD)
    assert period is not None
    cells = table.frame[period.column].astype("str")
    return bool((cells.str.contains(r"\d:\d\d") & ~cells.str.contains(r"(?:^|[ T])0?0:00")).any())


def _told_apart(table: Table, mapping: ColumnRoles, places: np.ndarray) -> bool:
    """Whether rows of one period differ in words of a column without a role, so that they are parts that add up."""
    period = mapping.find(Role.PERIOD)
    assert period is not None
    words = [entry.column for entry in mapping.columns if entry.role is Role.IGNORE and _holds_words(table, entry.column)]
    part = table.frame.iloc[places]
    repeated = part.duplicated([period.column]).any()
    return bool(words and repeated and not part.duplicated([period.column, *words]).any())


def _holds_words(table: Table, column: str) -> bool:
    cells = table.frame[column].astype("str")
    return bool((cells.str.contains(r"[^\W\d_]")).mean() > 0.5) and read_header(column).measure is None


def _counted(
    counts: Mapping[Role, np.ndarray], known: Mapping[Role, Mapping[Role, np.ndarray]], above: np.ndarray
) -> Iterator[tuple[str, Role, np.ndarray, np.ndarray]]:
    """The volumes and shares that follow from counts, with the column's role and their sample size.

    Args:
        counts: of each period.
        known: the same without the rows in which a part is not known, by that part, where there are such rows.
        above: the periods of which no share can be made.
    """
    offered = counts[Role.OFFERED]
    yield "contact_volume", Role.OFFERED, offered, offered
    if Role.HANDLED in counts:
        yield "handled_volume", Role.HANDLED, counts[Role.HANDLED], counts[Role.HANDLED]
    for kpi, part in (("completion_rate", Role.HANDLED), ("abandonment_rate", Role.ABANDONED)):
        if part in counts:
            there = known.get(part, known.get(Role.OFFERED, counts))
            yield kpi, part, _share(there[part], there[Role.OFFERED], above), there[Role.OFFERED]


def _level_of_counts(
    counts: Mapping[Role, np.ndarray], mapping: ColumnRoles, above: np.ndarray
) -> tuple[np.ndarray, np.ndarray, LevelBase] | None:
    if Role.ANSWERED_IN_TIME not in counts:
        return None
    wanted, offered = mapping.service_level_of, counts[Role.OFFERED]
    whole, used = base_of(wanted, offered, counts.get(Role.HANDLED), counts.get(Role.SHORT_ABANDONED))
    return _share(counts[Role.ANSWERED_IN_TIME], whole, above), whole, used


def _share(part: np.ndarray, whole: np.ndarray, above: np.ndarray) -> np.ndarray:
    """`part` ÷ `whole` in percent; missing where nothing was offered or more is counted than offered."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where((whole > 0) & ~above, 100 * part / whole, np.nan)
    return np.where(share > 100 * _TOLERATED, np.nan, np.minimum(share, 100.0))


def _above_the_whole(counts: Mapping[Role, np.ndarray]) -> np.ndarray:
    """The periods in which the parts together, or one of them, are clearly more than the whole."""
    offered = counts[Role.OFFERED]
    parts = [counts[role] for role in (Role.HANDLED, Role.ABANDONED) if role in counts]
    together = np.sum([np.nan_to_num(part) for part in parts], axis=0) if parts else np.zeros(len(offered))
    in_time = np.nan_to_num(counts.get(Role.ANSWERED_IN_TIME, np.zeros(len(offered))))
    answered = counts.get(Role.HANDLED, offered)
    above: np.ndarray = (together > _TOLERATED * offered) | (
        in_time > _TOLERATED * np.where(np.isfinite(answered), answered, np.inf)
    )
    return above


def _about_level(mapping: ColumnRoles, numbers: _Numbers, count: int) -> Sequence[QualityFinding]:
    entry = mapping.find(Role.ANSWERED_IN_TIME)
    if entry is None or "service_level" in numbers.means:
        return ()
    found = _level_of_counts(numbers.counts, mapping, np.zeros(count, dtype=bool))
    assert found is not None
    return (level_finding(found[2], read_header(entry.column).threshold_seconds, count),)
