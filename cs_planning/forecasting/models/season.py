"""Seasonal figures as a standard method finds them: averages around a moving mean, shrunken by how sure they are."""

from __future__ import annotations

import numpy as np


def shrunken_season(numbers: np.ndarray, length: int) -> np.ndarray:
    """The seasonal figures of evenly spaced numbers, one for each place in the season, with mean 0.

    Args:
        numbers: at least two seasons, shape (n,); the first one has the first place.
        length: periods in a season, at least 2.

    Returns:
        shape (length,); all 0 when the figures differ no more than chance would make them.

    Method: classical decomposition around a centred moving mean, which is continued by straight lines below three seasons so
        that every place is seen twice; the figures are multiplied by 1 − (length − 3) · variance ÷ sum of squares (James
        and Stein's rule for figures with one sum fixed), not below 0.

    Source: D. M. Miller, D. Williams, "Shrinkage estimators of time series seasonal factors and their effect on forecasting
        accuracy", *International Journal of Forecasting* 19 (2003).
    """
    window = np.ones(length) / length
    if length % 2 == 0:
        window = np.convolve(np.ones(2) / 2, window)
    margin = (len(window) - 1) // 2
    mean = np.convolve(numbers, window, mode="valid")
    if len(numbers) < 3 * length:
        mean, margin = _continued(mean, margin), 0
    rest = numbers[margin : len(numbers) - margin] - mean
    places = np.arange(margin, len(numbers) - margin) % length
    seen = np.bincount(places, minlength=length)
    means = np.bincount(places, weights=rest, minlength=length) / np.maximum(seen, 1)
    free = len(rest) - int(np.count_nonzero(seen))
    figures = np.where(seen > 0, means - means[seen > 0].mean(), 0.0)
    if free < 1:
        return np.zeros(length)
    variance = float(np.sum((rest - means[places]) ** 2)) / free / float(seen[seen > 0].mean())
    power = float(np.sum(figures**2))
    if power <= 0:
        return np.zeros(length)
    return np.asarray(figures * max(0.0, 1.0 - max(length - 3, 1) * variance / power))


def _continued(mean: np.ndarray, margin: int) -> np.ndarray:
    """A moving mean with `margin` more values at each end, on straight lines through its ends."""
    near = min(len(mean), 2 * margin)
    place = np.arange(near)
    ends = [np.polynomial.Polynomial.fit(place, part, min(1, near - 1)) for part in (mean[:near], mean[-near:])]
    return np.concatenate([ends[0](np.arange(-margin, 0)), mean, ends[1](near + np.arange(margin))])
