"""Descriptions of KPIs that are not in the catalogue, or that were described anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from cs_planning.kpis.catalogue import Kpi
from cs_planning.storage.changes import claim, note_in_audit, settle
from cs_planning.storage.database import Database, insert_into
from cs_planning.storage.save import Save
from cs_planning.storage.tables import kpis


class Kpis:
    """The KPIs of a workspace's own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load_all(self) -> Mapping[str, Kpi]:
        """The KPIs that have been saved, by id; those of the catalogue are not among them unless they were redefined."""
        return self._database.once("kpis", own_kpis)

    def save(self, kpi: Kpi, *, save: Save) -> Kpi:
        """Saves the description of a KPI; the last one who saves wins."""
        with self._database.writing() as connection:
            claimed = claim(connection, "save_kpi", kpi.model_dump_json(), save=save)
            if claimed.earlier is None:
                write_kpis(connection, [kpi], now=save.now)
                note_in_audit(connection, "saved", "kpi", kpi.id, detail=str(kpi.name), save=save)
                settle(connection, claimed)
        return kpi


def own_kpis(connection: Connection, ids: Iterable[str] | None = None) -> Mapping[str, Kpi]:
    """The saved KPI descriptions, all of them or those of `ids`, by id."""
    query = select(kpis.c.id, kpis.c.body)
    if ids is not None:
        query = query.where(kpis.c.id.in_(list(ids)))
    return {row.id: Kpi.model_validate_json(row.body) for row in connection.execute(query)}


def write_kpis(connection: Connection, described: Iterable[Kpi], *, now: datetime) -> None:
    """Adds or replaces KPI descriptions, inside a writing transaction."""
    for kpi in described:
        statement = insert_into(connection, kpis).values(id=kpi.id, body=kpi.model_dump_json(), updated_at=now)
        statement = statement.on_conflict_do_update(
            index_elements=[kpis.c.id],
            set_={"body": statement.excluded.body, "updated_at": statement.excluded.updated_at},
        )
        connection.execute(statement)
