"""Large delimited text whose records all have one width → its columns at once; whatever else it holds is read by record."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from cs_planning.kpis.files.table import MAX_CELL_CHARACTERS

WORTH_IT = 1_000_000
"""From how many characters on the columns are read at once."""
_LONE_RETURN = re.compile(r"\r(?!\n)")
_QUOTE_INSIDE = re.compile(r'[^{mark}\r\n"]"[^{mark}\r\n"]')
_STRINGS = pd.StringDtype("pyarrow", na_value=np.nan)


def read_even(content: str, delimiter: str) -> pd.DataFrame | None:
    """The cells of a text as the reader of records gives them, not trimmed; None where that reader has to look at it.

    Args:
        content: the text, with its header.
        delimiter: what separates its cells.

    Returns:
        One row for each record, the header among them; the index counts records from 1, as a spreadsheet counts its rows.

    Not valid when: records differ in width, quotation marks stand inside of cells, lines end by a carriage return alone, or
    a cell is too long; then None is returned.
    """
    if _LONE_RETURN.search(content) or _has_quotes_inside(content, delimiter):
        return None
    try:
        read = csv.read_csv(
            pa.BufferReader(content.encode()),
            read_options=csv.ReadOptions(autogenerate_column_names=True, block_size=len(content) + 4_096, use_threads=False),
            parse_options=csv.ParseOptions(delimiter=delimiter, newlines_in_values='"' in content, ignore_empty_lines=False),
            convert_options=csv.ConvertOptions(default_column_type=pa.large_string(), strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None
    columns = [column.combine_chunks() for column in read.columns]
    if any((pc.max(pc.utf8_length(column)).as_py() or 0) > MAX_CELL_CHARACTERS for column in columns):
        return None
    frame = pd.DataFrame({place: pd.Series(pd.array(column, dtype=_STRINGS)) for place, column in enumerate(columns)})
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return frame


def _has_quotes_inside(content: str, delimiter: str) -> bool:
    """Whether a quotation mark stands neither at the edge of a cell nor beside another one: readers differ about those."""
    if '"' not in content:
        return False
    return re.search(_QUOTE_INSIDE.pattern.replace("{mark}", re.escape(delimiter)), content) is not None
