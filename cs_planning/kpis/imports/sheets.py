"""Files on a disk → one series frame, for the command line and for programs: nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS, WORD_COLUMNS
from cs_planning.kpis.contacts.points.aggregate import contact_days, contact_kpis, kpis_of_cuts
from cs_planning.kpis.contacts.points.at_engine import contacts_at
from cs_planning.kpis.contacts.points.cuts import Cut
from cs_planning.kpis.contacts.points.engines import DUCKDB, OpenContacts, connected, open_contacts
from cs_planning.kpis.contacts.points.largest_parts import MOST_PARTS, largest_parts
from cs_planning.kpis.currency import UNSAID, Currency
from cs_planning.kpis.findings.ended import old_data
from cs_planning.kpis.findings.imported import Imported, QualityFinding, Severity
from cs_planning.kpis.frequency import MONTHS, Frequency, Rhythm
from cs_planning.kpis.freshness import freshness_since
from cs_planning.kpis.imports.answers import Answers
from cs_planning.kpis.imports.file_summary import KpisSummary, PartsSummary
from cs_planning.kpis.imports.files import OpenFiles, Progress, open_files, unwatched
from cs_planning.kpis.series import KpiSeries, check_frame, split_series, to_longer_periods
from cs_planning.kpis.tables.costs import cost_per_contact

_UNDERSTOOD = 0.6


def kpis_from_files(
    paths: Sequence[Path],
    period: Frequency,
    by: Sequence[str] = (),
    engine: str = DUCKDB,
    *,
    calendar: ServiceCalendar,
    today: date,
    currency: Currency = UNSAID,
    all_parts: bool = False,
    answers: Answers | None = None,
    progress: Progress = unwatched,
) -> tuple[pd.DataFrame, KpisSummary]:
    """The KPIs of files, the whole and broken down, without keeping anything.

    Files with the same header are put together; points of KPI tables are made into longer periods where counts allow it.

    Args:
        paths: the files.
        period: the length of the periods.
        by: dimensions to break down by, each on its own.
        engine: `duckdb`, or the URL of an engine that ibis knows (`postgres://…`).
        calendar: where the years begin, and when the service is open, for times in opening hours; none of these without.
        today: the last day that can have happened.
        currency: in which amounts are counted; where nobody chose one, the first file that names one does.
        all_parts: whether a breakdown gives every part, not just the largest ones.
        answers: what a person said about the files, of all of them alike.
        progress: is told the share that is done, from 0 to 1.

    Returns:
        A series frame and what the files turned out to be.

    Raises:
        Undecided: something has to be asked before a file is read.
        ImportProblems: a file can't be read.
    """
    parts: list[PartsSummary] = []
    with open_files(
        paths,
        calendar=calendar,
        today=today,
        engine=engine,
        period=period,
        currency=currency,
        columns=[name for name in CONTACT_COLUMNS if name not in WORD_COLUMNS or name in by],
        answers=answers,
        progress=lambda share: progress(_UNDERSTOOD * share),
    ) as files:
        frames = [points_in(table, period) for table in files.tables]
        summaries = files.summaries
        if files.contacts is not None:
            frame, parts = _broken_down(
                files.contacts,
                calendar.rhythm(period),
                by,
                all_parts,
                lambda share: progress(_UNDERSTOOD + (1.0 - _UNDERSTOOD) * share),
            )
            frames.append(frame)
        age = _age(files, today)
    summaries = (*summaries[:-1], *(last.with_findings(age) for last in summaries[-1:]))
    frame = check_frame(pd.concat(frames, ignore_index=True).drop_duplicates(["series", "period"], keep="last"))
    costs = cost_per_contact(frame)
    if len(costs):
        frame = check_frame(pd.concat([costs, frame]).drop_duplicates(["series", "period"], keep="last"))
    progress(1.0)
    return frame, KpisSummary.of(frame, period, summaries, parts)


def _age(files: OpenFiles, today: date) -> tuple[QualityFinding, ...]:
    """That the newest of what files hold is too old for a probability: a notice, since nothing is forecast here."""
    ends = [(one.last_day, one.rhythm) for one in files.tables if one.last_day is not None and one.rhythm is not None]
    if files.contacts is not None and len(days := contact_days(files.contacts)):
        ends.append((days[-1].date(), MONTHS))
    found = [(freshness_since(rhythm.start_of(until), rhythm, today), until) for until, rhythm in ends]
    if not found or not all(one.is_stale for one, _ in found):
        return ()
    newest, until = max(found, key=lambda one: one[1])
    return (old_data(newest, until).model_copy(update={"severity": Severity.NOTICE}),)


def kpis_from_table(
    table: str,
    engine: str,
    period: Frequency,
    by: Sequence[str] = (),
    *,
    calendar: ServiceCalendar,
    all_parts: bool = False,
    progress: Progress = unwatched,
) -> tuple[pd.DataFrame, KpisSummary]:
    """The KPIs of contacts that are at an engine already: they are computed there, and only the results travel.

    Args:
        table: a table, a view or Parquet files at the engine, with the columns of a contact table or some of them, named as
            for `contacts_at`.
        engine: its URL.
        period: the length of the periods.
        by: dimensions to break down by, each on its own.
        calendar: where the years begin, and when the service is open, for times in opening hours; none of these without.
        all_parts: whether a breakdown gives every part, not just the largest ones.
        progress: is told the share that is done, from 0 to 1.

    Raises:
        EngineUnavailable: the engine can't be reached, or the table is not there.
    """
    with (
        connected(engine) as connection,
        open_contacts(contacts_at(connection, table), connection, calendar.hours, calendar.targets) as contacts,
    ):
        frame, parts = _broken_down(contacts, calendar.rhythm(period), by, all_parts, progress)
    frame = check_frame(frame)
    return frame, KpisSummary.of(frame, period, (), parts)


def _broken_down(
    contacts: OpenContacts, rhythm: Rhythm, by: Sequence[str], all_parts: bool, progress: Progress
) -> tuple[pd.DataFrame, list[PartsSummary]]:
    """The KPIs of the whole and of the parts, with how many parts there were."""
    made = kpis_of_cuts(contacts, [Cut(rhythm), *(Cut(rhythm, (dimension,)) for dimension in by)])
    frames, summaries = [next(made)], []
    for number, dimension in enumerate(by, start=1):
        progress(number / (len(by) + 1))
        points = next(made)
        largest, found = largest_parts(points, dimension, with_unknown=True)
        frames.append(points if all_parts else largest)
        summaries.append(PartsSummary(dimension=dimension, kept=found if all_parts else min(found, MOST_PARTS), found=found))
    progress(1.0)
    return pd.concat(frames, ignore_index=True), summaries


def points_in(imported: Imported, period: Frequency) -> pd.DataFrame:
    """The points of a KPI table in longer periods; series that can't be made longer are left out."""
    assert imported.points is not None
    assert imported.rhythm is not None
    made = [
        longer.frame
        for series in split_series(imported.points, imported.rhythm, imported.kpis).values()
        if (longer := to_longer_periods(series, period)) is not None
    ]
    return pd.concat(made, ignore_index=True) if made else imported.points.iloc[:0]


def series_of(imported: Imported, calendar: ServiceCalendar) -> tuple[KpiSeries, ...]:
    """The KPIs that a file gives by itself, tables in their own rhythm, contacts by month.

    Args:
        imported: what it holds.
        calendar: when the service is open, for times in opening hours.
    """
    if imported.contacts is not None:
        points, rhythm = contact_kpis(imported.contacts, MONTHS, hours=calendar.hours, targets=calendar.targets), MONTHS
    elif imported.points is not None and imported.rhythm is not None:
        points, rhythm = imported.points, imported.rhythm
    else:
        return ()
    return tuple(series for series in split_series(points, rhythm, imported.kpis).values() if len(series))
