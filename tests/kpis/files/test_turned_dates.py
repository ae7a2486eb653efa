"""Dates whose day and month a spreadsheet program exchanged are put back, and said."""

import io
from datetime import UTC, date, datetime, timedelta

import numpy as np
import openpyxl
import pytest

from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.files.turned_dates import put_back
from cs_planning.kpis.findings.columns import table_findings

MARCH = [datetime(2026, 3, 1, 9, 30) + timedelta(hours=22 * n) for n in range(33)]


def opened_in_america(moments, *, day_first=True):
    """What Excel set to month-first dates makes of day-first texts, and the other way round."""
    cells = []
    for moment in moments:
        first, second = (moment.day, moment.month) if day_first else (moment.month, moment.day)
        if day_first and first <= 12:
            cells.append(moment.replace(month=first, day=second))
        elif not day_first and second <= 12:
            cells.append(moment.replace(month=second, day=first))
        else:
            cells.append(f"{first:02}/{second:02}/{moment:%Y %H:%M}")
    return cells


def workbook(cells):
    book = openpyxl.Workbook()
    book.active.append(["Ticket #", "Created at", "Subject"])
    for number, cell in enumerate(cells):
        book.active.append([number, cell, "A question"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def days(table):
    return [cell if "/" in cell else date.fromisoformat(cell[:10]) for cell in table.frame["Created at"]]


@pytest.mark.parametrize("day_first", [True, False])
def test_every_date_of_march_is_in_march_again(day_first):
    moments = MARCH if day_first else [datetime(2026, 3, 1, 9) + timedelta(days=n) for n in range(60)]
    table = read_table("tickets.xlsx", workbook(opened_in_america(moments, day_first=day_first)))
    put = [moment.date() for moment in moments if moment.day <= 12]
    assert [day for day in days(table) if isinstance(day, date)] == put
    assert table.turned_dates == (("Created at", len(put)),)
    (finding,) = [one for one in table_findings(table) if one.rule == "turned_dates"]
    assert finding.count == len(put)
    assert table.frame["Created at"].iloc[0].endswith("09:00:00" if not day_first else "09:30:00")


@pytest.mark.parametrize(
    "cells",
    [
        MARCH,
        [f"{moment:%d/%m/%Y %H:%M}" for moment in MARCH],
        [moment if n % 2 else f"{moment:%d/%m/%Y %H:%M}" for n, moment in enumerate(MARCH)],
        [*MARCH[:3], "25/03/2026"],
        [moment for moment in MARCH if moment.day <= 12],
    ],
    ids=["dates alone", "texts alone", "both, of all days", "too few to tell", "early days alone"],
)
def test_sound_dates_stay_as_they_are(cells):
    table = read_table("tickets.xlsx", workbook(cells))
    assert not table.turned_dates
    assert [day for day in days(table) if isinstance(day, date)] == [one.date() for one in cells if isinstance(one, datetime)]


def test_honest_mixtures_are_hardly_ever_taken_for_turned_ones():
    rng = np.random.default_rng(5)
    wrong = 0
    for _ in range(2000):
        moments = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=int(day)) for day in rng.integers(0, 365, 12)]
        typed = rng.random(12) < 0.5
        cells = [["" if is_date else f"{moment:%d/%m/%Y}"] for moment, is_date in zip(moments, typed, strict=True)]
        dates = {0: {int(row): moments[row].replace(tzinfo=None) for row in np.flatnonzero(typed)}}
        wrong += bool(put_back(cells, dates))
    assert wrong <= 3
