"""Something that happened on a day, to be marked in a chart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, ConfigDict

from cs_planning.goals.goal import ShortText
from cs_planning.notebook.blocks.charts import ChartEvent


class MarkedDay(BaseModel):
    """Something that happened on a day, to be marked in a chart."""

    model_config = ConfigDict(frozen=True)

    day: date
    label: ShortText


def events_of(days: Iterable[MarkedDay]) -> list[ChartEvent]:
    """The days as a chart marks them."""
    return [ChartEvent(marked.day, marked.label) for marked in days]
