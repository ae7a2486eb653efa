"""Contacts → KPI series, written once in ibis: DuckDB inside the process, PostgreSQL, Spark and others by connection.

Volume, first response, queue and handling figures and the share that is solved belong to the period in which a contact was
created, answers to the one in which they were given, solution figures to the one in which it was solved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
from ibis.backends import BaseBackend

from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.completeness import Coverage
from cs_planning.kpis.contacts.engines import OpenContacts, open_contacts
from cs_planning.kpis.contacts.measures import Measured, Quantiles, by_answer, by_creation, by_limit, by_solution
from cs_planning.kpis.frequency import DAYS, JANUARY, Frequency, Rhythm
from cs_planning.kpis.series import SeriesKey, check_frame

_TRUNCATE = {
    Frequency.DAY: "D",
    Frequency.WEEK: "W",
    Frequency.MONTH: "M",
    Frequency.QUARTER: "Q",
    Frequency.YEAR: "Y",
}
RULES = "2026-12"
"""Names these rules of computing; another name makes kept points be computed again as a whole."""
_BY_CREATION, _BY_SOLUTION = 0, 2
UNKNOWN = "unknown"
"""The value of a dimension in contacts that have none."""


_QUANTILES = {
    "duckdb": Quantiles.TOGETHER,
    "postgres": Quantiles.TOGETHER,
    "trino": Quantiles.APPROXIMATE,
    "bigquery": Quantiles.APPROXIMATE,
}


def quantiles_of(engine: str) -> Quantiles:
    """How an engine, by its name in ibis, computes medians and percentiles."""
    return _QUANTILES.get(engine, Quantiles.SINGLE)


def contact_kpis(
    contacts: pd.DataFrame | Sequence[Path] | ir.Table | OpenContacts,
    rhythm: Rhythm,
    by: Sequence[str] = (),
    *,
    connection: BaseBackend | None = None,
    since: date | None = None,
    hours: OpeningHours | None = None,
) -> pd.DataFrame:
    """Every KPI that the contacts allow, per period.

    Args:
        contacts: a contact table, the Parquet files of a contact log, a table of a database, or contacts that are open already,
            which saves work where several KPIs are computed of the same ones.
        rhythm: of the periods.
        by: dimensions to break down by (`channel`, `team`, `customer_group`, `topic`, `priority`); the whole when empty.
        connection: where to compute; DuckDB in the process when None.
        since: the first day of the first period to compute; volumes and the backlog, which depend on all that came before, are
            given for every period nevertheless.  All periods when None.
        hours: when the service is open, for times on that clock beside those of the calendar; none of these when None.

    Returns:
        A series frame with catalogue ids in the catalogue's units; `frt_median|channel=email` for a part of the operation.

    Assumptions: the log is complete between its first and its last contact: periods without a contact have a volume of 0, and
    the backlog counts from an empty desk before its first contact.
    """
    with open_contacts(contacts, connection, hours) as source:
        return _computed(source, rhythm, by, since)


def _computed(source: OpenContacts, rhythm: Rhythm, by: Sequence[str], since: date | None) -> pd.DataFrame:
    how = quantiles_of(source.backend.name)
    queries = kpi_queries(source.table, rhythm, by, quantiles=how, since=since)
    results = [source.run(query) if _measures(query) else pd.DataFrame() for query in queries]
    counts = results[_BY_CREATION], results[_BY_SOLUTION]
    if since is not None:
        came, went = (_of_longer(source.once(query), rhythm, by) for query in _count_queries(source.table, by))
        counts = came, went
    if counts[1].empty and "solved" not in source.table.columns:
        # Nothing says which contacts are solved, so that none is known to be unsolved.
        results[_BY_CREATION] = results[_BY_CREATION].drop(columns=["resolution_rate", "resolution_rate__sample"])
    return _series(results, counts, rhythm, by)


def _measures(query: ir.Table) -> bool:
    return any(name.endswith("__sample") for name in query.columns)


def contact_coverage(contacts: pd.DataFrame | Sequence[Path] | ir.Table | OpenContacts) -> Coverage:
    """The days on which contacts were created: what a period of their KPIs rests on."""
    return Coverage.of(contact_days(contacts))


def contact_days(contacts: pd.DataFrame | Sequence[Path] | ir.Table | OpenContacts) -> pd.DatetimeIndex:
    """The days on which contacts were created, each once, in their order."""
    with open_contacts(contacts) as source:
        days = source.table.select(day=source.table.created_at.truncate("D")).distinct()
        return pd.DatetimeIndex(source.once(days)["day"]).sort_values()


def kpi_queries(
    contacts: ir.Table,
    rhythm: Rhythm,
    by: Sequence[str] = (),
    *,
    quantiles: Quantiles | None = None,
    since: date | None = None,
) -> list[ir.Table]:
    """The queries whose results are the KPIs: by creation, by answer, by solution, and by what decided a limit of the solution.

    Each result has the columns `period`, those of `by`, and for each KPI `<id>` and `<id>__sample`.

    Args:
        contacts: a contact table of any engine.
        rhythm: of the periods.
        by: dimensions to break down by.
        quantiles: how the engine computes medians and percentiles; each by itself when None.
        since: the first day of the first period; all periods when None.
    """
    how = quantiles or Quantiles.SINGLE
    made = _since(contacts.filter(contacts.kind != "survey"), "created_at", since)
    moment = ibis.coalesce(contacts.rated_at, contacts.created_at)
    rated = contacts if since is None else contacts.filter(moment >= _start(since))
    solved = _since(contacts.filter(contacts.solved_at.notnull()), "solved_at", since)
    decided = ibis.coalesce(contacts.solved_at, contacts.created_at)
    limited = contacts if since is None else contacts.filter(decided >= _start(since))
    if "sla_kept" in limited.columns:
        limited = limited.filter(limited.sla_kept.notnull())
    return [
        _grouped(made, made.created_at, rhythm, by, by_creation(made, how)),
        _grouped(rated, ibis.coalesce(rated.rated_at, rated.created_at), rhythm, by, by_answer(rated)),
        _grouped(solved, solved.solved_at, rhythm, by, by_solution(solved, how)),
        _grouped(limited, ibis.coalesce(limited.solved_at, limited.created_at), rhythm, by, by_limit(limited)),
    ]


def _count_queries(contacts: ir.Table, by: Sequence[str]) -> list[ir.Table]:
    """How many contacts came and were solved on every day."""
    made, solved = contacts.filter(contacts.kind != "survey"), contacts.filter(contacts.solved_at.notnull())
    return [
        _grouped(made, made.created_at, DAYS, by, [Measured("contact_volume", made.count(), made.count())]),
        _grouped(solved, solved.solved_at, DAYS, by, [Measured("solved_volume", solved.count(), solved.count())]),
    ]


def _of_longer(counts: pd.DataFrame, rhythm: Rhythm, by: Sequence[str]) -> pd.DataFrame:
    """Counts of days as those of longer periods."""
    starts = pd.PeriodIndex(pd.to_datetime(counts["period"]), freq=rhythm.pandas_period).start_time
    return counts.assign(period=starts).groupby(["period", *by], as_index=False).sum()


def _since(contacts: ir.Table, moment: str, since: date | None) -> ir.Table:
    return contacts if since is None else contacts.filter(contacts[moment] >= _start(since))


def _start(since: date) -> ir.TimestampScalar:
    return ibis.timestamp(since.isoformat())


def _grouped(
    contacts: ir.Table,
    moment: ir.TimestampValue,
    rhythm: Rhythm,
    by: Sequence[str],
    measured: Iterable[Measured],
) -> ir.Table:
    keys = {"period": period_of(moment, rhythm)}
    keys |= {name: contacts[name].fill_null(UNKNOWN) if name in contacts.columns else ibis.literal(UNKNOWN) for name in by}
    columns: dict[str, ir.Value] = {}
    for one in measured:
        columns[one.kpi] = one.value.cast("float64")
        columns[f"{one.kpi}__sample"] = one.sample.cast("float64")
    return contacts.group_by(**keys).aggregate(**columns)


def period_of(moment: ir.TimestampValue, rhythm: Rhythm) -> ir.DateValue:
    """The first day of the period that holds a moment, whatever month the years begin in."""
    unit, behind = _TRUNCATE[rhythm.frequency], rhythm.year_starts_in - JANUARY
    later = {Frequency.QUARTER: behind % 3, Frequency.YEAR: behind}.get(rhythm.frequency, 0)
    if not later:
        return moment.truncate(unit).cast("date")
    months = ibis.interval(months=later)
    return ((moment.truncate("M").cast("date") - months).truncate(unit) + months).cast("date")


def _series(
    results: Sequence[pd.DataFrame], counts: tuple[pd.DataFrame, pd.DataFrame], rhythm: Rhythm, by: Sequence[str]
) -> pd.DataFrame:
    frames = []
    for result in results:
        if result.empty:
            continue
        period = pd.to_datetime(result["period"])
        scopes = (
            [
                tuple((name, str(value)) for name, value in zip(by, values, strict=True))
                for values in result[list(by)].itertuples(index=False, name=None)
            ]
            if by
            else [()] * len(result)
        )
        for kpi in [column for column in result.columns if f"{column}__sample" in result.columns]:
            sample = result[f"{kpi}__sample"].to_numpy(float)
            present = sample > 0
            if present.any():
                frames.append(
                    pd.DataFrame(
                        {
                            "series": [str(SeriesKey(kpi, scope)) for scope, kept in zip(scopes, present, strict=True) if kept],
                            "period": period[present].to_numpy(),
                            "value": result[kpi].to_numpy(float)[present],
                            "sample_size": sample[present],
                        }
                    )
                )
    frames += _counts(*counts, rhythm, by)
    if not frames:
        return check_frame(pd.DataFrame({"series": [], "period": [], "value": [], "sample_size": []}))
    counted = {"contact_volume", "solved_volume"}
    everything = pd.concat(frames, ignore_index=True)
    is_filled = everything["series"].str.split("|").str[0].isin(counted)
    kept = everything[~is_filled | ~everything.duplicated(["series", "period"])]
    return check_frame(kept.assign(period=kept["period"].astype("datetime64[s]")))


def _counts(created: pd.DataFrame, solved: pd.DataFrame, rhythm: Rhythm, by: Sequence[str]) -> list[pd.DataFrame]:
    """Volumes of 0 in periods without a contact, and the backlog, for each part of the operation."""
    if created.empty:
        return []
    starts = pd.to_datetime(created["period"])
    span = pd.period_range(starts.min(), starts.max(), freq=rhythm.pandas_period).start_time
    came = _counted(created, "contact_volume", by, span)
    went = _counted(solved, "solved_volume", by, span)
    frames = []
    for scope in came:
        arrivals = came[scope]
        frames.append(_count_frame("contact_volume", scope, span, arrivals))
        if solved.empty:
            continue
        solutions = went.get(scope, np.zeros(len(span)))
        frames.append(_count_frame("solved_volume", scope, span, solutions))
        backlog = np.cumsum(arrivals) - np.cumsum(solutions)
        frames.append(_count_frame("backlog", scope, span, np.maximum(backlog, 0)))
    return frames


def _counted(
    result: pd.DataFrame, kpi: str, by: Sequence[str], span: pd.DatetimeIndex
) -> dict[tuple[tuple[str, str], ...], np.ndarray]:
    counts: dict[tuple[tuple[str, str], ...], np.ndarray] = {}
    if result.empty:
        return counts
    places = {start: place for place, start in enumerate(span)}
    for row in result.itertuples(index=False):
        scope = tuple((name, str(getattr(row, name))) for name in by)
        place = places.get(pd.Timestamp(str(row.period)))
        if place is not None:
            counts.setdefault(scope, np.zeros(len(span)))[place] += float(getattr(row, kpi))
    return counts


def _count_frame(kpi: str, scope: tuple[tuple[str, str], ...], span: pd.DatetimeIndex, values: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"series": str(SeriesKey(kpi, scope)), "period": span, "value": values, "sample_size": values})
