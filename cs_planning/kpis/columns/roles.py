"""The kinds of file that the product knows, and what a column of each can mean."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from enum import StrEnum

from cs_planning.language import Text, text


class Kind(StrEnum):
    """What the rows of a file are."""

    KPI_TABLE_WIDE = "kpi_table_wide"
    KPI_TABLE_LONG = "kpi_table_long"
    CALL_CENTRE_DAILY = "call_centre_daily"
    COSTS = "costs"
    TICKETS = "tickets"
    EVENTS = "events"
    CALLS = "calls"
    SURVEYS = "surveys"

    @property
    def label(self) -> Text:
        """The kind in words."""
        return {
            "kpi_table_wide": text("KPIs over time, a column for each KPI"),
            "kpi_table_long": text("KPIs over time, a row for each value"),
            "call_centre_daily": text("call-centre statistics by day or longer"),
            "costs": text("costs of the service by month or longer"),
            "tickets": text("tickets or conversations, a row for each"),
            "events": text("events, several rows for each ticket"),
            "calls": text("calls, a row for each"),
            "surveys": text("survey answers, a row for each"),
        }[self.value]

    @property
    def holds_contacts(self) -> bool:
        """Whether the rows become contacts, from which KPIs are computed; else they are values of KPIs already."""
        return self in (Kind.TICKETS, Kind.EVENTS, Kind.CALLS, Kind.SURVEYS)


class Role(StrEnum):
    """What a column is used for."""

    IGNORE = "ignore"
    PERIOD = "period"
    INTERVAL = "interval"
    KPI = "kpi"
    SAMPLE_SIZE = "sample_size"
    PERIOD_COLUMN = "period_column"
    KPI_NAME = "kpi_name"
    VALUE = "value"
    UNIT = "unit"
    OFFERED = "offered"
    HANDLED = "handled"
    ABANDONED = "abandoned"
    SHORT_ABANDONED = "short_abandoned"
    ASA = "asa"
    SERVICE_LEVEL = "service_level"
    ANSWERED_IN_TIME = "answered_in_time"
    CONTACT_ID = "contact_id"
    DAY = "day"
    MENU_LEFT_AT = "menu_left_at"
    CREATED_AT = "created_at"
    FIRST_RESPONSE_AT = "first_response_at"
    SOLVED_AT = "solved_at"
    CLOSED_AT = "closed_at"
    UPDATED_AT = "updated_at"
    RATED_AT = "rated_at"
    ANSWERED_AT = "answered_at"
    QUEUE_LEFT_AT = "queue_left_at"
    ENDED_AT = "ended_at"
    FIRST_RESPONSE_TIME = "first_response_time"
    FIRST_RESPONSE_BUSINESS_TIME = "first_response_business_time"
    RESOLUTION_TIME = "resolution_time"
    RESOLUTION_BUSINESS_TIME = "resolution_business_time"
    WAIT_TIME = "wait_time"
    HANDLE_TIME = "handle_time"
    TALK_TIME = "talk_time"
    HOLD_TIME = "hold_time"
    AFTER_WORK_TIME = "after_work_time"
    TIME_REMAINING = "time_remaining"
    REOPENED = "reopened"
    ESCALATED = "escalated"
    FIRST_CONTACT = "first_contact"
    COMPLAINT = "complaint"
    SLA_KEPT = "sla_kept"
    FIRST_RESPONSE_SLA_KEPT = "first_response_sla_kept"
    OUTCOME = "outcome"
    DIRECTION = "direction"
    NO_CONTACT = "no_contact"
    MERGED_INTO = "merged_into"
    CHANNEL = "channel"
    TEAM = "team"
    CUSTOMER_GROUP = "customer_group"
    TOPIC = "topic"
    PRIORITY = "priority"
    STATUS = "status"
    CSAT = "csat"
    NPS = "nps"
    CES = "ces"
    QUALITY = "quality"
    COST = "cost"
    COST_CATEGORY = "cost_category"
    ACTIVITY = "activity"
    EVENT_AT = "event_at"
    AGENT = "agent"
    AGENTS_ON_DUTY = "agents_on_duty"
    SUBJECT = "subject"
    TAGS = "tags"
    REMARK = "remark"

    @property
    def label(self) -> Text:
        """The role in words, for a select box."""
        return ROLE_LABELS[self]


ROLE_LABELS: MappingOf[Role, Text] = {
    Role.IGNORE: text("not used"),
    Role.PERIOD: text("period (day, week, month, …)"),
    Role.INTERVAL: text("time of day of the interval"),
    Role.KPI: text("values of a KPI"),
    Role.SAMPLE_SIZE: text("sample size of a KPI"),
    Role.PERIOD_COLUMN: text("values of the period in the header"),
    Role.KPI_NAME: text("name of the KPI"),
    Role.VALUE: text("value"),
    Role.UNIT: text("unit"),
    Role.OFFERED: text("contacts offered"),
    Role.HANDLED: text("contacts handled"),
    Role.ABANDONED: text("contacts abandoned"),
    Role.SHORT_ABANDONED: text("contacts abandoned after a short wait"),
    Role.ASA: text("average speed of answer"),
    Role.SERVICE_LEVEL: text("service level"),
    Role.ANSWERED_IN_TIME: text("contacts answered in time"),
    Role.CONTACT_ID: text("number of the contact"),
    Role.DAY: text("day (where times are clock times alone)"),
    Role.MENU_LEFT_AT: text("left the menu at"),
    Role.CREATED_AT: text("created at"),
    Role.FIRST_RESPONSE_AT: text("first answered at"),
    Role.SOLVED_AT: text("solved at"),
    Role.CLOSED_AT: text("closed at"),
    Role.UPDATED_AT: text("last updated at"),
    Role.RATED_AT: text("rated at"),
    Role.ANSWERED_AT: text("service started at"),
    Role.QUEUE_LEFT_AT: text("left the queue at"),
    Role.ENDED_AT: text("service ended at"),
    Role.FIRST_RESPONSE_TIME: text("first response time"),
    Role.FIRST_RESPONSE_BUSINESS_TIME: text("first response time in business hours"),
    Role.RESOLUTION_TIME: text("resolution time"),
    Role.RESOLUTION_BUSINESS_TIME: text("resolution time in business hours"),
    Role.WAIT_TIME: text("time waited"),
    Role.HANDLE_TIME: text("handle time"),
    Role.TALK_TIME: text("talk time (a part of the handle time)"),
    Role.HOLD_TIME: text("time on hold (a part of the handle time)"),
    Role.AFTER_WORK_TIME: text("wrap-up time (a part of the handle time)"),
    Role.TIME_REMAINING: text("time left of an agreed limit (not used)"),
    Role.REOPENED: text("reopened (yes/no or how often)"),
    Role.ESCALATED: text("escalated (yes/no)"),
    Role.FIRST_CONTACT: text("solved at the first contact (yes/no)"),
    Role.COMPLAINT: text("complaint (yes/no)"),
    Role.SLA_KEPT: text("solved within the agreed time (yes/no)"),
    Role.FIRST_RESPONSE_SLA_KEPT: text("first answered within the agreed time (yes/no)"),
    Role.OUTCOME: text("outcome (answered, abandoned, …)"),
    Role.DIRECTION: text("direction (inbound, outbound)"),
    Role.NO_CONTACT: text("no contact: spam, merged, a test (yes/no)"),
    Role.MERGED_INTO: text("number of the contact into which it was merged"),
    Role.CHANNEL: text("channel"),
    Role.TEAM: text("team"),
    Role.CUSTOMER_GROUP: text("customer group"),
    Role.TOPIC: text("topic"),
    Role.PRIORITY: text("priority"),
    Role.STATUS: text("status"),
    Role.CSAT: text("satisfaction (CSAT)"),
    Role.NPS: text("recommendation 0–10 (NPS)"),
    Role.CES: text("effort 1–7 (CES)"),
    Role.QUALITY: text("quality score"),
    Role.COST: text("cost"),
    Role.COST_CATEGORY: text("kind of cost"),
    Role.ACTIVITY: text("activity"),
    Role.EVENT_AT: text("time of the event"),
    Role.AGENT: text("person who answered"),
    Role.AGENTS_ON_DUTY: text("people on duty"),
    Role.SUBJECT: text("subject"),
    Role.TAGS: text("tags"),
    Role.REMARK: text("remark of the customer"),
}

DIMENSIONS = (Role.CHANNEL, Role.TEAM, Role.CUSTOMER_GROUP, Role.TOPIC, Role.PRIORITY)
"""The roles by which KPIs can be broken down; their values are the names in series keys."""

TIMES = (
    Role.CREATED_AT,
    Role.FIRST_RESPONSE_AT,
    Role.SOLVED_AT,
    Role.CLOSED_AT,
    Role.UPDATED_AT,
    Role.RATED_AT,
    Role.ANSWERED_AT,
    Role.QUEUE_LEFT_AT,
    Role.ENDED_AT,
    Role.EVENT_AT,
    Role.MENU_LEFT_AT,
)
"""The roles whose cells are points in time."""

DURATIONS = (
    Role.FIRST_RESPONSE_TIME,
    Role.FIRST_RESPONSE_BUSINESS_TIME,
    Role.RESOLUTION_TIME,
    Role.RESOLUTION_BUSINESS_TIME,
    Role.WAIT_TIME,
    Role.HANDLE_TIME,
    Role.TALK_TIME,
    Role.HOLD_TIME,
    Role.AFTER_WORK_TIME,
)
"""The roles whose cells are lengths of time."""

PARTS_OF_HANDLING = (Role.TALK_TIME, Role.HOLD_TIME, Role.AFTER_WORK_TIME)
"""What together is the handle time where no column holds it as a whole."""

WHO_ANSWERED = (Role.OUTCOME, Role.ANSWERED_AT, Role.AGENT, Role.HANDLE_TIME, *PARTS_OF_HANDLING)
"""The columns of a log of calls that say which calls a person answered, the one that decides first."""
FLAG_ROLES = (Role.REOPENED, Role.ESCALATED, Role.FIRST_CONTACT, Role.COMPLAINT)
"""The roles whose cells say yes or no, or how often."""

_ANSWERS = (Role.CSAT, Role.NPS, Role.CES, Role.QUALITY)
_WORDS = (Role.SUBJECT, Role.TAGS, Role.REMARK)
_TICKET_ROLES = (
    Role.CONTACT_ID,
    Role.DAY,
    Role.CREATED_AT,
    Role.FIRST_RESPONSE_AT,
    Role.SOLVED_AT,
    Role.CLOSED_AT,
    Role.UPDATED_AT,
    *DURATIONS,
    Role.TIME_REMAINING,
    *FLAG_ROLES,
    Role.SLA_KEPT,
    Role.FIRST_RESPONSE_SLA_KEPT,
    Role.DIRECTION,
    Role.NO_CONTACT,
    Role.MERGED_INTO,
    *DIMENSIONS,
    Role.STATUS,
    *_ANSWERS,
    Role.RATED_AT,
    Role.COST,
    *_WORDS,
)
_ROLES: MappingOf[Kind, tuple[Role, ...]] = {
    Kind.KPI_TABLE_WIDE: (Role.PERIOD, Role.KPI, Role.SAMPLE_SIZE, Role.KPI_NAME, Role.PERIOD_COLUMN, *DIMENSIONS),
    Kind.KPI_TABLE_LONG: (Role.PERIOD, Role.KPI_NAME, Role.VALUE, Role.SAMPLE_SIZE, Role.UNIT, *DIMENSIONS),
    Kind.CALL_CENTRE_DAILY: (
        Role.PERIOD,
        Role.INTERVAL,
        Role.OFFERED,
        Role.HANDLED,
        Role.ABANDONED,
        Role.SHORT_ABANDONED,
        Role.ASA,
        Role.SERVICE_LEVEL,
        Role.ANSWERED_IN_TIME,
        Role.HANDLE_TIME,
        *PARTS_OF_HANDLING,
        Role.KPI,
        *DIMENSIONS,
    ),
    Kind.COSTS: (Role.PERIOD, Role.COST, Role.COST_CATEGORY, Role.CHANNEL, Role.TEAM),
    Kind.TICKETS: _TICKET_ROLES,
    Kind.EVENTS: (Role.CONTACT_ID, Role.ACTIVITY, Role.EVENT_AT, *DIMENSIONS, *_WORDS),
    Kind.CALLS: (
        Role.CONTACT_ID,
        Role.DAY,
        Role.MENU_LEFT_AT,
        Role.CREATED_AT,
        Role.QUEUE_LEFT_AT,
        Role.ANSWERED_AT,
        Role.ENDED_AT,
        Role.WAIT_TIME,
        Role.HANDLE_TIME,
        *PARTS_OF_HANDLING,
        Role.OUTCOME,
        Role.DIRECTION,
        Role.NO_CONTACT,
        Role.ESCALATED,
        Role.FIRST_CONTACT,
        Role.AGENT,
        Role.AGENTS_ON_DUTY,
        *DIMENSIONS,
        *_ANSWERS,
        Role.COST,
        *_WORDS,
    ),
    Kind.SURVEYS: (Role.CONTACT_ID, Role.RATED_AT, *_ANSWERS, *DIMENSIONS, *_WORDS),
}
_REQUIRED: MappingOf[Kind, tuple[tuple[Role, ...], ...]] = {
    Kind.KPI_TABLE_WIDE: ((Role.PERIOD, Role.PERIOD_COLUMN), (Role.KPI, Role.PERIOD_COLUMN)),
    Kind.KPI_TABLE_LONG: ((Role.PERIOD,), (Role.KPI_NAME,), (Role.VALUE,)),
    Kind.CALL_CENTRE_DAILY: ((Role.PERIOD,), (Role.OFFERED, Role.HANDLED)),
    Kind.COSTS: ((Role.PERIOD,), (Role.COST,)),
    Kind.TICKETS: ((Role.CREATED_AT,),),
    Kind.EVENTS: ((Role.CONTACT_ID,), (Role.ACTIVITY,), (Role.EVENT_AT,)),
    Kind.CALLS: ((Role.CREATED_AT,),),
    Kind.SURVEYS: ((Role.RATED_AT,), _ANSWERS),
}
REPEATABLE = frozenset({Role.IGNORE, Role.KPI, Role.SAMPLE_SIZE, Role.PERIOD_COLUMN, Role.TIME_REMAINING, Role.TAGS})
REPEATABLE_IN = {Kind.COSTS: frozenset({Role.COST})}
"""Roles that several columns of a file of one kind can have, although one alone can have them in others."""


def roles_for(kind: Kind) -> tuple[Role, ...]:
    """The roles that columns of a file of `kind` can have, `IGNORE` first."""
    return (Role.IGNORE, *_ROLES[kind])


def required_roles(kind: Kind) -> tuple[tuple[Role, ...], ...]:
    """What a file of `kind` can't do without: of each group at least one role."""
    return _REQUIRED[kind]
