"""What is no table is told what it is, whatever its name ends with, and never that it has a header and no rows."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from benchmarks.mutations import CONTENTS, WRITERS
from cs_planning.errors import ImportProblems
from cs_planning.kpis.files.reading import SAMPLE_BYTES, read_sample, read_table


def _archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "<w/>")
    return stream.getvalue()


_BOOK = WRITERS["xlsx"](CONTENTS["tickets"])
_CHANCE = random.Random(1)
FILES = {
    "a PDF": (b"\n%PDF-1.7\n1 0 obj\n<< >>\nendobj\n", "PDF"),
    "a picture": (b"RIFF\x10\0\0\0WEBPVP8 1234", "picture"),
    "a web page": (b"\xef\xbb\xbf <!DOCTYPE html>\n<html><body>Sign in</body></html>", "web page"),
    "a table of a web page": (b"<table>\n<tr><td>Date</td><td>Calls</td></tr>\n</table>", "web page"),
    "JSON": (b'[\n  {"id": 1, "created_at": "2026-03-01"}\n]', "JSON"),
    "XML": (b'<?xml version="1.0"?>\n<Workbook>\n<Row/>\n</Workbook>', "XML"),
    "a text document": (b"{\\rtf1\\ansi Tickets of March\\par}", "RTF"),
    "an archive of another kind": (b"7z\xbc\xaf\x27\x1c" + b"abcd" * 50, "7-Zip"),
    "a letter": (_archive("[Content_Types].xml", "word/document.xml"), "Word"),
    "slides": (_archive("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint"),
    "a workbook of another program": (_archive("mimetype", "content.xml"), "OpenDocument"),
    "a binary workbook": (_archive("[Content_Types].xml", "xl/workbook.bin"), "XLSB"),
    "half a workbook": (_BOOK[: len(_BOOK) // 2], "cut off"),
    "a workbook without its end": (_BOOK[:-200], "cut off"),
    "half an archive": (_archive("a.csv", "b.csv")[:50], "cut off"),
    "bytes without a meaning": (bytes(_CHANCE.randrange(128, 256) for _ in range(3000)), "can't be read"),
    "an encoding of a mainframe": (CONTENTS["tickets"].encode("cp037"), "can't be read"),
    "a few bytes": (bytes(_CHANCE.randrange(1, 32) for _ in range(40)), "binary"),
}


@pytest.mark.parametrize("name", ["export.csv", "export.xlsx"])
@pytest.mark.parametrize("what", FILES)
def test_what_is_no_table_is_told_what_it_is(what: str, name: str, tmp_path: Path) -> None:
    data, said = FILES[what]
    with pytest.raises(ImportProblems) as refused:
        read_table(name, data)
    assert said in str(refused.value.message)
    assert str(refused.value.hint)
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ImportProblems) as sampled:
        read_sample(path)
    assert str(sampled.value.message) == str(refused.value.message)


def test_a_large_file_that_is_no_table_is_told_the_same_by_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"<html>\n" + b"<p>1, 2</p>\n" * (SAMPLE_BYTES // 10))
    with pytest.raises(ImportProblems, match="web page"):
        read_sample(path)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32"])
def test_text_in_wide_characters_is_read_with_and_without_its_mark(encoding: str) -> None:
    table = read_table("file.csv", "受付番号,受付日\nR1,三月\nR2,四月\n".encode(encoding))
    assert (table.columns, len(table), table.control_characters) == (("受付番号", "受付日"), 2, 0)


@pytest.mark.parametrize("content", ["<DATE>;<OFFERED>\n2026-03-01;5\n", "[Date],[Calls]\n2026-03-01,5\n", "Größe;Köln\nä;ö\n"])
def test_headers_in_brackets_and_letters_with_marks_make_no_other_file_of_a_table(content: str) -> None:
    assert len(read_table("file.csv", content.encode("cp1252"))) == 1
