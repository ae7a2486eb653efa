"""Cost per contact where costs and contacts came from files of their own: made in the transaction that writes either."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import SeriesKey
from cs_planning.kpis.tables.costs import cost_per_contact
from cs_planning.storage.data.point_rows import PointCounts, checked_points, load_points, write_points
from cs_planning.storage.settings import kept_rhythm
from cs_planning.storage.tables import imports
from cs_planning.storage.tables import series as series_table

COST_AND_CONTACTS = "service_cost ÷ contact_volume"
"""The source of the cost per contact that comes of both."""


def write_cost_per_contact(connection: Connection, *, now: datetime) -> PointCounts:
    """Writes cost ÷ contacts in every rhythm that has both; a series that a file holds itself stays as it is."""
    columns = series_table.c
    query = select(columns.key, columns.frequency, columns.source).where(columns.point_count > 0)
    there = [(SeriesKey.parse(row.key), row) for row in connection.execute(query).all()]
    with_costs = {Frequency(row.frequency) for key, row in there if key.kpi == "service_cost"}
    if not with_costs:
        return PointCounts()
    of_files = set(connection.execute(select(imports.c.file_name).where(imports.c.undone_at.is_(None))).scalars())
    taken = {row.key for key, row in there if key.kpi == "cost_per_contact" and row.source in of_files}
    needed = sorted({row.key for key, row in there if key.kpi in ("service_cost", "contact_volume")})
    counts = PointCounts()
    for frequency in sorted(with_costs):
        made = cost_per_contact(load_points(connection, frequency, needed))
        made = made[~made["series"].isin(taken)].reset_index(drop=True)
        if len(made):
            checked = checked_points(made, kept_rhythm(connection, frequency))
            counts += write_points(connection, checked, frequency, source=COST_AND_CONTACTS, now=now)
    return counts
