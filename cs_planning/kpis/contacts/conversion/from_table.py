"""Tables of tickets, events, calls and survey answers → contacts; unusable records are set apart with their reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import duckdb
import numpy as np
import pandas as pd

from cs_planning.errors import Problem
from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.cells.moments import DateOrder, order_of, order_of_column, read_moment
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS, typed_contacts
from cs_planning.kpis.contacts.findings.costs import costs_of
from cs_planning.kpis.contacts.findings.far_dates import earliest_usual_day, far_dates
from cs_planning.kpis.contacts.findings.notes import known_by_day, note_findings
from cs_planning.kpis.contacts.findings.quality import duplicate_ids, log_findings, weekly_findings
from cs_planning.kpis.contacts.in_process import session
from cs_planning.kpis.contacts.points.engines import open_contacts
from cs_planning.kpis.contacts.query.contact_query import UPDATED, contact_query, event_problems_query, filled_columns
from cs_planning.kpis.contacts.query.lookups import empty_cells_told, marks_of_table, register_lookups
from cs_planning.kpis.contacts.query.problems import FAR, NO_CONTACTS, NOTE
from cs_planning.kpis.currency import UNSAID, Currency
from cs_planning.kpis.files.table import Table, refuse
from cs_planning.kpis.findings.columns import column_findings
from cs_planning.kpis.findings.imported import Imported, QualityFinding, Severity, rejected_frame
from cs_planning.language import Text, text

_MOST_REJECTED = 0.5


def convert_contacts(
    table: Table,
    mapping: Mapping,
    today: date,
    hours: OpeningHours | None = None,
    country: str = "",
    currency: Currency = UNSAID,
    *,
    with_findings: bool = True,
) -> Imported:
    """The contacts in a table.

    Args:
        table: the file's cells.
        mapping: what its columns mean.
        today: the last day that can have happened.
        hours: when the service is open, where that is known, to find a clock of another zone by.
        country: whose public holidays are no missing days, where the opening hours name none.
        currency: in which amounts are counted; one that nobody chose gives way to what the table names.
        with_findings: whether it is looked for what is odd, which takes longer than the contacts do.

    Raises:
        ImportProblems: amounts are in another currency, dates contradict each other, or most records can't be used.
    """
    costs = costs_of(table, mapping, currency)
    contradictions = [*order_contradictions(table, mapping), *costs.problems]
    if contradictions:
        raise refuse(table.name, contradictions)
    with session() as connection:
        connection.register("cells", table.frame)
        lookups, unknown = register_lookups(
            connection, mapping, lambda column: table.frame[column].astype("str").unique().tolist()
        )
        lookups, empty = empty_cells_told(lookups, lambda lookup: marks_of_table(table, lookup))
        if mapping.kind is Kind.EVENTS:
            problems = _problems_of_events(connection, event_problems_query(mapping, lookups, today))
            result = connection.execute(contact_query(mapping, lookups, today)).df()
            earliest = _earliest_of(result)
            if earliest is not None:
                problems = _problems_of_events(connection, event_problems_query(mapping, lookups, today, earliest))
            good = problems.isna().to_numpy()
            if not good.all():
                connection.unregister("cells")
                # What happened at a time that nobody knows happened all the same.
                connection.register("cells", table.frame[good | problems.isin(_WITHOUT_TIME).to_numpy()])
                result = connection.execute(contact_query(mapping, lookups, today)).df()
        else:
            connection.unregister("cells")
            connection.register("cells", table.frame.assign(**{_PLACE: np.arange(len(table))}))
            filled = filled_columns(mapping, lookups, today)
            result = _records(connection, contact_query(mapping, lookups, today), filled)
            earliest = _earliest_of(result)
            if earliest is not None:
                result = _records(connection, contact_query(mapping, lookups, today, earliest), filled)
            result = result.sort_values(_PLACE, ignore_index=True)
            problems = result["problem"]
            good = problems.isna().to_numpy()
            result = result[good]
    found = [*table.broken, *row_problems(table, mapping, problems)]
    twins: list[Problem] = []
    never = int(problems.isin(NO_CONTACTS).sum())
    unusable = int(problems.notna().sum()) - never
    if mapping.kind is not Kind.EVENTS:
        result, twins = _latest(result, table.rows[good], has_id=mapping.find(Role.CONTACT_ID) is not None)
        found += twins
        good_rows = int(good.sum()) - len(twins)
    else:
        good_rows = int(good.sum())
    notes = {str(note): int(count) for note, count in result[NOTE].value_counts().items()}
    contacts = typed_contacts(result)
    rows_read = len(table) + len(table.broken)
    if len(contacts) == 0 or unusable > _MOST_REJECTED * len(table):
        raise refuse(table.name, [one for one in found if one not in twins][:100] or [_nothing()])
    findings: tuple[QualityFinding, ...] = ()
    if with_findings:
        findings = (
            *unknown,
            *empty,
            *costs.findings,
            *_about_dates(mapping),
            *_about_far_dates(table, mapping, problems),
            *_about_twins(twins, mapping),
            *note_findings(mapping, notes, never),
            *column_findings(table, mapping),
            *_about_contacts(contacts, mapping, today, hours, country),
        )
    return Imported(
        kind=mapping.kind,
        rows_read=rows_read,
        accepted_rows=good_rows,
        rejected=rejected_frame(found),
        findings=findings,
        contacts=contacts,
        kpis=costs.kpis,
        currency=costs.named,
        first_day=contacts["created_at"].min().date(),
        last_day=contacts["created_at"].max().date(),
    )


def _about_contacts(
    contacts: pd.DataFrame, mapping: Mapping, today: date, hours: OpeningHours | None, country: str
) -> tuple[QualityFinding, ...]:
    with open_contacts(contacts) as opened:
        found = log_findings(opened, today=today, of_days=known_by_day(mapping), hours=hours, country=country)
        return (*found, *weekly_findings(opened))


_WITHOUT_TIME = tuple(f"{Role.EVENT_AT.value}:{reason}" for reason in ("missing", "unreadable"))
_PLACE = "_place_in_table"
_OF_A_RECORD = ("problem", NOTE, UPDATED, _PLACE)


def _records(connection: duckdb.DuckDBPyConnection, query: str, filled: Collection[str]) -> pd.DataFrame:
    """The records as contacts, with what is odd about each; raw cells stay behind, since pandas takes them over slowly."""
    listed = ", ".join([*(name for name in CONTACT_COLUMNS if name in filled), *_OF_A_RECORD])
    return connection.execute(f"SELECT {listed} FROM ({query})").df()


def _problems_of_events(connection: duckdb.DuckDBPyConnection, query: str) -> pd.Series:
    problems: pd.Series = connection.execute(f"SELECT problem FROM ({query})").df()["problem"]
    return problems


def order_contradictions(table: Table, mapping: Mapping) -> Iterator[Problem]:
    """Columns whose dates can't all be in one order of day and month."""
    for entry in mapping.columns:
        if entry.role not in (Role.CREATED_AT, Role.EVENT_AT, Role.RATED_AT) or entry.column in table.typed_columns:
            continue
        cells = table.frame[entry.column].astype("str")
        order, mixed = order_of_column(cells.drop_duplicates())
        if not mixed:
            continue
        other = DateOrder.MONTH_FIRST if order is DateOrder.DAY_FIRST else DateOrder.DAY_FIRST
        place = next(place for place, cell in enumerate(cells) if order_of([cell])[0] is other)
        yield Problem(
            message=text(
                "Column {column} mixes day-first and month-first dates, first in row {row}.",
                column=entry.column,
                row=int(table.rows[place]),
            ),
            remedy=text("Write all dates the same way, best as 2026-03-31."),
            row=int(table.rows[place]),
            column=entry.column,
            value=cells.iloc[place],
        )


