"""The use cases of action plans: write as a table, bring in, take along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from cs_planning.errors import ImportProblems, Problem
from cs_planning.goals.goal import Goal
from cs_planning.goals.plan.action_table import (
    COLUMNS,
    actions_from_table,
    actions_to_table,
    calendar_of,
    write_table,
)
from cs_planning.goals.plan.actions import Action, ActionStatus, PlanSummary, actions_from_template, summary_of
from cs_planning.goals.plan.edits import in_order
from cs_planning.goals.templates import Template
from cs_planning.kpis.files.small_tables import read_whole
from cs_planning.language import text
from cs_planning.storage import Document, Save, Store
from cs_planning.workspace.following.decisions import ACTION, action_document
from cs_planning.workspace.goals.planning import Planning
from cs_planning.workspace.goals.records import kept_records


@dataclass(frozen=True)
class PlanChanges:
    """How many actions a save added, changed and put away.

    Attributes:
        made: the id and the new version of each, by which the save can be taken back.
    """

    added: int
    changed: int
    removed: int
    made: tuple[tuple[str, int], ...] = ()


class Actions:
    """The action plans of a workspace."""

    def __init__(self, store: Store, planning: Planning) -> None:
        self._store = store
        self._planning = planning

    def plan(self, goal: str = "") -> tuple[Action, ...]:
        """The actions of a goal, or of all goals, by due day."""
        return kept_records(self._store, ACTION, Action, goal)

    def versions(self) -> Mapping[str, int]:
        """The version of each action, as it is opened for editing."""
        return {one.id: one.version for one in self._store.documents.list(ACTION)}

    def summary(self, today: date, goal: str = "") -> PlanSummary:
        """How the plan stands."""
        return summary_of(self.plan(goal), today)

    def table(self, goal: str = "") -> pd.DataFrame:
        """The actions as a table, columns of `COLUMNS`."""
        return actions_to_table(self.plan(goal))

    def tables(self, today: date, goal: str = "") -> tuple[pd.DataFrame, pd.DataFrame]:
        """The steps still to be done, the overdue ones first, and the finished ones; columns of `COLUMNS`."""
        opened, finished = in_order(self.plan(goal), today)
        return actions_to_table(opened), actions_to_table(finished)

    def save(
        self,
        edited: pd.DataFrame,
        opened: Mapping[str, int],
        *,
        save: Save,
        shown: Sequence[str] | None = None,
    ) -> PlanChanges:
        """Keeps an edited or imported table, all of it or nothing.

        Args:
            edited: columns of `COLUMNS`; a row without a known id is a new action.
            opened: the version of each action when the table was opened.
            save: who saves, when, and the key under which it happens once.
            shown: the ids that the table held when it was opened: those that are gone are put away.  Without it, as for an
                import, actions that are not in the table stay.

        Raises:
            ImportProblems: rows can't be read or name an unknown goal; all of them are said.
            Conflict: somebody saved one of the actions since.
        """
        today = save.now.date()
        before = {action.id: action for action in self.plan()}
        wanted = [_completed(action, before.get(action.id), today) for action in actions_from_table(edited, today)]
        self._refuse_unknown_goals(wanted)
        written: list[Document] = []
        added = changed = 0
        for action in wanted:
            earlier = before.get(action.id)
            if earlier is None:
                added += 1
                written.append(action_document(action.model_copy(update={"id": ""}), 0))
            elif action != earlier:
                changed += 1
                written.append(action_document(action, opened.get(action.id, 0)))
        gone = sorted((set(shown or ()) - {action.id for action in wanted}) & set(before))
        written += [action_document(before[one], opened.get(one, 0)).model_copy(update={"archived": True}) for one in gone]
        kept = self._store.documents.save_all(written, save=save) if written else ()
        return PlanChanges(added, changed, len(gone), tuple((one.id, one.version) for one in kept))

    def take_back(self, made: Sequence[tuple[str, int]], *, save: Save) -> None:
        """Makes the steps what they were before a save: what it added is put away, what it put away is there again.

        Args:
            made: as the save gave them.
            save: who saves, when, and the key under which it happens once.

        Raises:
            Conflict: somebody saved one of them since.
        """
        earlier = []
        for id_, version in made:
            if version == 1:
                document = self._store.documents.load(ACTION, id_).model_copy(update={"archived": True})
            else:
                document = self._store.documents.load(ACTION, id_, version - 1)
            earlier.append(document.model_copy(update={"version": version}))
        if earlier:
            self._store.documents.save_all(earlier, save=save)

    def add(self, actions: Sequence[Action], *, save: Save) -> None:
        """Adds new actions to the plans of their goals."""
        if actions:
            self._store.documents.save_all([action_document(one, 0) for one in actions], save=save)

    def add_from_template(self, template: Template, goal: Goal, *, save: Save) -> None:
        """Adds the typical steps of a template to the plan of a saved goal."""
        self.add(actions_from_template(template, goal), save=save)

    def read(self, name: str, content: bytes) -> pd.DataFrame:
        """The table of an uploaded file.

        Raises:
            ImportProblems: it can't be read, or a row does not fit its header.
        """
        return read_whole(name, content)

    def file(self, kind: str, goal: str = "") -> bytes:
        """The plan as a file, `csv` or `xlsx`, that can be changed and brought in again."""
        return write_table(self.table(goal), kind)

    def calendar(self, now: datetime) -> bytes:
        """Deadlines, reviews and due dates as a calendar file (.ics)."""
        return calendar_of(self._planning.goals(), self.plan(), service_calendar=self._planning.calendar, now=now)

    def _refuse_unknown_goals(self, actions: Sequence[Action]) -> None:
        known = {goal.id for goal in self._planning.goals()}
        problems = [
            Problem(
                row=number,
                column="goal_id",
                value=action.goal_id,
                message=text("There is no goal “{id}”.", id=action.goal_id)
                if action.goal_id
                else text("“{what}” belongs to no goal.", what=action.what),
                remedy=text("Choose one of the goals."),
            )
            for number, action in enumerate(actions, start=2)
            if action.goal_id not in known
        ]
        if problems:
            raise ImportProblems(
                text("{count} actions belong to no goal of this workspace.", count=len(problems)), problems[0].remedy, problems
            )


def _completed(action: Action, before: Action | None, today: date) -> Action:
    """With what a table doesn't show: when it was finished, and which decision it carries out."""
    earlier = before.done_on if before is not None else None
    return action.model_copy(
        update={
            "done_on": (earlier or today) if action.status is ActionStatus.DONE else None,
            "decision": before.decision if before is not None else "",
        }
    )


__all__ = ["COLUMNS", "Actions", "PlanChanges"]
