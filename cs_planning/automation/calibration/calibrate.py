"""First the model must describe the team: fit how far people are really available and how long callers wait.

Two numbers are fitted, to three that were measured; what they leave unexplained decides whether levers are allowed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.optimize import brentq, minimize_scalar

from cs_planning.automation.calibration.fits import Fit, GroupFit, PartFit, measured_parts, part_fits
from cs_planning.automation.calibration.result import Calibration, Correction, HourPredictions, Totals, judged, shifted
from cs_planning.automation.channels.model import channel_draws
from cs_planning.automation.levers.shift import Bill, Shift
from cs_planning.automation.levers.uncertainty import Likeliest
from cs_planning.automation.queues.erlang import erlang_a
from cs_planning.automation.queues.measured_patience import Patience, queue_with_patience
from cs_planning.automation.ranges import central
from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.channel import Channel, ChannelKind
from cs_planning.automation.team.measured import Measured
from cs_planning.automation.team.operation import Doubt, Operation
from cs_planning.errors import InvalidOperation
from cs_planning.language import Text, text

_GROUPS = 10
_FEWEST_CALLS = 200
_SHRINK = 10.0


def calibrate_operation(operation: Operation, measured: Measured, *, channel: int = 0) -> tuple[Operation, Calibration]:
    """The operation with availability and patience of one channel fitted to what reports say.

    Args:
        operation: as described.
        measured: of the same channel and time.
        channel: which one.

    Raises:
        InvalidOperation: the channel works off a backlog, in which nobody's patience can be seen.
    """
    chosen = _live_channel(operation, channel)
    patience, notes = _patience(measured.mean_wait_seconds, measured.abandonment_rate)
    observed = _observed(measured)
    availability = _fit(lambda tried: _totals(operation, _fitted(chosen, tried, patience))[0], observed)
    fitted = _fitted(chosen, availability, patience).model_copy(update={"calibrated_on": measured})
    channels = list(operation.channels)
    channels[channel] = fitted
    made = operation.model_copy(update={"channels": tuple(channels)})
    return made, residual_of(made, measured, channel=channel, notes=notes)


def residual_of(operation: Operation, measured: Measured, *, channel: int = 0, notes: tuple[Text, ...] = ()) -> Calibration:
    """What the model leaves over of what reports say, with the availability and patience that the channel has.

    Args:
        operation: as described, fitted or not.
        measured: of the same channel and time.
        channel: which one.
        notes: reasons against its use that are known already.

    Raises:
        InvalidOperation: the channel works off a backlog, in which nobody's patience can be seen.
    """
    chosen = _live_channel(operation, channel)
    predicted, level = _totals(operation, chosen)
    parts = part_fits(measured.parts, *_intervals(chosen), level)
    return judged(chosen.availability, central(chosen.patience()), predicted, _observed(measured), (), notes, parts)


def _live_channel(operation: Operation, channel: int) -> Channel:
    chosen = operation.channels[channel]
    if chosen.kind in {ChannelKind.EMAIL, ChannelKind.SELF_SERVICE}:
        raise InvalidOperation(text("A backlog has no patience to calibrate."), text("Choose a phone or chat channel."))
    return chosen


def _observed(measured: Measured) -> Totals:
    return Totals(measured.service_level, measured.abandonment_rate, measured.mean_wait_seconds)


def _totals(operation: Operation, channel: Channel) -> tuple[Totals, Floats]:
    """Of a channel as it is, and its service level by day and interval."""
    plain = operation.model_copy(update={"doubt": Doubt(absence=0.0, wage=0.0)})
    draws = channel_draws(channel, plain, Shift(), Bill(), Likeliest())
    whole = Totals(float(draws.level[0]), float(draws.abandonment[0]), float(draws.wait[0]))
    return whole, draws.level_by_interval


def _intervals(channel: Channel) -> tuple[Floats, Floats]:
    """At which hour of the clock each interval begins, and its contacts; an even day stands at every hour alike."""
    arrivals = channel.arrivals_by_day()
    if arrivals.shape[1] == 1:
        return np.arange(24.0)[None], np.ones((1, 24))
    begins = channel.opens_at_hour + np.arange(arrivals.shape[1]) * channel.interval_seconds() / 3600
    return np.broadcast_to(begins, arrivals.shape), arrivals


def calibrate_hours(hours: pd.DataFrame, answer_within_seconds: float, patience: Patience | None = None) -> Calibration:
    """Availability and patience fitted to hours of a call log.

    Args:
        hours: as `call_log.hours_of` gives them.
        answer_within_seconds: the time that the service level counts.
        patience: as single waits show it; None fits one mean to the hours.

    Raises:
        InvalidOperation: too few calls to fit anything.

    Assumptions: each hour is a queue in steady state; mean patience is mean wait of everybody ÷ abandonment rate, which needs
        no censoring.
    """
    offered = hours["offered"].to_numpy(float)
    if offered.sum() < _FEWEST_CALLS:
        raise InvalidOperation(
            text("{count} calls are too few to calibrate on.", count=int(offered.sum())),
            text("At least {fewest} calls in hours with somebody on duty are needed.", fewest=_FEWEST_CALLS),
        )
    observed = totals_of(hours)
    mean_patience, notes = _patience(observed.wait, observed.abandonment)
    shape = mean_patience if patience is None else patience

    def totals(availability: float) -> Totals:
        return _weighted(predict_hours(hours, availability, shape, answer_within_seconds), offered)

    availability = _fit(totals, observed)
    predicted = predict_hours(hours, availability, shape, answer_within_seconds)
    fitted = judged(
        availability,
        mean_patience,
        _weighted(predicted, offered),
        observed,
        _groups(hours, predicted.level),
        notes,
        _parts(hours, predicted.level),
    )
    return fitted.model_copy(update={"correction": _correction(predicted, offered, observed), "patience": patience})


def predict_hours(
    hours: pd.DataFrame, availability: float, patience: float | Patience, answer_within_seconds: float
) -> HourPredictions:
    """What each hour's queue does, from its arrivals, handle time and agents on duty; where nobody is, everybody gives up.

    Args:
        hours: `offered`, `handled`, `handle_seconds`, `agents`; hours with few calls borrow from the mean handle time.
        availability: share of the agents who take calls.
        patience: its mean in seconds (Erlang A), or its shape.
        answer_within_seconds: the time that the service level counts.
    """
    handled, seconds = hours["handled"].to_numpy(float), hours["handle_seconds"].to_numpy(float)
    overall = seconds.sum() / max(handled.sum(), 1.0)
    handle = np.maximum((seconds + _SHRINK * overall) / (handled + _SHRINK), 1.0)
    arrivals = hours["offered"].to_numpy(float) / 3600
    agents = hours["agents"].to_numpy(float) * availability
    if isinstance(patience, Patience):
        waits = queue_with_patience(arrivals, handle, agents, patience, answer_within_seconds)
        return HourPredictions(waits.service_level, waits.abandonment_rate, waits.mean_wait_seconds)
    queue = erlang_a(arrivals, handle, agents, patience, answer_within_seconds, answered_wait=False)
    return HourPredictions(
        np.asarray(queue.service_level), np.asarray(queue.abandonment_rate), np.asarray(queue.mean_wait_seconds)
    )


def totals_of(hours: pd.DataFrame) -> Totals:
    """What was measured over all hours."""
    offered = max(float(hours["offered"].sum()), 1.0)
    return Totals(
        float(hours["in_time"].sum()) / offered,
        float(hours["abandoned"].sum()) / offered,
        float(hours["wait_seconds"].sum()) / offered,
    )


def _weighted(predicted: HourPredictions, offered: Floats) -> Totals:
    total = offered.sum()
    return Totals(
        float(predicted.level @ offered / total),
        float(predicted.abandonment @ offered / total),
        float(predicted.wait @ offered / total),
    )


def _correction(predicted: HourPredictions, offered: Floats, observed: Totals) -> Correction:
    wait = float(predicted.wait @ offered / offered.sum())
    return Correction(
        service_level_shift=_shift_to(predicted.level, offered, observed.level),
        abandonment_shift=_shift_to(predicted.abandonment, offered, observed.abandonment),
        wait_factor=float(np.clip(observed.wait / wait, 0.5, 2.0)) if wait > 0 and observed.wait > 0 else 1.0,
    )


def _shift_to(shares: Floats, weights: Floats, wanted: float) -> float:
    """The shift of log odds, at most 1, after which the weighted mean of `shares` is `wanted`."""

    def missing(shift: float) -> float:
        return float(shifted(shares, shift) @ weights / weights.sum()) - wanted

    if missing(-1.0) >= 0 or missing(1.0) <= 0:
        return float(np.clip(np.sign(-missing(0.0)), -1, 1)) if abs(missing(0.0)) > 1e-12 else 0.0
    return float(brentq(missing, -1.0, 1.0, xtol=1e-10))


def _patience(wait: float, abandonment: float) -> tuple[float, tuple[Text, ...]]:
    if abandonment <= 0 or wait <= 0:
        note = text("Nobody gave up or nobody waited: patience can't be seen in these numbers.")
        return 600.0, (note,)
    return float(np.clip(wait / abandonment, 1.0, 86_400.0)), ()


def _fitted(channel: Channel, availability: float, patience: float) -> Channel:
    return channel.model_copy(update={"availability": availability, "patience_seconds": patience})


def _fit(totals: Callable[[float], Totals], observed: Totals) -> float:
    def distance(availability: float) -> float:
        at = totals(availability)
        return float(
            ((at.level - observed.level) / 0.05) ** 2
            + (np.log((at.abandonment + 1e-4) / (observed.abandonment + 1e-4)) / 0.10) ** 2
            + (np.log((at.wait + 0.1) / (observed.wait + 0.1)) / 0.10) ** 2
        )

    grid = np.linspace(0.3, 1.4, 23)
    best = int(np.argmin([distance(float(value)) for value in grid]))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    return float(minimize_scalar(distance, bounds=(low, high), method="bounded", options={"xatol": 1e-5}).x)


def _groups(hours: pd.DataFrame, level: Floats) -> tuple[GroupFit, ...]:
    offered = hours["offered"].to_numpy(float)
    overall = hours["handle_seconds"].sum() / max(float(hours["handled"].sum()), 1.0)
    load = offered * overall / 3600 / hours["agents"].to_numpy(float)
    order = np.argsort(load, kind="stable")
    shares = np.cumsum(offered[order]) / offered.sum()
    group = np.minimum((shares * _GROUPS - 1e-9).astype(int), _GROUPS - 1)
    groups = []
    for number in np.unique(group):
        rows = order[group == number]
        count = float(offered[rows].sum())
        fit = Fit(
            predicted=float(level[rows] @ offered[rows] / count),
            observed=float(hours["in_time"].to_numpy(float)[rows].sum() / count),
        )
        groups.append(
            GroupFit(load_from=float(load[rows].min()), load_to=float(load[rows].max()), contacts=count, service_level=fit)
        )
    return tuple(groups)


def _parts(hours: pd.DataFrame, level: Floats) -> tuple[PartFit, ...]:
    clock = hours["start"].dt.hour.to_numpy()
    offered, in_time = (hours[name].to_numpy(float) for name in ("offered", "in_time"))
    by_hour = np.zeros((2, 24))
    np.add.at(by_hour[0], clock, offered)
    np.add.at(by_hour[1], clock, in_time)
    return part_fits(measured_parts(*by_hour), clock.astype(float), offered, level)
