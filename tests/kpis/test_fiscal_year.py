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
from cs_planning.kpis.contacts.aggregate import contact_kpis, kpi_queries, quantiles_of
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS, typed_contacts
from cs_planning.kpis.frequency import Frequency, quarter_of, read_period, use_fiscal_year, year_of
from cs_planning.kpis.period_names import period_label
from cs_planning.kpis.series import check_frame, split_series, to_longer_periods

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
MONTHS = st.integers(1, 12)
LONG = st.sampled_from([Frequency.QUARTER, Frequency.YEAR])


@given(DAYS, MONTHS, LONG)
def test_every_day_lies_in_the_period_that_pandas_gives(day: date, month: int, frequency: Frequency):
    with use_fiscal_year(month):
        period = pd.Period(day, frequency.pandas_period)
        assert (frequency.start_of(day), frequency.end_of(day)) == (period.start_time.date(), period.end_time.date())


@given(DAYS, DAYS, MONTHS, LONG)
def test_counting_and_stepping_agree(first: date, last: date, month: int, frequency: Frequency):
    with use_fiscal_year(month):
        steps = frequency.count_between(first, last)
        assert frequency.next_after(frequency.start_of(first), steps) == frequency.start_of(last)


@given(DAYS, MONTHS, LONG)
def test_what_is_written_is_read_again(day: date, month: int, frequency: Frequency):
    with use_fiscal_year(month):
        assert read_period(frequency.write(day)) == (frequency.start_of(day), frequency)


def test_a_japanese_fiscal_year_begins_in_april_and_keeps_its_name_until_march():
    with use_fiscal_year(4):
        assert [quarter_of(date(2026, month, 1)) for month in (4, 7, 10)] == [1, 2, 3]
        assert (year_of(date(2027, 3, 31)), quarter_of(date(2027, 3, 31))) == (2026, 4)
        assert Frequency.QUARTER.write(date(2027, 2, 1)) == "FY2026-Q4"
        assert period_label(date(2026, 4, 1), Frequency.YEAR) == "fiscal 2026"
        assert period_label(date(2026, 4, 1), Frequency.QUARTER) == "Q1 of fiscal 2026"
    assert Frequency.QUARTER.write(date(2027, 2, 1)) == "2027-Q1"


@pytest.mark.parametrize("month", [1, 2, 4, 12])
@pytest.mark.parametrize("frequency", [Frequency.QUARTER, Frequency.YEAR])
def test_contacts_are_counted_in_the_periods_of_the_fiscal_year(month: int, frequency: Frequency):
    moments = pd.date_range("2024-01-31", "2026-03-31", freq="17h")
    contacts = typed_contacts(
        pd.DataFrame({"contact_id": range(len(moments)), "kind": "ticket", "created_at": moments}).astype({"contact_id": str})
    )
    with use_fiscal_year(month):
        points = contact_kpis(contacts, frequency)
        expected = pd.Series(moments).dt.to_period(frequency.pandas_period).dt.start_time.value_counts().sort_index()
    volume = points[points["series"] == "contact_volume"].set_index("period")["value"]
    assert volume.index.tolist() == expected.index.tolist()
    np.testing.assert_array_equal(volume, expected)


def test_a_year_of_a_table_is_weighed_by_its_counts():
    months = pd.date_range("2025-01-01", periods=24, freq="MS")
    frame = check_frame(
        pd.DataFrame({"series": "csat", "period": months, "value": range(60, 84), "sample_size": range(10, 34)})
    )
    series = next(iter(split_series(frame, Frequency.MONTH).values()))
    with use_fiscal_year(4):
        year = to_longer_periods(series, Frequency.YEAR)
    assert year is not None
    weights, values = np.arange(13, 25), np.arange(63, 75)
    assert year.values[1] == pytest.approx((weights * values).sum() / weights.sum())


@pytest.mark.parametrize("engine", ["duckdb", "postgres", "databricks", "trino", "bigquery", "snowflake", "clickhouse"])
def test_fiscal_periods_compile_for_every_engine(engine: str):
    kinds = {"VARCHAR": "string", "TIMESTAMP": "timestamp", "DOUBLE": "float64", "BOOLEAN": "boolean"}
    contacts = ibis.table({name: kinds[kind] for name, kind in CONTACT_COLUMNS.items()}, name="contacts")
    with use_fiscal_year(2):
        for query in kpi_queries(contacts, Frequency.QUARTER, quantiles=quantiles_of(engine)):
            assert "INTERVAL" in ibis.to_sql(query, dialect=engine).upper() or engine in ("snowflake", "bigquery")


def test_there_is_no_thirteenth_month():
    with pytest.raises(PlanningError), use_fiscal_year(13):
        pass
