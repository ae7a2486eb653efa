from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from cs_planning.errors import ImportProblems, StorageUnavailable
from cs_planning.goals.plan.action_table import write_table
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.contacts.columns import typed_contacts
from cs_planning.kpis.contacts.conversion import from_file
from cs_planning.kpis.contacts.conversion.from_file import read_contacts
from cs_planning.kpis.contacts.log.kept_files import discard
from cs_planning.kpis.contacts.log.manifest import Manifest, merge_contacts
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.contacts.watched import run_watched
from cs_planning.kpis.files.reading import read_sample, read_table
from cs_planning.kpis.files.safe_cells import csv_bytes, safe_cell, told_cell, write_csv
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise
from cs_planning.kpis.imports.sheets import kpis_from_files
from tests.fixtures.make import FOLDER

TODAY = date(2026, 1, 1)


def contacts(first: int, last: int, status: str = "open") -> pd.DataFrame:
    numbers = range(first, last)
    created = pd.Timestamp("2025-01-01") + pd.to_timedelta(np.arange(first, last), unit="D")
    return typed_contacts(
        pd.DataFrame({"contact_id": [f"T{n}" for n in numbers], "kind": "ticket", "created_at": created, "status": status})
    )


def everything(folder: Path, manifest: Manifest) -> pd.DataFrame:
    return pd.concat([pd.read_parquet(path) for path in manifest.paths(folder)]).sort_values("contact_id", ignore_index=True)


def test_importing_the_same_contacts_again_changes_nothing(tmp_path: Path) -> None:
    first = merge_contacts(tmp_path, Manifest(), contacts(0, 90))
    assert merge_contacts(tmp_path, first, contacts(0, 90)) == first
    assert first.rows == 90


def test_a_newer_overlapping_export_updates_only_the_months_that_it_touches(tmp_path: Path) -> None:
    first = merge_contacts(tmp_path, Manifest(), contacts(0, 90))
    second = merge_contacts(tmp_path, first, contacts(70, 100, "solved"))
    assert second.rows == 100
    assert second.parts[:2] == first.parts[:2]
    statuses = everything(tmp_path, second).set_index("contact_id")["status"]
    assert statuses["T69"] == "open"
    assert statuses["T70"] == "solved"


def test_a_crash_before_the_manifest_is_stored_loses_nothing(tmp_path: Path) -> None:
    first = merge_contacts(tmp_path, Manifest(), contacts(0, 90))
    second = merge_contacts(tmp_path, first, contacts(0, 90, "solved"))
    assert everything(tmp_path, first)["status"].eq("open").all()
    assert discard(tmp_path, second, first) == 3
    assert everything(tmp_path, first).shape[0] == 90


def test_a_contact_whose_month_changes_is_not_kept_twice(tmp_path: Path) -> None:
    first = merge_contacts(tmp_path, Manifest(), contacts(0, 60))
    moved = contacts(0, 1).assign(created_at=pd.Timestamp("2025-02-15"))
    second = merge_contacts(tmp_path, first, moved)
    assert second.rows == 60
    assert everything(tmp_path, second)["contact_id"].is_unique


def test_a_full_disk_leaves_the_log_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = merge_contacts(tmp_path, Manifest(), contacts(0, 90))
    before = sorted(path.name for path in tmp_path.iterdir())
    written = 0

    def full(month: str) -> str:
        nonlocal written
        written += 1
        if written > 1:
            raise OSError(28, "No space left on device")
        return f"contacts-{month}-x.parquet"

    monkeypatch.setattr("cs_planning.kpis.contacts.log.manifest.new_name", full)
    with pytest.raises(StorageUnavailable):
        merge_contacts(tmp_path, first, contacts(0, 90, "solved"))
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.fixture
def as_if_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cs_planning.kpis.files.reading.SAMPLE_BYTES", 20_000)


@pytest.mark.slow
@pytest.mark.usefixtures("as_if_large")
def test_a_large_file_gives_the_same_kpis_as_a_small_one(tmp_path: Path) -> None:
    path = FOLDER / "ticket-log.csv"
    sample = read_sample(path)
    assert not sample.complete
    log = read_contacts(path, sample, recognise(sample).mapping, tmp_path, today=TODAY)
    table = read_table(path.name, path.read_bytes())
    small = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY)
    assert small.contacts is not None
    assert (log.rows_read, log.accepted_rows, log.rejected_rows) == (1_200, 1_200, 0)
    for by in ([], ["channel"]):
        pd.testing.assert_frame_equal(
            contact_kpis(log.paths, CALENDAR_YEAR.rhythm(Frequency.MONTH), by),
            contact_kpis(small.contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH), by),
        )


