"""The first thing to know of kept data is how old they are."""

from datetime import UTC, date, datetime

import pytest

from cs_planning.forecasting.answers.belief import freshness_since
from cs_planning.kpis.frequency import MONTHS
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
