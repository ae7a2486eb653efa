"""Tables of KPIs over time, wide, long or turned → points of series, in the catalogue's units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.errors import Problem
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import CATALOGUE, Kpi, Unit
from cs_planning.kpis.cells.numbers import MEASURES, DecimalMark, Numbers, WrittenUnit, fold, is_missing, read_numbers
from cs_planning.kpis.cells.periods import read_periods
from cs_planning.kpis.columns.guesses.units import judged_measure, kpi_of_time, usual_measure
from cs_planning.kpis.columns.mapping import ColumnMapping, Mapping
from cs_planning.kpis.columns.names.by_channel import by_channel
from cs_planning.kpis.columns.names.headers import kpi_of, read_header
from cs_planning.kpis.columns.roles import DIMENSIONS, Role
from cs_planning.kpis.currency import Currency
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import SeriesKey
from cs_planning.kpis.tables.cells import described, is_fraction_of, numbers_in_unit, scope_of, table_periods
from cs_planning.kpis.tables.mean_scores import as_scores
from cs_planning.kpis.tables.money import with_currency
from cs_planning.kpis.tables.points import Cells, imported_points, with_denominator
from cs_planning.kpis.tables.whole import with_whole
from cs_planning.language import text


def convert_kpi_table(table: Table, mapping: Mapping, calendar: ServiceCalendar, today: date, currency: Currency) -> Imported:
    """The points of a table of KPIs.

    Raises:
        ImportProblems: all cells that are no period or number, future or repeated periods, mixed units, impossible values.
    """
    problems = [*table.broken, *_repeated_kpis(table, mapping)]
    if mapping.find(Role.PERIOD_COLUMN) is not None:
        series, explicit = _turned(table, mapping, calendar.year_starts_in, problems)
    else:
        starts, explicit = table_periods(table, mapping, calendar.year_starts_in, problems)
        if mapping.find(Role.KPI_NAME) is not None and mapping.find(Role.VALUE) is not None:
            series = _long(table, mapping, starts, problems)
        else:
            series = _wide(table, mapping, starts, problems)
    series, about_scores = as_scores(series)
    series, about_parts = with_whole(series)
    amounts = with_currency(series, table, mapping, currency, problems)
    findings = (*amounts.findings, *about_scores, *about_parts)
    found = imported_points(table, mapping, amounts.series, explicit, calendar, today, problems, findings)
    return replace(found, currency=amounts.named)


def _wide(table: Table, mapping: Mapping, starts: pd.Series, problems: list[Problem]) -> list[Cells]:
    samples = {entry.kpi: entry for entry in mapping.all_with(Role.SAMPLE_SIZE)}
    series: list[Cells] = []
    for scope, places in scope_of(table, mapping):
        for entry in mapping.all_with(Role.KPI):
            kpi_id = entry.kpi or kpi_of(entry.column) or entry.column
            named = _key_of(kpi_id)
            written = read_numbers(table.frame[entry.column].iloc[:200].astype("str")).measure
            kpi = described(named.kpi, entry.measure, written if written is not WrittenUnit.SECONDS else None)
            values = numbers_in_unit(table, entry, kpi, problems, places)
            sizes = np.full(len(places), np.nan)
            if kpi_id in samples:
                sizes = numbers_in_unit(table, samples[kpi_id], described("sample size", None), problems, places)
            elif kpi.unit is Unit.COUNT:
                sizes = values
            series.append(
                Cells(
                    SeriesKey(kpi.id, (*named.scope, *scope)),
                    kpi,
                    entry.column,
                    table.rows[places],
                    starts.iloc[places].reset_index(drop=True),
                    values,
                    sizes,
                    entry.measure,
                )
            )
    return [with_denominator(cells, series) for cells in series]


def _key_of(kpi_id: str) -> SeriesKey:
    """The KPI and the channel of a column of its own, as its mapping names them; a name of the user's own stays whole."""
    key = SeriesKey.parse(kpi_id)
    return key if key.kpi in CATALOGUE else SeriesKey(kpi_id)


def _long(table: Table, mapping: Mapping, starts: pd.Series, problems: list[Problem]) -> list[Cells]:
    name_entry, value_entry = mapping.find(Role.KPI_NAME), mapping.find(Role.VALUE)
    size_entry, unit_entry = mapping.find(Role.SAMPLE_SIZE), mapping.find(Role.UNIT)
    assert name_entry is not None
    assert value_entry is not None
    mark = value_entry.decimal_mark or read_numbers(table.frame[value_entry.column].astype("str")).decimal_mark
    names = table.frame[name_entry.column].astype("str")
    parts_of = by_channel(names.unique().tolist())
    series = []
    for scope, places in scope_of(table, mapping):
        part = names.iloc[places]
        for name in part.unique():
            rows = places[(part == name).to_numpy()]
            if is_missing(name):
                problems.append(
                    Problem(
                        message=text("Row {row} does not say which KPI it is.", row=int(table.rows[rows[0]])),
                        remedy=text("Fill in the name of the KPI, or take the row out."),
                        row=int(table.rows[rows[0]]),
                        column=name_entry.column,
                    )
                )
                continue
            key = SeriesKey.parse(parts_of.get(name, name))
            unit = fold(str(table.frame[unit_entry.column].iloc[rows[0]])) if unit_entry is not None else ""
            measure = MEASURES.get(unit) or read_header(key.kpi).measure or value_entry.measure
            kpi = described(kpi_of(key.kpi) or key.kpi, measure)
            entry = _of_one_series(table, value_entry, kpi, measure, rows, mark, key.kpi)
            values = numbers_in_unit(table, entry, kpi, problems, rows)
            sizes = np.full(len(rows), np.nan)
            if size_entry is not None:
                sizes = numbers_in_unit(table, size_entry, described("sample size", None), problems, rows)
            elif kpi.unit is Unit.COUNT:
                sizes = values
            full = SeriesKey(kpi.id, (*key.scope, *scope))
            series.append(
                Cells(
                    full,
                    kpi,
                    name,
                    table.rows[rows],
                    starts.iloc[rows].reset_index(drop=True),
                    values,
                    sizes,
                    measure,
                    entry.measure if entry.measure_judged else None,
                )
            )
    return series


