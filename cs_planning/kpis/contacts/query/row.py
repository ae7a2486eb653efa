"""One row of a file as expressions: its moments, lengths of time, status and number, of which all columns are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from cs_planning.kpis.cells.sql_cells import (
    is_day_alone,
    is_missing,
    is_unknown,
    literal,
    moment_of,
    on_day_of,
    quoted,
    says_not_yet,
    text_of,
    time_between,
    time_of_day,
    whole_days_between,
)
from cs_planning.kpis.columns.guesses.call_logs import SHORT_DAY_FORMAT
from cs_planning.kpis.columns.mapping import ColumnMapping, Mapping
from cs_planning.kpis.columns.roles import DURATIONS, Kind, Role
from cs_planning.kpis.contacts.query.meanings import Meanings
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
_ARRIVALS = (Role.CREATED_AT, Role.MENU_LEFT_AT)
_DAY_SECONDS, _LATE_SECONDS = 86_400, 79_200
LEFT = (Role.ANSWERED_AT, Role.QUEUE_LEFT_AT, Role.ENDED_AT)
"""The moments at which a call can leave the queue."""
OPTIONAL_TIMES = (Role.FIRST_RESPONSE_AT, Role.SOLVED_AT, Role.CLOSED_AT, Role.RATED_AT, Role.QUEUE_LEFT_AT, Role.ENDED_AT)
"""Moments that a sound record may lack, or hold a mark for."""


def made(role: Role, what: str) -> str:
    """The column of the query with what was made of the cell of a role, under a name that no file gives a column.

    Each is worked out once in a step of its own, since the engine works out again what stands twice in one step.

    Args:
        role: of the cell.
        what: `read`, its meaning; `bare`, whether it is written as a date alone; `known`, whether somebody read it before;
            `day`, whether it is a date alone and can be read; `local`, the moment on the clock of the wall; `real`, on one for
            lengths of time.
    """
    return quoted(f"\x1f{role.value} {what}")


@dataclass(frozen=True)
class Row:
    """A row of the file under its mapping: each method gives an expression over the relation `moments`.

    Attributes:
        mapping: confirmed and complete.
        lookups: the tables that give the meaning of answers, flags and outcomes.
        today: times after it lie in the future.
        earliest: records that begin before it are left out; none when None.
    """

    mapping: Mapping
    lookups: Meanings
    today: date
    earliest: date | None = None

    def status(self) -> str | None:
        """The column of what the status says; None where no column of contacts holds one, or times say nothing of it."""
        return made(Role.STATUS, "read") if Role.STATUS in self.lookups else None

    def first_step(self) -> dict[str, str]:
        """What is made of the cells alone, by the column in a query over `cells`."""
        columns = {made(role, "read"): self.moment(entry) for role, entry in self.times.items()}
        for role in (Role.STATUS, *DURATIONS, Role.COST):
            if role in self.lookups:
                columns[made(role, "read")] = self.lookups[role].value("cells")
        columns |= {made(role, "bare"): is_day for role, is_day in self._bare().items()}
        readings = [reading for reading in self.lookups.values() if isinstance(reading, Reading) and reading.is_needed]
        return columns | {made(reading.role, "known"): reading.is_known for reading in readings}

    def second_step(self) -> dict[str, str]:
        """What follows from the cells of moments and what they mean."""
        return {made(role, "day"): f"({made(role, 'bare')} AND {made(role, 'read')} IS NOT NULL)" for role in self._bare()}

    def third_step(self) -> dict[str, str]:
        """The moments of a record."""
        columns = {made(role, "local"): self._local_of(role) for role in self.times}
        return columns | {made(role, "real"): self._real_of(role) for role in self.times}

    def joins(self) -> str:
        """What joins the meanings of cells that the first step needs to `cells`."""
        first = (role for role, lookup in self.lookups.items() if isinstance(lookup, Reading) or role is Role.STATUS)
        return " ".join(self.lookups[role].join("cells") for role in first)

    def later_joins(self) -> str:
        """What joins all other meanings to `moments`."""
        later = (role for role, lookup in self.lookups.items() if not isinstance(lookup, Reading) and role is not Role.STATUS)
        return " ".join(self.lookups[role].join("moments") for role in later)

    def _bare(self) -> dict[Role, str]:
        """Whether the cell of a moment is written as a date alone, by role; those of which the writing shows it."""
        bare = {
            role: is_day_alone(f"cells.{quoted(entry.column)}", entry.formats)
            for role, entry in self.times.items()
            if entry.has_clock
        }
        return {role: is_day for role, is_day in bare.items() if is_day is not None}

    @property
    def tomorrow(self) -> str:
        """The first moment that lies in the future."""
        return f"TIMESTAMP {literal((self.today + timedelta(days=1)).isoformat())}"

    @property
    def begins(self) -> Role:
        """The role of the moment at which a record begins."""
        return {Kind.SURVEYS: Role.RATED_AT, Kind.EVENTS: Role.EVENT_AT}.get(self.mapping.kind, Role.CREATED_AT)

    @cached_property
    def times(self) -> dict[Role, ColumnMapping]:
        """The columns of moments by role; that of an event alone where rows are events."""
        roles = (Role.EVENT_AT,) if self.mapping.kind is Kind.EVENTS else _TIME_ROLES
        return {role: entry for role in roles if (entry := self.mapping.find(role)) is not None}

    def closed_by_status(self, status: str, solved: str) -> str:
        """When a contact was solved; one that its status alone calls closed when it was last updated, or else when it came."""
        known = [solved, *(self.at(role) for role in (Role.UPDATED_AT, Role.CREATED_AT) if role in self.times)]
        return f"CASE WHEN {status} = 'closed' THEN coalesce({', '.join(known)}) ELSE {solved} END"

    def on_clocks(self, *ends: Role) -> bool:
        """Whether the moments from the arrival to `ends` are there and say a time of day, so that minutes lie between them."""
        return all(role in self.times and self.times[role].has_clock for role in (self.begins, *ends))

    def took(self, ends: Sequence[Role]) -> str:
        """The hours from the arrival to the first of `ends` that is there; whole days where one of them is a date alone."""
        done = f"coalesce({', '.join(self.at(role) for role in ends)})"
        days = whole_days_between(self.at(self.begins), done)
        if not self.on_clocks(*ends):
            return days
        done = f"coalesce({', '.join(self.clock(role) for role in ends)})"
        took, is_day = time_between(self.clock(self.begins), done, 3600), self.is_day(self.begins, *ends)
        return took if is_day is None else f"(CASE WHEN {is_day} THEN {days} ELSE {took} END)"

    def is_day(self, *roles: Role) -> str | None:
        """Whether one of the cells of a record is a date alone in a column of times of day; None where none can be."""
        bare = self._bare()
        found = [made(role, "day") for role in roles if role in bare]
        return f"({' OR '.join(found)})" if found else None

    def unless_day(self, value: str, *roles: Role) -> str:
        """A value between moments that is known where each of them has a time of day."""
        is_day = self.is_day(*roles)
        return value if is_day is None else f"(CASE WHEN NOT {is_day} THEN {value} END)"

    def known_if(self, is_so: str, *roles: Role) -> str:
        """Whether something is so by the cells of some roles: yes where they show it, NULL where one of them is not known."""
        return f"(CASE WHEN {is_so} THEN true WHEN NOT {self.is_unknown(*roles)} THEN false END)"

    def is_unknown(self, *roles: Role) -> str:
        """Whether a cell of one of the roles says neither a value nor that there is none: `?`, unreadable, a length < 0."""
        found = [one for role in roles if (one := self._is_unknown(role))]
        return f"({' OR '.join(found)})" if found else "false"

    def _is_unknown(self, role: Role) -> str | None:
        entry = self.mapping.find(role)
        if entry is None or (role not in self.times and role not in self.lookups):
            return None
        cell, read = f"moments.{quoted(entry.column)}", made(role, "read")
        says_nothing = f"(NOT {is_missing(cell)} AND NOT {says_not_yet(cell)} OR {is_unknown(cell)})"
        if role in self.times and self.is_clock(entry):
            # Midnight stands for none there.
            says_nothing += f" AND {time_of_day(cell)} IS DISTINCT FROM 0"
        below = f"WHEN {read} IS NOT NULL THEN {read} < 0 " if role in DURATIONS else f"WHEN {read} IS NOT NULL THEN false "
        # One CASE, so that only the few cells that could not be read are looked at again.
        return f"(CASE WHEN {cell} IS NULL THEN false {below}ELSE {says_nothing} END)"

    def column(self, role: Role) -> str:
        """The column of a role, quoted."""
        entry = self.mapping.find(role)
        assert entry is not None
        return quoted(entry.column)

    def id(self) -> str:
        """The number of a contact, or else a digest of all its cells."""
        entry = self.mapping.find(Role.CONTACT_ID)
        if entry is not None:
            return text_of(f"moments.{quoted(entry.column)}")
        cells = ", ".join(f"moments.{quoted(column.column)}" for column in self.mapping.columns)
        # Without a number the same row twice is one contact; a separator that no cell holds keeps neighbours apart.
        return f"md5(concat_ws(chr(31), {cells}))"

    def moment(self, entry: ColumnMapping) -> str:
        """The point in time in a cell, naive; in UTC where the cell carries an offset."""
        if not self.is_clock(entry):
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

    def is_clock(self, entry: ColumnMapping) -> bool:
        """Whether the cells of a column are times of day beside a column of days."""
        return not entry.formats and self.mapping.find(Role.DAY) is not None

    def _seconds_of(self, entry: ColumnMapping) -> str:
        return time_of_day(f"trim(cells.{quoted(entry.column)})")

    def _first_clock(self) -> str:
        """The time of day at which a call came: at the queue, or else out of the menu."""
        entries = [entry for role in _ARRIVALS if (entry := self.mapping.find(role)) is not None and self.is_clock(entry)]
        return f"coalesce({', '.join([*(f'nullif({self._seconds_of(entry)}, 0)' for entry in entries), 'NULL'])})"

    def begun(self, role: Role) -> str:
        """When a record begins: a call without a queue when it left the menu."""
        read = [made(role, "read")]
        if role is self.begins and Role.MENU_LEFT_AT in self.times:
            read += [made(other, "read") for other in (Role.MENU_LEFT_AT, Role.ANSWERED_AT) if other in self.times]
        return read[0] if len(read) == 1 else f"coalesce({', '.join(read)})"

    def local(self, entry: ColumnMapping, moment: str) -> str:
        """A point in time as the clock on the wall shows it where the user reports; a date alone stays the day that it is."""
        zone, wanted = self.mapping.zone_of(entry), self.mapping.zone_of_days
        if zone is None or wanted is None or zone == wanted or not entry.has_clock:
            return moment
        return f"timezone({literal(wanted)}, timezone({literal(zone)}, {moment}))"

    def real(self, entry: ColumnMapping, moment: str) -> str:
        """A point in time on a clock without daylight saving, for lengths of time."""
        zone = self.mapping.zone_of(entry)
        return moment if zone in (None, "UTC") else f"timezone('UTC', timezone({literal(zone)}, {moment}))"

    def at(self, role: Role) -> str:
        """A moment as the clock on the wall shows it; a solution on the day of the arrival is not before it."""
        return made(role, "local")

    def clock(self, role: Role) -> str:
        """A moment for lengths of time."""
        return made(role, "real")

    def _local_of(self, role: Role) -> str:
        moment = self.local(self.times[role], self.begun(role))
        if role in (Role.SOLVED_AT, Role.CLOSED_AT) and self.begins in self.times:
            on_day = on_day_of(moment, self.arrival())
            if not self.on_clocks(role):
                moment = on_day
            elif (is_day := self.is_day(self.begins, role)) is not None:
                moment = f"(CASE WHEN {is_day} THEN {on_day} ELSE {moment} END)"
        return self._happened(role, moment)

    def _real_of(self, role: Role) -> str:
        return self._happened(role, self.real(self.times[role], self.begun(role)))

    def arrival(self) -> str:
        """The moment at which a record begins, out of what was read."""
        return self.local(self.times[self.begins], self.begun(self.begins))

    def _happened(self, role: Role, moment: str) -> str:
        """A moment that has happened; a mark such as 9999-12-31 in an optional column is none."""
        if role is self.begins or role not in OPTIONAL_TIMES:
            return moment
        happened = f"{moment} < {self.tomorrow}"
        if role in (Role.SOLVED_AT, Role.CLOSED_AT) and (status := self.status()) is not None:
            happened += f" AND {status} IS DISTINCT FROM 'open'"
        return f"(CASE WHEN {happened} THEN {moment} END)"

    def duration(self, role: Role, unit_seconds: int) -> str | None:
        """A length of time that the file gives, in a unit of so many seconds; None where it gives none."""
        if role not in self.lookups:
            return None
        read = f"{made(role, 'read')} / {unit_seconds}.0"
        return f"(CASE WHEN {made(role, 'read')} >= 0 THEN {read} END)"

    def join_of(self, role: Role) -> str:
        """What joins the meanings of the cells of a role to the cells."""
        return self.lookups[role].join("cells") if role in self.lookups else ""

    def is_unread(self, role: Role) -> str:
        """Whether the cell of a time, length or amount is not plain and was not read; `false` where nothing reads it."""
        reading = self.lookups.get(role)
        if not isinstance(reading, Reading):
            return "false"
        known = f" AND NOT {made(role, 'known')}" if reading.is_needed else ""
        cell = f"moments.{quoted(reading.column)}"
        is_there = f"NOT {is_missing(cell)}{known}"
        return f"(CASE WHEN {cell} IS NULL OR {made(role, 'read')} IS NOT NULL THEN false ELSE {is_there} END)"
