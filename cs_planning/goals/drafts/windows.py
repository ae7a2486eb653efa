"""Which periods of a KPI a goal is judged by."""

from __future__ import annotations

from datetime import date

from cs_planning.goals.goal import Goal
from cs_planning.kpis.frequency import Rhythm


def last_period(rhythm: Rhythm, deadline: date) -> date:
    """The first day of the last period that is over on the deadline."""
    start = rhythm.start_of(deadline)
    return start if rhythm.end_of(deadline) == deadline else rhythm.next_after(start, -1)


def periods_left(rhythm: Rhythm, last_known: date, deadline: date) -> int:
    """How many periods come after `last_known` up to the last one that is over by `deadline`; at least 0."""
    return max(rhythm.count_between(last_known, last_period(rhythm, deadline)), 0)


def periods_that_count(goal: Goal, rhythm: Rhythm) -> tuple[date | None, date | None]:
    """The first days of the first and the last period that a goal is judged by; `None` without a start or a deadline.

    A period that had begun when the goal started counts only when no whole one follows; the last one is the last that is over
    on the deadline.
    """
    last = None if goal.deadline is None else last_period(rhythm, goal.deadline)
    if goal.start is None:
        return None, last
    first = rhythm.start_of(goal.start)
    if first != goal.start:
        following = rhythm.next_after(first)
        if goal.deadline is None or rhythm.end_of(following) <= goal.deadline:
            first = following
    return first, last
