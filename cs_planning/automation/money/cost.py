"""What service costs, and when a change pays: rostered hours, not contacts times handle time.

Money amounts are in the currency of the operation; rates and shares go from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_planning.automation.special_functions import Floats
from cs_planning.errors import InvalidOperation
from cs_planning.language import text


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


def ramp(months: int, ramp_months: float) -> Floats:
    """Share of the full effect in each month after the start, shape (months,): a straight line up to 1.

    Month i of a ramp of r months has i / r, and 1 from month r on.
    """
    return np.minimum(np.arange(1, months + 1) / max(ramp_months, 1.0), 1.0)