@pytest.mark.slow
@pytest.mark.usefixtures("as_if_large")
def test_several_large_files_and_a_small_one_give_the_kpis_of_all_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header, *rows = (FOLDER / "ticket-log.csv").read_text().splitlines()
    halves = {"first.csv": rows[:650], "second.csv": rows[600:1_190], "rest.csv": rows[1_180:]}
    for name, lines in halves.items():
        (tmp_path / name).write_text("\n".join([header, *lines]) + "\n")
    paths = [tmp_path / name for name in halves]
    in_memory, _ = kpis_from_files(paths, Frequency.MONTH, ["channel", "team"], calendar=CALENDAR_YEAR, today=TODAY)
    for module in ("imports.files", "contacts.conversion.from_file"):
        monkeypatch.setattr(f"cs_planning.kpis.{module}.LARGE_BYTES", 20_000)
    monkeypatch.setattr("cs_planning.kpis.imports.files.read_table", only_small)
    frame, summary = kpis_from_files(paths, Frequency.MONTH, ["channel", "team"], calendar=CALENDAR_YEAR, today=TODAY)
    order = ["series", "period"]
    pd.testing.assert_frame_equal(frame.sort_values(order, ignore_index=True), in_memory.sort_values(order, ignore_index=True))
    assert [file.rows_accepted for file in summary.files] == [650, 590, 20]
    assert [(one.rule, one.count) for one in summary.files[-1].findings if one.rule == "duplicate_ids"] == [
        ("duplicate_ids", 60)
    ]


def only_small(name: str, data: bytes) -> Table:
    assert name == "rest.csv", "a large file was read into memory"
    return read_table(name, data)


@pytest.mark.usefixtures("as_if_large")
def test_a_large_file_with_bad_rows_accounts_for_every_one(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Ticket ID", "Created at", "Solved at", "Subject"])
        for n in range(3_000):
            created = "yesterday" if n % 100 == 50 else f"2025-{n % 12 + 1:02d}-03 10:00:00"
            row = [
                n if n != 2_999 else 2_987,
                created,
                f"2025-{n % 12 + 1:02d}-04 10:00:00",
                'a "quoted", subject\nof two lines',
            ]
            writer.writerow([*row, "surplus"] if n % 500 == 499 else row)
    sample = read_sample(path)
    log = read_contacts(path, sample, recognise(sample).mapping, tmp_path / "log", today=TODAY)
    assert log.rows_read == 3_000
    assert log.accepted_rows + log.rejected_rows == 3_000
    assert log.accepted_rows == log.manifest.rows
    assert "yesterday" in log.rejected["value"].tolist()
    assert {path.suffix for path in (tmp_path / "log").iterdir()} == {".parquet"}


@pytest.mark.usefixtures("as_if_large")
def test_a_large_file_of_the_wrong_kind_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    good = "".join(f"{n},2025-01-03 10:00:00,2025-01-04 10:00:00\n" for n in range(1_000))
    path.write_text("Ticket ID,Created at,Solved at\n" + good + "".join(f"{n},no,no\n" for n in range(1_000, 4_000)))
    sample = read_sample(path)
    with pytest.raises(ImportProblems):
        read_contacts(path, sample, recognise(sample).mapping, tmp_path / "log", today=TODAY)
    assert list((tmp_path / "log").iterdir()) == []
    assert from_file.LARGE_BYTES > 0


@pytest.mark.usefixtures("as_if_large")
def test_words_that_only_later_rows_of_a_large_file_hold_are_understood_or_named(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    answers = ["good"] * 2_000 + ["bad"] * 500 + ["purple"] * 5
    rows = (f"{n},2025-01-03 10:00:00,2025-01-04 10:00:00,{answer}\n" for n, answer in enumerate(answers))
    path.write_text("Ticket ID,Created at,Solved at,Satisfaction\n" + "".join(rows))
    sample = read_sample(path)
    assert set(sample.frame["Satisfaction"]) == {"good"}
    log = read_contacts(path, sample, recognise(sample).mapping, tmp_path / "log", today=TODAY)
    satisfied = contact_kpis(log.paths, CALENDAR_YEAR.rhythm(Frequency.MONTH)).set_index("series").loc["csat"]
    assert (satisfied["value"], satisfied["sample_size"]) == (80.0, 2_500)
    assert [one.sample_values for one in log.findings if one.rule == "unknown_answers"] == [("purple",)]


@pytest.mark.usefixtures("as_if_large")
def test_a_large_file_that_turns_binary_says_where_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    good = "".join(f"{n},2025-01-03 10:00:00,2025-01-04 10:00:00\n" for n in range(9_000))
    path.write_bytes(b"Ticket ID,Created at,Solved at\n" + good.encode() + bytes(range(256)) * 4_000)
    sample = read_sample(path)
    with pytest.raises(ImportProblems, match="From row 9,002 on the file holds binary data"):
        read_contacts(path, sample, recognise(sample).mapping, tmp_path / "log", today=TODAY)
    assert list((tmp_path / "log").iterdir()) == []


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1"])
def test_formulas_are_disarmed(cell: str) -> None:
    assert safe_cell(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-5.5", "plain", "", "a=b", "+3"])
def test_numbers_and_words_stay_as_they_are(cell: str) -> None:
    assert safe_cell(cell) == cell


def test_written_csv_holds_no_formula_and_keeps_dates_and_numbers(tmp_path: Path) -> None:
    frame = pd.DataFrame({"=x": ["=1+1", "ok"], "n": [-1.5, 2], "day": pd.to_datetime(["2025-01-01", "2025-02-01"])})
    assert b"\n'=1+1" in csv_bytes(frame)
    write_csv(frame, tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text().splitlines() == ["'=x,n,day", "'=1+1,-1.5,2025-01-01", "ok,2.0,2025-02-01"]


@pytest.mark.parametrize("cell", ["ok\r=1+1", "ok\r\n=1+1", "\r=1+1"])
def test_a_carriage_return_begins_no_row_in_the_middle_of_a_cell(tmp_path: Path, cell: str) -> None:
    frame = pd.DataFrame({"said": [cell, "plain"], "n": [1, 2]})
    write_csv(frame, tmp_path / "x.csv")
    for content in ((tmp_path / "x.csv").read_bytes(), csv_bytes(frame), write_table(frame, "csv")):
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=None)))
        assert [row[1] for row in rows] == ["n", "1", "2"]
        assert told_cell(rows[1][0]) == cell.replace("\r\n", "\n").replace("\r", "\n")


def written(path: Path, header: list[str], rows: list[list[object]]) -> Path:
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return path


@pytest.mark.usefixtures("as_if_large")
@pytest.mark.parametrize("by_month", [True, False])
def test_of_a_repeated_contact_the_last_state_counts_and_the_others_are_listed(tmp_path: Path, by_month: bool) -> None:
    rows: list[list[object]] = [[n, f"2025-{n % 12 + 1:02d}-03 10:00:00", "", "mail"] for n in range(2_000)]
    rows += [
        [n, f"2025-{n % 12 + 1:02d}-03 10:00:00", f"2025-{n % 12 + 1:02d}-05 10:00:00", "mail"] for n in range(0, 2_000, 100)
    ]
    path = written(tmp_path / "log.csv", ["Ticket ID", "Created at", "Solved at", "channel"], rows)
    sample = read_sample(path)
    log = read_contacts(path, sample, recognise(sample).mapping, tmp_path / "log", today=TODAY, by_month=by_month)
    assert (log.rows_read, log.accepted_rows, log.rejected_rows) == (2_020, 2_000, 20)
    assert log.rejected["row"].tolist() == [n + 2 for n in range(0, 2_000, 100)]
    assert all("counts" in str(reason) for reason in log.rejected["reason"])
    kept = pd.concat([pd.read_parquet(part) for part in log.paths])
    assert kept["contact_id"].is_unique
    assert kept["solved_at"].notna().sum() == 20


@pytest.mark.usefixtures("as_if_large")
def test_equal_records_without_ids_are_contacts_of_their_own_as_in_a_small_file(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [f"2025-{n % 3 + 1:02d}-03 10:00:00", f"2025-{n % 3 + 1:02d}-04 10:00:00", "mail"] for n in range(999)
    ]
    path = written(tmp_path / "log.csv", ["Created at", "Solved at", "channel"], rows)
    sample = read_sample(path)
    log = read_contacts(path, sample, recognise(sample).mapping, tmp_path / "log", today=TODAY)
    table = read_table(path.name, path.read_bytes())
    small = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY)
    assert log.accepted_rows == small.accepted_rows == 999
    assert pd.concat([pd.read_parquet(part) for part in log.paths])["contact_id"].is_unique


