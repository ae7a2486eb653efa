"""A confirmed mapping → one SQL query that turns raw cells into contacts, on a small table as on a file of gigabytes.

The query gives the columns of a contact table and `problem`, which names what is wrong with records that can't be used
(`created_at:unreadable`), and is NULL in all others; where records are contacts also `_new_words`.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from datetime import date

from cs_planning.kpis.cells.sql_cells import (
    is_day_alone,
    quoted,
    text_of,
    time_between,
    whole_days_between,
    words_of,
)
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import DIMENSIONS, Kind, Role
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS
from cs_planning.kpis.contacts.query.columns import LONG_TEXTS, columns_of
from cs_planning.kpis.contacts.query.meanings import Meanings
from cs_planning.kpis.contacts.query.parts_of_calls import put_together
from cs_planning.kpis.contacts.query.problems import NOTE, note_of, problem_of
from cs_planning.kpis.contacts.query.readings import Reading
from cs_planning.kpis.contacts.query.row import Row, made

NEW_WORDS = "_new_words"
"""The column of the query that says whether a cell of answers, flags or outcomes holds a word that no lookup knows."""
UPDATED = "_updated"
"""The column of the query that says when a record was written last, by which several records of one contact are ordered."""


def contact_query(mapping: Mapping, lookups: Meanings, today: date, earliest: date | None = None) -> str:
    """The query over a relation `cells` whose columns are the file's, all VARCHAR.

    Args:
        mapping: confirmed and complete, for a kind that holds contacts.
        lookups: the tables that give the meaning of answers, flags and outcomes.
        today: times after it lie in the future.
        earliest: records that begin before it are left out, since their dates lie far from all others; none when None.
    """
    row = Row(mapping, lookups, today, earliest)
    if mapping.kind is Kind.EVENTS:
        return _events(row)
    return put_together(_rows(row), mapping.answer_within_seconds) if mapping.calls_in_parts else _rows(row)


def filled_columns(mapping: Mapping, lookups: Meanings, today: date) -> frozenset[str]:
    """The columns of a contact that the query can fill, for a kind with one record for each contact."""
    return frozenset(columns_of(Row(mapping, lookups, today)))


def _rows(row: Row) -> str:
    """One contact for each record."""
    columns = columns_of(row)
    selected = ", ".join(f"CAST({columns.get(name, 'NULL')} AS {kind}) AS {name}" for name, kind in CONTACT_COLUMNS.items())
    first, second, third = row.first_step(), row.second_step(), row.third_step()
    between = [*first, *second, *third]
    without = f" EXCLUDE ({', '.join(between)})" if between else ""
    # Not materialized: kept in memory, the cells of a file of gigabytes would be there twice.
    return (
        f"WITH read AS NOT MATERIALIZED (SELECT {_with('cells.*', first)} FROM cells {row.joins()}), "
        f"placed AS NOT MATERIALIZED (SELECT {_with('*', second)} FROM read), "
        f"moments AS NOT MATERIALIZED (SELECT {_with('*', third)} FROM placed) "
        f"SELECT {selected}, {problem_of(row)} AS problem, {_is_new(row)} AS {NEW_WORDS}, "
        f"{note_of(row)} AS {NOTE}, {_updated(row)} AS {UPDATED}, moments.*{without} FROM moments {row.later_joins()}"
    )


def _with(others: str, columns: MappingOf[str, str]) -> str:
    return ", ".join([others, *(f"{expression} AS {name}" for name, expression in columns.items())])


def _events(row: Row) -> str:
    """One contact for each case; `problem` is always NULL, since single events are checked before."""
    case = row.column(Role.CONTACT_ID)
    moment_entry = row.mapping.find(Role.EVENT_AT)
    assert moment_entry is not None
    lookup = row.lookups[Role.ACTIVITY]
    parts = [
        f"arg_min({words_of(entry.column)}, moment) AS {role.value}"
        for role in (*DIMENSIONS, *LONG_TEXTS)
        if (entry := row.mapping.find(role)) is not None
    ]
    is_day = is_day_alone(f"cells.{quoted(moment_entry.column)}", moment_entry.formats) if moment_entry.has_clock else None
    begun = (
        f"SELECT {text_of(case)} AS case_id, {row.moment(moment_entry)} AS moment, {lookup.value('cells')} AS does, "
        f"{is_day or 'false'} AS _is_day, cells.* FROM cells "
        f"{lookup.join('cells')} {row.join_of(Role.EVENT_AT)}"
    )
    # The first answer and the last solution: what is opened again was not solved before.  An event at a time that nobody
    # knows tells that it happened.
    cases = (
        "SELECT case_id, min(moment) AS created, min(moment) FILTER (does = 'first_response_at') AS answered, "
        "max(moment) FILTER (does = 'solved_at') AS solved, max(moment) FILTER (does = 'closed_at') AS closed, "
        "count(*) FILTER (does = 'solved_at') > 1 OR count(*) FILTER (does = 'reopened') > 0 AS again, "
        "count(*) FILTER (does = 'escalated') > 0 AS passed_on, "
        "count(*) FILTER (does = 'first_response_at') > 0 AS is_answered, "
        "count(*) FILTER (does IN ('solved_at', 'closed_at')) > 0 AS is_solved, "
        "bool_or(_is_day) FILTER (moment IS NOT NULL) AS has_day"
        + "".join(f", {part}" for part in parts)
        + " FROM events WHERE case_id IS NOT NULL GROUP BY case_id HAVING count(moment) > 0"
    )
    has = set(row.mapping.activities.values())
    local, real = row.local, row.real
    done = "coalesce(solved, closed)"
    # Lengths on a clock without daylight saving, days on that of the wall, as people count them.
    answered = time_between(real(moment_entry, "created"), real(moment_entry, "answered"), 60)
    took = time_between(real(moment_entry, "created"), real(moment_entry, done), 3600)
    days = whole_days_between(local(moment_entry, "created"), local(moment_entry, done))
    knows_clock = f"CASE WHEN NOT has_day AND {str(moment_entry.has_clock).lower()} THEN"
    columns = {
        "contact_id": "case_id",
        "kind": "'ticket'",
        "created_at": local(moment_entry, "created"),
        "first_response_at": f"{knows_clock} {local(moment_entry, 'answered')} END",
        "solved_at": local(moment_entry, done),
        "closed_at": local(moment_entry, "closed"),
        "first_response_minutes": f"{knows_clock} {answered} END",
        "resolution_hours": f"{knows_clock} {took} ELSE {days} END",
        "reopened": "again",
        "escalated": "passed_on" if Role.ESCALATED in has else "NULL",
        "answered": "is_answered" if Role.FIRST_RESPONSE_AT in has else "NULL",
        "solved": f"CASE WHEN is_solved AND {done} IS NULL THEN true END",
    }
    # Words of a case are those of its first event, by the name behind AS.
    columns.update({part.rsplit(" ", 1)[1]: part.rsplit(" ", 1)[1] for part in parts})
    selected = ", ".join(f"CAST({columns.get(name, 'NULL')} AS {kind}) AS {name}" for name, kind in CONTACT_COLUMNS.items())
    return (
        f"WITH events AS ({begun}), cases AS ({cases}) SELECT {selected}, CAST(NULL AS VARCHAR) AS problem, "
        f"CASE WHEN has_day THEN 'day_alone' END AS {NOTE} FROM cases"
    )


def _event_problems(row: Row) -> str:
    """For each event the problem of its own, NULL where there is none."""
    read = row.first_step()
    case = row.column(Role.CONTACT_ID)
    return (
        f"WITH moments AS NOT MATERIALIZED (SELECT {_with('cells.*', read)} FROM cells {row.joins()}) "
        f"SELECT CASE WHEN {text_of('moments.' + case)} IS NULL THEN 'contact_id:missing' "
        f"ELSE {problem_of(row)} END AS problem, "
        f"moments.* EXCLUDE ({', '.join(read)}) FROM moments"
    )


def _is_new(row: Row) -> str:
    new = [
        row.is_unread(role)
        if isinstance(lookup, Reading)
        else lookup.is_new("moments", row.status() if role is Role.STATUS else None)
        for role, lookup in row.lookups.items()
    ]
    return " OR ".join(new) or "false"


def _updated(row: Row) -> str:
    return made(Role.UPDATED_AT, "read") if Role.UPDATED_AT in row.times else "CAST(NULL AS TIMESTAMP)"


def event_problems_query(mapping: Mapping, lookups: Meanings, today: date, earliest: date | None = None) -> str:
    """The query that gives for each event of an event log its problem and its cells; the arguments are those for contacts."""
    return _event_problems(Row(mapping, lookups, today, earliest))
