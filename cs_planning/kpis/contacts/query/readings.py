"""Cells of times, lengths and amounts: plain ones are read inside the engine, every other writing once in Python and joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import duckdb
import pandas as pd

from cs_planning.kpis.cells.durations import ShortClock
from cs_planning.kpis.cells.moments import EPOCH_MILLISECONDS, EPOCH_SECONDS, ZONE, DateOrder, offset_minutes, read_moment
from cs_planning.kpis.cells.numbers import SECONDS_IN, DecimalMark, WrittenUnit, read_number
from cs_planning.kpis.cells.sql_cells import ISO, clock_seconds, is_missing, literal, moment_of, plain_number, quoted
from cs_planning.kpis.columns.mapping import ColumnMapping, Mapping
from cs_planning.kpis.columns.names.clocks import short_clock_of
from cs_planning.kpis.columns.roles import DURATIONS, TIMES, Kind, Role

MOST_DIFFERENT = 3_000_000
"""How many different cells of a column are read that are not plain, which bounds the memory."""
_ROLES = (*TIMES, *DURATIONS, Role.COST)
_DEFAULT_MEASURE = {
    Role.FIRST_RESPONSE_TIME: WrittenUnit.MINUTES,
    Role.FIRST_RESPONSE_BUSINESS_TIME: WrittenUnit.MINUTES,
    Role.RESOLUTION_TIME: WrittenUnit.HOURS,
    Role.RESOLUTION_BUSINESS_TIME: WrittenUnit.HOURS,
    Role.WAIT_TIME: WrittenUnit.SECONDS,
    Role.HANDLE_TIME: WrittenUnit.MINUTES,
}


@dataclass(frozen=True)
class Reading:
    """What the cells of a column of times, lengths or amounts mean.

    Attributes:
        entry: the column.
        order: the order of day and month in the file.
        name: the table with the columns cell and value of the cells that are not plain, value NULL where they are unreadable.
        is_needed: whether there are any.
    """

    entry: ColumnMapping
    order: DateOrder
    name: str
    is_needed: bool = False

    @property
    def column(self) -> str:
        """The column's name."""
        return self.entry.column

    @property
    def role(self) -> Role:
        """The column's role."""
        return self.entry.role

    def cell(self, relation: str) -> str:
        """The cell in `relation` as an expression, trimmed where its reading needs that."""
        bare = f"{relation}.{quoted(self.column)}"
        is_iso = bool(self.entry.formats) and all(ISO.fullmatch(form) for form in self.entry.formats)
        return bare if self.role in TIMES and is_iso and not self.entry.has_zone else f"trim({bare})"

    def value(self, relation: str) -> str:
        """The meaning of a cell: a point in time, seconds, or an amount."""
        plain = self._plain(self.cell(relation))
        return f"coalesce({plain}, {self.name}.value)" if self.is_needed else plain

    def join(self, relation: str) -> str:
        """What joins the table of meanings to `relation`; nothing where every cell is plain."""
        return f"LEFT JOIN {self.name} ON trim({relation}.{quoted(self.column)}) = {self.name}.cell" if self.is_needed else ""

    @property
    def is_known(self) -> str:
        """Whether somebody has read a cell that is not plain, as an expression beside its join."""
        return f"{self.name}.cell IS NOT NULL"

    def is_new(self, relation: str) -> str:
        """Whether a cell of `relation` is not plain and nobody has read it yet."""
        cell = f"{relation}.{quoted(self.column)}"
        known = f" AND NOT {self.is_known}" if self.is_needed else ""
        has_value = f"{self._plain(self.cell(relation))} IS NOT NULL"
        return f"(CASE WHEN {cell} IS NULL OR {has_value} THEN false ELSE NOT {is_missing(cell)}{known} END)"

    def read(self, cell: str) -> object:
        """The meaning of one cell in Python; None when it has none."""
        if self.role in TIMES:
            moment = read_moment(cell, self.order)
            if moment is None or not self.entry.has_zone:
                return moment
            return moment - pd.Timedelta(minutes=offset_minutes(cell))
        found = read_number(cell, self.entry.decimal_mark or DecimalMark.POINT, short_clock=self._short_clock)
        if found is None:
            return None
        value, measure = found
        if self.role is Role.COST:
            return None if measure in SECONDS_IN else value * self.entry.factor
        return value if measure in SECONDS_IN else value * self._seconds if measure in (None, WrittenUnit.COUNT) else None

    @property
    def _short_clock(self) -> ShortClock:
        return short_clock_of(self.column, self.role)

    @property
    def _seconds(self) -> float:
        unit = SECONDS_IN.get(self.entry.measure or _DEFAULT_MEASURE.get(self.role, WrittenUnit.SECONDS), 1.0)
        return unit * self.entry.factor

    def _plain(self, cell: str) -> str:
        if self.role in TIMES:
            return _plain_moment(self.entry, cell)
        number = plain_number(cell, self.entry.decimal_mark)
        if self.role is Role.COST:
            return f"{number} * {self.entry.factor}"
        clock = clock_seconds(cell, short_clock_of(self.column, self.role))
        return f"CASE WHEN contains({cell}, ':') THEN {clock} ELSE {number} * {self._seconds} END"