@pytest.mark.usefixtures("as_if_large")
def test_a_rejected_row_shows_the_cell_of_the_file_whatever_its_columns_are_called(tmp_path: Path) -> None:
    rows: list[list[object]] = [[n, "2025-01-03 10:00:00" if n % 50 else "soon", "", "mail"] for n in range(1_000)]
    path = written(tmp_path / "log.csv", ["contact_id", "created_at", "solved_at", "channel"], rows)
    sample = read_sample(path)
    log = read_contacts(path, sample, recognise(sample).mapping, tmp_path / "log", today=TODAY)
    assert log.rejected["value"].eq("soon").all()
    assert len(log.rejected) == 20


def test_a_long_statement_says_how_far_it_is_and_can_be_stopped() -> None:
    shares: list[float] = []
    with duckdb.connect() as connection:
        run_watched(connection, "CREATE TABLE made AS SELECT sum(range) AS total FROM range(1000)", shares.append)
        assert connection.execute("SELECT total FROM made").fetchall() == [(499_500,)]
        with pytest.raises(duckdb.Error):
            run_watched(connection, "SELECT * FROM nowhere", lambda _share: None)
        with pytest.raises(KeyboardInterrupt):
            run_watched(connection, "CREATE TABLE long AS SELECT count(*) FROM range(100000000000)", interrupted)
    assert shares == sorted(shares)
    assert shares[0] >= 0
    assert 1.0 in shares


def interrupted(_share: float) -> None:
    raise KeyboardInterrupt
