"""The first layers of a workspace that was filled before layers were kept: what is there, which can't be undone."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from sqlalchemy import Connection, select

from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.columns.roles import Kind
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import SeriesKey
from cs_planning.storage.data.contact_logs import LogPart
from cs_planning.storage.data.kpis import own_kpis
from cs_planning.storage.data.layers import Brought, add_layer, has_layers
from cs_planning.storage.data.point_rows import load_points
from cs_planning.storage.tables import contact_log_parts, imports, series


def keep_what_was_there(connection: Connection) -> None:
    """Keeps the series of tables and the files of contact logs that were imported before layers were, as the first of them.

    Args:
        connection: in a writing transaction, before the first import that keeps a layer writes anything.
    """
    if has_layers(connection):
        return
    kinds = connection.execute(select(imports.c.file_name, imports.c.kind).order_by(imports.c.imported_at)).all()
    tables = {name for name, kind in kinds if not _holds_contacts(kind)} - {
        name for name, kind in kinds if _holds_contacts(kind)
    }
    rows = connection.execute(select(series.c.key, series.c.frequency, series.c.source)).all()
    kept = [row for row in rows if row.source in tables]
    if kept:
        frames = {
            each: load_points(connection, each, [row.key for row in kept if row.frequency == each.value])
            for each in sorted({Frequency(row.frequency) for row in kept})
        }
        add_layer(
            connection, "", "", "", Brought(frames, {row.key: row.source for row in kept}, _described(connection, frames))
        )
    columns = contact_log_parts.c
    parts = connection.execute(select(columns.log_id, columns.month, columns.file_name, columns.row_count)).all()
    for log in sorted({row.log_id for row in parts}):
        files = tuple(LogPart(row.month, row.file_name, row.row_count) for row in parts if row.log_id == log)
        add_layer(connection, "", log, "", Brought(files=files))


def _described(connection: Connection, frames: Mapping[Frequency, pd.DataFrame]) -> tuple[Kpi, ...]:
    ids = {SeriesKey.parse(str(key)).kpi for frame in frames.values() for key in frame["series"].unique()}
    return tuple(own_kpis(connection, ids).values())


def _holds_contacts(kind: str) -> bool:
    return kind in set(Kind) and Kind(kind).holds_contacts