def readings_of(mapping: Mapping) -> Iterator[Reading]:
    """A reading for each column of times, lengths and amounts, before any cell was looked at."""
    for role in _ROLES:
        entry = mapping.find(role)
        if entry is None or (role in TIMES and not entry.formats and mapping.find(Role.DAY) is not None):
            continue
        if mapping.kind is Kind.CALLS and role in DURATIONS and entry.measure is None:
            entry = entry.model_copy(update={"measure": WrittenUnit.SECONDS})
        yield Reading(entry, mapping.date_order, f"reading_{role.value}")


def with_cells(connection: duckdb.DuckDBPyConnection, reading: Reading, cells: Iterable[object]) -> Reading:
    """The reading with those of `cells` read that are not plain; makes its table.

    Args:
        connection: where the table is made.
        reading: without cells.
        cells: different cells of its column.
    """
    connection.register(
        "different_cells", pd.DataFrame({reading.column: pd.Series([str(cell) for cell in cells], dtype="str")})
    )
    query = f"SELECT DISTINCT trim({quoted(reading.column)}) FROM different_cells WHERE {reading.is_new('different_cells')}"
    found = [str(cell) for (cell,) in connection.execute(query).fetchall()]
    connection.unregister("different_cells")
    if not found:
        return reading
    kind = "TIMESTAMP" if reading.role in TIMES else "DOUBLE"
    values = [reading.read(cell) for cell in found]
    dtype = "datetime64[us]" if reading.role in TIMES else "float64"
    connection.register("read_cells", pd.DataFrame({"cell": found, "value": pd.Series(values, dtype=dtype)}))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {reading.name} AS SELECT cell, CAST(value AS {kind}) AS value FROM read_cells"
        if reading.role in TIMES
        else f"CREATE OR REPLACE TEMP TABLE {reading.name} AS "
        f"SELECT cell, CASE WHEN isnan(value) THEN NULL ELSE value END AS value FROM read_cells"
    )
    connection.unregister("read_cells")
    return Reading(reading.entry, reading.order, reading.name, is_needed=True)


def _plain_moment(entry: ColumnMapping, cell: str) -> str:
    """The point in time in a cell, naive; in UTC where the cell carries an offset."""
    if any(form in (EPOCH_SECONDS, EPOCH_MILLISECONDS) for form in entry.formats):
        digits, factor = (10, 1_000_000) if EPOCH_SECONDS in entry.formats else (13, 1_000)
        return f"(CASE WHEN strlen({cell}) = {digits} THEN make_timestamp(try_cast({cell} AS BIGINT) * {factor}) END)"
    if not entry.has_zone:
        return moment_of(cell, entry.formats)
    zone = f"regexp_extract({cell}, {literal(ZONE)}, 1)"
    bare = f"regexp_replace({cell}, {literal(ZONE)}, '')"
    minutes = (
        f"CASE WHEN {zone} IN ('', 'Z', 'UTC', 'GMT') THEN 0 WHEN {zone} = 'JST' THEN 540 ELSE "
        f"(CASE WHEN {zone}[1] = '-' THEN -1 ELSE 1 END) * "
        f"(try_cast(substr({zone}, 2, 2) AS INTEGER) * 60 + try_cast(right({zone}, 2) AS INTEGER)) END"
    )
    return f"({moment_of(bare, entry.formats)} - to_minutes({minutes}))"
