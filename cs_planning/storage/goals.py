"""Goals, kept as documents whose facts can be filtered by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cs_planning.errors import Conflict
from cs_planning.goals.goal import Goal, GoalType, Stage, goal_from_json
from cs_planning.storage.database import Database
from cs_planning.storage.documents.document import Act, Document
from cs_planning.storage.documents.documents import Documents
from cs_planning.storage.documents.within import load_within, save_within
from cs_planning.storage.save import Save

KIND = "goal"


@dataclass(frozen=True)
class GoalChange:
    """One save in the history of a goal.

    Attributes:
        version: that it made.
        action: `created`, `changed`, `archived` or `restored`.
        at: when, aware, in UTC.
        before: the goal as it was; None for the first version.
    """

    version: int
    action: str
    author: str
    at: datetime
    before: Goal | None
    after: Goal


class Goals:
    """Goals, each a document whose facts lists filter by."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._documents = Documents(database)

    def save(self, goal: Goal, *, save: Save) -> Goal:
        """Saves a goal and returns it with its id and new version; see `save_all`."""
        return self.save_all([goal], save=save)[0]

    def save_all(self, goals: Sequence[Goal], *, save: Save) -> tuple[Goal, ...]:
        """Saves goals, all of them or none.

        Args:
            goals: each with the version that it was opened with; a goal without an id is new and gets one.
            save: who saves, when, and the key under which it happens once.

        Raises:
            Conflict: somebody saved one of them since it was opened; the error carries `mine` and `theirs`.
            NotFound: one of them has a version and is not stored.
        """
        try:
            saved = self._documents.save_all([_document_of(goal) for goal in goals], save=save)
        except Conflict as conflict:
            raise _about_goals(conflict) from None
        return tuple(_goal_of(document) for document in saved)

    def save_with_records(self, goal: Goal, records: Callable[[Goal], Sequence[Document]], *, save: Save) -> Goal:
        """Saves a goal and what is written down about it in one transaction; see `Documents.save_with_records`."""
        try:
            saved = self._documents.save_with_records(
                _document_of(goal),
                lambda document: records(_goal_of(document)),
                save=save,
            )
        except Conflict as conflict:
            raise _about_goals(conflict) from None
        return _goal_of(saved)

    def load(self, id: str, version: int | None = None) -> Goal:
        """A goal as it is now or as it was in `version`.

        Raises:
            NotFound: there is no such goal, or it has no such version.
        """
        what = (KIND, id, version)
        return self._database.once(what, lambda connection: _goal_of(load_within(connection, KIND, id, version)))

    def list(
        self,
        stage: Stage | None = None,
        *,
        type: GoalType | None = None,
        owner: str | None = None,
        team: str | None = None,
        series: str | None = None,
        parent: str | None = None,
        deadline_from: date | None = None,
        deadline_to: date | None = None,
    ) -> tuple[Goal, ...]:
        """The goals that meet every given condition, by deadline, those without one at the end.

        Args:
            stage: archived goals are listed only when this is `Stage.ARCHIVED`.
            series: the written `SeriesKey`.
            parent: the id of the goal above.
            deadline_from: first day.
            deadline_to: last day.
        """
        found = self._documents.list(
            KIND,
            variant=type.value if type else None,
            state=stage.value if stage else None,
            owner=owner,
            team=team,
            series=series,
            parent=parent,
            due_from=deadline_from,
            due_to=deadline_to,
            archived=stage is Stage.ARCHIVED,
        )
        return tuple(_goal_of(document) for document in found)

    def history(self, id: str) -> tuple[GoalChange, ...]:
        """Every save of a goal, newest first.

        Raises:
            NotFound: there is no such goal.
        """
        return tuple(
            GoalChange(
                version=change.version,
                action=change.action,
                author=change.author,
                at=change.at,
                before=_goal_of(change.before) if change.before else None,
                after=_goal_of(change.after),
            )
            for change in self._documents.history(KIND, id)
        )

    def archive(self, id: str, *, version: int, save: Save) -> Goal:
        """Archives a goal, which takes it off the lists and keeps it with its history; `restore` brings it back.

        Raises:
            Conflict: somebody saved it since `version` was opened.
            NotFound: there is no such goal.
        """
        try:
            with self._database.writing() as connection:
                goal = _goal_of(load_within(connection, KIND, id))
                archived = _document_of(goal.model_copy(update={"stage": Stage.ARCHIVED, "version": version}))
                saved = save_within(connection, [archived], Act("archived", id), save=save)
        except Conflict as conflict:
            raise _about_goals(conflict) from None
        return _goal_of(saved[0])

    def restore(self, id: str, *, to_version: int, version: int, save: Save) -> Goal:
        """Makes an earlier version of a goal the newest one, as a new version; see `Documents.restore`."""
        try:
            restored = self._documents.restore(KIND, id, to_version=to_version, version=version, save=save)
        except Conflict as conflict:
            raise _about_goals(conflict) from None
        return _goal_of(restored)


def _document_of(goal: Goal) -> Document:
    return Document(
        kind=KIND,
        id=goal.id,
        version=goal.version,
        title=goal.title,
        body=goal.model_dump_json(exclude={"id", "version"}),
        variant=goal.type.value,
        state=goal.stage.value,
        owner=goal.owner,
        team=goal.team,
        due=goal.deadline,
        series=goal.series,
        parent=goal.parent,
        archived=goal.stage is Stage.ARCHIVED,
    )


def _goal_of(document: Document) -> Goal:
    return goal_from_json(document.body).model_copy(update={"id": document.id, "version": document.version})


def _about_goals(conflict: Conflict) -> Conflict:
    mine, theirs = (_goal_of(side) if isinstance(side, Document) else None for side in (conflict.mine, conflict.theirs))
    return Conflict(conflict.message, conflict.hint, mine=mine, theirs=theirs)
