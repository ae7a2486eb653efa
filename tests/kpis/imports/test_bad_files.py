from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cs_planning.errors import ImportProblems
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.files import table as limits
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.files.table import Table, combine
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise

GOOD = "month,csat\n2024-01,80\n2024-02,81\n2024-03,82\n"


def refused(data: bytes, name: str = "file.csv") -> str:
    with pytest.raises(ImportProblems) as caught:
        read_table(name, data)
    assert caught.value.problems
    assert all(str(problem.remedy) for problem in caught.value.problems)
    return str(caught.value)


def workbook(rows: list[list[object]], percent: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if percent:
        for cell in sheet["B"][1:]:
            cell.number_format = "0.0%"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def archive(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("data", [b"", b"\n\n \n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert "empty" in refused(data)


def test_a_header_without_rows_is_refused() -> None:
    assert "no rows" in refused(b"month,csat\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp"])
def test_japanese_headers_survive_every_encoding(encoding: str) -> None:
    table = read_table("kpi.csv", "年月,顧客満足度（％）,備考\n2024年1月,80,良い\n2024年2月,81,普通\n".encode(encoding))
    assert table.columns == ("年月", "顧客満足度（％）", "備考")


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp1252"])
def test_western_text_is_not_taken_for_japanese(encoding: str) -> None:
    table = read_table("kpi.csv", "mois,satisfaction à chaud\njanvier 2024,élevée\nmars 2024,très élevée\n".encode(encoding))
    assert table.columns == ("mois", "satisfaction à chaud")
    assert table.frame.iloc[1, 1] == "très élevée"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_is_found(delimiter: str) -> None:
    table = read_table("kpi.txt", GOOD.replace(",", delimiter).encode())
    assert (table.delimiter, table.columns) == (delimiter, ("month", "csat"))


def test_noise_is_refused() -> None:
    noise = np.random.default_rng(0).integers(0, 256, 10 * 1024**2, dtype=np.uint8).tobytes()
    assert "binary" in refused(noise)


@pytest.mark.parametrize(
    ("beginning", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture (png)"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture (jpeg)"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a pdf document"),
    ],
)
def test_a_picture_or_a_document_that_is_named_csv_is_told_what_it_is(beginning: bytes, said: str) -> None:
    assert said in refused(beginning + bytes(range(256)) * 40).lower()


def test_text_that_turns_binary_half_way_is_refused_with_its_row() -> None:
    assert "row 5" in refused(GOOD.encode() + bytes(range(256)) * 4).lower()


def test_a_broken_workbook_is_refused() -> None:
    assert "damaged" in refused(workbook([["month", "csat"], ["2024-01", 80]])[:-900], "kpi.xlsx")
    assert "damaged" in refused(b"PK\x03\x04 nothing", "kpi.xlsx")


def test_a_workbook_with_a_password_is_refused() -> None:
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    assert "password" in refused(container, "kpi.xlsx")
    assert "XLS" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "kpi.xls")


def test_a_workbook_keeps_dates_numbers_and_percentages() -> None:
    data = workbook([["month", "csat", "backlog"], [date(2024, 1, 1), 0.805, 12], [date(2024, 2, 1), 0.81, 13.5]], percent=True)
    table = read_table("kpi.xlsx", data)
    assert table.frame["csat"].tolist() == ["80.5%", "81%"]
    imported = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=date(2025, 1, 1))
    assert imported.points is not None
    assert imported.points.loc[imported.points["series"] == "csat", "value"].tolist() == [80.5, 81]


def test_the_sheet_can_be_chosen() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Notes"])
    book.create_sheet("KPIs").append(["month", "csat"])
    book["KPIs"].append(["2024-01", 80])
    stream = io.BytesIO()
    book.save(stream)
    assert read_table("x.xlsx", stream.getvalue()).sheet == "KPIs"
    with pytest.raises(ImportProblems, match="no sheet"):
        read_table("x.xlsx", stream.getvalue(), sheet="Nope")


def test_parquet_is_read_like_the_csv_of_the_same_table() -> None:
    frame = pd.DataFrame({"month": pd.to_datetime(["2024-01-01", "2024-02-01"]), "csat": [80.5, 81.0], "n": [10, 20]})
    stream = io.BytesIO()
    frame.to_parquet(stream)
    table = read_table("x.parquet", stream.getvalue())
    assert table.frame["csat"].tolist() == ["80.5", "81"]
    assert convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=date(2025, 1, 1)).accepted_rows == 2
    assert "damaged" in refused(stream.getvalue()[:-50], "x.parquet")


