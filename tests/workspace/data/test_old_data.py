"""The first thing to know of kept data is how old they are."""

from datetime import UTC, date, datetime

import pytest

from cs_planning.kpis.frequency import MONTHS
from cs_planning.kpis.freshness import freshness_since
from cs_planning.workspace import Home, Save, Workspace

KPIS = "Month,CSAT (%),CSAT answers\n" + "".join(f"2025-{month:02d},{80 + month % 5},{100 + month}\n" for month in range(1, 13))


@pytest.fixture
def workspace(tmp_path):
    opened = Workspace.open(Home.at(tmp_path))
    opened.data.import_file("kpis.csv", KPIS.encode(), save=Save("t", "import", datetime(2026, 1, 5, tzinfo=UTC)))
    yield opened
    opened.close()


def test_fresh_data_are_no_finding(workspace):
    assert not [one for one in workspace.data.stored_findings(date(2026, 3, 10)) if one.rule == "old_data"]


def test_old_data_are_the_first_finding_with_their_end_and_what_it_means(workspace):
    first = workspace.data.stored_findings(date(2026, 3, 11))[0]
    assert first.rule == "old_data"
    assert str(first.message) == "The data of kpis.csv end on Dec 31, 2025, 70 days ago."
    assert "Mar 10, 2026" in str(first.consequence), "two whole months without a value and ten days for the second to arrive"


def test_the_finding_begins_on_the_day_on_which_numbers_end(workspace):
    end = freshness_since(date(2025, 12, 1), MONTHS, date(2026, 3, 10)).said_until
    assert end == date(2026, 3, 10)


def test_newer_data_of_the_same_kind_take_it_away(workspace):
    newer = KPIS.replace("2025-", "2026-")
    workspace.data.import_file("kpis.csv", newer.encode(), save=Save("t", "newer", datetime(2027, 1, 5, tzinfo=UTC)))
    assert not [one for one in workspace.data.stored_findings(date(2027, 1, 20)) if one.rule == "old_data"]


TICKETS = "Ticket ID,Created at,Solved at\n" + "".join(
    f"T-{day},2025-{1 + day // 28:02d}-{1 + day % 28:02d} 09:00,2025-{1 + day // 28:02d}-{1 + day % 28:02d} 11:00\n"
    for day in range(28 * 12)
)


def told(workspace, name, content, today):
    table = workspace.data.read(name, content.encode())
    read = workspace.data.convert(table, workspace.data.recognise(table).mapping, today)
    return [str(one.message) for one in read.findings if one.rule == "old_data"]


@pytest.fixture
def empty(tmp_path):
    opened = Workspace.open(Home.at(tmp_path / "empty"))
    yield opened
    opened.close()


def test_a_file_of_old_values_says_so_before_it_is_kept(empty):
    assert told(empty, "kpis.csv", KPIS, date(2026, 3, 10)) == []
    assert told(empty, "kpis.csv", KPIS, date(2026, 3, 11)) == ["The data end on Dec 31, 2025, 70 days ago."]


def test_so_does_a_log_of_contacts_with_its_last_day(empty):
    assert told(empty, "tickets.csv", TICKETS, date(2026, 3, 10)) == []
    assert told(empty, "tickets.csv", TICKETS, date(2026, 3, 11)) == ["The data end on Dec 28, 2025, 73 days ago."]


def test_a_large_log_says_the_same(empty, tmp_path, monkeypatch):
    monkeypatch.setattr("cs_planning.workspace.data.kpi_data.LARGE_BYTES", 1000)
    monkeypatch.setattr("cs_planning.kpis.contacts.conversion.from_file.LARGE_BYTES", 1000)
    monkeypatch.setattr("cs_planning.kpis.files.reading.SAMPLE_BYTES", 2000)
    path = tmp_path / "tickets.csv"
    path.write_text(TICKETS)
    report = empty.data.import_path(path, save=Save("t", "old", datetime(2026, 3, 11, tzinfo=UTC)))
    assert [str(one.message) for one in report.imported.findings if one.rule == "old_data"] == [
        "The data end on Dec 28, 2025, 73 days ago."
    ]


def test_older_values_of_what_goes_on_are_filled_in_without_a_word(workspace):
    newer = KPIS.replace("2025-", "2027-")
    workspace.data.import_file("kpis.csv", newer.encode(), save=Save("t", "newer", datetime(2028, 1, 5, tzinfo=UTC)))
    assert told(workspace, "kpis.csv", KPIS.replace("2025-", "2024-"), date(2028, 1, 20)) == []
