"""The ways to group contacts: by which period, by which dimensions, from which day on."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir
import pandas as pd

from cs_planning.kpis.frequency import JANUARY, Frequency, Rhythm

_TRUNCATE = {
    Frequency.DAY: "D",
    Frequency.WEEK: "W",
    Frequency.MONTH: "M",
    Frequency.QUARTER: "Q",
    Frequency.YEAR: "Y",
}
UNKNOWN = "unknown"
"""The value of a dimension in contacts that have none."""
MOMENT, PERIOD, PART, CUT = "_moment", "_period", "_part_", "_cut"


@dataclass(frozen=True)
class Cut:
    """One way to group contacts.

    Attributes:
        rhythm: of the periods.
        by: dimensions to break down by (`channel`, `team`, `customer_group`, `topic`, `priority`); the whole when empty.
        since: the first day of the first period to compute; volumes and the backlog, which depend on all that came before, are
            given for every period nevertheless.  All periods when None.
    """

    rhythm: Rhythm
    by: tuple[str, ...] = ()
    since: date | None = None


def with_keys(contacts: ir.Table, cuts: tuple[Cut, ...]) -> ir.Table:
    """The contacts with the keys of their group; of several cuts each contact is there once for each of them."""
    if len(cuts) == 1:
        [cut] = cuts
        found = contacts if cut.since is None else contacts.filter(contacts[MOMENT] >= ibis.timestamp(cut.since.isoformat()))
        parts = {f"{PART}{place}": _part_of(found, name) for place, name in enumerate(cut.by)}
        return found.mutate(**{PERIOD: period_of(found[MOMENT], cut.rhythm)}, **parts)
    found = contacts.mutate(**{CUT: ibis.range(len(cuts)).unnest()})
    if any(cut.since is not None for cut in cuts):
        begins = {cut: ibis.timestamp((cut.since or date.min).isoformat()) for cut in cuts}
        found = found.filter(found[MOMENT] >= _of_cut(found, cuts, begins))
    keys: dict[str, ir.Value] = {
        PERIOD: _of_cut(found, cuts, {cut: period_of(found[MOMENT], cut.rhythm) for cut in cuts}, lambda cut: cut.rhythm)
    }
    for place in range(max(len(cut.by) for cut in cuts)):
        names = {cut: cut.by[place] if place < len(cut.by) else None for cut in cuts}
        values = {cut: ibis.literal("") if name is None else _part_of(found, name) for cut, name in names.items()}
        keys[f"{PART}{place}"] = _of_cut(found, cuts, values, names.__getitem__)
    return found.mutate(**keys)


def _part_of(contacts: ir.Table, dimension: str) -> ir.Value:
    return contacts[dimension].fill_null(UNKNOWN) if dimension in contacts.columns else ibis.literal(UNKNOWN)


def _of_cut(
    contacts: ir.Table, cuts: tuple[Cut, ...], values: Mapping[Cut, ir.Value], same: Callable[[Cut], Hashable] = lambda cut: cut
) -> ir.Value:
    """The value of the cut of a row, where cuts with the same `same` have the same value."""
    groups: dict[Hashable, list[int]] = {}
    for place, cut in enumerate(cuts):
        groups.setdefault(same(cut), []).append(place)
    if len(groups) == 1:
        return values[cuts[0]]
    return ibis.cases(*((contacts[CUT].isin(places), values[cuts[places[0]]]) for places in groups.values()))


def of_longer(counts: pd.DataFrame, rhythm: Rhythm, by: Sequence[str]) -> pd.DataFrame:
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
