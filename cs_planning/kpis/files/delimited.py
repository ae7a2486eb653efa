"""Delimited text (CSV, TSV) → table: delimiter, header row, records that don't fit."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd

from cs_planning.errors import Problem
from cs_planning.kpis.files.decoding import decode, without_control_characters
from cs_planning.kpis.files.even_text import WORTH_IT, read_even
from cs_planning.kpis.files.table import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_PROBLEMS,
    Table,
    file_problem,
    refuse,
    unique_headers,
)
from cs_planning.language import text

_DELIMITERS = (",", ";", "\t", "|")
_SNIFFED_RECORDS = 200
_NUMBER = re.compile(r"[-+−]?[\d.,  ]*\d[\d.,  ]*\s*[%％]?")


def read_delimited(name: str, data: bytes, *, complete: bool = True) -> Table:
    """The table in a delimited text file.

    Args:
        name: the file's name.
        data: its bytes, or its beginning.
        complete: whether `data` is the whole file; else the last, cut record is left out.

    Raises:
        ImportProblems: it is no text, it is empty, it has a header alone, it has too many columns, cells are too long.
    """
    decoded = decode(data, complete=complete)
    if decoded.problems:
        raise refuse(name, decoded.problems)
    content, control_characters = without_control_characters(decoded.content)
    if not content.strip():
        raise refuse(name, [file_problem(text("The file is empty."), text("Export it again, with data."))])
    if not complete:
        content = content[: content.rfind("\n") + 1] or content
    delimiter = sniff_delimiter(content)
    source = _Source(name, decoded.encoding, delimiter, control_characters)
    even = read_even(content, delimiter) if len(content) >= WORTH_IT else None
    # The last record of a beginning may be cut.
    table = None if even is None else _table_of_even(source, even if complete else even.iloc[:-1])
    if table is not None:
        return replace(table, complete=complete)
    records, problems = _records(content, delimiter)
    if not complete and len(records) > 2:
        records = records[:-1]
    return table_of(
        name,
        records,
        problems,
        encoding=decoded.encoding,
        delimiter=delimiter,
        complete=complete,
        control_characters=control_characters,
    )


def sniff_delimiter(content: str) -> str:
    """The delimiter that cuts the first records most evenly into most columns; a comma when there is none."""
    best, best_score = ",", (0.0, 0)
    head = content[:200_000]
    for delimiter in _DELIMITERS:
        records = itertools.islice(_reader(head, delimiter), _SNIFFED_RECORDS)
        widths = Counter(len(record) for record, _ in records if any(cell.strip() for cell in record))
        width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(0, 0))
        score = (round(count / max(1, widths.total()), 1), width)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def _reader(content: str, delimiter: str) -> Iterator[tuple[list[str], str]]:
    """The records with what was wrong with each (an empty string for nothing)."""
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
    while True:
        try:
            yield next(reader), ""
        except StopIteration:
            return
        except csv.Error as problem:
            yield [], str(problem)


def _records(content: str, delimiter: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """The non-empty records with their row in a spreadsheet, and the problems on the way."""
    records: list[tuple[int, list[str]]] = []
    problems: list[Problem] = []
    for row, (cells, wrong) in enumerate(_reader(content, delimiter), start=1):
        if wrong or max(map(len, cells), default=0) > MAX_CELL_CHARACTERS:
            if len(problems) < MAX_PROBLEMS:
                problems.append(_long_cell(row))
            continue
        if len(cells) > 1 or (cells and cells[0].strip()):
            records.append((row, cells))
    return records, problems


def _long_cell(row: int) -> Problem:
    return Problem(
        message=text("A cell in row {row} holds more than {limit} characters.", row=row, limit=MAX_CELL_CHARACTERS),
        remedy=text("Look for a quotation mark that is not closed in that row, or shorten the cell."),
        row=row,
    )


def table_of(
    name: str,
    records: list[tuple[int, list[str]]],
    problems: list[Problem],
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    sheets: tuple[str, ...] = (),
    typed_columns: frozenset[int] = frozenset(),
    turned_dates: Mapping[int, int] = MappingProxyType({}),
    complete: bool = True,
    control_characters: int = 0,
) -> Table:
    """The table of records: finds the header, names the columns, sets records apart that don't fit.

    Args:
        name: the file's name.
        records: row in the spreadsheet and cells; not trimmed.
        problems: what was already found; blocks the import together with what is found here.
        typed_columns: positions of columns whose cells were typed.
        turned_dates: positions of columns whose dates were put back, with how many.

    Raises:
        ImportProblems: no record, a header alone, a single column without values, too many columns, or `problems`.
    """
    records = [(row, cells) for row, cells in records if any(cell.strip() for cell in cells)]
    if not records and not problems:
        raise refuse(name, [file_problem(text("The file is empty."), text("Export it again, with data."))])
    position = header_position([cells for _, cells in records])
    header_row, header = records[position] if records else (1, [])
    header = _with_groups(records[position - 1][1], header) if position else header
    header = [cell.strip() for cell in header]
    while header and not header[-1]:
        header.pop()
    width = len(header)
    if width > MAX_COLUMNS:
        problems = [
            *problems,
            file_problem(
                text("The table has {count} columns; the most is {limit}.", count=width, limit=MAX_COLUMNS),
                text("Export fewer columns. If columns are periods, turn the table so that each row is a period."),
            ),
        ]
        raise refuse(name, problems)
    body = records[position + 1 :]
    if records and not body:
        problems = [
            *problems,
            file_problem(
                text("The file has a header and no rows."), text("Export it for a span of time in which there are contacts.")
            ),
        ]
    if problems:
        raise refuse(name, problems)
    kept_rows: list[int] = []
    kept: list[list[str]] = []
    broken: list[Problem] = []
    for row, cells in body:
        if len(cells) == width:
            kept_rows.append(row)
            kept.append(cells)
        elif len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            kept_rows.append(row)
            kept.append(cells[:width])
        else:
            broken.append(_misfit(row, cells, width, delimiter))
    if not kept:
        raise refuse(name, broken[:MAX_PROBLEMS])
    frame = pd.DataFrame({place: pd.Series(cells, dtype="str") for place, cells in enumerate(zip(*kept, strict=True))})
    table = _named(_Source(name, encoding, delimiter, control_characters), header, header_row, frame, np.array(kept_rows))
    return replace(
        table,
        sheet=sheet,
        sheets=sheets,
        typed_columns=frozenset(column for place, column in enumerate(unique_headers(header)[0]) if place in typed_columns),
        turned_dates=tuple(
            (column, turned_dates[place]) for place, column in enumerate(unique_headers(header)[0]) if place in turned_dates
        ),
        complete=complete,
        broken=tuple(broken),
    )


@dataclass(frozen=True)
class _Source:
    name: str
    encoding: str | None
    delimiter: str | None
    control_characters: int


def _table_of_even(source: _Source, cells: pd.DataFrame) -> Table | None:
    """The table of records of one width; None where something has to be said about a record."""
    cells = cells.apply(lambda column: column.str.strip())
    cells = cells[(cells != "").any(axis=1)]
    head = cells.iloc[:_SNIFFED_RECORDS].to_numpy().tolist()
    position = header_position(head)
    header = head[position] if head else []
    header = _with_groups(head[position - 1], header) if position else header
    while header and not header[-1]:
        header.pop()
    body = cells.iloc[position + 1 :]
    beyond = body[body.columns[len(header) :]]
    if not header or len(header) > MAX_COLUMNS or body.empty or (beyond != "").any(axis=None):
        return None
    frame = body[body.columns[: len(header)]]
    return _named(source, header, int(cells.index[position]), frame.reset_index(drop=True), frame.index.to_numpy())


def _named(source: _Source, header: list[str], header_row: int, frame: pd.DataFrame, rows: np.ndarray) -> Table:
    """The table of the cells below a header; columns without a name and without a filled cell are left out."""
    names, repeated = unique_headers(header)
    frame = pd.DataFrame({name: frame[place].str.strip() for name, place in zip(names, frame.columns, strict=True)})
    empty = [column for column, cell in zip(names, header, strict=True) if not cell and (frame[column] == "").all()]
    return Table(
        name=source.name,
        frame=frame.drop(columns=empty),
        rows=rows.astype(np.int64),
        header_row=header_row,
        encoding=source.encoding,
        delimiter=source.delimiter,
        repeated_columns=repeated,
        control_characters=source.control_characters,
    )


def _misfit(row: int, cells: list[str], width: int, delimiter: str | None) -> Problem:
    if any(_holds_rows(cell, width, delimiter) for cell in cells):
        remedy = text("A quotation mark is opened in this row and not closed. Close it or take it out.")
    elif len(cells) > width and delimiter == ",":
        remedy = text("A cell probably holds a comma. Put it in quotation marks, or export with semicolons.")
    else:
        remedy = text("Give the row as many cells as the header has, or take it out if it is a note or a total.")
    return Problem(
        message=text("Row {row} has {found} cells where the header has {expected}.", row=row, found=len(cells), expected=width),
        remedy=remedy,
        row=row,
        value=(delimiter or " ").join(cells)[:120],
    )


def _holds_rows(cell: str, width: int, delimiter: str | None) -> bool:
    """Whether a cell swallowed rows of the table, as it does behind a quotation mark that is not closed."""
    later = cell.split("\n")[1:]
    return len(later) > 20 or any(line.count(delimiter or "\t") >= width - 1 > 0 for line in later)


def header_position(records: list[list[str]]) -> int:
    """Which of the first records is the header: the first one as wide as the table whose cells are words.

    Titles and notes above a header have fewer filled cells than the table below them.
    """
    head = records[:50]
    widths = Counter(_filled(cells) for cells in records[:_SNIFFED_RECORDS])
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    for position, cells in enumerate(head[:20]):
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) >= max(1, 0.6 * usual) and len(filled) >= min(2, usual):
            numbers = sum(_NUMBER.fullmatch(cell) is not None for cell in filled)
            if position == 0 or numbers <= 0.5 * len(filled):
                return position
    return 0


def _with_groups(above: list[str], header: list[str]) -> list[str]:
    """The header with the names of groups of columns from the row above it, before those names that would repeat."""
    names = [name.strip() for name in header]
    repeated = {name for name in names if name and names.count(name) > 1}
    if not repeated or _filled(above) < 2 or _filled(above) >= _filled(header):
        return header
    group, groups = "", []
    for place in range(len(header)):
        group = above[place].strip() if place < len(above) and above[place].strip() else group
        groups.append(group)
    named = [f"{group} {name}" if group and name in repeated else name for group, name in zip(groups, names, strict=True)]
    return named if len(set(filter(None, named))) == len(list(filter(None, named))) else header


def _filled(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell.strip())
