"""The operation as its own call log shows it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_planning.automation.calibration.calibrate import calibrate_hours
from cs_planning.automation.calibration.call_log import hours_of, read_calls
from cs_planning.automation.calibration.result import Calibration
from cs_planning.automation.team.operation import Operation
from cs_planning.automation.team.reading import read_operation

_TRIMMED = 0.001
_WEEKS_PER_MONTH = 365.25 / 12 / 7


def operation_from_calls(
    calls: pd.DataFrame,
    *,
    cost_per_agent_hour: float,
    currency: str,
    shrinkage: float = 0.30,
    answer_within_seconds: float = 60.0,
) -> tuple[Operation, Calibration]:
    """Arrivals and agents by hour and weekday, handle times and patience of a log, calibrated on its waits.

    Args:
        calls: a log as `call_log.read_calls` takes it.
        cost_per_agent_hour: full cost of a paid hour, which no log knows.
        currency: ISO 4217.
        shrinkage: share of paid hours away from the queue, which no log knows either.
        answer_within_seconds: the time that the service level counts.

    Raises:
        InvalidOperation: the log can't be read or holds too few calls, or a price is wrong.

    Assumptions: the weeks of the log are typical; weekdays that it lacks are closed; a day does not cross midnight.
    """
    log = read_calls(calls)
    hours = hours_of(log, answer_within_seconds)
    calibration = calibrate_hours(hours, answer_within_seconds)
    days = hours["start"].dt.normalize()
    clock, weekday = hours["start"].dt.hour.to_numpy(), hours["start"].dt.day_of_week.to_numpy()
    first, last = int(clock.min()), int(clock.max())
    seen = days.drop_duplicates().dt.day_of_week.value_counts().reindex(range(7), fill_value=0).to_numpy(float)
    arrivals, agents = np.zeros((7, last - first + 1)), np.zeros((7, last - first + 1))
    np.add.at(arrivals, (weekday, clock - first), hours["offered"].to_numpy(float))
    np.add.at(agents, (weekday, clock - first), hours["agents"].to_numpy(float))
    open_days = np.flatnonzero(seen)
    means = np.maximum(seen, 1.0)[:, None]
    closed = seen == 0
    served = log["service_seconds"].dropna()
    positive = served[served > served.quantile(_TRIMMED)]
    operation = read_operation(
        {
            "arrivals_per_interval": _without_closed(arrivals / means, closed),
            "agents_per_interval": _without_closed(agents / means, closed),
            "interval_minutes": 60,
            "opens_at_hour": first,
            "open_weekdays": [int(day) for day in open_days],
            "handle_time_seconds": float(served.mean()),
            "handle_time_sigma": float(np.clip(np.log(positive[positive > 0]).std(), 0.0, 3.0)),
            "patience_seconds": calibration.patience_seconds,
            "calibrated_on_calls": True,
            "availability": float(np.clip(calibration.availability, 0.01, 1.5)),
            "answer_within_seconds": answer_within_seconds,
            "days_per_month": len(open_days) * _WEEKS_PER_MONTH,
            "cost_per_agent_hour": cost_per_agent_hour,
            "currency": currency,
            "shrinkage": shrinkage,
        }
    )
    return operation, calibration


def _without_closed(rows: np.ndarray, closed: np.ndarray) -> list[list[float]]:
    """Seven rows; where weekdays are closed in the log, a single row that is the mean of the open ones."""
    kept = rows if not closed.any() else rows[~closed].mean(axis=0, keepdims=True)
    return [[float(value) for value in row] for row in kept]
