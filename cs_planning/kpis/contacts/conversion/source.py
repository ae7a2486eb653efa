"""A CSV or TSV file of any size as a relation of raw cells, and the lines that do not fit it."""

from __future__ import annotations

import codecs
from bisect import bisect_left
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from cs_planning.errors import Problem
from cs_planning.kpis.cells.sql_cells import literal, quoted
from cs_planning.kpis.contacts.conversion.parts import (
    RECORD,
)
from cs_planning.kpis.contacts.log.manifest import new_name, not_stored
from cs_planning.kpis.files.table import Table
from cs_planning.language import text

MOST_LISTED = 100_000
"""Up to how many records that are left out are named."""


def cells_of(source: Path, sample: Table) -> str:
    """The file as a relation of raw cells under the names of the sample; lines that don't fit are kept apart."""
    names = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in sample.columns)
    delimiter = sample.delimiter or ","
    return (
        f"read_csv({literal(str(source))}, auto_detect = false, header = true, skip = {sample.header_row - 1}, "
        f"delim = {literal(delimiter)}, quote = '\"', escape = '\"', columns = {{{names}}}, store_rejects = true, "
        f"rejects_limit = {MOST_LISTED}, max_line_size = 4000000)"
    )


def broken_lines(connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """Lines that DuckDB could not cut into the columns of the header."""
    lines = connection.execute(
        f"SELECT line, any_value(csv_line) FROM reject_errors GROUP BY line ORDER BY line LIMIT {MOST_LISTED}"
    ).fetchall()
    return [
        Problem(
            message=text("Row {row} does not fit the header.", row=int(line)),
            remedy=text("Give the row as many cells as the header has, and close its quotation marks."),
            row=int(line),
            value=None if content is None else str(content)[:120],
        )
        for line, content in lines
    ]


def rows_beside(header_row: int, broken: Sequence[Problem]) -> Callable[[int], int]:
    """The row in a spreadsheet of a record by its number among those that fit the header, counted from 1.

    Args:
        header_row: the row of the header.
        broken: the lines that do not fit it, between the others, in their order.
    """
    # How many records that fit stand before each broken line.
    before = [row - header_row - 1 - place for place, row in enumerate(problem.row for problem in broken if problem.row)]
    return lambda record: header_row + record + bisect_left(before, record)


def put_in_order(connection: duckdb.DuckDBPyConnection, source: Path, sample: Table) -> None:
    """Makes `cells` the records in the order of the file, each with its place: a second reading, only where it is needed."""
    connection.execute("SET preserve_insertion_order = true")
    cells = ", ".join(quoted(column) for column in sample.columns)
    connection.execute(
        f"CREATE OR REPLACE VIEW cells AS SELECT *, row_number() OVER () AS {RECORD}, [{cells}] AS _cells "
        f"FROM {cells_of(source, sample)}"
    )


def as_utf8(path: Path, sample: Table, folder: Path) -> tuple[Path, bool]:
    """The file, or a copy of it in UTF-8 where it is in another encoding."""
    if sample.encoding in (None, "utf-8", "utf-8-sig"):
        return path, False
    copy = folder / f"utf8-{new_name('all')}.csv"
    try:
        with path.open("r", encoding=sample.encoding, errors="replace", newline="") as source, copy.open("wb") as target:
            while chunk := source.read(8 * 1024**2):
                target.write(codecs.encode(chunk, "utf-8"))
    except OSError as cause:
        copy.unlink(missing_ok=True)
        raise not_stored(cause) from cause
    return copy, True


def damaged(cause: str) -> Problem:
    """The problem of a file that no program reads further than to some place."""
    return Problem(
        message=text("The file is damaged ({cause}).", cause=cause),
        remedy=text("Export it again, or open it in a text editor near that place."),
    )
