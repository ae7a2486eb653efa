"""What is believed of a goal: one number with its periods and its freshness, or the reason why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

from cs_planning.errors import StaleData
from cs_planning.forecasting.answers.honest_range import honest_range
from cs_planning.forecasting.answers.track_record import Record
from cs_planning.forecasting.forecast import Assessment, Forecast, Question
from cs_planning.goals.goal import Measure
from cs_planning.kpis.freshness import Freshness, freshness_since
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text, ntext, text
from cs_planning.language.values import Percent

_FINEST = 0.05
"""Ends of a range are rounded outwards to whole steps of this size: finer ones would claim more than is known."""


@dataclass(frozen=True)
class Belief:
    """What is said of a goal's target, made in one place and drawn the same everywhere.

    Attributes:
        assessment: probability of the target and expected value, with its ranges.
        freshness: how old the data are.
        first, last: first days of the periods that count.
        counted: how many periods count.
        observed: how many of them are measured already.
        low, high: the range that the probability may be taken for, 0…1; see `answers.honest_range`.
        past: how forecasts made in the past of the series did, as far ahead.
        basis: from which data, and which periods count, in a phrase.
        trust: how sure the probability is, and how good the record was, in a phrase.
    """

    assessment: Assessment
    freshness: Freshness
    first: date
    last: date
    counted: int
    observed: int
    low: float
    high: float
    past: Record
    basis: Text
    trust: Text

    @property
    def probability(self) -> float:
        """Of reaching the target, 0…1."""
        return self.assessment.probability


def freshness_of(series: KpiSeries, today: date) -> Freshness:
    """How old a history is.

    Args:
        series: with at least one value.
        today: the day on which a number is asked for.
    """
    return freshness_since(series.last_period, series.rhythm, today)


def require_fresh(series: KpiSeries, today: date) -> Freshness:
    """The freshness of a history that is fresh enough for a number.

    Raises:
        StaleData: it is not.
    """
    found = freshness_of(series, today)
    if found.is_stale:
        raise StaleData(
            text(
                "The newest value of {series} is that of {period}; from such data a probability is said until {day}.",
                series=series.name,
                period=period_words(found.last, series.rhythm),
                day=found.said_until,
            ),
            text("Import newer data, or plan as of the end of the data."),
            found.data_until + timedelta(days=1),
        )
    return found


def belief_of(assessment: Assessment, made: Forecast, question: Question, today: date, past: Record) -> Belief:
    """What is believed of a target.

    Args:
        assessment: of the target, on the paths of `made`.
        made: the futures behind it.
        question: what was asked.
        today: the day on which it is asked for.
        past: the record of the series as far ahead as the deadline.
    """
    rhythm, series = made.rhythm, made.series
    start = question.first or rhythm.next_after(series.last_period, 1)
    first, last = rhythm.start_of(start), rhythm.start_of(question.last)
    if question.measure is Measure.LEVEL:
        first = last
    counted = rhythm.count_between(first, last) + 1
    observed = sum(first <= period.date() <= last for period in series.periods)
    freshness = freshness_of(series, today)
    until = period_words(freshness.last, rhythm)
    if counted == 1:
        basis = text("Data up to {until}; what counts is {last}.", until=until, last=period_words(last, rhythm))
    elif not observed:
        basis = text(
            "Data up to {until}; what counts is {first} to {last}, of which nothing is measured yet.",
            until=until,
            first=period_words(first, rhythm),
            last=period_words(last, rhythm),
        )
    else:
        basis = ntext(
            "Data up to {until}; what counts is {first} to {last}, {count} of its periods measured.",
            "Data up to {until}; what counts is {first} to {last}, {count} of its periods measured.",
            observed,
            until=until,
            first=period_words(first, rhythm),
            last=period_words(last, rhythm),
        )
    low, high = assessment.probability, assessment.probability
    if assessment.reason is None:
        low, high = honest_range(assessment.probability, len(series), past)
    trust = _trust(low, high, past)
    return Belief(assessment, freshness, first, last, counted, observed, low, high, past, basis, trust)


def _trust(low: float, high: float, past: Record) -> Text:
    if low == high:
        return text("Record: {record}.", record=past.phrase())
    rounded = [Percent(share=end) for end in (math.floor(low / _FINEST) * _FINEST, math.ceil(high / _FINEST) * _FINEST)]
    return text("Honest range: {low} to {high}. Record: {record}.", low=rounded[0], high=rounded[1], record=past.phrase())
