"""The SQL of contacts' KPIs as other engines would get it."""

from collections.abc import Sequence

import ibis.expr.types as ir

from cs_planning.kpis.contacts.points.aggregate import kpi_steps, quantiles_of
from cs_planning.kpis.contacts.points.cuts import Cut
from cs_planning.kpis.contacts.points.engines import made_by
from cs_planning.kpis.frequency import Rhythm


def kpi_queries(contacts: ir.Table, rhythm: Rhythm, by: Sequence[str] = (), *, engine: str) -> list[ir.Table]:
    """The queries that make the KPIs of a contact table at an engine, by its name in ibis."""
    steps = kpi_steps(contacts, (Cut(rhythm, tuple(by)),), quantiles_of(engine))
    return [made_by(contacts, made) for made in steps.values()]
