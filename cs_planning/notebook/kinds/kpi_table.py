"""The last values of a KPI as a table."""

from __future__ import annotations

from typing import Literal

from cs_planning.language import Text, ntext, text
from cs_planning.notebook.blocks import charts
from cs_planning.notebook.blocks.block import Block
from cs_planning.notebook.cells.context import Context
from cs_planning.notebook.cells.kind import CellKind
from cs_planning.notebook.cells.option import PERIODS
from cs_planning.notebook.kinds.kpi_chart import (
    SERIES_OPTIONS,
    PeriodsShown,
    SeriesCell,
    needs_series,
    series_key,
    until_quarter,
)

_PERIODS = 12


class KpiTable(SeriesCell):
    """The last values of a KPI, the newest first.

    Attributes:
        periods: how many periods are shown; twelve when it is not given.
    """

    kind: Literal["kpi_table"] = "kpi_table"
    periods: PeriodsShown = None


def _run(cell: KpiTable, context: Context) -> tuple[Block, ...]:
    key, frequency, _goal = series_key(cell, context)
    series = until_quarter(context.sources.series(key, frequency), context.parameters.quarter)
    table = charts.history(series, periods_shown=cell.periods or _PERIODS).table
    newest_first = tuple(reversed(table.rows))
    return (table.model_copy(update={"rows": newest_first, "caption": charts.titled(series)}),)


def _counted(count: int) -> Text:
    return ntext("{count} period", "{count} periods", count)


KIND = CellKind(
    KpiTable,
    34,
    text("Values of a KPI"),
    _run,
    needs_series,
    ("quarter", "team", "channel"),
    own_options=(*SERIES_OPTIONS, PERIODS),
    counted=_counted,
)
"""The kind, as the registry finds it."""
