"""Levers on people and their work: assistance, routing, staffing, a partner, training.  Their defaults are ranges too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from cs_planning.automation.levers.lever import AnyLever
from cs_planning.automation.levers.shift import Bill, Sample, Shift
from cs_planning.automation.ranges import Change, NotNegative, Plain, Range, Share
from cs_planning.automation.team.channel import Channel
from cs_planning.language import Text, text


class AgentAssistLever(AnyLever):
    """Suggestions, summaries and search while an agent works.

    Attributes:
        handle_time_change: relative change for the experienced.
        novice_share: share of the team in its first months.
        novice_handle_time_change: relative change for them.
        cost_per_agent_month: licence for each person employed.
    """

    title: ClassVar[Text] = text("Agent assist")
    source: ClassVar[Text] = text(
        "Brynjolfsson, Li & Raymond 2025: 15 % more issues an hour, about 30 % for novices, none for the best; Zhang & "
        "Narayandas: replies 20–22 % faster, most of it in the first three months of service."
    )
    caveat: ClassVar[Text] = text(
        "The best agents gain nothing and lose a little quality. The licence price is yours to enter; the default is 0."
    )
    uncertain: ClassVar[Mapping[str, Text]] = {
        "handle_time_change": text("Agent assist: handle time"),
        "novice_share": text("Agent assist: share of novices"),
        "novice_handle_time_change": text("Agent assist: handle time of novices"),
        "cost_per_agent_month": text("Agent assist: licence for each person"),
    }

    kind: Literal["agent_assist"] = "agent_assist"
    handle_time_change: Change = Range(min=-0.15, mode=-0.08, max=-0.02)
    novice_share: Share = 0.0
    novice_handle_time_change: Change = Range(min=-0.25, mode=-0.20, max=-0.10)
    cost_per_agent_month: NotNegative = 0.0

    def shift(self, sample: Sample, channel: Channel) -> Shift:
        """A shorter handle time, mixed over experienced and new agents."""
        novices = sample.draw("agent_assist.novice_share", self.novice_share)
        usual = sample.draw("agent_assist.handle_time_change", self.handle_time_change)
        early = sample.draw("agent_assist.novice_handle_time_change", self.novice_handle_time_change)
        return Shift(handle_time=1 + (1 - novices) * usual + novices * early)

    def bill(self, sample: Sample) -> Bill:
        """Licences by head."""
        heads = Bill(monthly_per_agent=sample.draw("agent_assist.cost_per_agent_month", self.cost_per_agent_month))
        return super().bill(sample) + heads


class RoutingLever(AnyLever):
    """Contacts reach the right person at once and data entry is automatic.

    Attributes:
        handle_time_change: relative change of the handle time.
        recontact_change: relative change of the share that comes back.
    """

    title: ClassVar[Text] = text("Routing and automatic data entry")
    source: ClassVar[Text] = text("No published before-and-after measurement found; the default is a cautious assumption.")
    caveat: ClassVar[Text] = text("Measure transfers and typing time in your own team before you rely on it.")
    uncertain: ClassVar[Mapping[str, Text]] = {
        "handle_time_change": text("Routing: handle time"),
        "recontact_change": text("Routing: repeat contacts"),
    }

    kind: Literal["routing"] = "routing"
    handle_time_change: Change = Range(min=-0.08, mode=-0.03, max=0)
    recontact_change: Change = Range(min=-0.10, mode=-0.03, max=0)

    def shift(self, sample: Sample, channel: Channel) -> Shift:
        """Shorter contacts, fewer repeats."""
        return Shift(
            handle_time=1 + sample.draw("routing.handle_time_change", self.handle_time_change),
            recontact=1 + sample.draw("routing.recontact_change", self.recontact_change),
        )


class StaffingLever(AnyLever):
    """More or fewer people on the queue.

    Attributes:
        agents_change: people on the queue added (or, negative, removed) at every hour.
        agents_share_change: relative change of the people on the queue.
        shrinkage_change: added to the share of paid time away from the queue.
    """

    title: ClassVar[Text] = text("Staffing")
    source: ClassVar[Text] = text(
        "Own decision; usual shrinkage 25–38 %, hiring takes 6–12 weeks, occupancy above 85–88 % wears out."
    )
    caveat: ClassVar[Text] = text("Hours are saved only when they leave the roster.")
    uncertain: ClassVar[Mapping[str, Text]] = {
        "agents_change": text("Staffing: people added"),
        "agents_share_change": text("Staffing: relative change"),
        "shrinkage_change": text("Staffing: time away from the queue"),
    }

    kind: Literal["staffing"] = "staffing"
    agents_change: Plain = 0.0
    agents_share_change: Change = 0.0
    shrinkage_change: Change = 0.0
    ramp_months: NotNegative = Range(min=1, mode=2, max=4)

    def shift(self, sample: Sample, channel: Channel) -> Shift:
        """More or fewer people; those of an interval never fall below 0."""
        return Shift(
            agents=1 + sample.draw("staffing.agents_share_change", self.agents_share_change),
            agents_added=sample.draw("staffing.agents_change", self.agents_change),
        )

    def bill(self, sample: Sample) -> Bill:
        """Changed shrinkage; the hours themselves are counted with the roster."""
        return super().bill(sample) + Bill(shrinkage_added=sample.draw("staffing.shrinkage_change", self.shrinkage_change))


class OutsourcingLever(AnyLever):
    """A new price with the partner, on the outsourced share only.

    Attributes:
        price_change: relative change of the price per contact.
        recontact_added: share of the partner's contacts that come back in addition (quality drift).
        minimum_contacts_per_month: paid for in any case.
    """

    title: ClassVar[Text] = text("Outsourcing renegotiated")
    source: ClassVar[Text] = text("No study found for −20 % a ticket: it is a claim from negotiations.")
    caveat: ClassVar[Text] = text(
        "It touches the outsourced share only; a lower price may come with more repeats and a minimum volume."
    )
    uncertain: ClassVar[Mapping[str, Text]] = {
        "price_change": text("Outsourcing: price"),
        "recontact_added": text("Outsourcing: repeats from quality drift"),
        "minimum_contacts_per_month": text("Outsourcing: minimum volume"),
    }

    kind: Literal["outsourcing"] = "outsourcing"
    price_change: Change = Range(min=-0.20, mode=-0.08, max=0)
    recontact_added: Share = Range(min=0, mode=0.03, max=0.10)
    minimum_contacts_per_month: NotNegative = 0.0

    def bill(self, sample: Sample) -> Bill:
        """The partner's bill."""
        return super().bill(sample) + Bill(
            outsourced_price=1 + sample.draw("outsourcing.price_change", self.price_change),
            outsourced_recontact=sample.draw("outsourcing.recontact_added", self.recontact_added),
            outsourced_minimum=sample.draw("outsourcing.minimum_contacts_per_month", self.minimum_contacts_per_month),
        )


