"""The use cases of goal sheets: begin, weigh, agree, talk, appraise, close, print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from cs_planning.errors import InvalidGoal
from cs_planning.goals.appraisal.agreement import Writable, steps_of, taken, writable
from cs_planning.goals.appraisal.scale import Scale
from cs_planning.goals.appraisal.score import Side
from cs_planning.goals.appraisal.sheet import (
    WHOLE_PERCENT,
    GoalSheet,
    SheetLine,
    SheetStage,
    SheetStep,
    Talk,
    evenly_weighted,
    lies_in,
)
from cs_planning.goals.appraisal.talks import DueTalk, due_talks, with_talk
from cs_planning.goals.goal import Goal, Stage
from cs_planning.language import Percent, text
from cs_planning.storage import Save, Store
from cs_planning.workspace.appraisals.kept_sheets import KeptSheets, refusing_long_texts, too_long
from cs_planning.workspace.appraisals.sheet_views import SheetViews
from cs_planning.workspace.goals.planning import Planning

_WAY = "appraisal"
_WEIGHT_FIELDS = ("weight_percent", "difficulty")
_OWN_FIELDS = ("own_grade", "own_comment")
_SUPERIOR_FIELDS = ("superior_grade", "superior_comment")


class AppraisalWay(BaseModel):
    """How a workspace appraises.

    Attributes:
        scale: of new sheets.
        with_agreement: whether sheets are proposed, agreed and appraised by two; `False` for whoever plans alone.
    """

    model_config = ConfigDict(frozen=True)

    scale: Scale = Scale.LETTERS
    with_agreement: bool = True


class GoalSheets:
    """The goal sheets of a workspace."""

    def __init__(self, store: Store, planning: Planning) -> None:
        self._settings = store.settings
        self._planning = planning
        self._kept = KeptSheets(store)
        self.views = SheetViews(store, planning, self._kept)

    @property
    def way(self) -> AppraisalWay:
        """How this workspace appraises, as it is kept now."""
        kept = self._settings.load(_WAY)
        return AppraisalWay.model_validate(kept) if isinstance(kept, dict) else AppraisalWay()

    def choose_way(self, way: AppraisalWay, *, save: Save) -> None:
        """Appraises so from now on; sheets keep the scale that they were begun with."""
        self._settings.save(_WAY, way.model_dump(mode="json"), save=save)

    def list(self) -> tuple[GoalSheet, ...]:
        """All sheets, the latest period first."""
        return tuple(sorted(self._kept.all(), key=lambda one: (-one.end.toordinal(), one.holder)))

    def sheet(self, id: str) -> GoalSheet:
        """One sheet.

        Raises:
            NotFound: there is none with this id.
        """
        return self._kept.load(id)

    def holders(self) -> tuple[str, ...]:
        """The people and teams that own goals, by name."""
        names = {name.strip() for goal in self._planning.goals() for name in (goal.owner, goal.team)}
        return tuple(sorted(name for name in names if name))

    def goals_for(self, holder: str, start: date, end: date) -> tuple[Goal, ...]:
        """The goals of a person or team whose time lies in a period at least in part, the committed ones first."""
        name = holder.strip().casefold()
        found = [
            goal
            for goal in self._planning.goals()
            if name and name in {goal.owner.strip().casefold(), goal.team.strip().casefold()} and lies_in(goal, start, end)
        ]
        return tuple(sorted(found, key=lambda goal: (goal.stage is Stage.DRAFT, goal.deadline or end, goal.title)))

    def begin(self, holder: str, superior: str, start: date, end: date, *, save: Save) -> GoalSheet:
        """A new sheet with the goals that its holder owns in the period, evenly weighted.

        Raises:
            InvalidGoal: it has no name, its period ends before it begins, or there is a sheet for it already.
        """
        holder = holder.strip()
        if not holder:
            raise InvalidGoal(text("A sheet needs the name of a person or team."), text("Write whose goals these are."))
        if end < start:
            raise InvalidGoal(text("The period ends before it begins."), text("Choose another first or last day."))
        self._refuse_twin(holder, start, end)
        goals = self.goals_for(holder, start, end)
        lines = [
            SheetLine(goal_id=goal.id, weight_percent=weight)
            for goal, weight in zip(goals, evenly_weighted(len(goals)), strict=True)
        ]
        with refusing_long_texts():
            made = GoalSheet(
                holder=holder, superior=superior.strip(), start=start, end=end, scale=self.way.scale, lines=tuple(lines)
            )
        return self._kept.keep(made, save=save)

    def choose_goals(self, id: str, goals: Sequence[str], *, save: Save) -> GoalSheet:
        """Puts these goals on a sheet.

        As long as all weigh the same they go on doing so; once somebody weighed them, those that stay keep their weight and
        new ones take what is missing to 100 %.  What was written about a goal comes back with it.

        Raises:
            InvalidGoal: the goals of the sheet can't be changed at its stage.
            Conflict: somebody saved the sheet at the same moment.
        """
        sheet = self.sheet(id)
        self._refuse(sheet, self.writable(sheet).goals)
        before = {line.goal_id: line for line in sheet.lines}
        lines = [before[goal] for goal in before if goal in goals]
        written = {line.goal_id: line for line in (*sheet.taken_off, *sheet.lines) if line.is_written_on}
        lines += [written.get(goal, SheetLine(goal_id=goal)) for goal in dict.fromkeys(goals) if goal not in before]
        weights = [line.weight_percent for line in sheet.lines]
        if weights == [*evenly_weighted(len(weights))]:
            shares = [*evenly_weighted(len(lines))]
        else:
            kept = [line.weight_percent for line in lines if line.goal_id in before]
            missing = max(WHOLE_PERCENT - sum(kept), 0.0)
            new = evenly_weighted(len(lines) - len(kept))
            shares = [*kept, *(round(missing * share / WHOLE_PERCENT, 1) for share in new)]
        weighed = [line.model_copy(update={"weight_percent": one}) for line, one in zip(lines, shares, strict=True)]
        off = tuple(line for line in written.values() if line.goal_id not in goals)
        return self._kept.keep(sheet.model_copy(update={"lines": tuple(weighed), "taken_off": off}), save=save)

    def weigh_evenly(self, id: str, *, save: Save) -> GoalSheet:
        """Gives the goals of a sheet weights that are as even as they can be and add up to 100 %.

        Raises:
            InvalidGoal: the weights of the sheet can't be changed at its stage.
            Conflict: somebody saved the sheet at the same moment.
        """
        goals = [line.goal_id for line in self.sheet(id).lines]
        return self.weigh(id, dict(zip(goals, evenly_weighted(len(goals)), strict=True)), save=save)

    def weigh(self, id: str, weights: Mapping[str, float], *, save: Save) -> GoalSheet:
        """Gives goals of a sheet these weights in one go, in percent by the id of the goal; those of others stay.

        Raises:
            InvalidGoal: the weights of the sheet can't be changed at its stage.
            Conflict: somebody saved the sheet at the same moment.
        """
        sheet = self.sheet(id)
        self._refuse(sheet, self.writable(sheet).goals)
        lines = [
            line.model_copy(update={"weight_percent": weights.get(line.goal_id, line.weight_percent)}) for line in sheet.lines
        ]
        return self._kept.keep(sheet.model_copy(update={"lines": tuple(lines)}), save=save)

    def write_line(self, id: str, goal: str, fields: Mapping[str, Any], *, save: Save) -> GoalSheet:
        """Keeps what was written about one goal of a sheet: weight, difficulty, a grade, words to it.

        Args:
            id: of the sheet, whose newest version is changed: what others wrote in the meantime stays.
            goal: the id of the goal.
            fields: of `SheetLine`.
            save: who saves, when, and the key under which it happens once.

        Raises:
            InvalidGoal: it can't be written at the sheet's stage, or is no such value.
            Conflict: somebody saved the sheet at the same moment.
        """
        sheet = self.sheet(id)
        may = self.writable(sheet)
        allowed = {
            name
            for is_allowed, names in ((may.goals, _WEIGHT_FIELDS), (may.own, _OWN_FIELDS), (may.superior, _SUPERIOR_FIELDS))
            if is_allowed
            for name in names
        }
        self._refuse(sheet, set(fields) <= allowed and any(line.goal_id == goal for line in sheet.lines))
        try:
            lines = tuple(
                SheetLine.model_validate({**line.model_dump(), **fields}) if line.goal_id == goal else line
                for line in sheet.lines
            )
        except ValidationError:
            if "weight_percent" not in fields:
                raise too_long() from None
            raise InvalidGoal(
                text("A weight lies between {least} and {most}.", least=Percent(share=0), most=Percent(share=1)),
                text("Write another one."),
            ) from None
        return self._kept.keep(sheet.model_copy(update={"lines": lines}), save=save)

    def comment(self, id: str, side: Side, words: str, *, save: Save) -> GoalSheet:
        """Keeps what one side says about the sheet as a whole.

        Raises:
            InvalidGoal: that side can't write at the sheet's stage.
            Conflict: somebody saved the sheet at the same moment.
        """
        sheet = self.sheet(id)
        may = self.writable(sheet)
        self._refuse(sheet, may.own if side is Side.OWN else may.superior)
        return self._kept.keep(sheet.model_copy(update={f"{side.value}_comment": words.strip()}), save=save)

    def name_superior(self, id: str, superior: str, *, save: Save) -> GoalSheet:
        """Keeps who agrees and appraises.

        Raises:
            InvalidGoal: the sheet is closed.
            Conflict: somebody saved the sheet at the same moment.
        """
        sheet = self.sheet(id)
        self._refuse(sheet, sheet.stage is not SheetStage.CLOSED)
        return self._kept.keep(sheet.model_copy(update={"superior": superior.strip()}), save=save)

    def writable(self, sheet: GoalSheet) -> Writable:
        """What may be written on a sheet as it stands."""
        return writable(sheet.stage, with_agreement=self.way.with_agreement)

    def steps(self, sheet: GoalSheet, now: datetime) -> tuple[SheetStep, ...]:
        """What can be done with a sheet as it stands at a moment, the usual step first."""
        return steps_of(sheet, now, with_agreement=self.way.with_agreement)

    def take(self, sheet: GoalSheet, step: SheetStep, *, comment: str = "", save: Save) -> GoalSheet:
        """Proposes, agrees, asks for changes, appraises, closes.

        Raises:
            InvalidGoal: the sheet stands elsewhere, or something is missing for the step; the message says what.
            Conflict: somebody saved the sheet since it was opened.
        """
        with refusing_long_texts():
            done = taken(
                sheet,
                step,
                self.views.goals_of(sheet),
                by=save.author,
                at=save.now,
                comment=comment,
                with_agreement=self.way.with_agreement,
            )
        return self._kept.keep(done, save=save)

    def take_as_seen(self, seen: GoalSheet, step: SheetStep, *, comment: str = "", save: Save) -> GoalSheet:
        """Takes a step on the newest version of a sheet, where it went no step since it was seen.

        What is written does not get into the way, as only the side that writes also takes the next step; but nobody agrees to
        what was taken back and proposed anew while they were looking at it.

        Raises:
            InvalidGoal: the sheet went on, or something is missing for the step; the message says what.
            Conflict: somebody saved the sheet at the same moment.
        """
        newest = self.sheet(seen.id)
        self._refuse(newest, newest.events == seen.events)
        return self.take(newest, step, comment=comment, save=save)

    def hold_talk(self, sheet: GoalSheet, talk: Talk, *, instead_of: Talk | None = None, save: Save) -> GoalSheet:
        """Keeps what was said in a talk, or puts right what was kept of one; the earlier words stay in the history.

        Raises:
            InvalidGoal: the sheet is closed, the talk lies ahead, the next step lies before the talk, or the talk to put
                right is not there any more.
            Conflict: somebody saved the sheet since it was opened.
        """
        self._refuse(sheet, sheet.stage is not SheetStage.CLOSED)
        kept = with_talk(sheet, talk, by=save.author, today=save.now.date(), instead_of=instead_of)
        return self._kept.keep(kept, save=save)

    def due_talks(self, today: date) -> tuple[DueTalk, ...]:
        """The talks that should be held now, the longest due first."""
        return due_talks(self.list(), today)

    def put_away(self, sheet: GoalSheet, *, save: Save) -> None:
        """Puts a sheet away; its history stays.

        Raises:
            Conflict: somebody saved the sheet since it was opened.
        """
        self._kept.keep(sheet, archived=True, save=save)

    def put_away_before(self) -> tuple[GoalSheet, ...]:
        """The sheets that were put away."""
        return self._kept.all(archived=True)

    def bring_back(self, sheet: GoalSheet, *, save: Save) -> None:
        """Takes a sheet out of the archive, as it was.

        Raises:
            InvalidGoal: there is another sheet of its holder for its period by now.
            Conflict: somebody saved the sheet since it was put away.
        """
        self._refuse_twin(sheet.holder, sheet.start, sheet.end)
        self._kept.keep(sheet, save=save)

    def begun_on(self, id: str) -> date:
        """The day on which a sheet was begun.

        Raises:
            NotFound: there is none with this id.
        """
        return self._kept.begun_on(id)

    def _refuse_twin(self, holder: str, start: date, end: date) -> None:
        if any((one.holder.casefold(), one.start, one.end) == (holder.casefold(), start, end) for one in self.list()):
            raise InvalidGoal(
                text("There is a sheet of {holder} for this period already.", holder=holder), text("Open it in the list.")
            )

    def _refuse(self, sheet: GoalSheet, is_allowed: bool) -> None:
        if not is_allowed:
            raise InvalidGoal(
                text("The sheet of {holder} has moved on: it is “{stage}” now.", holder=sheet.holder, stage=sheet.stage.label),
                text("Open it anew and look at what was done."),
            )
