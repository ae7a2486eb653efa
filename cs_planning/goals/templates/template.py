"""A ready-made goal: KPI, how far, how long, milestones and actions."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict, Field

from cs_planning.goals.drafts.first_draft import baseline_of, draft_to_measure
from cs_planning.goals.goal import GOAL_CLASSES, Direction, Goal, GoalType, Horizon, Measure, Milestone
from cs_planning.goals.naming import described, usual_direction
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.objectives.linking import objectives_served_by
from cs_planning.goals.sentence import sentence_of
from cs_planning.kpis.frequency import MONTHS, Frequency
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text


class PlannedAction(BaseModel):
    """A typical step: what, by which role, and after which share of the goal's time (0…1)."""

    model_config = ConfigDict(frozen=True)

    what: Text
    role: Text
    after: float = Field(ge=0, le=1)


class PlannedMilestone(BaseModel):
    """A typical point on the way: after which share of the time which share of the way, and what is celebrated."""

    model_config = ConfigDict(frozen=True)

    after: float = Field(gt=0, le=1)
    way: float = Field(gt=0, le=1)
    note: Text


class Template(BaseModel):
    """A ready-made goal.

    Attributes:
        id: stable.
        kpi: the KPI that it moves.
        change_percent: how far, in percent of the present value; used where `change_points` is empty.
        change_points: how far, in the KPI's own unit.
        months: how long it usually takes.
        guard: the KPI that must not suffer.
        practices: the practices of strong service teams that it brings nearer.
        measuring: with what its KPI comes to be measured; `None` for a template that needs a history.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    type: GoalType
    name: Text
    why: Text
    how: Text
    kpi: str
    change_percent: float | None = Field(default=None, gt=0)
    change_points: float | None = Field(default=None, gt=0)
    measure: Measure = Measure.LEVEL
    horizon: Horizon = Horizon.TACTICAL
    months: int = Field(default=3, ge=1, le=36)
    milestones: tuple[PlannedMilestone, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    guard: str | None = None
    practices: tuple[str, ...] = ()
    measuring: Text | None = None

    @property
    def direction(self) -> Direction:
        """The side of the target on which the KPI shall be."""
        return usual_direction(described(self.kpi))


def goal_from_template(template: Template, series: KpiSeries | None, today: date, guard: KpiSeries | None = None) -> Goal:
    """A draft from `template`, with targets counted from where the KPI stands.

    Args:
        template: any.
        series: of the template's KPI; without it the draft has no numbers, and begins with measuring where the template can.
        today: the start of the goal.
        guard: the KPI that must not suffer, where it is there; its present value becomes the limit.
    """
    deadline = Frequency.MONTH.next_after(today.replace(day=1), template.months + 1) - timedelta(days=1)
    fields: dict[str, object] = {
        "series": str(series.key) if series is not None else template.kpi,
        "direction": template.direction,
        "measure": template.measure,
        "horizon": template.horizon,
        "start": today,
        "deadline": deadline,
        "why": str(template.why),
        "how": str(template.how),
        "objective": next(iter(objectives_served_by(kpi_family(template.kpi))), None),
    }
    if series is not None:
        fields |= {"frequency": series.frequency} | _numbers(template, series, today, deadline)
    elif template.measuring is not None:
        first = draft_to_measure(described(template.kpi), template.type, today, MONTHS)
        begun = first.measuring.model_copy(update={"how": str(template.measuring)[:300]}) if first.measuring else None
        fields |= {"frequency": first.frequency, "deadline": first.deadline, "measuring": begun}
    if template.type is GoalType.TRAINING:
        fields["programme"] = str(template.name)[:300]
    guarded = baseline_of(guard, today)
    if guard is not None and guarded is not None:
        fields |= {"guard_series": str(guard.key), "guard_limit": guarded.value}
    goal = GOAL_CLASSES[template.type].model_validate(fields)
    return goal.model_copy(update={"title": str(sentence_of(goal, series))[:300]})


def _numbers(template: Template, series: KpiSeries, today: date, deadline: date) -> dict[str, object]:
    baseline = baseline_of(series, today)
    if baseline is None:
        return {}
    sign, kpi = template.direction.sign, series.kpi
    step = (
        template.change_points
        if template.change_points is not None
        else abs(baseline.value) * (template.change_percent or 0) / 100
    )
    limit = kpi.upper if sign > 0 else kpi.lower
    room = abs(limit - baseline.value) if limit is not None else 2 * step
    step = min(step, 0.6 * room)
    digits = 0 if step >= 20 else 1 if step >= 2 else 2
    primary = round(baseline.value + sign * step, digits)
    days = (deadline - today).days
    milestones = tuple(
        Milestone(
            due=today + timedelta(days=round(days * planned.after)),
            value=round(baseline.value + sign * step * planned.way, digits + 1),
            note=str(planned.note)[:300],
        )
        for planned in template.milestones
    )
    return {
        "baseline": baseline,
        "floor": baseline.value,
        "primary": primary,
        "stretch": round(baseline.value + sign * min(1.5 * step, room), digits),
        "milestones": milestones if template.measure is not Measure.TOTAL else (),
    }


def template_from_goal(goal: Goal, name: str) -> Template:
    """An own template: the goal's KPI, distance, time and words, without its dates, people and numbers.

    Args:
        goal: with KPI; a distance where baseline and target are there, 10 % otherwise.
        name: how the team calls it.
    """
    baseline, primary = goal.baseline, goal.primary
    distance = abs(primary - baseline.value) if baseline is not None and primary is not None else 0.0
    months = 3
    if goal.start is not None and goal.deadline is not None:
        months = min(max(round((goal.deadline - goal.start).days / 30.4), 1), 36)
    milestones: list[PlannedMilestone] = []
    if (
        distance
        and goal.start is not None
        and goal.deadline is not None
        and goal.deadline > goal.start
        and baseline is not None
    ):
        days = (goal.deadline - goal.start).days
        for milestone in goal.milestones:
            after = (milestone.due - goal.start).days / days
            way = abs(milestone.value - baseline.value) / distance
            if 0 < after <= 1 and 0 < way <= 1:
                milestones.append(PlannedMilestone(after=after, way=way, note=_own(milestone.note)))
    return Template(
        id=f"own-{goal.id or name}",
        type=goal.type,
        name=_own(name),
        why=_own(goal.why),
        how=_own(goal.how),
        kpi=goal.key.kpi if goal.key is not None else "csat",
        change_points=distance or None,
        change_percent=None if distance else 10.0,
        measure=goal.measure,
        horizon=goal.horizon,
        months=months,
        milestones=tuple(milestones),
        guard=(goal.guard_series or "").split("|", 1)[0] or None,
    )


def _own(words: str) -> Text:
    return Text(source="{words}", arguments={"words": words})
