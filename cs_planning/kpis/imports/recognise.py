"""Table → what it is: the kind of rows, the helpdesk that wrote it, and what each column means."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cs_planning.kpis.cells.moments import DateOrder, has_clock, look_at_times
from cs_planning.kpis.cells.numbers import DecimalMark
from cs_planning.kpis.columns.contents.limits import LIMIT_ROLES, may_be_time_left
from cs_planning.kpis.columns.contents.looks import Column, look_at, table_conventions
from cs_planning.kpis.columns.guesses.examination import examined, filled_cells, in_one_unit
from cs_planning.kpis.columns.guesses.generic import generic_guesses
from cs_planning.kpis.columns.guesses.guess import Guess, named_roles
from cs_planning.kpis.columns.guesses.readings import guess_of_kind
from cs_planning.kpis.columns.helpdesks import Helpdesk, helpdesks
from cs_planning.kpis.columns.mapping import RULES, ColumnMapping, Mapping
from cs_planning.kpis.columns.names.headers import header_key
from cs_planning.kpis.columns.roles import DURATIONS, TIMES, Kind, Role
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.kpis.imports.earlier_rules import ReadOtherwise, read_otherwise
from cs_planning.kpis.tables.costs import guess_costs
from cs_planning.language import Percent, ntext, text

_INCOMPLETE = 0.3
"""What is left of the certainty of a reading that lacks a column which it can't do without."""


@dataclass(frozen=True)
class Alternative:
    """Something else that a file could be.

    Attributes:
        mapping: how its columns would be read then.
        helpdesk: the product's name, None for none in particular.
        confidence: how sure that is, 0–1.
    """

    mapping: Mapping
    helpdesk: str | None
    confidence: float


@dataclass(frozen=True)
class Recognition:
    """What a file was recognised as.

    Attributes:
        kind: what its rows are.
        helpdesk: the name of the product that wrote it, None when it is no known one.
        confidence: how sure that is, 0–1; 1 where the user confirmed a file with the same header before.
        mapping: what each column means.
        alternatives: what else it could be, the likeliest first.
        remembered: whether the mapping is one that the user confirmed.
        otherwise: what today's rules read otherwise than a mapping that was remembered by the rules of an earlier version.
        today: the reading by today's rules where it is another one.
    """

    kind: Kind
    helpdesk: str | None
    confidence: float
    mapping: Mapping
    alternatives: tuple[Alternative, ...] = ()
    remembered: bool = False
    otherwise: tuple[ReadOtherwise, ...] = ()
    today: Recognition | None = None

    @property
    def kind_confidence(self) -> float:
        """How sure it is what the rows are, 0–1, whether or not it is known which column is which."""
        return self.confidence / _INCOMPLETE if self.mapping.missing_roles() else self.confidence


def header_fingerprint(table: Table) -> str:
    """A name for the table's header, under which a confirmed mapping is remembered; cells play no part."""
    return hashlib.sha256("\x1f".join(header_key(column) for column in table.columns).encode()).hexdigest()[:32]


def recognise(table: Table, remembered: Mapping | None = None) -> Recognition:
    """What the table is, how sure that is, and what each column means.

    Args:
        table: the file's cells.
        remembered: the mapping that the user confirmed for a file with the same header.
    """
    order, certain, mark = table_conventions(table)
    if remembered is not None and tuple(entry.column for entry in remembered.columns) == table.columns:
        known = _as_remembered(table, remembered, order, certain)
        return known if remembered.rules >= RULES else _beside_today(known, recognise(table))
    looks = look_at(table, order)
    candidates: list[Alternative] = []
    for helpdesk in helpdesks():
        certainty = helpdesk.certainty(table.columns)
        if certainty > 0:
            guess = _helpdesk_guess(helpdesk, table, looks, certainty)
            candidates.append(_candidate(guess, table, looks, order, certain, mark, helpdesk))
    costs = guess_costs(table, looks)
    guesses = [*generic_guesses(table, looks, order), *([costs] if costs else [])]
    candidates += [_candidate(guess, table, looks, order, certain, mark, None) for guess in guesses]
    candidates.sort(key=lambda candidate: -candidate.confidence)
    if not candidates:
        nothing = Mapping(kind=Kind.KPI_TABLE_WIDE, columns=tuple(ColumnMapping(column=name) for name in table.columns))
        return Recognition(nothing.kind, None, 0.0, nothing)
    best = _using_most(candidates)
    others = tuple(other for other in candidates if other is not best and other.confidence > 0.1)
    return Recognition(best.mapping.kind, best.helpdesk, best.confidence, best.mapping, others)


