"""How the cells of a column with a known role are written: formats, unit, scale; looked at again when the user corrects it."""

from __future__ import annotations

from functools import partial

import numpy as np

from cs_planning.kpis.catalogue import CATALOGUE, Better, Unit
from cs_planning.kpis.cells.missing import is_no_word
from cs_planning.kpis.cells.moments import DateOrder, has_clock, look_at_times
from cs_planning.kpis.cells.numbers import SECONDS_IN, DecimalMark, WrittenUnit, is_missing
from cs_planning.kpis.columns.contents.answers import ANSWER_ROLES
from cs_planning.kpis.columns.contents.looks import Column, look_at, table_conventions
from cs_planning.kpis.columns.contents.scales import guess_scale
from cs_planning.kpis.columns.guesses.call_logs import SHORT_DAY_FORMAT, is_short_day
from cs_planning.kpis.columns.guesses.parts_of_calls import calls_in_parts
from cs_planning.kpis.columns.guesses.units import judged_measure, kpi_of_time, parts_follow, usual_measure
from cs_planning.kpis.columns.mapping import ColumnMapping, Mapping
from cs_planning.kpis.columns.names.clocks import zone_in
from cs_planning.kpis.columns.names.headers import read_header, role_of
from cs_planning.kpis.columns.roles import DURATIONS, TIMES, Kind, Role
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.series import SeriesKey

_LOOKED_AT = 20_000
_COUNTS = (Role.OFFERED, Role.HANDLED, Role.ABANDONED, Role.SHORT_ABANDONED, Role.ANSWERED_IN_TIME)
_NUMBERS = (Role.KPI, Role.SAMPLE_SIZE, Role.VALUE, Role.SERVICE_LEVEL, Role.QUALITY, Role.PERIOD_COLUMN)


def filled_cells(table: Table, column: str) -> list[str]:
    """The different cells of a column that are not empty, of the first rows of a large table."""
    return [str(cell) for cell in table.frame[column].iloc[:_LOOKED_AT].unique().tolist() if not is_missing(str(cell))]


def _answers_in(table: Table, column: str) -> list[str]:
    """The filled cells of a column, each as often as it is there, of the first rows of a large table."""
    return [str(cell) for cell in table.frame[column].iloc[:_LOOKED_AT] if not is_missing(str(cell))]


def examined(entry: ColumnMapping, table: Table, look: Column, order: DateOrder, mark: DecimalMark) -> ColumnMapping:
    """The entry with everything that its role needs to know about the column's cells.

    Args:
        entry: a column with its role.
        table: the file's cells.
        look: the column at a glance.
        order: the table's order of day and month.
        mark: the table's decimal mark, for columns that do not show theirs.
    """
    role, kpi = entry.role, SeriesKey.parse(entry.kpi).kpi if entry.kpi else None
    update: dict[str, object] = {"examined": True, "was_empty": look.filled == 0}
    if role in _NUMBERS or role in DURATIONS or role in (Role.ASA, Role.COST):
        words = read_header(entry.column)
        measure = look.numbers.measure or words.measure
        if role in DURATIONS and words.measure in SECONDS_IN and None in look.numbers.measures:
            # Cells with a unit of their own keep it; those without are in that of the header.
            measure = words.measure
        update["factor"] = words.factor if look.numbers.measure in (None, words.measure) else 1.0
        time_kpi = kpi_of_time(role, kpi)
        if measure is None and time_kpi not in (None, entry.column.strip()) and not parts_follow(role):
            assert time_kpi is not None
            judged = judged_measure(look.numbers.values, time_kpi, role)
            if judged is not usual_measure(time_kpi):
                measure, update["measure_judged"] = judged, True
        typed = entry.column in table.typed_columns
        lone = look.numbers.ambiguous and mark is DecimalMark.COMMA
        update["measure"] = measure
        update["decimal_mark"] = DecimalMark.POINT if typed else DecimalMark.COMMA if lone else None
        if role in DURATIONS or role is Role.COST:
            update["decimal_mark"] = update["decimal_mark"] or look.numbers.decimal_mark
        update["fraction"] = role in _NUMBERS and _is_fraction(look, measure, kpi, role)
    is_scaled = update.get("factor", 1.0) != 1.0
    if look.numbers.ambiguous and _counts_contacts(role, kpi) and not is_scaled and entry.column not in table.typed_columns:
        # Contacts are whole: 1.201 of them are 1,201.
        update["decimal_mark"] = DecimalMark.COMMA if look.numbers.decimal_mark is DecimalMark.POINT else DecimalMark.POINT
    if role in TIMES or role is Role.DAY:
        formats, has_zone, says_clock, is_short = table.once(
            ("times", entry.column, order), partial(_times_in, table, entry.column, order)
        )
        formats = (SHORT_DAY_FORMAT,) if role is Role.DAY and is_short else formats
        update |= {"formats": formats, "has_zone": has_zone, "has_clock": says_clock}
        update["time_zone"] = zone_in(entry.column)
    if role in (Role.PERIOD, Role.INTERVAL):
        update |= {"has_zone": look.times.has_zone or look.is_epoch, "time_zone": zone_in(entry.column)}
    changed = entry.model_copy(update=update)
    return guess_scale(changed, _answers_in(table, entry.column)) if role in ANSWER_ROLES else changed


