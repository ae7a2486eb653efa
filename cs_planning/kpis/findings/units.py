"""Times whose unit nobody named, or whose values no such time can be: said with the unit in which they were read."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cs_planning.kpis.catalogue import CATALOGUE, Better
from cs_planning.kpis.cells.durations import ShortClock
from cs_planning.kpis.cells.numbers import SECONDS_IN, WrittenUnit, is_missing, read_numbers
from cs_planning.kpis.columns.guesses.units import is_plausible, kpi_of_time, usual_measure, usual_value
from cs_planning.kpis.columns.mapping import Mapping as ColumnRoles
from cs_planning.kpis.columns.names.clocks import named_clock, short_clock_of
from cs_planning.kpis.columns.names.headers import read_header
from cs_planning.kpis.columns.roles import DURATIONS, Kind, Role
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.kpis.series import SeriesKey
from cs_planning.language import ntext, text

_LOOKED_AT = 50_000
_SHORT_CLOCK = r"\d{1,3}:\d{2}"
_WORDS = {
    WrittenUnit.SECONDS: text("seconds"),
    WrittenUnit.MINUTES: text("minutes"),
    WrittenUnit.HOURS: text("hours"),
    WrittenUnit.DAYS: text("days"),
}


def time_findings(
    column: str, kpi: str, values: np.ndarray, judged: WrittenUnit | None, *, single_contacts: bool = False
) -> Iterator[QualityFinding]:
    """What is to be said of the unit of a column of times.

    Args:
        column: the column.
        kpi: the KPI that it gives.
        values: in the unit of the KPI, shape (n,).
        judged: the unit in which they were read, where nobody named it and it is not that of the KPI.
        single_contacts: whether each value is that of one contact, which can be as short as it likes.
    """
    middle = usual_value(values)
    if kpi not in CATALOGUE or CATALOGUE[kpi].plausible is None or middle is None:
        return
    count = int(np.isfinite(values).sum())
    usual = usual_measure(kpi)
    if judged is not None:
        yield QualityFinding(
            rule="unit_judged",
            severity=Severity.WARNING,
            message=text(
                "Nothing names the unit of {column}; it was read in {unit}, for {kpi} can't be so large or small in {usual}.",
                column=column,
                unit=_WORDS[judged],
                usual=_WORDS[usual],
                kpi=CATALOGUE[kpi].name,
            ),
            consequence=text("If another unit is meant, every value is wrong by the same factor."),
            remedy=text("Write the unit into the header, such as “{example}”.", example=f"{column} (s)"),
            count=count,
            column=column,
        )
    elif not is_plausible(middle, usual, kpi) and not (single_contacts and middle < 1):
        yield QualityFinding(
            rule="implausible_time",
            severity=Severity.WARNING,
            message=text(
                "{column}: the usual value is {value} {unit}, which {kpi} hardly is in any service.",
                column=column,
                value=middle,
                unit=_WORDS[usual],
                kpi=CATALOGUE[kpi].name,
            ),
            consequence=text("Probably the cells are in another unit or format than they were read in."),
            remedy=text("Check the unit of the column; a header such as “{example}” settles it.", example=f"{column} (mm:ss)"),
            count=count,
            column=column,
        )


def clock_findings(column: str, cells: pd.Series, role: Role = Role.IGNORE, kpi: str | None = None) -> Iterator[QualityFinding]:
    """What is to be said of clocks of two parts under a header that does not say what they show.

    Args:
        column: the column.
        cells: its cells as written.
        role: what it is.
        kpi: whose values it holds, as a catalogue id.
    """
    if named_clock(column) is not None:
        return
    short = cells.iloc[:_LOOKED_AT].astype("str").str.strip()
    short = short[short.str.fullmatch(_SHORT_CLOCK)]
    if short.empty:
        return
    in_minutes = short_clock_of(column, role, kpi) is ShortClock.MINUTES_SECONDS
    read, other = (text("minutes and seconds"), "h:mm") if in_minutes else (text("hours and minutes"), "mm:ss")
    yield QualityFinding(
        rule="clock_judged",
        severity=Severity.NOTICE,
        message=text(
            "Nothing says what the clocks of {column} show; {example} was read as {parts}.",
            column=column,
            example=str(short.iloc[0]),
            parts=read,
        ),
        consequence=text("If the other reading is meant, these values are wrong by a factor of 60."),
        remedy=text("Write it into the header, such as “{example}”.", example=f"{column} ({other})"),
        count=len(short),
        column=column,
    )


def _mixed_units(column: str, count: int, unit: WrittenUnit) -> QualityFinding:
    """The finding that bare numbers stand between lengths of time that say their unit."""
    return QualityFinding(
        rule="mixed_units",
        severity=Severity.WARNING,
        message=ntext(
            "{count} cell of {column} is a bare number among lengths with a unit; it was read in {unit}.",
            "{count} cells of {column} are bare numbers among lengths with a unit; they were read in {unit}.",
            count,
            column=column,
            unit=_WORDS.get(unit, _WORDS[WrittenUnit.SECONDS]),
        ),
        consequence=text("If another unit is meant, these values are wrong by the same factor."),
        remedy=text("Write all cells of the column in one way, such as 1:30:00, or the unit into the header."),
        count=count,
        column=column,
    )


def _unnamed_unit(column: str, count: int, unit: WrittenUnit) -> QualityFinding:
    """The finding that nobody names the unit of lengths of time, which can well be in the usual one."""
    return QualityFinding(
        rule="unit_not_named",
        severity=Severity.NOTICE,
        message=text(
            "Nothing names the unit of {column}; it was read in {unit}, as is usual.", column=column, unit=_WORDS[unit]
        ),
        consequence=text("If another unit is meant, every value is wrong by the same factor."),
        remedy=text("Write the unit into the header, such as “{example}”.", example=f"{column} (s)"),
        count=count,
        column=column,
    )


def share_findings(mapping: ColumnRoles) -> Iterator[QualityFinding]:
    """The finding that numbers from 0 to 1 were read as shares, of KPIs that are good when they are low and can be so small.

    Args:
        mapping: what the columns of a table of figures mean.
    """
    for entry in mapping.all_with(Role.KPI):
        kpi = CATALOGUE.get(SeriesKey.parse(entry.kpi).kpi) if entry.kpi else None
        if kpi is not None and entry.fraction and kpi.better is Better.LOWER and entry.measure is not WrittenUnit.PERCENT:
            yield QualityFinding(
                rule="shares_judged",
                severity=Severity.WARNING,
                message=text(
                    "Nothing says whether {column} is in percent; 0.5 was read as 50 %, since no value is above 1.",
                    column=entry.column,
                ),
                consequence=text("If the numbers are percentages already, every value is a hundred times too large."),
                remedy=text("Write the unit into the header, such as “{example}”.", example=f"{entry.column} (%)"),
                column=entry.column,
            )


def duration_findings(table: Table, mapping: ColumnRoles) -> Iterator[QualityFinding]:
    """What is to be said of the units of the times that single contacts took.

    Args:
        table: the cells that contacts were made of.
        mapping: what its columns mean.
    """
    for entry in mapping.columns:
        kpi = kpi_of_time(entry.role, None) if entry.role in DURATIONS else None
        if kpi is None:
            continue
        cells = table.frame[entry.column].iloc[:_LOOKED_AT].astype("str")
        filled = cells[~cells.map(is_missing)]
        numbers = read_numbers(filled, entry.decimal_mark, short_clock_of(entry.column, entry.role))
        usual = usual_measure(kpi)
        unnamed = WrittenUnit.SECONDS if mapping.kind is Kind.CALLS else usual
        written = WrittenUnit.SECONDS if numbers.measure in SECONDS_IN else entry.measure or unnamed
        values = numbers.values * SECONDS_IN.get(written, 1.0) / SECONDS_IN[usual] * entry.factor
        judged = entry.measure if entry.measure_judged else None
        if numbers.has_mixed_measures and numbers.measures.get(None) and read_header(entry.column).measure is None:
            yield _mixed_units(entry.column, numbers.measures[None], written)
        elif entry.measure is None and numbers.measures.get(None) and read_header(entry.column).measure is None:
            yield _unnamed_unit(entry.column, numbers.measures[None], unnamed)
        yield from clock_findings(entry.column, filled, entry.role)
        yield from time_findings(entry.column, kpi, values, judged, single_contacts=True)
