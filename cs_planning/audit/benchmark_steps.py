"""The four steps of a benchmark, define → measure → achieve → improve: where a metric or a goal stands, and what is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cs_planning.audit.gaps import AuditRow, AuditVerdict
from cs_planning.goals.following.progress import Status, StatusReport
from cs_planning.goals.goal import Goal, Stage
from cs_planning.goals.title import called
from cs_planning.language import Text, text


class BenchmarkStep(StrEnum):
    """A step of a benchmark; each needs the ones before it."""

    DEFINE = "define"
    MEASURE = "measure"
    ACHIEVE = "achieve"
    IMPROVE = "improve"

    @property
    def label(self) -> Text:
        """The step as a word for the screen."""
        return {
            "define": text("Define"),
            "measure": text("Measure"),
            "achieve": text("Achieve"),
            "improve": text("Improve"),
        }[self.value]

    @property
    def of_metrics(self) -> Text:
        """Which metrics of an audit stand at this step."""
        return {
            "define": text("have no goal yet"),
            "measure": text("have a goal, and no figures or too few answers"),
            "achieve": text("are behind their goal"),
            "improve": text("meet their goal: raise it, or keep it as a standard"),
        }[self.value]

    @property
    def next_of_goal(self) -> Text:
        """What is next for a goal that stands at this step."""
        return {
            "define": text("Next: set a target and a deadline, and commit to it."),
            "measure": text("Next: bring in the first figures."),
            "achieve": text("Next: act, check in and re-plan until the target is met."),
            "improve": text("Next: raise the target, or keep what was reached as a service standard."),
        }[self.value]


@dataclass(frozen=True)
class StepsOfGoal:
    """Where a goal stands on the four steps.

    Attributes:
        at: the step that is under way; those before it are done.
        followed_by: the goal that goes on where this one ended; `None` without one.
    """

    at: BenchmarkStep
    followed_by: Goal | None = None

    def is_done(self, step: BenchmarkStep) -> bool:
        """Whether a step is behind the goal."""
        order = list(BenchmarkStep)
        return order.index(step) < order.index(self.at) or self.followed_by is not None

    @property
    def next(self) -> Text:
        """What is next."""
        if self.followed_by is not None:
            return text("It goes on with “{goal}”.", goal=called(self.followed_by))
        return self.at.next_of_goal


_STEPS = {
    AuditVerdict.NO_GOAL: BenchmarkStep.DEFINE,
    AuditVerdict.NO_DATA: BenchmarkStep.MEASURE,
    AuditVerdict.FEW: BenchmarkStep.MEASURE,
    AuditVerdict.GAP: BenchmarkStep.ACHIEVE,
    AuditVerdict.SEVERE: BenchmarkStep.ACHIEVE,
    AuditVerdict.MET: BenchmarkStep.IMPROVE,
    AuditVerdict.BETTER: BenchmarkStep.IMPROVE,
}


def step_of(row: AuditRow) -> BenchmarkStep:
    """The step at which a metric of the audit stands."""
    return _STEPS[row.verdict]


def by_step(rows: Sequence[AuditRow]) -> Mapping[BenchmarkStep, tuple[AuditRow, ...]]:
    """The metrics that stand at each step, in the order of the steps."""
    return {step: tuple(row for row in rows if step_of(row) is step) for step in BenchmarkStep}


def steps_of_goal(goal: Goal, report: StatusReport, goals: Sequence[Goal], *, is_measured: bool) -> StepsOfGoal:
    """Where a goal stands on the four steps.

    Args:
        goal: any.
        report: where it stands today.
        goals: all goals; one on the same KPI that begins after this one ends, or asks for more, goes on with it.
        is_measured: whether its KPI has values.
    """
    if goal.stage is Stage.DRAFT or goal.primary is None or goal.deadline is None:
        return StepsOfGoal(
            BenchmarkStep.MEASURE if goal.measures_first and goal.stage is not Stage.DRAFT else BenchmarkStep.DEFINE
        )
    if not is_measured:
        return StepsOfGoal(BenchmarkStep.MEASURE)
    if report.status is not Status.REACHED:
        return StepsOfGoal(BenchmarkStep.ACHIEVE)
    later = [one for one in goals if one.stage in {Stage.ACTIVE, Stage.CLOSED} and _goes_on(goal, one)]
    return StepsOfGoal(BenchmarkStep.IMPROVE, min(later, key=lambda one: str(one.deadline), default=None))


def _goes_on(goal: Goal, other: Goal) -> bool:
    if other.id == goal.id or other.series != goal.series or other.deadline is None or goal.deadline is None:
        return False
    asks_for_more = (
        goal.primary is not None and other.primary is not None and goal.direction.sign * (other.primary - goal.primary) > 0
    )
    return other.deadline > goal.deadline and (asks_for_more or other.start is None or other.start > goal.deadline)