def test_compressed_files_and_archives_are_read() -> None:
    other = b"month,csat\n2024-04,83\n"
    assert len(read_table("kpi.csv.gz", gzip.compress(GOOD.encode()))) == 3
    assert len(read_table("kpi.zip", archive({"a.csv": GOOD.encode(), "b/c.csv": other, "__MACOSX/._a": b"x"}))) == 4
    assert "damaged" in refused(gzip.compress(GOOD.encode())[:-12], "kpi.csv.gz")


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/passwd", "a/../../evil.csv", "C:\\evil.csv", "..\\evil.csv"])
def test_an_archive_that_points_outside_is_refused(name: str) -> None:
    assert "outside" in refused(archive({name: GOOD.encode()}), "kpi.zip")


@pytest.mark.slow
def test_bombs_are_refused_before_they_grow() -> None:
    zeros = b"0," * (40 * 1024**2)
    assert "MB when unpacked" in refused(archive({"a.csv": zeros}), "kpi.zip")
    assert "MB when unpacked" in refused(gzip.compress(zeros), "kpi.csv.gz")
    assert "MB when unpacked" in refused(archive({"xl/workbook.xml": zeros}), "kpi.xlsx")


def test_files_with_other_columns_are_not_put_together() -> None:
    with pytest.raises(ImportProblems, match="differ"):
        combine([read_table("a.csv", GOOD.encode()), read_table("b.csv", b"month,nps\n2024-01,3\n")])


def test_too_many_columns_and_too_long_cells_are_refused() -> None:
    assert "5,000 columns" in refused(",".join(f"c{n}" for n in range(5_000)).encode() + b"\n" + b"1," * 4_999 + b"1\n")
    message = refused(b"month,csat\n2024-01," + b"x" * 1024**2 + b"\n2024-02,80\n")
    assert "row 2" in message


def test_a_file_beyond_the_limit_points_to_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cs_planning.kpis.files.reading.MAX_FILE_BYTES", 10)
    assert "command line" in refused(GOOD.encode())
    assert limits.MAX_FILE_BYTES >= 200 * 1024**2


def test_records_that_do_not_fit_the_header_are_named() -> None:
    table = read_table("x.csv", b"month,csat\n2024-01,80\n2024-02,81,oops\n2024-03\n2024-04,82\n")
    assert [problem.row for problem in table.broken] == [3, 4]
    with pytest.raises(ImportProblems, match="2 problems"):
        convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=date(2025, 1, 1))


def test_cells_of_several_lines_and_quotes_are_one_cell() -> None:
    table = read_table("x.csv", b'id,created at,subject\n1,2024-01-01 10:00,"a\nb ""c"", d"\n2,2024-01-02 10:00,e\n')
    assert table.frame["subject"].tolist() == ['a\nb "c", d', "e"]
    assert table.rows.tolist() == [2, 3]


def test_control_characters_are_taken_out_and_counted() -> None:
    table = read_table("x.csv", b"month,note\n2024-01,a\x07b\n2024-02,c\n")
    assert table.frame["note"].tolist() == ["ab", "c"]
    assert table.control_characters == 1


@pytest.mark.parametrize("seed", range(60))
def test_damaged_files_never_crash_the_reader_and_never_lose_rows(seed: int) -> None:
    rng = np.random.default_rng(seed)
    body = "".join(f"{n},2024-01-{n % 28 + 1:02d} 10:00,2024-02-{n % 28 + 1:02d} 11:00,mail\n" for n in range(1, 60))
    data = bytearray(("ticket id,created at,solved at,channel\n" + body).encode())
    for _ in range(int(rng.integers(1, 12))):
        place = int(rng.integers(0, len(data)))
        match int(rng.integers(0, 4)):
            case 0:
                data[place] = int(rng.integers(0, 256))
            case 1:
                del data[place : place + int(rng.integers(1, 30))]
            case 2:
                data[place:place] = bytes(rng.choice(list(b'",;\n\r\t=')) for _ in range(3))
            case _:
                data[place:place] = bytes(rng.integers(0, 256, 4, dtype=np.uint8))
    try:
        table: Table = read_table("fuzz.csv", bytes(data))
        imported = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=date(2025, 1, 1))
    except ImportProblems:
        return
    assert imported.accepted_rows + imported.rejected_rows == imported.rows_read == len(table) + len(table.broken)


def test_a_parquet_file_with_bytes_that_are_no_utf8_is_read_with_marks_in_their_place() -> None:
    places = pa.array([0, 4, 8, 12], pa.int32()).buffers()[1]
    words = pa.Array.from_buffers(pa.string(), 3, [None, places, pa.py_buffer(b"ab\xff\xfeabcdefgh")])
    stream = io.BytesIO()
    pq.write_table(pa.table({"team": words, "month": ["2024-01", "2024-02", "2024-03"], "csat": [80, 81, 82]}), stream)
    table = read_table("kpis.parquet", stream.getvalue())
    assert table.frame["team"].tolist() == ["ab\ufffd\ufffd", "abcd", "efgh"]
