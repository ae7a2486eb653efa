"""Small tables beside the imports (goals, actions, calls, histories), read by the same reader: no file ends in a traceback."""

from __future__ import annotations

import pandas as pd

from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.files.table import MAX_PROBLEMS, Table, refuse
from cs_planning.language import Text, ntext


def read_whole(name: str, data: bytes) -> pd.DataFrame:
    """A table of which every row counts, all cells as text: a row that does not fit its header refuses the file.

    Args:
        name: of the file.
        data: its bytes.

    Raises:
        ImportProblems: it can't be read; all problems with row, value and remedy.
    """
    table = read_table(name, data)
    if table.broken:
        raise refuse(name, table.broken[:MAX_PROBLEMS])
    return table.frame


def left_out(table: Table) -> Text | None:
    """Which rows of a log were left out since they don't fit its header; None where all do."""
    if not table.broken:
        return None
    return ntext(
        "{count} line of {file} doesn't fit its header and was left out: row {row}. {remedy}",
        "{count} lines of {file} don't fit its header and were left out, first row {row}. {remedy}",
        len(table.broken),
        file=table.name,
        row=table.broken[0].row,
        remedy=table.broken[0].remedy,
    )
