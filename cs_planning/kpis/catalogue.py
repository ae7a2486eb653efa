"""The KPIs and KGIs that the product knows: unit, better direction, valid range, how a longer period is made.

A KPI that is not in the catalogue (a column of the user's own table) is described by a `Kpi` of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from cs_planning.kpis.families import count_kpi, share_kpi, time_kpis
from cs_planning.kpis.kpi import Aggregation, Better, Kgi, Kpi, Unit
from cs_planning.language import Text, text

__all__ = ["CATALOGUE", "KGIS", "Aggregation", "Better", "Kgi", "Kpi", "Unit", "kpi_named"]


_KPIS = [
    share_kpi(
        "csat",
        text("Customer satisfaction (CSAT)"),
        Better.HIGHER,
        text("satisfied answers (4–5 of 5, or “good”) ÷ answers"),
        text("answers"),
    ),
    Kpi(
        id="nps",
        name=text("Net promoter score (NPS)"),
        unit=Unit.POINTS,
        better=Better.HIGHER,
        aggregation=Aggregation.WEIGHTED_MEAN,
        formula=text("share of promoters (9–10) − share of detractors (0–6)"),
        lower=-100,
        upper=100,
        minimum_sample=50,
        sample=text("answers"),
    ),
    share_kpi(
        "promoters",
        text("Promoters"),
        Better.HIGHER,
        text("answers 9 and 10 ÷ answers to the recommendation question"),
        text("answers"),
        minimum=50,
    ),
    share_kpi(
        "passives",
        text("Passives"),
        Better.CONTEXT,
        text("answers from 7 to below 9 ÷ answers to the recommendation question"),
        text("answers"),
        minimum=50,
    ),
    share_kpi(
        "detractors",
        text("Detractors"),
        Better.LOWER,
        text("answers below 7 ÷ answers to the recommendation question"),
        text("answers"),
        minimum=50,
    ),
    Kpi(
        id="csat_score",
        name=text("Mean satisfaction score"),
        unit=Unit.SCALE,
        better=Better.HIGHER,
        aggregation=Aggregation.WEIGHTED_MEAN,
        formula=text("mean of the answers on the scale of the survey; no percentage"),
        lower=0,
        upper=10,
        minimum_sample=30,
        sample=text("answers"),
    ),
    Kpi(
        id="ces",
        name=text("Customer effort score (CES, 1 easy – 7 hard)"),
        unit=Unit.SCALE,
        better=Better.LOWER,
        aggregation=Aggregation.WEIGHTED_MEAN,
        formula=text("mean answer on the effort scale from 1 (very easy) to 7 (very hard)"),
        lower=1,
        upper=7,
        minimum_sample=30,
        sample=text("answers"),
    ),
    *time_kpis(
        "frt",
        Unit.MINUTES,
        {
            "median": text("First response time (median)"),
            "mean": text("First response time (mean)"),
            "p90": text("First response time (90th percentile)"),
        },
        text("from creation to the first answer"),
        text("answered contacts"),
    ),
    *time_kpis(
        "frt_business",
        Unit.MINUTES,
        {
            "median": text("First response time in the helpdesk's business hours (median)"),
            "mean": text("First response time in the helpdesk's business hours (mean)"),
            "p90": text("First response time in the helpdesk's business hours (90th percentile)"),
        },
        text("business time from creation to the first answer, as the helpdesk counted it"),
        text("answered contacts"),
    ),
    *time_kpis(
        "frt_open_hours",
        Unit.MINUTES,
        {
            "median": text("First response time in opening hours (median)"),
            "mean": text("First response time in opening hours (mean)"),
            "p90": text("First response time in opening hours (90th percentile)"),
        },
        text("from creation to the first answer, only while the service is open"),
        text("answered contacts"),
    ),
    share_kpi(
        "service_level",
        text("Service level"),
        Better.HIGHER,
        text("contacts answered within the agreed time ÷ contacts offered"),
        text("contacts offered"),
    ),
    *time_kpis(
        "asa",
        Unit.SECONDS,
        {"mean": text("Average speed of answer (ASA)")},
        text("mean wait of the answered contacts"),
        text("answered contacts"),
    ),
    *time_kpis(
        "resolution_time",
        Unit.HOURS,
        {
            "median": text("Resolution time (median)"),
            "mean": text("Resolution time (mean)"),
            "p90": text("Resolution time (90th percentile)"),
        },
        text("from creation to solution"),
        text("solved contacts"),
    ),
    *time_kpis(
        "resolution_time_business",
        Unit.HOURS,
        {
            "median": text("Resolution time in the helpdesk's business hours (median)"),
            "mean": text("Resolution time in the helpdesk's business hours (mean)"),
            "p90": text("Resolution time in the helpdesk's business hours (90th percentile)"),
        },
        text("business time from creation to solution, as the helpdesk counted it"),
        text("solved contacts"),
    ),
    *time_kpis(
        "resolution_time_open_hours",
        Unit.HOURS,
        {
            "median": text("Resolution time in opening hours (median)"),
            "mean": text("Resolution time in opening hours (mean)"),
            "p90": text("Resolution time in opening hours (90th percentile)"),
        },
        text("from creation to solution, only while the service is open"),
        text("solved contacts"),
    ),
    share_kpi(
        "resolution_rate",
        text("Resolution rate"),
        Better.HIGHER,
        text("contacts of the period that are solved ÷ contacts of the period"),
        text("contacts received"),
    ),
    share_kpi(
        "solved_within_day",
        text("Same-day resolution rate"),
        Better.HIGHER,
        text("contacts solved within 24 hours, or on the same day where only dates are known ÷ solved contacts"),
        text("solved contacts"),
    ),
    share_kpi(
        "resolution_sla",
        text("Resolution SLA"),
        Better.HIGHER,
        text("contacts solved within the agreed time ÷ contacts with an agreed time"),
        text("contacts with an agreed time"),
    ),
    share_kpi(
        "first_response_sla",
        text("First response SLA"),
        Better.HIGHER,
        text("contacts first answered within the agreed time ÷ contacts with an agreed time"),
        text("contacts with an agreed time"),
    ),
    share_kpi(
        "fcr",
        text("First contact resolution (FCR)"),
        Better.HIGHER,
        text("solved at the first contact ÷ solved"),
        text("solved contacts"),
    ),
    share_kpi(
        "completion_rate",
        text("Answer rate"),
        Better.HIGHER,
        text("contacts answered ÷ contacts offered"),
        text("contacts offered"),
    ),
    share_kpi(
        "abandonment_rate",
        text("Abandonment rate"),
        Better.LOWER,
        text("contacts that left the queue before an answer ÷ contacts offered"),
        text("contacts offered"),
    ),
    share_kpi(
        "interruption_rate",
        text("Interruption rate"),
        Better.LOWER,
        text("contacts broken off after handling had begun ÷ contacts begun"),
        text("contacts begun"),
    ),
    share_kpi(
        "quality_score",
        text("Contact quality score"),
        Better.HIGHER,
        text("mean review score of the reviewed contacts"),
        text("reviews"),
        minimum=20,
    ),
    *time_kpis(
        "aht",
        Unit.MINUTES,
        {"mean": text("Average handle time (AHT)"), "median": text("Handle time (median)")},
        text("talk + hold + wrap-up time"),
        text("handled contacts"),
    ),
    count_kpi("contact_volume", text("Contacts received"), Better.CONTEXT, text("contacts created or offered in the period")),
    count_kpi("handled_volume", text("Contacts handled"), Better.CONTEXT, text("contacts answered in the period")),
    count_kpi(
        "abandoned_volume", text("Contacts abandoned"), Better.LOWER, text("contacts that gave up waiting in the period")
    ),
    count_kpi("solved_volume", text("Contacts solved"), Better.CONTEXT, text("contacts solved in the period")),
    count_kpi(
        "backlog",
        text("Backlog"),
        Better.LOWER,
        text("contacts open at the end of the period"),
        Aggregation.LAST,
    ),
    share_kpi(
        "reopen_rate",
        text("Reopen rate"),
        Better.LOWER,
        text("solved contacts that were opened again ÷ solved contacts"),
        text("solved contacts"),
    ),
    share_kpi(
        "escalation_rate",
        text("Escalation rate"),
        Better.LOWER,
        text("escalated contacts ÷ handled contacts"),
        text("handled contacts"),
    ),
    Kpi(
        id="cost_per_contact",
        name=text("Cost per contact"),
        unit=Unit.MONEY,
        better=Better.LOWER,
        aggregation=Aggregation.WEIGHTED_MEAN,
        formula=text("total service cost ÷ contacts"),
        lower=0,
    ),
    Kpi(
        id="service_cost",
        name=text("Service cost"),
        unit=Unit.MONEY,
        better=Better.LOWER,
        aggregation=Aggregation.SUM,
        formula=text("all cost of service in the period"),
        lower=0,
    ),
    count_kpi(
        "self_service_visits",
        text("Self-service visits"),
        Better.CONTEXT,
        text("visits to the help centre, FAQ or bot in the period"),
    ),
    count_kpi(
        "contacts_spared",
        text("Contacts spared by self-service"),
        Better.HIGHER,
        text("visits to self-service that ended with an answer and without a contact"),
    ),
    share_kpi(
        "containment_rate",
        text("Self-service rate"),
        Better.HIGHER,
        text("contacts spared ÷ self-service visits"),
        text("self-service visits"),
    ),
    count_kpi("complaints", text("Complaints"), Better.LOWER, text("complaints received in the period")),
    share_kpi(
        "churn_rate",
        text("Churn rate"),
        Better.LOWER,
        text("customers lost in the period ÷ customers at its start"),
        text("customers"),
    ),
    share_kpi(
        "repeat_purchase_rate",
        text("Repeat rate"),
        Better.HIGHER,
        text("customers who bought again in the period ÷ customers who bought in it"),
        text("customers"),
    ),
    Kpi(
        id="lifetime_value",
        name=text("Customer lifetime value (LTV)"),
        unit=Unit.MONEY,
        better=Better.HIGHER,
        aggregation=Aggregation.WEIGHTED_MEAN,
        formula=text("margin of a customer in a year × years that a customer stays (1 ÷ share of customers lost in a year)"),
        lower=0,
        sample=text("customers"),
    ),
    share_kpi(
        "retention_rate",
        text("Retention rate"),
        Better.HIGHER,
        text("customers kept in the period ÷ customers at its start"),
        text("customers"),
    ),
    share_kpi(
        "market_share",
        text("Market share"),
        Better.HIGHER,
        text("own sales ÷ sales of all providers in the market, both in the same period and region"),
        text("sales in the market"),
        minimum=1,
    ),
    Kpi(
        id="relative_market_share",
        name=text("Market share against the strongest competitor"),
        unit=Unit.NUMBER,
        better=Better.HIGHER,
        aggregation=Aggregation.WEIGHTED_MEAN,
        formula=text("own market share ÷ market share of the strongest competitor; above 1 the market is led"),
        lower=0,
        sample=text("sales in the market"),
    ),
    share_kpi(
        "occupancy",
        text("Occupancy"),
        Better.BAND,
        text("time busy with contacts ÷ time available"),
        text("agent hours"),
        minimum=1,
    ),
    share_kpi(
        "employee_satisfaction",
        text("Agent satisfaction"),
        Better.HIGHER,
        text("satisfied answers in the agent survey ÷ answers"),
        text("answers"),
        minimum=5,
    ),
    share_kpi(
        "staff_turnover",
        text("Staff turnover"),
        Better.LOWER,
        text("people who left in the period ÷ mean number of people"),
        text("people"),
        minimum=10,
    ),
]


CATALOGUE: Mapping[str, Kpi] = {kpi.id: kpi for kpi in _KPIS}
"""Every KPI by its id."""


KGIS: Mapping[str, Kgi] = {
    kgi.id: kgi
    for kgi in (
        Kgi(id="satisfaction", name=text("Higher customer satisfaction")),
        Kgi(id="loyalty", name=text("Customer loyalty")),
        Kgi(id="fewer_enquiries", name=text("Fewer enquiries")),
        Kgi(id="support_cost", name=text("Lower support cost")),
        Kgi(id="retention", name=text("Retention rate")),
        Kgi(id="repeat_purchase", name=text("Repeat-purchase rate")),
        Kgi(id="fewer_complaints", name=text("Fewer complaints")),
        Kgi(id="sla_kept", name=text("Service-level agreement kept")),
        Kgi(id="new_customers", name=text("New customers won")),
        Kgi(id="market_share", name=text("Market share and lead over competitors")),
        Kgi(id="brand_image", name=text("Brand image")),
        Kgi(id="lifetime_value", name=text("Customer lifetime value")),
    )
}
"""Every KGI by its id."""


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
