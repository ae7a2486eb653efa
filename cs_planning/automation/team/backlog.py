"""E-mail and tickets: work that waits in a backlog and is done in opening hours, as cumulative curves.

`hours` are hours everywhere here; the curves repeat every day or week, or run once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.work_hours import Spans

WINDOW_WEEKS = 4
"""Cycles of a week that are looked at where a backlog stands at the start or grows; else the week repeats."""


@dataclass(frozen=True)
class BacklogResult:
    """How long items take, over the arrivals of the time that was looked at; arrays of the leading shape.

    Attributes:
        mean_response_hours: from arrival to done.
        answered_within: share done in time.
        backlog_end: items open at the end.
        utilisation: work ÷ capacity; 1 or more means that the backlog grows without end.
    """

    mean_response_hours: Floats
    answered_within: Floats
    backlog_end: Floats
    utilisation: Floats


@dataclass(frozen=True)
class Curves:
    """Cumulative arrivals and completions at the edges of steps, shape (..., steps + 1)."""

    arrived: Floats
    done: Floats
    step_hours: float

    @property
    def backlog(self) -> Floats:
        """Items open at each edge."""
        left: Floats = self.arrived - self.done
        return left


def run_curves(arrivals: Floats, capacity: Floats, step_hours: float, backlog_at_start: Floats | float = 0.0) -> Curves:
    """Cumulative curves from what arrives and what can be done in each step.

    Args:
        arrivals: items a step, shape (..., steps).
        capacity: items a step that can be done, same shape.
        step_hours: length of a step.
        backlog_at_start: items open at the start, shape (...).

    Assumptions: first come first served, rates constant inside a step, work as a fluid.
    Source: Newell (1982), cumulative curves; reflection of the net flow at zero.
    """
    start = np.asarray(backlog_at_start, float)[..., None]
    flow = np.cumsum(arrivals - capacity, axis=-1)
    net = np.concatenate([np.broadcast_to(start, (*flow.shape[:-1], 1)), start + flow], axis=-1)
    backlog = net - np.minimum(np.minimum.accumulate(net, axis=-1), 0.0)
    came = np.cumsum(arrivals, axis=-1)
    arrived = start + np.concatenate([np.zeros((*came.shape[:-1], 1)), came], axis=-1)
    return Curves(arrived, arrived - backlog, step_hours)


def backlog_response(
    arrivals: Floats,
    capacity: Floats,
    step_hours: float,
    within_hours: float,
    *,
    backlog_at_start: float = 0.0,
    cycles: int = WINDOW_WEEKS,
) -> BacklogResult:
    """How long items take when a cycle (a day or a week) repeats.

    Args:
        arrivals: items a step of the cycle, shape (..., steps).
        capacity: items a step, same shape.
        step_hours: length of a step.
        within_hours: the time that the service level counts.
        backlog_at_start: items open beside the usual ones.
        cycles: cycles looked at where there is no steady state or a backlog to clear.

    Assumptions: as `run_curves`.  Where more arrives than can be done, the numbers are those of the first `cycles`, with
    what is left at their end done at the mean rate.
    """
    total, possible = arrivals.sum(axis=-1), capacity.sum(axis=-1)
    utilisation = np.divide(total, possible, out=np.full(total.shape, np.inf), where=possible > 0)
    stable = utilisation <= 1 + 1e-9
    carried = np.where(stable, run_curves(arrivals, capacity, step_hours).backlog[..., -1], 0.0) + backlog_at_start
    laps = 1 if bool(stable.all()) and not backlog_at_start else cycles
    reach = [1] * (arrivals.ndim - 1)
    looked = run_curves(np.tile(arrivals, [*reach, laps]), np.tile(capacity, [*reach, laps]), step_hours, carried)
    backlog = looked.backlog
    span = step_hours * arrivals.shape[-1]
    rate = np.maximum(possible / span, 1e-12)
    area = (backlog[..., 1:] + backlog[..., :-1]).sum(axis=-1) / 2 * step_hours
    leftover = np.where(stable & (backlog_at_start == 0), 0.0, backlog[..., -1] ** 2 / (2 * rate))
    came = np.maximum(total * laps + np.where(stable & (backlog_at_start == 0), 0.0, carried), 1e-12)
    mean = np.where(total > 0, (area + leftover) / came, 0.0)
    return BacklogResult(mean, _in_time(looked, capacity, within_hours), backlog[..., -1], utilisation)


def _in_time(curves: Curves, capacity: Floats, within_hours: float) -> Floats:
    """Share of arrivals (step by step, at the middle of a step) that are done `within_hours` later."""
    steps = curves.arrived.shape[-1] - 1
    extra = int(np.ceil(within_hours / curves.step_hours)) + 1
    laps = int(np.ceil(extra / capacity.shape[-1])) + 1
    ahead = np.cumsum(np.concatenate([capacity] * laps, axis=-1)[..., :extra], axis=-1)
    done = np.concatenate([curves.done, curves.done[..., -1:] + ahead], axis=-1)
    middles = (curves.arrived[..., 1:] + curves.arrived[..., :-1]) / 2
    position = np.arange(steps) + 0.5 + within_hours / curves.step_hours
    whole = np.minimum(position.astype(int), done.shape[-1] - 2)
    part = np.minimum(position - whole, 1.0)
    by_then = done[..., whole] + part * (done[..., whole + 1] - done[..., whole])
    came = np.diff(curves.arrived, axis=-1)
    late_ok = by_then >= middles - 1e-9 * np.maximum(middles, 1.0)
    total = came.sum(axis=-1)
    share: Floats = np.divide((came * late_ok).sum(axis=-1), total, out=np.ones(total.shape), where=total > 0)
    return share


def weekly_capacity(per_open_hour: Floats | float, week: Spans, step_hours: float) -> Floats:
    """Items a step that can be done in a week from Monday 0:00, shape (..., steps).

    Args:
        per_open_hour: items an hour while open, shape (...).
        week: when work is done, in hours from Monday 0:00; what runs past the end of the week goes on at its beginning.
        step_hours: length of a step; 168 must be a multiple of it.
    """
    steps = round(168 / step_hours)
    edges = np.arange(steps + 1) * step_hours
    open_hours = np.zeros(steps)
    for start, end in week:
        for shift in (0, -168):
            open_hours += np.clip(np.minimum(edges[1:], end + shift) - np.maximum(edges[:-1], start + shift), 0, None)
    return np.asarray(per_open_hour, float)[..., None] * open_hours
