"""A KPI of the service beside what customers say and what the company gains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.objectives.correlation import Correlation, correlation_between
from cs_planning.goals.objectives.linking import KPI_LINKS
from cs_planning.kpis.series import KpiSeries


@dataclass(frozen=True)
class Triple:
    """One service KPI, the customer outcome that it should move, and the company metric above it, side by side."""

    service: KpiSeries
    outcome: KpiSeries | None
    company: KpiSeries | None
    service_to_outcome: Correlation | None = None
    outcome_to_company: Correlation | None = None


_OUTCOMES = ("csat", "nps", "ces", "complaints", "abandonment_rate", "reopen_rate")


_COMPANY = (
    "retention_rate",
    "churn_rate",
    "repeat_purchase_rate",
    "revenue",
    "lifetime_value",
    "market_share",
    "relative_market_share",
    "service_cost",
    "cost_per_contact",
)


_LOYALTY = ("nps",)


def triple_of(service: KpiSeries, others: Sequence[KpiSeries]) -> Triple:
    """The triple-metric view of a service KPI, filled from what is recorded, the scope that matches best first.

    The company metric is one that the trade links to the outcome, else any company metric that was imported, else loyalty.

    Args:
        service: a service KPI.
        others: all recorded series.
    """
    outcome = _linked(service, others, _OUTCOMES)
    further = [one for one in others if one.key != service.key and (outcome is None or one.key != outcome.key)]
    above = outcome or service
    company = _linked(above, further, _COMPANY) or _linked(above, further, _LOYALTY)
    return Triple(
        service,
        outcome,
        company,
        correlation_between(service, outcome) if outcome is not None else None,
        correlation_between(outcome, company) if outcome is not None and company is not None else None,
    )


def _linked(source: KpiSeries, others: Sequence[KpiSeries], wanted: Sequence[str]) -> KpiSeries | None:
    family = kpi_family(source.kpi.id)
    linked = [link.target for link in KPI_LINKS if link.source == family and link.target in wanted]
    for target in [*linked, *(kpi for kpi in wanted if kpi not in linked)]:
        if target == family:
            continue  # a part of the same KPI is no outcome of it
        found = [one for one in others if kpi_family(one.kpi.id) == target and one.key != source.key]
        if found:
            scope = set(source.key.scope)
            return min(found, key=lambda one: (-len(scope & set(one.key.scope)), len(one.key.scope)))
    return None
