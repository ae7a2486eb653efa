"""Which letters of a new draft somebody has worked on; the others have nothing to reproach anybody with yet."""

from __future__ import annotations

from cs_planning.goals.finding import Letter
from cs_planning.goals.goal import Goal

_FIELDS = {
    Letter.SPECIFIC: (
        *("title", "team", "owner", "contributors", "how", "process", "survey", "customer_group", "programme", "audience"),
        *("sessions_planned", "sessions_held", "trained_percent", "cost_scope", "budget"),
    ),
    Letter.MEASURABLE: ("measure", "measuring", "minimum_answers", "skill_measure", "skill_before", "skill_after"),
    Letter.ACHIEVABLE: ("primary", "stretch", "floor", "despite"),
    Letter.RELEVANT: ("why", "worth", "objective", "parent", "guard_series", "guard_limit"),
    Letter.TIME_BOUND: ("start", "deadline", "milestones", "steps", "cadence", "horizon"),
}
"""The fields of a goal that each letter is about, but for the KPI itself, on which every draft begins."""


def touched(goal: Goal, drafted: Goal) -> frozenset[Letter]:
    """The letters in whose fields a goal differs from the draft that it began as.

    Args:
        goal: as it is now, its title empty as long as nobody wrote one.
        drafted: as it began.
    """
    return frozenset(
        letter
        for letter, fields in _FIELDS.items()
        if any((getattr(goal, name, None) or None) != (getattr(drafted, name, None) or None) for name in fields)
    )
