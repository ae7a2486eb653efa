"""Contacts → KPI series, written once in ibis: DuckDB inside the process, PostgreSQL, Spark and others by connection.

Volume, first response, queue and handling figures belong to the period in which a contact was created, answers to the one in
which they were given, solution figures to the one in which it was solved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
from ibis.backends import BaseBackend

from cs_planning.kpis.completeness import Coverage
from cs_planning.kpis.contacts import CONTACT_COLUMNS
from cs_planning.kpis.frequency import Frequency, fiscal_start_month
from cs_planning.kpis.opening_hours import OpeningHours, with_open_times
from cs_planning.kpis.series import SeriesKey, check_frame

_TRUNCATE = {
    Frequency.DAY: "D",
    Frequency.WEEK: "W",
    Frequency.MONTH: "M",
    Frequency.QUARTER: "Q",
    Frequency.YEAR: "Y",
}
RULES = "2026-11"
"""Names these rules of computing; another name makes kept points be computed again as a whole."""
UNKNOWN = "unknown"
"""The value of a dimension in contacts that have none."""
_APPROXIMATE = frozenset({"trino", "bigquery"})
_MEMORY_LIMIT = "1200MB"
_THREADS = 2


@dataclass(frozen=True)
class _Measured:
    """One KPI as columns of a grouped result: its value and its sample size, already in the catalogue's unit."""

    kpi: str
    value: ir.Value
    sample: ir.Value


def contact_kpis(
    contacts: pd.DataFrame | Sequence[Path] | ir.Table,
    frequency: Frequency,
    by: Sequence[str] = (),
    *,
    connection: BaseBackend | None = None,
    since: date | None = None,
    hours: OpeningHours | None = None,
) -> pd.DataFrame:
    """Every KPI that the contacts allow, per period.

    Args:
        contacts: a contact table, the Parquet files of a contact log, or a table of a database.
        frequency: the length of the periods.
        by: dimensions to break down by (`channel`, `team`, `customer_group`, `topic`); the whole when empty.
        connection: where to compute; DuckDB in the process when None.
        since: the first day of the first period to compute; volumes and the backlog, which depend on all that came before, are
            given for every period nevertheless.  All periods when None.
        hours: when the service is open, for times on that clock beside those of the calendar; none of these when None.

    Returns:
        A series frame with catalogue ids in the catalogue's units; `frt_median|channel=email` for a part of the operation.

    Assumptions: the log is complete between its first and its last contact: periods without a contact have a volume of 0, and
    the backlog counts from an empty desk before its first contact.
    """
    own = connection is None
    backend = connection or duckdb_backend()
    try:
        table = contact_relation(backend, contacts)
        if hours is not None:
            table = _on_the_clock(backend, table, hours)
        exact = backend.name not in _APPROXIMATE
        queries = kpi_queries(table, frequency, by, exact_quantiles=exact, since=since)
        results = [backend.to_pyarrow(query).to_pandas() for query in queries]
        counts = results[0], results[2]
        if since is not None:
            came, went = (backend.to_pyarrow(query).to_pandas() for query in _count_queries(table, frequency, by))
            counts = came, went
        return _series(results, counts, frequency, by)
    finally:
        if own:
            backend.disconnect()


def _on_the_clock(backend: BaseBackend, contacts: ir.Table, hours: OpeningHours) -> ir.Table:
    moments = {name: contacts[name].max() for name in ("created_at", "first_response_at", "solved_at")}
    ends = backend.to_pyarrow(contacts.aggregate(first=contacts.created_at.min(), **moments)).to_pylist()[0]
    days = [moment.date() for moment in ends.values() if moment is not None]
    return with_open_times(contacts, hours, min(days), max(days)) if days else contacts


def contact_coverage(contacts: pd.DataFrame | Sequence[Path]) -> Coverage:
    """The days on which contacts were created: what a period of their KPIs rests on."""
    backend = duckdb_backend()
    try:
        table = contact_relation(backend, contacts)
        days = table.select(day=table.created_at.truncate("D")).distinct()
        return Coverage.of(backend.to_pandas(days)["day"])
    finally:
        backend.disconnect()


def duckdb_backend() -> BaseBackend:
    """A DuckDB engine in this process, bounded in memory and threads."""
    return ibis.duckdb.connect(memory_limit=_MEMORY_LIMIT, threads=_THREADS)


