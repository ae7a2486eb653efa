"""A goal sheet as it is shown and printed: each goal with what was agreed, what is measured, and what both sides say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from cs_planning.goals.appraisal.agreement import BEFORE_AGREEMENT, changes_since_agreed
from cs_planning.goals.appraisal.scale import Grade, grade_named, suggested_grade
from cs_planning.goals.appraisal.score import Side, WeightedScore, weighted_score
from cs_planning.goals.appraisal.sheet import GoalSheet, SheetLine, SheetStage, SheetStep
from cs_planning.goals.drafts.times import named_span
from cs_planning.goals.following.history import Change
from cs_planning.goals.following.progress import StatusReport, status_of
from cs_planning.goals.goal import Goal
from cs_planning.goals.naming import described
from cs_planning.goals.sentence import sentence_of
from cs_planning.goals.title import called, is_made
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR, ServiceCalendar
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.currency import UNSAID
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text, text


@dataclass(frozen=True)
class LineView:
    """One goal of a sheet.

    Attributes:
        line: its weight and what was given and said.
        goal: as it counts: as agreed, else as it is now; `None` when it is gone and was never agreed.
        sentence: the goal in words.
        report: where that goal stands.
        kpi: what the goal counts in; `None` where its KPI was never imported and is not in the catalogue.
        suggested: the grade that the measured value alone would give; `None` while it is not decided.
        own, superior: the grades that were given.
        changes: what of the goal is different now from what was agreed.
    """

    line: SheetLine
    goal: Goal | None
    sentence: Text
    report: StatusReport | None
    kpi: Kpi | None
    suggested: Grade | None
    own: Grade | None
    superior: Grade | None
    changes: tuple[Change, ...] = ()

    @property
    def value(self) -> float | None:
        """The measured value, in the KPI's unit; `None` without one."""
        return self.report.pace.current if self.report is not None else None

    @property
    def measured(self) -> Text | None:
        """The measured value in words."""
        return quantity(self.value, self.kpi) if self.value is not None and self.kpi is not None else None

    @property
    def step(self) -> Text | None:
        """The newest step beside what was measured, where the target varies."""
        standing = self.report.step if self.report is not None else None
        return standing.words(self.kpi) if standing is not None and self.kpi is not None else None

    @property
    def title(self) -> Text:
        """The goal's title."""
        return text("{title}", title=called(self.goal)) if self.goal is not None else text("Untitled goal")

    @property
    def is_titled_with_its_sentence(self) -> bool:
        """Whether the title is the goal in words, in the language of who reads it: to be said once."""
        return self.goal is not None and is_made(self.goal)


@dataclass(frozen=True)
class SheetView:
    """A sheet as it is shown on a day.

    Attributes:
        period: the time that it is about, in words.
        stage: where it stands, in words.
        agreed_by, agreed_on: of the agreement that counts; empty and `None` without one.
        own, superior: the weighted scores; `None` until every goal has its grade.
    """

    sheet: GoalSheet
    today: date
    period: Text
    stage: Text
    lines: tuple[LineView, ...]
    agreed_by: str
    agreed_on: date | None
    own: WeightedScore | None
    superior: WeightedScore | None

    @property
    def changed(self) -> tuple[LineView, ...]:
        """The goals that were changed since they were agreed."""
        return tuple(one for one in self.lines if one.changes)


def view_of(
    sheet: GoalSheet,
    goals: Mapping[str, Goal],
    series: Mapping[str, KpiSeries],
    reports: Mapping[str, StatusReport],
    *,
    today: date,
    judge: Callable[[Goal], StatusReport] | None = None,
    currency: str = UNSAID.code,
    calendar: ServiceCalendar = CALENDAR_YEAR,
) -> SheetView:
    """The sheet as it is shown.

    Args:
        sheet: any.
        goals: as they are now, by id.
        series: their KPIs, by goal id.
        reports: where the goals as they are now stand, by id: the same status as on every screen.
        today: the day of the view.
        judge: gives the status of a goal as it was agreed, where that is another one by now; without it, its status is told
            from what was measured, with no probability.
        currency: in which amounts are counted (ISO 4217).
        calendar: where the years of the workspace begin.
    """
    was_agreed = bool(sheet.agreed) and not (sheet.stage is SheetStage.CLOSED and sheet.stage_before in BEFORE_AGREEMENT)
    agreement = sheet.last(SheetStep.AGREE) if was_agreed else None

    def judged(goal: Goal, history: KpiSeries | None) -> StatusReport:
        return judge(goal) if judge is not None else status_of(goal, history, None, today)

    lines = [_line(sheet, line, goals.get(line.goal_id), series, reports, judged, currency) for line in sheet.lines]
    return SheetView(
        sheet=sheet,
        today=today,
        period=named_span(sheet.start, sheet.end, calendar.rhythm(Frequency.QUARTER)),
        stage=sheet.stage_words(today),
        lines=tuple(lines),
        agreed_by=agreement.by if agreement is not None else "",
        agreed_on=agreement.at.date() if agreement is not None else None,
        own=weighted_score(sheet.scale, sheet.lines, Side.OWN),
        superior=weighted_score(sheet.scale, sheet.lines, Side.SUPERIOR),
    )


def goal_that_counts(sheet: GoalSheet, id: str, now: Goal | None) -> Goal | None:
    """The goal that a line of a sheet is about: as it is now while it is planned, later as it was agreed.

    Args:
        sheet: any.
        id: of the goal.
        now: the goal as it is; `None` where it is gone.
    """
    terms = sheet.terms_of(id)
    if terms is None or (now is not None and sheet.stage in BEFORE_AGREEMENT):
        return now
    return terms.goal


def _is_judged_alike(agreed: Goal, now: Goal, changes: tuple[Change, ...]) -> bool:
    """Whether a goal as it is now has the status of the agreed one; its way begins at its baseline."""
    return not changes and agreed.baseline == now.baseline


def _line(
    sheet: GoalSheet,
    line: SheetLine,
    now: Goal | None,
    series: Mapping[str, KpiSeries],
    reports: Mapping[str, StatusReport],
    judged: Callable[[Goal, KpiSeries | None], StatusReport],
    currency: str,
) -> LineView:
    last = sheet.terms_of(line.goal_id)
    changes = changes_since_agreed(last, now, currency) if last is not None and now is not None else ()
    goal = goal_that_counts(sheet, line.goal_id, now)
    own, superior = grade_named(sheet.scale, line.own_grade), grade_named(sheet.scale, line.superior_grade)
    if goal is None:
        return LineView(line, None, text("This goal is not there any more."), None, None, None, own, superior)
    history = series.get(line.goal_id)
    report = reports.get(line.goal_id) if goal is now or (now is not None and _is_judged_alike(goal, now, changes)) else None
    if report is None:
        report = judged(goal, history)
    key = goal.key
    kpi = history.kpi if history is not None else described(key.kpi).in_currency(currency) if key is not None else None
    return LineView(
        line=line,
        goal=goal,
        sentence=sentence_of(goal, history, currency),
        report=report,
        kpi=kpi,
        suggested=suggested_grade(sheet.scale, goal, report),
        own=own,
        superior=superior,
        changes=changes,
    )
