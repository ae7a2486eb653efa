"""A goal as one sentence, made from its fields.

Each shape has a whole sentence of its own with named arguments, so that a translation can put them in its own order.
"""

from __future__ import annotations

from cs_planning.goals.goal import Direction, FinancialGoal, Goal, Measure, TrainingGoal
from cs_planning.goals.naming import described
from cs_planning.kpis.catalogue import CATALOGUE, KGIS, Kpi
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
    kpi = _kpi_of(goal, series, currency)
    name = _name_of(goal, series, kpi)
    target = quantity(goal.primary, kpi) if goal.primary is not None and kpi is not None else "…"
    deadline = goal.deadline or "…"
    at_least = goal.direction is Direction.AT_LEAST
    match goal.measure:
        case Measure.EVERY:
            rhythm = _each(goal.frequency)
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


def paragraph_of(
    goal: Goal, series: KpiSeries | None = None, guard: KpiSeries | None = None, currency: str = UNSAID.code
) -> tuple[Text, ...]:
    """The goal in full: its sentence, then how, for what, under which condition and by whom, one text each.

    Args:
        goal: any draft.
        series: the goal's KPI.
        guard: the KPI that must not suffer.
        currency: in which amounts are counted (ISO 4217), where there is no series.
    """
    sentences = [sentence_of(goal, series, currency)]
    if goal.how.strip():
        sentences.append(text("How: {how}", how=goal.how.strip()))
    if isinstance(goal, TrainingGoal) and goal.programme.strip():
        sentences.append(
            text(
                "Training: {programme} for {audience}, {held} of {planned} sessions held",
                programme=goal.programme.strip(),
                audience=goal.audience.strip() or "…",
                held=goal.sessions_held,
                planned=goal.sessions_planned,
            )
        )
    if isinstance(goal, FinancialGoal) and goal.cost_scope.strip():
        sentences.append(text("Cost counted: {scope}", scope=goal.cost_scope.strip()))
    if goal.guard_series and goal.guard_limit is not None:
        guard_kpi = guard.kpi if guard is not None else described(goal.guard_series.split("|", 1)[0]).in_currency(currency)
        guarded = _inside(guard_kpi.id, guard.name if guard is not None else guard_kpi.name)
        sentences.append(
            text("Without letting {kpi} go past {limit}", kpi=guarded, limit=quantity(goal.guard_limit, guard_kpi))
        )
    if goal.objective:
        kgi = KGIS.get(goal.objective)
        sentences.append(text("It serves: {objective}", objective=kgi.name if kgi else goal.objective))
    if goal.owner.strip():
        sentences.append(text("Owner: {owner}", owner=goal.owner.strip()))
    return tuple(sentences)


def _kpi_of(goal: Goal, series: KpiSeries | None, currency: str) -> Kpi | None:
    if series is not None:
        return series.kpi
    key = goal.key
    return described(key.kpi).in_currency(currency) if key is not None else None


def _name_of(goal: Goal, series: KpiSeries | None, kpi: Kpi | None) -> Text | str:
    key = goal.key if series is None else series.key
    if kpi is None or key is None:
        return "…"
    return _inside(key.kpi, key.named(kpi) if series is None else series.name)


def _inside(kpi: str, name: Text) -> Text:
    """The name of a KPI inside a sentence; those that users gave stay as they wrote them."""
    return name.within() if kpi in CATALOGUE else name


def _each(frequency: Frequency) -> Text:
    return {
        Frequency.DAY: text("every day"),
        Frequency.WEEK: text("every week"),
        Frequency.MONTH: text("every month"),
        Frequency.QUARTER: text("every quarter"),
        Frequency.YEAR: text("every year"),
    }[frequency]
