"""The measures of a group of contacts as ibis expressions, by the moment that decides to which period a contact belongs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import ibis
import ibis.expr.types as ir

_SHARES = {"median": 0.5, "p90": 0.9}
_PROMOTERS, _PASSIVES = 9, 7
_DAY_HOURS = 24.0


class Quantiles(StrEnum):
    """How an engine computes the median and the 90th percentile of a column.

    Attributes:
        TOGETHER: exactly, both in one pass.
        SINGLE: exactly, each by itself.
        APPROXIMATE: approximately; the engine has no other way in a grouped query.
    """

    TOGETHER = "together"
    SINGLE = "single"
    APPROXIMATE = "approximate"


@dataclass(frozen=True)
class MeasuredKpi:
    """One KPI as columns of a grouped result: its value and its sample size, already in the catalogue's unit."""

    kpi: str
    value: ir.Value
    sample: ir.Value


def _times(
    stem: str, name: str, contacts: ir.Table, how: Quantiles, statistics: Sequence[str] = ("median", "mean", "p90")
) -> list[MeasuredKpi]:
    """The statistics of a column of times; none where the contacts don't have it."""
    if name not in contacts.columns:
        return []
    column = contacts[name]
    if how is Quantiles.TOGETHER and "p90" in statistics:
        both = column.quantile([_SHARES["median"], _SHARES["p90"]])
        quantiles = {"median": both[0], "p90": both[1]}
    else:
        one = column.approx_quantile if how is Quantiles.APPROXIMATE else column.quantile
        quantiles = {statistic: one(share) for statistic, share in _SHARES.items()}
    values = quantiles | {"mean": column.mean()}
    return [MeasuredKpi(f"{stem}_{statistic}", values[statistic], column.count()) for statistic in statistics]


def _percent(mark: Any) -> ir.Value:
    """The share of yes among those that say yes or no, in percent."""
    return mark.ifelse(100.0, 0.0).sum() / mark.count().nullif(0)


def _share_of(kpi: str, mark: Any) -> MeasuredKpi:
    return MeasuredKpi(kpi, _percent(mark), mark.count())


def _share(kpi: str, name: str, contacts: ir.Table) -> list[MeasuredKpi]:
    """The share of contacts with a mark; none where the contacts don't have it."""
    return [_share_of(kpi, contacts[name])] if name in contacts.columns else []


def _number(kpi: str, name: str, contacts: ir.Table, value: Callable[[Any], ir.Value]) -> list[MeasuredKpi]:
    """A number out of a column; none where the contacts don't have it."""
    return [MeasuredKpi(kpi, value(contacts[name]), contacts[name].count())] if name in contacts.columns else []


def by_creation(contacts: ir.Table, how: Quantiles) -> list[MeasuredKpi]:
    """What belongs to the period in which a contact was created.

    Args:
        contacts: those of the period, without survey answers.
        how: how the engine computes medians and percentiles.
    """
    everything = contacts.count()
    return [
        MeasuredKpi("contact_volume", everything, everything),
        *_times("frt", "first_response_minutes", contacts, how),
        *_times("frt_business", "first_response_business_minutes", contacts, how),
        *_times("frt_open_hours", "first_response_open_minutes", contacts, how),
        *_number("handled_volume", "abandoned", contacts, lambda abandoned: (~abandoned).ifelse(1, 0).sum()),
        *_answer_rate(contacts),
        *_share("abandonment_rate", "abandoned", contacts),
        *_share("service_level", "answered_in_time", contacts),
        *_speed_of_answer(contacts),
        *_times("aht", "handle_minutes", contacts, how, ("mean", "median")),
        *_share("interruption_rate", "interrupted", contacts),
        *_share("escalation_rate", "escalated", contacts),
        *_share("first_response_sla", "first_response_sla_kept", contacts),
        _resolution_rate(contacts),
        *_number("complaints", "complaint", contacts, lambda complaint: complaint.ifelse(1, 0).sum()),
        *_number("quality_score", "quality_percent", contacts, lambda quality: quality.mean()),
        *_number("cost_per_contact", "cost", contacts, lambda cost: cost.mean()),
        *_number("service_cost", "cost", contacts, lambda cost: cost.sum()),
    ]


