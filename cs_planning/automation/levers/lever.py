"""What every lever has: when and where it works, what it costs, and what is said of it.

A plain number may stand wherever a range stands: that is what a slider sets.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict

from cs_planning.automation.levers.shift import Bill, Sample, Shift
from cs_planning.automation.ranges import NotNegative, Range, Share
from cs_planning.automation.team.channel import Channel
from cs_planning.language import Text


class AnyLever(BaseModel):
    """What all levers have.

    Attributes:
        channels: names or kinds of the channels that it works on; none means all.
        start_month: a day in the month in which it begins; nothing means the next month.
        ramp_months: months until it works fully.
        one_off_cost: paid at the start.
        upkeep_share: yearly upkeep as a share of `one_off_cost`.
        monthly_cost: licence or fee a month.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=True)

    source: ClassVar[Text]
    caveat: ClassVar[Text]
    title: ClassVar[Text]
    uncertain: ClassVar[Mapping[str, Text]]
    """What is not known about it, in words, by field."""
    also_without_people: ClassVar[bool] = False
    """Whether it works on a channel that nobody answers."""

    channels: tuple[str, ...] = ()
    start_month: date | None = None
    ramp_months: NotNegative = Range(min=2, mode=4, max=9)
    one_off_cost: NotNegative = 0.0
    upkeep_share: Share = 0.18
    monthly_cost: NotNegative = 0.0

    def works_on(self, channel: Channel) -> bool:
        """Whether the channel is one of the lever's."""
        if not (channel.has_people or self.also_without_people):
            return False
        return not self.channels or bool(channel.names & set(self.channels))

    def in_currency(self, currency: str) -> Self:
        """The lever with the prices that nobody wrote at what is usual in a currency (ISO 4217).

        Raises:
            InvalidOperation: nobody knows what is usual in it.
        """
        return self

    def shift(self, sample: Sample, channel: Channel) -> Shift:
        """What it does to a channel when it works fully."""
        return Shift()

    def bill(self, sample: Sample) -> Bill:
        """What it costs beside the fees of each contact."""
        one_off = sample.draw("one_off_cost", self.one_off_cost)
        upkeep = one_off * sample.draw("upkeep_share", self.upkeep_share) / 12
        return Bill(monthly=sample.draw("monthly_cost", self.monthly_cost) + upkeep, one_off=one_off)
