"""Bytes of a text file → characters: which encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from cs_planning.errors import Problem
from cs_planning.kpis.files.no_tables import no_table
from cs_planning.kpis.files.table import MAX_PROBLEMS, file_problem
from cs_planning.language import text

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes(code for code in range(32) if code not in b"\t\n\r\x0b\x0c\x1a\x1b") + b"\x7f"
_HIGH_RUNS = re.compile(rb"[\x80-\xff]+")
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff\u3000-\u303f\uff01-\uff60]")
_UNLIKELY_JAPANESE = re.compile("[\uff61-\uff9f\ue000-\uf8ff]")
_SAMPLE_BYTES = 1_000_000
_CHUNK_BYTES = 8 * 1024**2
_WESTERN = ("cp1252", "latin-1")
_MOST_HIGH = 0.4
"""No text of a Western language has so many letters with marks; what has is another encoding, or no text."""


@dataclass(frozen=True)
class Decoded:
    """Text with the encoding that it was read in, and what is wrong with single places of it."""

    content: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, *, complete: bool = True) -> Decoded:
    """The text in `data`.

    A byte-order mark decides; else valid UTF-8 is UTF-8; else Japanese text is told from Western by the length of the runs of
    non-ASCII bytes, and cp932 from EUC-JP by which of them gives ordinary characters.

    Args:
        data: the file.
        complete: whether the last character is whole; false for the beginning of a longer file.
    """
    other = no_table(data)
    if other is not None:
        return Decoded("", "binary", (other,))
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, complete)
    unmarked = _utf16_without_mark(data)
    if unmarked is not None:
        return _decoded(data, unmarked, complete)
    binary = _binary_places(data)
    if binary:
        return Decoded("", "binary", binary)
    try:
        return Decoded(codecs.getincrementaldecoder("utf-8")().decode(data, final=complete), "utf-8")
    except UnicodeDecodeError:
        pass
    replaced = data.decode("utf-8", errors="replace")
    bad, high = replaced.count("\ufffd"), len(re.findall("[^\x00-\x7f\ufffd]", replaced))
    if high > 10 * bad:
        return Decoded(replaced, "utf-8", _unreadable_places(replaced))
    encoding = _legacy_encoding(data)
    found = _decoded(data, encoding, complete)
    if encoding in _WESTERN and _is_no_western_text(found.content[:_SAMPLE_BYTES]):
        return Decoded("", "binary", (_no_encoding(),))
    return found


def _is_no_western_text(content: str) -> bool:
    signs = "".join(content.split())
    return sum(sign > "\x7f" for sign in signs) > _MOST_HIGH * len(signs)


def _no_encoding() -> Problem:
    return file_problem(
        text("Its characters can't be read: it is neither text in UTF-8, UTF-16, Shift JIS, EUC-JP or Windows-1252, nor XLSX."),
        text("If it is a text file, save it as UTF-8; else export the table as CSV or XLSX."),
    )


def without_control_characters(content: str) -> tuple[str, int]:
    """`content` without the characters that have no place in a cell, and how many they were."""
    return _CONTROL.subn("", content)


def _decoded(data: bytes, encoding: str, complete: bool) -> Decoded:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    content = decoder.decode(data, final=complete)
    return Decoded(content, encoding, _unreadable_places(content))


def _utf16_without_mark(data: bytes) -> str | None:
    """The byte order of UTF-16 text that carries no mark: digits and delimiters leave a zero in every second byte."""
    head = data[:4_000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    share = 0.05 * len(head) / 2
    if len(head) >= 8 and max(even, odd) > share and min(even, odd) <= 0.1 * max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _binary_places(data: bytes) -> tuple[Problem, ...]:
    """What makes the file no text: zero bytes anywhere, or many control characters."""
    zero = data.find(b"\0")
    control = len(data) - len(data.translate(None, _CONTROL_BYTES))
    most = min(20 + len(data) // 1_000, max(3, len(data) // 20))
    if zero < 0 and control <= most:
        return ()
    place = zero if zero >= 0 else next(i for i, byte in enumerate(data) if byte in _CONTROL_BYTES)
    row = data.count(b"\n", 0, place) + 1
    if row == 1:
        return (
            file_problem(
                text("It is not a table: it holds binary data."),
                text("Give a CSV, TSV, XLSX or Parquet file."),
            ),
        )
    return (_binary_from(row),)


def binary_place(path: Path) -> Problem | None:
    """Where a file of any size stops being text; None where it holds no zero byte."""
    row = 1
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            place = chunk.find(b"\0")
            if place >= 0:
                return _binary_from(row + chunk.count(b"\n", 0, place))
            row += chunk.count(b"\n")
    return None


def _binary_from(row: int) -> Problem:
    return Problem(
        message=text("From row {row} on the file holds binary data, not text.", row=row),
        remedy=text("The file was damaged on its way. Export it again."),
        row=row,
    )


def _unreadable_places(content: str) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    for row, line in enumerate(content.split("\n"), start=1):
        if "\ufffd" in line and len(problems) < MAX_PROBLEMS:
            problems.append(
                Problem(
                    message=text("Row {row} holds characters that can't be read.", row=row),
                    remedy=text("Save the file as UTF-8 and import it again."),
                    row=row,
                    value=line.strip()[:80],
                )
            )
    return tuple(problems)


def _legacy_encoding(data: bytes) -> str:
    sample = data[:_SAMPLE_BYTES]
    runs = [len(run) for run in _HIGH_RUNS.findall(sample)]
    if runs and sum(length == 1 for length in runs) > 0.6 * len(runs):
        return _western(data)
    candidates = []
    for encoding in ("cp932", "euc_jp"):
        content = sample.decode(encoding, errors="replace")
        good = len(_JAPANESE.findall(content))
        bad = len(_UNLIKELY_JAPANESE.findall(content)) + 20 * content.count("\ufffd")
        candidates.append((good - 2 * bad, encoding))
    score, encoding = max(candidates)
    return encoding if score > 0 else _western(data)


def _western(data: bytes) -> str:
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"
