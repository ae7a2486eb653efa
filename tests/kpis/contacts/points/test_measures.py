"""Shares that people ask for most, computed from the contacts themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS, typed_contacts
from cs_planning.kpis.contacts.conversion import from_file
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise
from cs_planning.kpis.imports.sheets import kpis_from_files
from tests.kpis.exports import as_csv

TODAY = date(2026, 1, 1)
YEAR = CALENDAR_YEAR.rhythm(Frequency.YEAR)


def kpis(
    header: list[str], rows: Sequence[Sequence[object]], by: tuple[str, ...] = ()
) -> tuple[dict[str, float], dict[str, float]]:
    """The values and the sample sizes of a file's KPIs in a year."""
    table = read_table("t.csv", as_csv(header, rows))
    contacts = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY).contacts
    assert contacts is not None
    points = contact_kpis(contacts, YEAR, by).set_index("series")
    return {str(key): value for key, value in points["value"].items()}, {
        str(key): value for key, value in points["sample_size"].items()
    }


TICKETS: list[list[object]] = [
    ["T1", "2025-03-03 09:00", "2025-03-03 09:30", "2025-03-03 12:00", "P1", "Yes", "Met"],
    ["T2", "2025-03-03 10:00", "2025-03-04 10:00", "2025-03-04 10:00", "P1", "No", "Breached"],
    ["T3", "2025-03-04 09:00", "2025-03-04 10:00", "2025-03-07 09:00", "P2", "Yes", "Met"],
    ["T4", "2025-03-05 09:00", "2025-03-05 11:00", "2025-03-05 13:00", "P2", "Yes", "Met"],
    ["T5", "2025-03-06 09:00", "2025-03-06 09:10", "", "P2", "Yes", "Met"],
    ["T6", "2025-03-07 09:00", "", "", "P1", "No", "Breached"],
]
HEADER = ["Ticket ID", "Created at", "First response at", "Solved at", "Priority", "SLA met", "First response SLA"]


def test_shares_of_tickets_equal_those_counted_by_hand() -> None:
    values, sizes = kpis(HEADER, TICKETS)
    # T1…T4 are solved, three of them within 24 hours (T2 in exactly 24); three kept their limit, T5 and T6 are still open.
    assert (values["solved_within_day"], sizes["solved_within_day"]) == (75.0, 4)
    assert (values["resolution_sla"], sizes["resolution_sla"]) == (75.0, 4)
    assert (values["resolution_rate"], sizes["resolution_rate"]) == (pytest.approx(400 / 6), 6)
    assert (values["completion_rate"], sizes["completion_rate"]) == (pytest.approx(500 / 6), 6)
    assert (values["first_response_sla"], sizes["first_response_sla"]) == (pytest.approx(400 / 6), 6)


def test_the_share_within_the_agreed_time_is_there_for_each_priority() -> None:
    values, sizes = kpis(HEADER, TICKETS, ("priority",))
    assert (values["resolution_sla|priority=P1"], sizes["resolution_sla|priority=P1"]) == (50.0, 2)
    assert (values["resolution_sla|priority=P2"], sizes["resolution_sla|priority=P2"]) == (100.0, 2)


def test_a_limit_counts_when_the_contact_was_solved_and_without_such_a_time_when_it_came() -> None:
    rows = [["T1", "2025-01-30 09:00", "2025-02-02 09:00", "No"], ["T2", "2025-01-10 09:00", "2025-01-11 09:00", "Yes"]]
    table = read_table("t.csv", as_csv(["Ticket ID", "Created at", "Solved at", "SLA breached"], rows))
    contacts = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY).contacts
    assert contacts is not None
    month = CALENDAR_YEAR.rhythm(Frequency.MONTH)
    points = contact_kpis(contacts, month).query("series == 'resolution_sla'").set_index("period")["value"]
    assert points.to_dict() == {pd.Timestamp("2025-01-01"): 0.0, pd.Timestamp("2025-02-01"): 100.0}
    unsolved = contact_kpis(contacts.assign(solved_at=pd.Series(pd.NaT, contacts.index)), month).query(
        "series == 'resolution_sla'"
    )
    assert unsolved[["value", "sample_size"]].to_numpy().tolist() == [[50.0, 2.0]]


def test_a_log_with_a_status_and_no_times_of_solution_has_a_share_that_is_solved() -> None:
    rows = [
        [f"T{place}", f"2025-03-{place:02d} 09:00", status] for place, status in enumerate(["Solved"] * 6 + ["Open"] * 2, 1)
    ]
    values, sizes = kpis(["Ticket ID", "Created at", "Status"], rows)
    assert (values["resolution_rate"], sizes["resolution_rate"]) == (75.0, 8)
    assert "solved_volume" not in values


