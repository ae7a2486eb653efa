"""Levers on what reaches people: a bot, self-service, demand.  Their defaults are ranges with a source and what they hide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, Self

from cs_planning.automation.levers.lever import AnyLever
from cs_planning.automation.levers.shift import Sample, Shift
from cs_planning.automation.ranges import Change, Deflected, NotNegative, Range, Share
from cs_planning.automation.team.channel import Channel
from cs_planning.automation.team.residual import handle_time_multiplier
from cs_planning.automation.team.usual_prices import is_usual_resolution, usual_prices
from cs_planning.errors import InvalidOperation, Problem
from cs_planning.language import Text, text


class ChatbotLever(AnyLever):
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


class SelfServiceLever(AnyLever):
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


class DemandLever(AnyLever):
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