def _of_one_series(
    table: Table, entry: ColumnMapping, kpi: Kpi, measure: WrittenUnit | None, rows: np.ndarray, mark: DecimalMark, name: str
) -> ColumnMapping:
    numbers = read_numbers(table.frame[entry.column].iloc[rows].astype("str"), mark)
    measure, judged = _measure(numbers, kpi, measure, name)
    return entry.model_copy(
        update={
            "measure": measure,
            "measure_judged": judged,
            "decimal_mark": mark,
            "fraction": is_fraction_of(kpi, numbers, name),
        }
    )


def _measure(numbers: Numbers, kpi: Kpi, named: WrittenUnit | None, name: str) -> tuple[WrittenUnit | None, bool]:
    """The unit of the values of one series and whether it was judged by what they can be, since nobody names it."""
    if kpi.id == name or named is not None or numbers.measure is not None or kpi_of_time(Role.VALUE, kpi.id) is None:
        return named, False
    judged = judged_measure(numbers.values, kpi.id)
    return (None, False) if judged is usual_measure(kpi.id) else (judged, True)


def _turned(
    table: Table, mapping: Mapping, year_starts_in: int, problems: list[Problem]
) -> tuple[list[Cells], Frequency | None]:
    columns = mapping.all_with(Role.PERIOD_COLUMN)
    name_entry = mapping.find(Role.KPI_NAME)
    periods = read_periods(pd.Series([entry.column for entry in columns], dtype="str"), mapping.date_order, year_starts_in)
    problems += [
        Problem(
            message=text("The header {column} is not a period.", column=columns[place].column),
            remedy=text("Map the column to something else, or write the period as 2026-03."),
            row=table.header_row,
            column=columns[place].column,
        )
        for place in np.flatnonzero(periods.bad)
    ]
    parts_of = by_channel(table.frame[name_entry.column].astype("str").unique().tolist()) if name_entry is not None else {}
    series = []
    for place in range(len(table)):
        name = str(table.frame[name_entry.column].iloc[place]) if name_entry is not None else table.name
        scope = tuple(
            (role.value, str(table.frame[entry.column].iloc[place]))
            for role in DIMENSIONS
            if (entry := mapping.find(role)) is not None
        )
        cells = pd.Series([str(table.frame[entry.column].iloc[place]) for entry in columns], dtype="str")
        across = Table(table.name, pd.DataFrame({name: cells}), np.repeat(table.rows[place], len(cells)))
        numbers = read_numbers(cells)
        own = SeriesKey.parse(parts_of.get(name, ""))
        kpi = described(
            own.kpi or kpi_of(name) or name,
            read_header(name).measure,
            numbers.measure if numbers.measure is not WrittenUnit.SECONDS else None,
        )
        fraction = is_fraction_of(kpi, numbers, name)
        measure, judged = _measure(numbers, kpi, read_header(name).measure, name)
        entry = ColumnMapping(column=name, measure=measure, measure_judged=judged, fraction=fraction)
        read = numbers_in_unit(across, entry, kpi, problems)
        sizes = read if kpi.unit is Unit.COUNT else np.full(len(read), np.nan)
        series.append(
            Cells(
                SeriesKey(kpi.id, (*own.scope, *scope)),
                kpi,
                name,
                across.rows,
                periods.starts,
                read,
                sizes,
                entry.measure or numbers.measure,
                entry.measure if judged else None,
            )
        )
    return [with_denominator(cells, series) for cells in series], periods.frequency


def _repeated_kpis(table: Table, mapping: Mapping) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for entry in mapping.all_with(Role.KPI):
        kpi_id = entry.kpi or entry.column
        base = entry.column.rpartition(" (")[0]
        twin = seen.get(kpi_id) or (base if base in table.repeated_columns else None)
        if twin is not None:
            yield Problem(
                message=text("The columns {first} and {second} are the same KPI.", first=twin, second=entry.column),
                remedy=text("Set one of them to “not used”, or give it another name."),
                row=table.header_row,
                column=entry.column,
            )
        seen.setdefault(kpi_id, entry.column)
