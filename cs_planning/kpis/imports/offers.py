"""A table whose rows are known → what more could come from it, as questions that nothing waits for."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence

import numpy as np

from cs_planning.kpis.cells.numbers import WrittenUnit
from cs_planning.kpis.columns.contents.answers import HIGHEST_NPS, is_graded, read_flag
from cs_planning.kpis.columns.contents.by_cells import parts_in_order
from cs_planning.kpis.columns.contents.looks import Column, look_at, table_conventions
from cs_planning.kpis.columns.contents.statuses import read_status
from cs_planning.kpis.columns.guesses.examination import activities_in
from cs_planning.kpis.columns.names.headers import header_key, names_another_moment, read_header, role_of
from cs_planning.kpis.columns.roles import FLAG_ROLES, TIMES, Kind, Role, roles_for
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.imports.answers import Answers, Choice, FileQuestion
from cs_planning.kpis.imports.needed import fitting
from cs_planning.kpis.imports.recognise import Recognition
from cs_planning.language import Text, ntext, text

_EXAMPLES = 2
_MOST_OFFERS = 3
_LATER: MappingOf[Kind, tuple[Role, ...]] = {
    Kind.TICKETS: (Role.FIRST_RESPONSE_AT, Role.SOLVED_AT, Role.CLOSED_AT, Role.UPDATED_AT),
    Kind.CALLS: (Role.QUEUE_LEFT_AT, Role.ANSWERED_AT, Role.ENDED_AT),
}
_AFTER_THE_SOLUTION = {Role.CLOSED_AT, Role.UPDATED_AT}
"""Moments that give no KPI where the solution is known."""
_LENGTHS: MappingOf[Kind, tuple[Role, ...]] = {
    Kind.TICKETS: (Role.FIRST_RESPONSE_TIME, Role.RESOLUTION_TIME, Role.WAIT_TIME, Role.HANDLE_TIME),
    Kind.CALLS: (Role.WAIT_TIME, Role.TALK_TIME, Role.HANDLE_TIME),
}
_PARTS = (Role.CHANNEL, Role.TEAM, Role.TOPIC, Role.PRIORITY, Role.CUSTOMER_GROUP, Role.STATUS)
_WHO = frozenset(
    {"by", "assignee", "assigned to", "owner", "handler", "staff", "staff member", "担当", "対応者", "対応した人", "受付者"}
)
"""Headers of columns that name persons, beside those that call logs have."""
_ANSWERS = (Role.CSAT, Role.NPS, Role.CES)
_WRITTEN = (Role.SUBJECT, Role.REMARK, Role.TAGS)
_TIMES_TAKEN = {WrittenUnit.SECONDS, WrittenUnit.MINUTES, WrittenUnit.HOURS, WrittenUnit.DAYS}
_COSTS = re.compile(r"cost|price|amount|charge|fee|spen[dt]|expense|費|金額|料金|単価|コスト|支出", re.IGNORECASE)
_LESS_TELLING: MappingOf[Role, int] = {**dict.fromkeys(_PARTS, 1), **dict.fromkeys(_WRITTEN, 2)}
"""What gives a KPI of its own is asked for first, then what cuts KPIs into parts, then what customers wrote."""
_FEW, _MANY = 2, 20
_SENTENCE = 20
_MOST_STEPS = 30
_OFTEN = 0.01
"""The share of the rows from which on a word of an event log is worth a question."""


def worth_asking(table: Table, found: Recognition, told: Answers) -> tuple[FileQuestion, ...]:
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
    steps = _about_steps(table, found, told)
    if steps:
        return steps
    offers = ((look, _could_be(look, found.kind)) for look in look_at(table, order, unused).values())
    if Role.SOLVED_AT in taken:
        taken |= _AFTER_THE_SOLUTION
    free = ((look, [role for role in roles if role not in taken and role in roles_for(found.kind)]) for look, roles in offers)
    worth = sorted(((look, roles) for look, roles in free if roles), key=lambda offer: _LESS_TELLING.get(offer[1][0], 0))
    return tuple(_about_column(look, roles) for look, roles in worth)[:_MOST_OFFERS]


def _could_be(look: Column, kind: Kind) -> tuple[Role, ...]:
    """What the cells of an unused column allow; a name that says another moment, or nothing, allows less."""
    if look.is_time:
        return () if _is_something_else(look.name) else _LATER.get(kind, ())
    if _are_flags(look) and kind in (Kind.TICKETS, Kind.CALLS):
        return (*FLAG_ROLES, Role.STATUS) if all(map(read_status, look.looks_like)) else FLAG_ROLES
    if look.words and all(map(is_graded, look.looks_like)):
        return _ANSWERS
    if look.is_number:
        if {look.numbers.measure, read_header(look.name).measure} & _TIMES_TAKEN:
            return () if _says_a_clock(look.name) else _LENGTHS.get(kind, ())
        if kind is Kind.SURVEYS or _are_answers(look):
            return tuple(fitting(look, _ANSWERS))
        is_money = WrittenUnit.MONEY in (look.numbers.measure, read_header(look.name).measure)
        return (Role.COST,) if is_money or _COSTS.search(look.name) else ()
    if look.filled and sum(map(len, look.looks_like)) > _SENTENCE * len(look.looks_like) and not look.share_periods:
        return _WRITTEN
    if not _FEW <= look.words <= _MANY or look.words >= look.worded / _FEW:
        return ()
    return (Role.TEAM,) if _names_persons(look.name) else parts_in_order(look, _PARTS)


def _are_flags(look: Column) -> bool:
    """Whether all words are a yes or a no; numbers are where they are nothing but 0 and 1."""
    if look.is_number and not set(look.looks_like) <= {"0", "1"}:
        return False
    flags = [read_flag(cell) for cell in look.looks_like]
    return bool(flags) and all(flag is not None and not math.isnan(flag) for flag in flags)


def _are_answers(look: Column) -> bool:
    """Whether numbers can be what somebody answered: the header gives a scale, or there are a few small whole ones."""
    values = look.numbers.values[np.isfinite(look.numbers.values)]
    if read_header(look.name).scale is not None:
        return True
    is_whole = bool((values % 1 == 0).all() and (values >= 0).all() and (values <= HIGHEST_NPS).all())
    return is_whole and look.distinct > _FEW and look.distinct < look.filled / _FEW


def _names_persons(header: str) -> bool:
    """Whether a header says that a column holds who did the work."""
    known = role_of(header, "generic_calls")
    return header_key(header) in _WHO or (known is not None and known[0] is Role.AGENT)


def _says_a_clock(header: str) -> bool:
    """Whether a header says the time of day at which something was, and no length of time."""
    known = role_of(header, "generic_tickets") or role_of(header, "generic_calls")
    return "時刻" in header or (known is not None and known[0] in TIMES)


def _about_steps(table: Table, found: Recognition, told: Answers) -> tuple[FileQuestion, ...]:
    """The most frequent words of an event log that nothing is known of."""
    entry = found.mapping.find(Role.ACTIVITY)
    if found.kind is not Kind.EVENTS or entry is None:
        return ()
    known = found.mapping.activities or activities_in(table, entry.column)
    said = {word for word, _role in told.steps}
    counts = table.frame[entry.column].astype("str").value_counts()
    often = counts[counts >= _OFTEN * counts.sum()]
    open_ones = [word for word in map(str, often.index) if word and word not in known and word not in said]
    return tuple(
        FileQuestion(
            id="step",
            column=word,
            words=ntext(
                "What does “{word}” do to a contact? It stands in {count} row.",
                "What does “{word}” do to a contact? It stands in {count} rows.",
                int(counts[word]),
                word=word,
            ),
            reason=text("The log tells only by such words when a contact was answered and solved."),
            choices=tuple(Choice(value=role.value, label=words) for role, words in _STEPS.items()),
            option="--step",
            blocks=False,
        )
        for word in (open_ones[:_MOST_OFFERS] if len(counts) <= _MOST_STEPS else ())
    )


_STEPS: MappingOf[Role, Text] = {
    Role.CREATED_AT: text("it begins"),
    Role.FIRST_RESPONSE_AT: text("somebody answers for the first time"),
    Role.SOLVED_AT: text("it is solved"),
    Role.CLOSED_AT: text("it is closed for good"),
    Role.REOPENED: text("it is opened again"),
    Role.ESCALATED: text("it is passed on"),
    Role.IGNORE: text("nothing of these"),
}


def _is_something_else(header: str) -> bool:
    return names_another_moment(header) and not any(role_of(header, file) for file in ("generic_tickets", "generic_calls"))


def _about_column(look: Column, roles: Sequence[Role]) -> FileQuestion:
    reason = text("It is not used as long as nobody says it; a KPI or a breakdown could come from it.")
    if _names_persons(look.name):
        reason = text("No figures of single persons are kept; as a team, every name gets KPIs of its own.")
    return FileQuestion(
        id="column",
        column=look.name,
        words=text(
            "What is in “{column}” (such as {examples})?", column=look.name, examples=" · ".join(look.looks_like[:_EXAMPLES])
        ),
        reason=reason,
        choices=tuple(Choice(value=role.value, label=role.label) for role in (*roles, Role.IGNORE)),
        option="--column",
        blocks=False,
    )
