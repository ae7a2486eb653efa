"""Erlang C beside Erlang A: what the same team would look like if nobody ever gave up; for comparison only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_planning.automation.queues.erlang import erlang_c
from cs_planning.automation.team.channel import Channel, ChannelKind
from cs_planning.automation.team.operation import Operation
from cs_planning.language import Duration, Percent, Text, text


@dataclass(frozen=True)
class WithoutAbandonment:
    """The queue of a channel if nobody ever gave up.

    Attributes:
        mean_wait_seconds: of everybody; infinite where in some interval more arrives than can be answered.
        service_level: answered in time, 0…1.
    """

    mean_wait_seconds: float
    service_level: float


def without_abandonment(channel: Channel, operation: Operation) -> WithoutAbandonment | None:
    """A telephone channel by Erlang C, interval by interval, weighted by contacts; None for other channels.

    Args:
        channel: one of the operation's, calibrated or not.
        operation: for the share that a partner answers.

    Not valid when: people do give up, which is why it stands beside the result only; each interval is taken as steady.
    """
    if channel.kind is not ChannelKind.PHONE:
        return None
    arrivals = channel.arrivals_by_day() * (1 - operation.outsourced_share)
    queue = erlang_c(
        arrivals / channel.interval_seconds(),
        channel.handle_time_seconds,
        channel.agents_by_day() * channel.availability,
        channel.answer_within_seconds,
    )
    some = arrivals > 0
    shares = arrivals[some] / arrivals.sum()
    wait, level = np.asarray(queue.mean_wait_seconds)[some], np.asarray(queue.service_level)[some]
    return WithoutAbandonment(float((shares * wait).sum()), float((shares * level).sum()))


def comparison_sentence(found: WithoutAbandonment) -> Text:
    """The comparison in plain words."""
    if not np.isfinite(found.mean_wait_seconds):
        return text("For comparison, Erlang C: if nobody ever gave up, the queue would grow without end at times.")
    return text(
        "For comparison, Erlang C: if nobody ever gave up, people would wait {wait} and {level} be answered in time.",
        wait=Duration(seconds=found.mean_wait_seconds),
        level=Percent(share=found.service_level, digits=1),
    )
