"""Contacts → KPI series, written once in ibis: DuckDB inside the process, PostgreSQL, Spark and others by connection.

Volume, first response, queue and handling figures and the share that is solved belong to the period in which a contact was
created, answers to the one in which they were given, solution figures to the one in which it was solved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pandas as pd
from ibis.backends import BaseBackend

from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.calendar.sla_targets import SlaTargets
from cs_planning.kpis.completeness import Coverage
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS
from cs_planning.kpis.contacts.points.cuts import CUT, MOMENT, PART, PERIOD, Cut, of_longer, with_keys
from cs_planning.kpis.contacts.points.engines import IBIS_TYPES, OpenContacts, Step, open_contacts
from cs_planning.kpis.contacts.points.measures import MeasuredKpi, Quantiles, by_answer, by_creation, by_limit, by_solution
from cs_planning.kpis.contacts.points.results import series_frame
from cs_planning.kpis.frequency import DAYS, Rhythm

RULES = "2026-12e"
"""Names these rules of computing; another name makes kept points be computed again as a whole."""
_QUANTILES = {
    "duckdb": Quantiles.TOGETHER,
    "postgres": Quantiles.TOGETHER,
    "trino": Quantiles.APPROXIMATE,
    "bigquery": Quantiles.APPROXIMATE,
}


def quantiles_of(engine: str) -> Quantiles:
    """How an engine, by its name in ibis, computes medians and percentiles."""
    return _QUANTILES.get(engine, Quantiles.SINGLE)


_Counted: TypeAlias = Callable[[ir.Table], ir.Table]


_Measures: TypeAlias = Callable[[ir.Table, Quantiles], list[MeasuredKpi]]


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
        by: dimensions to break down by; the whole when empty.
        connection: where to compute; DuckDB in the process when None.
        since: the first day of the first period to compute, as of a `Cut`.
        hours: when the service is open, for times on that clock beside those of the calendar; none of these when None.
        targets: within which time contacts are to be answered and solved, for those whose file does not say it.

    Returns:
        A series frame with catalogue ids in the catalogue's units; `frt_median|channel=email` for a part of the operation.

    Assumptions: the log is complete between its first and its last contact: periods without a contact have a volume of 0, and
    the backlog counts from an empty desk before its first contact.
    """
    with open_contacts(contacts, connection, hours, targets) as source:
        return next(kpis_of_cuts(source, [Cut(rhythm, tuple(by), since)]))


def kpis_of_cuts(source: OpenContacts, cuts: Sequence[Cut]) -> Iterator[pd.DataFrame]:
    """Every KPI that the contacts allow, for each of several ways to group them, in their order.

    Few contacts are grouped in all ways by one query, since planning it takes longer than running it; of many each way has its
    own, since each keeps the times of all contacts at once for medians.

    Args:
        source: the contacts.
        cuts: the ways to group them, each as `contact_kpis` takes them.
    """
    for together in [tuple(cuts)] if source.are_few else [(cut,) for cut in cuts]:
        yield from _computed(source, together)


def _computed(source: OpenContacts, cuts: tuple[Cut, ...]) -> Iterator[pd.DataFrame]:
    how = quantiles_of(source.backend.name)
    steps = kpi_steps(source.table, cuts, how)
    results = {counted: _results(source.run_steps(*made), cuts) for counted, made in steps.items()}
    is_solution_known = "solved" in source.table.columns
    came, went = results[_created], results[_solved]
    if any(cut.since is not None for cut in cuts):
        came, went = (_counts_of_all(source, counted, made_of, cuts, how) for counted, made_of in _COUNTS)
    for place, cut in enumerate(cuts):
        frames = [result[place] for result in results.values()]
        if went[place].empty and not is_solution_known:
            # Nothing says which contacts are solved, so that none is known to be unsolved.
            frames[0] = frames[0].drop(columns=["resolution_rate", "resolution_rate__sample"])
        yield series_frame(frames, came[place], went[place], cut.rhythm, cut.by)


def kpi_steps(contacts: ir.Table, cuts: tuple[Cut, ...], how: Quantiles) -> dict[_Counted, tuple[Step, Step, Step]]:
    """The steps of each query whose result is KPIs: by creation, by answer, by solution, by what decided its limit.

    A result has the columns `period`, one for each dimension of a cut, and for each KPI `<id>` and `<id>__sample`.

    Args:
        contacts: a contact table of any engine.
        cuts: the ways to group them.
        how: how the engine computes medians and percentiles.
    """
    measured = _measured(tuple(contacts.schema().items()), how)
    return {counted: _steps(counted, made_of, cuts, how) for counted, made_of in measured}


@lru_cache(maxsize=256)
def _measured(columns: tuple[tuple[str, dt.DataType], ...], how: Quantiles) -> tuple[tuple[_Counted, _Measures], ...]:
    """Of what contacts with these columns are measured by, that which gives a KPI."""
    contacts = ibis.table(dict(columns), name="contacts")
    return tuple((counted, made_of) for counted, made_of in _MEASURED if made_of(contacts, how))


def _results(result: pd.DataFrame, cuts: tuple[Cut, ...]) -> list[pd.DataFrame]:
    """The rows of each cut, with the names of its dimensions."""
    if len(cuts) > 1:
        of_cut = result[CUT].to_numpy()
        parts = [result[of_cut == place] for place in range(len(cuts))]
    else:
        parts = [result]
    return [
        part.rename(columns={f"{PART}{place}": name for place, name in enumerate(cut.by)})
        for part, cut in zip(parts, cuts, strict=True)
    ]


