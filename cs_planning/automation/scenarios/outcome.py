"""What a scenario comes to: medians with 80 % bands, the chance of the service target, and what has to be said beside it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from cs_planning.automation.levers.channel_draws import ChannelDraws, Contacts, Hours, Issues
from cs_planning.automation.money.cost import MonthlyCost
from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.backlog import WINDOW_WEEKS
from cs_planning.language import Text, text

_ROUNDING = 1 + 1e-9


@dataclass(frozen=True)
class Band:
    """A median and the 10th and 90th percentile around it."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, draws: Floats) -> Band:
        """The band of draws, shape (n,)."""
        low, median, high = np.quantile(draws, [0.1, 0.5, 0.9]) if len(draws) > 1 else np.repeat(draws, 3)
        return cls(float(median), float(low), float(high))


class Clock(StrEnum):
    """Where the clock of a response time starts and stops; a bot that answers at once shortens the first one only."""

    FIRST_CONTACT = "first_contact"
    HANDOVER = "handover"
    PERSON = "person"
    RESOLUTION = "resolution"


@dataclass(frozen=True)
class OutcomeDraws:
    """The draws behind an outcome, all of shape (n,); shares from 0 to 1, contacts and money of a month."""

    mean_wait_seconds: Floats
    service_level: Floats
    abandonment_rate: Floats
    occupancy: Floats
    handle_time_seconds: Floats
    agents: Floats
    contacts_handled: Floats
    contacts: Contacts
    issues: Issues
    hours: Hours
    demand: Floats
    contained: Floats
    cost: MonthlyCost
    one_off: Floats
    first_response_seconds: Floats
    to_person_seconds: Floats
    resolution_seconds: Floats
    target_met: Floats

    def of_channel(self, own: ChannelDraws) -> OutcomeDraws:
        """The same with the times, shares and contacts of one channel; cost and the target stay those of the team."""
        return replace(
            self,
            mean_wait_seconds=own.wait,
            service_level=own.level,
            abandonment_rate=own.abandonment,
            occupancy=own.occupancy,
            handle_time_seconds=own.handle_time,
            agents=own.agents,
            contacts_handled=own.contacts.answered,
            contacts=own.contacts,
            issues=own.issues,
            hours=own.hours,
            demand=own.demand,
            contained=own.contained,
            first_response_seconds=own.first_response,
            to_person_seconds=own.to_person,
            resolution_seconds=own.to_resolution,
        )

    @property
    def resolved(self) -> Floats:
        """Issues settled for good, a month."""
        return self.issues.resolved

    @property
    def cost_per_month(self) -> Floats:
        """All parts of a month's cost."""
        return self.cost.total

    @property
    def cost_per_contact(self) -> Floats:
        """Cost ÷ contacts that asked for service."""
        return np.asarray(self.cost_per_month / np.maximum(self.demand, 1e-9))

    @property
    def cost_per_resolved(self) -> Floats:
        """Cost ÷ issues settled."""
        return np.asarray(self.cost_per_month / np.maximum(self.resolved, 1e-9))


@dataclass(frozen=True)
class ChannelOutcome:
    """One channel of an outcome; as `Outcome`.

    Attributes:
        has_people: whether people answer it.
        in_backlog: whether it waits in a backlog, for hours rather than seconds.
        probability_target_met: of reaching the team's service target on this channel alone; None for a single point.
    """

    name: Text
    mean_wait_seconds: Band
    service_level: Band
    abandonment_rate: Band
    occupancy: Band
    handle_time_seconds: Band
    contacts_handled: Band
    has_people: bool
    in_backlog: bool
    probability_target_met: float | None
    draws: ChannelDraws = field(repr=False, compare=False)

    @property
    def window(self) -> Text | None:
        """The time over which a backlog's waits are a mean; None where a queue is in its steady state."""
        if not self.in_backlog:
            return None
        if float(np.median(self.draws.contacts.waiting_before + self.draws.contacts.waiting)) > 0:
            return text("mean of the first {weeks} weeks", weeks=WINDOW_WEEKS)
        return text("mean of a week that repeats")


