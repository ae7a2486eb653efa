"""The guesses of tables of figures: KPIs over time in three shapes, and the counts of a call centre."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from cs_planning.kpis.catalogue import CATALOGUE, Unit
from cs_planning.kpis.cells.moments import MONTHS, DateOrder
from cs_planning.kpis.cells.numbers import WrittenUnit, read_numbers
from cs_planning.kpis.cells.periods import read_period_cell
from cs_planning.kpis.columns.contents.answers import is_graded
from cs_planning.kpis.columns.contents.looks import Column
from cs_planning.kpis.columns.contents.records import is_grid, tells_parts_apart
from cs_planning.kpis.columns.guesses.guess import A_FEW, Guess, named_roles
from cs_planning.kpis.columns.names.by_channel import by_channel
from cs_planning.kpis.columns.names.headers import header_key, kpi_of, names_another_moment, read_header, role_of, sample_of
from cs_planning.kpis.columns.roles import DIMENSIONS, Kind, Role
from cs_planning.kpis.files.table import Table

_NO_GRID = 0.1
_COUNTS = re.compile(r"^(?:tickets|contacts|calls|cases|conversations|number of|no of|# of|count of)\b|件数$")
_TWO_GROUPS = 2
_ROUNDED = 0.02


def period_column(looks: Mapping[str, Column], file: str) -> str | None:
    """The column of the periods: by its name, or else the first that holds nothing but periods."""
    named = [
        name
        for name, look in looks.items()
        if look.share_periods >= 0.6 and (role_of(name, file) or (None, 0))[0] is Role.PERIOD
    ]
    if named:
        return named[0]
    dated = [
        name
        for name, look in looks.items()
        if look.share_periods >= 0.9 and (look.is_time or not look.is_number) and not names_another_moment(name)
    ]
    return dated[0] if dated else None


_PART_OF_YEAR = re.compile(rf"(?:{'|'.join(MONTHS)})\.?|(?:0?[1-9]|1[0-2])月度?|q[1-4]|[1-4]q|第?[1-4]四半期|[上下]期|h[12]")
"""A month, a quarter or a half of a year that does not say of which year it is."""


def turned_kpi_table(table: Table, looks: Mapping[str, Column]) -> Guess | None:
    """A table of KPIs whose columns are the periods."""
    periods = [name for name in table.columns if read_period_cell(name.split(" (")[0], DateOrder.YEAR_FIRST) is not None]
    if len(periods) < 3 or len(periods) < 0.5 * len(table.columns):
        return None
    words = [name for name in table.columns if name not in periods and looks[name].filled and not looks[name].is_number]
    if not words or all(_PART_OF_YEAR.fullmatch(cell.strip().lower()) for cell in looks[words[0]].looks_like):
        # Months down and years across hold one KPI that nobody names.
        return None
    roles = dict.fromkeys(periods, Role.PERIOD_COLUMN) | {words[0]: Role.KPI_NAME}
    for name in words[1:]:
        known = role_of(name, "generic_long")
        if known is not None and known[0] in DIMENSIONS:
            roles[name] = known[0]
    return Guess(Kind.KPI_TABLE_WIDE, roles, 0.9)


def call_centre(table: Table, looks: Mapping[str, Column], order: DateOrder) -> Guess | None:
    """The counts of a call centre for each day or interval."""
    period = period_column(looks, "generic_call_centre")
    roles = {name: role for name, role in named_roles(looks, "generic_call_centre").items() if role is not Role.PERIOD}
    if period is not None and Role.INTERVAL not in roles.values():
        roles |= {name: Role.INTERVAL for name in list(looks) if name != period and _says_time_of_day(looks[name])}
    roles = {name: role for name, role in roles.items() if name != period}
    found = set(roles.values())
    others = found & {Role.HANDLED, Role.ABANDONED, Role.ASA, Role.SERVICE_LEVEL, Role.ANSWERED_IN_TIME}
    has_whole = Role.OFFERED in found or found >= {Role.HANDLED, Role.ABANDONED}
    if period is None or not has_whole or not others or _are_numbered_records(table, looks, period, order):
        return None
    sure = 0.88 + 0.03 * len(others)
    left = sum(
        kpi_of(name) is not None and read_header(name).measure is not WrittenUnit.PERCENT
        for name, look in looks.items()
        if look.is_number and name not in roles
    )
    sure *= 1 - 0.3 * left / (left + len(found))
    if not others & {Role.HANDLED, Role.ABANDONED, Role.ANSWERED_IN_TIME}:
        sure = 0.4
    beside = _beside_counts(looks, roles, period)
    return Guess(
        Kind.CALL_CENTRE_DAILY,
        {**roles, **dict.fromkeys(beside, Role.KPI), period: Role.PERIOD},
        min(0.97, sure) * _regular(table, looks, period, roles, order),
        beside,
    )


_CLOCK = re.compile(
    r"\d{1,2}[:時]\d{0,2}(?::\d{2}|分)?(?: ?[ap]\.?m\.?)?(?: ?[-–~〜～] ?\d{1,2}[:時]\d{0,2}(?::\d{2}|分)?(?: ?[ap]\.?m\.?)?)?"
)


def _says_time_of_day(look: Column) -> bool:
    """Whether a column under a name of intervals holds times of day, alone or from one to another."""
    named = role_of(look.name, "generic_call_centre")
    says = named is not None and named[0] in (Role.INTERVAL, Role.PERIOD)
    return says and bool(look.looks_like) and all(_CLOCK.fullmatch(cell.strip().lower()) for cell in look.looks_like)


def _beside_counts(looks: Mapping[str, Column], roles: Mapping[str, Role], period: str) -> dict[str, str]:
    """The KPIs of further columns, which do not follow from the counts beside them."""
    found: dict[str, str] = {}
    follow = {kpi for role, kpis in _FOLLOW.items() if role in roles.values() for kpi in kpis}
    for name, look in looks.items():
        kpi = kpi_of(name)
        if (
            name not in roles
            and name != period
            and kpi is not None
            and look.is_number
            and kpi not in (*follow, *found.values())
        ):
            found[name] = kpi
    return found


_FOLLOW = {
    Role.OFFERED: ("contact_volume",),
    Role.HANDLED: ("contact_volume", "handled_volume", "completion_rate"),
    Role.ABANDONED: ("abandonment_rate", "abandoned_volume"),
    Role.ASA: ("asa_mean",),
    Role.SERVICE_LEVEL: ("service_level",),
    Role.ANSWERED_IN_TIME: ("service_level",),
    Role.HANDLE_TIME: ("aht_mean",),
    Role.TALK_TIME: ("aht_mean",),
}


def _regular(table: Table, looks: Mapping[str, Column], period: str, roles: Mapping[str, Role], order: DateOrder) -> float:
    """1 where every period appears once (in each part of the operation), next to nothing where the rows are no such grid."""
    parts = [name for name, role in roles.items() if role in (*DIMENSIONS, Role.INTERVAL)]
    parts += [
        name
        for name, look in looks.items()
        if name not in roles and name != period and not look.is_number and tells_parts_apart(look)
    ]
    return 1.0 if is_grid(table, looks, period, parts, order) else _NO_GRID


def wide_kpi_table(table: Table, looks: Mapping[str, Column], order: DateOrder) -> Guess | None:
    """A table of KPIs with a row for each period and a column for each KPI."""
    period = period_column(looks, "generic_long")
    if period is None:
        return None
    parts = {
        name: known[0]
        for name in looks
        if (known := role_of(name, "generic_long")) is not None and known[0] in DIMENSIONS and not looks[name].is_number
    }
    numeric = [name for name, look in looks.items() if name != period and name not in parts and look.numbers.share_read > 0.4]
    kpis = {name: kpi_of(name) or name for name in numeric}
    kpis = {name: kpi if list(kpis.values()).count(kpi) == 1 else name for name, kpi in kpis.items()}
    kpis |= by_channel([name for name in numeric if kpis[name] == name])
    persons = [*_counts_of_persons(looks, numeric, kpis), *_grades_among_others(numeric)]
    kpis |= {name: name for name in (*_counts_of_groups(table, looks, kpis), *_counts_of_shares(looks, kpis), *persons)}
    samples = {
        name: kpi for name in numeric if (kpi := sample_of(name, {k: v for k, v in kpis.items() if k != name})) is not None
    }
    values = {name: kpi for name, kpi in kpis.items() if name not in samples and not _is_row_number(table, name)}
    if not values:
        return None
    roles = {period: Role.PERIOD, **parts, **dict.fromkeys(values, Role.KPI), **dict.fromkeys(samples, Role.SAMPLE_SIZE)}
    recognised = sum(kpi_of(name) is not None or "|" in values[name] for name in values)
    words = sum(1 for look in looks.values() if look.filled and not look.is_number and not look.is_time)
    share_used = len(roles) / (len(roles) + max(0, words - len(parts) - (0 if looks[period].is_time else 1)))
    sure = (0.55 + 0.35 * recognised / len(values)) * share_used * _regular(table, looks, period, parts, order)
    if looks[period].has_time_of_day or any(_numbers_records(looks[name]) for name in looks if name != period):
        sure *= 0.4
    return Guess(Kind.KPI_TABLE_WIDE, roles, sure, {**values, **samples})


def _counts_of_shares(looks: Mapping[str, Column], kpis: Mapping[str, str]) -> list[str]:
    """The columns whose header counts what the KPI of the same name is a share of, such as `Tickets within SLA`: 9 of 10."""
    return [
        name
        for name, kpi in kpis.items()
        if kpi in CATALOGUE
        and CATALOGUE[kpi].unit is Unit.PERCENT
        and _COUNTS.search(header_key(name))
        and WrittenUnit.PERCENT not in (looks[name].numbers.measure, read_header(name).measure)
        and (np.nan_to_num(looks[name].numbers.values) % 1 == 0).all()
    ]


_PERSONS = frozenset(
    {"satisfied", "satisfied customers", "satisfied answers", "positive ratings", "good ratings", "positive responses", "満足"}
)
"""Headers that name persons or answers, of which a percentage may be meant."""


def _counts_of_persons(looks: Mapping[str, Column], numeric: Sequence[str], kpis: Mapping[str, str]) -> list[str]:
    """The columns of persons that are satisfied beside one of all who answered: whole numbers that never exceed these."""
    found = []
    for name in numeric:
        others = {other: kpi for other, kpi in kpis.items() if other != name}
        wholes = [other for other in others if sample_of(other, {name: kpis[name]}) is not None]
        if header_key(name) not in _PERSONS or len(wholes) != 1:
            continue
        part, whole = (np.nan_to_num(looks[one].numbers.values) for one in (name, wholes[0]))
        is_percent = WrittenUnit.PERCENT in (looks[name].numbers.measure, read_header(name).measure)
        if not is_percent and len(part) == len(whole) and (part % 1 == 0).all() and (part <= whole).all():
            found.append(name)
    return found


def _grades_among_others(numeric: Sequence[str]) -> list[str]:
    """The columns that count the answers of one grade beside those of others, such as `Satisfied` beside `Very satisfied`."""
    graded = [name for name in numeric if is_graded(header_key(name))]
    return graded if len(graded) > _TWO_GROUPS else []


def _counts_of_groups(table: Table, looks: Mapping[str, Column], kpis: Mapping[str, str]) -> list[str]:
    """The columns of promoters, passives and detractors that count persons: without a percent sign, and beyond 100 together."""
    groups = [name for name, kpi in kpis.items() if kpi in ("promoters", "passives", "detractors")]
    if len(groups) < _TWO_GROUPS or any(
        WrittenUnit.PERCENT in (looks[name].numbers.measure, read_header(name).measure) for name in groups
    ):
        return []
    read = [read_numbers(table.frame[name].astype("str")).values for name in groups]
    together = np.sum(read, axis=0)
    together = together[np.isfinite(together)]
    whole = np.array([1.0, 100.0])
    is_share = (np.abs(together[:, None] - whole) <= _ROUNDED * whole).any(axis=1)
    counts = together > whole[1] * (1 + _ROUNDED) if len(groups) == _TWO_GROUPS else ~is_share
    return groups if len(together) and counts.mean() > 1 / 2 else []


def _are_numbered_records(table: Table, looks: Mapping[str, Column], period: str, order: DateOrder) -> bool:
    """Whether rows of counts have numbers of their own as records do; where each period is there once, it is the period's."""
    has_numbers = any(_numbers_records(looks[name]) for name in looks if name != period)
    return has_numbers and not is_grid(table, looks, period, (), order)


