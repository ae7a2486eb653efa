"""A scenario in one plain sentence, for people who decide."""

from __future__ import annotations

from functools import reduce

from cs_planning.automation.scenarios.outcome import Comparison, Outcome
from cs_planning.kpis.quantity import duration
from cs_planning.language import Duration, Money, Percent, Text, text


def sentence_of(outcome: Outcome, comparison: Comparison) -> Text:
    """What a scenario means against "as is".

    Args:
        outcome: one of the comparison.
        comparison: holds "as is" and the currency.
    """
    if outcome.mixes_waits:
        return _by_channel(outcome, comparison)
    cost = Money(amount=outcome.cost_per_month.median, currency=comparison.currency)
    level = Percent(share=outcome.service_level.median, digits=1)
    before = comparison.as_is
    if outcome is before:
        return text(
            "As things are, people wait {wait}, {level} are answered in time, and a month costs {cost}.",
            wait=Duration(seconds=outcome.mean_wait_seconds.median),
            level=level,
            cost=cost,
        )
    difference = outcome.cost_per_month.median - before.cost_per_month.median
    shared = {
        "wait": Duration(seconds=outcome.mean_wait_seconds.median),
        "before": Duration(seconds=before.mean_wait_seconds.median),
        "level": level,
        "money": Money(amount=abs(difference), currency=comparison.currency),
        "payback": _payback(outcome, saves=difference < 0),
    }
    if difference < 0:
        return text(
            "People wait {wait} instead of {before}, {level} are answered in time, a month costs {money} less. {payback}",
            **shared,
        )
    return text(
        "People wait {wait} instead of {before}, {level} are answered in time, a month costs {money} more. {payback}",
        **shared,
    )


def _by_channel(outcome: Outcome, comparison: Comparison) -> Text:
    """The sentence where some channels wait for seconds and others for hours."""
    before = comparison.as_is
    as_is = outcome is before
    waits = [
        text("{channel}: {wait}", channel=now.name, wait=duration(now.mean_wait_seconds.median))
        if as_is
        else text(
            "{channel}: {wait} instead of {before}",
            channel=now.name,
            wait=duration(now.mean_wait_seconds.median),
            before=duration(then.mean_wait_seconds.median),
        )
        for now, then in zip(outcome.channels, before.channels, strict=True)
        if now.has_people
    ]
    listed = reduce(lambda one, other: text("{one}; {other}", one=one, other=other), waits)
    level = Percent(share=outcome.service_level.median, digits=1)
    difference = outcome.cost_per_month.median - before.cost_per_month.median
    money = Money(amount=outcome.cost_per_month.median if as_is else abs(difference), currency=comparison.currency)
    if as_is:
        return text(
            "As things are, people wait ({waits}), {level} are answered in time, and a month costs {cost}.",
            waits=listed,
            level=level,
            cost=money,
        )
    shared = {"waits": listed, "level": level, "money": money, "payback": _payback(outcome, saves=difference < 0)}
    if difference < 0:
        return text("People wait ({waits}), {level} are answered in time, a month costs {money} less. {payback}", **shared)
    return text("People wait ({waits}), {level} are answered in time, a month costs {money} more. {payback}", **shared)


def _payback(outcome: Outcome, *, saves: bool) -> Text:
    if outcome.one_off <= 0:
        return text("Nothing is paid at the start.")
    if outcome.payback_months is None or not saves:
        return text("What is paid at the start does not come back within the time looked at.")
    return text("What is paid at the start is back after {months} months.", months=outcome.payback_months)
