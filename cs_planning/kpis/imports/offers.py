"""A table whose rows are known → its unused columns from which more could come, as questions that nothing waits for."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence

from cs_planning.kpis.cells.numbers import Measure
from cs_planning.kpis.columns.headers import names_another_moment, role_of
from cs_planning.kpis.columns.looks import Column, look_at, table_conventions
from cs_planning.kpis.columns.roles import Kind, Role, roles_for
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.imports.questions import Answers, Choice, Question
from cs_planning.kpis.imports.recognise import Recognition
from cs_planning.language import text

_EXAMPLES = 2
_MOST_OFFERS = 3
_LATER: MappingOf[Kind, tuple[Role, ...]] = {
    Kind.TICKETS: (Role.FIRST_RESPONSE_AT, Role.SOLVED_AT, Role.CLOSED_AT, Role.UPDATED_AT),
    Kind.CALLS: (Role.QUEUE_LEFT_AT, Role.ANSWERED_AT, Role.ENDED_AT),
}
_LENGTHS: MappingOf[Kind, tuple[Role, ...]] = {
    Kind.TICKETS: (Role.FIRST_RESPONSE_TIME, Role.RESOLUTION_TIME, Role.HANDLE_TIME),
    Kind.CALLS: (Role.WAIT_TIME, Role.TALK_TIME, Role.HANDLE_TIME),
}
_PARTS = (Role.CHANNEL, Role.TEAM, Role.TOPIC, Role.PRIORITY, Role.CUSTOMER_GROUP, Role.STATUS)
_FEW, _MANY = 2, 20


def worth_asking(table: Table, found: Recognition, told: Answers) -> tuple[Question, ...]:
    """The unused columns from which a KPI or a breakdown could come, as offers: nothing waits for their answers.

    Args:
        table: the file's cells.
        found: what it is by the answers so far.
        told: those answers; a column that was told to be nothing is not offered again.

    Assumptions: what a known helpdesk wrote, or what was confirmed before, is understood as far as it can be.
    """
    if found.helpdesk is not None or found.remembered or not found.kind.holds_contacts:
        return ()
    order, _certain, _mark = table_conventions(table)
    said = {column for column, _role in told.columns}
    unused = [entry.column for entry in found.mapping.columns if entry.role is Role.IGNORE and entry.column not in said]
    taken = {entry.role for entry in found.mapping.columns}
    offers = ((look, _could_be(look, found.kind)) for look in look_at(table, order, unused).values())
    free = ((look, [role for role in roles if role not in taken and role in roles_for(found.kind)]) for look, roles in offers)
    return tuple(_about_column(look, roles) for look, roles in free if roles)[:_MOST_OFFERS]


def _could_be(look: Column, kind: Kind) -> tuple[Role, ...]:
    """What the cells of an unused column allow; a name that says another moment, or nothing, allows less."""
    if look.is_time:
        return () if _is_something_else(look.name) else _LATER.get(kind, ())
    if look.is_number:
        return _LENGTHS.get(kind, ()) if look.numbers.measure is Measure.SECONDS else ()
    return _PARTS if _FEW <= look.distinct <= _MANY and look.distinct < look.filled / _FEW else ()


def _is_something_else(header: str) -> bool:
    return names_another_moment(header) and not any(role_of(header, file) for file in ("generic_tickets", "generic_calls"))


def _about_column(look: Column, roles: Sequence[Role]) -> Question:
    return Question(
        id="column",
        column=look.name,
        words=text(
            "What is in “{column}” (such as {examples})?", column=look.name, examples=" · ".join(look.looks_like[:_EXAMPLES])
        ),
        reason=text("It is not used as long as nobody says it; a KPI or a breakdown could come from it."),
        choices=tuple(Choice(value=role.value, label=role.label) for role in (*roles, Role.IGNORE)),
        option="--column",
        blocks=False,
    )