def row_problems(table: Table, mapping: Mapping, problems: pd.Series) -> Iterator[Problem]:
    """The problems that the query found, with row, column, value and remedy."""
    for place in np.flatnonzero(problems.notna().to_numpy()):
        role, _, reason = str(problems.iloc[place]).partition(":")
        entry = mapping.find(Role(role))
        assert entry is not None
        value = str(table.frame[entry.column].iloc[place])[:80]
        message, remedy = reason_texts(reason, entry.column, value)
        yield Problem(message=message, remedy=remedy, row=int(table.rows[place]), column=entry.column, value=value)


def reason_texts(reason: str, column: str, value: str) -> tuple[Text, Text]:
    """Why a record was rejected, and what to do about it."""
    match reason:
        case "missing":
            return text("{column} is empty.", column=column), text("Fill it in, or take the row out.")
        case "outgoing":
            return (
                text("{column} is “{value}”: it did not come from a customer.", column=column, value=value),
                text("Nothing to do; leave the column unused if it says something else."),
            )
        case "never":
            return (
                text("{column} is “{value}”: no contact of a customer.", column=column, value=value),
                text("Nothing to do; change the status if it is one."),
            )
        case "menu":
            return (
                text("The call reached neither a queue nor a person."),
                text("Nothing to do: it left in the menu and is not offered."),
            )
        case "far":
            return (
                text("{column}: {value} lies years before all others.", column=column, value=value),
                text("Correct the date; such ones often stand for none."),
            )
        case "future":
            return (
                text("{column}: {value} lies in the future.", column=column, value=value),
                text("Check the order of day and month and the time zone."),
            )
        case _:
            return (
                text("{column}: “{value}” is not a point in time.", column=column, value=value),
                text("Write it as 2026-03-31 14:05, like the others."),
            )


