"""Does the model describe us?  Calibrate on the calls before a day, predict every later hour, compare."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict

from cs_planning.automation.calibration.calibrate import calibrate_hours, predict_hours, totals_of
from cs_planning.automation.calibration.call_log import hours_of, read_calls
from cs_planning.automation.calibration.fits import Fit
from cs_planning.automation.calibration.result import Calibration, HourPredictions
from cs_planning.automation.queues.measured_patience import patience_of
from cs_planning.errors import InvalidOperation
from cs_planning.language import Percent, Text, text

GOOD = 0.10
FAIR = 0.25


class Compared(BaseModel):
    """Predicted beside observed."""

    model_config = ConfigDict(frozen=True)

    service_level: Fit
    abandonment_rate: Fit
    mean_wait_seconds: Fit

    @property
    def largest_error(self) -> float:
        """The largest relative error of the three; a small service level or abandonment counts from 2 points on."""
        pairs = ((self.service_level, 0.02), (self.abandonment_rate, 0.02), (self.mean_wait_seconds, 2.0))
        return max(abs(fit.predicted - fit.observed) / max(fit.observed, floor) for fit, floor in pairs)


class DayCompared(Compared):
    """The same of one day."""

    day: date
    offered: int


class ValidationReport(BaseModel):
    """How well a calibrated model predicts days that it has not seen.

    Attributes:
        overall: all later hours together.
        days: each later day.
        erlang_a: all later hours by the model of the levers as it is: one mean patience, nothing carried along.
        calibration: what was fitted before.
        hours: hours that were predicted.
        unstaffed: later calls that came when nobody was on duty; by the model all of them give up.
        verdict: in plain words.
    """

    model_config = ConfigDict(frozen=True)

    overall: Compared
    erlang_a: Compared
    days: tuple[DayCompared, ...]
    calibration: Calibration
    hours: int
    unstaffed: int
    verdict: Text

    def document(self) -> dict[str, Any]:
        """The report as plain values for a JSON file, its sentences in the language in force."""
        written = self.model_dump(mode="json")
        written["verdict"] = str(self.verdict)
        written["calibration"]["reasons"] = [str(reason) for reason in self.calibration.reasons]
        for day in written["days"]:
            day["date"] = day.pop("day")
        return written


def validate_calls(calls: pd.DataFrame, split: date, answer_within_seconds: float = 60.0) -> ValidationReport:
    """Calibrates before `split` and predicts every hour from `split` on.

    Args:
        calls: a log with a row for each call; see `call_log.read_calls` for its columns.
        split: the first day that is predicted.
        answer_within_seconds: the time that the service level counts.

    Raises:
        InvalidOperation: the log can't be read, or one of its halves has too few calls.

    Assumptions: arrivals, handle times and agents of the later hours are known; only what queueing makes of them is predicted.
    """
    log = read_calls(calls)
    later = log["arrival"] >= pd.Timestamp(split)
    before, after = log[~later], log[later]
    if len(before) < 200 or after.empty:
        raise InvalidOperation(
            text("{before} calls lie before {split} and {after} after it.", before=len(before), split=split, after=len(after)),
            text("Choose a day that leaves at least 200 calls before it and some after it."),
        )
    seen = hours_of(before, answer_within_seconds)
    patience = patience_of(before["wait_seconds"].to_numpy(float), before["abandoned"].to_numpy(bool))
    calibration = calibrate_hours(seen, answer_within_seconds, patience)
    hours = hours_of(after, answer_within_seconds, unstaffed=True)
    staffed = hours["agents"].to_numpy(float) > 0
    if not staffed.any():
        raise InvalidOperation(
            text("In no hour from {split} on was anybody on duty.", split=split), text("Check the column of the agents.")
        )
    plain = predict_hours(hours, calibration.availability, patience, answer_within_seconds)
    predicted = calibration.correction.applied(plain)
    exponential = calibrate_hours(seen, answer_within_seconds)
    of_levers = predict_hours(hours, exponential.availability, exponential.patience_seconds, answer_within_seconds)
    overall = Compared(**_compared(hours, predicted, np.ones(len(hours), bool)))
    days = []
    for day in sorted(hours["start"].dt.date.unique()):
        rows = (hours["start"].dt.date == day).to_numpy()
        days.append(DayCompared(day=day, offered=int(hours["offered"][rows].sum()), **_compared(hours, predicted, rows)))
    return ValidationReport(
        overall=overall,
        days=tuple(days),
        erlang_a=Compared(**_compared(hours, of_levers, np.ones(len(hours), bool))),
        calibration=calibration,
        hours=len(hours),
        unstaffed=int(hours["offered"].to_numpy(float)[~staffed].sum()),
        verdict=_verdict(overall, calibration),
    )


def _compared(hours: pd.DataFrame, predicted: HourPredictions, rows: np.ndarray) -> dict[str, Fit]:
    weights = hours["offered"].to_numpy(float)[rows]
    observed = totals_of(hours[rows])
    return {
        name: Fit(predicted=float(np.average(values[rows], weights=weights)), observed=seen)
        for name, values, seen in (
            ("service_level", predicted.level, observed.level),
            ("abandonment_rate", predicted.abandonment, observed.abandonment),
            ("mean_wait_seconds", predicted.wait, observed.wait),
        )
    }


def _verdict(overall: Compared, calibration: Calibration) -> Text:
    error = overall.largest_error
    if not calibration.usable:
        return text("The model does not describe this team: {reason}", reason=calibration.reasons[0])
    if error <= GOOD:
        return text(
            "The model describes this team: on days it has not seen it is off by at most {error}.",
            error=Percent(share=error, digits=1),
        )
    if error <= FAIR:
        return text(
            "The model describes this team roughly: on days it has not seen it is off by up to {error}. "
            "Trust directions, not digits.",
            error=Percent(share=error, digits=1),
        )
    return text(
        "The model does not describe this team well: on days it has not seen it is off by {error}. Don't decide on it.",
        error=Percent(share=error, digits=1),
    )
