"""The time within which an answer is in time, where an operation does not say it."""

from __future__ import annotations

from typing import Any

import pytest

from cs_planning.automation.queues.erlang import erlang_a
from cs_planning.automation.scenarios.scenario import Scenario, point_outcome
from cs_planning.automation.team.reading import read_operation
from cs_planning.kpis.service_level import ANSWER_WITHIN_SECONDS

TEAM: dict[str, Any] = {
    "contacts_per_day": 480,
    "opening_hours_per_day": 8,
    "handle_time_seconds": 300,
    "agents": 6,
    "patience_seconds": 180,
    "recontact_after_service": 0,
    "cost_per_agent_hour": 30,
    "days_per_month": 21,
    "shrinkage": 0.3,
    "currency": "EUR",
}


def test_an_operation_counts_the_time_of_the_whole_product_where_nobody_says_it() -> None:
    assert read_operation(TEAM).channels[0].answer_within_seconds == ANSWER_WITHIN_SECONDS == 20
    outcome = point_outcome(read_operation(TEAM), Scenario(name="as is"))
    queue = erlang_a(480 / 8 / 3600, 300, 6, 180, 20)
    assert outcome.service_level.median == pytest.approx(float(queue.service_level), abs=0.01)


def test_that_nobody_said_it_is_said_once_for_each_channel_and_not_where_somebody_did() -> None:
    def said(operation: dict[str, object]) -> list[str]:
        outcome = point_outcome(read_operation(operation), Scenario(name="as is"))
        return [str(one) for one in outcome.warnings if "in time" in str(one)]

    [warning] = said(TEAM)
    assert "20 s" in warning
    assert not said({**TEAM, "answer_within_seconds": 20})
