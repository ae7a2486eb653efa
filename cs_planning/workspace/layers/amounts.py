"""What is counted in the currency of a workspace, and so holds it fast."""

from __future__ import annotations

from collections.abc import Iterable

from cs_planning.goals.goal import Stage
from cs_planning.kpis.catalogue import Kpi, Unit, kpi_named
from cs_planning.storage import Store

TEAM = "operation"
"""The kind of document that describes the team of a what-if, with its prices and wages."""


def holds_currency(store: Store, kpis: Iterable[Kpi]) -> bool:
    """Whether anything is counted in the currency: a series, the team of a what-if, or a goal that is not archived.

    Args:
        store: of the workspace.
        kpis: of the series that count.
    """
    if any(kpi.unit is Unit.MONEY for kpi in kpis) or store.documents.list(TEAM):
        return True
    own = store.kpis.load_all()
    aims = {goal.key.kpi for goal in store.goals.list() if goal.key and goal.stage is not Stage.ARCHIVED}
    return any((own.get(kpi) or kpi_named(kpi)).unit is Unit.MONEY for kpi in aims)
