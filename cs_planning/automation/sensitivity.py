"""What matters most: one quantity at a time (tornado), or all together (Sobol' first-order and total effects)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc

from cs_planning.automation.special_functions import Floats


@dataclass(frozen=True)
class Effects:
    """Shares of the variance of an output.

    Attributes:
        first: by each input alone, shape (inputs,).
        total: by each input with all its interactions, shape (inputs,).
    """

    first: Floats
    total: Floats


def sobol_effects(output: Callable[[Floats], Floats], inputs: int, *, draws: int = 1024, seed: int = 0) -> Effects:
    """First-order and total effects of independent inputs.

    Args:
        output: turns quantiles of shape (n, inputs) into values of shape (n,).
        inputs: how many.
        draws: base points; the output is computed (inputs + 2) times as often. A power of two is best.
        seed: of the points.

    Assumptions: independent inputs; zeros where the output does not vary.
    Source: Saltelli et al. (2010) for the first-order effects, Jansen (1999) for the total ones.
    """
    points = qmc.Sobol(2 * inputs, scramble=True, rng=seed).random(draws)
    first, second = points[:, :inputs], points[:, inputs:]
    mixed = np.repeat(first[None], inputs, axis=0)
    for place in range(inputs):
        mixed[place, :, place] = second[:, place]
    everything = np.concatenate([first, second, mixed.reshape(-1, inputs)])
    values = np.asarray(output(np.clip(everything, 1e-9, 1 - 1e-9)), float)
    at_first, at_second = values[:draws], values[draws : 2 * draws]
    at_mixed = values[2 * draws :].reshape(inputs, draws)
    variance = float(np.var(values[: 2 * draws]))
    if variance <= 1e-300:
        return Effects(np.zeros(inputs), np.zeros(inputs))
    alone = ((at_second - at_second.mean()) * (at_mixed - at_first)).mean(axis=1) / variance
    together = ((at_first - at_mixed) ** 2).mean(axis=1) / (2 * variance)
    return Effects(np.clip(alone, 0, None), together)
