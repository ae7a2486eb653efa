"""From a value of a KPI down to the contacts that it was computed of, by the very query that makes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pandas as pd

from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.calendar.sla_targets import SlaTargets
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS
from cs_planning.kpis.contacts.points.aggregate import counted_contacts, quantiles_of
from cs_planning.kpis.contacts.points.cuts import Cut
from cs_planning.kpis.contacts.points.engines import OpenContacts, open_contacts
from cs_planning.kpis.frequency import Rhythm
from cs_planning.kpis.series import SeriesKey

COUNTED_ON, PART = "counted_on", "part_of_value"
"""The columns beside those of a contact: the moment that puts it into the period, and the KPI of this contact alone."""


def contacts_behind(
    contacts: pd.DataFrame | Sequence[Path] | ir.Table | OpenContacts,
    key: SeriesKey,
    rhythm: Rhythm,
    start: date,
    *,
    hours: OpeningHours | None = None,
    targets: SlaTargets | None = None,
) -> pd.DataFrame | None:
    """The contacts that a value rests on, each once, with the moment that puts it there and its own part of the value.

    A contact that the KPI knows nothing of, such as one without an answer for the satisfaction, is not among them.  The mean
    or the median of the parts is the value of a mean, a share or a median; their sum that of a count.

    Args:
        contacts: as for `contact_kpis`.
        key: of the series, without the scope that its log has by itself.
        rhythm: of the series.
        start: the first day of the period.
        hours: when the service is open, as the value was computed with.
        targets: within which time contacts are to be answered and solved, as the value was computed with.

    Returns:
        The columns of a contact table that hold something, `counted_on` and `part_of_value`; None for a KPI that is not
        computed of contacts, or of a part of the service that contacts do not name.
    """
    with open_contacts(contacts, hours=hours, targets=targets) as source:
        if key.kpi == "backlog":
            found = _open_at(source.table, key, rhythm.end_of(start))
        else:
            cut = Cut(rhythm, tuple(dimension for dimension, _ in key.scope))
            counted = counted_contacts(source.table, key.kpi, cut, quantiles_of(source.backend.name))
            if counted is None:
                return None
            keyed = counted.keyed
            here = keyed[counted.period] == ibis.literal(start)
            for name, (_, value) in zip(counted.parts, key.scope, strict=True):
                here &= keyed[name] == value
            own = keyed.filter(here)
            measures = next(one for one in counted.measures(own) if one.kpi == key.kpi)
            alone = own.group_by([own.kind, own.contact_id]).aggregate(
                **{PART: measures.value.cast("float64"), "_counts": measures.sample.cast("float64")}
            )
            alone = alone.filter(alone["_counts"] > 0)
            joined = own.inner_join(alone, ["kind", "contact_id"])
            names = [name for name in CONTACT_COLUMNS if name in own.columns]
            found = joined.select(*names, **{COUNTED_ON: joined[counted.moment], PART: joined[PART]})
        rows = source.run(found)
    rows = rows.dropna(axis="columns", how="all") if len(rows) else rows
    return rows.sort_values([COUNTED_ON, "contact_id"], ignore_index=True) if len(rows) else rows


def _open_at(table: ir.Table, key: SeriesKey, end: date) -> ir.Table:
    """The contacts that had come by the end of a day and were not solved by then."""
    after = ibis.literal(datetime.combine(end + timedelta(days=1), time()))
    found = table.filter(
        table.kind != "survey", table.created_at < after, table.solved_at.isnull() | (table.solved_at >= after)
    )
    for dimension, value in key.scope:
        found = found.filter(found[dimension].fill_null("unknown") == value)
    names = [name for name in CONTACT_COLUMNS if name in found.columns]
    return found.select(*names, **{COUNTED_ON: found.created_at, PART: ibis.literal(1.0)})
