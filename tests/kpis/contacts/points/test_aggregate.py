from __future__ import annotations

from datetime import date
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS, typed_contacts
from cs_planning.kpis.contacts.points import engines
from cs_planning.kpis.contacts.points.aggregate import contact_kpis, kpis_of_cuts
from cs_planning.kpis.contacts.points.cuts import Cut
from cs_planning.kpis.contacts.points.engines import open_contacts
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise
from cs_planning.kpis.imports.sheets import kpis_from_files
from tests.fixtures.make import FOLDER
from tests.kpis.contacts.points.queries import kpi_queries
from tests.kpis.exports import as_csv

TODAY = date(2026, 1, 1)


def ticket_log() -> pd.DataFrame:
    table = read_table("ticket-log.csv", (FOLDER / "ticket-log.csv").read_bytes())
    contacts = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY).contacts
    assert contacts is not None
    return contacts


def values(points: pd.DataFrame, series: str) -> pd.Series:
    return points[points["series"] == series].set_index("period")["value"]


def test_monthly_kpis_equal_those_of_plain_pandas() -> None:
    points = contact_kpis(ticket_log(), CALENDAR_YEAR.rhythm(Frequency.MONTH))
    raw = pd.read_csv(FOLDER / "ticket-log.csv", parse_dates=["created", "first_response_at", "solved_at"])
    minutes = (raw["first_response_at"] - raw["created"]).dt.total_seconds() / 60
    hours = (raw["solved_at"] - raw["created"]).dt.total_seconds() / 3600
    created, solved = (raw[name].dt.to_period("M").dt.start_time for name in ("created", "solved_at"))
    expected = {
        "contact_volume": raw.groupby(created).size(),
        "frt_median": minutes.groupby(created).median(),
        "frt_mean": minutes.groupby(created).mean(),
        "frt_p90": minutes.groupby(created).quantile(0.9),
        "resolution_time_median": hours.groupby(solved).median(),
        "resolution_time_p90": hours.groupby(solved).quantile(0.9),
        "reopen_rate": 100 * raw["reopened"].groupby(solved).mean(),
        "csat": 100 * (raw["rating"] >= 4)[raw["rating"].notna()].groupby(created).mean(),
    }
    for series, by_month in expected.items():
        np.testing.assert_allclose(values(points, series), by_month, err_msg=series)


@pytest.mark.slow
def test_sample_sizes_are_what_each_value_rests_on() -> None:
    contacts = ticket_log()
    points = contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.YEAR))
    sizes = points.groupby("series")["sample_size"].sum()
    assert sizes["frt_median"] == contacts["first_response_minutes"].count()
    assert sizes["csat"] == contacts["csat_satisfied"].count()
    assert sizes["reopen_rate"] == contacts["solved_at"].count()


@pytest.mark.slow
@pytest.mark.parametrize("by", ["channel", "team"])
def test_the_parts_of_a_breakdown_add_up_to_the_whole(by: str) -> None:
    contacts = ticket_log()
    whole, parts = (
        contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH)),
        contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH), [by]),
    )
    for series in ("contact_volume", "solved_volume", "backlog"):
        of_parts = parts[parts["series"].str.startswith(f"{series}|{by}=")].groupby("period")["value"].sum()
        np.testing.assert_allclose(of_parts, values(whole, series))


@pytest.mark.slow
def test_the_backlog_is_what_is_open_at_the_end_of_each_period() -> None:
    contacts = ticket_log()
    backlog = values(contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH)), "backlog")
    for period, value in backlog.items():
        end = pd.Timestamp(str(period)) + pd.offsets.MonthBegin(1)
        is_open = (contacts["created_at"] < end) & ~(contacts["solved_at"] < end)
        assert value == is_open.sum()


@pytest.mark.slow
def test_weeks_begin_on_monday_and_quarters_on_their_first_day() -> None:
    contacts = ticket_log()
    assert contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.WEEK))["period"].dt.day_of_week.eq(0).all()
    assert contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.QUARTER))["period"].dt.month.isin([1, 4, 7, 10]).all()


