"""What one channel does in each draw."""

from __future__ import annotations

from dataclasses import dataclass

from cs_planning.automation.special_functions import Floats


@dataclass(frozen=True)
class ChannelDraws:
    """What a channel does, arrays of shape (n,) unless said otherwise; contacts and hours are those of a month.

    Attributes:
        demand: contacts that ask for service, those of bot and partner included.
        contained: of them, those that a bot says it solved.
        people: contacts that reach the own people.
        outsourced: contacts that reach the partner.
        resolved: issues settled by bot, people and partner.
        wait: mean wait for a person, everybody who wants one.
        level: share of them served in time.
        abandonment: share of them that gives up.
        occupancy: busy share of the time of the people present.
        handle_time: mean handle time of people.
        agent_hours: hours on the queue, absence not taken off.
        agents: people on the queue, mean over the opening hours.
        fees: paid to the bot.
        first_response: from first contact to any answer, the bot's included.
        to_person: from first contact to a person, those who want one.
        to_resolution: from first contact to the end of handling.
        overloaded: share of the contacts that arrive while load is at or above the people present.
    """

    demand: Floats
    contained: Floats
    people: Floats
    outsourced: Floats
    resolved: Floats
    wait: Floats
    level: Floats
    abandonment: Floats
    occupancy: Floats
    handle_time: Floats
    agent_hours: Floats
    agents: Floats
    fees: Floats
    first_response: Floats
    to_person: Floats
    to_resolution: Floats
    overloaded: Floats
