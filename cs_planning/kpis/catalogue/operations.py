"""How contacts are answered and solved: times, service level, quality, volumes, backlog."""

from cs_planning.kpis.families import count_kpi, share_kpi, time_kpis
from cs_planning.kpis.kpi import Aggregation, Better, Unit
from cs_planning.language import text

OPERATIONS = (
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
)