IN_DOUBT = 0.5
"""Below this certainty a kind of file is asked for and not chosen."""


def recognise_as(table: Table, kinds: Sequence[Kind], found: Recognition) -> Recognition:
    """What the table is if somebody says what its rows are: the columns are guessed anew, and no date that was found is lost.

    Args:
        table: the file's cells.
        kinds: the kinds with such rows.
        found: what it was recognised as.
    """
    known = [Alternative(found.mapping, found.helpdesk, found.confidence), *found.alternatives]
    fitting = [one for one in known if one.mapping.kind in kinds and not one.mapping.missing_roles()]
    others_left = [kind for kind in kinds if kind not in {one.mapping.kind for one in fitting}]
    if others_left:
        order, certain, mark = table_conventions(table)
        looks = look_at(table, order)
        roles = {entry.column: entry.role for entry in found.mapping.columns if entry.role is not Role.IGNORE}
        guesses = [guess_of_kind(kind, table, looks, order, roles) for kind in others_left]
        guessed = [_candidate(guess, table, looks, order, certain, mark, None) for guess in guesses]
        fitting += [one for one in guessed if not fitting or not one.mapping.missing_roles()]
    best = max(fitting, key=lambda one: (one.confidence, _columns_used(one)))
    others = tuple(one for one in known if one.mapping.kind is not best.mapping.kind)
    return Recognition(best.mapping.kind, best.helpdesk, 1.0, best.mapping, others)


def _beside_today(known: Recognition, today: Recognition) -> Recognition:
    otherwise = read_otherwise(known.mapping, today.mapping)
    if otherwise:
        return replace(known, otherwise=otherwise, today=today)
    return replace(known, mapping=known.mapping.model_copy(update={"rules": RULES}))


def doubts_about(found: Recognition) -> tuple[QualityFinding, ...]:
    """The finding that the kind of a file is a guess, where that is less than half sure, or that its reading is an old one."""
    if found.otherwise:
        return (_old_reading(found.otherwise),)
    if found.confidence >= IN_DOUBT or found.remembered:
        return ()
    return (
        QualityFinding(
            rule="kind_in_doubt",
            severity=Severity.WARNING,
            message=text(
                "The file was taken for {kind}, which is {share} sure.",
                kind=found.kind.label,
                share=Percent(share=found.confidence),
            ),
            consequence=text("If it is something else, its figures mean something else."),
            remedy=text("Check on the Import page what its rows and columns are."),
        ),
    )


def _old_reading(otherwise: Sequence[ReadOtherwise]) -> QualityFinding:
    return QualityFinding(
        rule="read_by_earlier_rules",
        severity=Severity.WARNING,
        message=ntext(
            "The file was read as an earlier version did with this header; today's rules read it otherwise in {count} place.",
            "The file was read as an earlier version did with this header; today's rules read it otherwise in {count} places.",
            len(otherwise),
        ),
        consequence=ntext(
            "If today's rules are right, the figures of this column are wrong.",
            "If today's rules are right, the figures of these columns are wrong.",
            len(otherwise),
        ),
        remedy=text("Open the file on the Import page: it shows what changes and reads the file anew with a click."),
        count=len(otherwise),
        sample_values=tuple(one.column for one in otherwise if one.column),
    )


def _as_remembered(table: Table, remembered: Mapping, order: DateOrder, certain: bool) -> Recognition:
    used = order if certain and order is not DateOrder.YEAR_FIRST else remembered.date_order
    columns = []
    for entry in _with_columns_filled_since(table, remembered):
        if entry.role not in TIMES:
            columns.append(entry)
            continue
        cells = filled_cells(table, entry.column)
        times = look_at_times(cells, used)
        update = {"formats": times.formats or entry.formats, "has_zone": times.has_zone, "has_clock": has_clock(cells, used)}
        columns.append(entry.model_copy(update=update))
    mapping = remembered.model_copy(update={"columns": tuple(columns), "date_order": used})
    name = next((helpdesk.name for helpdesk in helpdesks() if helpdesk.id == mapping.helpdesk), None)
    return Recognition(mapping.kind, name, 1.0, mapping, remembered=True)


