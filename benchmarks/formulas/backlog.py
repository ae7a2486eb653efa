"""Response times of single items from the cumulative curves of a backlog."""

from __future__ import annotations

import numpy as np

from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.backlog import Curves, run_curves


def periodic_curves(arrivals: Floats, capacity: Floats, step_hours: float) -> Curves:
    """Curves of a cycle that repeats for ever, followed by more cycles in which its items are done; one curve only.

    Raises:
        ValueError: more arrives than can be done, so that nothing repeats.
    """
    if arrivals.sum() > capacity.sum() * (1 + 1e-9):
        raise ValueError("More arrives than can be done: the backlog grows without end.")
    carried = float(run_curves(arrivals, capacity, step_hours).backlog[-1])
    ahead = int(np.ceil(arrivals.sum() / capacity.sum())) + 2
    return run_curves(np.tile(arrivals, ahead), np.tile(capacity, ahead), step_hours, carried)


def response_percentile(curves: Curves, share: float, steps: int) -> float:
    """The response time in hours that `share` of the arrivals of the first `steps` stay under; one curve only.

    Raises:
        ValueError: some of these arrivals are not done by the end of the curves.
    """
    return float(np.quantile(_responses(curves, steps), share))


def mean_response(curves: Curves, steps: int) -> float:
    """Mean response time in hours of the arrivals of the first `steps`; one curve only."""
    return float(_responses(curves, steps).mean())


def _responses(curves: Curves, steps: int) -> Floats:
    edges = np.arange(curves.arrived.shape[-1]) * curves.step_hours
    first, last = curves.arrived[0], curves.arrived[steps]
    if last - curves.done[-1] > 1e-9 * max(last, 1.0):
        raise ValueError("Part of the work is not done by the end of the time looked at; look at a longer time.")
    items = first + (np.arange(20_000) + 0.5) / 20_000 * (last - first)
    rising = np.concatenate([[True], np.diff(curves.arrived) > 0])
    came = np.interp(items, curves.arrived[rising], edges[rising])
    moves = np.concatenate([np.diff(curves.done) > 0, [False]]) | np.concatenate([[True], np.diff(curves.done) > 0])
    left: Floats = np.interp(items, curves.done[moves], edges[moves])
    waits: Floats = np.maximum(left - came, 0.0)
    return waits
