"""A: judged from history and from what the owner already carries, not from hope."""

from __future__ import annotations

from cs_planning.goals.drafts.reach import Reach, reach_of, stretch_words
from cs_planning.goals.finding import Finding, Letter, Verdict, found
from cs_planning.goals.goal import Direction, Goal, Measure, Stage
from cs_planning.goals.smart.evidence import Evidence
from cs_planning.kpis.quantity import difference, quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Chance, Text, text

UNLIKELY, DOUBTFUL, CERTAIN = 0.10, 0.35, 0.97
_MOST_GOALS = 5


def achievable(goal: Goal, evidence: Evidence) -> list[Finding]:
    """Whether the target can be reached: its probability, the best and the fastest that was ever seen, the owner's load."""
    if goal.measures_first and (evidence.series is None or len(evidence.series) == 0):
        return [
            found(
                Letter.ACHIEVABLE,
                Verdict.PASS,
                "achievable.measured_first",
                text("What is within reach is said once there are figures; until then the goal is to have them."),
            )
        ]
    if goal.primary is None:
        return [
            found(
                Letter.ACHIEVABLE,
                Verdict.WARN,
                "achievable.no_target",
                text("Without a target nobody can say whether it can be reached."),
                text("Set a target; the forecast then says how likely it is."),
            )
        ]
    reach = reach_of(goal, evidence.series, evidence.today)
    judged = _probability(goal, evidence, goal.primary)
    judged = [_never_worse(finding, goal, reach) for finding in judged]
    findings = [*judged, *_limits(goal, evidence, goal.primary)]
    if reach is not None and evidence.series is not None:
        findings += _history(goal, reach, evidence.series, goal.primary)
    return [*findings, *_workload(goal, evidence)]


def _probability(goal: Goal, evidence: Evidence, primary: float) -> list[Finding]:
    probability = evidence.probability
    record = evidence.record_words or Text(source="")
    if probability is None:
        reason = evidence.reason_without_number or text("There is no forecast for this goal.")
        return [
            found(
                Letter.ACHIEVABLE,
                Verdict.WARN,
                "achievable.no_probability",
                text("How likely it is can’t be said: {reason}", reason=reason),
                text("Choose a KPI with enough history and a deadline after it."),
            )
        ]
    chance = Chance(chance=probability)
    if probability < DOUBTFUL:
        unlikely = probability < UNLIKELY
        return [
            found(
                Letter.ACHIEVABLE,
                Verdict.FAIL if unlikely else Verdict.WARN,
                "achievable.unlikely" if unlikely else "achievable.doubtful",
                text(
                    "From history alone the target is reached with {chance} probability. {record}",
                    chance=chance,
                    record=record,
                ),
                _likelier(evidence),
                _likelier_fix(goal, evidence),
            )
        ]
    if probability > CERTAIN:
        return [
            found(
                Letter.ACHIEVABLE,
                Verdict.WARN,
                "achievable.no_effort",
                text(
                    "The target is reached with {chance} probability without doing anything. {record}",
                    chance=chance,
                    record=record,
                ),
                text(
                    "Take a target that needs an effort, such as the one that is 50 % likely, or keep this one as the "
                    "acceptable limit."
                ),
                {"primary": evidence.target_at_50} if evidence.target_at_50 is not None and goal.stretch is None else {},
            )
        ]
    return [
        found(
            Letter.ACHIEVABLE,
            Verdict.PASS,
            "achievable.likely_enough",
            text(
                "Ambitious and within reach: {chance} probability from history alone. {record}",
                chance=chance,
                record=record,
            ),
        )
    ]


def _likelier(evidence: Evidence) -> Text:
    kpi = evidence.kpi
    if evidence.target_at_50 is not None and evidence.target_at_80 is not None and kpi is not None:
        return text(
            "{half} is 50 % likely and {most} is 80 % likely; or name what will change that history does not know yet.",
            half=quantity(evidence.target_at_50, kpi),
            most=quantity(evidence.target_at_80, kpi),
        )
    return text("Take a nearer target, a later deadline, or name what will change that history does not know yet.")


def _likelier_fix(goal: Goal, evidence: Evidence) -> dict[str, object]:
    if evidence.target_at_50 is None:
        return {}
    return _in_order(goal, evidence.target_at_50, goal.primary) if goal.primary is not None else {}