def contact_relation(backend: BaseBackend, contacts: pd.DataFrame | Sequence[Path] | ir.Table) -> ir.Table:
    """The contacts as a relation of `backend`; frames are handed over as a temporary table."""
    if isinstance(contacts, ir.Table):
        return contacts
    if isinstance(contacts, pd.DataFrame):
        return ibis.memtable(_arrow(contacts))
    return backend.read_parquet([str(path) for path in contacts])


def _arrow(contacts: pd.DataFrame) -> pa.Table:
    kinds = {"VARCHAR": pa.string(), "TIMESTAMP": pa.timestamp("us"), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_()}
    schema = pa.schema([(name, kinds[kind]) for name, kind in CONTACT_COLUMNS.items()])
    arrow = pa.Table.from_pandas(contacts[list(CONTACT_COLUMNS)], schema=schema, preserve_index=False)
    floats = [name for name, kind in CONTACT_COLUMNS.items() if kind == "DOUBLE"]
    for name in floats:
        column = pa.array(contacts[name].to_numpy(float), from_pandas=True)
        arrow = arrow.set_column(arrow.schema.get_field_index(name), name, column)
    return arrow


def kpi_queries(
    contacts: ir.Table,
    frequency: Frequency,
    by: Sequence[str] = (),
    *,
    exact_quantiles: bool = True,
    since: date | None = None,
) -> list[ir.Table]:
    """The queries whose results are the KPIs: by creation, by answer and by solution.

    Each result has the columns `period`, those of `by`, and for each KPI `<id>` and `<id>__sample`.

    Args:
        contacts: a contact table of any engine.
        frequency: the length of the periods.
        by: dimensions to break down by.
        exact_quantiles: whether medians and percentiles are exact; some engines (Trino, BigQuery) know approximate ones alone.
        since: the first day of the first period; all periods when None.
    """
    made = _since(contacts.filter(contacts.kind != "survey"), "created_at", since)
    moment = ibis.coalesce(contacts.rated_at, contacts.created_at)
    rated = contacts if since is None else contacts.filter(moment >= _start(since))
    solved = _since(contacts.filter(contacts.solved_at.notnull()), "solved_at", since)
    return [
        _grouped(made, made.created_at, frequency, by, _by_creation(made, exact_quantiles)),
        _grouped(rated, ibis.coalesce(rated.rated_at, rated.created_at), frequency, by, _by_answer(rated)),
        _grouped(solved, solved.solved_at, frequency, by, _by_solution(solved, exact_quantiles)),
    ]


def _count_queries(contacts: ir.Table, frequency: Frequency, by: Sequence[str]) -> list[ir.Table]:
    """How many contacts came and were solved in every period."""
    made, solved = contacts.filter(contacts.kind != "survey"), contacts.filter(contacts.solved_at.notnull())
    return [
        _grouped(made, made.created_at, frequency, by, [_Measured("contact_volume", made.count(), made.count())]),
        _grouped(solved, solved.solved_at, frequency, by, [_Measured("solved_volume", solved.count(), solved.count())]),
    ]


def _since(contacts: ir.Table, moment: str, since: date | None) -> ir.Table:
    return contacts if since is None else contacts.filter(contacts[moment] >= _start(since))


def _start(since: date) -> ir.TimestampScalar:
    return ibis.timestamp(since.isoformat())


def _grouped(
    contacts: ir.Table,
    moment: ir.TimestampValue,
    frequency: Frequency,
    by: Sequence[str],
    measured: Iterable[_Measured],
) -> ir.Table:
    keys = {"period": period_of(moment, frequency)}
    keys |= {name: contacts[name].fill_null(UNKNOWN) for name in by}
    columns: dict[str, ir.Value] = {}
    for one in measured:
        columns[one.kpi] = one.value.cast("float64")
        columns[f"{one.kpi}__sample"] = one.sample.cast("float64")
    return contacts.group_by(**keys).aggregate(**columns)


def period_of(moment: ir.TimestampValue, frequency: Frequency) -> ir.DateValue:
    """The first day of the period that holds a moment, by the fiscal year in force."""
    later = {Frequency.QUARTER: (fiscal_start_month() - 1) % 3, Frequency.YEAR: fiscal_start_month() - 1}.get(frequency, 0)
    if not later:
        return moment.truncate(_TRUNCATE[frequency]).cast("date")
    months = ibis.interval(months=later)
    return ((moment.truncate("M").cast("date") - months).truncate(_TRUNCATE[frequency]) + months).cast("date")