def twin_problem(contact: str, row: int, last: int) -> Problem:
    """That a record is an earlier state of a contact whose last one is in another row."""
    return Problem(
        message=text("The contact {id} appears again in row {row}; the last one counts.", id=contact, row=last),
        remedy=text("Nothing to do if the file holds several states of a contact; else check which column is its number."),
        row=row,
        value=contact,
    )


def _latest(result: pd.DataFrame, rows: np.ndarray, *, has_id: bool) -> tuple[pd.DataFrame, list[Problem]]:
    """The contacts without repeated ids: the last record of each counts, by its update or else by its place in the file.

    The others are given back as problems.  Without a column of ids two equal records are two contacts with ids of their own.
    """
    if not result["contact_id"].duplicated().any():
        return result, []
    if not has_id:
        again = result.groupby("contact_id").cumcount()
        ids = result["contact_id"] + ("-" + again.astype(str)).where(again > 0, "")
        return result.assign(contact_id=ids.astype("str")), []
    in_order = result.assign(_row=rows).sort_values(UPDATED, kind="stable", na_position="first")
    repeated = in_order["contact_id"].duplicated(keep="last")
    last = dict(zip(in_order["contact_id"], in_order["_row"], strict=True))
    earlier = in_order[repeated].sort_index()
    problems = [
        twin_problem(str(contact), int(row), int(last[contact]))
        for contact, row in zip(earlier["contact_id"], earlier["_row"], strict=True)
    ]
    kept = in_order[~repeated].sort_index()
    return kept.drop(columns="_row").reset_index(drop=True), problems


def _about_twins(twins: list[Problem], mapping: Mapping) -> tuple[QualityFinding, ...]:
    if not twins:
        return ()
    entry = mapping.find(Role.CONTACT_ID)
    rows, ids = [twin.row or 0 for twin in twins], [twin.value or "" for twin in twins]
    return (duplicate_ids(len(twins), list(dict.fromkeys(ids)), rows, entry.column if entry else None),)


def _about_dates(mapping: Mapping) -> tuple[QualityFinding, ...]:
    if mapping.date_order_certain:
        return ()
    return (
        QualityFinding(
            rule="date_order_unsure",
            severity=Severity.WARNING,
            message=text(
                "The dates could be day-first or month-first; they were read {order}.", order=mapping.date_order.label
            ),
            consequence=text("In the wrong order, contacts fall into wrong months and times come out wrong."),
            remedy=text("Say which order is right (on the command line: --dates day-first or month-first)."),
        ),
    )


def _earliest_of(contacts: pd.DataFrame) -> date | None:
    """The first usual day of contacts, where a few usable ones lie far before it."""
    created = contacts["created_at"][contacts["problem"].isna()]
    days, counts = np.unique(created.to_numpy("datetime64[D]"), return_counts=True)
    return earliest_usual_day(days, counts.tolist())


def _about_far_dates(table: Table, mapping: Mapping, problems: pd.Series) -> tuple[QualityFinding, ...]:
    far = problems.astype("str").str.endswith(f":{FAR}").to_numpy()
    if not far.any():
        return ()
    role = Role(str(problems[far].iloc[0]).partition(":")[0])
    entry = mapping.find(role)
    assert entry is not None
    moments = [read_moment(str(cell), mapping.date_order) for cell in table.frame[entry.column][far]]
    first = min((moment for moment in moments if moment is not None), default=None)
    return () if first is None else (far_dates(int(far.sum()), first.date(), entry.column),)


def _nothing() -> Problem:
    return Problem(message=text("No record can be used."), remedy=text("Check the mapping on the Import page."))
