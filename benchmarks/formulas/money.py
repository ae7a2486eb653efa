"""Money and mixes in closed form: rosters rounded once, savings, break-even, the triangular range."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import brentq

from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.residual import handle_time_multiplier

Pricing = Literal["per_resolution", "per_conversation"]


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


def return_on_investment(one_off: float, monthly_flows: Floats) -> float | None:
    """Gain over the months ÷ what was paid at the start; None where nothing was paid."""
    return float((np.sum(monthly_flows) - one_off) / one_off) if one_off > 0 else None


@dataclass(frozen=True)
class ContactType:
    """A kind of contact: its share of the volume, its handle time, and the share of it that is taken away."""

    share: float
    handle_time_seconds: float
    deflected: float = 0.0


def residual_handle_time(types: Sequence[ContactType]) -> float:
    """Mean handle time of what remains when each type loses its own share; 0 when nothing remains."""
    left = [kind.share * (1 - kind.deflected) for kind in types]
    total = sum(left)
    return sum(share * kind.handle_time_seconds for share, kind in zip(left, types, strict=True)) / total if total else 0.0


def triangular_quantile(share: float, low: float, mode: float, high: float) -> float:
    """The value that `share` of a triangular distribution lies below; the common cruder cousin of PERT."""
    turn = (mode - low) / (high - low) if high > low else 0.0
    if share <= turn:
        return low + math.sqrt(share * (high - low) * (mode - low))
    return high - math.sqrt((1 - share) * (high - low) * (high - mode))
