"""Profiles of a day in another number of intervals or weekdays."""

from __future__ import annotations

import numpy as np

from cs_planning.automation.special_functions import Floats


def resampled(cells: Floats, shape: tuple[int, int], *, total: bool) -> Floats:
    """A profile spread over another number of intervals of the same opening time, and of days.

    Args:
        cells: shape (days, intervals).
        shape: of the result; several days become their mean, one day is repeated.
        total: whether each day's sum is kept (contacts) or its mean (people).

    Assumptions: within an interval the old profile is even.
    """
    days, count = shape
    rows = cells if len(cells) == days else np.repeat(cells.mean(axis=0, keepdims=True), days, axis=0)
    old = np.concatenate([np.zeros((days, 1)), np.cumsum(rows, axis=1)], axis=1)
    edges = np.linspace(0, rows.shape[1], count + 1)
    upto = np.stack([np.interp(edges, np.arange(rows.shape[1] + 1), row) for row in old])
    amounts = np.diff(upto, axis=1)
    return np.asarray(amounts if total else amounts * count / rows.shape[1])


def open_days(rows: Floats) -> Floats:
    """Seven weekdays as they are; where some are closed, a single row that is the mean of the open ones.

    Args:
        rows: shape (7, intervals), Monday first.
    """
    closed = rows.sum(axis=1) == 0
    return rows if not closed.any() else np.asarray(rows[~closed].mean(axis=0, keepdims=True))
