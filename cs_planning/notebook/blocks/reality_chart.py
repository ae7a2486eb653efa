"""A chart of what came of a scenario: the simulated range of each month, and what was measured in it and before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from cs_planning.automation.scenarios.outcome import Band
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import Text, text
from cs_planning.notebook.blocks.block import Chart, ColumnType, TableBlock, TableColumn, Words

_HALF_A_MONTH = timedelta(days=15)


@dataclass(frozen=True)
class HeldMonth:
    """One month of a figure, in the KPI's unit.

    Attributes:
        month: its first day.
        measured: None where nothing was imported.
        whole: whether the month is over and the data cover it.
        simulated: the 80 % range; None before the start.
    """

    month: date
    measured: float | None
    whole: bool = True
    simulated: Band | None = None


def reality(title: Words, months: Sequence[HeldMonth], kpi: Kpi, *, start: date, alt: Text) -> Chart:
    """Measured months as points, those since the start on the simulated range of the scenario.

    Args:
        title: the figure with its unit.
        months: in order; one of them at least is simulated.
        kpi: how the figures are written.
        start: the first day of the month in which the scenario began.
        alt: what is seen, in a sentence.
    """
    band = [(one.month, one.simulated) for one in months if one.simulated is not None]
    seen = [(one.month, one.measured, one.whole) for one in months if one.measured is not None]
    border = [start - _HALF_A_MONTH] if seen and seen[0][0] < start else []
    monthly = Frequency.MONTH.value
    frame = pd.concat(
        [
            pd.DataFrame(
                {
                    "part": "simulated",
                    "period": pd.DatetimeIndex([month for month, _ in band]),
                    "frequency": monthly,
                    "value": [one.median for _, one in band],
                    "low80": [one.low for _, one in band],
                    "high80": [one.high for _, one in band],
                }
            ),
            pd.DataFrame(
                {
                    "part": ["history" if whole else "so_far" for _, _, whole in seen],
                    "period": pd.DatetimeIndex([month for month, _, _ in seen]),
                    "frequency": monthly,
                    "value": [float(value) for _, value, _ in seen],
                }
            ),
            pd.DataFrame(
                {"part": ["event" for _ in border], "period": pd.DatetimeIndex(border), "label": ["start" for _ in border]}
            ),
        ],
        ignore_index=True,
    )
    return Chart(
        drawing="reality",
        title=title,
        alt=alt,
        frame=frame,
        labels={"start": text("start")},
        kpi=kpi,
        table=_table(title, months),
    )


def _table(title: Words, months: Sequence[HeldMonth]) -> TableBlock:
    number = ColumnType.NUMBER
    return TableBlock(
        columns=(
            TableColumn(name="period", label=text("Month"), type=ColumnType.PERIOD, frequency=Frequency.MONTH),
            TableColumn(name="measured", label=text("{figure}, measured", figure=title), type=number),
            TableColumn(name="simulated", label=text("Simulated"), type=number),
            TableColumn(name="low80", label=text("80 % from"), type=number),
            TableColumn(name="high80", label=text("80 % to"), type=number),
        ),
        rows=tuple(
            (one.month, one.measured, *((None, None, None) if band is None else (band.median, band.low, band.high)))
            for one, band in ((one, one.simulated) for one in months)
        ),
    )
