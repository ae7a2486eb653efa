"""S: one metric, one part of the operation, one way to get there, one person who answers for it."""

from __future__ import annotations

import re

from cs_planning.goals.finding import Finding, Letter, Verdict, found
from cs_planning.goals.goal import Goal, TrainingGoal
from cs_planning.goals.naming import kpis_in, plain, vague_words
from cs_planning.goals.smart.evidence import Evidence
from cs_planning.language import Text, listed_texts, text

_SHORTEST_METHOD = 8
_NUMBER = re.compile(r"\d")


def specific(goal: Goal, evidence: Evidence) -> list[Finding]:
    """Whether the goal says exactly what shall change, where, how and by whom."""
    findings = [*_metric(goal), *_wording(goal), *_scope(goal), *_method(goal), *_owner(goal, evidence)]
    if findings:
        return findings
    return [
        found(
            Letter.SPECIFIC,
            Verdict.PASS,
            "specific.clear",
            text("The goal names one KPI, the part of the operation it covers, how it will be reached and who owns it."),
        )
    ]


def _warn(rule: str, message: Text, suggestion: Text) -> Finding:
    return found(Letter.SPECIFIC, Verdict.WARN, rule, message, suggestion)


def _metric(goal: Goal) -> list[Finding]:
    if goal.series:
        return []
    return [
        found(
            Letter.SPECIFIC,
            Verdict.FAIL,
            "specific.no_kpi",
            text("No KPI is chosen, so everybody may understand something else by this goal."),
            text("Choose the one KPI that would move if the goal succeeds."),
        )
    ]


def _wording(goal: Goal) -> list[Finding]:
    title = plain(goal.title)
    if not title:
        return []
    findings = []
    vague = vague_words(title)
    named = tuple(dict.fromkeys(mention.kpi for mention in kpis_in(title)))
    if vague and not _NUMBER.search(title):
        findings.append(
            _warn(
                "specific.vague",
                text(
                    "“{words}” can mean anything: the title has no number that would make it clear.",
                    words=listed_texts(vague[:3]),
                ),
                text("Say in the title what changes, from which value to which one."),
            )
        )
    if len({kpi.split("_")[0] for kpi in named}) > 1 and len(re.findall(r"\d+", title)) != 1:
        findings.append(
            _warn(
                "specific.several",
                text(
                    "The title speaks of {count} KPIs. When one is reached and another is not, nobody can say how it went.",
                    count=len(named),
                ),
                text("Make one goal of each, and name the others as guard KPIs where they must not suffer."),
            )
        )
    return findings


def _scope(goal: Goal) -> list[Finding]:
    key = goal.key
    if key is None or key.scope or goal.team.strip():
        return []
    return [
        _warn(
            "specific.no_scope",
            text("No team, channel or customer group is named, so nobody in particular acts."),
            text("Choose a KPI of one channel or group, or name the team."),
        )
    ]


def _method(goal: Goal) -> list[Finding]:
    findings = []
    written = plain(goal.measuring.how if goal.measures_first and goal.measuring is not None else goal.how)
    words_missing = len(written) < _SHORTEST_METHOD and not re.search(r"[\u3040-\u9fff]{4,}", written)
    if words_missing:
        findings.append(
            _warn(
                "specific.no_method",
                text("It is not said how the target will be reached."),
                text("Name the change that shall move the KPI, such as a new text, a shift plan, a tool or a training."),
            )
        )
    elif _is_empty_talk(written):
        findings.append(
            _warn(
                "specific.vague_method",
                text(
                    "How it will be reached says only “{words}”: nothing that could be started on Monday.",
                    words=listed_texts(vague_words(written)[:3]),
                ),
                text("Name the first step, and what will be different afterwards."),
            )
        )
    if isinstance(goal, TrainingGoal) and not (goal.programme.strip() and goal.audience.strip()):
        findings.append(
            _warn(
                "specific.no_programme",
                text("A training goal needs its programme and its audience; one of them is empty."),
                text("Name the course and who takes part."),
            )
        )
    return findings


def _is_empty_talk(written: str) -> bool:
    vague = vague_words(written)
    return bool(vague) and len(written) - sum(map(len, vague)) < 12


def _owner(goal: Goal, evidence: Evidence) -> list[Finding]:
    owner = goal.owner.strip()
    if not owner:
        return [
            _warn(
                "specific.no_owner",
                text("Nobody owns the goal, and what everybody owns nobody does."),
                text("Name one person who answers for it."),
            )
        ]
    if evidence.people is not None and owner not in evidence.people:
        return [
            _warn(
                "specific.owner_gone",
                text("{owner}, who owns the goal, is not on the list of people (any longer).", owner=owner),
                text("Hand the goal over to somebody who is there."),
            )
        ]
    return []
