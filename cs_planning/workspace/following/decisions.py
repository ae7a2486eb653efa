"""The use cases of decisions: wherever one is taken, it becomes a step of the action plan and comes back in the next review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cs_planning.goals.following.review import Decision
from cs_planning.goals.plan.actions import Action, ActionStatus
from cs_planning.storage import Document, Save, Store
from cs_planning.workspace.goals.records import document_of, kept_records

ACTION, DECISION = "action", "decision"
_LONGEST_STEP = 300


class Decisions:
    """What was decided, in reviews and on goal pages."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, goal: str = "") -> tuple[Decision, ...]:
        """The decisions about a goal, or all of them, the newest first; one whose step is finished is done."""
        finished = {
            action.decision
            for action in kept_records(self._store, ACTION, Action, goal)
            if action.decision and action.status.is_finished
        }
        found = kept_records(self._store, DECISION, Decision, goal)
        read = [one if one.id not in finished else one.model_copy(update={"done": True}) for one in found]
        return tuple(sorted(read, key=lambda one: one.on, reverse=True))

    def decide(self, decision: Decision, *, cell: str = "", save: Save) -> Decision:
        """Keeps a decision; one about a goal becomes a step of that goal's plan in the same transaction.

        Args:
            decision: a new one; without an owner or a day the step has none either, and the plan says so.
            cell: the cell of a goal page in which it was taken, where there is one.
            save: who saves, when, and the key under which it happens once.

        Returns: the decision with its id.
        """
        document = _decision_document(decision, 0).model_copy(update={"part": cell or None})
        saved = self._store.documents.save_with_records(document, lambda kept: _step_of(decision, kept.id), save=save)
        return decision.model_copy(update={"id": saved.id})

    def finish(self, id: str, *, save: Save) -> None:
        """Marks a decision and its step in the plan as done.

        Raises:
            NotFound: there is none with this id.
        """
        kept = self._store.documents.load(DECISION, id)
        done = Decision.model_validate_json(kept.body).model_copy(update={"id": id, "done": True})
        document = _decision_document(done, kept.version).model_copy(update={"part": kept.part})
        steps = [self._finished_step(one, save.now.date()) for one in self._store.documents.list(ACTION, part=id)]
        self._store.documents.save_with_records(document, lambda _kept: [one for one in steps if one], save=save)

    def _finished_step(self, kept: Document, today: date) -> Document | None:
        action = Action.model_validate_json(kept.body).model_copy(update={"id": kept.id})
        if action.status.is_finished:
            return None
        done = action.model_copy(update={"status": ActionStatus.DONE, "done_on": today})
        return action_document(done, kept.version)


def action_document(action: Action, version: int) -> Document:
    """A step of a plan as it is kept."""
    made = document_of(
        action,
        ACTION,
        version=version,
        title=action.what,
        goal=action.goal_id,
        state=action.status.value,
        owner=action.owner,
        due=action.due,
    )
    return made.model_copy(update={"part": action.decision or None})


def _decision_document(decision: Decision, version: int) -> Document:
    return document_of(
        decision,
        DECISION,
        version=version,
        title=decision.what,
        goal=decision.goal_id,
        state="done" if decision.done else "open",
        owner=decision.owner,
        due=decision.due,
    )


def _step_of(decision: Decision, id: str) -> Sequence[Document]:
    if not decision.goal_id or decision.done:
        return ()
    fits = len(decision.what) <= _LONGEST_STEP
    action = Action(
        goal_id=decision.goal_id,
        what=decision.what if fits else f"{decision.what[: _LONGEST_STEP - 1]}…",
        owner=decision.owner,
        due=decision.due,
        note="" if fits else decision.what,
        decision=id,
    )
    return (action_document(action, 0),)
