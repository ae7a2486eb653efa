"""Quarters and years that begin in another month than January."""

from __future__ import annotations

from datetime import date

import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_planning.errors import PlanningError
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS, typed_contacts
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.frequency import Frequency, Rhythm, read_period
from cs_planning.kpis.period_names import period_label
from cs_planning.kpis.series import check_frame, split_series, to_longer_periods
from tests.kpis.contacts.points.queries import kpi_queries

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
MONTHS = st.integers(1, 12)
LONG = st.sampled_from([Frequency.QUARTER, Frequency.YEAR])


@given(DAYS, MONTHS, LONG)
def test_every_day_lies_in_the_period_that_pandas_gives(day: date, month: int, frequency: Frequency):
    rhythm = Rhythm(frequency, month)
    period = pd.Period(day, rhythm.pandas_period)
    assert (rhythm.start_of(day), rhythm.end_of(day)) == (period.start_time.date(), period.end_time.date())


@given(DAYS, DAYS, MONTHS, LONG)
def test_counting_and_stepping_agree(first: date, last: date, month: int, frequency: Frequency):
    rhythm = Rhythm(frequency, month)
    steps = rhythm.count_between(first, last)
    assert rhythm.next_after(rhythm.start_of(first), steps) == rhythm.start_of(last)


@given(DAYS, MONTHS, LONG)
def test_what_is_written_is_read_again(day: date, month: int, frequency: Frequency):
    rhythm = Rhythm(frequency, month)
    assert read_period(rhythm.write(day), month) == (rhythm.start_of(day), frequency)


def test_a_japanese_fiscal_year_begins_in_april_and_keeps_its_name_until_march():
    quarters, years = Rhythm(Frequency.QUARTER, 4), Rhythm(Frequency.YEAR, 4)
    assert [quarters.quarter_of(date(2026, month, 1)) for month in (4, 7, 10)] == [1, 2, 3]
    assert (years.year_of(date(2027, 3, 31)), quarters.quarter_of(date(2027, 3, 31))) == (2026, 4)
    assert quarters.write(date(2027, 2, 1)) == "FY2026-Q4"
    assert period_label(date(2026, 4, 1), years) == "fiscal 2026"
    assert period_label(date(2026, 4, 1), quarters) == "Q1 of fiscal 2026"
    assert Rhythm(Frequency.QUARTER, 1).write(date(2027, 2, 1)) == "2027-Q1"


@pytest.mark.parametrize("month", [1, 2, 4, 12])
@pytest.mark.parametrize("frequency", [Frequency.QUARTER, Frequency.YEAR])
def test_contacts_are_counted_in_the_periods_of_the_fiscal_year(month: int, frequency: Frequency):
    moments = pd.date_range("2024-01-31", "2026-03-31", freq="17h")
    contacts = typed_contacts(
        pd.DataFrame({"contact_id": range(len(moments)), "kind": "ticket", "created_at": moments}).astype({"contact_id": str})
    )
    rhythm = Rhythm(frequency, month)
    points = contact_kpis(contacts, rhythm)
    expected = pd.Series(moments).dt.to_period(rhythm.pandas_period).dt.start_time.value_counts().sort_index()
    volume = points[points["series"] == "contact_volume"].set_index("period")["value"]
    assert volume.index.tolist() == expected.index.tolist()
    np.testing.assert_array_equal(volume, expected)


def test_a_year_of_a_table_is_weighed_by_its_counts():
    months = pd.date_range("2025-01-01", periods=24, freq="MS")
    frame = check_frame(
        pd.DataFrame({"series": "csat", "period": months, "value": range(60, 84), "sample_size": range(10, 34)})
    )
    series = next(iter(split_series(frame, Rhythm(Frequency.MONTH, 4)).values()))
    year = to_longer_periods(series, Frequency.YEAR)
    assert year is not None
    weights, values = np.arange(13, 25), np.arange(63, 75)
    assert year.values[1] == pytest.approx((weights * values).sum() / weights.sum())


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["duckdb", "postgres", "databricks", "trino", "bigquery", "snowflake", "clickhouse"])
def test_fiscal_periods_compile_for_every_engine(engine: str):
    kinds = {"VARCHAR": "string", "TIMESTAMP": "timestamp", "DOUBLE": "float64", "BOOLEAN": "boolean"}
    contacts = ibis.table({name: kinds[kind] for name, kind in CONTACT_COLUMNS.items()}, name="contacts")
    for query in kpi_queries(contacts, Rhythm(Frequency.QUARTER, 2), engine=engine):
        assert "INTERVAL" in ibis.to_sql(query, dialect=engine).upper() or engine in ("snowflake", "bigquery")


def test_there_is_no_thirteenth_month():
    with pytest.raises(PlanningError):
        Rhythm(Frequency.YEAR, 13)
    with pytest.raises(PlanningError):
        ServiceCalendar(fiscal_start_month=13)
