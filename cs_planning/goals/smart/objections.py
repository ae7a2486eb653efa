"""What the check objects to so strongly that a goal is committed to only with a word of why."""

from __future__ import annotations

from collections.abc import Sequence

from cs_planning.errors import InvalidGoal, Problem
from cs_planning.goals.finding import Finding, Verdict
from cs_planning.goals.goal import Goal
from cs_planning.language import ntext, text

_STRONG = frozenset({"specific.no_owner"})
"""Rules that only warn in a draft, but are not passed over in silence by a commitment."""


def objections_among(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings that need a word: every red one, and that nobody owns the goal."""
    return tuple(one for one in findings if one.verdict is Verdict.FAIL or one.rule in _STRONG)


def require_a_word(goal: Goal, findings: Sequence[Finding]) -> None:
    """Refuses to commit to a goal against an objection without a word of why.

    Args:
        goal: the draft; `despite` is the word.
        findings: what the check says about it.

    Raises:
        InvalidGoal: with every objection.
    """
    objections = objections_among(findings)
    if not objections or goal.despite.strip():
        return
    remedy = text("Put it right, or say in a word why you commit to the goal all the same.")
    problems = [Problem(field="despite", message=one.message, remedy=one.suggestion or remedy) for one in objections]
    raise InvalidGoal(
        ntext(
            "{count} thing speaks against the goal, and it is not said why it is committed to all the same.",
            "{count} things speak against the goal, and it is not said why it is committed to all the same.",
            len(objections),
        ),
        remedy,
        problems,
    )
