"""From which containment a scenario with a chatbot pays: by the model itself, with the roster that the scenario leaves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np

from cs_planning.automation.levers.demand import ChatbotLever
from cs_planning.automation.levers.uncertainty import Likeliest, Repeated
from cs_planning.automation.scenarios.scenario import AS_IS, Scenario, outcome_draws
from cs_planning.automation.team.operation import Operation
from cs_planning.language import Percent, Text, text

_PERCENT = 100
_ROUNDING = 1 + 1e-9


class Obstacle(StrEnum):
    """Why no containment is enough."""

    COST = "cost"
    """The month costs more than as things are, whatever the bot takes."""
    WAIT = "wait"
    """Wherever the month costs no more, people wait longer."""


@dataclass(frozen=True)
class BreakEven:
    """From which containment a scenario pays.

    Attributes:
        containment: the smallest share of all contacts, in whole percents from 1 %; None if no share is enough.
        until: the largest share up to which it goes on paying; None if that is all contacts, or if no share is enough.
        obstacle: why no share is enough; None where one is.
    """

    containment: float | None
    until: float | None = None
    obstacle: Obstacle | None = None


@lru_cache(maxsize=64)
def break_even(operation: Operation, scenario: Scenario) -> BreakEven | None:
    """The smallest containment at which a month costs no more, and people wait no longer on any channel, than as things are.

    Args:
        operation: the team as it is.
        scenario: levers; all but the containment of its bots stay as they are, the change of the roster too.

    Returns:
        None for a scenario without a chatbot.

    Assumptions: everything takes its likeliest value, so that it may differ a little from medians of draws; where several bots
    stand in the scenario, they all take the same share; what is paid at the start counts for payback, not here. Without the
    condition on the wait, fewer people alone would pay.
    """
    if not any(isinstance(lever, ChatbotLever) for lever in scenario.levers):
        return None
    shares = np.arange(1, _PERCENT + 1) / _PERCENT
    varied = Repeated(len(shares), {"chatbot.containment": shares})
    cheap = pays = np.ones(len(shares), bool)
    for place, channel in enumerate(operation.channels):
        if channel.has_people:
            before = outcome_draws(operation, Scenario(name=AS_IS), Likeliest(), channel=place)
            after = outcome_draws(operation, scenario, varied, channel=place)
            cheap = after.cost_per_month <= before.cost_per_month * _ROUNDING
            pays = pays & cheap & (after.mean_wait_seconds <= before.mean_wait_seconds * _ROUNDING)
    if not pays.any():
        return BreakEven(None, obstacle=Obstacle.WAIT if cheap.any() else Obstacle.COST)
    first = int(np.argmax(pays))
    beyond = np.flatnonzero(~pays[first:])
    return BreakEven(float(shares[first]), float(shares[first + beyond[0] - 1]) if len(beyond) else None)


def break_even_sentence(found: BreakEven) -> Text:
    """What the break-even means, in plain words."""
    if found.obstacle is Obstacle.WAIT:
        return text("The bot does not break even: wherever a month costs no more than now, people wait longer.")
    if found.containment is None:
        return text(
            "The bot does not break even, whatever share of the contacts it takes: money is saved only when hours leave the "
            "roster."
        )
    share = Percent(share=found.containment)
    if found.until is not None:
        return text(
            "Break-even: with {share} to {most} of the contacts ending with the bot, a month costs no more than now and "
            "people wait no longer; outside of that, one of the two is worse.",
            share=share,
            most=Percent(share=found.until),
        )
    if round(100 * found.containment) == 1:
        return text(
            "The bot breaks even with any share of the contacts: a month costs no more than now and people wait no longer."
        )
    return text(
        "Break-even: from {share} of the contacts ending with the bot, a month costs no more than now and people "
        "wait no longer.",
        share=share,
    )


def break_even_words(found: BreakEven | None) -> Text:
    """The break-even in a cell of a table."""
    if found is None:
        return text("no chatbot")
    if found.obstacle is Obstacle.WAIT:
        return text("never: people wait longer")
    if found.containment is None:
        return text("never: it costs more")
    share = Percent(share=found.containment)
    if found.until is not None:
        return text("{least} to {most} of the contacts", least=share, most=Percent(share=found.until))
    return text("always") if round(100 * found.containment) == 1 else text("from {share} of the contacts", share=share)
