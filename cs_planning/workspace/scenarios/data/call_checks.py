"""The use case of a call log: read it once, then ask how well the model predicts its later days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from cs_planning.automation.calibration.call_log import read_calls
from cs_planning.automation.calibration.from_calls import operation_from_calls
from cs_planning.automation.calibration.result import Calibration
from cs_planning.automation.calibration.validation import ValidationReport, validate_calls
from cs_planning.automation.team.channel import ChannelKind
from cs_planning.automation.team.operation import Operation
from cs_planning.errors import InvalidOperation
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.files.small_tables import left_out
from cs_planning.language import Text, text


@dataclass(frozen=True)
class CallLog:
    """A log of single calls.

    Attributes:
        frame: as it was uploaded, a row a call.
        calls: how many of them can be used.
        first, last: days of the first and last call.
        left_out: which lines were left out since they don't fit the header; None where all do.
    """

    frame: pd.DataFrame
    calls: int
    first: date
    last: date
    left_out: Text | None = None


def read_call_log(content: bytes) -> CallLog:
    """A log of calls from a file, in whatever form an import reads it.

    Raises:
        ImportProblems: it is no table.
        InvalidOperation: it does not tell what is needed.
    """
    table = read_table(str(text("The log of calls")), content)
    frame = table.frame
    calls = read_calls(frame)
    if calls.empty:
        raise InvalidOperation(text("The log holds no call that can be used."), text("Check arrival, wait and outcome."))
    return CallLog(frame, len(calls), calls["arrival"].iloc[0].date(), calls["arrival"].iloc[-1].date(), left_out(table))


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


@dataclass(frozen=True)
class OperationOfCalls:
    """A team whose telephone is the one of a call log.

    Attributes:
        operation: with the other channels as they were.
        calibration: how well the model describes the log.
        place: of the telephone among the channels.
    """

    operation: Operation
    calibration: Calibration
    place: int


def operation_of_calls(log: CallLog, base: Operation, answer_within_seconds: float) -> OperationOfCalls:
    """The team with arrivals, roster, handle times, patience, availability and opening hours of a log.

    Args:
        log: as `read_call_log` gives it.
        base: the team as described; its cost, its shrinkage, its targets and its other channels stay.
        answer_within_seconds: the time that the service level counts.

    Raises:
        InvalidOperation: the log holds too few calls.
    """
    read, calibration = operation_from_calls(
        log.frame,
        cost_per_agent_hour=base.cost_per_agent_hour,
        currency=base.currency,
        shrinkage=base.shrinkage,
        answer_within_seconds=answer_within_seconds,
    )
    channels = list(base.channels)
    phones = [place for place, one in enumerate(channels) if one.kind is ChannelKind.PHONE]
    place = phones[0] if phones else len(channels)
    found = read.channels[0]
    if phones:
        before = channels[place]
        found = found.model_copy(
            update={
                "name": before.name,
                "recontact_after_service": before.recontact_after_service,
                "redial_after_abandonment": before.redial_after_abandonment,
            }
        )
    channels[place : place + 1] = [found]
    made = base.model_copy(update={"channels": tuple(channels), "days_per_month": read.days_per_month})
    return OperationOfCalls(made, calibration, place)
