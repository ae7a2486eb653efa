"""What each column of a file means: guessed by `recognise`, corrected by the user, applied by `convert`."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf

from pydantic import BaseModel, ConfigDict

from cs_planning.errors import ImportProblems
from cs_planning.kpis.cells.moments import EPOCH_MILLISECONDS, EPOCH_SECONDS, DateOrder
from cs_planning.kpis.cells.numbers import DecimalMark, WrittenUnit
from cs_planning.kpis.columns.roles import REPEATABLE, REPEATABLE_IN, TIMES, Kind, Role, required_roles
from cs_planning.kpis.service_level import ANSWER_WITHIN_SECONDS, LevelBase
from cs_planning.language import listed_texts, text

RULES = 6
"""The number of the rules by which columns are understood; 1 are those of version 1.0, which did not write it down.

From 3 on a status and the channels are known by their cells where their headers are not; from 4 on what went out to
customers, and what a mark calls spam or a test, is no contact; from 5 on headers in two languages and KPIs of one channel in a
column of its own are known; from 6 on moments of a deletion or a reopening are marks, a file that names calls holds calls, and
rows of one call are put together.
"""

_LISTED = 8


class ColumnMapping(BaseModel):
    """What one column means.

    Attributes:
        column: its name in the table.
        role: what it is used for.
        kpi: the KPI of a column of values or sample sizes: a catalogue id or a name of the user's own.
        measure: the unit of its cells where they don't say it themselves.
        measure_judged: whether nobody named that unit and it follows from what the values can be.
        factor: by what its numbers are multiplied to be in that unit, 1,000 for amounts in thousands.
        fraction: whether its shares are written 0–1 and not 0–100.
        decimal_mark: how its numbers are written; found on the whole column when None.
        formats: how its points in time are written (`strptime`), the most frequent first.
        has_zone: whether its points in time carry an offset.
        has_clock: whether its points in time say a time of day; dates alone do not, nor does midnight in every cell.
        time_zone: the IANA zone of its points in time, as its header names it; that of the file when None.
        scale_lowest, scale_highest: the ends of the scale of its answers.
        satisfied_from: the lowest answer that counts as satisfied.
        reversed: whether a high answer on an effort scale means little effort.
        examined: whether the cells were looked at for this role.
        was_empty: whether no cell was filled, so that nobody could tell what the column is.
        by_cells: whether its cells alone show the role, under a header that nobody knows.
    """

    model_config = ConfigDict(frozen=True)

    column: str
    role: Role = Role.IGNORE
    kpi: str | None = None
    measure: WrittenUnit | None = None
    measure_judged: bool = False
    factor: float = 1.0
    fraction: bool = False
    decimal_mark: DecimalMark | None = None
    formats: tuple[str, ...] = ()
    has_zone: bool = False
    has_clock: bool = True
    time_zone: str | None = None
    scale_lowest: float | None = None
    scale_highest: float | None = None
    satisfied_from: float | None = None
    reversed: bool = False
    examined: bool = False
    was_empty: bool = False
    by_cells: bool = False


class Mapping(BaseModel):
    """What the columns of a file mean, as it was recognised and as the user confirmed it.

    Attributes:
        kind: what its rows are.
        columns: one entry for each column of the table, in its order.
        helpdesk: the id of the helpdesk that wrote the file, None when it is not known.
        date_order: the order of day and month in its dates.
        date_order_certain: whether the file's dates allow no other order.
        time_zone: the IANA zone of its times, None for times as they are.
        report_time_zone: the IANA zone in which days begin; that of the file when None.
        answer_within_seconds: the agreed time of the service level.
        service_level_of: the contacts that the service level is a share of.
        short_abandon_seconds: who gives up within this time did not really wait, where such waits are left out.
        activities: of an event log: what each activity does, as `Role` values by activity.
        calls_in_parts: whether several rows are one call, one for each queue and person it came to.
        missing: marks of this file that stand for no value, besides the usual ones, such as `tbd`.
        scope: the part of the service that the file is about where its rows don't say it, such as `(("channel", "phone"),)`.
        rules: the number of the rules by which it was recognised or confirmed.
    """

    model_config = ConfigDict(frozen=True)

    kind: Kind
    columns: tuple[ColumnMapping, ...]
    helpdesk: str | None = None
    date_order: DateOrder = DateOrder.YEAR_FIRST
    date_order_certain: bool = True
    time_zone: str | None = None
    report_time_zone: str | None = None
    answer_within_seconds: float = ANSWER_WITHIN_SECONDS
    service_level_of: LevelBase = LevelBase.OFFERED
    short_abandon_seconds: float = 5.0
    activities: MappingOf[str, Role] = {}
    calls_in_parts: bool = False
    missing: tuple[str, ...] = ()
    scope: tuple[tuple[str, str], ...] = ()
    rules: int = RULES

    @classmethod
    def as_kept(cls, written: str) -> Mapping:
        """A mapping as it was kept with an import or for a header, JSON; one without a number of its rules has those of 1."""
        kept = cls.model_validate_json(written)
        return kept if "rules" in kept.model_fields_set else kept.model_copy(update={"rules": 1})

    def column(self, name: str) -> ColumnMapping:
        """The entry of the column `name`."""
        return next(entry for entry in self.columns if entry.column == name)

    def with_role(self, column: str, role: Role, kpi: str | None = None) -> Mapping:
        """The mapping with another role for `column`; a role that one column alone can have leaves the one that had it."""
        changed = []
        for entry in self.columns:
            if entry.column == column:
                changed.append(ColumnMapping(column=column, role=role, kpi=kpi))
            elif entry.role is role and role not in REPEATABLE | REPEATABLE_IN.get(self.kind, frozenset()):
                changed.append(entry.model_copy(update={"role": Role.IGNORE, "kpi": None}))
            else:
                changed.append(entry)
        return self.model_copy(update={"columns": tuple(changed)})

    def with_date_order(self, order: DateOrder) -> Mapping:
        """The mapping for dates in another order of day and month."""
        day_first, month_first = ("%d", "%m") if order is DateOrder.DAY_FIRST else ("%m", "%d")

        def turned(form: str) -> str:
            starts = (f"%d{form[2:3]}%m", f"%m{form[2:3]}%d")
            return f"{day_first}{form[2:3]}{month_first}{form[5:]}" if form.startswith(starts) else form

        columns = tuple(
            entry.model_copy(update={"formats": tuple(turned(form) for form in entry.formats)}) for entry in self.columns
        )
        return self.model_copy(update={"date_order": order, "date_order_certain": True, "columns": columns})

    def find(self, role: Role) -> ColumnMapping | None:
        """The column with `role`, None when there is none."""
        return next((entry for entry in self.columns if entry.role is role), None)

    def all_with(self, role: Role) -> tuple[ColumnMapping, ...]:
        """Every column with `role`."""
        return tuple(entry for entry in self.columns if entry.role is role)

    def zone_of(self, entry: ColumnMapping) -> str | None:
        """The IANA zone of a column's points in time once they are read; None for times as they are.

        A column that names none is taken to be in the zone of the arrival, or else of any other column that names one.
        """
        return _own_zone(entry) or self.time_zone or self._named_zone

    @property
    def zone_of_days(self) -> str | None:
        """The IANA zone in which days begin: that of the service, or else that of the file; None for times as they are."""
        return self.report_time_zone or self.time_zone or self._named_zone

    @property
    def zone_of_intervals(self) -> str | None:
        """The IANA zone of the times of a table of intervals; None where neither a header nor the cells name one."""
        times = [entry for role in (Role.INTERVAL, Role.PERIOD) if (entry := self.find(role)) is not None]
        return next((zone for entry in times if (zone := _own_zone(entry)) is not None), self.time_zone)

    @property
    def _named_zone(self) -> str | None:
        times = [entry for role in (*_BEGINNINGS, *TIMES) if (entry := self.find(role)) is not None]
        return next((zone for entry in times if (zone := _own_zone(entry)) is not None), None)

    def missing_roles(self) -> tuple[tuple[Role, ...], ...]:
        """The groups of required roles of which no column has one."""
        present = {entry.role for entry in self.columns}
        return tuple(group for group in required_roles(self.kind) if not present & set(group))

    def require_complete(self, file: str) -> None:
        """Checks that nothing is missing that the kind needs.

        Raises:
            ImportProblems: a required role is missing; names what to map.
        """
        missing = self.missing_roles()
        if missing:
            unused = [entry.column for entry in self.columns if entry.role is Role.IGNORE]
            raise ImportProblems(
                text(
                    "{file} can't be imported as {kind}: no column is mapped to {role}.",
                    file=file,
                    kind=self.kind.label,
                    role=missing[0][0].label,
                ),
                text(
                    "Say which column it is (on the command line: --column COLUMN=ROLE), or choose another kind (--rows); "
                    "not used is: {columns}.",
                    columns=listed_texts(unused[:_LISTED]),
                )
                if unused
                else text(
                    "Say which column it is (on the command line: --column COLUMN=ROLE), or choose another kind (--rows)."
                ),
            )


_BEGINNINGS = (Role.CREATED_AT, Role.EVENT_AT, Role.RATED_AT)


def _own_zone(entry: ColumnMapping) -> str | None:
    """The zone that a column's cells or its header name; cells with an offset are read in UTC."""
    is_utc = entry.has_zone or any(form in (EPOCH_SECONDS, EPOCH_MILLISECONDS) for form in entry.formats)
    return "UTC" if is_utc else entry.time_zone
