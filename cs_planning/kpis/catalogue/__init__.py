"""The KPIs and KGIs that the product knows: unit, better direction, valid range, how a longer period is made.

A KPI that is not in the catalogue (a column of the user's own table) is described by a `Kpi` of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from cs_planning.kpis.catalogue.business import BUSINESS
from cs_planning.kpis.catalogue.operations import OPERATIONS
from cs_planning.kpis.catalogue.results import KGIS
from cs_planning.kpis.catalogue.satisfaction import SATISFACTION
from cs_planning.kpis.kpi import Aggregation, Better, Kgi, Kpi, Unit
from cs_planning.language import Text, text

__all__ = ["CATALOGUE", "KGIS", "Aggregation", "Better", "Kgi", "Kpi", "Unit", "kpi_named"]

CATALOGUE: Mapping[str, Kpi] = {kpi.id: kpi for kpi in (*SATISFACTION, *OPERATIONS, *BUSINESS)}
"""Every KPI by its id."""


def kpi_named(id: str) -> Kpi:
    """The catalogue entry of `id`, or a plain number of that name that the catalogue does not know."""
    known = CATALOGUE.get(id)
    return known or Kpi(
        id=id,
        name=Text(source="{name}", arguments={"name": id}),
        unit=Unit.NUMBER,
        better=Better.CONTEXT,
        aggregation=Aggregation.WEIGHTED_MEAN,
        formula=text("as imported"),
    )