def test_few_contacts_grouped_in_all_ways_at_once_have_the_kpis_that_each_way_gives_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    contacts = ticket_log()
    half = contacts["created_at"].min() + (contacts["created_at"].max() - contacts["created_at"].min()) / 2
    cuts = [
        Cut(rhythm, by, since)
        for rhythm in map(CALENDAR_YEAR.rhythm, (Frequency.WEEK, Frequency.MONTH, Frequency.YEAR))
        for by in ((), ("channel",), ("team", "channel"), ("priority",))
        for since in (None, rhythm.start_of(half.date()))
    ]
    with open_contacts(contacts) as source:
        assert source.are_few
        together = list(kpis_of_cuts(source, cuts))
    monkeypatch.setattr(engines, "_FEW_CONTACTS", 0)
    with open_contacts(contacts) as source:
        assert not source.are_few
        alone = [next(kpis_of_cuts(source, [cut])) for cut in cuts]
    assert len(together) == len(cuts)
    for cut, ours, theirs in zip(cuts, together, alone, strict=True):
        assert len(ours), cut
        pd.testing.assert_frame_equal(ours, theirs, check_exact=False, rtol=1e-12)


def test_periods_without_a_contact_have_a_volume_of_zero() -> None:
    moments = pd.to_datetime(["2025-01-05", "2025-01-06", "2025-04-02"])
    contacts = typed_contacts(pd.DataFrame({"contact_id": ["1", "2", "3"], "kind": "ticket", "created_at": moments}))
    assert values(contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH)), "contact_volume").tolist() == [2, 0, 0, 1]


def test_events_become_one_contact_for_each_case() -> None:
    rows: list[list[object]] = []
    for case in range(1, 8):
        rows += [
            [case, "Create ticket" if case % 2 else "Open", f"2025/01/0{case} 09:00:00.000", "mail"],
            [case, "Take in charge", f"2025/01/0{case} 09:30:00.000", "mail"],
            [case, "Resolved", f"2025/01/0{case} 12:00:00.000", "mail"],
            [case, "Closed", f"2025/01/1{case} 12:00:00.000", "mail"],
        ]
    rows += [[7, "Resolved", "2025/01/07 15:00:00.000", "mail"], [6, "Closed", "never", "mail"]]
    table = read_table("log.csv", as_csv(["Case ID", "Activity", "Complete Timestamp", "Channel"], rows))
    found = recognise(table)
    assert found.kind.value == "events"
    imported = convert(table, found.mapping, calendar=CALENDAR_YEAR, today=TODAY)
    assert (imported.rows_read, imported.accepted_rows, imported.rejected_rows) == (30, 29, 1)
    assert imported.contacts is not None
    contacts = imported.contacts.set_index("contact_id")
    assert contacts["first_response_minutes"].eq(30).all()
    assert contacts.loc["7", "resolution_hours"] == 6
    assert contacts["reopened"].tolist().count(True) == 1
    assert bool(contacts.loc["7", "reopened"])


def test_calls_give_waits_abandonment_and_service_level() -> None:
    rows = []
    for place in range(20):
        entry = pd.Timestamp("2025-03-03 09:00") + pd.Timedelta(minutes=place)
        leave = entry + pd.Timedelta(seconds=10 if place % 2 else 40)
        lost = place % 5 == 0
        end = "" if lost else leave + pd.Timedelta(minutes=3)
        rows.append([place, entry, leave, "" if lost else leave, end, "HANG" if lost else "AGENT"])
    header = ["call id", "queue entry", "queue exit", "service start", "service end", "outcome"]
    table = read_table("calls.csv", as_csv(header, rows))
    found = recognise(table)
    assert found.kind.value == "calls"
    contacts = convert(table, found.mapping, calendar=CALENDAR_YEAR, today=TODAY).contacts
    assert contacts is not None
    points = contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.DAY)).set_index("series")["value"]
    assert points["contact_volume"] == 20
    assert points["handled_volume"] == 16
    assert points["abandonment_rate"] == 20
    assert points["service_level"] == 40
    assert points["asa_mean"] == pytest.approx((8 * 10 + 8 * 40) / 16)
    assert points["aht_mean"] == 3


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "answers", "series", "expected"),
    [
        ("NPS", ["10", "9", "8", "7", "6", "0", "10", "3"], "nps", 0.0),
        ("CSAT", ["5", "4", "3", "2", "1", "5", "", "4"], "csat", 400 / 7),
        ("CSAT", ["😀", "🙂", "😐", "🙁", "😡", "😀", "", "🙂"], "csat", 400 / 7),
        ("満足度", ["満足", "大変満足", "普通", "不満", "大変不満", "やや満足", "", "満足"], "csat", 400 / 7),
        ("Rating", ["Good", "Bad", "Good", "Offered", "", "Good", "Bad", "Good"], "csat", 400 / 6),
        ("CES", ["1", "2", "3", "7", "5", "6", "4", "4"], "ces", 4.0),
        ("Ease", ["7", "6", "5", "1", "3", "2", "4", "4"], "ces", 4.0),
    ],
)
def test_answers_on_every_scale_become_their_kpi(header: str, answers: list[str], series: str, expected: float) -> None:
    rows = [[place, f"2025-03-0{place + 1} 10:00", answer] for place, answer in enumerate(answers)]
    table = read_table("survey.csv", as_csv(["Response ID", "Submitted at", header], rows))
    found = recognise(table)
    assert found.kind.value == "surveys"
    contacts = convert(table, found.mapping, calendar=CALENDAR_YEAR, today=TODAY).contacts
    assert contacts is not None
    points = contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH)).set_index("series")["value"]
    assert points[series] == pytest.approx(expected)
    assert "contact_volume" not in points.index


