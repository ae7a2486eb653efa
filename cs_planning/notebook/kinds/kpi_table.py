"""The last values of a KPI as a table."""

from __future__ import annotations

from datetime import date
from typing import Literal

from cs_planning.kpis.year_before import compared_with_a_year_before
from cs_planning.language import Text, ntext, text
from cs_planning.notebook.blocks import charts
from cs_planning.notebook.blocks.block import Block, TableColumn
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
    since = [compared_with_a_year_before(series, row[0]) if isinstance(row[0], date) else None for row in table.rows]
    rows, columns = table.rows, table.columns
    if any(since):
        columns = (*columns, TableColumn(name="since_a_year", label=text("Since a year before")))
        rows = tuple((*row, None if one is None else one.change) for row, one in zip(rows, since, strict=True))
    newest_first = tuple(reversed(rows))
    return (table.model_copy(update={"columns": columns, "rows": newest_first, "caption": charts.titled(series)}),)


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