def _times_in(table: Table, column: str, order: DateOrder) -> tuple[tuple[str, ...], bool, bool, bool]:
    """The formats in a column of moments; whether it writes zones, a time of day, days that lost their first digit."""
    cells = filled_cells(table, column)
    times = look_at_times(cells, order)
    return times.formats, times.has_zone, has_clock(cells, order), is_short_day(cells)


def in_one_unit(columns: tuple[ColumnMapping, ...]) -> tuple[ColumnMapping, ...]:
    """The columns with hold and wrap-up times without a unit in the unit of the talk time beside them."""
    talk = next((entry for entry in columns if entry.role is Role.TALK_TIME), None)
    if talk is None:
        return columns
    unit = {"measure": talk.measure, "measure_judged": talk.measure_judged}
    return tuple(
        entry.model_copy(update=unit) if parts_follow(entry.role) and entry.measure is None else entry for entry in columns
    )


def complete(table: Table, mapping: Mapping) -> Mapping:
    """The mapping with every column examined whose role the user changed, and with the activities of an event log.

    Args:
        table: the file's cells.
        mapping: as the user confirmed it.
    """
    changed = {entry.column for entry in mapping.columns if not entry.examined and entry.role is not Role.IGNORE}
    if changed:
        order, _, mark = table_conventions(table)
        used = mapping.date_order if mapping.date_order is not DateOrder.YEAR_FIRST else order
        looks = look_at(table, used, changed)
        columns = tuple(
            examined(entry, table, looks[entry.column], used, mark) if entry.column in changed else entry
            for entry in mapping.columns
        )
        mapping = mapping.model_copy(update={"columns": in_one_unit(columns)})
    activity = mapping.find(Role.ACTIVITY)
    if mapping.kind is Kind.EVENTS and activity is not None and not mapping.activities:
        mapping = mapping.model_copy(update={"activities": activities_in(table, activity.column)})
    in_parts = calls_in_parts(table, mapping)
    return mapping if in_parts is mapping.calls_in_parts else mapping.model_copy(update={"calls_in_parts": in_parts})


def activities_in(table: Table, column: str) -> dict[str, Role]:
    """What the activities of an event log do, as far as their names are known."""
    cells = (str(cell) for cell in table.frame[column].unique().tolist())
    return {
        cell: known[0] for cell in cells if not is_no_word(cell) and (known := role_of(cell, "generic_activities")) is not None
    }


def _counts_contacts(role: Role, kpi: str | None) -> bool:
    """Whether a column holds numbers of contacts."""
    described = CATALOGUE.get(kpi or "")
    return role in _COUNTS or (role in (Role.KPI, Role.SAMPLE_SIZE) and described is not None and described.unit is Unit.COUNT)


def _is_fraction(look: Column, measure: WrittenUnit | None, kpi: str | None, role: Role) -> bool:
    """Whether a column of shares is written 0–1: none above 1.5, and some that are no whole number."""
    described = CATALOGUE.get("service_level" if role is Role.SERVICE_LEVEL else kpi or "")
    is_share = described is not None and described.unit is Unit.PERCENT
    values = look.numbers.values[np.isfinite(look.numbers.values)]
    if WrittenUnit.PERCENT in look.numbers.measures or not len(values) or not (is_share or measure is WrittenUnit.PERCENT):
        return False
    if measure is WrittenUnit.PERCENT and described is not None and described.better is not Better.HIGHER:
        return False
    return bool(values.max() <= 1.5 and (values % 1 != 0).any())
