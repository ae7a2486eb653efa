"""From a history to sample paths of the future."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.events import Event
from cs_planning.forecasting.forecast import Forecast, Note
from cs_planning.forecasting.history import FARTHEST_HORIZON, History, read_history
from cs_planning.forecasting.members import (
    DEGREES_OF_FREEDOM,
    EVIDENCE_POWER,
    LOG_PRIOR_OF_RATIOS,
    Bank,
    Calendar,
    Evidence,
    bank_for,
    evidence,
    logsumexp,
    predict,
)
from cs_planning.forecasting.scales import Scale, Shape, candidate_scales
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import text

CALENDARS = {
    Frequency.DAY: Calendar(7),
    Frequency.WEEK: Calendar(52.18, smooth=True),
    Frequency.MONTH: Calendar(12),
    Frequency.QUARTER: Calendar(4),
    Frequency.YEAR: Calendar(0),
}


@dataclass(frozen=True)
class _Fit:
    """The bank of members on one scale, weighed by the history."""

    scale: Scale
    bank: Bank
    found: Evidence
    centre: float
    size: float
    log_evidence: np.ndarray


def forecast(
    series: KpiSeries,
    last: date,
    *,
    seed: int = 0,
    draws: int = 2000,
    today: date | None = None,
    events: Sequence[Event] = (),
) -> Forecast:
    """Equally likely futures of a KPI, up to and including the period of `last`.

    Args:
        series: the history, at least eight usable points.
        last: a day in the last period to forecast, after the history.
        seed: of the random numbers; the series' name is mixed into it.
        draws: how many paths.
        today: a last period that is not over on this day is left out; `None` takes every period for finished.
        events: periods to ignore, and steps or ramps that the history alone does not explain.

    Raises:
        CannotForecast: too few usable points, `last` not after them, or too far ahead.
    """
    history = read_history(series, today)
    horizon = series.frequency.count_between(history.series.last_period, last)
    _check_horizon(history, last, horizon)
    rng = np.random.default_rng([seed, zlib.crc32(str(series.key).encode())])
    starts = [series.frequency.next_after(history.series.last_period, count) for count in range(1, horizon + 1)]
    notes = list(history.notes)
    if np.ptp(history.values) == 0:
        paths = _constant_paths(history, horizon, draws, rng)
        notes.append(
            Note(
                "constant",
                text("Every value was {value}; how far it may move has never been seen.", value=float(history.values[0])),
            )
        )
    else:
        paths = _paths(history.recent(), horizon, draws, rng)
    paths.flags.writeable = False
    return Forecast(history.series, pd.DatetimeIndex(starts), paths, tuple(notes))


def _check_horizon(history: History, last: date, horizon: int) -> None:
    write = history.series.frequency.write
    if horizon < 1:
        raise CannotForecast(
            text(
                "{last} is not after the history of {series}, which ends with {end}.",
                last=write(last),
                series=history.series.name,
                end=write(history.series.last_period),
            ),
            text("Choose a later deadline."),
        )
    if horizon > FARTHEST_HORIZON:
        raise CannotForecast(
            text(
                "{last} lies {count} periods after the history of {series}.",
                last=write(last),
                count=horizon,
                series=history.series.name,
            ),
            text("Import newer data, choose an earlier deadline, or use longer periods."),
        )


def _fit(history: History, scale: Scale, calendar: Calendar) -> _Fit:
    values = history.values
    numbers = scale.forward(values)
    gaps = np.maximum(np.diff(history.steps), 1)
    size = float(np.sqrt(np.mean(np.diff(numbers) ** 2 / gaps)))
    size = size or 1.0
    centre = float(numbers[-1])
    bank = bank_for(history.steps, calendar)
    found = evidence(bank, (numbers - centre) / size)
    ratio = LOG_PRIOR_OF_RATIOS if scale.shape is Shape.LOG else 0.0
    comparable = found.log_evidence + scale.log_slope(values).sum() - len(values) * np.log(size)
    return _Fit(scale, bank, found, centre, size, bank.log_prior + ratio + EVIDENCE_POWER * comparable)


def _paths(history: History, horizon: int, draws: int, rng: np.random.Generator) -> np.ndarray:
    calendar = CALENDARS[history.series.frequency]
    kpi = history.series.kpi
    fits = [_fit(history, scale, calendar) for scale in candidate_scales(history.values, kpi.lower, kpi.upper)]
    score = np.concatenate([fit.log_evidence for fit in fits])
    weights = np.exp(score - logsumexp(score))
    counts = _shares_of(draws, weights, rng, fewest_members=horizon > 60)
    paths, start = [], 0
    for fit in fits:
        own = counts[start : start + len(fit.log_evidence)]
        start += len(own)
        if own.any():
            paths.append(_member_paths(fit, own, horizon, rng))
    return rng.permutation(np.concatenate(paths), axis=0)


def _shares_of(draws: int, weights: np.ndarray, rng: np.random.Generator, fewest_members: bool) -> np.ndarray:
    """How many of the draws each member gets: in proportion to its weight, by systematic sampling."""
    if fewest_members:
        kept = np.argsort(-weights, kind="stable")[:12]
        weights = np.where(np.isin(np.arange(len(weights)), kept), weights, 0.0)
    edges = np.concatenate([[0.0], np.cumsum(weights / weights.sum())])
    edges[-1] = 1.0
    return np.diff(np.floor(edges * draws + rng.random()).astype(int).clip(0, draws + 1))


def _member_paths(fit: _Fit, counts: np.ndarray, horizon: int, rng: np.random.Generator) -> np.ndarray:
    members = np.flatnonzero(counts)
    means, factors = predict(fit.bank, members, fit.found, np.arange(1, horizon + 1))
    owner = np.repeat(np.arange(len(members)), counts[members])
    noise = rng.standard_normal((len(owner), horizon))
    tail = np.sqrt(DEGREES_OF_FREEDOM / rng.chisquare(DEGREES_OF_FREEDOM, len(owner)))
    spread = tail * np.sqrt(fit.found.step_variance[members][owner])
    moves = np.empty_like(noise)
    start = 0
    for index, count in enumerate(counts[members]):
        moves[start : start + count] = noise[start : start + count] @ factors[index].T
        start += count
    z = means[owner] + spread[:, None] * moves
    return fit.scale.back(fit.centre + fit.size * z)


def _constant_paths(history: History, horizon: int, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Paths of a KPI that never moved: it goes on so, except with the chance that Laplace's rule leaves for a first change."""
    kpi = history.series.kpi
    value = float(history.values[0])
    count = len(history.values)
    scale = candidate_scales(history.values, kpi.lower, kpi.upper)[0]
    start = float(scale.forward(np.array([value]))[0])
    step = 0.5 if scale.shape is Shape.LOGIT else 0.1 * abs(value) or 1.0
    first = rng.geometric(1.0 / (count + 2), size=draws)
    moving = np.arange(1, horizon + 1)[None, :] >= first[:, None]
    walk = np.cumsum(rng.standard_normal((draws, horizon)) * moving, axis=1)
    return np.where(moving, scale.back(start + step * walk), value)
