"""Bytes of a file → table: which format, then its reader; every problem reported at once with its row."""

from __future__ import annotations

from pathlib import Path

from cs_planning.kpis.files.archives import is_gzip, is_zip, unpack_gzip, unpack_zip
from cs_planning.kpis.files.delimited import read_delimited
from cs_planning.kpis.files.split_periods import with_whole_periods
from cs_planning.kpis.files.table import MAX_FILE_BYTES, Table, combine, file_problem, refuse
from cs_planning.kpis.files.workbooks import is_old_office, is_workbook, read_parquet, read_workbook, refuse_old_office
from cs_planning.language import text

SAMPLE_BYTES = 2 * 1024**2
"""How much of a large file is looked at to recognise it."""
_PARQUET = b"PAR1"


def read_table(name: str, data: bytes, *, sheet: str | None = None) -> Table:
    """The table in a file: CSV, TSV, XLSX or Parquet, also inside `.gz` and `.zip`.

    The content decides about the format, not the name.  The tables in a zip archive are put below one another when their
    headers are the same.

    Args:
        name: the file's name.
        data: its bytes.
        sheet: which sheet of a workbook; otherwise the one that looks like data, with all that have its header.

    Raises:
        ImportProblems: the file can't be read; all problems with row, value and remedy.
    """
    if len(data) > MAX_FILE_BYTES:
        raise refuse(
            name,
            [
                file_problem(
                    text(
                        "The file has {size} MB; the browser takes up to {limit} MB.",
                        size=len(data) // 1024**2,
                        limit=MAX_FILE_BYTES // 1024**2,
                    ),
                    text("Import it with the command line: python -m cs_planning import FILE"),
                )
            ],
        )
    if not data:
        raise refuse(name, [file_problem(text("The file is empty."), text("Export it again, with data."))])
    if is_gzip(data):
        return read_table(name.removesuffix(".gz"), unpack_gzip(name, data), sheet=sheet)
    if is_old_office(data):
        raise refuse_old_office(name, data)
    if data[:4] == _PARQUET:
        return with_whole_periods(read_parquet(name, data))
    if is_zip(data) and not is_workbook(data) and not name.lower().endswith((".xlsx", ".xlsm")):
        return _read_archive(name, data)
    if is_zip(data):
        return with_whole_periods(read_workbook(name, data, sheet))
    return with_whole_periods(read_delimited(name, data))


def read_sample(path: Path) -> Table:
    """The first records of a CSV or TSV file of any size, to recognise it by; `complete` says whether that is all.

    Raises:
        ImportProblems: as `read_table`.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(SAMPLE_BYTES)
    if head[:4] == _PARQUET or is_zip(head) or is_gzip(head) or is_old_office(head) or size <= SAMPLE_BYTES:
        return read_table(path.name, head + _rest(path, len(head)))
    return read_delimited(path.name, head, complete=False)


def _rest(path: Path, start: int) -> bytes:
    with path.open("rb") as stream:
        stream.seek(start)
        return stream.read(MAX_FILE_BYTES + 1 - start)


def _read_archive(name: str, data: bytes) -> Table:
    files = unpack_zip(name, data)
    if not files:
        raise refuse(name, [file_problem(text("The archive holds no file."), text("Pack the exported files into it."))])
    nested = [inner for inner, content in files if is_zip(content) and not is_workbook(content)]
    if nested:
        raise refuse(
            name,
            [
                file_problem(
                    text("The archive holds another archive: {file}", file=nested[0]), text("Unpack the outer archive first.")
                )
            ],
        )
    return combine([read_table(inner, content) for inner, content in files])
