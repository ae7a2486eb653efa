"""A file as a table of cells, before anything is known about their meaning."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from cs_planning.errors import ImportProblems, Problem
from cs_planning.language import Text, listed_texts, text

T = TypeVar("T")

MAX_FILE_BYTES = 256 * 1024**2
"""The largest file that is read as a whole in memory; larger ones go through the command line."""
MAX_UNPACKED_BYTES = 1024**3
"""The most that an archive or workbook may unpack to."""
MAX_UNPACKING_RATIO = 200
"""The most by which an archive may grow while it is unpacked."""
MAX_COLUMNS = 1_000
_NAMED = 12
MAX_CELL_CHARACTERS = 131_072
MAX_PROBLEMS = 1_000
"""The most problems of one kind that are listed one by one; the rest is counted."""


@dataclass(frozen=True)
class Table:
    """The cells of one file.

    Attributes:
        name: the file's name, as the user knows it.
        frame: one column for each column of the file, under unique names, all cells as trimmed strings, empty cells as "".
            Dates of workbooks and Parquet files are written ISO, their numbers with a point, their percentages with `%`.
        rows: the row of each record in the user's spreadsheet (the header is usually row 1), shape (n,).
        header_row: the row of the header in the user's spreadsheet.
        encoding: how text was encoded; None for workbooks and Parquet.
        delimiter: what separates the columns; None for workbooks and Parquet.
        sheet: the sheet that was read; None without sheets.
        sheets: all sheets of the workbook.
        unread_sheets: those with rows that are not in `frame`, where nobody chose one.
        repeated_columns: headers that appear more than once; the later ones were named `x (2)`, `x (3)`, …
        typed_columns: columns whose cells came as numbers or dates, so that their writing needs no guess.
        complete: whether `frame` holds the whole file, and not only its beginning.
        control_characters: how many control characters were taken out of the cells.
        turned_dates: columns of a workbook in which a spreadsheet program had exchanged day and month, with how many dates were
            put back.
        broken: records that don't fit the header; they are not in `frame`, and count as read and rejected.
    """

    name: str
    frame: pd.DataFrame
    rows: np.ndarray
    header_row: int = 1
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    unread_sheets: tuple[str, ...] = ()
    repeated_columns: tuple[str, ...] = ()
    typed_columns: frozenset[str] = field(default_factory=frozenset)
    complete: bool = True
    control_characters: int = 0
    turned_dates: tuple[tuple[str, int], ...] = ()
    broken: tuple[Problem, ...] = ()
    _seen: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(map(str, self.frame.columns))

    def __len__(self) -> int:
        return len(self.frame)

    def once(self, what: Hashable, look: Callable[[], T]) -> T:
        """What a look at the cells gives, worked out once: each answer that a file could be given looks at the same cells."""
        if what not in self._seen:
            self._seen[what] = look()
        seen: T = self._seen[what]
        return seen

    def beginning(self, rows: int) -> Table:
        """The table's first rows."""
        if len(self) <= rows:
            return self
        first = partial(replace, self, frame=self.frame.iloc[:rows], rows=self.rows[:rows], broken=(), complete=False)
        return self.once(("beginning", rows), first)

    def emptied(self, marks: Sequence[str], columns: Sequence[str]) -> Table:
        """The table with empty cells where one of the marks stands in one of the columns."""
        if not marks or not columns:
            return self
        frame = self.frame.copy()
        frame[list(columns)] = frame[list(columns)].mask(frame[list(columns)].isin(list(marks)), "")
        return replace(self, frame=frame)


def unique_headers(headers: Iterable[str]) -> tuple[list[str], tuple[str, ...]]:
    """The headers under unique names (`x`, `x (2)`; empty ones by position), and those that repeat."""
    names: list[str] = []
    repeated: list[str] = []
    taken: set[str] = set()
    for position, header in enumerate(headers, start=1):
        name = header.strip() or f"column {position}"
        if name in taken:
            if name not in repeated and header.strip():
                repeated.append(name)
            count = 2
            while f"{name} ({count})" in taken:
                count += 1
            name = f"{name} ({count})"
        taken.add(name)
        names.append(name)
    return names, tuple(repeated)


def refuse(name: str, problems: Iterable[Problem]) -> ImportProblems:
    """The error that a file can't be imported, with all of its problems."""
    found = tuple(problems)
    first = found[0]
    if len(found) == 1:
        return ImportProblems(
            text("{file} can't be imported: {problem}", file=name, problem=first.message), first.remedy, found
        )
    return ImportProblems(
        text("{file} can't be imported: it has {count} problems.", file=name, count=len(found)),
        text("Mend what is listed and import the file again; nothing was stored."),
        found,
    )


def file_problem(message: Text, remedy: Text) -> Problem:
    """A problem of the whole file."""
    return Problem(message=message, remedy=remedy)


def combine(tables: Sequence[Table]) -> Table:
    """Several files with the same header as one table; rows keep their number in their own file.

    Raises:
        ImportProblems: the headers differ.
    """
    first = tables[0]
    for other in tables[1:]:
        if other.columns != first.columns:
            raise refuse(
                other.name,
                [
                    file_problem(
                        text(
                            "Its columns ({found}) differ from those of {file} ({expected}).",
                            found=listed_texts(other.columns[:_NAMED]),
                            file=first.name,
                            expected=listed_texts(first.columns[:_NAMED]),
                        ),
                        text("Import files of different kinds one after the other."),
                    )
                ],
            )
    if len(tables) == 1:
        return first
    return replace(
        first,
        name=", ".join(table.name for table in tables),
        frame=pd.concat([table.frame for table in tables], ignore_index=True),
        rows=np.concatenate([table.rows for table in tables]),
        typed_columns=frozenset.intersection(*(table.typed_columns for table in tables)),
        control_characters=sum(table.control_characters for table in tables),
        turned_dates=tuple(turned for table in tables for turned in table.turned_dates),
        broken=tuple(problem for table in tables for problem in table.broken),
        unread_sheets=tuple(sheet for table in tables for sheet in table.unread_sheets),
    )
