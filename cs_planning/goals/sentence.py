"""A goal as one sentence, made from its fields.

Each shape has a whole sentence of its own with named arguments, so that a translation can put them in its own order.
"""

from __future__ import annotations

from cs_planning.goals.goal import Direction, Goal, Measure
from cs_planning.goals.naming import described
from cs_planning.kpis.catalogue import CATALOGUE, Kpi
from cs_planning.kpis.currency import UNSAID
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text, text


def sentence_of(goal: Goal, series: KpiSeries | None = None, currency: str = UNSAID.code) -> Text:
    """The goal in one sentence: direction, KPI, scope, from where, to where, by when; "…" stands for what is missing.

    Args:
        goal: any draft.
        series: the goal's KPI, for its name and unit; without it they come from the catalogue.
        currency: in which amounts are counted (ISO 4217), where there is no series.
    """
    return sentence_on(goal, _kpi_of(goal, series, currency))


def sentence_on(goal: Goal, kpi: Kpi | None) -> Text:
    """The goal in one sentence, with a KPI that is described already; `None` for one that has no KPI yet."""
    name = _name_of(goal, kpi)
    if goal.measures_first and goal.measuring is not None:
        begins, deadline = goal.measuring.begins, goal.deadline or "…"
        return text("Measure {kpi} from {begins} on and set a target by {deadline}", kpi=name, begins=begins, deadline=deadline)
    target = quantity(goal.primary, kpi) if goal.primary is not None and kpi is not None else "…"
    deadline = goal.deadline or "…"
    at_least = goal.direction is Direction.AT_LEAST
    match goal.measure:
        case Measure.EVERY:
            rhythm = _each(goal.frequency)
            if goal.steps:
                return _by_steps(goal, name, target, rhythm)
            if at_least:
                return text(
                    "Keep {kpi} at {target} or more {rhythm} until {deadline}",
                    kpi=name,
                    target=target,
                    rhythm=rhythm,
                    deadline=deadline,
                )
            return text(
                "Keep {kpi} at {target} or less {rhythm} until {deadline}",
                kpi=name,
                target=target,
                rhythm=rhythm,
                deadline=deadline,
            )
        case Measure.AVERAGE:
            if at_least:
                return text(
                    "Reach an average of at least {target} for {kpi} until {deadline}",
                    kpi=name,
                    target=target,
                    deadline=deadline,
                )
            return text(
                "Hold the average of {kpi} at {target} at most until {deadline}", kpi=name, target=target, deadline=deadline
            )
        case Measure.TOTAL:
            if at_least:
                return text(
                    "Reach a total of at least {target} for {kpi} until {deadline}", kpi=name, target=target, deadline=deadline
                )
            return text(
                "Stay within a total of {target} for {kpi} until {deadline}", kpi=name, target=target, deadline=deadline
            )
    if goal.baseline is None or kpi is None:
        if at_least:
            return text("Bring {kpi} to at least {target} by {deadline}", kpi=name, target=target, deadline=deadline)
        return text("Bring {kpi} down to {target} or less by {deadline}", kpi=name, target=target, deadline=deadline)
    baseline = quantity(goal.baseline.value, kpi)
    if at_least:
        return text(
            "Raise {kpi} from {baseline} to {target} by {deadline}",
            kpi=name,
            baseline=baseline,
            target=target,
            deadline=deadline,
        )
    return text(
        "Lower {kpi} from {baseline} to {target} by {deadline}", kpi=name, baseline=baseline, target=target, deadline=deadline
    )


def _by_steps(goal: Goal, name: Text | str, target: Text | str, rhythm: Text) -> Text:
    """The sentence of a goal whose every period has a step of its own."""
    words = (
        text("Keep {kpi} at its step or more {rhythm}, up to {target} by {deadline}")
        if goal.direction is Direction.AT_LEAST
        else text("Keep {kpi} at its step or less {rhythm}, down to {target} by {deadline}")
    )
    arguments = {"kpi": name, "target": target, "rhythm": rhythm, "deadline": goal.deadline or "…"}
    return words.model_copy(update={"arguments": arguments})


def _kpi_of(goal: Goal, series: KpiSeries | None, currency: str) -> Kpi | None:
    if series is not None:
        return series.kpi
    key = goal.key
    return described(key.kpi).in_currency(currency) if key is not None else None


def _name_of(goal: Goal, kpi: Kpi | None) -> Text | str:
    """The name of the KPI inside a sentence; those that users gave stay as they wrote them."""
    key = goal.key
    if kpi is None or key is None:
        return "…"
    name = key.named(kpi)
    return name.within() if key.kpi in CATALOGUE else name


def _each(frequency: Frequency) -> Text:
    return {
        Frequency.DAY: text("every day"),
        Frequency.WEEK: text("every week"),
        Frequency.MONTH: text("every month"),
        Frequency.QUARTER: text("every quarter"),
        Frequency.YEAR: text("every year"),
    }[frequency]