@dataclass(frozen=True)
class Outcome:
    """What one scenario comes to when its levers work fully.

    Attributes:
        scenario: its name.
        mean_wait_seconds: wait for a person, those who gave up included; over channels weighted by their contacts.
        service_level: served in time ÷ wanted a person.
        abandonment_rate: gave up ÷ wanted a person.
        occupancy: busy share of the time of the people present.
        handle_time_seconds: of people.
        contacts_handled: contacts a month that own people answer.
        cost_per_contact: cost ÷ contacts that asked for service, those of bot and partner included.
        cost_per_resolved: cost ÷ issues settled.
        cost_per_month: rostered hours, fees, licences, partner; what is paid once is apart in `one_off`.
        probability_target_met: of reaching the service target in its period; None for a single point.
        one_off: paid once at the start.
        payback_months: first month at whose end the savings have paid it back; None if never within the horizon.
        net_present_value: of the change against "as is" over the horizon; 0 for "as is".
        channels: each channel by itself.
        warnings: what has to be said beside the numbers.
        draws: the numbers behind it.
    """

    scenario: str
    mean_wait_seconds: Band
    service_level: Band
    abandonment_rate: Band
    occupancy: Band
    handle_time_seconds: Band
    contacts_handled: Band
    cost_per_contact: Band
    cost_per_resolved: Band
    cost_per_month: Band
    probability_target_met: float | None
    one_off: float
    payback_months: int | None
    net_present_value: float
    channels: tuple[ChannelOutcome, ...]
    warnings: tuple[Text, ...]
    draws: OutcomeDraws = field(repr=False, compare=False)

    @property
    def mixes_waits(self) -> bool:
        """Whether some channels wait for seconds and others for hours, so that their mean wait says nothing."""
        return len({one.in_backlog for one in self.channels if one.has_people}) > 1

    def costs_or_waits_more_than(self, before: Outcome) -> bool:
        """Whether a month costs more than before, or the customers of any channel wait longer."""
        waits = zip(self.channels, before.channels, strict=True)
        pairs = [(self.cost_per_month, before.cost_per_month)]
        pairs += [(now.mean_wait_seconds, then.mean_wait_seconds) for now, then in waits]
        return any(now.median > then.median * _ROUNDING for now, then in pairs)

    def draws_of(self, channel: int | None) -> OutcomeDraws:
        """The draws of one channel, by its place; of all together for None. Cost and the target are those of the team."""
        if channel is None:
            return self.draws
        return self.draws.of_channel(self.channels[channel].draws)

    def response_seconds(self, clock: Clock, channel: int | None = None) -> Band:
        """The mean response time by a clock: a bot shortens the one from first contact without anyone being helped sooner.

        Args:
            clock: where it starts and stops.
            channel: by its place; None for all together.
        """
        draws = self.draws_of(channel)
        return Band.of(
            {
                Clock.FIRST_CONTACT: draws.first_response_seconds,
                Clock.HANDOVER: draws.mean_wait_seconds,
                Clock.PERSON: draws.to_person_seconds,
                Clock.RESOLUTION: draws.resolution_seconds,
            }[clock]
        )


@dataclass(frozen=True)
class Comparison:
    """Scenarios of one operation, computed with the same draws; "as is" comes first.

    Attributes:
        outcomes: one for each scenario.
        currency: ISO 4217.
        service_target: the share to be answered in time.
    """

    outcomes: tuple[Outcome, ...]
    currency: str
    service_target: float

    @property
    def as_is(self) -> Outcome:
        """The team without any lever."""
        return self.outcomes[0]

    def outcome(self, scenario: str) -> Outcome:
        """The outcome of a scenario by its name.

        Raises:
            KeyError: there is no such scenario.
        """
        for outcome in self.outcomes:
            if outcome.scenario == scenario:
                return outcome
        raise KeyError(scenario)
