"""XLSX workbooks and Parquet files → table, their typed cells written as strings of one form."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl.utils.datetime import to_excel

from cs_planning.errors import ImportProblems, Problem
from cs_planning.kpis.files.archives import archive_names, check_zip_growth
from cs_planning.kpis.files.decoding import without_control_characters
from cs_planning.kpis.files.delimited import table_of
from cs_planning.kpis.files.no_tables import cut_archive, document_inside
from cs_planning.kpis.files.table import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_FILE_BYTES,
    MAX_PROBLEMS,
    Table,
    combine,
    file_problem,
    refuse,
    unique_headers,
)
from cs_planning.kpis.files.turned_dates import put_back
from cs_planning.language import listed_texts, text

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_CELLS = 20_000_000
_DAY_SECONDS = 86_400
_QUOTED = re.compile(r'"[^"]*"|\\.|\[\$[^\]]*\]|\[(?:red|blue|green|black|white|cyan|magenta|yellow|color\d+)\]', re.IGNORECASE)


def is_old_office(data: bytes) -> bool:
    """Whether the bytes are an encrypted workbook or one of the time before XLSX; both are the same kind of container."""
    return data[:8] == _OLD_OFFICE


def refuse_old_office(name: str, data: bytes) -> ImportProblems:
    """The error for such a file, which says which of both it is."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return refuse(
            name,
            [
                file_problem(
                    text("The workbook is protected by a password."), text("Save a copy without a password and import that.")
                )
            ],
        )
    return refuse(
        name, [file_problem(text("It is a workbook in the old XLS format."), text("Save it as XLSX or CSV and import that."))]
    )


def is_workbook(data: bytes) -> bool:
    """Whether a zip archive is an XLSX workbook."""
    return any(name.startswith("xl/") for name in archive_names(data))


