"""Which talk of a sheet is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cs_planning.goals.appraisal.sheet import GoalSheet, SheetStage, TalkKind


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