def _times(
    stem: str, column: ir.NumericColumn, exact: bool, statistics: Sequence[str] = ("median", "mean", "p90")
) -> list[_Measured]:
    quantile = column.quantile if exact else column.approx_quantile
    values = {"median": quantile(0.5), "mean": column.mean(), "p90": quantile(0.9)}
    return [_Measured(f"{stem}_{statistic}", values[statistic], column.count()) for statistic in statistics]


def _open_times(stem: str, column: str, contacts: ir.Table, exact: bool) -> list[_Measured]:
    """Times on the clock of opening hours, where `with_open_times` gave the contacts some."""
    return _times(stem, contacts[column], exact) if column in contacts.columns else []


def _share(kpi: str, part: ir.BooleanColumn) -> _Measured:
    return _Measured(kpi, part.ifelse(100.0, 0.0).sum() / part.count().nullif(0), part.count())


def _by_creation(contacts: ir.Table, exact: bool) -> list[_Measured]:
    everything = contacts.count()
    answered = ~contacts.abandoned
    wait = answered.ifelse(contacts.wait_seconds, ibis.null("float64"))
    return [
        _Measured("contact_volume", everything, everything),
        *_times("frt", contacts.first_response_minutes, exact),
        *_times("frt_business", contacts.first_response_business_minutes, exact),
        *_open_times("frt_open_hours", "first_response_open_minutes", contacts, exact),
        _Measured("handled_volume", answered.ifelse(1, 0).sum(), answered.count()),
        _share("completion_rate", answered),
        _share("abandonment_rate", contacts.abandoned),
        _share("service_level", contacts.answered_in_time),
        _Measured("asa_mean", wait.mean(), wait.count()),
        *_times("aht", contacts.handle_minutes, exact, ("mean", "median")),
        _share("interruption_rate", contacts.interrupted),
        _share("escalation_rate", contacts.escalated),
        _Measured("complaints", contacts.complaint.ifelse(1, 0).sum(), contacts.complaint.count()),
        _Measured("quality_score", contacts.quality_percent.mean(), contacts.quality_percent.count()),
        _Measured("cost_per_contact", contacts.cost.mean(), contacts.cost.count()),
        _Measured("service_cost", contacts.cost.sum(), contacts.cost.count()),
    ]


def _by_answer(contacts: ir.Table) -> list[_Measured]:
    nps = contacts.nps_answer
    points = ibis.cases((nps >= 9, 100.0), (nps <= 6, -100.0), (nps.notnull(), 0.0))
    return [
        _Measured("csat", contacts.csat_satisfied.mean() * 100, contacts.csat_satisfied.count()),
        _Measured("nps", points.mean(), nps.count()),
        _Measured("ces", contacts.ces_answer.mean(), contacts.ces_answer.count()),
    ]


def _by_solution(contacts: ir.Table, exact: bool) -> list[_Measured]:
    everything = contacts.count()
    return [
        _Measured("solved_volume", everything, everything),
        *_times("resolution_time", contacts.resolution_hours, exact),
        *_times("resolution_time_business", contacts.resolution_business_hours, exact),
        *_open_times("resolution_time_open_hours", "resolution_open_hours", contacts, exact),
        _share("reopen_rate", contacts.reopened),
        _share("fcr", contacts.first_contact),
    ]


def _series(
    results: Sequence[pd.DataFrame], counts: tuple[pd.DataFrame, pd.DataFrame], frequency: Frequency, by: Sequence[str]
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
    frames += _counts(*counts, frequency, by)
    if not frames:
        return check_frame(pd.DataFrame({"series": [], "period": [], "value": [], "sample_size": []}))
    counted = {"contact_volume", "solved_volume"}
    everything = pd.concat(frames, ignore_index=True)
    is_filled = everything["series"].str.split("|").str[0].isin(counted)
    kept = everything[~is_filled | ~everything.duplicated(["series", "period"])]
    return check_frame(kept.assign(period=kept["period"].astype("datetime64[s]")))


def _counts(created: pd.DataFrame, solved: pd.DataFrame, frequency: Frequency, by: Sequence[str]) -> list[pd.DataFrame]:
    """Volumes of 0 in periods without a contact, and the backlog, for each part of the operation."""
    if created.empty:
        return []
    starts = pd.to_datetime(created["period"])
    span = pd.period_range(starts.min(), starts.max(), freq=frequency.pandas_period).start_time
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
