"""R: it serves something above it, and nothing beside it pays for it."""

from __future__ import annotations

from cs_planning.goals.finding import Finding, Letter, Verdict, found
from cs_planning.goals.goal import Direction, FinancialGoal, Goal
from cs_planning.goals.objectives.conflicts import COST_KPIS, QUALITY_KPIS, excluded_by, kpi_family, pull_apart
from cs_planning.goals.objectives.linking import objectives_served_by
from cs_planning.goals.smart.evidence import Evidence
from cs_planning.goals.title import title_of
from cs_planning.kpis.catalogue import CATALOGUE, KGIS
from cs_planning.language import Text, text


def relevant(goal: Goal, evidence: Evidence) -> list[Finding]:
    """Whether the goal serves a named objective, and doesn't cost another goal or the quality."""
    findings = [*_objective(goal, evidence), *_parent(goal, evidence), *_guard(goal, evidence), *_conflicts(goal, evidence)]
    if findings:
        return findings
    return [
        found(
            Letter.RELEVANT,
            Verdict.PASS,
            "relevant.serves",
            text("It serves “{objective}”, and no other goal suffers for it.", objective=_objective_name(goal)),
        )
    ]


def _objective_name(goal: Goal) -> Text | str:
    kgi = KGIS.get(goal.objective or "")
    if kgi is not None:
        return kgi.name
    return goal.objective or goal.why or text("a goal above it")


def _objective(goal: Goal, evidence: Evidence) -> list[Finding]:
    if goal.objective and (not evidence.objectives or goal.objective in evidence.objectives):
        return []
    if goal.objective:
        return [
            found(
                Letter.RELEVANT,
                Verdict.FAIL,
                "relevant.objective_gone",
                text("The objective “{objective}” is not there (any longer).", objective=goal.objective),
                text("Choose another objective that the goal serves."),
                {"objective": None},
            )
        ]
    if goal.parent and any(other.id == goal.parent for other in evidence.others(goal)):
        return []
    served = [
        kgi for kgi in objectives_served_by(kpi_family(goal.series)) if not evidence.objectives or kgi in evidence.objectives
    ]
    if served:
        suggestion, fix = (
            text(
                "{kpi} usually serves “{objective}”: choose it.", kpi=_kpi_name(goal, evidence), objective=KGIS[served[0]].name
            ),
            {"objective": served[0]},
        )
    else:
        suggestion, fix = text("Choose the yearly objective that would move if this goal succeeds."), {}
    verdict = Verdict.WARN if goal.why.strip() or served else Verdict.FAIL
    return [
        found(
            Letter.RELEVANT,
            verdict,
            "relevant.no_objective",
            text("It is linked to no objective and no goal above it: who upstream needs it?"),
            suggestion,
            fix,
        )
    ]


def _kpi_name(goal: Goal, evidence: Evidence) -> Text | str:
    if evidence.kpi is not None:
        return evidence.kpi.name
    kpi = (goal.series or "").split("|", 1)[0]
    return CATALOGUE[kpi].name if kpi in CATALOGUE else kpi


def _parent(goal: Goal, evidence: Evidence) -> list[Finding]:
    if not goal.parent or any(other.id == goal.parent for other in evidence.others(goal)):
        return []
    return [
        found(
            Letter.RELEVANT,
            Verdict.WARN,
            "relevant.parent_gone",
            text("The goal above it is not there (any longer)."),
            text("Choose another goal that it serves, or none."),
            {"parent": None},
        )
    ]


def _guard(goal: Goal, evidence: Evidence) -> list[Finding]:
    family = kpi_family(goal.series)
    costs = isinstance(goal, FinancialGoal) or family in COST_KPIS
    if goal.guard_series or not (costs or (family == "aht" and goal.direction is Direction.AT_MOST)):
        if goal.guard_series and goal.guard_limit is None:
            return [
                found(
                    Letter.RELEVANT,
                    Verdict.WARN,
                    "relevant.guard_without_limit",
                    text("The guard KPI has no limit, so it guards nothing."),
                    text("Set the value that it must keep, such as its present one."),
                    {}
                    if evidence.guard is None or len(evidence.guard) == 0
                    else {"guard_limit": float(evidence.guard.values[-1])},
                )
            ]
        return []
    candidates = _guards(goal, evidence)
    return [
        found(
            Letter.RELEVANT,
            Verdict.FAIL if costs else Verdict.WARN,
            "relevant.no_guard",
            text("Cost can always be won by losing quality, and no guard KPI watches over it.")
            if costs
            else text("Handle time can always be won by sending customers away too early, and no guard KPI watches over it."),
            text(
                "Name a quality KPI and the value that it must keep, such as customer satisfaction or first contact resolution."
            ),
            {"guard_series": candidates[0]} if candidates else {},
        )
    ]


def _guards(goal: Goal, evidence: Evidence) -> list[str]:
    known = {*evidence.recorded, *(other.series for other in evidence.siblings if other.series)} - {goal.series}
    scope = (goal.series or "").partition("|")[2]

    def fit(series: str) -> tuple[bool, bool, int, str]:
        own = series.partition("|")[2]
        return own != scope, bool(own), QUALITY_KPIS.index(kpi_family(series)), series

    return sorted((series for series in known if kpi_family(series) in QUALITY_KPIS), key=fit)


def _conflicts(goal: Goal, evidence: Evidence) -> list[Finding]:
    others = evidence.others(goal)
    findings = [
        found(
            Letter.RELEVANT,
            Verdict.FAIL,
            "relevant.excludes",
            text(
                "It excludes the goal “{other}”: no value of the KPI meets both.", other=title_of(other) or other.series or ""
            ),
            text("Drop one of them, or make their targets meet."),
        )
        for other in excluded_by(goal, others)[:3]
    ]
    family = kpi_family(goal.guard_series)
    findings += [
        found(
            Letter.RELEVANT,
            Verdict.WARN,
            "relevant.pulls_apart",
            text(
                "It pulls against the goal “{other}”: the one is often won at the other’s expense.",
                other=title_of(other) or other.series or "",
            ),
            text("Make the other’s KPI the guard of this goal, or plan both together."),
            {"guard_series": other.series},
        )
        for other in pull_apart(goal, others)[:3]
        if kpi_family(other.series) != family
    ]
    return findings