def read_workbook(name: str, data: bytes, sheet: str | None = None) -> Table:
    """The table in one sheet of an XLSX workbook: `sheet`, or the one that looks like data, with all that have its header.

    Formulas are never computed: their last computed value counts.

    Raises:
        ImportProblems: it is damaged or too large, `sheet` is not in it, or the sheet holds no table.
    """
    other = cut_archive(data) or document_inside(archive_names(data))
    if other is not None:
        raise refuse(name, [other])
    try:
        check_zip_growth(name, data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except ImportProblems:
        raise
    except Exception as cause:
        raise _damaged(name, cause) from cause
    try:
        names = tuple(worksheet.title for worksheet in book.worksheets)
        if sheet is not None and sheet not in names:
            raise refuse(
                name,
                [
                    file_problem(
                        text("There is no sheet {sheet} (found: {found}).", sheet=sheet, found=listed_texts(list(names))),
                        text("Choose one of the sheets that are there."),
                    )
                ],
            )
        read = {}
        for candidate in [sheet] if sheet is not None else names:
            try:
                read[candidate] = _sheet_records(name, book[candidate])
            except ImportProblems:
                raise
            except Exception as cause:
                raise _damaged(name, cause) from cause
        chosen = sheet if sheet is not None else _sheet_of_data(read)
        table = _table_of_sheet(name, chosen, read[chosen], names)
        return table if sheet is not None else _with_like_sheets(table, read, names)
    finally:
        book.close()


@dataclass(frozen=True)
class _Records:
    """The rows of a sheet.

    Attributes:
        rows: number of each row and its cells as written.
        problems: what can't be read.
        typed: positions of the columns whose cells are no texts.
        turned: position of a column → how many of its dates had day and month exchanged.
    """

    rows: list[tuple[int, list[str]]]
    problems: list[Problem]
    typed: frozenset[int]
    turned: Mapping[int, int]


_MANY_TIMES = 3


def _sheet_of_data(read: Mapping[str, _Records]) -> str:
    """The first sheet with a header and rows, unless another one has several times its rows, as after a summary."""
    sizes = {sheet: sum(sum(map(bool, cells)) > 1 for _, cells in found.rows) for sheet, found in read.items()}
    first = next((sheet for sheet, found in read.items() if len(found.rows) > 1 or found.problems), next(iter(read)))
    most = max(sizes, key=lambda sheet: sizes[sheet])
    return most if sizes[most] > max(1, _MANY_TIMES * sizes[first]) else first


def _table_of_sheet(name: str, sheet: str, found: _Records, sheets: tuple[str, ...]) -> Table:
    return table_of(
        name, found.rows, found.problems, sheet=sheet, sheets=sheets, typed_columns=found.typed, turned_dates=found.turned
    )


def _with_like_sheets(table: Table, read: Mapping[str, _Records], sheets: tuple[str, ...]) -> Table:
    """The table with the rows of all sheets that have the same header, and the names of those with rows that were not read.

    Rows keep their number in their own sheet.
    """
    like, unread = [table], []
    for sheet, found in read.items():
        if sheet == table.sheet or len(found.rows) < 2:
            continue
        other = None
        if not found.problems and any(tuple(cells) == table.columns for _, cells in found.rows[:_MANY_TIMES]):
            other = _table_of_sheet(table.name, sheet, found, sheets)
        if other is not None and other.columns == table.columns:
            like.append(other)
        else:
            unread.append(sheet)
    return replace(combine(like), name=table.name, unread_sheets=tuple(unread))


def _damaged(name: str, cause: Exception) -> ImportProblems:
    return refuse(
        name,
        [
            file_problem(
                text("The workbook is damaged ({cause}).", cause=str(cause)[:120]),
                text("Open it in a spreadsheet program, save it again as XLSX, or save the sheet as CSV."),
            )
        ],
    )


def _sheet_records(name: str, worksheet: Any) -> _Records:
    records: list[tuple[int, list[str]]] = []
    problems: list[Problem] = []
    typed: dict[int, bool] = {}
    dates: dict[int, dict[int, datetime]] = {}
    cells_read, width = 0, 0
    # The size that a sheet says it has may be that of one far cell; without it, rows end at their last cell.
    worksheet.reset_dimensions()
    for row, cells in enumerate(worksheet.iter_rows(), start=1):
        written = [_written(cell.value, getattr(cell, "number_format", "") or "") for cell in cells]
        while written and not written[-1]:
            written.pop()
        if not written:
            continue
        cells_read += len(written)
        if len(written) > 4 * MAX_COLUMNS or cells_read > _MAX_CELLS:
            raise refuse(
                name,
                [
                    file_problem(
                        text("The sheet is too large: {count} columns, {cells} cells.", count=len(written), cells=cells_read),
                        text("Save it as CSV, or import a smaller part."),
                    )
                ],
            )
        if any(len(cell) > MAX_CELL_CHARACTERS for cell in written) and len(problems) < MAX_PROBLEMS:
            problems.append(
                Problem(
                    message=text("A cell in row {row} holds more than {limit} characters.", row=row, limit=MAX_CELL_CHARACTERS),
                    remedy=text("Shorten the cell."),
                    row=row,
                )
            )
        if records:
            for place, cell in enumerate(cells):
                if cell.value is not None:
                    typed[place] = typed.get(place, True) and not isinstance(cell.value, str)
                if isinstance(cell.value, datetime) and not _shows_a_clock_alone(cell.number_format or ""):
                    dates.setdefault(place, {})[len(records)] = cell.value
        width = max(width, len(written))
        records.append((row, written))
    turned = put_back([written for _row, written in records], dates)
    padded = [(row, cells + [""] * (width - len(cells))) for row, cells in records]
    return _Records(padded, problems, frozenset(place for place, flag in typed.items() if flag), turned)


def _written(value: Any, number_format: str) -> str:
    match value:
        case None:
            return ""
        case str():
            return without_control_characters(value)[0].strip()
        case bool():
            return "true" if value else "false"
        case datetime():
            if _shows_a_clock_alone(number_format):
                return _clock(to_excel(value) * _DAY_SECONDS)
            return value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return _clock(value.total_seconds())
        case int() | float():
            if isinstance(value, float) and not math.isfinite(value):
                return ""
            if "%" in number_format:
                return f"{round(value * 100, 10):.15g}%"
            return str(value) if isinstance(value, int) else f"{value:.15g}"
        case _:
            return str(value)


def _shows_a_clock_alone(number_format: str) -> bool:
    """Whether a format shows hours or minutes and no date: what is above a day under it is a length, not a day of 1900."""
    shown = _QUOTED.sub("", number_format).lower()
    return ("h" in shown or "s" in shown) and not ("y" in shown or "d" in shown)


def _clock(seconds: float) -> str:
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    whole = round(seconds)
    return f"{sign}{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def read_parquet(name: str, data: bytes) -> Table:
    """The table in a Parquet file, its nested columns left out.

    Raises:
        ImportProblems: it is damaged, too large, has no rows or too many columns.
    """
    try:
        source = pq.ParquetFile(io.BytesIO(data))
        size = sum(source.metadata.row_group(group).total_byte_size for group in range(source.num_row_groups))
        columns = [field.name for field in source.schema_arrow if not pa.types.is_nested(field.type)]
        if size > 4 * MAX_FILE_BYTES or len(columns) > MAX_COLUMNS:
            raise refuse(  # noqa: TRY301 - passes through below
                name,
                [
                    file_problem(
                        text("It is too large: {size} MB, {count} columns.", size=size // 1024**2, count=len(columns)),
                        text("Import it with the command line: python -m cs_planning import FILE"),
                    )
                ],
            )
        content = source.read(columns=columns)
    except ImportProblems:
        raise
    except Exception as cause:
        raise refuse(
            name,
            [file_problem(text("The Parquet file is damaged ({cause}).", cause=str(cause)[:120]), text("Write it again."))],
        ) from cause
    if content.num_rows == 0:
        raise refuse(
            name,
            [
                file_problem(
                    text("The file has a header and no rows."),
                    text("Export it for a span of time in which there are contacts."),
                )
            ],
        )
    names, repeated = unique_headers(content.column_names)
    frame = pd.DataFrame(
        {column: _parquet_cells(content.column(place)) for place, column in enumerate(names)}, index=range(content.num_rows)
    )
    typed = frozenset(column for place, column in enumerate(names) if not pa.types.is_string(content.schema.field(place).type))
    return Table(
        name=name,
        frame=frame,
        rows=np.arange(2, content.num_rows + 2, dtype=np.int64),
        repeated_columns=repeated,
        typed_columns=typed,
    )


def _parquet_cells(column: pa.ChunkedArray) -> pd.Series:
    kind = column.type
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        values = column.cast(pa.float64()).to_numpy()
        return pd.Series([f"{value:.15g}" if math.isfinite(value) else "" for value in values], dtype="str")
    if pa.types.is_duration(kind):
        return pd.Series(["" if value is None else _clock(value.total_seconds()) for value in column.to_pylist()], dtype="str")
    written = column
    try:
        written = column.cast(pa.string())
        written.validate(full=True)
    except pa.ArrowInvalid:
        # Bytes that are no UTF-8 stand in files whose writer did not check them.
        raw = written.cast(pa.binary()).to_pylist()
        words = ["" if value is None else value.decode("utf-8", errors="replace").strip() for value in raw]
        return pd.Series(words, dtype="str")
    cells: pd.Series = written.to_pandas()
    return cells.astype("str").fillna("").str.strip()