def test_a_log_that_says_nothing_of_solutions_and_replies_has_neither_share() -> None:
    rows = [[f"T{place}", f"2025-03-{place:02d} 09:00", "mail"] for place in range(1, 9)]
    values, _ = kpis(["Ticket ID", "Created at", "Channel"], rows)
    assert not {"resolution_rate", "completion_rate", "solved_within_day", "resolution_sla"} & set(values)


def test_calls_are_answered_by_their_outcome_and_no_solution_is_asked_of_them() -> None:
    calls = pd.DataFrame({"abandoned": [True, False, False, False], "kind": "call"})
    tickets = pd.DataFrame({"answered": [True, False], "kind": "ticket", "solved_at": [pd.Timestamp("2025-03-05"), None]})
    contacts = pd.concat([calls, tickets], ignore_index=True)
    contacts = contacts.assign(contact_id=[str(number) for number in range(6)], created_at=pd.Timestamp("2025-03-04"))
    points = contact_kpis(typed_contacts(contacts), YEAR).set_index("series")
    assert list(points.loc["completion_rate", ["value", "sample_size"]]) == [pytest.approx(400 / 6), 6]
    assert list(points.loc["resolution_rate", ["value", "sample_size"]]) == [50.0, 2]


@pytest.mark.parametrize("answers", [["10", "9", "8", "7", "6.5", "0", "10", "3"], [9, 9.5, 10, 7, 8.9, 6.9, 0, 1]])
def test_promoters_passives_and_detractors_are_all_answers_and_their_difference_the_score(answers: list[object]) -> None:
    rows = [[place, f"2025-03-{place:02d} 09:00", answer] for place, answer in enumerate(answers, 1)]
    values, sizes = kpis(["Response ID", "Submitted at", "NPS"], rows)
    numbers = [float(str(answer)) for answer in answers]
    assert values["promoters"] == 100 * sum(one >= 9 for one in numbers) / 8
    assert values["passives"] == 100 * sum(7 <= one < 9 for one in numbers) / 8
    assert values["promoters"] + values["passives"] + values["detractors"] == pytest.approx(100)
    assert values["promoters"] - values["detractors"] == pytest.approx(values["nps"])
    assert sizes["promoters"] == sizes["nps"] == 8


def test_small_and_large_files_give_the_same_shares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[f"T{number}", *row[1:]] for number, row in enumerate(TICKETS * 40)]
    path = tmp_path / "tickets.csv"
    path.write_bytes(as_csv(HEADER, rows))
    small, _ = kpis_from_files([path], Frequency.MONTH, ["priority"], calendar=CALENDAR_YEAR, today=TODAY)
    monkeypatch.setattr(from_file, "LARGE_BYTES", 0)
    large, _ = kpis_from_files([path], Frequency.MONTH, ["priority"], calendar=CALENDAR_YEAR, today=TODAY)
    order = ["series", "period"]
    pd.testing.assert_frame_equal(
        small.sort_values(order, ignore_index=True), large.sort_values(order, ignore_index=True), check_dtype=False
    )
    assert {"resolution_sla|priority=P1", "solved_within_day", "completion_rate", "resolution_rate"} <= set(large["series"])


def test_contacts_that_were_kept_before_these_columns_were_known_still_give_their_kpis(tmp_path: Path) -> None:
    table = read_table("t.csv", as_csv(HEADER, TICKETS))
    contacts = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY).contacts
    assert contacts is not None
    new = ["answered", "solved", "sla_kept", "first_response_sla_kept", "priority"]
    contacts.drop(columns=new).to_parquet(tmp_path / "old.parquet")
    contacts.assign(contact_id="new " + contacts["contact_id"]).to_parquet(tmp_path / "new.parquet")
    assert set(new) < set(CONTACT_COLUMNS)
    with duckdb.connect() as connection:
        assert connection.execute(f"SELECT count(*) FROM '{tmp_path / 'old.parquet'}'").fetchone() == (6,)
    old = contact_kpis([tmp_path / "old.parquet"], YEAR, ["priority"]).set_index("series")["value"]
    assert old["contact_volume|priority=unknown"] == 6
    assert old["solved_within_day|priority=unknown"] == 75
    both = contact_kpis([tmp_path / "old.parquet", tmp_path / "new.parquet"], YEAR).set_index("series")
    assert list(both.loc["resolution_rate", ["value", "sample_size"]]) == [pytest.approx(800 / 12), 12]
    assert list(both.loc["resolution_sla", ["value", "sample_size"]]) == [75.0, 4]
