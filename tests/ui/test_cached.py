"""What visitors share of an import follows everything that it rests on."""

from datetime import UTC, date, datetime

import pytest

from cs_planning.kpis.calendar.opening_hours import OpeningHours, read_week
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.imports.recognise import recognise
from cs_planning.language import use_language
from cs_planning.ui import cached
from cs_planning.workspace import Home, Save, Workspace

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
TICKETS = "Ticket ID,Created at,Solved at\n" + "\n".join(
    f"{number},2026-03-{day:02d}T20:00:00Z,2026-03-{day:02d}T22:00:00Z" for number, day in enumerate(range(1, 29), 1)
)
WRONG = TICKETS + "\n99,no day,\n"
QUARTERS = "Quarter,CSAT\n2025-04-01,80\n2025-07-01,81\n2025-10-01,82\n"


def hours(zone: str) -> OpeningHours:
    return OpeningHours(week=read_week("mon-fri 09:00-18:00"), time_zone=zone)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The workspace that the visitor looks at."""
    opened = Workspace.open(Home.at(tmp_path))
    monkeypatch.setattr(cached, "workspace", lambda: opened)
    yield opened
    opened.close()


def imported(content: str):
    table = read_table("file.csv", content.encode())
    mapping = recognise(table).mapping
    return cached.convert("fingerprint", mapping, table, date(2026, 11, 10)), mapping


@pytest.mark.slow
def test_the_same_file_is_converted_again_when_the_time_zone_changes(here):
    here.clock.save(hours("Europe/London"), 1, save=Save("t", "london", NOW))
    london = imported(TICKETS)[0].contacts
    assert imported(TICKETS)[0].contacts is london
    here.clock.save(hours("Asia/Tokyo"), 1, save=Save("t", "tokyo", NOW))
    tokyo = imported(TICKETS)[0].contacts
    assert (london["created_at"].iloc[0].day, tokyo["created_at"].iloc[0].day) == (1, 2)


@pytest.mark.slow
def test_the_reasons_of_rejected_rows_are_in_the_language_of_the_visitor(here):
    with use_language("en"):
        english = imported(WRONG)[0].rejected["reason"].iloc[0]
    with use_language("ja"):
        japanese = imported(WRONG)[0].rejected["reason"].iloc[0]
    assert english != japanese


@pytest.mark.slow
def test_a_preview_has_times_in_the_opening_hours_of_now(here):
    found, mapping = imported(TICKETS)
    assert mapping.find(Role.CREATED_AT) is not None
    before = {series.kpi.id for series in cached.preview("fingerprint", mapping, found, date(2026, 11, 10))}
    here.clock.save(hours("Europe/London"), 1, save=Save("t", "hours", NOW))
    after = {series.kpi.id for series in cached.preview("fingerprint", mapping, found, date(2026, 11, 10))}
    assert {name for name in after - before if name.startswith("resolution_time_open_hours")}


def test_another_workspace_has_its_own_quarters_of_the_same_file(here, tmp_path, monkeypatch):
    here.clock.save(None, 2, save=Save("t", "february", NOW))
    february = imported(QUARTERS)[0].rhythm
    other = Workspace.open(Home.at(tmp_path / "other"))
    monkeypatch.setattr(cached, "workspace", lambda: other)
    assert (february.year_starts_in, imported(QUARTERS)[0].rhythm.year_starts_in) == (2, 1)
    other.close()


def test_files_of_the_same_content_keep_their_own_names():
    tables = [read_table(name, QUARTERS.encode()) for name in ("a.csv", "b.csv")]
    assert [cached.combined("same", (table.name,), (table,)).name for table in tables] == ["a.csv", "b.csv"]