@pytest.mark.slow
def test_unusable_records_are_rejected_with_their_reason_and_the_rest_is_used() -> None:
    rows = [[n, f"2025-01-{n:02d} 10:00", f"2025-01-{n:02d} 11:00"] for n in range(1, 20)]
    rows += [[20, "soon", ""], [21, "2031-01-01 10:00", ""], ["", "2025-01-20 10:00", ""], [22, "2025-01-22 10:00", "some day"]]
    rows += [[5, "2025-01-05 10:00", "2025-01-05 14:00"], [23, "2025-01-23 10:00", "2025-01-22 10:00"]]
    table = read_table("tickets.csv", as_csv(["Ticket ID", "Created at", "Solved at"], rows))
    imported = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY)
    assert imported.accepted_rows + imported.rejected_rows == imported.rows_read == 25
    assert imported.rejected["row"].tolist() == [21, 22, 23, 6]
    assert imported.contacts is not None
    unreadable = next(finding for finding in imported.findings if finding.rule == "unreadable_cells")
    assert (unreadable.column, unreadable.count) == ("Solved at", 1)
    assert imported.contacts.set_index("contact_id")["solved_at"].isna()["22"]
    assert imported.contacts.set_index("contact_id").loc["5", "resolution_hours"] == 4
    assert "impossible_order" in {finding.rule for finding in imported.findings}


@pytest.mark.slow
def test_files_on_disk_become_one_series_frame_with_a_summary(tmp_path: Path) -> None:
    frame, summary = kpis_from_files(
        [FOLDER / "ticket-log.csv"], Frequency.MONTH, ["channel"], calendar=CALENDAR_YEAR, today=TODAY
    )
    assert list(frame.columns) == ["series", "period", "value", "sample_size"]
    assert {"frt_median", "frt_median|channel=email"} <= set(frame["series"])
    assert summary.files[0].rows_read == summary.files[0].rows_accepted == 1_200
    assert "1,200" in summary.words()
    daily, _ = kpis_from_files([FOLDER / "call-centre-daily.csv"], Frequency.MONTH, calendar=CALENDAR_YEAR, today=TODAY)
    assert {"abandonment_rate", "asa_mean", "service_level", "contact_volume"} <= set(daily["series"])


@pytest.mark.parametrize("frequency", [Frequency.WEEK, Frequency.MONTH])
@pytest.mark.parametrize("engine", ["duckdb", "postgres", "databricks", "trino", "bigquery", "snowflake", "clickhouse"])
def test_the_queries_compile_for_every_documented_engine(engine: str, frequency: Frequency) -> None:
    kinds = {"VARCHAR": "string", "TIMESTAMP": "timestamp", "DOUBLE": "float64", "BOOLEAN": "boolean"}
    contacts = ibis.table({name: kinds[kind] for name, kind in CONTACT_COLUMNS.items()}, name="contacts")
    for query in kpi_queries(contacts, CALENDAR_YEAR.rhythm(frequency), ["channel"], engine=engine):
        assert "GROUP BY" in ibis.to_sql(query, dialect=engine).upper()
