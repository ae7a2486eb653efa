"""T: a deadline, points on the way, a rhythm of looking at it, and enough time for the data to show anything."""

from __future__ import annotations

from datetime import date, timedelta

from cs_planning.goals.drafts.steps import path_of
from cs_planning.goals.drafts.windows import periods_left
from cs_planning.goals.finding import Finding, Letter, Verdict, found
from cs_planning.goals.goal import Cadence, Goal, Horizon, Measure, Milestone
from cs_planning.goals.smart.evidence import Evidence
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import Text, rounded_whole, text

_LONGEST_TACTICAL = 400
_LONGEST_STRATEGIC = 3 * 366
_NEEDS_MILESTONES = 45
CADENCE_DAYS = {Cadence.MONTHLY: 31, Cadence.QUARTERLY: 92, Cadence.YEARLY: 366}


def time_bound(goal: Goal, evidence: Evidence) -> list[Finding]:
    """Whether the goal has an end, points on the way and a rhythm that fits its KPI."""
    if goal.deadline is None:
        return [
            found(
                Letter.TIME_BOUND,
                Verdict.FAIL,
                "time_bound.no_deadline",
                text("There is no deadline, so the goal can never be missed and never be celebrated."),
                text("Choose the quarter at whose end it shall be reached."),
                {"deadline": _end_of_next_quarter(evidence.today, evidence.calendar)},
            )
        ]
    findings = [*_past(goal, goal.deadline, evidence), *_length(goal, goal.deadline, evidence)]
    findings += [*_milestones(goal, goal.deadline, evidence), *_cadence(goal, goal.deadline, evidence)]
    if findings:
        return findings
    return [
        found(
            Letter.TIME_BOUND,
            Verdict.PASS,
            "time_bound.clear",
            text("It ends on {deadline}, with points on the way and a review rhythm that fits.", deadline=goal.deadline),
        )
    ]


def _warn(rule: str, message: Text, suggestion: Text, fix: dict[str, object] | None = None) -> Finding:
    return found(Letter.TIME_BOUND, Verdict.WARN, rule, message, suggestion, fix)


def _end_of_next_quarter(today: date, calendar: ServiceCalendar) -> date:
    quarter = calendar.rhythm(Frequency.QUARTER)
    return quarter.end_of(quarter.next_after(quarter.start_of(today)))


def _past(goal: Goal, deadline: date, evidence: Evidence) -> list[Finding]:
    if deadline < evidence.today:
        return [
            found(
                Letter.TIME_BOUND,
                Verdict.FAIL,
                "time_bound.past",
                text("The deadline, {deadline}, is over.", deadline=deadline),
                text("Choose a later one."),
                {"deadline": _end_of_next_quarter(evidence.today, evidence.calendar)},
            )
        ]
    if goal.start is not None and deadline < goal.start:
        return [
            found(
                Letter.TIME_BOUND,
                Verdict.FAIL,
                "time_bound.ends_before_start",
                text("The goal ends on {deadline}, before it starts on {start}.", deadline=deadline, start=goal.start),
                text("Choose a deadline after the start."),
                {"deadline": _end_of_next_quarter(max(goal.start, evidence.today), evidence.calendar)},
            )
        ]
    return []


def _length(goal: Goal, deadline: date, evidence: Evidence) -> list[Finding]:
    if deadline < evidence.today:
        return []
    rhythm = evidence.series.rhythm if evidence.series is not None else evidence.calendar.rhythm(goal.frequency)
    findings = []
    before = rhythm.next_after(rhythm.start_of(evidence.today), -1)
    whole = periods_left(rhythm, before, deadline)
    fewest = 1 if goal.measure is Measure.LEVEL else 2
    if whole < fewest:
        later = rhythm.end_of(rhythm.next_after(rhythm.start_of(evidence.today), 2))
        findings.append(
            _warn(
                "time_bound.too_short",
                text(
                    "The KPI is read {rhythm}; only {count} whole periods end before the deadline, too few to see an effect.",
                    count=whole,
                    rhythm=rhythm.frequency.label,
                ),
                text("Move the deadline to {later} or later.", later=later),
                {"deadline": later},
            )
        )
    days = (deadline - max(goal.start or evidence.today, evidence.today)).days
    longest = _LONGEST_STRATEGIC if goal.horizon is Horizon.STRATEGIC else _LONGEST_TACTICAL
    if days > longest:
        findings.append(
            _warn(
                "time_bound.too_long",
                text("The deadline is {count} months away: too far for anybody to feel it.", count=rounded_whole(days / 30.4)),
                text("Set a nearer goal on the way and make this one the strategic goal above it."),
                {} if goal.horizon is Horizon.STRATEGIC else {"horizon": Horizon.STRATEGIC},
            )
        )
    return findings


def _milestones(goal: Goal, deadline: date, evidence: Evidence) -> list[Finding]:
    start = max(goal.start or evidence.today, evidence.today)
    has_way = bool(goal.milestones) or bool(path_of(goal)) or goal.measure is Measure.EVERY
    if has_way or goal.measures_first or (deadline - start).days < _NEEDS_MILESTONES:
        return []
    halfway = start + timedelta(days=(deadline - start).days // 2)
    fix: dict[str, object] = {}
    if goal.primary is not None and goal.baseline is not None and goal.measure is not Measure.TOTAL:
        fix = {"milestones": (Milestone(due=halfway, value=(goal.primary + goal.baseline.value) / 2),)}
    return [
        _warn(
            "time_bound.no_milestones",
            text(
                "There is no milestone between now and {deadline}: a goal that falls behind is noticed too late.",
                deadline=deadline,
            ),
            text("Set a value to be reached by {halfway}.", halfway=halfway),
            fix,
        )
    ]


def _cadence(goal: Goal, deadline: date, evidence: Evidence) -> list[Finding]:
    days = (deadline - (goal.start or evidence.today)).days
    if days < 0 or CADENCE_DAYS[goal.cadence] <= max(days, 31):
        return []
    shorter = Cadence.MONTHLY if days < CADENCE_DAYS[Cadence.QUARTERLY] else Cadence.QUARTERLY
    return [
        _warn(
            "time_bound.rare_review",
            text("The first review would come after the deadline."),
            text("Review it more often."),
            {"cadence": shorter},
        )
    ]
