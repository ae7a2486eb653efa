"""A kind of rows that somebody chose → what the columns are then: guessed anew, and no date that was found is lost."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf

from cs_planning.kpis.cells.moments import DateOrder
from cs_planning.kpis.columns.contents.looks import Column
from cs_planning.kpis.columns.contents.records import tells_parts_apart
from cs_planning.kpis.columns.guesses.call_logs import call_roles
from cs_planning.kpis.columns.guesses.examination import activities_in
from cs_planning.kpis.columns.guesses.generic import generic_guesses
from cs_planning.kpis.columns.guesses.guess import Guess, named_roles
from cs_planning.kpis.columns.names.headers import kpi_of, names_another_moment, role_of
from cs_planning.kpis.columns.roles import DIMENSIONS, Kind, Role, roles_for
from cs_planning.kpis.files.table import Table

_WORDS_OF: MappingOf[Kind, str] = {
    Kind.KPI_TABLE_WIDE: "generic_long",
    Kind.KPI_TABLE_LONG: "generic_long",
    Kind.CALL_CENTRE_DAILY: "generic_call_centre",
    Kind.COSTS: "generic_costs",
    Kind.TICKETS: "generic_tickets",
    Kind.EVENTS: "generic_events",
    Kind.CALLS: "generic_calls",
    Kind.SURVEYS: "generic_surveys",
}
FIRST_MOMENT: MappingOf[Kind, Role] = {
    Kind.TICKETS: Role.CREATED_AT,
    Kind.CALLS: Role.CREATED_AT,
    Kind.EVENTS: Role.EVENT_AT,
    Kind.SURVEYS: Role.RATED_AT,
    Kind.KPI_TABLE_WIDE: Role.PERIOD,
    Kind.KPI_TABLE_LONG: Role.PERIOD,
    Kind.CALL_CENTRE_DAILY: Role.PERIOD,
    Kind.COSTS: Role.PERIOD,
}
"""The moment or period to which a row of a kind belongs, without which it counts nowhere."""

_CHOSEN = 0.5


def guess_of_kind(
    kind: Kind, table: Table, looks: MappingOf[str, Column], order: DateOrder, found: MappingOf[str, Role]
) -> Guess:
    """What the columns are if the rows are of this kind, as somebody said; what can't be told stays unused.

    Args:
        kind: what the rows are.
        table: the file's cells.
        looks: its columns at a glance.
        order: its order of day and month.
        found: the roles that the columns had as rows of another kind; the date to which those belonged is kept.
    """
    regular = next((guess for guess in generic_guesses(table, looks, order) if guess.kind is kind), None)
    if regular is not None:
        return regular
    roles = named_roles(looks, _WORDS_OF[kind])
    roles = call_roles(looks, roles) if kind is Kind.CALLS else roles
    roles = {name: role for name, role in roles.items() if role in roles_for(kind)}
    first = FIRST_MOMENT[kind]
    if first not in roles.values():
        kept = next((name for name, role in found.items() if role in FIRST_MOMENT.values() and name not in roles), None)
        if kept is not None and _can_be_kept(kept, looks) and (looks[kept].is_time or first is Role.PERIOD):
            roles |= {kept: first}
    roles |= {
        name: role for name, role in found.items() if role in DIMENSIONS and name not in roles and role not in roles.values()
    }
    kpis: dict[str, str] = {}
    if kind is Kind.KPI_TABLE_WIDE:
        kpis = {name: kpi_of(name) or name for name, look in looks.items() if look.is_number and name not in roles}
        roles |= dict.fromkeys(kpis, Role.KPI)
    if kind is Kind.KPI_TABLE_LONG and not {Role.KPI_NAME, Role.VALUE} & set(roles.values()):
        roles |= _name_and_value(table, looks, roles)
    activity = next((name for name, role in roles.items() if role is Role.ACTIVITY), None)
    return Guess(kind, roles, _CHOSEN, kpis, activities_in(table, activity) if activity is not None else {})


def _can_be_kept(name: str, looks: MappingOf[str, Column]) -> bool:
    """Whether a date that was found for rows of another kind is that of these rows: by its name, or as the only one."""
    if names_another_moment(name):
        return False
    is_only = sum(look.is_time for look in looks.values()) <= 1
    return is_only or any((known := role_of(name, file)) is not None and known[0] in _FIRST for file in _WORDS_OF.values())


_FIRST = frozenset(FIRST_MOMENT.values())


def _name_and_value(table: Table, looks: MappingOf[str, Column], roles: MappingOf[str, Role]) -> dict[str, Role]:
    """The names and the values of a long table by its shape: one number for each period and name, and periods that repeat."""
    period = next((name for name, role in roles.items() if role is Role.PERIOD), None)
    values = [name for name, look in looks.items() if look.is_number and name not in roles]
    names = [name for name, look in looks.items() if name not in roles and not look.is_number and tells_parts_apart(look)]
    if period is None or len(values) != 1 or len(names) != 1:
        return {}
    cells = table.frame[[period, names[0]]]
    if not cells[period].duplicated().any() or cells.duplicated().any():
        return {}
    return {names[0]: Role.KPI_NAME, values[0]: Role.VALUE}