def _never_worse(finding: Finding, goal: Goal, reach: Reach | None) -> Finding:
    """A finding whose suggested target is better than where the KPI stands; else it advises without a number."""
    target = finding.fix.get("primary")
    if reach is None or not isinstance(target, float) or not goal.direction.meets(_standing(goal, reach), target):
        return finding
    advice = text("Keep today’s value as the target of every period, or name what will change that history does not know yet.")
    return finding.model_copy(update={"suggestion": advice, "fix": {}})


def _standing(goal: Goal, reach: Reach) -> float:
    """Where the KPI stands beside its target: the latest stretch, or today's value where that is the better one."""
    if goal.measure is Measure.TOTAL or goal.baseline is None:
        return reach.now
    return max(reach.now, goal.baseline.value, key=lambda value: goal.direction.sign * value)


def _in_order(goal: Goal, primary: float, stretch: float) -> dict[str, object]:
    """The fields of a nearer target; a floor that would be harder than it goes, the old target becomes a missing stretch."""
    fields: dict[str, object] = {"primary": primary}
    if goal.stretch is None:
        fields["stretch"] = stretch
    if goal.floor is not None and goal.direction.sign * (primary - goal.floor) < 0:
        fields["floor"] = None
    return fields


def _limits(goal: Goal, evidence: Evidence, primary: float) -> list[Finding]:
    kpi = evidence.kpi
    if kpi is None:
        return []
    limit = kpi.upper if goal.direction is Direction.AT_LEAST else kpi.lower
    if limit is None or primary != limit or goal.measure is Measure.TOTAL:
        return []
    if evidence.probability is not None and evidence.probability >= DOUBTFUL:
        return []
    return [
        found(
            Letter.ACHIEVABLE,
            Verdict.WARN,
            "achievable.perfection",
            text("{target} is perfection: a single case is enough to miss the goal.", target=quantity(primary, kpi)),
            text("Take the best value that a good quarter has shown."),
        )
    ]


def _history(goal: Goal, reach: Reach, series: KpiSeries, primary: float) -> list[Finding]:
    findings, kpi = [], series.kpi
    if not goal.direction.meets(reach.best, primary):
        is_better = not goal.direction.meets(_standing(goal, reach), reach.best)
        findings.append(
            found(
                Letter.ACHIEVABLE,
                Verdict.WARN,
                "achievable.beyond_best",
                text(
                    "The best that was ever reached is {best} ({period}); {target} lies beyond it.",
                    best=quantity(reach.best, kpi),
                    period=stretch_words(reach, series.rhythm),
                    target=quantity(primary, kpi),
                ),
                text("Make {best} the target and keep this one as the stretch target.", best=quantity(reach.best, kpi))
                if is_better
                else text("It stands at its best already: go there in steps, and name what will change."),
                _in_order(goal, reach.best, primary) if is_better else {},
            )
        )
    required, fastest = reach.required_change, reach.fastest_change
    if required is not None and fastest is not None and required > max(fastest, 0):
        findings.append(
            found(
                Letter.ACHIEVABLE,
                Verdict.WARN,
                "achievable.too_fast",
                text(
                    "It takes an improvement of {required} within {count} periods; the fastest ever seen is {fastest}.",
                    required=difference(required, kpi),
                    count=reach.periods,
                    fastest=difference(max(fastest, 0.0), kpi),
                ),
                text("Give it more time, or go there in steps with a milestone for each."),
            )
        )
    return findings


def _workload(goal: Goal, evidence: Evidence) -> list[Finding]:
    owner = goal.owner.strip()
    if not owner:
        return []
    running = [other for other in evidence.others(goal) if other.owner.strip() == owner and _overlaps(goal, other)]
    if len(running) < _MOST_GOALS:
        return []
    return [
        found(
            Letter.ACHIEVABLE,
            Verdict.WARN,
            "achievable.workload",
            text("{owner} would carry {count} goals at the same time.", owner=owner, count=len(running) + 1),
            text("Hand some over, or start this one when others are done."),
        )
    ]


def _overlaps(goal: Goal, other: Goal) -> bool:
    if other.stage not in {Stage.ACTIVE, Stage.DRAFT}:
        return False
    first_ends = goal.deadline is not None and other.start is not None and goal.deadline < other.start
    second_ends = other.deadline is not None and goal.start is not None and other.deadline < goal.start
    return not (first_ends or second_ends)
