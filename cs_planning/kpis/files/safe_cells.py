"""Writing cells that no spreadsheet program takes for a formula."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(cell: str) -> str:
    """`cell` with an apostrophe in front when a spreadsheet program could compute it; numbers stay as they are.

    Lines inside a cell end with a line feed: a carriage return of its own would begin a row, and so a formula, in the middle of
    a cell that no writer puts in quotes for it.

    Source: OWASP, CSV injection.
    """
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    if not cell.startswith(_FORMULA_STARTS) or _is_number(cell):
        return cell
    return "'" + cell


def told_cell(cell: str) -> str:
    """What was written with `safe_cell`, without its apostrophe."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA_STARTS) else cell


def safe_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with every text cell and every column name made safe; numbers, dates and gaps stay as they are."""
    safe = pd.DataFrame(
        {
            place: frame.iloc[:, place].map(_safe_value) if _holds_text(frame.iloc[:, place]) else frame.iloc[:, place]
            for place in range(frame.shape[1])
        },
        index=frame.index,
    )
    safe.columns = pd.Index([safe_cell(str(name)) for name in frame.columns])
    return safe


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """`frame` as CSV (UTF-8 with a byte-order mark, so that spreadsheet programs read it right), safe to open."""
    stream = io.StringIO()
    safe_frame(frame).to_csv(stream, index=False, lineterminator="\r\n")
    return stream.getvalue().encode("utf-8-sig")


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Writes `frame` as plain UTF-8 CSV for other programs, safe to open in a spreadsheet; dates without a time of day."""
    dates = [
        place
        for place in range(frame.shape[1])
        if pd.api.types.is_datetime64_any_dtype(frame.iloc[:, place])
        and (frame.iloc[:, place].dropna().dt.normalize() == frame.iloc[:, place].dropna()).all()
    ]
    written = frame.copy()
    for place in dates:
        written.isetitem(place, frame.iloc[:, place].dt.strftime("%Y-%m-%d"))
    safe_frame(written).to_csv(path, index=False, encoding="utf-8")


def _safe_value(value: object) -> object:
    return safe_cell(value) if isinstance(value, str) else value


def _holds_text(column: pd.Series) -> bool:
    return not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column))


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell.strip() == cell
