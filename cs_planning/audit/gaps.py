"""The audit table: metric, goal, current value, gap, trend and verdict by channel, and the goals that close the gaps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from cs_planning.audit.benchmarks import Standard
from cs_planning.goals.drafts.first_draft import draft_for, suggested_direction, types_for
from cs_planning.goals.drafts.reach import complete_before, trusted_values
from cs_planning.goals.goal import Direction, Goal, GoalType, Measure, Stage
from cs_planning.goals.sentence import sentence_of
from cs_planning.goals.templates import TemplateNeed
from cs_planning.kpis.catalogue import Better, Kpi, Unit
from cs_planning.kpis.quantity import difference, quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text, text

_TREND_PERIODS = 12
_FEWEST_FOR_TREND = 5
_CLEAR = 1.645
_SEVERE = 0.25
_MOST_GAP = 10.0


class YearlyTrend(StrEnum):
    """Where a KPI is heading, seen from what is better."""

    IMPROVING = "improving"
    STEADY = "steady"
    WORSENING = "worsening"
    RISING = "rising"
    FALLING = "falling"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Text:
        """The trend as words for the screen."""
        return {
            "improving": text("improving"),
            "steady": text("steady"),
            "worsening": text("getting worse"),
            "rising": text("rising"),
            "falling": text("falling"),
            "unknown": text("too short to say"),
        }[self.value]


class AuditVerdict(StrEnum):
    """How a metric stands against its goal."""

    BETTER = "better"
    MET = "met"
    GAP = "gap"
    SEVERE = "severe"
    FEW = "few"
    NO_GOAL = "no_goal"
    NO_DATA = "no_data"

    @property
    def label(self) -> Text:
        """The verdict as words for the screen."""
        return {
            "better": text("better than the goal"),
            "met": text("meets the goal"),
            "gap": text("behind the goal"),
            "severe": text("far behind the goal"),
            "few": text("too few answers to judge"),
            "no_goal": text("no goal set"),
            "no_data": text("not measured"),
        }[self.value]

    @property
    def is_gap(self) -> bool:
        """Whether something has to be done."""
        return self in {AuditVerdict.GAP, AuditVerdict.SEVERE}


@dataclass(frozen=True)
class AuditRow:
    """One metric of one channel.

    Attributes:
        series: the written series key.
        name: KPI and scope.
        channel: where it was measured; empty for the whole operation.
        goal: the value it should have, in the KPI's unit.
        current: the last complete period.
        period: first day of that period.
        gap: how far it is behind the goal, in the KPI's unit; negative when it is better.
        severity: the gap without unit, for comparing metrics; 0 when there is none.
        goal_id: of the running goal that the value comes from; empty for a standard, and without a goal.
    """

    series: str
    name: Text
    channel: str
    kpi: Kpi
    direction: Direction
    goal: float | None
    current: float | None
    period: date | None
    gap: float | None
    trend: YearlyTrend
    verdict: AuditVerdict
    severity: float = 0.0
    goal_id: str = ""

    @property
    def words(self) -> Text:
        """The row in a sentence."""
        if self.current is None:
            return text("{name} is not measured.", name=self.name)
        current = quantity(self.current, self.kpi)
        if self.goal is None or self.gap is None:
            return text("{name}: {current}, no goal set, {trend}.", name=self.name, current=current, trend=self.trend.label)
        goal, gap = quantity(self.goal, self.kpi), difference(abs(self.gap), self.kpi)
        if self.gap > 0:
            return text(
                "{name}: {current} instead of {goal}, {gap} behind, {trend}.",
                name=self.name,
                current=current,
                goal=goal,
                gap=gap,
                trend=self.trend.label,
            )
        return text(
            "{name}: {current}, {gap} better than the goal of {goal}, {trend}.",
            name=self.name,
            current=current,
            goal=goal,
            gap=gap,
            trend=self.trend.label,
        )


def audit_table(
    series: Sequence[KpiSeries], goals: Sequence[Goal], standards: Sequence[Standard] = (), *, today: date
) -> tuple[AuditRow, ...]:
    """Every metric against its goal, channel by channel, the worst gap of a channel first.

    The goal of a metric is that of its running goal with the nearest deadline, else its service standard.

    Args:
        series: everything that is recorded; metrics that are neither good nor bad are shown only when they have a goal.
        goals: only active ones count.
        standards: service standards.
        today: periods that are not over on this day don't count.
    """
    aims = _aims(goals, standards)
    rows = []
    seen = set()
    for one in series:
        written = str(one.key)
        seen.add(written)
        aim = aims.get(written)
        if aim is None and one.kpi.better in {Better.CONTEXT, Better.BAND}:
            continue
        rows.append(_row(one, aim, today))
    return tuple(sorted(rows, key=lambda row: (row.channel, -row.severity, row.series)))


def trend_of(series: KpiSeries, today: date) -> YearlyTrend:
    """Where the last year is heading, by the sign test of Mann and Kendall at 90 %, so that single bad months don't count.

    Args:
        series: at least five complete periods; with fewer the trend is unknown.
        today: periods that are not over don't count.

    Not valid when: the season alone rises or falls over the last year's periods.
    """
    known = complete_before(series, today)
    if len(known) < _FEWEST_FOR_TREND:
        return YearlyTrend.UNKNOWN
    values = trusted_values(known)[0][-min(_TREND_PERIODS, max(known.frequency.periods_per_year, _FEWEST_FOR_TREND)) :]
    count = len(values)
    if count < _FEWEST_FOR_TREND:
        return YearlyTrend.UNKNOWN
    later, earlier = np.triu_indices(count, 1)[1], np.triu_indices(count, 1)[0]
    score = float(np.sign(values[later] - values[earlier]).sum())
    repeated = np.unique(values, return_counts=True)[1]
    variance = (count * (count - 1) * (2 * count + 5) - float((repeated * (repeated - 1) * (2 * repeated + 5)).sum())) / 18
    if variance <= 0 or abs(score) - 1 <= _CLEAR * math.sqrt(variance):
        return YearlyTrend.STEADY
    rising = score > 0
    if series.kpi.better in {Better.CONTEXT, Better.BAND}:
        return YearlyTrend.RISING if rising else YearlyTrend.FALLING
    return YearlyTrend.IMPROVING if rising is (suggested_direction(series.kpi) is Direction.AT_LEAST) else YearlyTrend.WORSENING


@dataclass(frozen=True)
class _Aim:
    value: float
    direction: Direction
    goal_id: str = ""


def _aims(goals: Sequence[Goal], standards: Sequence[Standard]) -> dict[str, _Aim]:
    aims = {standard.series: _Aim(standard.limit, standard.direction) for standard in standards}
    running = [
        goal
        for goal in goals
        if goal.stage is Stage.ACTIVE and goal.series and goal.primary is not None and goal.measure is not Measure.TOTAL
    ]
    for goal in sorted(running, key=lambda one: one.deadline or date.max, reverse=True):
        if goal.series is not None and goal.primary is not None:
            aims[goal.series] = _Aim(goal.primary, goal.direction, goal.id)
    return aims


def _row(series: KpiSeries, aim: _Aim | None, today: date) -> AuditRow:
    known = complete_before(series, today)
    goal, direction = (aim.value, aim.direction) if aim is not None else (None, suggested_direction(series.kpi))
    goal_id = aim.goal_id if aim is not None else ""
    channel = dict(series.key.scope).get("channel", "")
    if len(known) == 0:
        return AuditRow(
            str(series.key),
            series.name,
            channel,
            series.kpi,
            direction,
            goal,
            None,
            None,
            None,
            YearlyTrend.UNKNOWN,
            AuditVerdict.NO_DATA,
            goal_id=goal_id,
        )
    current, size = float(known.values[-1]), float(known.sample_sizes[-1])
    gap = None if goal is None else direction.sign * (goal - current)
    severity = 0.0 if gap is None or goal is None else _severity(gap, goal, series.kpi)
    few = not math.isnan(size) and size < series.kpi.minimum_sample
    return AuditRow(
        series=str(series.key),
        name=series.name,
        channel=channel,
        kpi=series.kpi,
        direction=direction,
        goal=goal,
        current=current,
        period=known.last_period,
        gap=gap,
        trend=trend_of(series, today),
        verdict=AuditVerdict.FEW if few and goal is not None else _verdict(gap, severity),
        severity=0.0 if few else severity,
        goal_id=goal_id,
    )


def _severity(gap: float, goal: float, kpi: Kpi) -> float:
    if gap <= 0:
        return 0.0
    if kpi.unit is Unit.PERCENT:
        room = max(min(goal, 100 - goal), 5.0)
    elif kpi.unit is Unit.POINTS:
        room = 40.0
    else:
        room = max(abs(goal), 1e-9)
    return min(gap / room, _MOST_GAP)


def _verdict(gap: float | None, severity: float) -> AuditVerdict:
    if gap is None:
        return AuditVerdict.NO_GOAL
    if gap > 0:
        return AuditVerdict.SEVERE if severity >= _SEVERE else AuditVerdict.GAP
    return AuditVerdict.MET if gap == 0 else AuditVerdict.BETTER


def needs_of(rows: Sequence[AuditRow]) -> list[TemplateNeed]:
    """The gaps as needs for which templates can be suggested, the worst first; a worsening trend weighs more."""
    needs = [
        TemplateNeed(
            severity=row.severity * (1.5 if row.trend is YearlyTrend.WORSENING else 1.0),
            reason=row.words,
            kpi=row.kpi.id,
            series=row.series,
        )
        for row in rows
        if row.verdict.is_gap
    ]
    return sorted(needs, key=lambda need: -need.severity)


def goal_from_gap(row: AuditRow, series: KpiSeries, today: date, type: GoalType | None = None) -> Goal:
    """A draft goal that closes a gap: from the current value to the audit's goal.

    Args:
        row: a row of the audit table.
        series: its series.
        today: the day of drafting.
        type: of the goal; the most usual one of the KPI when it is not given.
    """
    draft = draft_for(series, type or types_for(series.kpi)[0], today)
    if row.goal is None or not row.verdict.is_gap:
        return draft
    changed = draft.model_copy(
        update={
            "direction": row.direction,
            "measure": Measure.LEVEL,
            "primary": row.goal,
            "floor": row.current,
            "stretch": None,
            "milestones": (),
            "why": str(row.words),
        }
    )
    return changed.model_copy(update={"title": str(sentence_of(changed, series))[:300]})
