"""Operations and scenarios for the tests."""

import math

from cs_planning.automation.levers.demand import ChatbotLever
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.team.reading import read_operation

HOURS = [20, 60, 140, 180, 160, 120, 110, 130, 120, 80, 40, 20]


def a_team(**changes):
    fields = {
        "contacts_per_day": 1200,
        "opening_hours_per_day": 12,
        "handle_time_seconds": 300,
        "agents": 10,
        "cost_per_agent_hour": 28,
        "patience_seconds": 180,
        "answer_within_seconds": 60,
        "days_per_month": 21,
        "shrinkage": 0.30,
        "currency": "USD",
    }
    return read_operation({**fields, **changes})


def a_day(**changes):
    return a_team(
        arrivals_per_interval=HOURS, agents_per_interval=[math.ceil(n / 10) for n in HOURS], interval_minutes=60, **changes
    )


def three_channels():
    return read_operation(
        {
            "channels": [
                {"kind": "phone", "contacts_per_day": 1200, "opening_hours_per_day": 12, "handle_time_seconds": 300,
                 "agents": 10, "patience_seconds": 180},
                {"kind": "chat", "contacts_per_day": 600, "opening_hours_per_day": 12, "handle_time_seconds": 480, "agents": 5,
                 "patience_seconds": 120, "chats_at_once": 3},
                {"kind": "email", "contacts_per_day": 400, "opening_hours_per_day": 8, "handle_time_seconds": 600, "agents": 10,
                 "answer_within_seconds": 28800, "open_weekdays": [0, 1, 2, 3, 4]},
            ],
            "cost_per_agent_hour": 28,
            "currency": "EUR",
            "outsourced_share": 0.1,
            "outsourced_price_per_contact": 4,
        }
    )  # fmt: skip


def a_bot(name="bot", **changes):
    return Scenario(name=name, levers=(ChatbotLever(**changes),))
