"""The minutes of a review as one page: how long each part takes, where goals stand, what changed, what was decided by whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import reduce

from cs_planning.goals.following.closing import ClosingOutcome
from cs_planning.goals.following.history import Change
from cs_planning.goals.following.review import Agenda, Decision, GoalItem
from cs_planning.goals.goal import Goal
from cs_planning.goals.title import as_read, title_of
from cs_planning.language import Chance, Duration, Text, text
from cs_planning.notebook.blocks.block import Block, ColumnType, Paragraph, TableBlock, TableColumn, Value
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.run import RunPage, Section


def minutes_of(
    agenda: Agenda,
    *,
    by: str,
    goals: Sequence[Goal],
    decisions: Sequence[Decision],
    outcomes: Sequence[ClosingOutcome],
    changes: Callable[[Goal, date], Sequence[Change]],
) -> RunPage:
    """The page of a review that is over, in the form that every export takes.

    Args:
        agenda: of the review, as it stands at its end.
        by: who closes it.
        goals: all of the workspace, for their names.
        decisions, outcomes: everything that is recorded; those of the day are told.
        changes: what was changed of a goal since a day.
    """
    named = {goal.id: title_of(goal) for goal in goals}
    opening = (
        Paragraph(
            words=text("About what happened since {day}; written down by {who}.", day=agenda.since, who=by or text("somebody"))
        ),
        *(Paragraph(words=text("Reached: {goal}", goal=title_of(item.goal))) for item in agenda.celebrations),
    )
    sections = [
        _section("opening", text("Opening"), agenda.minutes_of_opening, opening),
        _section("left", text("Left from last time"), agenda.minutes_of_left_over, _left_over(agenda)),
        _section("goals", text("Where we stand"), agenda.minutes_of_goals, _goals(agenda, changes)),
        _section(
            "closed", text("Goals that ended"), None, _closed([one for one in outcomes if one.closed_on == agenda.on], goals)
        ),
        _section("decided", text("Decisions"), None, _decided([one for one in decisions if one.on == agenda.on], named)),
    ]
    return RunPage(page=Page(title=str(agenda.title)[:300]), sections=tuple(one for one in sections if one), today=agenda.on)


def _section(id: str, heading: Text, minutes: int | None, blocks: Sequence[Block]) -> Section | None:
    if not blocks:
        return None
    if minutes:
        heading = text("{heading} ({time})", heading=heading, time=Duration(seconds=60 * minutes))
    return Section(cell=id, kind="minutes", heading=heading, blocks=tuple(blocks))


def _left_over(agenda: Agenda) -> list[Block]:
    steps: list[tuple[Value, ...]] = [(one.what, one.owner, one.due, text("Decision, still open")) for one in agenda.decisions]
    steps += [(one.what, one.owner, one.due, text("Overdue action")) for one in agenda.overdue]
    blocks: list[Block] = [_table([_WHAT, _WHO, _UNTIL, ("state", text("State"), ColumnType.TEXT)], steps)] if steps else []
    return blocks + [Paragraph(words=one.message) for one in agenda.breaks]


def _goals(agenda: Agenda, changes: Callable[[Goal, date], Sequence[Change]]) -> list[Block]:
    items = (*agenda.goals, *agenda.to_close)
    if not items:
        return []
    columns = [
        ("goal", text("Goal"), ColumnType.TEXT),
        _WHO,
        ("status", text("Status"), ColumnType.TEXT),
        ("before", text("Likely before"), ColumnType.TEXT),
        ("chance", text("Likely"), ColumnType.TEXT),
        ("said", text("What was said and changed"), ColumnType.TEXT),
    ]
    return [_table(columns, [_goal_row(item, changes(item.goal, agenda.since)) for item in items])]


def _goal_row(item: GoalItem, changed: Sequence[Change]) -> tuple[Value, ...]:
    before = None if item.last is None or item.last.probability is None else text("{c}", c=Chance(chance=item.last.probability))
    now = None if item.report.probability is None else text("{c}", c=Chance(chance=item.report.probability))
    said = [*item.reasons, *(one.words for one in changed)]
    return title_of(item.goal), item.goal.owner, item.report.status.label, before, now, _one_after_the_other(said)


def _one_after_the_other(sentences: Sequence[Text | str]) -> Text | None:
    if not sentences:
        return None
    return reduce(lambda one, other: text("{one} / {other}", one=one, other=other), sentences[1:], text("{c}", c=sentences[0]))


def _closed(outcomes: Sequence[ClosingOutcome], goals: Sequence[Goal]) -> list[Block]:
    columns = [
        ("goal", text("Goal"), ColumnType.TEXT),
        ("result", text("Result"), ColumnType.TEXT),
        ("learned", text("Learned"), ColumnType.TEXT),
    ]
    by_id = {goal.id: goal for goal in goals}
    rows = [(as_read(one.title, by_id.get(one.goal_id)), one.score.label, one.lesson) for one in outcomes]
    return [_table(columns, rows)] if rows else []


def _decided(decisions: Sequence[Decision], named: Mapping[str, Text | str]) -> list[Block]:
    if not decisions:
        return [Paragraph(words=text("Nothing was decided."))]
    columns = [_WHAT, _WHO, _UNTIL, ("goal", text("Goal"), ColumnType.TEXT)]
    return [_table(columns, [(one.what, one.owner, one.due, named.get(one.goal_id, "")) for one in decisions])]


_WHAT = ("what", text("What"), ColumnType.TEXT)
_WHO = ("who", text("Who"), ColumnType.TEXT)
_UNTIL = ("until", text("Until"), ColumnType.DATE)


def _table(columns: Sequence[tuple[str, Text, ColumnType]], rows: Sequence[tuple[Value, ...]]) -> TableBlock:
    heads = tuple(TableColumn(name=name, label=label, type=kind) for name, label, kind in columns)
    return TableBlock(columns=heads, rows=tuple(rows))
