"""What matters most when everything moves together: Sobol' first-order and total effects, by SALib; its only user."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cs_planning.automation.special_functions import Floats

_CONFIDENCE_RESAMPLES = 100


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
    Source: Sobol' (2001), Saltelli et al. (2010), as SALib (Herman & Usher 2017) computes them.
    """
    if not inputs:
        return Effects(np.zeros(0), np.zeros(0), np.zeros(0))
    # Loaded on demand: it is asked for on a button and brings a plotting library along.
    from SALib.analyze import sobol as analysis  # noqa: PLC0415
    from SALib.sample import sobol as sampling  # noqa: PLC0415

    problem = {"num_vars": inputs, "names": [f"x{n}" for n in range(inputs)], "bounds": [[0.0, 1.0]] * inputs}
    points = sampling.sample(problem, draws, calc_second_order=False, seed=seed)
    values = np.asarray(output(np.clip(points, 1e-9, 1 - 1e-9)), float)
    if float(np.var(values)) <= 1e-300:
        return Effects(np.zeros(inputs), np.zeros(inputs), np.zeros(inputs))
    found = analysis.analyze(problem, values, calc_second_order=False, num_resamples=_CONFIDENCE_RESAMPLES, seed=seed)
    first, total, interval = (np.asarray(found[name], float) for name in ("S1", "ST", "ST_conf"))
    return Effects(np.clip(first, 0, None), total, interval)
