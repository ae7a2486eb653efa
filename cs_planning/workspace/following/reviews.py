"""The use cases of following goals: check in, re-plan, review, decide, close, and the record of it all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from cs_planning.errors import InvalidGoal, NotFound
from cs_planning.goals.following.checkins import CheckIn, Remedy, Replan, check_in, replan, to_celebrate
from cs_planning.goals.following.closing import CalibrationRecord, ClosingOutcome, calibration_of, close_goal
from cs_planning.goals.following.history import Change, changes_since, revisions_of
from cs_planning.goals.following.progress import StatusReport
from cs_planning.goals.following.review import (
    Agenda,
    BrokenSeries,
    Decision,
    agenda_for,
    last_review_before,
    review_title,
)
from cs_planning.goals.goal import Cadence, Goal, Milestone, ShortText, Stage
from cs_planning.goals.plan.actions import Action
from cs_planning.language import Text, text
from cs_planning.notebook.run import RunPage
from cs_planning.storage import Document, Save, Store
from cs_planning.workspace.following.actions import Actions
from cs_planning.workspace.following.decisions import Decisions, action_document
from cs_planning.workspace.following.minutes import minutes_of
from cs_planning.workspace.goals.outlook import GoalLine
from cs_planning.workspace.goals.planning import Planning
from cs_planning.workspace.goals.records import (
    CHECK_IN,
    OUTCOME,
    REPLAN,
    check_in_document,
    document_of,
    kept_records,
    record_id,
)

_REVIEW, _MINUTES = "review", "minutes"


class HeldReview(BaseModel):
    """A review that took place."""

    model_config = ConfigDict(frozen=True)

    id: str = ""
    cadence: Cadence
    on: date
    by: ShortText = ""
    goals_talked_about: int = 0
    has_minutes: bool = False

    @property
    def title(self) -> Text:
        """What the review is called."""
        return review_title(self.cadence, self.on)


class Reviews:
    """What happens to goals on their way."""

    def __init__(self, store: Store, planning: Planning, actions: Actions) -> None:
        self._store = store
        self._planning = planning
        self._actions = actions
        self._decisions = Decisions(store)

    def check_ins(self, goal: str = "") -> tuple[CheckIn, ...]:
        """The check-ins of a goal or of all, the newest first."""
        return tuple(sorted(kept_records(self._store, CHECK_IN, CheckIn, goal), key=lambda one: one.on, reverse=True))

    def replans(self, goal: str = "") -> tuple[Replan, ...]:
        """The changes of plan of a goal or of all, the newest first."""
        return tuple(sorted(kept_records(self._store, REPLAN, Replan, goal), key=lambda one: one.on, reverse=True))

    def decisions(self) -> tuple[Decision, ...]:
        """All decisions, the newest first."""
        return self._decisions.list()

    def outcomes(self) -> tuple[ClosingOutcome, ...]:
        """How closed goals ended, the latest first."""
        found = self._store.documents.list(OUTCOME)
        read = [ClosingOutcome.model_validate_json(one.body) for one in found]
        return tuple(sorted(read, key=lambda one: one.closed_on, reverse=True))

    def calibration(self) -> CalibrationRecord:
        """How good the probabilities were that the team was shown."""
        return calibration_of(self.outcomes())

    def celebrations(self, goal: Goal, report: StatusReport) -> tuple[Milestone, ...]:
        """The milestones that no check-in has celebrated yet."""
        return to_celebrate(report, self.check_ins(goal.id))

    def changes(self, goal: Goal, since: date) -> tuple[Change, ...]:
        """What was changed of a committed goal after the review of `since`, whoever changed it and where."""
        saves = [(one.after, one.author, one.at, "") for one in reversed(self._planning.history(goal.id))]
        currency = self._store.settings.load_currency().code
        return changes_since(since, revisions_of(saves, currency), currency)

    def check_in(self, goal: Goal, note: str, *, lesson: str = "", save: Save, today: date) -> CheckIn:
        """Freezes the status of the day with a sentence.

        Args:
            goal: a saved goal.
            note: may be empty.
            lesson: what was learned; may be empty.
            save: who saves, when, and the key under which it happens once.
            today: the day that counts.

        Raises:
            InvalidGoal: it was closed or put away since it was opened.
        """
        newest = self._running(goal)
        status = self._planning.status(newest, today)
        made = check_in(newest, status, by=save.author, note=note.strip(), on=today, lesson=lesson)
        self._store.documents.save(check_in_document(made), save=save)
        return made

    def replan(
        self,
        goal: Goal,
        fields: Mapping[str, Any],
        *,
        remedies: Sequence[Remedy],
        reason: str,
        lesson: str = "",
        step: Action | None = None,
        save: Save,
        today: date,
    ) -> Goal:
        """Changes a goal that falls behind, and keeps what was changed and why, and the first step in its action plan.

        All of it is one save that `TakingBack` can take back.

        Raises:
            InvalidGoal: no remedy or reason is given, the goal can't take a value, or it was closed or put away since it was
                opened.
            Conflict: somebody saved the goal since it was opened.
        """
        self._running(goal)
        primary = self._planning.outlook(goal, today).primary
        made = replan(
            goal,
            fields,
            remedies=remedies,
            reason=reason,
            by=save.author,
            on=today,
            probability=primary.probability if primary else None,
            lesson=lesson,
        )
        id_ = record_id(save)
        steps = [action_document(step.model_copy(update={"decision": id_}), 0)] if step is not None else []

        def beside(version: int) -> list[Document]:
            record = made.record.model_copy(update={"id": id_, "version": version})
            return [document_of(record, REPLAN, title=record.reason, goal=goal.id), *steps]

        if not made.changes:
            self._store.documents.save_all(beside(0), save=save)
            return goal
        return self._store.goals.save_with_records(made.goal, lambda saved: beside(saved.version), save=save)

    def _running(self, goal: Goal) -> Goal:
        """The goal as it is by now, whatever was seen of it: nothing is kept on one that somebody ended."""
        newest = self._planning.goal(goal.id)
        if newest.stage in {Stage.CLOSED, Stage.ARCHIVED}:
            raise InvalidGoal(
                text("“{goal}” was closed or put away in the meantime.", goal=newest.title), text("Look at it as it is now.")
            )
        return newest

    def last_review(self, cadence: Cadence) -> HeldReview | None:
        """The last review of that rhythm that somebody wrote down."""
        held = [one for one in kept_records(self._store, _REVIEW, HeldReview) if one.cadence is cadence]
        return max(held, key=lambda one: one.on, default=None)

    def since(self, cadence: Cadence, today: date) -> date:
        """The day of the last review of that rhythm; when it would have been, where nobody wrote one down."""
        last = self.last_review(cadence)
        return last.on if last is not None else last_review_before(today, cadence, self._planning.calendar)

    def agenda(self, cadence: Cadence, today: date, lines: Sequence[GoalLine] | None = None) -> Agenda:
        """What the review of today talks about.

        Args:
            cadence: monthly, quarterly or yearly.
            today: the day of the meeting.
            lines: the goals with their status where they are known already.
        """
        seen = self._planning.overview(today) if lines is None else lines
        since = self.since(cadence, today)
        return agenda_for(
            cadence,
            today,
            [line.goal for line in seen],
            {line.goal.id: line.report for line in seen},
            since=since,
            checkins=self.check_ins(),
            replans=self.replans(),
            decisions=self.decisions(),
            actions=self._actions.plan(),
            breaks=_breaks(seen, since),
        )

    def held(self) -> tuple[HeldReview, ...]:
        """The reviews that took place, the newest first."""
        return tuple(sorted(kept_records(self._store, _REVIEW, HeldReview), key=lambda one: one.on, reverse=True))

    def hold(self, agenda: Agenda, *, save: Save) -> str:
        """Keeps that a review took place, and its minutes: the next agenda starts from here.

        Returns: the id of the review.
        """
        held = HeldReview(
            cadence=agenda.cadence, on=agenda.on, by=save.author, goals_talked_about=len(agenda.goals), has_minutes=True
        )
        made = minutes_of(
            agenda,
            by=save.author,
            goals=self._planning.goals(),
            decisions=self.decisions(),
            outcomes=self.outcomes(),
            changes=self.changes,
        )
        document = document_of(held, _REVIEW, title=str(agenda.title), state=agenda.cadence.value)
        page = Document(kind=_MINUTES, title=str(agenda.title), body=made.model_dump_json())
        kept = self._store.documents.save_with_records(
            document, lambda review: (page.model_copy(update={"part": review.id}),), save=save
        )
        return kept.id

    def minutes(self, id: str) -> tuple[HeldReview, RunPage]:
        """A review that took place, and its minutes as they were written down at its end.

        Raises:
            NotFound: there is no such review, or it is of an edition that kept no minutes.
        """
        kept = self._store.documents.load(_REVIEW, id)
        held = HeldReview.model_validate_json(kept.body).model_copy(update={"id": kept.id})
        pages = self._store.documents.list(_MINUTES, part=id)
        if not pages:
            raise NotFound(text("No minutes were kept of this review."), text("Reviews that end from now on have them."))
        made = RunPage.model_validate_json(pages[0].body)
        return held, made.model_copy(update={"page": made.page.model_copy(update={"title": str(held.title)})})

    def decide(self, decision: Decision, *, save: Save) -> None:
        """Keeps a decision; one about a goal becomes a step of its action plan."""
        self._decisions.decide(decision, save=save)

    def finish_decision(self, id: str, *, save: Save) -> None:
        """Marks a decision and its step as done.

        Raises:
            NotFound: there is none with this id.
        """
        self._decisions.finish(id, save=save)

    def score(self, goal: Goal, today: date) -> ClosingOutcome:
        """How a goal would end if it were closed now; nothing is kept.

        Raises:
            InvalidGoal: its time is not over and nothing is decided yet.
        """
        return close_goal(goal, self._planning.series_of(goal), today=today, checkins=self.check_ins(goal.id)).outcome

    def close(self, goal: Goal, *, lesson: str = "", save: Save, today: date) -> ClosingOutcome:
        """Closes a goal and keeps how it ended, and what was learned.

        Raises:
            InvalidGoal: its time is not over and nothing is decided yet.
            Conflict: somebody saved the goal since it was opened.
        """
        series, checkins = self._planning.series_of(goal), self.check_ins(goal.id)
        closed = close_goal(goal, series, today=today, checkins=checkins, lesson=lesson)
        outcome = document_of(closed.outcome, OUTCOME, title=goal.title, goal=goal.id, state=closed.outcome.score.value)
        self._store.goals.save_with_records(closed.goal, lambda _saved: (outcome,), save=save)
        return closed.outcome


def _breaks(lines: Sequence[GoalLine], since: date) -> list[BrokenSeries]:
    found: dict[str, BrokenSeries] = {}
    for line in lines:
        if line.outlook.forecast is None or line.goal.series is None:
            continue
        for note in line.outlook.forecast.notes:
            if note.kind == "break" and note.period is not None and note.period >= since:
                found[line.goal.series] = BrokenSeries(line.goal.series, note.message)
    return list(found.values())
