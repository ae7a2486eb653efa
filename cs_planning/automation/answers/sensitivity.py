"""What matters most when everything moves together: Sobol' first-order and total effects."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import DegenerateDataWarning, sobol_indices, uniform

from cs_planning.automation.special_functions import Floats

_CONFIDENCE, _RESAMPLES = 0.95, 100
_END = 1e-9


@dataclass(frozen=True)
class Effects:
    """Shares of the variance of an output.

    Attributes:
        first: by each input alone, shape (inputs,).
        total: by each input with all its interactions, shape (inputs,).
        total_confidence: half the width of the 95 % interval of `total`, shape (inputs,).
    """

    first: Floats
    total: Floats
    total_confidence: Floats


def sobol_effects(output: Callable[[Floats], Floats], inputs: int, *, draws: int = 1024, seed: int = 0) -> Effects:
    """First-order and total effects of independent inputs.

    Args:
        output: turns quantiles of shape (n, inputs) into values of shape (n,).
        inputs: how many.
        draws: base points, a power of two; the output is computed (inputs + 2) times as often.
        seed: of the points and of the resampling for the interval.

    Assumptions: independent inputs; zeros where the output does not vary.
    Source: Sobol' (2001), Saltelli et al. (2010), as `scipy.stats.sobol_indices` computes them.
    """
    if not inputs:
        return Effects(np.zeros(0), np.zeros(0), np.zeros(0))

    def values(quantiles: Floats) -> Floats:
        # The very ends are outside the support of quantities that have no bounds.
        return np.asarray(output(np.clip(quantiles.T, _END, 1 - _END)), float)[None, :]

    even: list[Any] = [uniform()] * inputs
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        # An input that moves nothing is nothing in every resample: its interval has no width, which scipy warns of.
        warnings.simplefilter("ignore", DegenerateDataWarning)
        found = sobol_indices(func=values, n=draws, dists=even, rng=np.random.default_rng(seed))
        if not np.isfinite(found.total_order).all():  # no variance to share out
            return Effects(np.zeros(inputs), np.zeros(inputs), np.zeros(inputs))
        interval = found.bootstrap(confidence_level=_CONFIDENCE, n_resamples=_RESAMPLES).total_order.confidence_interval
    first, total = (np.asarray(each, float) for each in (found.first_order, found.total_order))
    width = np.nan_to_num(np.asarray(interval.high - interval.low, float))
    return Effects(np.clip(first, 0, None), total, width / 2)
