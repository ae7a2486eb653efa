"""The talks of a sheet: which one is due, and one that was held is kept or put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cs_planning.errors import InvalidGoal
from cs_planning.goals.appraisal.sheet import GoalSheet, SheetStage, Talk, TalkKind
from cs_planning.language import text


@dataclass(frozen=True)
class DueTalk:
    """A talk that should be held.

    Attributes:
        sheet: whose.
        kind: which talk.
        since: the day from which it is due; for a one-on-one the day that was agreed last time.
        step: what was to be done until then.
    """

    sheet: GoalSheet
    kind: TalkKind
    since: date
    step: str = ""


def due_talks(sheets: Sequence[GoalSheet], today: date) -> tuple[DueTalk, ...]:
    """The talks that nobody has held yet, the longest due first.

    The start talk is due when the period begins, the half-way talk in its middle, the end talk when it is over.  A half-way
    talk that was never held is not asked for any more once the end talk is due, nor the start talk after the half-way one.
    """
    found = [talk for sheet in sheets if sheet.stage is not SheetStage.CLOSED for talk in _due(sheet, today)]
    return tuple(sorted(found, key=lambda one: (one.since, one.sheet.holder)))


def with_talk(sheet: GoalSheet, talk: Talk, *, by: str, today: date, instead_of: Talk | None = None) -> GoalSheet:
    """The sheet with a talk that was held.

    Args:
        sheet: as it is kept.
        talk: what was said.
        by: who writes it down.
        today: the day on which it is written down; east of there it may be a day later.
        instead_of: the talk that it puts right; `None` adds one.

    Raises:
        InvalidGoal: the talk lies ahead, the next step lies before it, or what it should put right is not there any more.
    """
    if talk.on > today + timedelta(days=1):
        raise InvalidGoal(
            text("{day} is still to come: a talk is written down once it was held.", day=talk.on),
            text("For a talk that is planned, write the day under “Until” of the talk before."),
        )
    if talk.next_on is not None and talk.next_on <= talk.on:
        raise InvalidGoal(text("The next step would be due before anybody can take it."), text("Choose a day after the talk."))
    others = list(sheet.talks)
    if instead_of is not None:
        if instead_of not in others:
            raise InvalidGoal(
                text("This talk was changed by somebody else meanwhile."),
                text("Look at it as it is now, and put it right there."),
            )
        others.remove(instead_of)
    talks = sorted((*others, talk.model_copy(update={"by": by})), key=lambda one: one.on)
    return sheet.model_copy(update={"talks": tuple(talks)})


def _due(sheet: GoalSheet, today: date) -> list[DueTalk]:
    middle = sheet.start + (sheet.end - sheet.start) / 2
    days = ((TalkKind.END, sheet.end), (TalkKind.HALF_WAY, middle), (TalkKind.START, sheet.start))
    held = {talk.kind for talk in sheet.talks}
    found = []
    begun = next(((kind, since) for kind, since in days if today >= since), None)
    if begun is not None and begun[0] not in held:
        found.append(DueTalk(sheet, *begun))
    if sheet.talks:
        # Of one day's talks the one that was written down last.
        last = max(reversed(sheet.talks), key=lambda one: one.on)
        if last.next_on is not None and last.on < last.next_on <= today:
            found.append(DueTalk(sheet, TalkKind.ONE_ON_ONE, last.next_on, last.next_step))
    return found
