"""One change on many goals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cs_planning.errors import InvalidGoal, Problem
from cs_planning.goals.following.history import label_of
from cs_planning.goals.goal import Goal
from cs_planning.goals.title import kept_true, title_of
from cs_planning.language import ntext, text

FIELDS = ("owner", "team", "deadline", "start", "objective", "parent", "cadence", "horizon", "stage")
"""The fields that can be set on many goals at once; numbers belong to a single goal."""


def changed_in_bulk(goals: Sequence[Goal], fields: Mapping[str, Any]) -> tuple[Goal, ...]:
    """`goals` with the same values in `fields`, all of them or none.

    Args:
        goals: any.
        fields: new values by field name, of `FIELDS` only.

    Raises:
        InvalidGoal: a field can't be set in bulk, or a goal can't take a value; every such case is named.
    """
    problems = [
        Problem(
            field=name,
            message=text("{field} can’t be set for many goals at once.", field=label_of(name)),
            remedy=text("Set it goal by goal."),
        )
        for name in fields
        if name not in FIELDS
    ]
    changed: list[Goal] = []
    for goal in goals if not problems else ():
        try:
            changed.append(kept_true(goal, type(goal).model_validate({**goal.model_dump(), **fields})))
        except ValueError as error:
            problems.append(
                Problem(
                    field=goal.id,
                    message=text(
                        "“{goal}” can’t take the new value: {reason}", goal=title_of(goal) or goal.id, reason=str(error)[:200]
                    ),
                    remedy=text("Correct the value, or leave this goal out."),
                )
            )
    if problems:
        raise InvalidGoal(
            ntext("{count} problem; nothing was changed.", "{count} problems; nothing was changed.", len(problems)),
            problems[0].remedy,
            problems,
        )
    return tuple(changed)
