"""Values that a log of contacts stopped to have while contacts go on: answers not asked for any more, times not kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import ibis
import ibis.expr.types as ir
import pandas as pd

from cs_planning.kpis.catalogue import kpi_named
from cs_planning.kpis.contacts.points.engines import OpenContacts, Step
from cs_planning.kpis.findings.ended import ended_series
from cs_planning.kpis.findings.imported import QualityFinding
from cs_planning.kpis.frequency import MONTHS
from cs_planning.kpis.freshness import freshness_since

_KPIS = {
    "csat_satisfied": "csat",
    "nps_answer": "nps",
    "ces_answer": "ces",
    "quality_percent": "quality_score",
    "first_response_minutes": "frt_median",
    "resolution_hours": "resolution_time_median",
    "wait_seconds": "asa_mean",
    "handle_minutes": "aht_mean",
    "cost": "cost_per_contact",
}
"""The columns whose values make a series of their own, with its KPI."""
_OWN_MOMENT = {
    "csat_satisfied": "rated_at",
    "nps_answer": "rated_at",
    "ces_answer": "rated_at",
    "resolution_hours": "solved_at",
}
_EXPECTED = 10.0
"""So many values would have come since, had they come as often as before: fewer may be missing by chance."""


def ended_values(contacts: OpenContacts, newest: date) -> Iterator[QualityFinding]:
    """One finding for all values that ended long before the contacts did; nothing where they were rare all along.

    Args:
        contacts: of one file.
        newest: the last day on which a contact came.
    """
    if not any(name in contacts.table.columns for name in _KPIS):
        return
    last_of = {
        str(name): pd.Timestamp(last)
        for name, last in contacts.run_steps(Step(_last_moments)).iloc[0].items()
        if pd.notna(last)
    }
    ended = {name: last for name, last in last_of.items() if _is_long_before(last.date(), newest)}
    if not ended:
        return
    counts = contacts.run(contacts.table.aggregate(**_counts(contacts.table, ended))).iloc[0]
    of_chance = {name for name in ended if counts[f"since_{name}"] * counts[name] < _EXPECTED * counts[f"until_{name}"]}
    first_to_last = sorted(ended.keys() - of_chance, key=lambda name: (ended[name], name))
    if first_to_last:
        kpis = [_KPIS[name] for name in first_to_last]
        dated = [(kpi_named(kpi).name, ended[name].date()) for kpi, name in zip(kpis, first_to_last, strict=True)]
        yield ended_series(dated, newest, kpis)


def _is_long_before(last: date, newest: date) -> bool:
    return freshness_since(MONTHS.start_of(last), MONTHS, newest).is_stale


def _last_moments(contacts: ir.Table) -> ir.Table:
    """The last moment of each value: of a solution its own, of an answer when it was given, else that of the creation."""
    none = ibis.null("timestamp")
    return contacts.aggregate(
        **{
            name: contacts[name].notnull().ifelse(_moment(contacts, name), none).max()
            for name in _KPIS
            if name in contacts.columns
        }
    )


def _moment(contacts: ir.Table, name: str) -> ir.Value:
    own = _OWN_MOMENT.get(name)
    return contacts.created_at if own not in contacts.columns else ibis.coalesce(contacts[own], contacts.created_at)


def _counts(contacts: ir.Table, ended: dict[str, pd.Timestamp]) -> dict[str, ir.Value]:
    """The contacts until and since the last value of each column, and how many of them have one."""
    counts: dict[str, ir.Value] = {}
    for name, last in ended.items():
        is_before = contacts.created_at <= last.to_pydatetime()
        counts[f"until_{name}"] = is_before.ifelse(1, 0).sum()
        counts[f"since_{name}"] = is_before.ifelse(0, 1).sum()
        counts[name] = contacts[name].count()
    return counts
