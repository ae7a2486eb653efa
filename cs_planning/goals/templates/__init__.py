"""Ready-made goals, and which of them a team needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.templates.financial import FINANCIAL
from cs_planning.goals.templates.operational import OPERATIONAL
from cs_planning.goals.templates.satisfaction import SATISFACTION
from cs_planning.goals.templates.template import (
    PlannedAction,
    PlannedMilestone,
    Template,
    goal_from_template,
    template_from_goal,
)
from cs_planning.goals.templates.training import TRAINING
from cs_planning.language import Text

__all__ = [
    "TEMPLATES",
    "PlannedAction",
    "PlannedMilestone",
    "Suggestion",
    "Template",
    "TemplateNeed",
    "goal_from_template",
    "suggest",
    "template_from_goal",
    "template_named",
]

TEMPLATES: tuple[Template, ...] = (*OPERATIONAL, *SATISFACTION, *TRAINING, *FINANCIAL)
"""Every ready-made goal, by type."""


@dataclass(frozen=True)
class TemplateNeed:
    """Something that a team lacks: a KPI behind its goal, or a practice that it doesn't have.

    Attributes:
        severity: how much, 0 for nothing; needs are compared by it.
        reason: why, in the words of the screen: "first response of e-mail is the worst gap".
        kpi: the KPI behind, where it is one.
        series: the written series key of the gap, where it is one.
        practice: the id of the practice, where it is one.
        template: the id of the one template that is made for it, where there is one.
    """

    severity: float
    reason: Text
    kpi: str | None = None
    series: str | None = None
    practice: str | None = None
    template: str | None = None


@dataclass(frozen=True)
class Suggestion:
    """A template for a need."""

    template: Template
    need: TemplateNeed


def suggest(gaps: Sequence[TemplateNeed], count: int = 3, templates: Sequence[Template] = TEMPLATES) -> tuple[Suggestion, ...]:
    """The templates that help most, each for the worst need that it serves.

    Args:
        gaps: needs from the audit, the goals or the self-assessment; those of severity 0 or less are left out.
        count: at most so many.
        templates: to choose from; a team's own may be among them.
    """
    result: list[Suggestion] = []
    taken: set[str] = set()
    for need in sorted(gaps, key=lambda one: -one.severity):
        if need.severity <= 0:
            break
        for template in templates:
            if template.id not in taken and _helps(template, need):
                taken.add(template.id)
                result.append(Suggestion(template, need))
                break
    return tuple(result[:count])


def template_named(id: str, own: Sequence[Template] = ()) -> Template | None:
    """The template with this id, own ones first."""
    return next((template for template in (*own, *TEMPLATES) if template.id == id), None)


def _helps(template: Template, need: TemplateNeed) -> bool:
    if need.template is not None:
        return template.id == need.template
    if need.kpi is not None:
        return kpi_family(template.kpi) == kpi_family(need.kpi)
    return need.practice in template.practices
