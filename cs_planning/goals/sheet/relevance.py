"""R of a goal sentence: what it serves, and what it may cost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from cs_planning.goals.finding import Finding, Letter, Verdict, found
from cs_planning.goals.goal import Direction, Goal, GoalType
from cs_planning.goals.naming import usual_direction, word_file
from cs_planning.goals.objectives.conflicts import COST_KPIS, excluded_by, kpi_family, pull_apart
from cs_planning.goals.objectives.linking import objectives_served_by
from cs_planning.goals.sheet.entry import Entry, Neighbours
from cs_planning.kpis.catalogue import KGIS, Better
from cs_planning.language import Text, text

_ACTIVITIES = frozenset({"training_sessions", "articles", "trained_share", "handled_volume"})
_MOST_COMPARED = 40
_EITHER_WAY = frozenset({"service_cost", "error_rate", "revenue"})
_OUTCOMES = frozenset(
    {
        "churn_rate",
        "retention_rate",
        "repeat_purchase_rate",
        "lifetime_value",
        "revenue",
        "market_share",
        "relative_market_share",
    }
)


def relevant(entry: Entry, neighbours: Neighbours) -> list[Finding]:
    """Whether it serves a named objective, and whether something else pays for it."""
    findings = [*_direction(entry), *_conflicts(entry, neighbours), *_guard(entry)]
    purpose = entry.objective or entry.reading.purpose.strip(" ,、。") or _objective_in(entry.reading.sentence)
    if not purpose and entry.reading.kpi not in _OUTCOMES:
        findings.append(_no_objective(entry))
    if findings:
        return findings
    if not purpose and entry.kpi is not None:
        return [
            _finding(Verdict.PASS, "relevant.outcome", text("{kpi} is an outcome of the company itself.", kpi=entry.kpi.name))
        ]
    return [_finding(Verdict.PASS, "relevant.serves", text("It says what it serves: “{objective}”.", objective=purpose[:120]))]


def _finding(verdict: Verdict, rule: str, message: Text, suggestion: Text | None = None) -> Finding:
    return found(Letter.RELEVANT, verdict, rule, message, suggestion)


def _objective_in(sentence: str) -> str:
    for pattern in _objective_patterns():
        match = pattern.search(sentence)
        if match:
            return match[0]
    return ""


@lru_cache(maxsize=1)
def _objective_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for patterns in word_file("phrases")["objective"].values() for pattern in patterns)


def _direction(entry: Entry) -> list[Finding]:
    kpi = entry.kpi
    if kpi is None or not _is_wrong_way(entry):
        return []
    return [
        _finding(
            Verdict.FAIL,
            "relevant.wrong_way",
            text("It asks for more of {kpi}, where less is better.", kpi=kpi.name)
            if entry.reading.direction is Direction.AT_LEAST
            else text("It asks for less of {kpi}, where more is better.", kpi=kpi.name),
            text("Turn the direction round."),
        )
    ]


def _is_wrong_way(entry: Entry) -> bool:
    kpi, direction = entry.kpi, entry.reading.direction
    if kpi is None or direction is None or kpi.better in {Better.CONTEXT, Better.BAND} or kpi.id in _EITHER_WAY:
        return False
    return direction is not usual_direction(kpi)


def _conflicts(entry: Entry, neighbours: Neighbours) -> list[Finding]:
    goal = entry.goal
    if goal is None or entry.reading.kpi is None or _is_wrong_way(entry):
        return []
    family, scope = kpi_family(entry.reading.kpi), entry.reading.scope.strip()
    same = {id(other.goal): other for other in _others(entry, neighbours.by_kpi.get(family, ()))}
    findings = [
        _finding(
            Verdict.FAIL,
            "relevant.excludes",
            text("It excludes goal {other}: no value of the KPI meets both.", other=same[id(rival)].goal_id),
            text("Drop one of them, or make their targets meet."),
        )
        for rival in excluded_by(goal, _drafts(same.values()))
        if same[id(rival)].reading.scope.strip() == scope
    ][:2]
    if entry.reading.guard or family not in {*COST_KPIS, "aht", "occupancy"}:
        return findings
    beside = {id(other.goal): other for rivals in neighbours.by_kpi.values() for other in _others(entry, rivals)}
    pulling = [
        _finding(
            Verdict.WARN,
            "relevant.pulls_apart",
            text("It pulls against goal {other}: one is often won at the other’s expense.", other=beside[id(rival)].goal_id),
            text("Make the other’s KPI the guard of this goal."),
        )
        for rival in pull_apart(goal, _drafts(beside.values()))
        if not scope or beside[id(rival)].reading.scope.strip() in {"", scope}
    ][:1]
    return findings + pulling


def _others(entry: Entry, entries: Sequence[Entry]) -> list[Entry]:
    return [other for other in entries[:_MOST_COMPARED] if other is not entry and not _is_wrong_way(other)]


def _drafts(entries: Iterable[Entry]) -> list[Goal]:
    return [entry.goal for entry in entries if entry.goal is not None]


def _guard(entry: Entry) -> list[Finding]:
    family = kpi_family(entry.reading.kpi)
    if entry.reading.guard or entry.reading.direction is not Direction.AT_MOST:
        return []
    if family in COST_KPIS or (entry.type is GoalType.FINANCIAL and family in {"aht", "contact_volume"}):
        message = text("Cost can always be won by losing quality, and nothing says what must not suffer.")
    elif family == "aht":
        message = text(
            "Handle time can always be won by sending customers away too early, and nothing says what must not suffer."
        )
    else:
        return []
    return [
        _finding(
            Verdict.WARN,
            "relevant.no_guard",
            message,
            text("Add a condition, such as “without letting customer satisfaction fall below 85 %”."),
        )
    ]


def _no_objective(entry: Entry) -> Finding:
    kpi = entry.kpi
    if kpi is None:
        if not entry.reading.about_service:
            return _finding(
                Verdict.FAIL,
                "relevant.not_service",
                text("It has nothing to do with customer service that could be seen from the text."),
                text("Say which service objective it serves, or leave it to another team."),
            )
        return _finding(
            Verdict.WARN,
            "relevant.no_objective",
            text("It does not say which objective it serves."),
            text("Add what it is for, such as fewer complaints, loyalty or lower cost."),
        )
    if kpi.id in _ACTIVITIES:
        return _finding(
            Verdict.WARN,
            "relevant.activity",
            text("It counts an activity, not what it changes for customers."),
            text("Name the KPI that the activity shall move, and by when."),
        )
    served = objectives_served_by(kpi_family(kpi.id))
    suggestion = (
        text("{kpi} usually serves “{objective}”: say so.", kpi=kpi.name, objective=KGIS[served[0]].name)
        if served
        else text("Add which objective it serves.")
    )
    return _finding(Verdict.WARN, "relevant.no_objective", text("It does not say which objective it serves."), suggestion)
