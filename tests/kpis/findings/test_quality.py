"""Every finding about data: a file made for it, and one that must be left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.contacts.conversion import from_file
from cs_planning.kpis.contacts.conversion.from_file import read_contacts
from cs_planning.kpis.files.reading import read_sample, read_table
from cs_planning.kpis.findings.imported import QualityFinding
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise
from cs_planning.language import use_language

TODAY = date(2026, 11, 10)


def found(frame: pd.DataFrame) -> dict[str, QualityFinding]:
    table = read_table("file.csv", frame.to_csv(index=False).encode())
    return {
        finding.rule: finding
        for finding in convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY).findings
    }


def log(count: int = 400, hours: float = 24.0) -> pd.DataFrame:
    """A sound log: a contact every `hours` until the end of October 2026, answered and solved."""
    rng = np.random.default_rng(4)
    created = pd.date_range(end="2026-10-31 15:00", periods=count, freq=pd.Timedelta(hours=hours))
    answered = created + pd.to_timedelta(rng.integers(5, 120, count), unit="min")
    return pd.DataFrame(
        {
            "Ticket ID": range(count),
            "Created at": created.strftime("%Y-%m-%d %H:%M:%S"),
            "First response at": answered.strftime("%Y-%m-%d %H:%M:%S"),
            "Solved at": (answered + pd.Timedelta(hours=3)).strftime("%Y-%m-%d %H:%M:%S"),
            "Channel": rng.choice(["email", "chat"], count),
            "Rating": rng.integers(1, 6, count),
        }
    )


def table(months: int = 30) -> pd.DataFrame:
    """A sound table of KPIs until October 2026."""
    rng = np.random.default_rng(5)
    periods = pd.date_range(end="2026-10-01", periods=months, freq="MS").strftime("%Y-%m")
    return pd.DataFrame(
        {
            "Month": periods,
            "Contacts": rng.integers(900, 1100, months),
            "First response time (min)": rng.uniform(50, 70, months).round(1),
            "Backlog": rng.integers(80, 120, months),
        }
    )


def changed(frame: pd.DataFrame, column: str, where: slice, value: Any) -> pd.DataFrame:
    other = frame.astype({column: object})
    other.loc[frame.index[where], column] = value
    return other


ORDERED = log()
UNIT = table()
UNIT.loc[UNIT.index[15:], "First response time (min)"] /= 60
FOUR_HOURS = pd.date_range("2026-01-01", periods=400, freq="6h").strftime("%Y-%m-%d %H:%M")
SURVEY = pd.DataFrame({"Answered at": FOUR_HOURS, "CSAT": [*(n % 5 + 1 for n in range(200)), *(n % 11 for n in range(200))]})
SLOWER = (
    log()
    .assign(**{"First response time": [90 + n % 7 if n < 200 else (90 + n % 7) / 60 for n in range(400)]})
    .drop(columns="First response at")
)
CRAFTED = {
    "missing_periods": (table().drop(index=[7, 8]), 2),
    "missing_days": (ORDERED.drop(index=range(200, 204)), 4),
    "impossible_order": (changed(ORDERED, "Solved at", slice(10, 13), "2024-01-01 10:00:00"), 3),
    "negative_duration": (log().assign(**{"Handle time": [-5 if n < 6 else 10 + n % 5 for n in range(400)]}), 6),
    "constant": (table().assign(Backlog=99), 30),
    "constant_column": (log().assign(Channel="email"), 400),
    "trailing_zeros": (changed(table(), "Contacts", slice(-3, None), 0), 3),
    "drop_to_zero": (changed(table(), "Contacts", slice(12, 13), 0), 1),
    "duplicate_ids": (pd.concat([ORDERED, ORDERED.head(7)]), 7),
    "scale_change": (SURVEY, 194),
    "unit_change": (UNIT, 15),
    "unfinished_period": (pd.concat([table(), table().tail(1).assign(Month="2026-11")]), 1),
    "more_than_offered": (
        pd.DataFrame(
            {
                "Date": pd.date_range("2026-01-01", periods=40).strftime("%Y-%m-%d"),
                "Calls offered": [100 + n % 9 for n in range(40)],
                "Calls handled": [200 if n in (3, 4) else 90 + n % 5 for n in range(40)],
            }
        ),
        2,
    ),
    "date_order_unsure": (
        log(12, 24).assign(**{"Created at": [f"0{n % 9 + 1}/02/2026 10:00" for n in range(12)]})[
            ["Ticket ID", "Created at", "Channel"]
        ],
        1,
    ),
    "unknown_answers": (changed(log(), "Rating", slice(0, 3), "beautiful"), 1),
    "control_characters": (changed(log(), "Channel", slice(0, 4), "em\x07ail"), 4),
    "counts_missing": (table().assign(CSAT=np.linspace(80, 90, 30).round(1))[["Month", "CSAT"]], 1),
}


@pytest.mark.parametrize("rule", CRAFTED)
def test_it_is_found_with_its_count_consequence_and_remedy(rule: str):
    crafted, count = CRAFTED[rule]
    finding = found(crafted)[rule]
    assert finding.count == count
    for language in ("en", "ja"):
        with use_language(language):
            assert all(str(words) for words in (finding.message, finding.consequence, finding.remedy))


def test_a_count_equal_to_another_count_is_a_column_that_was_mapped_twice():
    same = table()
    same["Tickets solved"] = same["Contacts"]
    assert found(same)["equal_columns"].count == 30
    assert found(log().assign(**{"Solved at": lambda rows: rows["Created at"]}))["equal_columns"].count == 400


def test_a_change_of_unit_inside_a_column_of_contacts_is_seen_in_its_weeks():
    finding = found(SLOWER)["unit_change"]
    assert "frt" in (finding.column or "")


@pytest.mark.slow
@pytest.mark.parametrize("frame", [log(), log(4000, 2.1), table()], ids=["daily log", "busy log", "table"])
def test_sound_data_raise_no_warning(frame: pd.DataFrame):
    assert not {rule for rule, finding in found(frame).items() if finding.severity.value == "warning"}


def test_weekends_without_contacts_are_no_missing_days():
    moments = pd.to_datetime(ORDERED["Created at"])
    assert "missing_days" not in found(ORDERED[moments.dt.day_of_week < 5])


def test_a_large_file_is_looked_at_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(from_file, "LARGE_BYTES", 0)
    wrong = changed(pd.concat([ORDERED, ORDERED.head(7)]), "Solved at", slice(10, 13), "2024-01-01 10:00:00")
    path = tmp_path / "log.csv"
    path.write_bytes(wrong.drop(index=range(200, 204)).to_csv(index=False).encode())
    sample = read_sample(path)
    read = read_contacts(path, sample, recognise(sample).mapping, tmp_path / "log", today=TODAY)
    counts = {finding.rule: finding.count for finding in read.findings}
    assert counts["duplicate_ids"] == 7
    assert counts["missing_days"] == 4
    assert counts["impossible_order"] == 3


def test_an_empty_column_of_times_that_was_mapped_is_said():
    table = read_table("file.csv", log().assign(**{"Handle time": ""}).to_csv(index=False).encode())
    mapping = recognise(table).mapping.with_role("Handle time", Role.HANDLE_TIME)
    assert "empty_duration" in {
        finding.rule for finding in convert(table, mapping, calendar=CALENDAR_YEAR, today=TODAY).findings
    }


def test_samples_point_to_rows_of_the_users_spreadsheet():
    finding = found(CRAFTED["negative_duration"][0])["negative_duration"]
    assert finding.sample_rows[:2] == (2, 3)
    assert recognise(read_table("f.csv", SURVEY.to_csv(index=False).encode())).mapping.find(Role.CSAT) is not None


def test_what_begins_at_zero_or_grows_little_by_little_is_no_fault():
    """A desk that was empty when the log begins fills up, by a quarter from month to month."""
    growing = table().assign(Backlog=[0, *(round(4 * 1.25**n) for n in range(29))])
    assert not {"drop_to_zero", "unit_change"} & set(found(growing))
    emptied = table().assign(Backlog=[0 if n == 12 else 90 + n % 5 for n in range(30)])
    assert "drop_to_zero" not in found(emptied), "an empty desk is no missing period"
    begins = changed(table(), "Contacts", slice(0, 1), 0)
    assert "drop_to_zero" not in found(begins)


def test_a_month_that_was_cut_long_ago_is_not_to_be_waited_for():
    finding = found(log().iloc[:-20])["unfinished_period"]
    assert "export the whole period" in str(finding.remedy)


def test_a_month_that_ends_on_a_closed_day_is_complete():
    """Contacts on working days alone until Friday, October 30: October has its values and no alarm."""
    closed = pd.to_datetime(log()["Created at"]).dt.dayofweek >= 5
    open_days = log()[~closed]
    assert "unfinished_period" not in found(open_days)
    assert "unfinished_period" in found(open_days.iloc[:-3])


def test_the_same_value_in_every_period_is_said_with_its_unit():
    finding = found(table().assign(CSAT=100.0))["constant"]
    assert "100 %" in str(finding.message)
