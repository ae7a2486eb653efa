"""Targets that vary from period to period: the path of steps on which a goal's target lies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cs_planning.goals.drafts.windows import periods_that_count
from cs_planning.goals.goal import Goal, Measure, TargetStep
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.frequency import Frequency, Rhythm
from cs_planning.kpis.quantity import difference
from cs_planning.language import Text, text

_FEWEST, _MOST = 2, 110
"""A single period has no path, and nobody reads more than two years of weeks."""


def periods_with_steps(goal: Goal, rhythm: Rhythm) -> tuple[date, ...]:
    """The first days of the periods that can have steps of their own; none for days, and where there are too few or too many.

    Args:
        goal: with start and deadline.
        rhythm: of the goal, in the years of its workspace.
    """
    first, last = periods_that_count(goal, rhythm)
    if first is None or last is None or goal.frequency is Frequency.DAY:
        return ()
    count = rhythm.count_between(first, last) + 1
    return tuple(rhythm.next_after(first, place) for place in range(count)) if _FEWEST <= count <= _MOST else ()


def path_of(goal: Goal) -> tuple[TargetStep, ...]:
    """The step of each period that counts, in order; none for a goal whose target is the same all the time.

    The target is the last step, the mean of the steps or their sum, as the goal counts it.  So whoever sets another target
    moves them all: by the same amount, those of a total in proportion.  A period without a step of its own takes the one
    before it.
    """
    if not goal.steps or goal.primary is None:
        return ()
    begun = goal if goal.start is not None else goal.model_copy(update={"start": goal.steps[0].first})
    periods = periods_with_steps(begun, _rhythm(goal))
    values = [_holding(goal.steps, first) for first in periods]
    if not values:
        return ()
    if goal.measure is Measure.TOTAL:
        whole = sum(values)
        shares = [value / whole for value in values] if whole else [1 / len(values)] * len(values)
        return tuple(TargetStep(first=first, value=goal.primary * share) for first, share in zip(periods, shares, strict=True))
    middle = sum(values) / len(values) if goal.measure is Measure.AVERAGE else values[-1]
    return tuple(
        TargetStep(first=first, value=goal.primary + (value - middle)) for first, value in zip(periods, values, strict=True)
    )


def is_judged_by_steps(goal: Goal) -> bool:
    """Whether every period is held against its own step; otherwise the steps are milestones on the way to the target."""
    return goal.measure is Measure.EVERY and bool(path_of(goal))


def hardest_words(goal: Goal, on_target: float, low: float, high: float, kpi: Kpi) -> Text:
    """What is expected of a goal whose periods have steps of their own: how far the hardest one lies from its step.

    Args:
        goal: judged by its steps, with a target.
        on_target, low, high: middle and 80 % range of the worst period, as far from the target as from its step.
        kpi: of the goal.
    """
    target = goal.primary or 0.0
    far, least, most = (_apart(value - target, kpi) for value in (on_target, low, high))
    return text(
        "Expected where it is hardest: {far} from the step of that period, in 80 of 100 futures between {least} and {most}.",
        far=far,
        least=least,
        most=most,
    )


def _apart(change: float, kpi: Kpi) -> Text:
    return text("{sign}{change}", sign="+" if change > 0 else "−" if change < 0 else "±", change=difference(abs(change), kpi))


def above_the_target(goal: Goal) -> tuple[tuple[date, float], ...]:
    """How far the step of each period lies above the target, by its first day; none where the steps do not judge the goal."""
    if goal.measure is not Measure.EVERY:
        return ()
    path = path_of(goal)
    return tuple((step.first, step.value - path[-1].value) for step in path)


def step_at(path: Sequence[TargetStep], period: date) -> TargetStep | None:
    """The step that holds for a period; `None` before the first one."""
    return next((step for step in reversed(path) if step.first <= period), None)


def with_last(goal: Goal, values: Sequence[float], periods: Sequence[date]) -> tuple[TargetStep, ...]:
    """Steps of which all but the last are chosen: the last one is what makes the target.

    Args:
        goal: with a target.
        values: of all periods but the last, in the KPI's unit.
        periods: the first days of all of them.
    """
    target = goal.primary or 0.0
    match goal.measure:
        case Measure.TOTAL:
            last = target - sum(values)
        case Measure.AVERAGE:
            last = target * len(periods) - sum(values)
        case _:
            last = target
    return tuple(TargetStep(first=first, value=value) for first, value in zip(periods, [*values, last], strict=True))


def even_steps(goal: Goal, periods: Sequence[date]) -> tuple[TargetStep, ...]:
    """Steps that lead evenly from the baseline to the target; a level one where there is no baseline.

    Args:
        goal: with a target.
        periods: the first days of the periods, at least one.
    """
    count, target = len(periods), goal.primary or 0.0
    middle = target / count if goal.measure is Measure.TOTAL else target
    begin = goal.baseline.value if goal.baseline is not None else middle
    # A mean lies half-way along an even way, which therefore goes on beyond it.
    is_mean = goal.measure in {Measure.TOTAL, Measure.AVERAGE}
    rise = 2 * (middle - begin) / (count + 1) if is_mean else (middle - begin) / count
    return tuple(TargetStep(first=first, value=begin + rise * (place + 1)) for place, first in enumerate(periods))


def moved_to(steps: Sequence[TargetStep], periods: Sequence[date]) -> tuple[TargetStep, ...]:
    """The steps of a goal whose time changes: the first period takes the first step, and so on; later ones take the last."""
    values = [step.value for step in steps]
    taken = values[: len(periods)] + values[-1:] * (len(periods) - len(values))
    return tuple(TargetStep(first=first, value=value) for first, value in zip(periods, taken, strict=True))


def what_reached_means(goal: Goal) -> Text:
    """What a goal with steps counts as reached, in a sentence or two."""
    return {
        Measure.LEVEL: text("Reached is what meets the target in the last period. The steps before it are milestones."),
        Measure.AVERAGE: text("Reached is what meets the target on average: the mean of the steps. Each step is a milestone."),
        Measure.TOTAL: text("Reached is what meets the target in total: the sum of the steps. Each step is a milestone."),
        Measure.EVERY: text("Reached is what meets its own step in every period; the probability is that of meeting them all."),
    }[goal.measure]


def _rhythm(goal: Goal) -> Rhythm:
    """The rhythm of the steps: the first one begins where a period of the goal's years does."""
    return Rhythm(goal.frequency, goal.steps[0].first.month)


def _holding(steps: Sequence[TargetStep], period: date) -> float:
    found = step_at(steps, period)
    return steps[0].value if found is None else found.value