def _with_columns_filled_since(table: Table, remembered: Mapping) -> tuple[ColumnMapping, ...]:
    """The columns as remembered; those that were empty then, as they are understood by their cells now."""
    filled = {entry.column for entry in remembered.columns if entry.was_empty and len(filled_cells(table, entry.column))}
    if not filled:
        return remembered.columns
    today = recognise_as(table, [remembered.kind], recognise(table)).mapping
    if today.kind is not remembered.kind:
        return remembered.columns
    taken = {entry.role for entry in remembered.columns} - {Role.IGNORE, Role.KPI}
    now = {entry.column: entry for entry in today.columns if entry.column in filled}

    def as_now(entry: ColumnMapping) -> ColumnMapping:
        seen = now.get(entry.column)
        if seen is None or (seen.role is not entry.role and (entry.role is not Role.IGNORE or seen.role in taken)):
            return entry
        return seen

    return tuple(map(as_now, remembered.columns))


_NEARLY_AS_SURE = 0.15


def _using_most(candidates: Sequence[Alternative]) -> Alternative:
    """The surest candidate; of kinds of records that are nearly as sure the one that uses clearly more of the columns."""
    best = candidates[0]
    if not best.mapping.kind.holds_contacts or best.helpdesk is not None:
        return best
    near = [
        other
        for other in candidates
        if other.mapping.kind.holds_contacts
        and other.helpdesk is None
        and other.confidence >= max(IN_DOUBT, best.confidence - _NEARLY_AS_SURE)
    ]
    most = max(near, key=_columns_used, default=best)
    return most if _columns_used(most) >= _columns_used(best) + 2 else best


def _columns_used(candidate: Alternative) -> int:
    return sum(entry.role is not Role.IGNORE for entry in candidate.mapping.columns)


_OF_ANY_DESK = (*LIMIT_ROLES, Role.PRIORITY, Role.DIRECTION, Role.NO_CONTACT, Role.MERGED_INTO)
"""What teams add to the export of their helpdesk under names of their own."""


def _helpdesk_guess(helpdesk: Helpdesk, table: Table, looks: dict[str, Column], certainty: float) -> Guess:
    found: dict[str, Role] = {}
    best: dict[Role, tuple[int, str]] = {}
    for column in table.columns:
        known = helpdesk.role_of(column)
        if known is None:
            continue
        role, rank = known
        if role in DURATIONS and looks[column].filled == 0:
            continue
        if role in LIMIT_ROLES and not may_be_time_left(column, filled_cells(table, column)):
            continue
        if role in (Role.IGNORE, Role.TIME_REMAINING):
            found[column] = role
        elif role not in best or (looks[best[role][1]].filled == 0, best[role][0]) > (looks[column].filled == 0, rank):
            best[role] = (rank, column)
    found.update({column: role for role, (_, column) in best.items()})
    if helpdesk.kind is Kind.TICKETS:
        rest = {name: look for name, look in looks.items() if name not in found}
        own = named_roles(rest, "generic_tickets")
        found.update({name: role for name, role in own.items() if role in _OF_ANY_DESK and role not in best})
    return Guess(helpdesk.kind, found, certainty)


def _candidate(
    guess: Guess,
    table: Table,
    looks: dict[str, Column],
    order: DateOrder,
    certain: bool,
    mark: DecimalMark,
    helpdesk: Helpdesk | None,
) -> Alternative:
    entries = []
    for column in table.columns:
        role = guess.roles.get(column, Role.IGNORE)
        bare = ColumnMapping(column=column, role=role, kpi=guess.kpis.get(column), by_cells=column in guess.by_cells)
        entry = examined(bare, table, looks[column], order, mark)
        if helpdesk is not None and role in DURATIONS:
            known = helpdesk.measure_of(column)
            entry = entry.model_copy(update={"measure": known, "measure_judged": False}) if known else entry
        entries.append(entry)
    mapping = Mapping(
        kind=guess.kind,
        columns=in_one_unit(tuple(entries)),
        helpdesk=helpdesk.id if helpdesk else None,
        date_order=order,
        date_order_certain=certain,
        activities=guess.activities,
    )
    confidence = guess.confidence * (_INCOMPLETE if mapping.missing_roles() else 1.0)
    return Alternative(mapping, helpdesk.name if helpdesk else None, round(confidence, 2))
