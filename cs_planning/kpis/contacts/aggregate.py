"""Contacts → KPI series, written once in ibis: DuckDB inside the process, PostgreSQL, Spark and others by connection.

Volume, first response, queue and handling figures and the share that is solved belong to the period in which a contact was
created, answers to the one in which they were given, solution figures to the one in which it was solved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
from ibis.backends import BaseBackend

from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.calendar.sla_targets import SlaTargets
from cs_planning.kpis.completeness import Coverage
from cs_planning.kpis.contacts.engines import OpenContacts, Step, made_by, open_contacts
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
RULES = "2026-12b"
"""Names these rules of computing; another name makes kept points be computed again as a whole."""
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


_Counted: TypeAlias = Callable[[ir.Table, date | None], ir.Table]
_Measures: TypeAlias = Callable[[ir.Table, Quantiles], list[Measured]]
_MOMENT, _PERIOD, _PART = "_moment", "_period", "_part_"


def contact_kpis(
    contacts: pd.DataFrame | Sequence[Path] | ir.Table | OpenContacts,
    rhythm: Rhythm,
    by: Sequence[str] = (),
    *,
    connection: BaseBackend | None = None,
    since: date | None = None,
    hours: OpeningHours | None = None,
    targets: SlaTargets | None = None,
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
        targets: within which time contacts are to be answered and solved, for those whose file does not say it.

    Returns:
        A series frame with catalogue ids in the catalogue's units; `frt_median|channel=email` for a part of the operation.

    Assumptions: the log is complete between its first and its last contact: periods without a contact have a volume of 0, and
    the backlog counts from an empty desk before its first contact.
    """
    with open_contacts(contacts, connection, hours, targets) as source:
        return _computed(source, rhythm, by, since)


def _computed(source: OpenContacts, rhythm: Rhythm, by: Sequence[str], since: date | None) -> pd.DataFrame:
    how = quantiles_of(source.backend.name)
    results = [
        _named(source.run_steps(*_steps(counted, made_of, rhythm, by, how, since)), by)
        if made_of(source.table, how)
        else pd.DataFrame()
        for counted, made_of in _MEASURED
    ]
    counts = results[0], results[2]
    if since is not None:
        came, went = (
            _of_longer(_named(source.once(*_steps(counted, made_of, DAYS, by, how, None)), by), rhythm, by)
            for counted, made_of in ((_created, _count_of_creations), (_solved, _count_of_solutions))
        )
        counts = came, went
    if counts[1].empty and "solved" not in source.table.columns:
        # Nothing says which contacts are solved, so that none is known to be unsolved.
        results[0] = results[0].drop(columns=["resolution_rate", "resolution_rate__sample"])
    return _series(results, counts, rhythm, by)


