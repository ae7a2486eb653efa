"""Several goals at once: all of them, at least one, and how many, on series that moved together before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri
from scipy.stats import rankdata

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.answers.measures import measured
from cs_planning.forecasting.forecast import Forecast, Question
from cs_planning.goals.goal import Direction
from cs_planning.kpis.frequency import Rhythm
from cs_planning.language import text

FEWEST_COMMON = 6
"""Below so many common periods two series tell nothing of each other."""
_PRIOR_PERIODS = 8.0
"""How many periods without any dependence stand beside those seen: right where dependences spread by .35 about none."""
_LEAST_EIGENVALUE = 1e-6


@dataclass(frozen=True)
class JudgedGoal:
    """A goal that is judged beside others.

    Attributes:
        forecast: of its KPI.
        question: what it asks.
        target: in the KPI's unit.
        misses: of its KPI's past forecasts, one period ahead, as `models.paths.past_misses` gives them; `None` tells nothing.
    """

    forecast: Forecast
    question: Question
    target: float
    misses: pd.Series | None = None


@dataclass(frozen=True)
class Joint:
    """How likely several goals are together.

    Attributes:
        all: the probability that every goal is reached.
        any: that at least one is.
        expected: how many are reached on average.
        low80, high80: how many are reached at least and at most, with 80 %.
        counted: the probability that none, one, … all are reached, shape (goals + 1,).
        dependence: how the series moved together before, −1…1, shape (goals, goals); 1 on one series, 0 where nothing tells.
    """

    all: float
    any: float
    expected: float
    low80: int
    high80: int
    counted: np.ndarray
    dependence: np.ndarray


def jointly(goals: Sequence[JudgedGoal]) -> Joint:
    """How likely several goals are together.

    Goals on one series share its paths. The paths of different series are paired so that what the goals measure moves together
    as the past misses of their forecasts did; every goal keeps its own probability.

    Args:
        goals: at least one, their forecasts with equally many paths.

    Raises:
        CannotForecast: the forecasts have different numbers of paths, or there is no goal.

    Assumptions: dependence is that of normal scores, and further ahead as it was one period ahead.
    Not valid when: a cause that never acted before moves several KPIs at once.
    Source: Iman & Conover (1982), pairing by ranks.
    """
    if len({len(goal.forecast.paths) for goal in goals}) != 1:
        raise CannotForecast(
            text("Goals can be judged together only when their forecasts have equally many paths."),
            text("Make all forecasts with the same number of draws."),
        )
    places = [(goal.forecast.series.key, goal.forecast.rhythm.frequency) for goal in goals]
    own = list(dict.fromkeys(places))
    firsts = [goals[places.index(place)] for place in own]
    between = dependence([goal.misses for goal in firsts], [goal.forecast.rhythm for goal in firsts])
    draws = [measured(goal.forecast, goal.question) for goal in goals]
    order = _paired([[draws[n] for n, at in enumerate(places) if at == place] for place in own], between)
    reached = np.array(
        [
            (each >= goal.target if goal.question.direction is Direction.AT_LEAST else each <= goal.target)[
                order[own.index(place)]
            ]
            for goal, each, place in zip(goals, draws, places, strict=True)
        ]
    )
    counts = reached.sum(axis=0)
    low, high = np.quantile(counts, [0.1, 0.9], method="inverted_cdf")
    rows = [own.index(place) for place in places]
    # Of so many futures none tells only that it is rare.
    least = 0.5 / (len(counts) + 1)
    return Joint(
        max(float(reached.all(axis=0).mean()), least),
        min(float(reached.any(axis=0).mean()), 1 - least),
        float(counts.mean()),
        int(low),
        int(high),
        np.bincount(counts, minlength=len(goals) + 1) / len(counts),
        between[np.ix_(rows, rows)],
    )


def dependence(misses: Sequence[pd.Series | None], rhythms: Sequence[Rhythm]) -> np.ndarray:
    """How the misses of several series go together, −1…1, shape (series, series).

    Args:
        misses: normal scores by the first day of the period, one series each.
        rhythms: of the same series; the misses of the finer one are added up over the periods of the coarser one.

    Method: the correlation over common periods, shrunken towards none by eight periods without any, made a proper correlation
        matrix by lifting what is below zero among its eigenvalues.
    """
    found = np.eye(len(misses))
    for one in range(len(misses)):
        for other in range(one):
            found[one, other] = found[other, one] = _pair(misses[one], rhythms[one], misses[other], rhythms[other])
    values, vectors = np.linalg.eigh(found)
    if values.min() >= _LEAST_EIGENVALUE:
        return found
    lifted = (vectors * np.maximum(values, _LEAST_EIGENVALUE)) @ vectors.T
    size = np.sqrt(np.diag(lifted))
    return np.asarray(lifted / np.outer(size, size))


def _pair(one: pd.Series | None, rhythm: Rhythm, other: pd.Series | None, other_rhythm: Rhythm) -> float:
    if one is None or other is None:
        return 0.0
    if rhythm.frequency.is_finer_than(other_rhythm.frequency):
        one = _added_up(one, other_rhythm)
    elif other_rhythm.frequency.is_finer_than(rhythm.frequency):
        other = _added_up(other, rhythm)
    common = one.index.intersection(other.index)
    if len(common) < FEWEST_COMMON:
        return 0.0
    left, right = one[common].to_numpy(float), other[common].to_numpy(float)
    if np.ptp(left) == 0 or np.ptp(right) == 0:
        return 0.0
    seen = float(np.corrcoef(left, right)[0, 1])
    return seen * len(common) / (len(common) + _PRIOR_PERIODS)


def _added_up(misses: pd.Series, rhythm: Rhythm) -> pd.Series:
    starts = pd.DatetimeIndex([rhythm.start_of(period.date()) for period in misses.index])
    return misses.groupby(starts).sum()


def _paired(draws: Sequence[Sequence[np.ndarray]], between: np.ndarray) -> list[np.ndarray]:
    """For each series the order of its paths, shape (draws,), so that the ranks of what is measured go together."""
    count = len(draws[0][0])
    if np.array_equal(between, np.eye(len(draws))) or len(draws) == 1:
        return [np.arange(count)] * len(draws)
    rng = np.random.default_rng(0)
    scores = ndtri((rankdata(rng.standard_normal((len(draws), count)), axis=1) - 0.5) / count)
    # What chance made of the scores' own correlations goes first, so that few goals are not tied by the draw.
    free = np.linalg.solve(np.linalg.cholesky(np.corrcoef(scores)), scores)
    wanted = np.linalg.cholesky(between) @ free
    orders = []
    for of_series, target in zip(draws, wanted, strict=True):
        ranks = np.mean([rankdata(each, method="ordinal") for each in of_series], axis=0)
        order = np.empty(count, int)
        order[np.argsort(target, kind="stable")] = np.argsort(ranks, kind="stable")
        orders.append(order)
    return orders
