"""The team as it is: its channels, what an hour costs, what is to be reached, and how uncertain the next month is.

Fields are checked by the models; `reading.read_operation` turns everything that is wrong into one `InvalidOperation`.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Annotated

from pydantic import Field, field_validator

from cs_planning.automation.ranges import Change, Range, refusal
from cs_planning.automation.team.channel import WEEKDAYS, Channel, ChannelKind, Checked, PlainShare
from cs_planning.errors import InvalidOperation
from cs_planning.kpis.currency import checked_currency
from cs_planning.language import text

_LONGEST_MONTH = 31
_WEEKS_PER_MONTH = 365.25 / 84


class TargetPeriod(StrEnum):
    """The period whose service level the target is about."""

    DAY = "day"
    MONTH = "month"


class Doubt(Checked):
    """How uncertain the next period is, apart from any lever.

    Attributes:
        volume_cv: coefficient of variation of the volume around its forecast (lognormal).
        handle_time_cv: the same of the handle time.
        patience_cv: the same of patience, once it is calibrated.
        absence: relative change of the agents present.
        wage: relative change of the cost of an hour.
    """

    volume_cv: Annotated[float, Field(ge=0, le=1)] = 0.10
    handle_time_cv: Annotated[float, Field(ge=0, le=1)] = 0.05
    patience_cv: Annotated[float, Field(ge=0, le=1)] = 0.20
    absence: Change = Range(min=-0.08, mode=0, max=0.04)
    wage: Change = Range(min=-0.05, mode=0, max=0.05)


class Operation(Checked):
    """A service team with one or more channels.

    Attributes:
        channels: at least one.
        days_per_month: open days of each channel that has none of its own.
        cost_per_agent_hour: full cost of a paid hour.
        shrinkage: share of paid hours that is not on the queue.
        currency: ISO 4217.
        outsourced_share: share of the contacts that a partner answers for `outsourced_price_per_contact`.
        outsourced_minimum_contacts: contacts a month that the partner is paid for in any case.
        service_target: share to be answered in time.
        service_target_period: the period whose service level must reach it.
        occupancy_cap: occupancy above which people wear out; only reported.
        horizon_months: months looked at for payback and present value.
        annual_rate: interest of the present value, a share.
        doubt: how uncertain the next period is.
        usual_values: fields that hold a usual value which nobody confirmed, such as `shrinkage` or `channels.0.agents`.
    """

    schema_version: int = 1
    name: str = ""
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    days_per_month: Annotated[float, Field(gt=0, le=31)] = 21.0
    cost_per_agent_hour: Annotated[float, Field(ge=0, le=1e9)]
    shrinkage: PlainShare = 0.30
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    outsourced_share: PlainShare = 0.0
    outsourced_price_per_contact: Annotated[float, Field(ge=0, le=1e9)] = 0.0
    outsourced_minimum_contacts: Annotated[float, Field(ge=0, le=1e9)] = 0.0
    service_target: Annotated[float, Field(gt=0, lt=1)] = 0.8
    service_target_period: TargetPeriod = TargetPeriod.DAY
    occupancy_cap: Annotated[float, Field(gt=0, le=1)] = 0.88
    horizon_months: Annotated[int, Field(ge=1, le=120)] = 24
    annual_rate: PlainShare = 0.05
    doubt: Doubt = Doubt()
    usual_values: tuple[str, ...] = ()

    @field_validator("currency")
    @classmethod
    def _some_currency(cls, value: str) -> str:
        try:
            return checked_currency(value)
        except InvalidOperation:
            raise refusal(
                text("'{value}' is not a currency code.", value=value),
                text("Write three capital letters, such as EUR, JPY or USD."),
            ) from None

    @field_validator("channels")
    @classmethod
    def _complete(cls, channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
        for number, channel in enumerate(channels):
            if channel.contacts_per_day is None and not channel.arrivals_per_interval:
                raise refusal(
                    text("Channel {number} has neither contacts a day nor arrivals an interval.", number=number + 1),
                    text("Give `contacts_per_day`."),
                    f"{number}.contacts_per_day",
                )
            if channel.has_people and channel.agents is None and not channel.agents_per_interval:
                raise refusal(
                    text("Channel {number} has nobody to answer it.", number=number + 1),
                    text("Give `agents`, above 0."),
                    f"{number}.agents",
                )
        reached = {name for one in channels if one.has_people for name in one.names}
        for number, channel in enumerate(channels):
            for name in channel.hands_over_to:
                if name not in reached:
                    raise refusal(
                        text(
                            "Channel {number} hands over to “{name}”, which people do not answer.", number=number + 1, name=name
                        ),
                        text("Name a channel that people answer: {names}.", names=", ".join(sorted(reached)) or "–"),
                        f"{number}.hands_over_to",
                    )
        if not any(channel.has_people for channel in channels):
            raise refusal(
                text("People answer none of the channels, so nobody waits."), text("Add a channel that people answer.")
            )
        return channels

    def open_days_of(self, channel: Channel) -> float:
        """Open days of a channel in a month: its own, else the team's, as far as its week has so many."""
        days = self.days_per_month if channel.open_days_per_month is None else channel.open_days_per_month
        week = channel.open_days_per_week
        most = math.ceil(week * _LONGEST_MONTH / WEEKDAYS)
        return days if days <= most else week * _WEEKS_PER_MONTH

    @property
    def leading_channel(self) -> int | None:
        """Place of the first channel that waits for seconds, where others wait for hours: their mean would say nothing."""
        live = [place for place, one in enumerate(self.channels) if one.has_people and one.kind is not ChannelKind.EMAIL]
        mixed = live and any(one.kind is ChannelKind.EMAIL for one in self.channels)
        return live[0] if mixed else None
