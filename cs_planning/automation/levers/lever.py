"""What a team can change, each lever with ranges instead of points, where its default comes from, and what it hides.

A plain number may stand wherever a range stands: that is what a slider sets.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field

from cs_planning.automation.levers.shift import Bill, Sample, Shift
from cs_planning.automation.ranges import Change, Deflected, NotNegative, Plain, Range, Share
from cs_planning.automation.team.channel import Channel
from cs_planning.automation.team.residual import handle_time_multiplier
from cs_planning.automation.team.usual_prices import is_usual_resolution, usual_prices
from cs_planning.errors import InvalidOperation, Problem
from cs_planning.language import Text, text


class _Lever(BaseModel):
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


class ChatbotLever(_Lever):
    """A bot that answers first and hands over what it can't solve.

    Attributes:
        containment: share of all contacts that end with the bot.
        false_containment: share of those that were not solved and come back to a person.
        easiest_first: 0 when it takes contacts at random, 1 when it takes exactly the shortest.
        escalated_handle_time_change: relative change of the handle time after a handover.
        price_per_resolution: for each contact that ends with the bot (the vendor counts the false ones too); where nobody
            wrote it the usual one, see `in_currency`.
        price_per_conversation: for each contact that talks to it.
        first_answer_seconds: until its first answer.
        seconds_before_handover: with the bot before a person takes over.
    """

    title: ClassVar[Text] = text("Chatbot")
    source: ClassVar[Text] = text(
        "Gartner 2023: 17 % (billing) to 58 % (returns) solved by bots; Gartner 2019: 9 % fully self-served; Intercom: 59 % on "
        "average, 25–35 % for new set-ups; Qualtrics 2026: about one in five users without benefit; prices from 0.99 to 2.00 "
        "US dollars."
    )
    caveat: ClassVar[Text] = text(
        "Vendors count a customer who fell silent as solved. Above 40 % of all contacts only with results of an own pilot."
    )
    uncertain: ClassVar[Mapping[str, Text]] = {
        "containment": text("Chatbot: share that ends with it"),
        "false_containment": text("Chatbot: of these, not really solved"),
        "easiest_first": text("Chatbot: takes the easy contacts first"),
        "escalated_handle_time_change": text("Chatbot: handle time after a handover"),
        "price_per_resolution": text("Chatbot: price of a resolution"),
        "price_per_conversation": text("Chatbot: price of a conversation"),
        "first_answer_seconds": text("Chatbot: first answer"),
        "seconds_before_handover": text("Chatbot: time before a handover"),
    }

    kind: Literal["chatbot"] = "chatbot"
    containment: Share = Range(min=0.05, mode=0.18, max=0.35)
    false_containment: Share = Range(min=0.05, mode=0.15, max=0.35)
    easiest_first: Share = Range(min=0, mode=0.5, max=1)
    escalated_handle_time_change: Change = Range(min=-0.10, mode=0.05, max=0.20)
    price_per_resolution: NotNegative = Range(min=0.50, mode=0.99, max=2.00)
    price_per_conversation: NotNegative = 0.0
    first_answer_seconds: NotNegative = 2.0
    seconds_before_handover: NotNegative = 90.0

    def in_currency(self, currency: str) -> Self:
        """The bot with the usual price of a resolution in a currency, unless somebody wrote one."""
        field = "price_per_resolution"
        if field in self.model_fields_set and not is_usual_resolution(self.price_per_resolution):
            return self
        known = usual_prices(currency)
        if known is None:
            raise InvalidOperation(
                text("What a resolution by a bot usually costs in {currency} is not known.", currency=currency),
                text("Write `{field}` yourself, as the vendor offers it.", field=field),
                [
                    Problem(
                        field=field,
                        message=text("What a resolution by a bot usually costs in {currency} is not known.", currency=currency),
                        remedy=text("Write `{field}` yourself, as the vendor offers it.", field=field),
                    )
                ],
            )
        return self.model_copy(update={field: known.resolution})

    def shift(self, sample: Sample, channel: Channel) -> Shift:
        """The residual mix: fewer contacts for people, but longer ones."""
        contained = sample.draw("chatbot.containment", self.containment)
        solved = contained * (1 - sample.draw("chatbot.false_containment", self.false_containment))
        first = sample.draw("chatbot.easiest_first", self.easiest_first)
        escalated = sample.draw("chatbot.escalated_handle_time_change", self.escalated_handle_time_change)
        fees = contained * sample.draw("chatbot.price_per_resolution", self.price_per_resolution)
        return Shift(
            reaching_people=1 - solved,
            contained=contained,
            handle_time=handle_time_multiplier(solved, channel.handle_time_sigma, first) * (1 + escalated),
            fees_per_contact=fees + sample.draw("chatbot.price_per_conversation", self.price_per_conversation),
            answers_first=True,
            bot_answer_seconds=sample.draw("chatbot.first_answer_seconds", self.first_answer_seconds),
            bot_seconds=sample.draw("chatbot.seconds_before_handover", self.seconds_before_handover),
        )


class SelfServiceLever(_Lever):
    """A portal, better help pages: contacts that never come, and contacts that come because of it.

    Attributes:
        deflection: share of the contacts that stay away; negative when the portal raises questions.
        uplift: relative rise of demand because service is easier to reach.
        easiest_first: as for the chatbot.
        solved_share_change: added to the share that ends in the team's self-service channel, where it has one; what no longer
            comes from there leaves the channels of people.
    """

    title: ClassVar[Text] = text("Self-service")
    also_without_people: ClassVar[bool] = True
    source: ClassVar[Text] = text(
        "Kumar & Telang 2012: calls rose 14 % overall and fell 29 % for unambiguous topics; Campbell & Frei 2010: use of the "
        "call centre and cost to serve rose, retention rose too."
    )
    caveat: ClassVar[Text] = text("It may raise the number of contacts instead of lowering it; the default allows for that.")
    uncertain: ClassVar[Mapping[str, Text]] = {
        "deflection": text("Self-service: contacts that stay away"),
        "uplift": text("Self-service: new demand"),
        "easiest_first": text("Self-service: takes the easy contacts first"),
        "solved_share_change": text("Self-service: more of the visits end there"),
    }

    kind: Literal["self_service"] = "self_service"
    deflection: Deflected = Range(min=-0.10, mode=0.05, max=0.20)
    uplift: Change = Range(min=0, mode=0.05, max=0.14)
    easiest_first: Share = Range(min=0, mode=0.5, max=1)
    solved_share_change: Change = 0.0

    def shift(self, sample: Sample, channel: Channel) -> Shift:
        """Fewer (or more) contacts, and a longer mean where the easy ones leave; on the pages themselves, more visits."""
        deflected = sample.draw("self_service.deflection", self.deflection)
        first = sample.draw("self_service.easiest_first", self.easiest_first)
        uplift = sample.draw("self_service.uplift", self.uplift)
        if not channel.has_people:
            solved = sample.draw("self_service.solved_share_change", self.solved_share_change)
            return Shift(volume=1 + uplift, solved_added=solved)
        return Shift(
            volume=(1 - deflected).clip(0) * (1 + uplift),
            handle_time=handle_time_multiplier(deflected.clip(0), channel.handle_time_sigma, first),
        )


class AgentAssistLever(_Lever):
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


class RoutingLever(_Lever):
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


class StaffingLever(_Lever):
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


class OutsourcingLever(_Lever):
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


class TrainingLever(_Lever):
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


class DemandLever(_Lever):
    """Growth, a campaign, or contacts avoided at their cause.

    Attributes:
        volume_change: relative change of the contacts.
    """

    title: ClassVar[Text] = text("Demand")
    also_without_people: ClassVar[bool] = True
    source: ClassVar[Text] = text("Own expectation; the volume of a service team varies by about 10 % around its forecast.")
    caveat: ClassVar[Text] = text("Uncertainty of demand usually outweighs that of any other lever.")
    uncertain: ClassVar[Mapping[str, Text]] = {
        "volume_change": text("Demand: volume"),
    }

    kind: Literal["demand"] = "demand"
    volume_change: Change = Range(min=-0.10, mode=0, max=0.10)
    ramp_months: NotNegative = 1.0

    def shift(self, sample: Sample, channel: Channel) -> Shift:
        """More or fewer contacts."""
        return Shift(volume=1 + sample.draw("demand.volume_change", self.volume_change))


Lever = Annotated[
    ChatbotLever
    | SelfServiceLever
    | AgentAssistLever
    | RoutingLever
    | StaffingLever
    | OutsourcingLever
    | TrainingLever
    | DemandLever,
    Field(discriminator="kind"),
]
"""Any lever, known by its `kind`."""

LEVERS: tuple[type[_Lever], ...] = get_args(get_args(Lever)[0])
"""Every lever that there is."""

SHARED_FIELDS = frozenset({*_Lever.model_fields, "kind"})
"""The fields that all levers have."""
