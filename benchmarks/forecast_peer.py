"""A peer for the forecast: the mean of three exponential-smoothing models on a series without its shrunken season.

Damped trend and level alone on the adjusted series, damped trend on the series as it is; the paths of each are widened by
1.2 √(n ÷ (n − k)) for its k parameters.  An independent method of about the accuracy that automatic model choice reaches.
"""

from __future__ import annotations

import zlib
from importlib import import_module

import numpy as np
import pandas as pd
from statsmodels.tsa.api import ETSModel

from benchmarks.panel import Panel
from cs_planning.forecasting.models.season import shrunken_season

SEASONS = {"WEEKLY": 52, "MONTHLY": 12, "QUARTERLY": 4, "YEARLY": 1}
_PATHS_OF_EACH = 667


def mix_paths(values: np.ndarray, horizon: int, season: int, rng: np.random.Generator) -> np.ndarray:
    """Sample paths of the three models together, shape (3 · 667, horizon)."""
    n = len(values)
    known, adjusted = np.zeros(horizon), values
    if season > 1 and n >= 2 * season:
        figures = shrunken_season(values, season)
        adjusted = values - figures[np.arange(n) % season]
        known = figures[(n + np.arange(horizon)) % season]
    parts = []
    for numbers, damped, seasonal in ((adjusted, True, known), (adjusted, False, known), (values, True, 0 * known)):
        size = float(np.std(numbers)) or 1.0
        z = (numbers - numbers[-1]) / size
        model = ETSModel(z, trend="add", damped_trend=True) if damped else ETSModel(z)
        fitted = model.fit(disp=False, maxiter=200)
        drawn = np.asarray(fitted.simulate(horizon, anchor="end", repetitions=_PATHS_OF_EACH, rng=rng))
        mean = np.asarray(fitted.forecast(horizon))
        wider = 1.2 * np.sqrt(n / (n - (5 if damped else 2)))
        parts.append(numbers[-1] + size * (mean + wider * (drawn.reshape(horizon, -1).T - mean)) + seasonal)
    return np.concatenate(parts)


def ets_paths(values: np.ndarray, horizon: int, season: int, rng: np.random.Generator) -> np.ndarray:
    """Sample paths of the automatic ETS of statsforecast, which chooses among all models by AICc, shape (2000, horizon).

    Raises:
        ImportError: statsforecast is not installed; it is in `benchmarks/requirements.txt`, since the product needs none.
    """
    models = import_module("statsforecast.models")
    fitted = models.AutoETS(season_length=season if season < len(values) else 1).fit(values)
    return np.asarray(fitted.simulate(h=horizon, n_paths=2000, seed=int(rng.integers(2**31))))


PEERS = {"mix": mix_paths, "automatic ETS": ets_paths}


def peer_probabilities(panel: Panel, period: str, horizon: int, peer: str = "mix") -> pd.Series:
    """What a peer, one of `PEERS`, thinks of every goal of a panel, by `goal_id`."""
    paths_of = PEERS[peer]
    found = {}
    histories = dict(tuple(panel.history.groupby("series", sort=False)["value"]))
    for name, goals in panel.goals.groupby("series", sort=False):
        rng = np.random.default_rng(zlib.crc32(str(name).encode()))
        paths = paths_of(histories[name].to_numpy(float), horizon, SEASONS[period], rng)
        for goal in goals.itertuples():
            draws = {"level": paths[:, -1], "average": paths.mean(axis=1), "total": paths.sum(axis=1)}[str(goal.measure)]
            reached = draws >= goal.target if goal.direction == "at_least" else draws <= goal.target
            found[goal.goal_id] = float(reached.mean())
    return pd.Series(found)
