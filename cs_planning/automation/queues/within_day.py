"""The shape of the day: busyness lags behind arrivals, so an interval is not a steady state of its own mean.

Modified offered load: the load m follows m' = λ(t) − m / handle time; its mean over an interval stands for the interval.
"""

from __future__ import annotations

import numpy as np

from cs_planning.automation.special_functions import Floats
from cs_planning.language import Text, text


def effective_arrivals(
    arrivals_per_second: Floats, handle_time_seconds: Floats, interval_seconds: float, *, around_the_clock: bool = False
) -> Floats:
    """The arrival rate of each interval that its load stands for (modified offered load).

    Args:
        arrivals_per_second: λ, shape (..., intervals), constant inside an interval.
        handle_time_seconds: shape (...) or anything that broadcasts to it.
        interval_seconds: above 0.
        around_the_clock: whether the day begins where it ended; otherwise it begins empty.

    Assumptions: as many servers as needed while the load builds up; exponential handle times.
    Not valid when: overload lasts and patience is long, since the backlog then carries on (see `carried_over_warning`).
    Source: Jennings, Mandelbaum, Massey & Whitt (1996).
    """
    handle = np.asarray(handle_time_seconds, float)
    stays = np.exp(-interval_seconds / handle)
    # m(t) nears λ·handle exponentially; `lag` is the mean over the interval of what is left of the distance at its start.
    lag = handle / interval_seconds * (1 - stays)
    count = arrivals_per_second.shape[-1]
    load = np.zeros(np.broadcast_shapes(arrivals_per_second.shape[:-1], handle.shape))
    effective = np.empty((*load.shape, count))
    for lap in range(2 if around_the_clock else 1):
        # A day that repeats begins where it ended: the first lap's end is the start's share of a geometric series over days.
        if lap:
            load = load / (1 - stays**count)
        for interval in range(count):
            target = arrivals_per_second[..., interval] * handle
            effective[..., interval] = (target + (load - target) * lag) / handle
            load = target + (load - target) * stays
    return effective


def carried_over_warning(
    arrivals_per_second: Floats, handle_time_seconds: float, agents: Floats, patience_seconds: float, interval_seconds: float
) -> Text | None:
    """Says where intervals can't be taken one by one: long contacts, or overload that patient people sit out."""
    if handle_time_seconds > interval_seconds:
        return text("Contacts last longer than an interval: single intervals are rough, the day as a whole is usable.")
    overloaded = arrivals_per_second * handle_time_seconds > agents
    if arrivals_per_second.shape[-1] > 1 and bool(overloaded.any()) and patience_seconds > interval_seconds:
        return text("People wait longer than an overloaded interval lasts: its backlog carries into the next ones.")
    return None
