"""A confirmed mapping → one SQL query that turns raw cells into contacts, on a small table as on a file of gigabytes.

The query gives the columns of a contact table and `problem`, which names what is wrong with records that can't be used
(`created_at:unreadable`), and is NULL in all others; where records are contacts also `_new_words`.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cs_planning.kpis.cells.sql_cells import (
    is_day_alone,
    is_missing,
    literal,
    long_text_of,
    moment_of,
    on_day_of,
    quoted,
    text_of,
    time_between,
    time_of_day,
    whole_days_between,
    words_of,
)
from cs_planning.kpis.columns.contents.answers import FLAG_ROLES
from cs_planning.kpis.columns.contents.limits import LIMIT_ROLES, tells_time_left
from cs_planning.kpis.columns.guesses.call_logs import SHORT_DAY_FORMAT
from cs_planning.kpis.columns.mapping import ColumnMapping, Mapping
from cs_planning.kpis.columns.roles import DIMENSIONS, DURATIONS, PARTS_OF_HANDLING, Kind, Role
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS
from cs_planning.kpis.contacts.query.readings import Reading

_TIME_ROLES = (
    Role.CREATED_AT,
    Role.FIRST_RESPONSE_AT,
    Role.SOLVED_AT,
    Role.CLOSED_AT,
    Role.RATED_AT,
    Role.ANSWERED_AT,
    Role.QUEUE_LEFT_AT,
    Role.ENDED_AT,
    Role.UPDATED_AT,
    Role.MENU_LEFT_AT,
)
NEW_WORDS = "_new_words"
"""The column of the query that says whether a cell of answers, flags or outcomes holds a word that no lookup knows."""
UPDATED = "_updated"
"""The column of the query that says when a record was written last, by which several records of one contact are ordered."""
NEVER_A_CONTACT = "status:never"
"""The problem of a record whose status says that it is no contact: spam, merged, deleted, a duplicate, a test."""
NEVER_OFFERED = "outcome:never"
"""The problem of a call whose outcome says that nobody was to answer it: a test, one outside the hours."""
LEFT_IN_MENU = "created_at:menu"
"""The problem of a call that reached neither a queue nor a person."""
FAR = "far"
"""The reason why a record is left out whose date lies far before all others."""
NO_CONTACTS = (NEVER_A_CONTACT, NEVER_OFFERED, LEFT_IN_MENU)
"""The problems of records that are left out since they are no contacts, and do not speak against the file."""
_ARRIVALS = (Role.CREATED_AT, Role.MENU_LEFT_AT)
_NOBODY = "'no_server', 'no server', 'no_agent', 'no agent', 'nobody', '0', 'なし', '担当なし'"
_DAY_SECONDS, _LATE_SECONDS = 86_400, 79_200
_LONG_TEXTS = (Role.SUBJECT, Role.TAGS, Role.REMARK)
NOTE = "_note"
"""The column of the query that says what is odd about a contact that counts, such as `closed_without_time`; NULL for most."""
_LEFT = (Role.ANSWERED_AT, Role.QUEUE_LEFT_AT, Role.ENDED_AT)
_OPTIONAL_TIMES = (Role.FIRST_RESPONSE_AT, Role.SOLVED_AT, Role.CLOSED_AT, Role.RATED_AT, Role.QUEUE_LEFT_AT, Role.ENDED_AT)


EMPTY_CELLS = ("", "-", "–", "—", "－", "―", "ー")
"""Cells of a column of marks that hold no mark; `n/a` and the like say more: that nobody looked."""


@dataclass(frozen=True)
class Lookup:
    """What the cells of a column of answers, flags or outcomes mean: a table `name` with the columns cell and value.

    A few meanings are written into the query, which is faster than a join; `meanings` is empty where there are many.  `without`
    are cells that are known to mean nothing.  `empty_means` is what an empty cell means, where that is known.
    """

    role: Role
    column: str
    name: str
    meanings: tuple[tuple[str, float | str], ...] = ()
    without: tuple[str, ...] = ()
    empty_means: float | None = None

    def value(self, relation: str) -> str:
        """The meaning of a cell of `relation` as an expression."""
        if self.empty_means is not None:
            cell = f"{relation}.{quoted(self.column)}"
            is_empty = f"{cell} IS NULL OR trim({cell}) IN ({', '.join(map(literal, EMPTY_CELLS))})"
            filled = replace(self, empty_means=None).value(relation)
            return f"COALESCE({filled}, CASE WHEN {is_empty} THEN {self.empty_means} END)"
        if not self.meanings:
            return f"{self.name}.value"
        cases = " ".join(
            f"WHEN {literal(cell)} THEN {literal(meaning) if isinstance(meaning, str) else meaning}"
            for cell, meaning in self.meanings
        )
        cell = f"{relation}.{quoted(self.column)}"
        # The cell as it stands first: nearly all are written like that, and small letters cost more than the whole search.
        return f"CASE WHEN {cell} IS NOT NULL THEN CASE {cell} {cases} ELSE CASE lower(trim({cell})) {cases} END END END"

    def is_new(self, relation: str) -> str:
        """Whether a cell of `relation` holds something of which nobody knows yet what it means."""
        cell = f"{relation}.{quoted(self.column)}"
        known = ", ".join(literal(word) for word in self.without) or "''"
        is_word = f"NOT {is_missing(cell)} AND lower(trim({cell})) NOT IN ({known})"
        return f"(CASE WHEN {cell} IS NULL OR {self.value(relation)} IS NOT NULL THEN false ELSE {is_word} END)"

    def join(self, relation: str) -> str:
        """What joins the table of meanings to `relation`; nothing where they are in the query."""
        if self.meanings:
            return ""
        return f"LEFT JOIN {self.name} ON lower(trim({relation}.{quoted(self.column)})) = {self.name}.cell"


Meanings = MappingOf[Role, Lookup | Reading]
"""What the cells of columns mean, by role."""


def contact_query(mapping: Mapping, lookups: Meanings, today: date, earliest: date | None = None) -> str:
    """The query over a relation `cells` whose columns are the file's, all VARCHAR.

    Args:
        mapping: confirmed and complete, for a kind that holds contacts.
        lookups: the tables that give the meaning of answers, flags and outcomes.
        today: times after it lie in the future.
        earliest: records that begin before it are left out, since their dates lie far from all others; none when None.
    """
    query = _Query(mapping, lookups, today, earliest)
    return query.events() if mapping.kind is Kind.EVENTS else query.rows()


def filled_columns(mapping: Mapping, lookups: Meanings, today: date) -> frozenset[str]:
    """The columns of a contact that the query can fill, for a kind with one record for each contact."""
    return frozenset(_Query(mapping, lookups, today).columns())


@dataclass(frozen=True)
class _Query:
    mapping: Mapping
    lookups: Meanings
    today: date
    earliest: date | None = None

    def rows(self) -> str:
        """One contact for each record."""
        times = self._times()
        read = [f"{self._moment(entry)} AS {role.value}_read" for role, entry in times.items()]
        read += [f"{self._is_unread(role)} AS {role.value}_new" for role in times]
        read_names = ", ".join(f"{role.value}_read, {role.value}_new" for role in times)
        carried = ", ".join(["cells.*", *read])
        columns = self.columns()
        selected = ", ".join(f"CAST({columns.get(name, 'NULL')} AS {kind}) AS {name}" for name, kind in CONTACT_COLUMNS.items())
        joins = " ".join(lookup.join("moments") for role, lookup in self.lookups.items() if role not in times)
        read_joins = " ".join(self.lookups[role].join("cells") for role in times if role in self.lookups)
        return (
            f"WITH moments AS NOT MATERIALIZED (SELECT {carried} FROM cells {read_joins}) "
            f"SELECT {selected}, {self._problem(times)} AS problem, {self._is_new(times)} AS {NEW_WORDS}, "
            f"{self._note(times)} AS {NOTE}, {self._updated(times)} AS {UPDATED}, "
            f"moments.* EXCLUDE ({read_names}) FROM moments {joins}"
        )

    def events(self) -> str:
        """One contact for each case; `problem` is always NULL, since single events are checked before."""
        case = self._column(Role.CONTACT_ID)
        moment_entry = self.mapping.find(Role.EVENT_AT)
        assert moment_entry is not None
        lookup = self.lookups[Role.ACTIVITY]
        parts = [
            f"arg_min({words_of(entry.column)}, moment) AS {role.value}"
            for role in (*DIMENSIONS, *_LONG_TEXTS)
            if (entry := self.mapping.find(role)) is not None
        ]
        is_day = is_day_alone(f"cells.{quoted(moment_entry.column)}", moment_entry.formats) if moment_entry.has_clock else None
        begun = (
            f"SELECT {text_of(case)} AS case_id, {self._moment(moment_entry)} AS moment, {lookup.value('cells')} AS does, "
            f"{is_day or 'false'} AS _is_day, cells.* FROM cells "
            f"{lookup.join('cells')} {self._join_of(Role.EVENT_AT)}"
        )
        cases = (
            "SELECT case_id, min(moment) AS created, min(moment) FILTER (does = 'first_response_at') AS answered, "
            "max(moment) FILTER (does = 'solved_at') AS solved, max(moment) FILTER (does = 'closed_at') AS closed, "
            "count(*) FILTER (does = 'solved_at') > 1 OR count(*) FILTER (does = 'reopened') > 0 AS again, "
            "count(*) FILTER (does = 'escalated') > 0 AS passed_on, bool_or(_is_day) AS has_day"
            + "".join(f", {part}" for part in parts)
            + " FROM events WHERE moment IS NOT NULL AND case_id IS NOT NULL GROUP BY case_id"
        )
        has = set(self.mapping.activities.values())
        local, real = self._local, self._real
        done = "coalesce(solved, closed)"
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
            "answered": "answered IS NOT NULL" if Role.FIRST_RESPONSE_AT in has else "NULL",
        }
        columns.update({part.rsplit(" ", 1)[1]: part.rsplit(" ", 1)[1] for part in parts})
        selected = ", ".join(f"CAST({columns.get(name, 'NULL')} AS {kind}) AS {name}" for name, kind in CONTACT_COLUMNS.items())
        return (
            f"WITH events AS ({begun}), cases AS ({cases}) SELECT {selected}, CAST(NULL AS VARCHAR) AS problem, "
            f"CASE WHEN has_day THEN 'day_alone' END AS {NOTE} FROM cases"
        )

    def event_problems(self) -> str:
        """For each event the problem of its own, NULL where there is none."""
        entry = self.mapping.find(Role.EVENT_AT)
        assert entry is not None
        times = {Role.EVENT_AT: entry}
        case = self._column(Role.CONTACT_ID)
        return (
            f"WITH moments AS NOT MATERIALIZED (SELECT cells.*, {self._moment(entry)} AS event_at_read FROM cells "
            f"{self._join_of(Role.EVENT_AT)}) "
            f"SELECT CASE WHEN {text_of('moments.' + case)} IS NULL THEN 'contact_id:missing' "
            f"ELSE {self._problem(times)} END AS problem, "
            "moments.* EXCLUDE (event_at_read) FROM moments"
        )

    def _is_new(self, times: MappingOf[Role, ColumnMapping]) -> str:
        new = [f"moments.{role.value}_new" for role in times]
        new += [lookup.is_new("moments") for role, lookup in self.lookups.items() if role not in times]
        return " OR ".join(new) or "false"

    def _is_unread(self, role: Role) -> str:
        """Whether the cell of a time is not plain and was not read; `false` where that is found out elsewhere."""
        reading = self.lookups.get(role)
        return reading.is_new("cells") if isinstance(reading, Reading) else "false"

    def _join_of(self, role: Role) -> str:
        return self.lookups[role].join("cells") if role in self.lookups else ""

    def _status(self) -> str | None:
        """What the status says, as an expression; None where no column of contacts holds one, or times say nothing of it."""
        return self.lookups[Role.STATUS].value("moments") if Role.STATUS in self.lookups else None

    def _note(self, times: MappingOf[Role, ColumnMapping]) -> str:
        """What is odd about a contact that counts: status against times, an optional cell that could not be read."""
        cases = []
        status, solved = self._status(), [f"{role.value}_read" for role in (Role.SOLVED_AT, Role.CLOSED_AT) if role in times]
        if (
            not solved
            and self.mapping.kind is Kind.TICKETS
            and (took := self._duration(Role.RESOLUTION_TIME, 3600)) is not None
        ):
            solved = [took]
        if status is not None and solved:
            done = f"coalesce({', '.join(solved)}) IS NOT NULL"
            cases.append(f"WHEN {status} = 'closed' AND NOT {done} THEN 'closed_without_time'")
            cases.append(f"WHEN {status} = 'open' AND {done} THEN 'open_with_time'")
        ends = [role for role in (Role.FIRST_RESPONSE_AT, Role.SOLVED_AT, Role.CLOSED_AT, *_LEFT) if role in times]
        is_day = self._is_day(times, self._begins, *ends)
        if is_day is not None and ends:
            cases.append(f"WHEN {is_day} THEN 'day_alone'")
        tomorrow = self._tomorrow
        for role in _OPTIONAL_TIMES:
            if role not in times or role is self._begins:
                continue
            cell, read = f"moments.{quoted(times[role].column)}", f"{role.value}_read"
            midnight = f" AND {time_of_day(cell)} IS DISTINCT FROM 0" if self._is_clock(times[role]) else ""
            cases.append(
                f"WHEN {cell} IS NOT NULL AND ({read} IS NULL OR {read} >= {tomorrow}) AND NOT {is_missing(cell)}{midnight} "
                f"THEN 'unreadable:{role.value}'"
            )
        for role in (*DURATIONS, Role.COST):
            reading = self.lookups.get(role)
            if isinstance(reading, Reading):
                cell = f"moments.{quoted(reading.column)}"
                cases.append(
                    f"WHEN {cell} IS NOT NULL AND {reading.value('moments')} IS NULL AND NOT {is_missing(cell)} "
                    f"THEN 'unreadable:{role.value}'"
                )
        return f"CASE {' '.join(cases)} END" if cases else "CAST(NULL AS VARCHAR)"

    def _updated(self, times: MappingOf[Role, ColumnMapping]) -> str:
        return f"{Role.UPDATED_AT.value}_read" if Role.UPDATED_AT in times else "CAST(NULL AS TIMESTAMP)"

    @property
    def _tomorrow(self) -> str:
        return f"TIMESTAMP {literal((self.today + timedelta(days=1)).isoformat())}"

    @property
    def _begins(self) -> Role:
        return {Kind.SURVEYS: Role.RATED_AT, Kind.EVENTS: Role.EVENT_AT}.get(self.mapping.kind, Role.CREATED_AT)

    def _times(self) -> dict[Role, ColumnMapping]:
        return {role: entry for role in _TIME_ROLES if (entry := self.mapping.find(role)) is not None}

    def columns(self) -> dict[str, str]:
        """The columns of a contact that the file can fill, as expressions over its cells and the times that were read."""
        times = self._times()
        kind = self.mapping.kind
        begins = Role.RATED_AT if kind is Kind.SURVEYS else Role.CREATED_AT
        columns = {
            "kind": literal({Kind.CALLS: "call", Kind.SURVEYS: "survey"}.get(kind, "ticket")),
            "contact_id": self._id(),
            "created_at": self._at(times, begins),
        }
        for role in (Role.FIRST_RESPONSE_AT, Role.SOLVED_AT, Role.CLOSED_AT, Role.RATED_AT):
            if role in times and (role is not Role.FIRST_RESPONSE_AT or self._on_clocks(times, role)):
                moment = self._at(times, role)
                is_answer = role is Role.FIRST_RESPONSE_AT
                columns[role.value] = self._unless_day(times, moment, begins, role) if is_answer else moment
        for role in (*DIMENSIONS, Role.STATUS, *_LONG_TEXTS):
            if (entry := self.mapping.find(role)) is not None:
                cell = f"moments.{quoted(entry.column)}"
                columns[role.value] = long_text_of(cell) if role in _LONG_TEXTS else words_of(cell, plain=True)
        for role in (*FLAG_ROLES, *LIMIT_ROLES):
            if role in self.lookups:
                columns[role.value] = f"{self.lookups[role].value('moments')} > 0"
        for role, name in (
            (Role.CSAT, "csat_satisfied"),
            (Role.NPS, "nps_answer"),
            (Role.CES, "ces_answer"),
            (Role.QUALITY, "quality_percent"),
        ):
            if role in self.lookups:
                columns[name] = self.lookups[role].value("moments")
        if Role.COST in self.lookups:
            columns["cost"] = self.lookups[Role.COST].value("moments")
        if kind is Kind.CALLS:
            return columns | self._call_columns(times)
        if kind is Kind.TICKETS:
            columns |= self._ticket_columns(times)
            if Role.SLA_KEPT.value in columns and "solved_at" in columns:
                # A limit of what is still open may yet be missed.
                columns[Role.SLA_KEPT.value] = (
                    f"CASE WHEN {columns['solved_at']} IS NOT NULL THEN {columns[Role.SLA_KEPT.value]} END"
                )
            first = self.mapping.find(Role.FIRST_RESPONSE_SLA_KEPT)
            if first is not None and first.role.value in columns and tells_time_left(first.column):
                columns[first.role.value] = _once_answered(columns, columns[first.role.value])
        return columns

    def _ticket_columns(self, times: MappingOf[Role, ColumnMapping]) -> dict[str, str]:
        columns: dict[str, str] = {}
        solved = [self._at(times, role) for role in (Role.SOLVED_AT, Role.CLOSED_AT) if role in times]
        if solved:
            columns["solved_at"] = f"coalesce({', '.join(solved)})"
        ends = [role for role in (Role.SOLVED_AT, Role.CLOSED_AT) if role in times]
        created = self._clock(times, Role.CREATED_AT)
        status = self._status()
        if solved and status is not None:
            columns["solved_at"] = self._closed_by_status(times, status, columns["solved_at"])
        measured = {
            "first_response_minutes": (
                [
                    self._unless_day(
                        times,
                        time_between(created, self._clock(times, Role.FIRST_RESPONSE_AT), 60),
                        Role.CREATED_AT,
                        Role.FIRST_RESPONSE_AT,
                    )
                ]
                if self._on_clocks(times, Role.FIRST_RESPONSE_AT)
                else [],
                Role.FIRST_RESPONSE_TIME,
                60,
            ),
            "resolution_hours": ([self._took(times, ends)] if ends else [], Role.RESOLUTION_TIME, 3600),
            "first_response_business_minutes": ([], Role.FIRST_RESPONSE_BUSINESS_TIME, 60),
            "resolution_business_hours": ([], Role.RESOLUTION_BUSINESS_TIME, 3600),
            "wait_seconds": ([], Role.WAIT_TIME, 1),
            "handle_minutes": ([], Role.HANDLE_TIME, 60),
        }
        for name, (from_times, role, seconds) in measured.items():
            given = self._duration(role, seconds)
            sources = [*from_times, *([given] if given else [])]
            if role is Role.RESOLUTION_TIME and not self._on_clocks(times, *ends):
                sources.reverse()
            if sources:
                columns[name] = f"coalesce({', '.join(sources)})"
        if Role.FIRST_RESPONSE_AT not in times and "first_response_minutes" in columns:
            answered = f"to_seconds(60 * {columns['first_response_minutes']})"
            columns["first_response_at"] = f"{self._at(times, Role.CREATED_AT)} + {answered}"
        if "solved_at" not in columns and "resolution_hours" in columns:
            if status is not None:
                # The length of an earlier solution says nothing of a contact that is open again.
                columns["resolution_hours"] = (
                    f"CASE WHEN {status} IS DISTINCT FROM 'open' THEN {columns['resolution_hours']} END"
                )
            done = f"{self._at(times, Role.CREATED_AT)} + to_seconds(3600 * {columns['resolution_hours']})"
            columns["solved_at"] = done if status is None else self._closed_by_status(times, status, done)
        if "solved_at" not in columns and status is not None:
            columns["solved"] = f"CASE {status} WHEN 'closed' THEN true WHEN 'open' THEN false END"
        replies = [self._at(times, Role.FIRST_RESPONSE_AT)] if Role.FIRST_RESPONSE_AT in times else []
        replies += [columns["first_response_minutes"]] if "first_response_minutes" in columns else []
        if replies:
            columns["answered"] = f"({' OR '.join(f'{reply} IS NOT NULL' for reply in replies)})"
        return columns

    def _closed_by_status(self, times: MappingOf[Role, ColumnMapping], status: str, solved: str) -> str:
        """When a contact was solved; one that its status alone calls closed when it was last updated, or else when it came."""
        known = [solved, *(self._at(times, role) for role in (Role.UPDATED_AT, Role.CREATED_AT) if role in times)]
        return f"CASE WHEN {status} = 'closed' THEN coalesce({', '.join(known)}) ELSE {solved} END"

    def _on_clocks(self, times: MappingOf[Role, ColumnMapping], *ends: Role) -> bool:
        """Whether the moments from the arrival to `ends` are there and say a time of day, so that minutes lie between them."""
        return all(role in times and times[role].has_clock for role in (self._begins, *ends))

    def _took(self, times: MappingOf[Role, ColumnMapping], ends: Sequence[Role]) -> str:
        """The hours from the arrival to the first of `ends` that is there; whole days where one of them is a date alone."""
        done = f"coalesce({', '.join(self._at(times, role) for role in ends)})"
        days = whole_days_between(self._at(times, self._begins), done)
        if not self._on_clocks(times, *ends):
            return days
        done = f"coalesce({', '.join(self._clock(times, role) for role in ends)})"
        took, is_day = time_between(self._clock(times, self._begins), done, 3600), self._is_day(times, self._begins, *ends)
        return took if is_day is None else f"(CASE WHEN {is_day} THEN {days} ELSE {took} END)"

    def _is_day(self, times: MappingOf[Role, ColumnMapping], *roles: Role) -> str | None:
        """Whether one of the cells of a record is a date alone in a column of times of day; None where none can be."""
        there = [role for role in roles if role in times and times[role].has_clock]
        found = [
            f"({is_day} AND {role.value}_read IS NOT NULL)"
            for role in there
            if (is_day := is_day_alone(f"moments.{quoted(times[role].column)}", times[role].formats)) is not None
        ]
        return f"({' OR '.join(found)})" if found else None

    def _unless_day(self, times: MappingOf[Role, ColumnMapping], value: str, *roles: Role) -> str:
        """A value between moments that is known where each of them has a time of day."""
        is_day = self._is_day(times, *roles)
        return value if is_day is None else f"(CASE WHEN NOT {is_day} THEN {value} END)"

    def _call_columns(self, times: MappingOf[Role, ColumnMapping]) -> dict[str, str]:
        columns: dict[str, str] = {}
        outcome, answered = self._outcome(), self._answered(times)
        if outcome is not None:
            columns["interrupted"] = f"CASE WHEN {answered} THEN {outcome} = 'interrupted' END"
        columns["abandoned"] = f"NOT {answered}" if outcome is None else f"({outcome} = 'abandoned')"
        given = self._duration(Role.WAIT_TIME, 1)
        waits = [given] if given else []
        begun = self._clock(times, Role.CREATED_AT)
        if Role.MENU_LEFT_AT in times:
            waits.append(f"CASE WHEN {answered} AND {Role.CREATED_AT.value}_read IS NULL THEN 0 END")
        left = [self._clock(times, role) for role in (Role.ANSWERED_AT, Role.QUEUE_LEFT_AT) if self._on_clocks(times, role)]
        is_end_known = self._on_clocks(times, Role.ENDED_AT)
        if is_end_known:
            left.append(f"CASE WHEN NOT {answered} THEN {self._clock(times, Role.ENDED_AT)} END")
        if len(left) > is_end_known:
            waited = time_between(begun, f"coalesce({', '.join(left)})", 1)
            waits.append(self._unless_day(times, waited, Role.CREATED_AT, *_LEFT))
        if waits:
            wait = f"coalesce({', '.join(waits)})"
            columns["wait_seconds"] = wait
            columns["answered_in_time"] = f"{answered} AND {wait} <= {self.mapping.answer_within_seconds}"
        if self._on_clocks(times, Role.ANSWERED_AT):
            columns["first_response_at"] = self._at(times, Role.ANSWERED_AT)
        if lengths := self._handling(times):
            columns["handle_minutes"] = f"CASE WHEN {answered} THEN coalesce({', '.join(lengths)}) END"
        return columns

    def _outcome(self) -> str | None:
        """What became of a call, as an expression; None where no column says it."""
        return self.lookups[Role.OUTCOME].value("moments") if Role.OUTCOME in self.lookups else None

    def _answered(self, times: MappingOf[Role, ColumnMapping]) -> str:
        """Whether a person answered a call: by its outcome, its answer, the person, or the length of the service."""
        outcome, handled = self._outcome(), self._handled()
        agent = self.mapping.find(Role.AGENT)
        if outcome is not None:
            return f"({outcome} IN ('answered', 'interrupted'))"
        if Role.ANSWERED_AT in times:
            return f"({self._clock(times, Role.ANSWERED_AT)} IS NOT NULL)"
        if agent is not None:
            cell = f"lower(trim(moments.{quoted(agent.column)}))"
            return f"(NOT {is_missing(cell)} AND {cell} NOT IN ({_NOBODY}))"
        return f"(coalesce({handled}, 0) > 0)" if handled else "NULL"

    def _handled(self) -> str | None:
        """The minutes of handling that the file gives, as a whole or else in its parts."""
        whole = self._duration(Role.HANDLE_TIME, 60)
        parts = [part for role in PARTS_OF_HANDLING if (part := self._duration(role, 60))]
        summed = (
            f"CASE WHEN {parts[0]} IS NOT NULL THEN {' + '.join(f'coalesce({part}, 0)' for part in parts)} END" if parts else ""
        )
        given = [length for length in (whole, summed) if length]
        return f"coalesce({', '.join(given)})" if given else None

    def _handling(self, times: MappingOf[Role, ColumnMapping]) -> list[str]:
        """What the minutes of handling follow from, the best first."""
        handled = self._handled()
        lengths = [handled] if handled else []
        if self._on_clocks(times, Role.ANSWERED_AT, Role.ENDED_AT):
            took = time_between(self._clock(times, Role.ANSWERED_AT), self._clock(times, Role.ENDED_AT), 60)
            lengths.append(self._unless_day(times, took, Role.ANSWERED_AT, Role.ENDED_AT))
        return lengths

    def _column(self, role: Role) -> str:
        entry = self.mapping.find(role)
        assert entry is not None
        return quoted(entry.column)

    def _id(self) -> str:
        entry = self.mapping.find(Role.CONTACT_ID)
        if entry is not None:
            return text_of(f"moments.{quoted(entry.column)}")
        cells = ", ".join(f"moments.{quoted(column.column)}" for column in self.mapping.columns)
        return f"md5(concat_ws(chr(31), {cells}))"

    def _moment(self, entry: ColumnMapping) -> str:
        """The point in time in a cell, naive; in UTC where the cell carries an offset."""
        if not self._is_clock(entry):
            return self.lookups[entry.role].value("cells")
        day = self.mapping.find(Role.DAY)
        assert day is not None
        cell = f"trim(cells.{quoted(day.column)})"
        written = f"lpad({cell}, 6, '0')" if SHORT_DAY_FORMAT in day.formats else cell
        clock, begun = self._seconds_of(entry), self._first_clock()
        if entry.role not in _ARRIVALS:
            # Midnight stands for none, unless the call came late in the evening; a clock that goes back is the next day's.
            clock = (
                f"CASE WHEN {clock} = 0 AND coalesce({begun}, 0) < {_LATE_SECONDS} THEN NULL "
                f"WHEN {clock} < {begun} - {_DAY_SECONDS // 2} THEN {clock} + {_DAY_SECONDS} ELSE {clock} END"
            )
        elif self.mapping.find(Role.MENU_LEFT_AT) is not None:
            clock = f"nullif({clock}, 0)"
        return f"({moment_of(written, day.formats or ('%Y-%m-%d',))} + to_seconds({clock}))"

    def _is_clock(self, entry: ColumnMapping) -> bool:
        """Whether the cells of a column are times of day beside a column of days."""
        return not entry.formats and self.mapping.find(Role.DAY) is not None

    def _seconds_of(self, entry: ColumnMapping) -> str:
        return time_of_day(f"trim(cells.{quoted(entry.column)})")

    def _first_clock(self) -> str:
        """The time of day at which a call came: at the queue, or else out of the menu."""
        entries = [entry for role in _ARRIVALS if (entry := self.mapping.find(role)) is not None and self._is_clock(entry)]
        return f"coalesce({', '.join([*(f'nullif({self._seconds_of(entry)}, 0)' for entry in entries), 'NULL'])})"

    def _begun(self, times: MappingOf[Role, ColumnMapping], role: Role) -> str:
        """When a record begins: a call without a queue when it left the menu."""
        read = [f"{role.value}_read"]
        if role is self._begins and Role.MENU_LEFT_AT in times:
            read += [f"{other.value}_read" for other in (Role.MENU_LEFT_AT, Role.ANSWERED_AT) if other in times]
        return read[0] if len(read) == 1 else f"coalesce({', '.join(read)})"

    def _local(self, entry: ColumnMapping, moment: str) -> str:
        """A point in time as the clock on the wall shows it where the user reports; a date alone stays the day that it is."""
        zone, wanted = self.mapping.zone_of(entry), self.mapping.zone_of_days
        if zone is None or wanted is None or zone == wanted or not entry.has_clock:
            return moment
        return f"timezone({literal(wanted)}, timezone({literal(zone)}, {moment}))"

    def _real(self, entry: ColumnMapping, moment: str) -> str:
        """A point in time on a clock without daylight saving, for lengths of time."""
        zone = self.mapping.zone_of(entry)
        return moment if zone in (None, "UTC") else f"timezone('UTC', timezone({literal(zone)}, {moment}))"

    def _at(self, times: MappingOf[Role, ColumnMapping], role: Role) -> str:
        moment = self._local(times[role], self._begun(times, role))
        if role in (Role.SOLVED_AT, Role.CLOSED_AT) and self._begins in times:
            on_day = on_day_of(moment, self._at(times, self._begins))
            if not self._on_clocks(times, role):
                moment = on_day
            elif (is_day := self._is_day(times, self._begins, role)) is not None:
                moment = f"(CASE WHEN {is_day} THEN {on_day} ELSE {moment} END)"
        return self._happened(role, moment)

    def _clock(self, times: MappingOf[Role, ColumnMapping], role: Role) -> str:
        return self._happened(role, self._real(times[role], self._begun(times, role)))

    def _happened(self, role: Role, moment: str) -> str:
        """A moment that has happened; a mark such as 9999-12-31 in an optional column is none."""
        if role is self._begins or role not in _OPTIONAL_TIMES:
            return moment
        happened = f"{moment} < {self._tomorrow}"
        if role in (Role.SOLVED_AT, Role.CLOSED_AT) and (status := self._status()) is not None:
            happened += f" AND {status} IS DISTINCT FROM 'open'"
        return f"(CASE WHEN {happened} THEN {moment} END)"

    def _duration(self, role: Role, unit_seconds: int) -> str | None:
        reading = self.lookups.get(role)
        if reading is None:
            return None
        read = f"({reading.value('moments')}) / {unit_seconds}.0"
        return f"(CASE WHEN ({read}) >= 0 THEN {read} END)"

    def _problem(self, times: MappingOf[Role, ColumnMapping]) -> str:
        tomorrow, begins = self._tomorrow, self._begins
        found, sound = [], []
        status = self._status()
        if status is not None:
            found.append(f"CASE WHEN {status} = 'never' THEN '{NEVER_A_CONTACT}' END")
            sound.append(f"{status} IS DISTINCT FROM 'never'")
        if self.mapping.kind is Kind.CALLS and (outcome := self._outcome()) is not None:
            found.append(f"CASE WHEN {outcome} = 'not_offered' THEN '{NEVER_OFFERED}' END")
            sound.append(f"{outcome} IS DISTINCT FROM 'not_offered'")
        if self.mapping.kind is Kind.CALLS and Role.MENU_LEFT_AT in times:
            left = f"{begins.value}_read IS NULL AND {Role.MENU_LEFT_AT.value}_read IS NOT NULL"
            menu = f"{left} AND NOT coalesce({self._answered(times)}, false)"
            found.append(f"CASE WHEN {menu} THEN '{LEFT_IN_MENU}' END")
            sound.append(f"NOT ({menu})")
        if (entry := self.mapping.find(Role.CONTACT_ID)) is not None and self.mapping.kind is not Kind.EVENTS:
            cell = f"moments.{quoted(entry.column)}"
            found.append(f"CASE WHEN {text_of(cell)} IS NULL THEN 'contact_id:missing' END")
            sound.append(f"{cell} BETWEEN '!' AND '~'")
        if begins in times:
            read = self._begun(times, begins)
            missing = is_missing(f"coalesce(moments.{quoted(times[begins].column)}, '')")
            first = f"TIMESTAMP {literal(self.earliest.isoformat())}" if self.earliest is not None else ""
            far = f"WHEN {self._local(times[begins], read)} < {first} THEN '{begins.value}:{FAR}' " if first else ""
            not_far = f" AND {self._local(times[begins], read)} >= {first}" if first else ""
            # One CASE inside another, so that only the cells that could not be read are looked at again.
            found.append(
                f"CASE WHEN {read} IS NULL THEN (CASE WHEN {missing} THEN '{begins.value}:missing' "
                f"ELSE '{begins.value}:unreadable' END) "
                f"WHEN {self._local(times[begins], read)} >= {tomorrow} THEN '{begins.value}:future' {far}END"
            )
            sound.append(f"{self._local(times[begins], read)} < {tomorrow}{not_far}")
        # What is plainly sound, nearly every record, is found so at once.
        return f"CASE WHEN {' AND '.join(sound)} THEN NULL ELSE coalesce({', '.join(found)}) END"


def event_problems_query(mapping: Mapping, lookups: Meanings, today: date, earliest: date | None = None) -> str:
    """The query that gives for each event of an event log its problem and its cells; the arguments are those for contacts."""
    return _Query(mapping, lookups, today, earliest).event_problems()


def _once_answered(columns: MappingOf[str, str], kept: str) -> str:
    """Whether the limit of a first response was kept, as the time left says it: that of an unanswered contact still runs."""
    ended = [columns[name] for name in ("first_response_at", "solved_at") if name in columns]
    over = " OR ".join(f"{moment} IS NOT NULL" for moment in ended) or "true"
    return f"CASE WHEN NOT ({kept}) OR {over} THEN {kept} END"
