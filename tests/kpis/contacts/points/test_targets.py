"""Tickets within SLA by the targets of the settings, where the file does not say it."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cs_planning.errors import InvalidOpeningHours
from cs_planning.kpis.calendar.opening_hours import OpeningHours, read_week
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.calendar.sla_targets import SlaTargets, read_targets
from cs_planning.kpis.contacts.conversion import from_file
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports import files
from cs_planning.kpis.imports.sheets import kpis_from_files

TODAY = date(2026, 6, 30)
TARGETS = "urgent 1/8; High 4/24; * 8/72"
LOG = """Ticket ID,Created at,First response at,Solved at,Priority
1,2026-03-02 10:00,2026-03-02 10:30,2026-03-02 18:00,Urgent
2,2026-03-02 10:00,2026-03-02 11:30,2026-03-02 18:01,urgent
3,2026-03-03 10:00,2026-03-03 14:00,2026-03-04 10:00,HIGH
4,2026-03-03 10:00,2026-03-03 14:01,2026-03-04 09:00,high
5,2026-03-03 10:00,2026-03-03 19:00,2026-03-06 09:00,low
6,2026-03-03 10:00,2026-03-03 11:00,,low
7,2026-03-03 10:00,,2026-03-07 10:00,
"""


def kpis(path: Path, hours: str | None = None, targets: str = TARGETS, by: tuple[str, ...] = ()) -> dict[str, float]:
    calendar = ServiceCalendar(
        hours=None if hours is None else OpeningHours(week=read_week(hours)), targets=read_targets(targets)
    )
    frame, _summary = kpis_from_files([path], Frequency.MONTH, by, calendar=calendar, today=TODAY)
    shown = frame[frame["series"].str.contains("_sla")]
    return {str(series): float(value) for series, value in zip(shown["series"], shown["value"], strict=True)}


def kept(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(content, encoding="utf-8")
    return path


def test_each_priority_has_its_own_limit_and_all_others_one(tmp_path: Path) -> None:
    found = kpis(kept(tmp_path, LOG), by=("priority",))
    # Solved: 1 yes (8 h), 2 no (a minute more), 3 yes (24 h), 4 yes, 5 yes (71 h), 7 no (96 h); 6 is open.
    assert found["resolution_sla"] == pytest.approx(100 * 4 / 6)
    # Answered: 1 yes, 2 no, 3 yes (4 h), 4 no, 5 no (9 h), 6 yes; 7 was not answered.
    assert found["first_response_sla"] == pytest.approx(100 * 3 / 6)
    assert found["resolution_sla|priority=low"] == 100
    assert found["first_response_sla|priority=low"] == 50


def test_a_priority_without_a_target_is_not_judged(tmp_path: Path) -> None:
    found = kpis(kept(tmp_path, LOG), targets="urgent -/8; high 4/-")
    assert found["resolution_sla"] == 50
    assert found["first_response_sla"] == 50


def test_with_opening_hours_the_clock_stands_still_while_the_service_is_closed(tmp_path: Path) -> None:
    # From Friday 16:00 to Monday 10:00 pass 3 open hours, to Monday 14:01 pass 7 h 1 min.
    rows = "1,2026-03-06 16:00,,2026-03-09 10:00,x\n2,2026-03-06 16:00,,2026-03-09 14:01,x\n"
    path = kept(tmp_path, f"{LOG.splitlines()[0]}\n{rows}")
    assert kpis(path, "mon-fri 09:00-18:00", "* 1/7")["resolution_sla"] == 50
    assert kpis(path, None, "* 1/7")["resolution_sla"] == 0


def test_what_the_file_says_itself_counts_more(tmp_path: Path) -> None:
    lines = LOG.splitlines()
    said = [f"{lines[0]},Resolution SLA met", f"{lines[1]},no", *(f"{line}," for line in lines[2:])]
    found = kpis(kept(tmp_path, "\n".join(said)))
    assert found["resolution_sla"] == pytest.approx(100 * 3 / 6)


def test_that_targets_count_is_said_with_the_targets_and_the_clock(tmp_path: Path) -> None:
    calendar = ServiceCalendar(hours=OpeningHours(week=read_week("mon-fri 09:00-18:00")), targets=read_targets(TARGETS))
    _frame, summary = kpis_from_files([kept(tmp_path, LOG)], Frequency.MONTH, (), calendar=calendar, today=TODAY)
    words = str(summary.words())
    assert "urgent: 1 h / 8 h" in words
    assert "in opening hours" in words


@pytest.mark.parametrize("hours", [None, "mon-fri 09:00-18:00"])
def test_small_and_large_logs_give_the_same_as_pandas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: str | None
) -> None:
    rng = np.random.default_rng(8)
    rows = []
    for number in range(400):
        came = datetime(2026, 1, 5, 9) + timedelta(minutes=int(rng.integers(0, 120_000)))
        first, end = (came + timedelta(minutes=int(rng.integers(1, limit))) for limit in (900, 6000))
        priority = ("Urgent", "HIGH", "low", "")[int(rng.integers(4))]
        solved = "" if rng.random() < 0.1 else f"{end:%Y-%m-%d %H:%M}"
        rows.append(f"{number},{came:%Y-%m-%d %H:%M},{first:%Y-%m-%d %H:%M},{solved},{priority}")
    content = "\n".join([LOG.splitlines()[0], *rows])
    path = kept(tmp_path, content)
    small = kpis_by_month(path, hours)
    monkeypatch.setattr(files, "LARGE_BYTES", 1_000)
    monkeypatch.setattr(from_file, "LARGE_BYTES", 1_000)
    monkeypatch.setattr("cs_planning.kpis.files.reading.SAMPLE_BYTES", 4_000)
    monkeypatch.setattr(files, "convert", None)  # nothing is read into memory
    pd.testing.assert_frame_equal(small, kpis_by_month(path, hours))
    if hours is not None:
        return
    log = pd.read_csv(io.StringIO(content), parse_dates=["Created at", "First response at", "Solved at"])
    limit = log["Priority"].str.lower().map({"urgent": 8.0, "high": 24.0}).fillna(72.0)
    done = log["Solved at"].notna()
    in_time = ((log["Solved at"] - log["Created at"]).dt.total_seconds() / 3600 <= limit)[done]
    month = log["Solved at"][done].dt.to_period("M").dt.start_time
    expected = 100 * in_time.groupby(month).mean()
    found = small[small["series"] == "resolution_sla"].set_index("period")["value"]
    np.testing.assert_allclose(found.to_numpy(), expected.to_numpy())


def kpis_by_month(path: Path, hours: str | None) -> pd.DataFrame:
    calendar = ServiceCalendar(
        hours=None if hours is None else OpeningHours(week=read_week(hours)), targets=read_targets(TARGETS)
    )
    frame, _summary = kpis_from_files([path], Frequency.MONTH, ("priority",), calendar=calendar, today=TODAY)
    shown = frame[frame["series"].str.contains("_sla")]
    assert not shown.empty
    return shown.sort_values(["series", "period"], ignore_index=True)


def test_targets_are_written_and_read_in_one_form() -> None:
    found = read_targets(" urgent: 1/8h ;\nhigh 4 h / - ; その他 8/72")
    assert isinstance(found, SlaTargets)
    assert [one.priority for one in found.targets] == ["urgent", "high", ""]
    assert found.written == "urgent 1/8; high 4/-; * 8/72"
    assert read_targets(found.written) == found
    assert read_targets("  ") is None


@pytest.mark.parametrize("written", ["urgent", "urgent 1", "urgent 0/8", "urgent 1/99999999", "a 1/2; A 3/4", "urgent 1.2.3/8"])
def test_what_is_no_target_is_refused_with_a_remedy(written: str) -> None:
    with pytest.raises(InvalidOpeningHours) as refused:
        read_targets(written)
    assert str(refused.value.hint)


def test_dates_alone_are_judged_only_where_every_time_of_day_would_give_the_same(tmp_path: Path) -> None:
    rows = [
        "1,2026-03-02,,2026-03-02,a",  # less than a day
        "2,2026-03-02,,2026-03-03,a",  # up to two days
        "3,2026-03-02,,2026-03-04,a",  # more than one day, less than three
    ]
    path = kept(tmp_path, "\n".join([LOG.splitlines()[0], *rows]))
    # Within 24 h: 1 yes, 2 can't be said, 3 no.
    assert kpis(path, targets="* -/24")["resolution_sla"] == 50
    # Within 8 h: nothing is known of 1 and 2; 3 is not.
    assert kpis(path, targets="* -/8")["resolution_sla"] == 0
    # Within 48 h: 1 and 2 yes, 3 can't be said.
    assert kpis(path, targets="* -/48")["resolution_sla"] == 100


def test_dates_alone_are_judged_in_opening_hours_as_far_as_every_time_of_day_would_give_the_same(tmp_path: Path) -> None:
    # Open nine hours a day. From Monday on a date alone: solved the same day after 0 to 9 h, the next day after 0 to 18 h, on
    # Wednesday after 9 to 27 h, on the Monday after that after 36 to 54 h.
    days = ("2026-03-02", "2026-03-03", "2026-03-04", "2026-03-09")
    rows = [f"{number},2026-03-02,,{day},a" for number, day in enumerate(days)]
    path = kept(tmp_path, "\n".join([LOG.splitlines()[0], *rows]))
    office = "mon-fri 09:00-18:00"
    # Within 8 h: nothing is known of the first two, the others are late.
    assert kpis(path, office, "* -/8")["resolution_sla"] == 0
    # Within 9 h: the first is in time, the second open, the third took at least 9 h.
    assert kpis(path, office, "* -/9")["resolution_sla"] == pytest.approx(100 / 3)
    # Within 27 h: three are in time, the last is late.
    assert kpis(path, office, "* -/27")["resolution_sla"] == 75
    # With a time of arrival the same day leaves 0 to 2 h, the next one 2 to 11 h.
    rows = [f"{number},2026-03-02 16:00,,{day},a" for number, day in enumerate(days[:2])]
    path = kept(tmp_path, "\n".join([LOG.splitlines()[0], *rows]))
    assert kpis(path, office, "* -/2")["resolution_sla"] == 50
    assert kpis(path, office, "* -/11")["resolution_sla"] == 100
