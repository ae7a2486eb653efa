"""The use case of taking back: what was done to goals today and nobody has built on since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cs_planning.errors import NotFound
from cs_planning.goals.following.checkins import COMMITTED, CheckIn, Replan
from cs_planning.goals.following.closing import ClosingOutcome
from cs_planning.goals.goal import Goal, Stage
from cs_planning.goals.title import title_of
from cs_planning.language import Text, text
from cs_planning.storage import Document, Save, Store
from cs_planning.workspace.following.decisions import ACTION
from cs_planning.workspace.goals.planning import Planning
from cs_planning.workspace.goals.records import CHECK_IN, OUTCOME, REPLAN


@dataclass(frozen=True)
class Deed:
    """A check-in, a new plan or a close of today.

    Attributes:
        kind: of the record.
        id: of the record.
        goal_id: of the goal to which it was done.
        words: what was done, in a sentence.
    """

    kind: str
    id: str
    goal_id: str
    words: Text


class TakingBack:
    """What was done today and can still be undone: the goal is as it was, and its record is put away with its history."""

    def __init__(self, store: Store, planning: Planning) -> None:
        self._store = store
        self._planning = planning

    def deeds(self, today: date) -> tuple[Deed, ...]:
        """What was done on `today` and nobody has changed since, the newest first."""
        goals = {goal.id: goal for goal in (*self._planning.goals(), *self._store.goals.list(Stage.ARCHIVED))}
        found = [
            (document, deed)
            for kind, read in _DEEDS.items()
            for document in self._store.documents.list(kind)
            if document.parent in goals and (deed := read(document, goals[document.parent], today)) is not None
        ]
        found.sort(key=lambda one: (one[0].created_at is not None, one[0].created_at), reverse=True)
        return tuple(deed for _document, deed in found)

    def take_back(self, deed: Deed, *, save: Save) -> None:
        """Undoes it, all of it or nothing.

        Raises:
            NotFound: somebody took it back before.
            Conflict: somebody changed the goal since.
        """
        record = self._store.documents.load(deed.kind, deed.id)
        if record.archived:
            raise NotFound(text("This was taken back before."), text("Look at the goal as it is now."))
        away = [_put_away(record)]
        if deed.kind == REPLAN:
            away += [_put_away(one) for one in self._store.documents.list(ACTION, part=deed.id) if one.version == 1]
        before = self._goal_before(record, deed)
        if before is None:
            self._store.documents.save_all(away, save=save)
        else:
            self._store.goals.save_with_records(before, lambda _saved: away, save=save)

    def _goal_before(self, record: Document, deed: Deed) -> Goal | None:
        """The goal as it was, in its newest version; `None` where the goal itself was not changed."""
        if deed.kind == OUTCOME:
            return self._planning.goal(deed.goal_id).model_copy(update={"stage": Stage.ACTIVE})
        version = Replan.model_validate_json(record.body).version if deed.kind == REPLAN else 0
        if version < 2:
            return None
        return self._store.goals.load(deed.goal_id, version - 1).model_copy(update={"version": version})


def _put_away(document: Document) -> Document:
    return document.model_copy(update={"archived": True})


def _check_in(document: Document, goal: Goal, today: date) -> Deed | None:
    made = CheckIn.model_validate_json(document.body)
    if made.on != today or made.words is COMMITTED:
        return None
    words = text("Check-in: {goal}", goal=title_of(goal))
    return Deed(CHECK_IN, document.id, goal.id, _with_note(words, made.note))


def _replan(document: Document, goal: Goal, today: date) -> Deed | None:
    made = Replan.model_validate_json(document.body)
    if made.on != today or (made.version and made.version != goal.version):
        return None
    return Deed(REPLAN, document.id, goal.id, _with_note(text("New plan: {goal}", goal=title_of(goal)), made.reason))


def _outcome(document: Document, goal: Goal, today: date) -> Deed | None:
    made = ClosingOutcome.model_validate_json(document.body)
    if made.closed_on != today or goal.stage is not Stage.CLOSED:
        return None
    return Deed(OUTCOME, document.id, goal.id, text("Closed: {goal} – {score}", goal=title_of(goal), score=made.score.label))


def _with_note(words: Text, note: str) -> Text:
    return text("{deed} – {note}", deed=words, note=note) if note.strip() else words


_DEEDS: dict[str, Callable[[Document, Goal, date], Deed | None]] = {CHECK_IN: _check_in, REPLAN: _replan, OUTCOME: _outcome}
