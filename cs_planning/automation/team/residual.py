"""What is left for people when something else takes the easy contacts, and how failed service comes back."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from cs_planning.automation.special_functions import Floats


def handle_time_multiplier(deflected: ArrayLike, sigma: ArrayLike, easiest_first: ArrayLike) -> Floats:
    """By how much the mean handle time of the remaining contacts rises.

    Args:
        deflected: share of the contacts taken away, 0…1.
        sigma: standard deviation of the logarithm of handle times.
        easiest_first: 0 when contacts leave at random, 1 when exactly the shortest leave; mixtures between.

    Assumptions: lognormal handle times.
    Not valid when: the deflected contacts are known by type.
    """
    taken = np.minimum(np.asarray(deflected, float), 1 - 1e-9)
    growth = special.ndtr(np.asarray(sigma, float) - special.ndtri(np.maximum(taken, 1e-300))) / (1 - taken)
    return np.asarray(1 + np.asarray(easiest_first, float) * (np.where(taken > 0, growth, 1.0) - 1))