def _named(result: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    return result.rename(columns={f"{_PART}{place}": name for place, name in enumerate(by)})


def contact_coverage(contacts: pd.DataFrame | Sequence[Path] | ir.Table | OpenContacts) -> Coverage:
    """The days on which contacts were created: what a period of their KPIs rests on."""
    return Coverage.of(contact_days(contacts))


def contact_days(contacts: pd.DataFrame | Sequence[Path] | ir.Table | OpenContacts) -> pd.DatetimeIndex:
    """The days on which contacts were created, each once, in their order."""
    with open_contacts(contacts) as source:
        return pd.DatetimeIndex(source.once(Step(_days))["day"]).sort_values()


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
    queries = [
        made_by(contacts, _steps(counted, made_of, rhythm, by, how, since))
        for counted, made_of in _MEASURED
        if made_of(contacts, how)
    ]
    return [query.rename({name: f"{_PART}{place}" for place, name in enumerate(by)}) for query in queries]


def _days(contacts: ir.Table) -> ir.Table:
    return contacts.select(day=contacts.created_at.truncate("D")).distinct()


def _steps(
    counted: _Counted, made_of: _Measures, rhythm: Rhythm, by: Sequence[str], how: Quantiles, since: date | None
) -> tuple[Step, Step, Step]:
    """Which contacts count, the keys of their groups, and what is computed of each group.

    The last is by far the longest to write, and knows neither the rhythm nor what the parts are called: it is the same for all.
    """
    return Step(counted, (since,)), Step(_keyed, (rhythm, tuple(by))), Step(_grouped, (len(by), made_of, how))


def _created(contacts: ir.Table, since: date | None) -> ir.Table:
    made = contacts.filter(contacts.kind != "survey")
    return _since(made.mutate(**{_MOMENT: made.created_at}), since)


def _rated(contacts: ir.Table, since: date | None) -> ir.Table:
    return _since(contacts.mutate(**{_MOMENT: ibis.coalesce(contacts.rated_at, contacts.created_at)}), since)


def _solved(contacts: ir.Table, since: date | None) -> ir.Table:
    done = contacts.filter(contacts.solved_at.notnull())
    return _since(done.mutate(**{_MOMENT: done.solved_at}), since)


def _decided(contacts: ir.Table, since: date | None) -> ir.Table:
    """Those whose limit was kept or missed, by their solution, or by their creation where no time of one is known."""
    known = contacts.filter(contacts.sla_kept.notnull())
    return _since(known.mutate(**{_MOMENT: ibis.coalesce(known.solved_at, known.created_at)}), since)


def _since(contacts: ir.Table, since: date | None) -> ir.Table:
    return contacts if since is None else contacts.filter(contacts[_MOMENT] >= ibis.timestamp(since.isoformat()))


def _keyed(contacts: ir.Table, rhythm: Rhythm, by: tuple[str, ...]) -> ir.Table:
    parts = {
        f"{_PART}{place}": contacts[name].fill_null(UNKNOWN) if name in contacts.columns else ibis.literal(UNKNOWN)
        for place, name in enumerate(by)
    }
    return contacts.mutate(**{_PERIOD: period_of(contacts[_MOMENT], rhythm)}, **parts)


def _grouped(keyed: ir.Table, parts: int, made_of: _Measures, how: Quantiles) -> ir.Table:
    columns: dict[str, ir.Value] = {}
    for one in made_of(keyed, how):
        columns[one.kpi] = one.value.cast("float64")
        columns[f"{one.kpi}__sample"] = one.sample.cast("float64")
    names = [f"{_PART}{place}" for place in range(parts)]
    return keyed.group_by(period=keyed[_PERIOD], **{name: keyed[name] for name in names}).aggregate(**columns)


def _of_longer(counts: pd.DataFrame, rhythm: Rhythm, by: Sequence[str]) -> pd.DataFrame:
    """Counts of days as those of longer periods."""
    starts = pd.PeriodIndex(pd.to_datetime(counts["period"]), freq=rhythm.pandas_period).start_time
    return counts.assign(period=starts).groupby(["period", *by], as_index=False).sum()


def period_of(moment: ir.TimestampValue, rhythm: Rhythm) -> ir.DateValue:
    """The first day of the period that holds a moment, whatever month the years begin in."""
    unit, behind = _TRUNCATE[rhythm.frequency], rhythm.year_starts_in - JANUARY
    later = {Frequency.QUARTER: behind % 3, Frequency.YEAR: behind}.get(rhythm.frequency, 0)
    if not later:
        return moment.truncate(unit).cast("date")
    months = ibis.interval(months=later)
    return ((moment.truncate("M").cast("date") - months).truncate(unit) + months).cast("date")


def _count_of_creations(contacts: ir.Table, _how: Quantiles) -> list[Measured]:
    return [Measured("contact_volume", contacts.count(), contacts.count())]


def _count_of_solutions(contacts: ir.Table, _how: Quantiles) -> list[Measured]:
    return [Measured("solved_volume", contacts.count(), contacts.count())]


_MEASURED: tuple[tuple[_Counted, _Measures], ...] = (
    (_created, by_creation),
    (_rated, by_answer),
    (_solved, by_solution),
    (_decided, by_limit),
)


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
