"""The workspace as a goal page sees it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from pydantic_core import from_json

from cs_planning.audit.checklist import Audit
from cs_planning.automation.levers.registry import Lever
from cs_planning.errors import CannotForecast, NotFound, NothingYet
from cs_planning.forecasting.answers.achievability import SuggestedTargets, assess_measured, suggested_targets
from cs_planning.forecasting.answers.belief import Belief
from cs_planning.forecasting.answers.track_record import Record
from cs_planning.forecasting.forecast import Assessment, Forecast
from cs_planning.goals.finding import Finding
from cs_planning.goals.following.progress import StatusReport
from cs_planning.goals.goal import Goal, Stage
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.frequency import Frequency, Rhythm
from cs_planning.kpis.series import KpiSeries, SeriesKey
from cs_planning.language import text
from cs_planning.notebook.blocks.block import Image
from cs_planning.notebook.records import Action, CheckIn, Comment, Decision
from cs_planning.notebook.sources import AuditLine, Dependency, Frontier, PlanLine, ScenarioComparison, Source, WholePlan
from cs_planning.storage import COMMENT, Document, Store
from cs_planning.workspace.following.audits import Audits
from cs_planning.workspace.following.decisions import Decisions
from cs_planning.workspace.following.together import GoalsTogether, plan_words, too_many_words
from cs_planning.workspace.goals.planning import Planning
from cs_planning.workspace.scenarios.what_if import WhatIf

_SEED = 0
RESOLVED = "resolved"
"""The state of a comment that nobody has to answer any more."""


class PageSources:
    """Answers what the cells of a page ask, on a given day."""

    def __init__(
        self, store: Store, planning: Planning, what_if: WhatIf, audits: Audits, together: GoalsTogether, today: date
    ) -> None:
        self._store = store
        self._planning = planning
        self._what_if = what_if
        self._audits = audits
        self._together = together
        self._today = today

    def version_of(self, dependency: Dependency) -> str:
        """A word that changes whenever the thing changes."""
        match dependency.source:
            case Source.SERIES:
                return f"{self._store.changes.data_version()}.{self._planning.events.stamp()}.{self._planning.place}"
            case Source.GOAL if dependency.id:
                goal = self._planning.goal(dependency.id)
                return f"{goal.version}.{self._store.changes.data_version()}"
            case Source.COMMENTS:
                return f"{self._store.changes.content_version()}"
            case _:
                return f"{self._store.changes.content_without_comments()}.{self._store.changes.data_version()}"

    def data_as_of(self) -> date | None:
        """The last day that the imported data cover, but none that was not over on the day of the run."""
        kept = self._store.points.list_series()
        known = [info for info in kept if info.frequency is not Frequency.WEEK] or kept
        last: dict[Rhythm, date] = {}
        for info in known:
            last[info.rhythm] = max(last.get(info.rhythm, info.last), info.last)
        newest = max((rhythm.end_of(day) for rhythm, day in last.items()), default=None)
        return None if newest is None else newest if newest < self._today else self._today - timedelta(days=1)

    def calendar(self) -> ServiceCalendar:
        """Where the years begin, and when the service is open."""
        return self._store.settings.load_calendar()

    def seed(self) -> int:
        """The seed of the forecasts."""
        return _SEED

    def goal(self, id: str) -> Goal:
        """The goal of that id."""
        return self._planning.goal(id)

    def relatives(self, goal: Goal) -> tuple[Goal, ...]:
        """The goals above (root first), the goal itself, and the goals right below."""
        goals = {one.id: one for one in self._planning.goals()}
        above: list[Goal] = []
        parent = goals.get(goal.parent or "")
        while parent is not None and parent not in above:
            above.insert(0, parent)
            parent = goals.get(parent.parent or "")
        return (*above, goal, *(one for one in goals.values() if one.parent == goal.id))

    def series(self, key: SeriesKey, frequency: Frequency) -> KpiSeries:
        """A KPI series in that rhythm."""
        return self._store.points.load_series(key, frequency)

    def parts(self, key: SeriesKey, dimension: str, frequency: Frequency) -> Mapping[str, KpiSeries]:
        """The series of the same KPI for each value of a dimension."""
        found = {}
        for info in self._store.points.list_series():
            scope = dict(info.key.scope)
            wanted = dict(key.scope) | {dimension: scope.get(dimension, "")}
            if info.key.kpi == key.kpi and info.frequency is frequency and dimension in scope and scope == wanted:
                found[scope[dimension]] = info.key
        return dict(zip(found, self._store.points.load_all_series(found.values(), frequency), strict=True))

    def forecast(self, goal: Goal) -> Forecast:
        """The forecast of the goal's KPI up to its deadline."""
        outlook = self._planning.outlook(goal, self._today)
        if outlook.forecast is None:
            is_over = goal.deadline is not None and goal.deadline < self._today
            raise CannotForecast(
                outlook.reason or text("There is no forecast."),
                text("The time of this goal is over: its check-ins and the review say what came of it.")
                if is_over
                else outlook.hint,
            )
        return outlook.forecast

    def assessment(self, goal: Goal, target: float) -> Assessment:
        """How likely a target of the goal is."""
        forecast = self.forecast(goal)
        draws, question = self._planning.draws(goal, self._today), self._planning.question(goal)
        if draws is None or question is None:
            raise CannotForecast(text("There is no forecast."), text("Choose a KPI and a deadline."))
        return assess_measured(draws, question, target, forecast.series.kpi)

    def belief(self, goal: Goal) -> Belief | None:
        """What is believed of the primary target; `None` without one."""
        return self._planning.outlook(goal, self._today).belief

    def suggested_targets(self, goal: Goal) -> SuggestedTargets:
        """The targets that would be 80, 50 and 20 % likely."""
        forecast, question = self.forecast(goal), self._planning.question(goal)
        if question is None:
            raise CannotForecast(text("There is no forecast."), text("Choose a KPI and a deadline."))
        return suggested_targets(forecast, question)

    def findings(self, goal: Goal) -> tuple[Finding, ...]:
        """What the SMART check says."""
        return self._planning.findings(goal, self._today)

    def status(self, goal: Goal, today: date) -> StatusReport:
        """How the goal stands."""
        return self._planning.status(goal, today)

    def record(self, goal: Goal) -> Record:
        """How past forecasts of the goal's KPI did."""
        found = self._planning.record(goal, self._today)
        if found is None:
            raise NotFound(text("The KPI of this goal has no data."), text("Import a file with this KPI."))
        return found

    def scenarios(self, goal: Goal | None, ids: tuple[str, ...], moved: tuple[Lever, ...] = ()) -> ScenarioComparison:
        """The scenarios of those ids, or all of them, against the operation as it is; with moved levers, one more with them."""
        return self._what_if.comparison(goal, ids, self._today, moved)

    def scenario_name(self, id: str) -> str:
        """What a scenario is called."""
        return self._what_if.scenario(id).scenario.name

    def frontier(self, scenario: str, moved: tuple[Lever, ...] = ()) -> Frontier:
        """What a better response costs in a scenario; in the operation as it is when none is named and no lever moved."""
        return self._what_if.frontier(scenario, moved)

    def audit(self, id: str) -> tuple[AuditLine, ...]:
        """Every metric that has a goal or a service standard, the worst gap first, as it is measured today.

        Args:
            id: of an audit that was written down; its day says up to when periods count.  Today where none is named.

        Raises:
            NotFound: there is no such audit.
            NothingYet: no metric has a goal yet.
        """
        on = self._today if not id else Audit.model_validate_json(self._store.documents.load("audit", id).body).on
        rows = [row for row in self._audits.table(on) if row.goal is not None]
        if not rows:
            raise NothingYet(
                text("No metric has a goal or a service standard yet."), text("Commit to a goal, or keep a service standard.")
            )
        return tuple(AuditLine.of(row) for row in sorted(rows, key=lambda row: (-row.severity, row.series)))

    def plan(self) -> WholePlan:
        """All running goals, and how likely they are together."""
        running = [line for line in self._planning.overview(self._today) if line.goal.stage is Stage.ACTIVE]
        found = self._together.plan_of(running, self._today)
        lines = tuple(PlanLine(line.goal, line.report) for line in running)
        too_many = too_many_words(len(running))
        told = plan_words(found) if found is not None else () if too_many is None else (too_many,)
        return WholePlan(lines, told)

    def actions(self, goal: str) -> tuple[Action, ...]:
        """The action plan of a goal; of all goals when none is named."""
        found = self._store.documents.list("action", parent=goal or None)
        return tuple(Action.model_validate_json(one.body).model_copy(update={"id": one.id}) for one in found)

    def checkins(self, goal: str) -> tuple[CheckIn, ...]:
        """The check-ins of a goal, newest first."""
        found = [CheckIn.model_validate_json(one.body) for one in self._store.documents.list("check_in", parent=goal or None)]
        return tuple(sorted(found, key=lambda one: one.on, reverse=True))

    def decisions(self, goal: str) -> tuple[Decision, ...]:
        """The decisions about a goal, newest first; about all goals when none is named."""
        return Decisions(self._store).list(goal)

    def comments(self, page: str) -> tuple[Comment, ...]:
        """The comments on a page."""
        return tuple(comment_of(one) for one in self._store.documents.list(COMMENT, parent=page)) if page else ()

    def image(self, id: str) -> Image:
        """An uploaded picture."""
        kept = self._store.images.load(id)
        return Image(data=kept.content, media_type=kept.media_type, alt=kept.file_name)  # type: ignore[arg-type]


def comment_of(document: Document) -> Comment:
    """The comment that a document keeps; its moment and state are the document's."""
    fields = from_json(document.body) | {"id": document.id, "at": document.created_at}
    return Comment.model_validate(fields | {"resolved": document.state == RESOLVED})