def _numbers_records(look: Column) -> bool:
    """Whether a column gives each row a number of its own, as logs of records do; a number of the row itself says nothing."""
    words = header_key(look.name).split()
    names_one = any(word in ("id", "ids", "guid", "uuid") for word in words) or (
        words[-1:] and (words[-1].endswith(("id", "番号")) or (len(words) > 1 and _numbers_contacts(look.name, words)))
    )
    return bool(names_one) and "row" not in words and look.is_unique and look.filled >= A_FEW


def _numbers_contacts(header: str, words: list[str]) -> bool:
    """Whether a header of several words names the number of a contact, such as `Ticket #` or `Case No.`."""
    known = role_of(header, "generic_tickets")
    return known is not None and known[0] is Role.CONTACT_ID and words[-1].strip(".") in ("#", "no", "number", "ref", "key")


def _is_row_number(table: Table, name: str) -> bool:
    if len(table) < 5 or not any(word in ("id", "no", "#", "nr", "index", "row", "番号") for word in header_key(name).split()):
        return False
    cells = table.frame[name].astype("str")
    return bool(cells.is_unique and cells.str.fullmatch(r"\d+").all())


def long_kpi_table(table: Table, looks: Mapping[str, Column], order: DateOrder) -> Guess | None:
    """A table of KPIs with a row for each value."""
    roles = named_roles(looks, "generic_long")
    by_role = {role: name for name, role in roles.items()}
    period, name, value = (by_role.get(role) for role in (Role.PERIOD, Role.KPI_NAME, Role.VALUE))
    if name is None or value is None or looks[value].numbers.share_read < 0.4 or looks[name].is_number:
        return None
    if period is None:
        period = period_column(looks, "generic_long")
        if period is None or period in (name, value):
            return None
        roles = {**roles, period: Role.PERIOD}
    sure = 0.9 * _regular(table, looks, period, {**roles, name: Role.CHANNEL}, order)
    return Guess(Kind.KPI_TABLE_LONG, roles, sure)
