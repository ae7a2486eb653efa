"""What a page about a goal opens with: the claim, why it stands so, and what is to be decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from cs_planning.errors import PlanningError
from cs_planning.forecasting.answers.achievability import PRIMARY_PROBABILITY
from cs_planning.goals.drafts.steps import hardest_words, is_judged_by_steps
from cs_planning.goals.following.progress import Status, StatusReport
from cs_planning.goals.goal import Goal, Measure, Stage
from cs_planning.goals.title import is_made, title_of
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.quantity import difference, quantity
from cs_planning.kpis.year_before import compared_with_a_year_before
from cs_planning.language import Chance, Percent, Text, ntext, rounded_whole, text
from cs_planning.notebook.blocks.block import Block, Heading, Paragraph, Words
from cs_planning.notebook.cells.cell import GoalCell
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind, on_goal
from cs_planning.notebook.records import Action
from cs_planning.notebook.sources import Source

ID = "page-opening"
"""The id of its section; no cell of a page is called so."""
_MOST_LATE = 1
"""So many late steps are named, further ones counted."""
_SHORT_OF = {Status.AT_RISK, Status.OFF_TRACK}


class OpeningCell(GoalCell):
    """What a page opens with; it is no cell that could be moved or deleted."""

    kind: Literal["opening"] = "opening"


def _run(cell: OpeningCell, context: Context) -> tuple[Block, ...]:
    goal = context.goal(cell)
    report = context.sources.status(goal, context.today)
    blocks: list[Block] = [Heading(words=_claim(goal, report, context))]
    parts = (
        (text("Why it stands so"), tuple(_reasons(goal, report, context))),
        (text("To be decided"), () if goal.stage is Stage.CLOSED else tuple(_questions(goal, report, context))),
    )
    for heading, sentences in parts:
        if sentences:
            blocks += [Heading(words=heading, level=2), *(Paragraph(words=one) for one in sentences)]
    return tuple(blocks)


def _claim(goal: Goal, report: StatusReport, context: Context) -> Text:
    said: Words = title_of(goal) or text("Goal without a title")
    names_its_day = goal.deadline is None or is_made(goal)
    claimed = said if names_its_day else text("{goal} by {deadline}", goal=said, deadline=goal.deadline)
    stands = text("draft") if goal.stage is Stage.DRAFT else report.status.label.within()
    if report.probability is None:
        return text("{goal}: {status}", goal=claimed, status=stands)
    return text("{goal}: {chance} likely, {status}", goal=claimed, chance=Chance(chance=report.probability), status=stands)


def _reasons(goal: Goal, report: StatusReport, context: Context) -> Iterator[Text]:
    """Why the goal stands as it does, without the probability, which the claim says."""
    kpi = context.kpi(goal)
    yield _judged(report)
    if report.pace.current is not None:
        yield _now(goal, report, report.pace.current, kpi)
    yield from _since_a_year(goal, report, context)
    if report.step is not None:
        yield report.step.words(kpi)
    yield from _late_milestones(report, kpi)
    try:
        belief = context.sources.belief(goal)
        notes = context.sources.forecast(goal).notes
    except PlanningError as error:
        if report.probability is None and goal.stage is not Stage.CLOSED:
            yield text("{reason} {hint}", reason=error.message, hint=error.hint)
        return
    if belief is not None:
        found = belief.assessment
        yield (
            hardest_words(goal, found.expected, found.low80, found.high80, kpi)
            if is_judged_by_steps(goal)
            else text(
                "Expected at the end: {expected}; 80 of 100 futures lie between {low} and {high}.",
                expected=quantity(found.expected, kpi),
                low=quantity(found.low80, kpi),
                high=quantity(found.high80, kpi),
            )
        )
        yield belief.trust
    yield from (note.message for note in notes[:1])


def _judged(report: StatusReport) -> Text:
    """The rule of the status; where a probability decided, only the limit that it was held against."""
    limit = report.rule.arguments.get("limit")
    if report.probability is None or not isinstance(limit, Percent):
        return report.rule
    status = report.status.label.within()
    if rounded_whole(100 * report.probability) < rounded_whole(100 * limit.share):
        return text("Below {limit} likely, a goal like this is {status}.", limit=limit, status=status)
    return text("From {limit} likely on, a goal like this is {status}.", limit=limit, status=status)


def _now(goal: Goal, report: StatusReport, current: float, kpi: Kpi) -> Text:
    now, way, time = quantity(current, kpi), report.pace.share_of_way, Percent(share=report.pace.share_of_time)
    if goal.baseline is None or way is None:
        return text("Now {now}; {time} of the time has passed.", now=now, time=time)
    change = current - goal.baseline.value
    if str(now) == str(quantity(goal.baseline.value, kpi)):
        return text("Now {now}, as at the baseline; {time} of the time has passed.", now=now, time=time)
    changed = text("{sign}{change}", sign="+" if change > 0 else "−", change=difference(abs(change), kpi))
    return text(
        "Now {now}, {change} since the baseline: {way} of the way after {time} of the time.",
        now=now,
        change=changed,
        way=Percent(share=way),
        time=time,
    )


def _since_a_year(goal: Goal, report: StatusReport, context: Context) -> Iterator[Text]:
    """How the newest value, which was just said, differs from a year before; nothing where that has no value."""
    try:
        series = context.sources.series(goal.key, goal.frequency) if goal.key is not None else None
    except PlanningError:
        return
    found = None if series is None else compared_with_a_year_before(series, report.pace.current_period)
    if found is not None and goal.measure is not Measure.TOTAL:
        newest, then = (period_words(one, found.rhythm) for one in (found.period, found.then))
        yield text("{period} against {earlier}: {change}.", period=newest, earlier=then, change=found.change)


def _late_milestones(report: StatusReport, kpi: Kpi) -> Iterator[Text]:
    for milestone in report.milestones_late[:1]:
        yield text("The milestone of {value} by {day} was not met.", value=quantity(milestone.value, kpi), day=milestone.due)


def _questions(goal: Goal, report: StatusReport, context: Context) -> Iterator[Text]:
    """What somebody has to decide now; that nothing is, where nothing is."""
    asked = [*_about_the_target(goal, report, context), *_about_the_plan(report, context)]
    if goal.stage is Stage.DRAFT:
        asked.insert(0, text("Is it committed to? It is a draft until somebody commits to it."))
    yield from asked or [text("Nothing is open. The next review looks at it again.")]


def _about_the_target(goal: Goal, report: StatusReport, context: Context) -> Iterator[Text]:
    if report.status not in _SHORT_OF or goal.primary is None or report.probability is None:
        return
    try:
        reachable = context.sources.suggested_targets(goal).primary
    except PlanningError:
        return
    kpi = context.kpi(goal)
    target, other, likely = quantity(goal.primary, kpi), quantity(reachable, kpi), rounded_whole(100 * PRIMARY_PROBABILITY)
    if _is_more_than_at_the_start(goal, goal.primary) and not _is_more_than_at_the_start(goal, reachable):
        # What asks for no more than there was at the start is no goal that somebody could take instead.
        yield text(
            "Keep the target of {target}? What {share} of 100 futures reach is no better than the value at the start.",
            target=target,
            share=likely,
        )
    elif str(target) != str(other):
        yield text(
            "Keep the target of {target}, or take {other}, which {share} of 100 futures reach?",
            target=target,
            other=other,
            share=likely,
        )


def _is_more_than_at_the_start(goal: Goal, target: float) -> bool:
    return goal.baseline is None or goal.direction.sign * (target - goal.baseline.value) > 0


def _about_the_plan(report: StatusReport, context: Context) -> Iterator[Text]:
    steps = context.sources.actions(context.page.goal)
    late = sorted((one for one in steps if one.is_overdue(context.today)), key=lambda one: str(one.due))
    yield from (_late(one) for one in late[:_MOST_LATE])
    if len(late) > _MOST_LATE:
        more = len(late) - _MOST_LATE
        yield ntext("{count} more step is late.", "{count} more steps are late.", more)
    if report.status in _SHORT_OF and all(one.status.is_finished for one in steps):
        yield text("Who does what by when? No step is planned.")


def _late(action: Action) -> Text:
    if action.owner:
        return text(
            "“{step}” ({owner}) was due {day}: finish it, move it or drop it?",
            step=action.what,
            owner=action.owner,
            day=action.due,
        )
    return text("“{step}” was due {day} and belongs to nobody: who takes it?", step=action.what, day=action.due)


OPENING = CellKind(
    OpeningCell,
    0,
    "",
    _run,
    on_goal(Source.SERIES, Source.ACTIONS),
    uses_today=True,
)
"""As a kind of cell, so that it is run, kept and shown again as cells are; the registry doesn't offer it."""