class TrainingLever(AnyLever):
    """Skills that shorten contacts and solve more of them at once.

    Attributes:
        handle_time_change: relative change of the handle time.
        recontact_change: relative change of the share that comes back (better first contact resolution).
        shrinkage_change: added to the share of paid time away from the queue, for the courses.
    """

    title: ClassVar[Text] = text("Training")
    source: ClassVar[Text] = text("No general measurement found; the default is a cautious assumption.")
    caveat: ClassVar[Text] = text("Courses take people off the queue: the added shrinkage is part of the price.")
    uncertain: ClassVar[Mapping[str, Text]] = {
        "handle_time_change": text("Training: handle time"),
        "recontact_change": text("Training: repeat contacts"),
        "shrinkage_change": text("Training: time for courses"),
    }

    kind: Literal["training"] = "training"
    handle_time_change: Change = Range(min=-0.08, mode=-0.03, max=0.02)
    recontact_change: Change = Range(min=-0.20, mode=-0.08, max=0)
    shrinkage_change: Change = Range(min=0, mode=0.01, max=0.03)

    def shift(self, sample: Sample, channel: Channel) -> Shift:
        """Shorter contacts, fewer repeats."""
        return Shift(
            handle_time=1 + sample.draw("training.handle_time_change", self.handle_time_change),
            recontact=1 + sample.draw("training.recontact_change", self.recontact_change),
        )

    def bill(self, sample: Sample) -> Bill:
        """Time for the courses."""
        return super().bill(sample) + Bill(shrinkage_added=sample.draw("training.shrinkage_change", self.shrinkage_change))
