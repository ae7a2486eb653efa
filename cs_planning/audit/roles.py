"""What each role does in the cycle of goals, as a checklist that a team goes through every quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, model_validator

from cs_planning.goals.goal import ShortText
from cs_planning.language import Text, text


class CycleRole(StrEnum):
    """Who has a part in the cycle."""

    AGENT = "agent"
    TEAM_LEAD = "team_lead"
    SERVICE_MANAGER = "service_manager"
    LEADERSHIP = "leadership"

    @property
    def label(self) -> Text:
        """The role as words for the screen."""
        return {
            "agent": text("Agent"),
            "team_lead": text("Team lead"),
            "service_manager": text("Service manager"),
            "leadership": text("The leadership"),
        }[self.value]


class CycleTime(StrEnum):
    """When in the cycle something is done."""

    PLAN = "plan"
    MONTH = "month"
    REVIEW = "review"
    YEAR = "year"

    @property
    def label(self) -> Text:
        """The time as words for the screen."""
        return {
            "plan": text("When goals are set"),
            "month": text("Every month"),
            "review": text("At the quarterly review"),
            "year": text("When the year ends"),
        }[self.value]


@dataclass(frozen=True)
class RolePoint:
    """One thing that a role does.

    Attributes:
        id: stable, since checks are kept with it.
        place: where in the product it is done: `sheets`, `review` …; empty where it is done elsewhere.
    """

    id: str
    role: CycleRole
    when: CycleTime
    what: Text
    place: str = ""


_A, _T, _S, _L = CycleRole.AGENT, CycleRole.TEAM_LEAD, CycleRole.SERVICE_MANAGER, CycleRole.LEADERSHIP
_PLAN, _MONTH, _REVIEW, _YEAR = CycleTime.PLAN, CycleTime.MONTH, CycleTime.REVIEW, CycleTime.YEAR

ROLE_POINTS: tuple[RolePoint, ...] = (
    RolePoint("agent_say", _A, _PLAN, text("Say what stands in customers’ way before goals are set, with two examples")),
    RolePoint(
        "agent_own", _A, _PLAN, text("Know the goal you carry, its number and its day, and what you can do for it"), "sheets"
    ),
    RolePoint("agent_tag", _A, _MONTH, text("Give every contact its topic, and say so when no topic fits")),
    RolePoint("agent_steps", _A, _MONTH, text("Bring your actions up to date, and say why one is late"), "plan"),
    RolePoint("agent_answers", _A, _MONTH, text("Report one answer or article that failed, and what would have helped")),
    RolePoint("agent_self", _A, _REVIEW, text("Appraise yourself, with two contacts that show it"), "sheets"),
    RolePoint("agent_next", _A, _REVIEW, text("Leave the talk with one next step and its day"), "sheets"),
    RolePoint("agent_learn", _A, _YEAR, text("Say what you want to learn next year, and what you taught others")),
    RolePoint("lead_share", _T, _PLAN, text("Agree with each agent on goals and weights that add up to 100 %"), "sheets"),
    RolePoint(
        "lead_capacity",
        _T,
        _PLAN,
        text("Hold the goals against leave, training and expected contacts before you agree"),
        "what_if",
    ),
    RolePoint("lead_talk", _T, _MONTH, text("Go through two contacts with every agent, one that went well among them")),
    RolePoint("lead_check_in", _T, _MONTH, text("Check in on every goal of the team with the reason for its move"), "goals"),
    RolePoint("lead_thank", _T, _MONTH, text("Thank somebody for good work where others hear it")),
    RolePoint(
        "lead_proposal", _T, _REVIEW, text("Bring a proposal for each goal that is behind: what, by whom, by when"), "review"
    ),
    RolePoint(
        "lead_appraise", _T, _REVIEW, text("Appraise by examples, and compare your measure with another lead’s first"), "sheets"
    ),
    RolePoint("lead_training", _T, _YEAR, text("See what training moved: the skill before and after, and its KPI")),
    RolePoint(
        "manager_goals",
        _S,
        _PLAN,
        text(
            "Set goals on KPIs that are recorded, each with its probability, and guard quality where it is about cost or speed"
        ),
        "draft",
    ),
    RolePoint(
        "manager_align",
        _S,
        _PLAN,
        text("See that the goals together serve the company’s, and drop those that serve none"),
        "alignment",
    ),
    RolePoint(
        "manager_data",
        _S,
        _MONTH,
        text("Import the figures within a week, and look at what is doubtful in them"),
        "data_quality",
    ),
    RolePoint(
        "manager_causes", _S, _MONTH, text("Take causes in products and rules to the department that owns them"), "feedback"
    ),
    RolePoint(
        "manager_decide",
        _S,
        _REVIEW,
        text("Decide for each goal that is behind: other means, more time or another target, and write down why"),
        "review",
    ),
    RolePoint("manager_audit", _S, _REVIEW, text("Do the audit with agents, and make goals of its two worst gaps")),
    RolePoint(
        "manager_record",
        _S,
        _YEAR,
        text("Compare what was forecast with what came, and say where you were too sure"),
        "forecast",
    ),
    RolePoint("manager_standards", _S, _YEAR, text("Renew service standards and benchmarks, with source and date")),
    RolePoint(
        "leader_goals",
        _L,
        _PLAN,
        text("Name two or three company goals with a number, and say what is not among them"),
        "leadership",
    ),
    RolePoint("leader_means", _L, _PLAN, text("Give the people and money that the goals need, or ask for less"), "what_if"),
    RolePoint(
        "leader_look", _L, _MONTH, text("Look at chances and money at stake, and ask for causes, not culprits"), "leadership"
    ),
    RolePoint("leader_listen", _L, _MONTH, text("Listen to five contacts yourself")),
    RolePoint(
        "leader_decide", _L, _REVIEW, text("Take the decisions that nobody else can take, each with its day"), "leadership"
    ),
    RolePoint("leader_cause", _L, _REVIEW, text("Clear one cause outside of service: product, price, delivery")),
    RolePoint("leader_judge", _L, _YEAR, text("Judge the year by customers and company, not by a single KPI"), "alignment"),
    RolePoint("leader_thank", _L, _YEAR, text("Thank the teams for what they reached, and for what a missed goal taught")),
)
"""What every role does, in the order of the cycle."""


class RoleCheck(BaseModel):
    """What a role found done of its part; it is kept as it was.

    Attributes:
        done: ids of the points.
    """

    model_config = ConfigDict(frozen=True)

    id: str = ""
    on: date
    by: ShortText = ""
    role: CycleRole
    done: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _of_the_role(self) -> RoleCheck:
        strange = set(self.done) - {point.id for point in points_of(self.role)}
        if strange:
            raise ValueError(f"no points of {self.role}: {', '.join(sorted(strange))}")
        return self


@dataclass(frozen=True)
class RoleStanding:
    """How far a role is in the running quarter.

    Attributes:
        check: the last one of the quarter; `None` while nobody went through the list.
        missing: what is not done, in the order of the cycle.
    """

    role: CycleRole
    check: RoleCheck | None
    missing: tuple[RolePoint, ...]

    @property
    def words(self) -> Text:
        """The standing in a few words."""
        count = len(points_of(self.role))
        if self.check is None:
            return text("{role}: not gone through this quarter", role=self.role.label)
        return text("{role}: {done} of {all}", role=self.role.label, done=count - len(self.missing), all=count)


def points_of(role: CycleRole) -> tuple[RolePoint, ...]:
    """What a role does, in the order of the cycle."""
    return tuple(point for point in ROLE_POINTS if point.role is role)


def standings(checks: Sequence[RoleCheck], since: date) -> tuple[RoleStanding, ...]:
    """How far each role is, by the last check of the quarter; the list begins anew with every quarter.

    Args:
        checks: in any order; of one day the later one in the list counts.
        since: the first day of the running quarter.
    """
    last: dict[CycleRole, RoleCheck] = {}
    for check in sorted(checks, key=lambda one: one.on):
        if check.on >= since:
            last[check.role] = check
    return tuple(_standing(role, last.get(role)) for role in CycleRole)


def _standing(role: CycleRole, check: RoleCheck | None) -> RoleStanding:
    done = () if check is None else check.done
    return RoleStanding(role, check, tuple(point for point in points_of(role) if point.id not in done))
