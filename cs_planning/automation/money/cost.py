"""What service costs, and when a change pays: rostered hours, not contacts times handle time.

Money amounts are in the currency of the operation; rates and shares go from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import brentq

from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.residual import handle_time_multiplier
from cs_planning.errors import InvalidOperation
from cs_planning.language import text

Pricing = Literal["per_resolution", "per_conversation"]


@dataclass(frozen=True)
class MonthlyCost:
    """The parts of a month's cost, arrays of shape (n,); what is paid once at the start is not among them.

    Attributes:
        people: paid hours.
        bot: fees for its conversations and resolutions.
        self_service: visits and licence of the pages on which people help themselves.
        licences: licences and upkeep of the levers.
        partner: outsourced contacts, at least the agreed minimum.
    """

    people: Floats
    bot: Floats
    self_service: Floats
    licences: Floats
    partner: Floats

    @property
    def total(self) -> Floats:
        """All of them."""
        return self.people + self.bot + self.self_service + self.licences + self.partner


def roster_cost(agent_hours: float | Floats, shrinkage: float | Floats, cost_per_hour: float | Floats) -> float | Floats:
    """Cost of paid hours for `agent_hours` on the queue.

    Args:
        agent_hours: hours on the queue.
        shrinkage: share of paid hours away from the queue, below 1.
        cost_per_hour: full cost of a paid hour.
    """
    return agent_hours / (1 - shrinkage) * cost_per_hour


def scheduled_agents(agents: float, shrinkage: float) -> int:
    """People to schedule for `agents` on the queue, rounded up once."""
    return int(np.ceil(agents / (1 - shrinkage) - 1e-9))


def monthly_saving(
    *,
    contacts: float,
    containment: float,
    human_cost: float,
    price: float,
    escalation_extra_cost: float = 0.0,
    fixed_per_month: float = 0.0,
    pricing: Pricing = "per_resolution",
    easiest_first: float = 0.0,
    sigma: float = 0.8,
) -> float:
    """What a bot saves a month if the freed hours really leave the roster.

    Args:
        contacts: a month.
        containment: share that the bot solves.
        human_cost: of a contact handled by a person.
        price: of the bot, for a resolution or a conversation.
        escalation_extra_cost: of a contact that the bot hands over.
        fixed_per_month: licence and upkeep.
        pricing: what `price` is for.
        easiest_first: how far the bot takes the shortest contacts first, 0…1.
        sigma: spread of the logarithm of handle times.
    """
    left = (1 - containment) * float(handle_time_multiplier(containment, sigma, easiest_first))
    billed = containment if pricing == "per_resolution" else 1.0
    return contacts * (human_cost * (1 - left) - price * billed - escalation_extra_cost * (1 - containment)) - fixed_per_month


def break_even_containment(
    *,
    human_cost: float,
    price: float,
    escalation_extra_cost: float = 0.0,
    fixed_per_contact: float = 0.0,
    pricing: Pricing = "per_resolution",
    easiest_first: float = 0.0,
    sigma: float = 0.8,
) -> float | None:
    """The smallest containment at which a bot pays for itself; None where none does.

    Args: as for `monthly_saving`; `fixed_per_contact` is the licence spread over the contacts.
    """

    def saving(containment: float) -> float:
        return monthly_saving(
            contacts=1.0,
            containment=containment,
            human_cost=human_cost,
            price=price,
            escalation_extra_cost=escalation_extra_cost,
            fixed_per_month=fixed_per_contact,
            pricing=pricing,
            easiest_first=easiest_first,
            sigma=sigma,
        )

    if easiest_first == 0:
        billed = price if pricing == "per_resolution" else 0.0
        above = escalation_extra_cost + fixed_per_contact + (price if pricing == "per_conversation" else 0.0)
        below = human_cost + escalation_extra_cost - billed
        share = above / below if below > 0 else np.inf
        return float(share) if share <= 1 else None
    grid = np.linspace(0.0, 1 - 1e-9, 401)
    values = np.array([saving(float(share)) for share in grid])
    reached = np.flatnonzero(values >= 0)
    if not len(reached):
        return None
    first = int(reached[0])
    return 0.0 if first == 0 else float(brentq(saving, grid[first - 1], grid[first], xtol=1e-13))


def net_present_value(one_off: float, monthly_flows: Floats, annual_rate: float) -> float:
    """Value today of an expense now and flows at the end of each month, at an effective annual rate above −1.

    Args:
        one_off: paid at the start.
        monthly_flows: shape (months,).
        annual_rate: 0.1 is 10 % a year.

    Raises:
        InvalidOperation: the rate is −1 or less.
    """
    if annual_rate <= -1:
        raise InvalidOperation(text("An annual rate of {rate} has no meaning.", rate=annual_rate), text("Write 0.05 for 5 %."))
    months = np.arange(1, len(monthly_flows) + 1)
    return float(-one_off + np.sum(np.asarray(monthly_flows, float) / (1 + annual_rate) ** (months / 12)))


def payback_month(one_off: float, monthly_flows: Floats) -> int | None:
    """The first month at whose end the flows have paid back the start, undiscounted; 0 if nothing was paid, None if never.

    Args:
        one_off: paid at the start.
        monthly_flows: shape (months,).
    """
    if one_off <= 0 and (len(monthly_flows) == 0 or monthly_flows[0] >= 0):
        return 0
    reached = np.flatnonzero(np.cumsum(monthly_flows) >= one_off - 1e-9 * max(abs(one_off), 1.0))
    return int(reached[0]) + 1 if len(reached) else None


def return_on_investment(one_off: float, monthly_flows: Floats) -> float | None:
    """Gain over the months ÷ what was paid at the start; None where nothing was paid."""
    return float((np.sum(monthly_flows) - one_off) / one_off) if one_off > 0 else None


def ramp(months: int, ramp_months: float) -> Floats:
    """Share of the full effect in each month after the start, shape (months,): a straight line up to 1.

    Month i of a ramp of r months has i / r, and 1 from month r on.
    """
    return np.minimum(np.arange(1, months + 1) / max(ramp_months, 1.0), 1.0)
