"""What is said about outliers and breaks: those that the forecast takes out, and those that merely strike the eye."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from cs_planning.forecasting.evidence.events import Event
from cs_planning.forecasting.evidence.history import History
from cs_planning.forecasting.forecast import Note
from cs_planning.forecasting.models.breaks import LEAST_GAIN_TO_MENTION, Disturbance, FoundDisturbance, disturbances
from cs_planning.forecasting.models.fit import usual_square
from cs_planning.forecasting.models.members import Calendar, bank_for
from cs_planning.forecasting.models.weighing import evidence
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.period_names import period_words
from cs_planning.language import Text, text

_NEAR = 2
_AROUND = 12


def conspicuous(history: History, calendar: Calendar, events: Sequence[Event] = ()) -> tuple[FoundDisturbance, ...]:
    """Breaks and spells that somebody who looks at the chart would see, whether or not the forecast needs to know them.

    Args:
        history: the points that the members look at.
        calendar: the season to look for.
        events: marked periods; what lies beside the start of one is known and not found again.

    Assumptions: people look at the KPI in its own unit, so that the scale of the forecast does not matter here.

    Not valid when: the history is daily, where nothing is looked for.
    """
    if history.series.frequency is Frequency.DAY or np.ptp(history.values) == 0:
        return ()
    moves = np.diff(history.values) / np.sqrt(np.maximum(np.diff(history.steps), 1))
    size = float(np.sqrt(usual_square(moves))) or 1.0
    bank = bank_for(history.steps, calendar)
    found = disturbances(bank, evidence(bank, (history.values - history.values[-1]) / size), LEAST_GAIN_TO_MENTION)
    rhythm, end = history.series.rhythm, history.series.last_period
    known = [rhythm.count_between(end, event.first) for event in events]
    return tuple(
        finding
        for finding in found
        if finding.kind is not Disturbance.OUTLIER
        and all(abs(int(history.steps[finding.index]) - first) > _NEAR for first in known)
    )


def notes_on(history: History, used: Sequence[FoundDisturbance], seen: Sequence[FoundDisturbance]) -> list[Note]:
    """What is said about the disturbances of a history, in the order of time.

    Args:
        history: the points that the members look at.
        used: what the forecast takes out.
        seen: what else strikes the eye; what lies beside one of `used` is the same.
    """
    others = [one for one in seen if all(abs(one.index - known.index) > _NEAR for known in used)]
    rows = [(one, _used(one, history)) for one in used] + [(one, _seen(one, history)) for one in others]
    return [note for _, note in sorted(rows, key=lambda row: row[0].index)]


def _used(finding: FoundDisturbance, history: History) -> Note:
    day, period = _start(finding.index, history)
    before, after = _medians(finding, history)
    match finding.kind:
        case Disturbance.OUTLIER:
            value = float(history.values[finding.index])
            return Note("outlier", text("{period} is an outlier ({value}); it hardly counts.", period=period, value=value), day)
        case Disturbance.SLOPE:
            return Note("break", text("The trend broke with {period}; the older trend no longer counts.", period=period), day)
        case _:
            message = text(
                "The level broke with {period}, from about {before} to about {after}; the older level no longer counts.",
                period=period,
                before=before,
                after=after,
            )
            return Note("break", message, day)


def _seen(finding: FoundDisturbance, history: History) -> Note:
    day, period = _start(finding.index, history)
    before, after = _medians(finding, history)
    match finding.kind:
        case Disturbance.SPELL:
            message = text(
                "From {period} to {last} the level was unusual: about {inside}, and {before} before.",
                period=period,
                last=_start(finding.end - 1, history)[1],
                inside=after,
                before=before,
            )
        case Disturbance.SLOPE:
            message = text("The trend changed with {period}.", period=period)
        case _:
            message = text(
                "The level changed with {period}, from about {before} to about {after}.",
                period=period,
                before=before,
                after=after,
            )
    return Note("break", message, day)


def _start(index: int, history: History) -> tuple[date, Text]:
    day = history.series.periods[index].date()
    return day, period_words(day, history.series.rhythm)


def _medians(finding: FoundDisturbance, history: History) -> tuple[float, float]:
    """The usual value before a disturbance, and in or after it."""
    first, end = finding.index, min(finding.end, finding.index + _AROUND)
    return float(np.median(history.values[max(0, first - _AROUND) : first])) if first else float("nan"), float(
        np.median(history.values[first:end])
    )
