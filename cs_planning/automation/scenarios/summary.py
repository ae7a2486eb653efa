"""A scenario in one plain sentence, for people who decide."""

from __future__ import annotations

from functools import reduce

import numpy as np

from cs_planning.automation.scenarios.outcome import Clock, Comparison, Outcome
from cs_planning.kpis.quantity import duration
from cs_planning.language import Money, Percent, Text, ntext, text

_LEAST_SECONDS = 0.5
_LEAST_COST = 1e-6
_HARDLY_ANY = 0.005


def sentence_of(outcome: Outcome, comparison: Comparison) -> Text:
    """What a scenario means against "as is", with the time over which a backlog's waits are a mean.

    Args:
        outcome: one of the comparison.
        comparison: holds "as is" and the currency.
    """
    if outcome.mixes_waits:
        return _by_channel(outcome, comparison)
    return reduce(
        lambda told, window: text("{told} {window}", told=told, window=window), windows_of(outcome), _whole(outcome, comparison)
    )


def windows_of(outcome: Outcome) -> tuple[Text, ...]:
    """Over which time the waits of each backlog are a mean."""
    return tuple(
        text("Waits of {channel}: {window}.", channel=one.name, window=one.window)
        for one in outcome.channels
        if one.window is not None
    )


def _whole(outcome: Outcome, comparison: Comparison) -> Text:
    """The sentence where all channels wait alike."""
    before = comparison.as_is
    level = Percent(share=outcome.service_level.median, digits=1)
    solved = duration(outcome.response_seconds(Clock.RESOLUTION).median)
    if outcome.response_seconds(Clock.RESOLUTION).median < outcome.response_seconds(Clock.PERSON).median:
        solved = text("{time}, with those whom the bot ends,", time=solved)
    if outcome is before:
        return text(
            "As things are, customers wait {person} from their first contact to a person and {solved} to the solution; "
            "{level} are answered in time, and a month costs {cost}.",
            person=duration(outcome.response_seconds(Clock.PERSON).median),
            solved=solved,
            level=level,
            cost=Money(amount=outcome.cost_per_month.median, currency=comparison.currency),
        )
    difference = outcome.cost_per_month.median - before.cost_per_month.median
    if _costs_the_same(outcome, before):
        return text(
            "Customers now wait {person}, and {solved} to the solution instead of {solved_before}; {level} are answered in "
            "time, and a month costs as much as before. {payback}",
            person=_until_person(outcome, before),
            solved=solved,
            solved_before=duration(before.response_seconds(Clock.RESOLUTION).median),
            level=level,
            payback=_payback(outcome, saves=False),
        )
    shared = {
        "person": _until_person(outcome, before),
        "solved": solved,
        "solved_before": duration(before.response_seconds(Clock.RESOLUTION).median),
        "level": level,
        "money": Money(amount=abs(difference), currency=comparison.currency),
        "payback": _payback(outcome, saves=difference < 0),
    }
    if difference < 0:
        return text(
            "Customers now wait {person}, and {solved} to the solution instead of {solved_before}; {level} are answered "
            "in time, a month costs {money} less. {payback}",
            **shared,
        )
    return text(
        "Customers now wait {person}, and {solved} to the solution instead of {solved_before}; {level} are answered in "
        "time, a month costs {money} more. {payback}",
        **shared,
    )


def _costs_the_same(outcome: Outcome, before: Outcome) -> bool:
    """Whether the costs of a month differ by less than anybody would write down."""
    now, then = outcome.cost_per_month.median, before.cost_per_month.median
    return abs(now - then) < _LEAST_COST * max(abs(then), 1.0)


def _until_person(outcome: Outcome, before: Outcome, place: int | None = None) -> Text:
    """What passes from the first contact to a person, and how much of it with the bot."""
    now, then = (one.response_seconds(Clock.PERSON, place).median for one in (outcome, before))
    draws = outcome.draws_of(place)
    own = outcome.draws if place is None else outcome.channels[place].draws
    asked = float(np.median(own.contacts.offered - own.contacts.contained - own.contacts.handed_over))
    if asked < _HARDLY_ANY * float(np.median(own.contacts.offered)):
        return text("for nobody any more, since hardly anybody asks for a person, instead of {before}", before=duration(then))
    if float(np.median(draws.abandonment_rate)) > 1 - _HARDLY_ANY:
        return text(
            "{now} until they give up, since nobody answers them, instead of {before} from their first contact to a person",
            now=duration(now),
            before=duration(then),
        )
    with_bot = float(np.median(draws.to_person_seconds - draws.mean_wait_seconds))
    if with_bot < _LEAST_SECONDS:
        return text("{now} from their first contact to a person instead of {before}", now=duration(now), before=duration(then))
    return text(
        "{now} from their first contact to a person, {bot} of it with the bot, instead of {before}",
        now=duration(now),
        bot=duration(with_bot),
        before=duration(then),
    )


def _by_channel(outcome: Outcome, comparison: Comparison) -> Text:
    """The sentence where some channels wait for seconds and others for hours."""
    before = comparison.as_is
    as_is = outcome is before
    waits = [_of_channel(outcome, before, place) for place, channel in enumerate(outcome.channels) if channel.has_people]
    listed = reduce(lambda one, other: text("{one}; {other}", one=one, other=other), waits)
    difference = outcome.cost_per_month.median - before.cost_per_month.median
    money = Money(amount=outcome.cost_per_month.median if as_is else abs(difference), currency=comparison.currency)
    if as_is:
        return text(
            "As things are, customers wait ({waits}), and a month costs {cost}.",
            waits=listed,
            cost=money,
        )
    if _costs_the_same(outcome, before):
        return text(
            "Customers now wait ({waits}); a month costs as much as before. {payback}",
            waits=listed,
            payback=_payback(outcome, saves=False),
        )
    shared = {"waits": listed, "money": money, "payback": _payback(outcome, saves=difference < 0)}
    if difference < 0:
        return text("Customers now wait ({waits}); a month costs {money} less. {payback}", **shared)
    return text("Customers now wait ({waits}); a month costs {money} more. {payback}", **shared)


def _of_channel(outcome: Outcome, before: Outcome, place: int) -> Text:
    """The wait of one channel's customers and how many are answered in time, with the window of a backlog's mean.

    The service level stands with its channel: that of a telephone and of a mailbox count different seconds.
    """
    channel = outcome.channels[place]
    level = Percent(share=channel.service_level.median, digits=1)
    if outcome is before:
        person = duration(outcome.response_seconds(Clock.PERSON, place).median)
        told = text(
            "{channel}: {wait} from their first contact to a person, {level} in time",
            channel=channel.name,
            wait=person,
            level=level,
        )
    else:
        until = _until_person(outcome, before, place)
        told = text("{channel}: {wait}, {level} in time", channel=channel.name, wait=until, level=level)
    return told if channel.window is None else text("{told} ({window})", told=told, window=channel.window)


def _payback(outcome: Outcome, *, saves: bool) -> Text:
    if outcome.one_off <= 0:
        return text("Nothing is paid at the start.")
    if outcome.payback_months is None or not saves:
        return text("What is paid at the start does not come back within the time looked at.")
    return ntext(
        "What is paid at the start is back after {count} month.",
        "What is paid at the start is back after {count} months.",
        outcome.payback_months,
    )
