"""M: a number on a KPI that is really recorded, often enough and from enough answers."""

from __future__ import annotations

import numpy as np

from cs_planning.goals.finding import Finding, Letter, Verdict, found
from cs_planning.goals.goal import Goal, Measuring, SatisfactionGoal, TrainingGoal
from cs_planning.goals.naming import described
from cs_planning.goals.smart.evidence import Evidence
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text, ntext, text

FEWEST_PERIODS = 8
_RECENT = 6
_STALE_PERIODS = 3


def measurable(goal: Goal, evidence: Evidence) -> list[Finding]:
    """Whether the goal is a number on a KPI with a history that can carry it."""
    series, key = evidence.series, goal.key
    if goal.measures_first and goal.measuring is not None and (series is None or len(series) == 0):
        return [_measured_first(goal.measuring)]
    findings = _target(goal)
    if key is None:
        findings.append(
            found(
                Letter.MEASURABLE,
                Verdict.FAIL,
                "measurable.no_kpi",
                text("Without a KPI there is nothing to measure."),
                text("Choose a KPI that is imported every month or week."),
            )
        )
    elif series is None or len(series) == 0:
        findings.append(
            found(
                Letter.MEASURABLE,
                Verdict.FAIL,
                "measurable.no_data",
                text(
                    "There is no data for {series}, so nobody could tell whether the goal is reached.",
                    series=described(key.kpi).name,
                ),
                text("Import its history, or choose a KPI that is recorded."),
            )
        )
    else:
        findings += [*_length(series), *_sample(goal, series), *_freshness(series, evidence), *_skill(goal)]
    if findings or series is None or goal.primary is None:
        return findings
    return [_passing(goal.primary, series)]


def _measured_first(measuring: Measuring) -> Finding:
    if not measuring.how.strip():
        return _warn(
            "measurable.no_way",
            text("It is not measured yet, and it is not said how it will be."),
            text("Say with what, such as a survey after each ticket."),
        )
    return found(
        Letter.MEASURABLE,
        Verdict.PASS,
        "measurable.first",
        text("It is not measured yet and will be from {begins} on: {how}.", begins=measuring.begins, how=measuring.how),
    )


def _warn(rule: str, message: Text, suggestion: Text) -> Finding:
    return found(Letter.MEASURABLE, Verdict.WARN, rule, message, suggestion)


def _target(goal: Goal) -> list[Finding]:
    if goal.primary is not None:
        return []
    return [
        found(
            Letter.MEASURABLE,
            Verdict.FAIL,
            "measurable.no_target",
            text("There is no target number, so it can never be said that the goal is reached."),
            text("Set the value that the KPI shall have."),
        )
    ]


def _length(series: KpiSeries) -> list[Finding]:
    if len(series) >= FEWEST_PERIODS:
        return []
    return [
        _warn(
            "measurable.short_history",
            ntext(
                "The history has {count} period, and {needed} are the least from which a forecast can be made.",
                "The history has {count} periods, and {needed} are the least from which a forecast can be made.",
                len(series),
                needed=FEWEST_PERIODS,
            ),
            text("Import older data, or make measuring itself the first goal."),
        )
    ]


def _sample(goal: Goal, series: KpiSeries) -> list[Finding]:
    recent = series.sample_sizes[-_RECENT:]
    known = recent[~np.isnan(recent)]
    needed = max(series.kpi.minimum_sample, goal.minimum_answers if isinstance(goal, SatisfactionGoal) else 0)
    if not len(known) or np.median(known) >= needed:
        return []
    return [
        _warn(
            "measurable.few_answers",
            text(
                "A period rests on about {found} {what} of late; below {needed} the value is mostly chance.",
                found=int(np.median(known)),
                what=series.kpi.sample,
                needed=needed,
            ),
            text("Ask more customers, read the KPI in longer periods, or use the average over the goal’s time."),
        )
    ]


def _skill(goal: Goal) -> list[Finding]:
    if not isinstance(goal, TrainingGoal) or goal.skill_measure.strip():
        return []
    return [
        _warn(
            "measurable.no_skill",
            text("No skill is measured before and after, so it stays open whether the training itself worked."),
            text("Name a test or a review score, and measure it before the first session."),
        )
    ]


def _freshness(series: KpiSeries, evidence: Evidence) -> list[Finding]:
    behind = series.rhythm.count_between(series.last_period, evidence.today)
    if behind <= _STALE_PERIODS:
        return []
    return [
        _warn(
            "measurable.stale",
            text(
                "The last value is of {period}, {count} periods ago: is this KPI still recorded?",
                period=period_words(series.last_period, series.rhythm),
                count=behind,
            ),
            text("Import newer data."),
        )
    ]


def _passing(target: float, series: KpiSeries) -> Finding:
    return found(
        Letter.MEASURABLE,
        Verdict.PASS,
        "measurable.recorded",
        text(
            "{kpi} is recorded ({frequency}, {count} periods up to {last}), and the target is {target}.",
            kpi=series.name,
            frequency=series.frequency.label,
            count=len(series),
            last=period_words(series.last_period, series.rhythm),
            target=quantity(target, series.kpi),
        ),
    )
