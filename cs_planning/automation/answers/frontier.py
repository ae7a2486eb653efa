"""Response time against cost: what a team can have together, and where the claims of the trade lie."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict

from cs_planning.automation.levers.uncertainty import Likeliest, Repeated
from cs_planning.automation.scenarios.outcome import OutcomeDraws
from cs_planning.automation.scenarios.scenario import AS_IS, Scenario, outcome_draws
from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.operation import Operation
from cs_planning.language import Text, text

_LEAST_WAIT_SECONDS = 0.1


class ClaimedQuantity(StrEnum):
    """What a published claim is about."""

    RESPONSE_TIME = "response_time"
    COST = "cost"
    CONTAINMENT = "containment"
    COST_PER_CONTACT = "cost_per_contact"
    OUTSOURCING_PRICE = "outsourcing_price"


class Claim(BaseModel):
    """A number that the trade repeats; shown as a mark beside what is computed, never multiplied in.

    Attributes:
        id: short.
        quantity: what it is about.
        change: relative change, or a share for containment.
        statement: in words.
        source: where it comes from and how far it carries.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    quantity: ClaimedQuantity
    change: float
    statement: Text
    source: Text


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="response_time_70",
        quantity=ClaimedQuantity.RESPONSE_TIME,
        change=-0.70,
        statement=text("Response time falls by up to 70 %."),
        source=text(
            "Claim of the trade, no primary source. Often it is only another clock: the bot answers at once, people do not."
        ),
    ),
    Claim(
        id="cost_30",
        quantity=ClaimedQuantity.COST,
        change=-0.30,
        statement=text("Operating cost falls by up to 30 %."),
        source=text("“Up to 30 %” by IBM (second hand) and a prediction by Gartner for 2029; no measurement found."),
    ),
    Claim(
        id="containment_30",
        quantity=ClaimedQuantity.CONTAINMENT,
        change=0.30,
        statement=text("Chatbots take up to 30 % of basic enquiries."),
        source=text("Claim of the trade; independent sources report 9 % to 58 % by topic (Gartner 2019, 2023)."),
    ),
    Claim(
        id="cost_per_contact_8",
        quantity=ClaimedQuantity.COST_PER_CONTACT,
        change=-0.08,
        statement=text("Cost per enquiry falls by 8 %."),
        source=text("Claim of the trade, no primary source found."),
    ),
    Claim(
        id="outsourcing_20",
        quantity=ClaimedQuantity.OUTSOURCING_PRICE,
        change=-0.20,
        statement=text("Renegotiated outsourcing costs 20 % less per ticket."),
        source=text("Claim from negotiations, no study found; it touches the outsourced share only."),
    ),
)
"""The published claims, for the chart."""


def frontier(
    operation: Operation,
    scenario: Scenario | None = None,
    *,
    points: int = 41,
    least: float = 0.6,
    most: float = 1.4,
    channel: int | None = None,
) -> pd.DataFrame:
    """Response time and cost over staffing, as things are and with a scenario, at the likeliest values.

    Args:
        operation: the team as it is.
        scenario: levers; None draws only the line of "as is".
        points: staffing levels on each line; one of them is today's.
        least: smallest staffing as a multiple of today's.
        most: largest.
        channel: whose response time it is, by its place; None for all together. All channels are staffed alike.

    Returns:
        A row a line and staffing level: `scenario`, `staffing` (multiple of today's), `agents`, `mean_wait_seconds`,
        `service_level`, `abandonment_rate`, `occupancy`, `cost_per_month`, `wait_change` and `cost_change` (against today),
        `is_current` (the roster of today, or of the scenario as given).
    """
    steps = np.union1d(np.linspace(least, most, points - 1), [1.0])
    today = outcome_draws(operation, Scenario(name=AS_IS), Likeliest(), channel=channel)
    lines = [Scenario(name=AS_IS), *([scenario] if scenario is not None and scenario.levers else [])]
    return pd.concat([_line(operation, line, steps, today, channel) for line in lines], ignore_index=True)


def _line(operation: Operation, scenario: Scenario, steps: Floats, today: OutcomeDraws, channel: int | None) -> pd.DataFrame:
    draws = outcome_draws(operation, scenario, Repeated(len(steps)), staffing=steps, channel=channel)
    before_wait = max(float(today.mean_wait_seconds[0]), _LEAST_WAIT_SECONDS)
    return pd.DataFrame(
        {
            "scenario": scenario.name,
            "staffing": steps,
            "agents": draws.agents,
            "mean_wait_seconds": draws.mean_wait_seconds,
            "service_level": draws.service_level,
            "abandonment_rate": draws.abandonment_rate,
            "occupancy": draws.occupancy,
            "cost_per_month": draws.cost_per_month,
            "wait_change": np.maximum(draws.mean_wait_seconds, _LEAST_WAIT_SECONDS) / before_wait - 1,
            "cost_change": draws.cost_per_month / max(float(today.cost_per_month[0]), 1e-9) - 1,
            "is_current": np.isclose(steps, 1.0),
        }
    )