def _answer_rate(contacts: ir.Table) -> list[MeasuredKpi]:
    """The share of answered ones among the contacts of which it is known: calls by what became of them, others by a reply.

    An empty cell of the first answer means that there was none; `?` or a cell that can't be read says nothing, and is left out.
    """
    known = [~contacts.abandoned] if "abandoned" in contacts.columns else []
    known += [contacts.answered] if "answered" in contacts.columns else []
    return [_share_of("completion_rate", ibis.coalesce(*known))] if known else []


def _resolution_rate(contacts: ir.Table) -> MeasuredKpi:
    """The share of solved ones among tickets: by their status where they have no times, else by the time of their solution.

    An empty time or status means not solved; `?`, an unreadable time or a status that nobody knows is left out.
    """
    by_time = contacts.solved_at.notnull()
    is_solved = ibis.coalesce(contacts.solved, by_time) if "solved" in contacts.columns else by_time
    counts = contacts.kind == "ticket"
    if "solution_unknown" in contacts.columns:
        counts = counts & ~contacts.solution_unknown.fill_null(False)
    return _share_of("resolution_rate", counts.ifelse(is_solved, ibis.null("boolean")))


def _speed_of_answer(contacts: ir.Table) -> list[MeasuredKpi]:
    if not {"abandoned", "wait_seconds"} <= set(contacts.columns):
        return []
    wait = (~contacts.abandoned).ifelse(contacts.wait_seconds, ibis.null("float64"))
    return [MeasuredKpi("asa_mean", wait.mean(), wait.count())]


def by_answer(contacts: ir.Table, _how: Quantiles) -> list[MeasuredKpi]:
    """What belongs to the period in which an answer was given."""

    def points(nps: ir.NumericColumn) -> ir.Value:
        counted = ibis.cases((nps >= _PROMOTERS, 100.0), (nps < _PASSIVES, -100.0), (nps.notnull(), 0.0))
        # PostgreSQL takes 100.0 for a decimal, of which its mean is one too; a quotient is a number on every engine.
        return counted.sum() / nps.count().nullif(0)

    return [
        *_number("csat", "csat_satisfied", contacts, lambda satisfied: satisfied.mean() * 100),
        *_number("nps", "nps_answer", contacts, points),
        *_number("promoters", "nps_answer", contacts, lambda nps: _percent(nps >= _PROMOTERS)),
        *_number("passives", "nps_answer", contacts, lambda nps: _percent((nps >= _PASSIVES) & (nps < _PROMOTERS))),
        *_number("detractors", "nps_answer", contacts, lambda nps: _percent(nps < _PASSIVES)),
        *_number("ces", "ces_answer", contacts, lambda answer: answer.mean()),
    ]


def by_solution(contacts: ir.Table, how: Quantiles) -> list[MeasuredKpi]:
    """What belongs to the period in which a contact was solved; `how` is the engine's way to medians and percentiles."""
    everything = contacts.count()
    return [
        MeasuredKpi("solved_volume", everything, everything),
        *_times("resolution_time", "resolution_hours", contacts, how),
        *_times("resolution_time_business", "resolution_business_hours", contacts, how),
        *_times("resolution_time_open_hours", "resolution_open_hours", contacts, how),
        *_number("solved_within_day", "resolution_hours", contacts, lambda hours: _percent(_within_day(contacts, hours))),
        *_share("reopen_rate", "reopened", contacts),
        *_share("fcr", "first_contact", contacts),
    ]


def _within_day(contacts: ir.Table, hours: Any) -> Any:
    """Whether a contact took no longer than a day; of one whose days alone are known, whether it was solved on the same day.

    A day between dates without a time of day is anything from a minute to two days, so the next day is not within one.
    """
    if "solved_at" not in contacts.columns:
        return hours <= _DAY_HOURS
    is_bare = _at_midnight(contacts.solved_at) | _at_midnight(contacts.created_at)
    return ibis.cases((hours == _DAY_HOURS, ~is_bare), else_=hours < _DAY_HOURS)


def _at_midnight(moment: Any) -> Any:
    return moment == moment.truncate("D")


def by_limit(contacts: ir.Table, _how: Quantiles) -> list[MeasuredKpi]:
    """What belongs to the period in which a limit was kept or missed: that of the solution, or of the creation without one."""
    return _share("resolution_sla", "sla_kept", contacts)
