"""A goal sheet as it is shown and printed, today or as of an earlier day, with the status that every other screen gives."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from cs_planning.errors import InvalidGoal, NotFound
from cs_planning.exports.paper.goal_sheet import to_sheet_xlsx
from cs_planning.goals.appraisal.sheet import GoalSheet
from cs_planning.goals.appraisal.view import SheetView, goal_that_counts, view_of
from cs_planning.goals.drafts.times import named_span
from cs_planning.goals.goal import Goal, Stage
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import Text, text
from cs_planning.storage import Store
from cs_planning.workspace.appraisals.kept_sheets import KeptSheets
from cs_planning.workspace.goals.planning import Planning


class SheetViews:
    """The sheets of a workspace as they are looked at."""

    def __init__(self, store: Store, planning: Planning, sheets: KeptSheets) -> None:
        self._store = store
        self._planning = planning
        self._sheets = sheets

    def goals_of(self, sheet: GoalSheet) -> Mapping[str, Goal]:
        """The goals on a sheet by id, those that are still there."""
        wanted = {line.goal_id for line in sheet.lines}
        return {goal.id: goal for goal in self._planning.goals() if goal.id in wanted}

    def now(self, sheet: GoalSheet, today: date) -> SheetView:
        """The sheet as it stands on a day, with the goals as they are."""
        return self._view(sheet, self.goals_of(sheet), today)

    def as_of(self, id: str, day: date) -> SheetView:
        """A sheet as it stood at the end of a day: as it was kept then, with the goals of then and the periods over then.

        Raises:
            NotFound: there is none with this id.
            InvalidGoal: it was begun after that day.
        """
        sheet = self._sheets.at_the_end_of(day, id)
        if sheet is None:
            raise InvalidGoal(
                text("The sheet was begun on {begun}, after {day}.", begun=self._sheets.begun_on(id), day=day),
                text("Choose a later day."),
            )
        return self._view(sheet, self._goals_on(sheet, day), day)

    def period(self, sheet: GoalSheet) -> Text:
        """The time that a sheet is about, as its workspace names it."""
        return named_span(sheet.start, sheet.end, self._planning.calendar.rhythm(Frequency.QUARTER))

    def file(self, sheet: GoalSheet, today: date, language: str, *, as_of: date | None = None) -> bytes:
        """The sheet as a workbook, ready to print on A4.

        Args:
            sheet: any.
            today: the day of the view.
            language: of everything that users did not write.
            as_of: an earlier day as of which it is written.

        Raises:
            InvalidGoal: the sheet was begun after `as_of`.
        """
        earlier = as_of is not None and as_of < today
        view = self.as_of(sheet.id, as_of) if earlier and as_of is not None else self.now(sheet, today)
        return to_sheet_xlsx(view, language=language)

    def _view(self, sheet: GoalSheet, goals: Mapping[str, Goal], today: date) -> SheetView:
        counting = [goal_that_counts(sheet, line.goal_id, goals.get(line.goal_id)) for line in sheet.lines]
        reports = {one: self._planning.status(goal, today) for one, goal in goals.items()}
        return view_of(
            sheet,
            goals,
            self._planning.series_of_all([goal for goal in counting if goal is not None]),
            reports,
            today=today,
            judge=lambda goal: self._planning.status(goal, today),
            currency=self._store.settings.load_currency().code,
            calendar=self._planning.calendar,
        )

    def _goals_on(self, sheet: GoalSheet, day: date) -> Mapping[str, Goal]:
        """The goals of a sheet as they were kept at the end of a day."""
        found = {}
        for line in sheet.lines:
            with suppress(NotFound):
                changes = self._store.goals.history(line.goal_id)
                then = next((one.after for one in changes if one.at.date() <= day), None)
                if then is not None and then.stage is not Stage.ARCHIVED:
                    found[line.goal_id] = then
        return found
