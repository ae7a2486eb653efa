"""From a history to sample paths of the future, by the average of many small models and by a standard method beside it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
from scipy.special import logsumexp, ndtri
from scipy.stats import rankdata
from statsmodels.tsa.api import ETSModel

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.evidence.ahead import Ahead, with_next
from cs_planning.forecasting.evidence.events import Event, EventKind
from cs_planning.forecasting.evidence.history import FEWEST_POINTS, History
from cs_planning.forecasting.evidence.known import calendar_part, known_parts, without_ignored
from cs_planning.forecasting.evidence.nowcast import nowcast
from cs_planning.forecasting.evidence.scales import Bend, candidate_scales
from cs_planning.forecasting.forecast import Forecast, Note
from cs_planning.forecasting.models.break_notes import conspicuous, notes_on
from cs_planning.forecasting.models.fit import BankFit, fit, shares_of
from cs_planning.forecasting.models.members import Calendar, PeriodPace
from cs_planning.forecasting.models.own_errors import own_widths, past_scores
from cs_planning.forecasting.models.rare import Pile, paths_of_counts, paths_on_and_off, pile_of
from cs_planning.forecasting.models.season import shrunken_season
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import ntext, text

CALENDARS = {
    Frequency.DAY: Calendar(PeriodPace.SHORT, 7),
    Frequency.WEEK: Calendar(PeriodPace.SHORT, 52.18, smooth=True),
    Frequency.MONTH: Calendar(PeriodPace.MONTH, 12),
    Frequency.QUARTER: Calendar(PeriodPace.QUARTER, 4),
    Frequency.YEAR: Calendar(PeriodPace.YEAR, 0),
}

_COMPARED = 64
"""How many draws of a running period are compared with what each member expected."""


def forecast(
    series: KpiSeries,
    last: date,
    *,
    seed: int = 0,
    draws: int = 2000,
    today: date | None = None,
    events: Sequence[Event] = (),
    breaks: bool = True,
    remarks: bool = True,
    place: str = "",
    days: KpiSeries | None = None,
) -> Forecast:
    """Equally likely futures of a KPI, up to and including the period of `last`.

    Args:
        series: the history, at least eight usable points.
        last: a day in the last period to forecast, after the history.
        seed: of the random numbers; the series' name is mixed into it.
        draws: how many paths.
        today: a last period that is not over on this day is left out; `None` takes every period for finished.
        events: periods to ignore, and steps or ramps that the history alone does not explain.
        breaks: whether to look for outliers and breaks; `False` shows how the number would be without.
        remarks: whether to look for what strikes the eye and does not change the number; `False` spares the time.
        place: country whose public holidays daily values and volumes know, `JP` or `CA-BC`; empty for none.
        days: the same KPI by day, to complete the period that is not over.

    Raises:
        CannotForecast: too few usable points, `last` not after them, or too far ahead.

    Assumptions: a KPI whose values pile up at a bound is forecast as `models.rare` says, unless it is daily; counts know
        no marked steps and ramps there, so that a marked one is forecast on a scale like any other.
    """
    ahead = Ahead.of(series, last, today=today, place=place)
    history, horizon = ahead.history, ahead.horizon
    running = nowcast(history, days, forecast, draws=draws, seed=seed, today=today, events=tuple(events), place=place)
    rng = np.random.default_rng([seed, zlib.crc32(str(series.key).encode())])
    kept = _without_ignored(history, events)
    ignored_end = series.rhythm.count_between(kept.series.last_period, history.series.last_period)
    notes = list(kept.notes)
    known_first = False
    if np.ptp(kept.values) == 0:
        paths = _constant_paths(kept, ignored_end + horizon, draws, rng)[:, ignored_end:]
        value = float(kept.values[0])
        notes.append(Note("constant", text("Every value was {value}; how far it may move has never been seen.", value=value)))
    elif (pile := _pile(kept, events)) is not None:
        paths = _piled_paths(pile, kept, ignored_end + horizon, draws, rng, events)[:, ignored_end:]
        notes.append(_pile_note(pile))
    else:
        fits = _fits(kept, ignored_end + horizon, events, breaks, ahead.holidays)
        first = rng.permutation(running.draws) if running is not None and not ignored_end else None
        paths = _paths(fits, draws, ignored_end + horizon, rng, first)[:, ignored_end:]
        used = max(fits, key=lambda one: float(one.score.max())).findings
        known_first = first is not None
        seen = conspicuous(kept.recent(), CALENDARS[series.frequency], events) if breaks and remarks else ()
        notes += notes_on(kept.recent(), used, seen)
    if running is not None and not known_first:
        paths[:, 0] = running.draws
    return ahead.made(paths, notes, running)


def second_opinion(
    series: KpiSeries,
    last: date,
    *,
    seed: int = 0,
    draws: int = 2000,
    today: date | None = None,
    events: Sequence[Event] = (),
    place: str = "",
    days: KpiSeries | None = None,
) -> Forecast:
    """Futures by a standard method that shares no model with `forecast`: exponential smoothing as statsmodels fits it.

    Args:
        series: the history, at least eight usable points.
        last: a day in the last period, after the history.
        seed: of the random numbers; the series' name is mixed into it.
        draws: how many paths, half of them with a damped trend and half with a level alone.
        today: a last period that is not over on this day is left out.
        events: periods to ignore are filled from their neighbours; steps and ramps are unknown to this method.
        place: country whose public holidays daily values and volumes know.
        days: the same KPI by day, to complete the period that is not over.

    Raises:
        CannotForecast: too few usable points, `last` not after them, or too far ahead.

    Assumptions: seasonal figures are the same every year, shrunken towards none; gaps are filled by straight lines; of values
        that pile up at a bound the recent ones are drawn again; the parameters are taken for certain, so that its ranges are
        rather narrow; what follows a running period starts from the middle of what that may become.

    Not valid when: the level or trend broke, since breaks are not looked for.

    Source: R. J. Hyndman et al., *Forecasting with Exponential Smoothing*, Springer 2008.
    """
    ahead = Ahead.of(series, last, today=today, place=place)
    history, horizon = ahead.history, ahead.horizon
    rng = np.random.default_rng([seed, 2, zlib.crc32(str(series.key).encode())])
    running = nowcast(history, days, second_opinion, draws=draws, seed=seed, today=today, events=tuple(events), place=place)
    kept = _without_ignored(history, events)
    ignored_end = series.rhythm.count_between(kept.series.last_period, history.series.last_period)
    if running is not None and not ignored_end:
        kept, horizon = with_next(kept, float(np.median(running.draws))), horizon - 1
    if np.ptp(kept.values) == 0:
        paths = _constant_paths(kept, ignored_end + horizon, draws, rng)[:, ignored_end:]
    elif _pile(kept, events) is not None:
        paths = rng.choice(kept.recent().values, (draws, horizon))
    else:
        paths = _smoothed_paths(kept, ignored_end + horizon, draws, rng, ahead.holidays)[:, ignored_end:]
    if running is not None:
        first = running.draws[:, None]
        paths = np.concatenate([first, paths[:, 1:] if ignored_end else paths], axis=1)
    return ahead.made(paths, history.notes, running)


def past_misses(series: KpiSeries, *, today: date | None = None, events: Sequence[Event] = (), place: str = "") -> pd.Series:
    """By how much each past period missed what was to be expected one period before, in normal scores; above 0 is higher.

    Args:
        series: the history, at least eight usable points.
        today: a last period that is not over on this day is left out.
        events: as for `forecast`.
        place: as for `forecast`.

    Returns:
        scores by the first day of the period; none where the KPI never moved.

    Raises:
        CannotForecast: too few usable points.

    Assumptions: of values that pile up at a bound each is told by its rank among the others.
    """
    ahead = Ahead.of(series, series.rhythm.next_after(series.last_period, 7), today=today, place=place)
    kept = _without_ignored(ahead.history, events)
    recent = kept.recent()
    periods, count = recent.series.periods, len(recent.steps)
    if np.ptp(kept.values) == 0:
        return pd.Series(dtype=float, index=periods[:0])
    if _pile(kept, events) is not None:
        return pd.Series(ndtri((rankdata(recent.values) - 0.5) / count), index=periods)
    scores = past_scores(_fits(kept, 1, events, True, ahead.holidays), 1, all_origins=True)[:, 0]
    return pd.Series(scores, index=periods[count - len(scores) :]).dropna()


def _smoothed_paths(
    history: History, horizon: int, draws: int, rng: np.random.Generator, holidays: Mapping[date, str]
) -> np.ndarray:
    if horizon < 1:
        return np.empty((draws, 0))
    frequency, kpi = history.series.frequency, history.series.kpi
    recent = history.recent()
    scale = candidate_scales(recent.values, kpi.lower, kpi.upper)[0]
    steps = np.arange(recent.steps[0], 1)
    numbers = np.interp(steps, recent.steps, scale.forward(recent.values))
    ahead = np.arange(1, horizon + 1)
    calendar = calendar_part(history, scale, np.concatenate([steps, ahead]), holidays).mean
    numbers, known = numbers - calendar[: len(steps)], calendar[len(steps) :]
    length = {Frequency.DAY: 7, Frequency.YEAR: 1}.get(frequency, frequency.periods_per_year)
    if length > 1 and len(numbers) >= 2 * length:
        figures = shrunken_season(numbers, length)
        numbers = numbers - figures[np.arange(len(numbers)) % length]
        known = known + figures[(len(numbers) - 1 + ahead) % length]
    size = float(np.std(numbers)) or 1.0
    centre = float(numbers[-1])
    z = (numbers - centre) / size
    models = (ETSModel(z), ETSModel(z, trend="add", damped_trend=True))
    parts = []
    for model, count in zip(models, (draws - draws // 2, draws // 2), strict=True):
        fitted = model.fit(disp=False, maxiter=200)
        parts.append(np.asarray(fitted.simulate(horizon, anchor="end", repetitions=count, rng=rng)).reshape(horizon, count).T)
    moved = rng.permutation(np.concatenate(parts), axis=0)
    return scale.back(centre + size * moved + known)


def _without_ignored(history: History, events: Sequence[Event]) -> History:
    """The history without what is ignored, its steps ending with 0 even where its end is ignored."""
    stays = without_ignored(history, events)
    if stays.all():
        return history
    if stays.sum() < FEWEST_POINTS:
        raise CannotForecast(
            text(
                "Of the history of {series} only {count} points are not ignored.",
                series=history.series.name,
                count=int(stays.sum()),
            ),
            text("Ignore fewer periods."),
        )
    kept = history.only(stays)
    return replace(kept, steps=kept.steps - kept.steps[-1])


def _pile(history: History, events: Sequence[Event]) -> Pile | None:
    """The pile of a history that is not daily; days have their closed weekdays, which are no pile."""
    if history.series.frequency is Frequency.DAY:
        return None
    pile = pile_of(history)
    moved = any(event.kind is not EventKind.IGNORE for event in events)
    return None if pile is None or (pile.counted and moved) else pile


def _piled_paths(
    pile: Pile, history: History, horizon: int, draws: int, rng: np.random.Generator, events: Sequence[Event]
) -> np.ndarray:
    recent = history.recent()
    if pile.counted:
        return paths_of_counts(recent.values, recent.steps, horizon, draws, rng)

    def rest(between: History) -> np.ndarray:
        missing = -int(between.steps[-1])
        moved = replace(between, steps=between.steps - between.steps[-1])
        return _paths(_fits(moved, missing + horizon, events, False, {}), draws, missing + horizon, rng)[:, missing:]

    return paths_on_and_off(pile, recent, horizon, draws, rng, rest)


def _pile_note(pile: Pile) -> Note:
    message = ntext(
        "{hits} of {count} value is exactly {bound}; how often that happens is part of the forecast.",
        "{hits} of {count} values are exactly {bound}; how often that happens is part of the forecast.",
        len(pile.on),
        hits=int(pile.on.sum()),
        bound=pile.bound,
    )
    return Note("pile", message)


def _fits(history: History, horizon: int, events: Sequence[Event], breaks: bool, holidays: Mapping[date, str]) -> list[BankFit]:
    frequency, kpi = history.series.frequency, history.series.kpi
    recent = history.recent()
    steps = np.concatenate([recent.steps, np.arange(1, horizon + 1)])
    fits = []
    for scale in candidate_scales(history.values, kpi.lower, kpi.upper):
        known = known_parts(recent, scale, horizon, events, calendar_part(history, scale, steps, holidays))
        fits.append(fit(recent, scale, CALENDARS[frequency], known, breaks=breaks))
    return fits


def _paths(
    fits: list[BankFit], draws: int, horizon: int, rng: np.random.Generator, first: np.ndarray | None = None
) -> np.ndarray:
    """Paths of all fits by their weights; `first` holds the values of the first period where they are known, shape (draws,)."""
    score = np.concatenate([one.score if first is None else one.score_knowing(first[:_COMPARED]) for one in fits])
    weights = np.exp(score - logsumexp(score))
    # Far ahead each member costs a matrix of h × h, so the heaviest alone are asked.
    most = len(weights) if horizon <= 60 else 12
    weights[np.argsort(-weights, kind="stable")[most:]] = 0.0
    counts = shares_of(draws, weights, rng)
    own = own_widths(fits, horizon)
    paths, start, drawn = [], 0, 0
    for one in fits:
        shares = counts[start : start + len(one.score)]
        start += len(shares)
        if shares.any():
            known = None if first is None else first[drawn : drawn + shares.sum()]
            paths.append(one.paths(shares, rng, own, known))
            drawn += int(shares.sum())
    return rng.permutation(np.concatenate(paths), axis=0)


def _constant_paths(history: History, horizon: int, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Paths of a KPI that never moved: it goes on so, except with the chance that Laplace's rule leaves for a first change."""
    kpi = history.series.kpi
    value = float(history.values[0])
    count = len(history.values)
    scale = candidate_scales(history.values, kpi.lower, kpi.upper)[0]
    start = float(scale.forward(np.array([value]))[0])
    step = 0.5 if scale.shape is Bend.LOGIT else 0.1 * abs(value) or 1.0
    first = rng.geometric(1.0 / (count + 2), size=draws)
    moving = np.arange(1, horizon + 1)[None, :] >= first[:, None]
    walk = np.cumsum(rng.standard_normal((draws, horizon)) * moving, axis=1)
    return np.where(moving, scale.back(start + step * walk), value)
