"""The use case of a call log: read it once, then ask how well the model predicts its later days."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

import pandas as pd

from cs_planning.automation.call_log import read_calls
from cs_planning.automation.validation import ValidationReport, validate_calls
from cs_planning.errors import InvalidOperation
from cs_planning.language import text


@dataclass(frozen=True)
class CallLog:
    """A log of single calls.

    Attributes:
        frame: as it was uploaded, a row a call.
        calls: how many of them can be used.
        first, last: days of the first and last call.
    """

    frame: pd.DataFrame
    calls: int
    first: date
    last: date


def read_call_log(content: bytes) -> CallLog:
    """A log of calls from a CSV file.

    Raises:
        InvalidOperation: it is no table, or it does not tell what is needed.
    """
    try:
        frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    except (ValueError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InvalidOperation(
            text("The file can't be read as a table: {reason}.", reason=str(error)),
            text("Export it as CSV with commas and UTF-8, one row a call."),
        ) from None
    calls = read_calls(frame)
    if calls.empty:
        raise InvalidOperation(text("The log holds no call that can be used."), text("Check arrival, wait and outcome."))
    return CallLog(frame, len(calls), calls["arrival"].iloc[0].date(), calls["arrival"].iloc[-1].date())


def check_calls(log: CallLog, split: date, answer_within_seconds: float) -> ValidationReport:
    """How well the model, calibrated before a day, predicts the days from then on.

    Args:
        log: as `read_call_log` gives it.
        split: the first day that is predicted.
        answer_within_seconds: the time that the service level counts.

    Raises:
        InvalidOperation: one of the two parts has too few calls.
    """
    return validate_calls(log.frame, split, answer_within_seconds)
