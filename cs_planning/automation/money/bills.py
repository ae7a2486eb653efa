"""What a month costs: people by the roster, and what levers and the partner are paid, each for the channels it works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cs_planning.automation.levers.channel_draws import ChannelDraws
from cs_planning.automation.levers.registry import Lever
from cs_planning.automation.levers.shift import Amount, Bill
from cs_planning.automation.levers.uncertainty import AnySample
from cs_planning.automation.money.cost import MonthlyCost, roster_cost
from cs_planning.automation.team.operation import Operation

MOST_SHRINKAGE = 0.95
"""Share of the paid time that is away from the queue at most."""


@dataclass(frozen=True)
class Bills:
    """What the levers of a scenario cost.

    Attributes:
        whole: all of them together.
        by_channel: those that work on each channel; they alone cost something by its people.
    """

    whole: Bill
    by_channel: tuple[Bill, ...]

    @classmethod
    def of(cls, operation: Operation, levers: Sequence[Lever], sample: AnySample) -> Bills:
        """Of levers on a team, in every draw."""
        bills = [(lever, lever.bill(sample)) for lever in levers]
        by_channel = (sum((bill for lever, bill in bills if lever.works_on(channel)), Bill()) for channel in operation.channels)
        return cls(sum((bill for _lever, bill in bills), Bill()), tuple(by_channel))


def monthly_cost(operation: Operation, bills: Bills, sample: AnySample, channels: Sequence[ChannelDraws]) -> MonthlyCost:
    """What a month costs in every draw, part by part.

    Args:
        operation: the team as it is.
        bills: of the levers.
        sample: where uncertain values come from.
        channels: what becomes of each channel, in the order of the team.
    """
    wage = operation.cost_per_agent_hour * (1 + sample.draw("wage", operation.doubt.wage))
    nothing = 0.0 * wage
    people, licences = nothing, np.asarray(bills.whole.monthly + nothing)
    for channel, bill in zip(channels, bills.by_channel, strict=True):
        on_queue = 1 - np.clip(operation.shrinkage + np.asarray(bill.shrinkage_added), 0.0, MOST_SHRINKAGE)
        people = people + roster_cost(channel.agent_hours, 1 - on_queue, wage)
        licences = licences + bill.monthly_per_agent * channel.agents / on_queue
    fees = [(channel.has_people, own.fees) for channel, own in zip(operation.channels, channels, strict=True)]
    return MonthlyCost(
        people=np.asarray(people),
        bot=np.asarray(sum((paid for people, paid in fees if people), nothing)),
        self_service=np.asarray(sum((paid for people, paid in fees if not people), nothing)),
        licences=licences,
        partner=np.asarray(_partner(operation, bills, channels) + nothing),
    )


def _partner(operation: Operation, bills: Bills, channels: Sequence[ChannelDraws]) -> Amount:
    """The partner's bill; a price that a lever changed counts for the contacts of the lever's channels."""
    if operation.outsourced_price_per_contact <= 0:
        return 0.0
    outsourced = np.stack([channel.outsourced for channel in channels])
    prices = np.stack(
        [
            np.broadcast_to(bill.outsourced_price, channel.outsourced.shape)
            for bill, channel in zip(bills.by_channel, channels, strict=True)
        ]
    )
    total = outsourced.sum(axis=0)
    price = np.where(total > 0, (outsourced * prices).sum(axis=0) / np.maximum(total, 1e-300), bills.whole.outsourced_price)
    # What a lever agrees takes the place of today's minimum, which may be higher.
    agreed = np.asarray(bills.whole.outsourced_minimum)
    minimum = np.where(agreed > 0, agreed, operation.outsourced_minimum_contacts)
    return np.asarray(np.maximum(total, minimum) * operation.outsourced_price_per_contact * price)
