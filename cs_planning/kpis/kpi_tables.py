"""Tables of KPIs over time, wide, long or turned → points of series, in the catalogue's units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.errors import Problem
from cs_planning.kpis.catalogue import CATALOGUE, Aggregation, Better, Kpi, Unit, kpi_named
from cs_planning.kpis.frequency import Frequency, infer_frequency
from cs_planning.kpis.headers import kpi_of, read_header
from cs_planning.kpis.imported import Imported, QualityFinding, rejected_frame
from cs_planning.kpis.mapping import DIMENSIONS, ColumnMapping, Mapping, Role
from cs_planning.kpis.moments import DateOrder, read_period_cell, read_periods
from cs_planning.kpis.numbers import MEASURES, SECONDS_IN, DecimalMark, Measure, Numbers, fold, is_missing, read_numbers
from cs_planning.kpis.quality import series_findings, without_counts
from cs_planning.kpis.series import SeriesKey, check_frame
from cs_planning.kpis.table import MAX_PROBLEMS, Table, refuse
from cs_planning.language import text

_TIME_UNITS = {Unit.SECONDS: 1.0, Unit.MINUTES: 60.0, Unit.HOURS: 3600.0}
DENOMINATORS = {
    "abandonment_rate": "contact_volume",
    "service_level": "contact_volume",
    "completion_rate": "contact_volume",
    "cost_per_contact": "contact_volume",
    "asa_mean": "handled_volume",
    "aht_mean": "handled_volume",
    "reopen_rate": "solved_volume",
    "fcr": "solved_volume",
    "resolution_time_mean": "solved_volume",
}
"""The count that a ratio or mean rests on, used as its sample size when both stand in one table."""


@dataclass(frozen=True)
class Cells:
    """The values of one series before they are checked together.

    Attributes:
        key: the series.
        kpi: its description.
        column: the column they come from.
        rows: rows in the user's spreadsheet, shape (n,).
        starts: periods as written, datetime64, shape (n,).
        values: in the KPI's unit, NaN where empty, shape (n,).
        samples: sample sizes, NaN where unknown, shape (n,).
    """

    key: SeriesKey
    kpi: Kpi
    column: str
    rows: np.ndarray
    starts: pd.Series
    values: np.ndarray
    samples: np.ndarray


def convert_kpi_table(table: Table, mapping: Mapping, today: date) -> Imported:
    """The points of a table of KPIs.

    Raises:
        ImportProblems: all cells that are no period or number, future or repeated periods, mixed units, impossible values.
    """
    problems = [*table.broken, *_repeated_kpis(table, mapping)]
    if mapping.find(Role.PERIOD_COLUMN) is not None:
        series, explicit = _turned(table, mapping, problems)
    else:
        starts, explicit = table_periods(table, mapping, today, problems)
        if mapping.find(Role.KPI_NAME) is not None and mapping.find(Role.VALUE) is not None:
            series = _long(table, mapping, starts, problems)
        else:
            series = _wide(table, mapping, starts, problems)
    return imported_points(table, mapping, series, explicit, today, problems)


def imported_points(
    table: Table,
    mapping: Mapping,
    series: Sequence[Cells],
    explicit: Frequency | None,
    today: date,
    problems: list[Problem],
    findings: Sequence[QualityFinding] = (),
) -> Imported:
    """Series checked together: one rhythm, no repeated and no future period, values that can be.

    Args:
        table: the file's cells.
        mapping: what they mean.
        series: the values of each series.
        explicit: the rhythm that the writing of the periods shows.
        today: the last day that can have happened.
        problems: what was found before; blocks the import.
        findings: what was found before; does not.

    Raises:
        ImportProblems: `problems` and everything that is found here.
    """
    starts = [cells.starts.dropna() for cells in series]
    rhythm = explicit or infer_frequency(pd.concat([*starts]) if starts else pd.Series(dtype="datetime64[s]"))
    twins: set[int] = set()
    frames = []
    for cells in series:
        frame = pd.DataFrame(
            {
                "series": str(cells.key),
                "period": pd.DatetimeIndex(cells.starts).to_period(rhythm.pandas_period).start_time,
                "value": cells.values,
                "sample_size": cells.samples,
                "row": cells.rows,
            }
        )
        problems += _future(frame, cells, rhythm, today)
        problems += _impossible(cells)
        frame = frame.dropna(subset=["period"])
        problems += _repeated(frame, cells, rhythm, twins)
        frames.append(frame)
    if problems:
        raise refuse(table.name, problems[:MAX_PROBLEMS])
    points = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    points = points.dropna(subset=["value"]) if len(points) else points
    if points.empty:
        raise refuse(
            table.name,
            [
                Problem(
                    message=text("No column holds a value of a KPI."),
                    remedy=text("Say on the Import page which columns are KPIs."),
                )
            ],
        )
    points = check_frame(points[~points["row"].isin(twins)])
    kpis = {cells.kpi.id: cells.kpi for cells in series}
    rejected = rejected_frame(
        Problem(message=text("The row repeats another one."), remedy=text("Nothing to do."), row=row) for row in sorted(twins)
    )
    last_start = points["period"].max().date()
    return Imported(
        kind=mapping.kind,
        rows_read=len(table) + len(table.broken),
        accepted_rows=len(table) - len(twins),
        rejected=rejected,
        findings=(*findings, *series_findings(points, rhythm, kpis, today), *without_counts(points, kpis, rhythm)),
        points=points,
        frequency=rhythm,
        kpis=kpis,
        first_day=points["period"].min().date(),
        last_day=min(rhythm.end_of(last_start), today),
    )


def table_periods(table: Table, mapping: Mapping, today: date, problems: list[Problem]) -> tuple[pd.Series, Frequency | None]:
    """The periods of the table's rows, and the rhythm that their writing shows; adds what can't be read to `problems`."""
    entry = mapping.find(Role.PERIOD)
    assert entry is not None
    cells = table.frame[entry.column].astype("str")
    order = mapping.date_order if mapping.date_order is not DateOrder.YEAR_FIRST else None
    periods = read_periods(cells, order)
    if periods.mixed:
        found = _contradiction(cells, table.rows)
        problems.append(
            Problem(
                message=text(
                    "The dates mix day-first and month-first order (rows {first} and {second}).",
                    first=found[0],
                    second=found[1],
                ),
                remedy=text("Write all dates the same way, best as 2026-03-31."),
                row=found[1],
                column=entry.column,
            )
        )
    if not periods.mixed:
        problems.extend(
            Problem(
                message=text("Row {row}: “{value}” is not a period.", row=int(table.rows[place]), value=cells.iloc[place][:80]),
                remedy=text("Write it as 2026-03-09, 2026-W11, 2026-03, 2026-Q1 or 2026; take out rows of totals and notes."),
                row=int(table.rows[place]),
                column=entry.column,
                value=cells.iloc[place][:80],
            )
            for place in np.flatnonzero(periods.bad)[:MAX_PROBLEMS]
        )
    empty = cells.map(is_missing).to_numpy()
    problems.extend(
        Problem(
            message=text("Row {row} has no period.", row=int(table.rows[place])),
            remedy=text("Fill it in, or take the row out."),
            row=int(table.rows[place]),
            column=entry.column,
        )
        for place in np.flatnonzero(empty)[:MAX_PROBLEMS]
    )
    return periods.starts, periods.frequency


def _contradiction(cells: pd.Series, rows: np.ndarray) -> tuple[int, int]:
    day_first = [place for place, cell in enumerate(cells) if read_period_cell(cell, DateOrder.MONTH_FIRST) is None]
    month_first = [place for place, cell in enumerate(cells) if read_period_cell(cell, DateOrder.DAY_FIRST) is None]
    places = sorted((day_first[0] if day_first else 0, month_first[0] if month_first else 0))
    return int(rows[places[0]]), int(rows[places[1]])


def numbers_in_unit(
    table: Table, entry: ColumnMapping, kpi: Kpi, problems: list[Problem], rows: np.ndarray | None = None
) -> np.ndarray:
    """A column's cells as numbers in the KPI's unit; adds what can't be read, and mixed units, to `problems`.

    Args:
        table: the file's cells.
        entry: the column.
        kpi: whose values they are.
        problems: grows.
        rows: which positions to read; all when None.
    """
    cells = table.frame[entry.column].astype("str")
    positions = np.arange(len(cells)) if rows is None else rows
    cells = cells.iloc[positions].reset_index(drop=True)
    numbers = read_numbers(cells, entry.decimal_mark)
    for place in np.flatnonzero(numbers.bad)[:MAX_PROBLEMS]:
        row = int(table.rows[positions[place]])
        problems.append(
            Problem(
                message=text(
                    "Row {row}, column {column}: “{value}” is not a number.",
                    row=row,
                    column=entry.column,
                    value=cells[place][:80],
                ),
                remedy=text("Write a number, or leave the cell empty."),
                row=row,
                column=entry.column,
                value=cells[place][:80],
            )
        )
    problems += _mixed(table, entry, numbers, cells, positions)
    return in_unit(numbers, kpi, entry.measure, entry.fraction, np.asarray(cells))


def in_unit(numbers: Numbers, kpi: Kpi, measure: Measure | None, fraction: bool, cells: np.ndarray) -> np.ndarray:
    """Numbers in the unit of `kpi`.

    Args:
        numbers: as read; times with a unit of their own in seconds.
        kpi: whose unit is wanted.
        measure: the unit of numbers without one; that of the KPI when None.
        fraction: whether shares are written 0–1.
        cells: the cells as written.
    """
    values = numbers.values
    if kpi.unit in _TIME_UNITS:
        written = numbers.measure in SECONDS_IN or ":" in "".join(map(str, cells[:50]))
        seconds = 1.0 if written else SECONDS_IN.get(measure, _TIME_UNITS[kpi.unit]) if measure else _TIME_UNITS[kpi.unit]
        return values * seconds / _TIME_UNITS[kpi.unit]
    if kpi.unit is Unit.PERCENT and fraction:
        return values * 100
    return values


def _mixed(table: Table, entry: ColumnMapping, numbers: Numbers, cells: pd.Series, positions: np.ndarray) -> Iterator[Problem]:
    if not numbers.has_mixed_measures:
        return
    common = max(numbers.measures, key=lambda measure: numbers.measures[measure])
    for place, cell in enumerate(cells):
        one = read_numbers(pd.Series([cell]), numbers.decimal_mark)
        if one.measures and common not in one.measures:
            row = int(table.rows[positions[place]])
            yield Problem(
                message=text(
                    "Row {row}, column {column}: “{value}” has another unit than the cells around it.",
                    row=row,
                    column=entry.column,
                    value=cell[:80],
                ),
                remedy=text("Write all cells of a column in one unit."),
                row=row,
                column=entry.column,
                value=cell[:80],
            )


def described(id: str, measure: Measure | None, written: Measure | None = None) -> Kpi:
    """The KPI of a column: the catalogue's, or one of the user's own with the unit that the header or the cells show."""
    if id in CATALOGUE:
        return CATALOGUE[id]
    unit, aggregation = {
        Measure.PERCENT: (Unit.PERCENT, Aggregation.WEIGHTED_MEAN),
        Measure.SECONDS: (Unit.SECONDS, Aggregation.WEIGHTED_MEAN),
        Measure.MINUTES: (Unit.MINUTES, Aggregation.WEIGHTED_MEAN),
        Measure.HOURS: (Unit.HOURS, Aggregation.WEIGHTED_MEAN),
        Measure.COUNT: (Unit.COUNT, Aggregation.SUM),
        Measure.POINTS: (Unit.POINTS, Aggregation.WEIGHTED_MEAN),
        Measure.MONEY: (Unit.MONEY, Aggregation.SUM),
    }.get(written or measure or Measure.DAYS, (Unit.NUMBER, Aggregation.WEIGHTED_MEAN))
    return kpi_named(id).model_copy(update={"unit": unit, "aggregation": aggregation, "better": Better.CONTEXT})


def scope_of(table: Table, mapping: Mapping) -> list[tuple[tuple[tuple[str, str], ...], np.ndarray]]:
    """The parts of the operation that the rows belong to, each with the positions of its rows."""
    parts = [(role, entry.column) for role in DIMENSIONS if (entry := mapping.find(role)) is not None]
    if not parts:
        return [((), np.arange(len(table)))]
    keys = table.frame[[column for _, column in parts]].astype("str").agg(tuple, axis=1)
    found: dict[tuple[str, ...], list[int]] = {}
    for place, key in enumerate(keys):
        found.setdefault(tuple(key), []).append(place)
    return [
        (
            tuple((role.value, value) for (role, _), value in zip(parts, key, strict=True) if not is_missing(value)),
            np.array(places),
        )
        for key, places in found.items()
    ]


def _wide(table: Table, mapping: Mapping, starts: pd.Series, problems: list[Problem]) -> list[Cells]:
    samples = {entry.kpi: entry for entry in mapping.all_with(Role.SAMPLE_SIZE)}
    series: list[Cells] = []
    for scope, places in scope_of(table, mapping):
        for entry in mapping.all_with(Role.KPI):
            kpi_id = entry.kpi or kpi_of(entry.column) or entry.column
            written = read_numbers(table.frame[entry.column].iloc[:200].astype("str")).measure
            kpi = described(kpi_id, entry.measure, written if written is not Measure.SECONDS else None)
            values = numbers_in_unit(table, entry, kpi, problems, places)
            sizes = np.full(len(places), np.nan)
            if kpi_id in samples:
                sizes = numbers_in_unit(table, samples[kpi_id], described("sample size", None), problems, places)
            elif kpi.unit is Unit.COUNT:
                sizes = values
            series.append(
                Cells(
                    SeriesKey(kpi.id, scope),
                    kpi,
                    entry.column,
                    table.rows[places],
                    starts.iloc[places].reset_index(drop=True),
                    values,
                    sizes,
                )
            )
    return [with_denominator(cells, series) for cells in series]


def with_denominator(cells: Cells, series: Sequence[Cells]) -> Cells:
    """The cells with the count that they rest on as sample size, where it is in the same table and none was given."""
    wanted = DENOMINATORS.get(cells.kpi.id)
    if wanted is None or np.isfinite(cells.samples).any():
        return cells
    for other in series:
        if other.key == SeriesKey(wanted, cells.key.scope):
            return Cells(cells.key, cells.kpi, cells.column, cells.rows, cells.starts, cells.values, other.values)
    return cells


def _long(table: Table, mapping: Mapping, starts: pd.Series, problems: list[Problem]) -> list[Cells]:
    name_entry, value_entry = mapping.find(Role.KPI_NAME), mapping.find(Role.VALUE)
    size_entry, unit_entry = mapping.find(Role.SAMPLE_SIZE), mapping.find(Role.UNIT)
    assert name_entry is not None
    assert value_entry is not None
    mark = value_entry.decimal_mark or read_numbers(table.frame[value_entry.column].astype("str")).decimal_mark
    names = table.frame[name_entry.column].astype("str")
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
            key = SeriesKey.parse(name)
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
                Cells(full, kpi, value_entry.column, table.rows[rows], starts.iloc[rows].reset_index(drop=True), values, sizes)
            )
    return series


def _of_one_series(
    table: Table, entry: ColumnMapping, kpi: Kpi, measure: Measure | None, rows: np.ndarray, mark: DecimalMark, name: str
) -> ColumnMapping:
    numbers = read_numbers(table.frame[entry.column].iloc[rows].astype("str"), mark)
    return entry.model_copy(update={"measure": measure, "decimal_mark": mark, "fraction": _is_fraction_of(kpi, numbers, name)})


def _is_fraction_of(kpi: Kpi, numbers: Numbers, name: str) -> bool:
    """Whether a series of shares is written 0–1.

    A series under the catalogue's own id is in the catalogue's unit, unless it is a share that can't be good below 1 %.
    """
    values = numbers.values[np.isfinite(numbers.values)]
    if kpi.unit is not Unit.PERCENT or numbers.measure is Measure.PERCENT or not len(values):
        return False
    if name in CATALOGUE and kpi.better is not Better.HIGHER:
        return False
    return bool(values.max() <= 1 and (values % 1 != 0).any())


def _turned(table: Table, mapping: Mapping, problems: list[Problem]) -> tuple[list[Cells], Frequency | None]:
    columns = mapping.all_with(Role.PERIOD_COLUMN)
    name_entry = mapping.find(Role.KPI_NAME)
    periods = read_periods(pd.Series([entry.column for entry in columns], dtype="str"), mapping.date_order)
    problems += [
        Problem(
            message=text("The header {column} is not a period.", column=columns[place].column),
            remedy=text("Map the column to something else, or write the period as 2026-03."),
            row=table.header_row,
            column=columns[place].column,
        )
        for place in np.flatnonzero(periods.bad)
    ]
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
        kpi = described(
            kpi_of(name) or name, read_header(name).measure, numbers.measure if numbers.measure is not Measure.SECONDS else None
        )
        fraction = _is_fraction_of(kpi, numbers, name)
        entry = ColumnMapping(column=name, measure=read_header(name).measure, fraction=fraction)
        read = numbers_in_unit(across, entry, kpi, problems)
        sizes = read if kpi.unit is Unit.COUNT else np.full(len(read), np.nan)
        series.append(Cells(SeriesKey(kpi.id, scope), kpi, name, across.rows, periods.starts, read, sizes))
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


def _future(frame: pd.DataFrame, cells: Cells, rhythm: Frequency, today: date) -> Iterator[Problem]:
    late = frame[(frame["period"] > pd.Timestamp(today)) & frame["value"].notna()]
    for row, period in zip(late["row"].head(MAX_PROBLEMS), late["period"].head(MAX_PROBLEMS), strict=True):
        yield Problem(
            message=text(
                "Row {row}: the period {period} lies in the future.", row=int(row), period=rhythm.write(period.date())
            ),
            remedy=text("Check the order of day and month, or take out plans and forecasts: only what happened is imported."),
            row=int(row),
            column=cells.column,
            value=rhythm.write(period.date()),
        )


def _impossible(cells: Cells) -> Iterator[Problem]:
    kpi = cells.kpi
    if kpi.id not in CATALOGUE:
        return
    low, high = -np.inf if kpi.lower is None else kpi.lower, np.inf if kpi.upper is None else kpi.upper
    wrong = np.flatnonzero((cells.values < low - 1e-9) | (cells.values > high + 1e-9))
    for place in wrong[:MAX_PROBLEMS]:
        yield Problem(
            message=text(
                "Row {row}, column {column}: {value} is outside of what {kpi} can be.",
                row=int(cells.rows[place]),
                column=cells.column,
                value=float(cells.values[place]),
                kpi=kpi.name,
            ),
            remedy=text("Correct the value, check the column's unit, or map the column to another KPI."),
            row=int(cells.rows[place]),
            column=cells.column,
            value=f"{cells.values[place]:.6g}",
        )


def _repeated(frame: pd.DataFrame, cells: Cells, rhythm: Frequency, twins: set[int]) -> Iterator[Problem]:
    """Problems of periods that appear twice with different values; rows that only repeat another one go to `twins`."""
    for period, group in frame[frame.duplicated("period", keep=False)].groupby("period"):
        rows = [int(row) for row in group["row"]]
        if len(set(rows)) > 1 and group["value"].nunique(dropna=False) == 1 and group["sample_size"].nunique(dropna=False) == 1:
            twins.update(rows[1:])
            continue
        yield Problem(
            message=text(
                "The period {period} appears more than once (rows {rows}).",
                period=rhythm.write(pd.Timestamp(str(period)).date()),
                rows=", ".join(map(str, rows[:5])),
            ),
            remedy=text("Keep one row for each period, or map the column that tells the rows apart."),
            row=rows[-1],
            column=cells.column,
            value=rhythm.write(pd.Timestamp(str(period)).date()),
        )
