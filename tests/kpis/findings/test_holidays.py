"""Days on which the service is known to be closed are no missing days, in files of every size and kind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cs_planning.cli import main
from cs_planning.kpis.calendar.opening_hours import OpeningHours, read_week
from cs_planning.kpis.calendar.public_holidays import public_holidays
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR, ServiceCalendar
from cs_planning.kpis.contacts.conversion import from_file
from cs_planning.kpis.contacts.conversion.from_file import read_contacts
from cs_planning.kpis.files.reading import read_sample, read_table
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise

TODAY = date(2026, 11, 10)
JAPAN = ServiceCalendar(country="JP")
FIRST, LAST = date(2026, 4, 1), date(2026, 10, 30)
HOLIDAYS = sorted(day for day in public_holidays("JP", FIRST, LAST) if day.weekday() < 5)


def workdays(*more_missing: date) -> pd.DatetimeIndex:
    """Mondays to Fridays without the public holidays of Japan."""
    return pd.bdate_range(FIRST, LAST).difference(pd.DatetimeIndex([*HOLIDAYS, *more_missing]))


def log(days: pd.DatetimeIndex) -> pd.DataFrame:
    created = days + pd.Timedelta(hours=10)
    return pd.DataFrame(
        {
            "Ticket ID": np.arange(len(days)) + 1,
            "Created at": created.strftime("%Y-%m-%d %H:%M:%S"),
            "Solved at": (created + pd.to_timedelta(np.arange(len(days)) % 90 + 5, unit="min")).strftime("%Y-%m-%d %H:%M:%S"),
            "Channel": np.where(np.arange(len(days)) % 2, "email", "chat"),
        }
    )


def volumes(days: pd.DatetimeIndex) -> pd.DataFrame:
    counts = np.random.default_rng(3).integers(80, 120, len(days))
    return pd.DataFrame({"Date": days.strftime("%Y-%m-%d"), "Contacts": counts})


def missing(frame: pd.DataFrame, calendar: ServiceCalendar) -> tuple[int, tuple[str, ...]]:
    table = read_table("file.csv", frame.to_csv(index=False).encode())
    findings = convert(table, recognise(table).mapping, calendar=calendar, today=TODAY).findings
    found = [one for one in findings if one.rule in ("missing_days", "missing_periods")]
    return sum(one.count for one in found), tuple(value for one in found for value in one.sample_values)


def test_the_half_year_has_ten_holidays_on_workdays():
    assert len(HOLIDAYS) == 10  # 29 April, 4 to 6 May, 20 July, 11 August, 21 to 23 September, 12 October


@pytest.mark.parametrize("made", [log, volumes])
def test_public_holidays_of_the_chosen_country_are_not_missing(made):
    assert missing(made(workdays()), JAPAN) == (0, ())


@pytest.mark.parametrize("made", [log, volumes])
def test_without_a_country_they_are(made):
    assert missing(made(workdays()), CALENDAR_YEAR)[0] == len(HOLIDAYS)


@pytest.mark.parametrize("made", [log, volumes])
def test_a_workday_that_is_missing_is_named_alone(made):
    assert missing(made(workdays(date(2026, 6, 9))), JAPAN) == (1, ("2026-06-09",))


@pytest.mark.parametrize("made", [log, volumes])
def test_the_holidays_of_another_country_do_not_excuse(made):
    assert missing(made(workdays()), ServiceCalendar(country="DE"))[0] >= len(HOLIDAYS) - 3


@pytest.mark.parametrize("made", [log, volumes])
def test_own_closed_days_and_the_country_of_the_opening_hours_count_too(made):
    hours = OpeningHours(week=read_week("mon-fri 09:00-18:00"), country="JP", closed_days=(date(2026, 6, 9),))
    assert missing(made(workdays(date(2026, 6, 9))), ServiceCalendar(hours=hours)) == (0, ())


def test_a_service_that_works_on_holidays_has_nothing_missing():
    assert missing(log(pd.bdate_range(FIRST, LAST)), JAPAN) == (0, ())


@pytest.mark.parametrize(("country", "expected"), [("JP", None), ("", 10)])
def test_a_large_log_is_judged_the_same_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, country, expected):
    monkeypatch.setattr(from_file, "LARGE_BYTES", 0)
    path = tmp_path / "log.csv"
    path.write_bytes(log(workdays()).to_csv(index=False).encode())
    sample = read_sample(path)
    read = read_contacts(path, sample, recognise(sample).mapping, tmp_path / "log", today=TODAY, country=country)
    assert {one.rule: one.count for one in read.findings}.get("missing_days") == expected


def test_the_command_line_takes_the_country_without_opening_hours(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CS_PLANNING_TODAY", TODAY.isoformat())
    log(workdays()).to_csv("log.csv", index=False)
    assert main(["kpis", "log.csv", "--out", "kpis.csv", "--json"]) == 0
    assert "missing_days" in capsys.readouterr().out
    assert main(["kpis", "log.csv", "--out", "kpis.csv", "--json", "--holidays", "JP"]) == 0
    assert "missing_days" not in capsys.readouterr().out
