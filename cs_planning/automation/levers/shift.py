"""What levers do, in numbers: to one channel (`Shift`) and to the bill (`Bill`)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Protocol

from cs_planning.automation.ranges import Spread
from cs_planning.automation.special_functions import Floats

Amount = float | Floats
"""A number, or one for each draw."""


class Sample(Protocol):
    """Where values of uncertain quantities come from."""

    def draw(self, key: str, value: Spread) -> Floats:
        """The draws of `value`, shape (n,); the same `key` gives the same random numbers in every scenario."""
        ...


@dataclass(frozen=True)
class Shift:
    """Factors and additions on one channel; the defaults change nothing.

    Attributes:
        volume: factor on the contacts that ask for service.
        reaching_people: share of them that a person must handle.
        contained: share that a bot says it solved.
        handle_time: factor on the handle time of people.
        agents: factor on the people on the queue.
        agents_added: people added.
        recontact: factor on the share of the served who come back.
        fees_per_contact: paid to a bot for each contact that asks for service.
        answers_first: whether a bot answers before a person.
        bot_answer_seconds: until the bot's first answer, where there is one.
        bot_seconds: with the bot before a person takes over.
        solved_added: added to the share that ends in self-service.
    """

    volume: Amount = 1.0
    reaching_people: Amount = 1.0
    contained: Amount = 0.0
    handle_time: Amount = 1.0
    agents: Amount = 1.0
    agents_added: Amount = 0.0
    recontact: Amount = 1.0
    fees_per_contact: Amount = 0.0
    answers_first: bool = False
    bot_answer_seconds: Amount = 0.0
    bot_seconds: Amount = 0.0
    solved_added: Amount = 0.0

    def then(self, later: Shift) -> Shift:
        """Both, one after the other."""
        return Shift(
            volume=self.volume * later.volume,
            reaching_people=self.reaching_people * later.reaching_people,
            contained=self.contained + self.reaching_people * later.contained,
            handle_time=self.handle_time * later.handle_time,
            agents=self.agents * later.agents,
            agents_added=self.agents_added * later.agents + later.agents_added,
            recontact=self.recontact * later.recontact,
            fees_per_contact=self.fees_per_contact + self.reaching_people * later.fees_per_contact,
            answers_first=self.answers_first or later.answers_first,
            bot_answer_seconds=self.bot_answer_seconds if self.answers_first else later.bot_answer_seconds,
            bot_seconds=self.bot_seconds + later.bot_seconds,
            solved_added=self.solved_added + later.solved_added,
        )


@dataclass(frozen=True)
class Bill:
    """What levers cost beside the fees of each contact.

    Attributes:
        monthly: licences and upkeep a month.
        monthly_per_agent: licences for each person employed on the channels that they work on, a month.
        one_off: paid once at the start.
        shrinkage_added: more (or less) of the paid time away from the queue, of those people.
        outsourced_price: factor on the partner's price.
        outsourced_recontact: share of the partner's contacts that come back in addition.
        outsourced_minimum: contacts a month paid for in any case.
    """

    monthly: Amount = 0.0
    monthly_per_agent: Amount = 0.0
    one_off: Amount = 0.0
    shrinkage_added: Amount = 0.0
    outsourced_price: Amount = 1.0
    outsourced_recontact: Amount = 0.0
    outsourced_minimum: Amount = 0.0

    def __add__(self, other: Bill) -> Bill:
        sums = {field.name: getattr(self, field.name) + getattr(other, field.name) for field in fields(self)}
        sums["outsourced_price"] = self.outsourced_price * other.outsourced_price
        return Bill(**sums)