def _counts_of_all(
    source: OpenContacts, counted: _Counted, made_of: _Measures, cuts: tuple[Cut, ...], how: Quantiles
) -> list[pd.DataFrame]:
    """Counts of every period for each cut, out of those of days, which every rhythm shares."""
    of_days = tuple(dict.fromkeys(Cut(DAYS, cut.by) for cut in cuts))
    days = dict(zip(of_days, _results(source.once(*_steps(counted, made_of, of_days, how)), of_days), strict=True))
    return [of_longer(days[Cut(DAYS, cut.by)], cut.rhythm, cut.by) for cut in cuts]


def contact_coverage(contacts: pd.DataFrame | Sequence[Path] | ir.Table | OpenContacts) -> Coverage:
    """The days on which contacts were created: what a period of their KPIs rests on."""
    return Coverage.of(contact_days(contacts))


def contact_days(contacts: pd.DataFrame | Sequence[Path] | ir.Table | OpenContacts) -> pd.DatetimeIndex:
    """The days on which contacts were created, each once, in their order."""
    with open_contacts(contacts) as source:
        return pd.DatetimeIndex(source.once(Step(_days))["day"]).sort_values()


@dataclass(frozen=True)
class Counted:
    """The contacts that one KPI is computed of, before they are put together.

    Attributes:
        keyed: the contacts with the keys of their group.
        measures: what is computed of some of them.
        moment, period: the columns with the moment that decides, and with the first day of its period.
        parts: the columns with the value of each dimension.
    """

    keyed: ir.Table
    measures: Callable[[ir.Table], list[MeasuredKpi]]
    moment: str
    period: str
    parts: tuple[str, ...]


def _with(made_of: _Measures, how: Quantiles) -> Callable[[ir.Table], list[MeasuredKpi]]:
    return lambda contacts: made_of(contacts, how)


def counted_contacts(contacts: ir.Table, kpi: str, cut: Cut, how: Quantiles) -> Counted | None:
    """The contacts that a KPI is computed of, by the steps of the query that makes it; None where contacts give no such KPI.

    Args:
        contacts: a contact table of any engine.
        kpi: its id in the catalogue; not the backlog, which rests on all that came before.
        cut: how they are grouped.
        how: how the engine computes medians and percentiles.
    """
    if any(name not in contacts.columns for name in cut.by):
        return None
    for counted, made_of in _MEASURED:
        if any(one.kpi == kpi for one in made_of(contacts, how)):
            keyed = with_keys(counted(contacts), (cut,))
            parts = tuple(f"{PART}{place}" for place in range(len(cut.by)))
            return Counted(keyed, _with(made_of, how), MOMENT, PERIOD, parts)
    return None


@lru_cache(maxsize=1)
def kpis_of_contacts() -> frozenset[str]:
    """The KPIs that contacts can give."""
    columns = {name: IBIS_TYPES[kind] for name, kind in CONTACT_COLUMNS.items()}
    columns |= dict.fromkeys(("first_response_open_minutes", "resolution_open_hours"), "float64")
    contacts = ibis.table(columns, name="contacts")
    made = (one.kpi for _, made_of in _MEASURED for one in made_of(contacts, Quantiles.SINGLE))
    return frozenset(made) | {"backlog"}


def _days(contacts: ir.Table) -> ir.Table:
    return contacts.select(day=contacts.created_at.truncate("D")).distinct()


def _steps(counted: _Counted, made_of: _Measures, cuts: tuple[Cut, ...], how: Quantiles) -> tuple[Step, Step, Step]:
    """Which contacts count, the keys of their groups, and what is computed of each group.

    The last is by far the longest to write, and knows neither the rhythms nor what the parts are called: it is shared by all.
    """
    keys = *((CUT,) if len(cuts) > 1 else ()), *(f"{PART}{place}" for place in range(max(len(cut.by) for cut in cuts)))
    return Step(counted), Step(with_keys, (cuts,)), Step(_grouped, (keys, made_of, how))


def _created(contacts: ir.Table) -> ir.Table:
    made = contacts.filter(contacts.kind != "survey")
    return made.mutate(**{MOMENT: made.created_at})


def _rated(contacts: ir.Table) -> ir.Table:
    return contacts.mutate(**{MOMENT: ibis.coalesce(contacts.rated_at, contacts.created_at)})


def _solved(contacts: ir.Table) -> ir.Table:
    done = contacts.filter(contacts.solved_at.notnull())
    return done.mutate(**{MOMENT: done.solved_at})


def _decided(contacts: ir.Table) -> ir.Table:
    """Those whose limit was kept or missed, by their solution, or by their creation where no time of one is known."""
    known = contacts.filter(contacts.sla_kept.notnull())
    return known.mutate(**{MOMENT: ibis.coalesce(known.solved_at, known.created_at)})


def _grouped(keyed: ir.Table, keys: tuple[str, ...], made_of: _Measures, how: Quantiles) -> ir.Table:
    columns: dict[str, ir.Value] = {}
    for one in made_of(keyed, how):
        columns[one.kpi] = one.value.cast("float64")
        columns[f"{one.kpi}__sample"] = one.sample.cast("float64")
    return keyed.group_by(period=keyed[PERIOD], **{name: keyed[name] for name in keys}).aggregate(**columns)


def _count_of_creations(contacts: ir.Table, _how: Quantiles) -> list[MeasuredKpi]:
    return [MeasuredKpi("contact_volume", contacts.count(), contacts.count())]


def _count_of_solutions(contacts: ir.Table, _how: Quantiles) -> list[MeasuredKpi]:
    return [MeasuredKpi("solved_volume", contacts.count(), contacts.count())]


_COUNTS: tuple[tuple[_Counted, _Measures], ...] = ((_created, _count_of_creations), (_solved, _count_of_solutions))


_MEASURED: tuple[tuple[_Counted, _Measures], ...] = (
    (_created, by_creation),
    (_rated, by_answer),
    (_solved, by_solution),
    (_decided, by_limit),
)
