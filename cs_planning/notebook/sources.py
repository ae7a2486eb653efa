"""What a page asks of the workspace while it runs.

`Sources` is all that cells know about the world; a workspace implements it with its own caches.  Every method may raise a
`PlanningError`, which the cell shows in place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from cs_planning.audit.gaps import AuditRow, AuditVerdict
from cs_planning.automation.levers.registry import Lever
from cs_planning.forecasting.answers.achievability import SuggestedTargets
from cs_planning.forecasting.answers.belief import Belief
from cs_planning.forecasting.answers.track_record import Record
from cs_planning.forecasting.forecast import Assessment, Forecast
from cs_planning.goals.finding import Finding
from cs_planning.goals.following.progress import StatusReport
from cs_planning.goals.goal import Goal
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries, SeriesKey
from cs_planning.language import Text
from cs_planning.notebook.blocks.block import Image, Words
from cs_planning.notebook.blocks.outcome_charts import Bar, FrontierPoint
from cs_planning.notebook.records import Action, CheckIn, Comment, Decision


class Source(StrEnum):
    """The kinds of thing that a cell can depend on."""

    GOAL = "goal"
    SERIES = "series"
    SCENARIO = "scenario"
    OPERATION = "operation"
    AUDIT = "audit"
    GOALS = "goals"
    ACTIONS = "actions"
    CHECKINS = "checkins"
    DECISIONS = "decisions"
    COMMENTS = "comments"
    IMAGE = "image"


@dataclass(frozen=True, order=True)
class Dependency:
    """One thing that a cell depends on; `id` is empty for things that exist once."""

    source: Source
    id: str = ""


@dataclass(frozen=True)
class ScenarioFigure:
    """One figure of the operation under several scenarios; the first bar is the operation as it is.

    Attributes:
        id: a stable name, such as `service_level`.
        title: the figure with its unit.
        kpi: how its values are written and which way it improves.
    """

    id: str
    title: Words
    kpi: Kpi
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class ScenarioComparison:
    """Scenarios side by side.

    Attributes:
        figures: the most important one first, all with the same scenarios in the same order.
        probabilities: of the goal's primary target under each scenario, 0…1, in the same order; empty when the goal is on
            something that the scenarios do not move.
        assumptions: what the result rests on, one sentence each.
    """

    figures: tuple[ScenarioFigure, ...]
    probabilities: tuple[float, ...] = ()
    assumptions: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Frontier:
    """What a better response costs."""

    title: Words
    points: tuple[FrontierPoint, ...]
    kpi: Kpi
    cost_kpi: Kpi


@dataclass(frozen=True)
class AuditLine:
    """One line of the audit table; values in the unit of `kpi`.

    Attributes:
        gap: goal − current, positive when something is missing, whichever way the KPI improves.
        trend: change a year, as words.
        verdict: as words.
        met: whether the goal is met; `None` when it can't be told.
    """

    metric: Words
    kpi: Kpi
    goal: float | None
    current: float | None
    gap: float | None
    trend: Words
    verdict: Words
    met: bool | None

    @classmethod
    def of(cls, row: AuditRow) -> AuditLine:
        """A row of the audit table as a line of a page."""
        judged = row.verdict.is_gap or row.verdict in {AuditVerdict.BETTER, AuditVerdict.MET}
        return cls(
            metric=row.name,
            kpi=row.kpi,
            goal=row.goal,
            current=row.current,
            gap=row.gap,
            trend=row.trend.label,
            verdict=row.verdict.label,
            met=not row.verdict.is_gap if judged else None,
        )


@dataclass(frozen=True)
class PlanLine:
    """A running goal and how it stands."""

    goal: Goal
    report: StatusReport


@dataclass(frozen=True)
class WholePlan:
    """All running goals.

    Attributes:
        lines: each goal.
        told: how likely they are together, in sentences; empty for fewer than two with a number.
    """

    lines: tuple[PlanLine, ...]
    told: tuple[Text, ...]


class Sources(Protocol):
    """The workspace as a page sees it."""

    def version_of(self, dependency: Dependency) -> str:
        """A word that changes whenever the thing changes; quick, since every cell asks on every run."""

    def data_as_of(self) -> date | None:
        """The last day that the imported data cover."""

    def calendar(self) -> ServiceCalendar:
        """Where the years begin, and when the service is open."""

    def seed(self) -> int:
        """The seed of the forecasts."""

    def goal(self, id: str) -> Goal:
        """The goal of that id."""

    def relatives(self, goal: Goal) -> tuple[Goal, ...]:
        """The goals above (root first), the goal itself, and the goals right below."""

    def series(self, key: SeriesKey, frequency: Frequency) -> KpiSeries:
        """A KPI series in that rhythm."""

    def parts(self, key: SeriesKey, dimension: str, frequency: Frequency) -> Mapping[str, KpiSeries]:
        """The series of the same KPI for each value of a dimension."""

    def forecast(self, goal: Goal) -> Forecast:
        """The forecast of the goal's KPI up to its deadline."""

    def assessment(self, goal: Goal, target: float) -> Assessment:
        """How likely a target of the goal is."""

    def belief(self, goal: Goal) -> Belief | None:
        """What is believed of the primary target; `None` without one."""

    def suggested_targets(self, goal: Goal) -> SuggestedTargets:
        """The targets that would be 80, 50 and 20 % likely."""

    def findings(self, goal: Goal) -> tuple[Finding, ...]:
        """What the SMART check says."""

    def status(self, goal: Goal, today: date) -> StatusReport:
        """How the goal stands."""

    def record(self, goal: Goal) -> Record:
        """How past forecasts of the goal's KPI did."""

    def scenarios(self, goal: Goal | None, ids: tuple[str, ...], moved: tuple[Lever, ...] = ()) -> ScenarioComparison:
        """The scenarios of those ids, or all of them, against the operation as it is; with moved levers, one more with them."""

    def scenario_name(self, id: str) -> str:
        """What a scenario is called."""

    def frontier(self, scenario: str, moved: tuple[Lever, ...] = ()) -> Frontier:
        """What a better response costs in a scenario; in the operation as it is when none is named and no lever moved."""

    def audit(self, id: str) -> tuple[AuditLine, ...]:
        """The lines of the audit table as of today; `id` is for a workspace that keeps several."""

    def plan(self) -> WholePlan:
        """All running goals, and how likely they are together."""

    def actions(self, goal: str) -> tuple[Action, ...]:
        """The action plan of a goal; of all goals when none is named."""

    def checkins(self, goal: str) -> tuple[CheckIn, ...]:
        """The check-ins of a goal, newest first."""

    def decisions(self, goal: str) -> tuple[Decision, ...]:
        """The decisions about a goal, newest first; about all goals when none is named."""

    def comments(self, page: str) -> tuple[Comment, ...]:
        """The comments on a page."""

    def image(self, id: str) -> Image:
        """An uploaded picture."""
