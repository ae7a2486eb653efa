"""What one channel does in each draw."""

from __future__ import annotations

from dataclasses import dataclass

from cs_planning.automation.special_functions import Floats


@dataclass(frozen=True)
class Contacts:
    """Where the contacts of a month end, arrays of shape (n,).

    What is offered and what waited before is answered, abandoned, contained, handed over, or waits.

    Attributes:
        offered: contacts that ask for service, repeats included; on pages of self-service all visits.
        waiting_before: in the backlog when the month begins.
        answered: by own people.
        abandoned: given up while waiting for them.
        contained: ended with the bot or on the pages for good.
        handed_over: to the partner; from pages of self-service to another channel.
        waiting: in the backlog at the end.
    """

    offered: Floats
    waiting_before: Floats
    answered: Floats
    abandoned: Floats
    contained: Floats
    handed_over: Floats
    waiting: Floats

    def __add__(self, other: Contacts) -> Contacts:
        return Contacts(**{name: value + getattr(other, name) for name, value in vars(self).items()})


@dataclass(frozen=True)
class Issues:
    """What becomes of the issues behind the contacts of a month, arrays of shape (n,).

    Those that exist are resolved, lost, or wait.

    Attributes:
        exist: that customers have, however often they ask, and those that waited before.
        resolved: for good, by bot, pages, people and partner.
        lost: given up for good.
        waiting: in the backlog at the end.
    """

    exist: Floats
    resolved: Floats
    lost: Floats
    waiting: Floats

    def __add__(self, other: Issues) -> Issues:
        return Issues(**{name: value + getattr(other, name) for name, value in vars(self).items()})


@dataclass(frozen=True)
class Hours:
    """Hours of a month on the queue, arrays of shape (n,); never more worked than rostered.

    Attributes:
        rostered: of the people who are there.
        worked: with at least one contact in hand.
    """

    rostered: Floats
    worked: Floats

    def __add__(self, other: Hours) -> Hours:
        return Hours(self.rostered + other.rostered, self.worked + other.worked)


@dataclass(frozen=True, eq=False)
class ChannelDraws:
    """What a channel does, arrays of shape (n,) unless said otherwise; contacts and hours are those of a month.

    Attributes:
        contacts: where they end.
        issues: what becomes of what is behind them.
        hours: of the people.
        demand: contacts that ask for service, those of bot and partner included; of visits to pages those that end there.
        contained: of them, those that a bot says it solved.
        people: contacts that want one of the own people.
        outsourced: contacts that reach the partner.
        wait: mean wait for a person, everybody who wants one.
        level: share of them served in time.
        abandonment: share of them that gives up.
        occupancy: busy share of the time of the people present.
        handle_time: mean handle time of people.
        agent_hours: hours on the queue that are paid for, absence not taken off.
        agents: people on the queue, mean over the opening hours.
        fees: paid to the bot.
        first_response: from first contact to any answer, the bot's included.
        to_person: from first contact to a person, those who want one.
        to_resolution: from first contact to the end of handling, those who come to one: whoever gave up has no solution.
        overloaded: share of the contacts that arrive while load is at or above the people present.
        level_by_interval: mean service level of each weekday and interval of the day, shape (days, intervals).
    """

    contacts: Contacts
    issues: Issues
    hours: Hours
    demand: Floats
    contained: Floats
    people: Floats
    outsourced: Floats
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
    level_by_interval: Floats
