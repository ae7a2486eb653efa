"""What the user knows about single periods and the history alone does not say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EventKind(StrEnum):
    """What is done about an event.

    `IGNORE` leaves its periods out; `STEP` and `RAMP` let the level change from its first period on, at once or growing up to
    its last period, by a size that is learnt from the data as far as they show it.
    """

    IGNORE = "ignore"
    STEP = "step"
    RAMP = "ramp"


@dataclass(frozen=True)
class Event:
    """A marked stretch of time: a campaign, an outage, a new tool.

    Attributes:
        kind: what is done about it.
        first: a day in its first period.
        last: a day in its last period; `None` is the first one.
        size: the expected change of a step or ramp in the KPI's unit; 0 when nothing is known.
        uncertainty: the standard deviation of `size`; `None` lets the data speak alone.
        name: what it was.
    """

    kind: EventKind
    first: date
    last: date | None = None
    size: float = 0.0
    uncertainty: float | None = None
    name: str = ""
