"""Which outcomes a KPI serves: signed links from service KPI to customer outcome to company objective."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Link:
    """One KPI that is said to move another one or an objective.

    Attributes:
        source: a KPI family, such as `frt`.
        target: a KPI family or the id of an objective.
        sign: +1 when both rise together, −1 when the target falls as the source rises.
    """

    source: str
    target: str
    sign: int


KPI_LINKS: tuple[Link, ...] = (
    Link("frt", "csat", -1),
    Link("asa", "csat", -1),
    Link("asa", "abandonment_rate", +1),
    Link("service_level", "csat", +1),
    Link("service_level", "abandonment_rate", -1),
    Link("abandonment_rate", "csat", -1),
    Link("resolution_time", "csat", -1),
    Link("fcr", "csat", +1),
    Link("fcr", "contact_volume", -1),
    Link("reopen_rate", "csat", -1),
    Link("reopen_rate", "contact_volume", +1),
    Link("quality_score", "csat", +1),
    Link("ces", "nps", -1),
    Link("csat", "nps", +1),
    Link("complaints", "nps", -1),
    Link("backlog", "frt", +1),
    Link("backlog", "resolution_time", +1),
    Link("escalation_rate", "resolution_time", +1),
    Link("interruption_rate", "csat", -1),
    Link("completion_rate", "csat", +1),
    Link("aht", "cost_per_contact", +1),
    Link("occupancy", "employee_satisfaction", -1),
    Link("employee_satisfaction", "quality_score", +1),
    Link("contact_volume", "service_cost", +1),
    Link("cost_per_contact", "service_cost", +1),
    Link("nps", "retention_rate", +1),
    Link("nps", "churn_rate", -1),
    Link("csat", "churn_rate", -1),
    Link("complaints", "churn_rate", +1),
    Link("csat", "repeat_purchase_rate", +1),
    Link("nps", "repeat_purchase_rate", +1),
    Link("retention_rate", "lifetime_value", +1),
    Link("churn_rate", "lifetime_value", -1),
    Link("repeat_purchase_rate", "lifetime_value", +1),
    Link("retention_rate", "market_share", +1),
    Link("churn_rate", "market_share", -1),
    Link("market_share", "relative_market_share", +1),
)
"""Links between KPIs that the trade assumes; whether they hold for a team is asked of its data."""

OBJECTIVE_LINKS: tuple[Link, ...] = (
    Link("csat", "satisfaction", +1),
    Link("csat", "loyalty", +1),
    Link("ces", "satisfaction", -1),
    Link("quality_score", "satisfaction", +1),
    Link("fcr", "satisfaction", +1),
    Link("fcr", "fewer_enquiries", +1),
    Link("completion_rate", "satisfaction", +1),
    Link("frt", "satisfaction", -1),
    Link("frt", "sla_kept", -1),
    Link("asa", "sla_kept", -1),
    Link("service_level", "sla_kept", +1),
    Link("abandonment_rate", "sla_kept", -1),
    Link("resolution_time", "sla_kept", -1),
    Link("resolution_time", "satisfaction", -1),
    Link("interruption_rate", "satisfaction", -1),
    Link("backlog", "sla_kept", -1),
    Link("nps", "loyalty", +1),
    Link("nps", "brand_image", +1),
    Link("complaints", "fewer_complaints", -1),
    Link("reopen_rate", "fewer_enquiries", -1),
    Link("contact_volume", "fewer_enquiries", -1),
    Link("escalation_rate", "support_cost", -1),
    Link("aht", "support_cost", -1),
    Link("occupancy", "support_cost", +1),
    Link("handled_volume", "support_cost", +1),
    Link("solved_volume", "satisfaction", +1),
    Link("cost_per_contact", "support_cost", -1),
    Link("service_cost", "support_cost", -1),
    Link("churn_rate", "retention", -1),
    Link("churn_rate", "lifetime_value", -1),
    Link("repeat_purchase_rate", "repeat_purchase", +1),
    Link("repeat_purchase_rate", "loyalty", +1),
    Link("lifetime_value", "lifetime_value", +1),
    Link("market_share", "market_share", +1),
    Link("relative_market_share", "market_share", +1),
    Link("retention_rate", "retention", +1),
    Link("retention_rate", "lifetime_value", +1),
    Link("employee_satisfaction", "satisfaction", +1),
    Link("csat_score", "satisfaction", +1),
    Link("promoters", "loyalty", +1),
    Link("passives", "loyalty", -1),
    Link("detractors", "loyalty", -1),
    Link("resolution_rate", "satisfaction", +1),
    Link("solved_within_day", "satisfaction", +1),
    Link("resolution_sla", "sla_kept", +1),
    Link("first_response_sla", "sla_kept", +1),
    Link("abandoned_volume", "sla_kept", -1),
    Link("containment_rate", "fewer_enquiries", +1),
    Link("contacts_spared", "fewer_enquiries", +1),
    Link("self_service_visits", "fewer_enquiries", +1),
    Link("staff_turnover", "satisfaction", -1),
)
"""Which objective a KPI serves, the closest one first, and in which direction."""


@lru_cache(maxsize=256)
def objectives_served_by(kpi_family: str) -> tuple[str, ...]:
    """The ids of the objectives that a KPI serves directly, the closest first; empty for an unknown KPI."""
    return tuple(link.target for link in OBJECTIVE_LINKS if link.source == kpi_family)


_OWN_KPIS: Mapping[str, tuple[str, ...]] = {
    "satisfaction": ("csat", "csat_score", "ces"),
    "loyalty": ("nps", "repeat_purchase_rate"),
    "fewer_enquiries": ("contact_volume",),
    "support_cost": ("service_cost", "cost_per_contact"),
    "retention": ("retention_rate", "churn_rate"),
    "repeat_purchase": ("repeat_purchase_rate",),
    "fewer_complaints": ("complaints",),
    "sla_kept": ("resolution_sla", "first_response_sla", "service_level"),
    "market_share": ("market_share", "relative_market_share"),
    "brand_image": ("nps",),
    "lifetime_value": ("lifetime_value",),
}


def own_kpis(objective: str) -> tuple[str, ...]:
    """The KPI families that tell whether an objective itself is reached, the best first; empty where there is none."""
    return _OWN_KPIS.get(objective, ())
