"""The clock of opening hours, against counting minute by minute."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_planning.errors import InvalidOpeningHours, PlanningError
from cs_planning.kpis.calendar.open_times import with_open_times
from cs_planning.kpis.calendar.opening_hours import OpeningHours, Span, read_spans, read_week
from cs_planning.kpis.calendar.public_holidays import public_holidays
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS, typed_contacts
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.contacts.points.engines import contact_relation, duckdb_backend
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise
from tests.kpis import exports
from tests.kpis.contacts.points.queries import kpi_queries
from tests.kpis.exports import tickets

OFFICE = OpeningHours(
    week=read_week("mon-thu 09:00-12:00, 13:00-18:00; fri 09:00-17:30; sat 22:00-24:00"),
    country="JP",
    closed_days=(date(2026, 5, 8),),
)


def spans_on(hours: OpeningHours, day: date) -> tuple[Span, ...]:
    """When the service is open on `day`, looked up for this day alone."""
    is_closed = day in hours.closed_days or day in public_holidays(hours.country or "", day, day)
    return () if is_closed else hours.week[day.weekday()]


def counted(hours: OpeningHours, start: datetime, end: datetime) -> int:
    """The open minutes between two whole minutes, one after the other."""
    total, at = 0, start
    while at < end:
        minute = at.hour * 60 + at.minute
        total += any(span.opens <= minute < span.closes for span in spans_on(hours, at.date()))
        at += timedelta(minutes=1)
    return total


def open_times(hours: OpeningHours, created: list[datetime], answered: list[datetime | None]) -> pd.DataFrame:
    frame = typed_contacts(
        pd.DataFrame(
            {
                "contact_id": [str(place) for place in range(len(created))],
                "kind": "ticket",
                "created_at": pd.to_datetime(created),
                "first_response_at": pd.to_datetime(pd.Series(answered)),
                "solved_at": pd.to_datetime(pd.Series(answered)),
            }
        )
    )
    backend = duckdb_backend()
    try:
        table = contact_relation(backend, frame)
        moments = [*created, *(moment for moment in answered if moment is not None)]
        timed = with_open_times(table, hours, min(moments).date(), max(moments).date())
        return backend.to_pandas(timed.order_by(timed.contact_id.cast("int64")))
    finally:
        backend.disconnect()


MOMENTS = st.datetimes(datetime(2026, 4, 24), datetime(2026, 5, 14)).map(lambda at: at.replace(second=0, microsecond=0))


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(MOMENTS, MOMENTS), min_size=1, max_size=4))
def test_open_minutes_are_those_that_pass_one_by_one_while_the_service_is_open(pairs):
    created, answered = [min(pair) for pair in pairs], [max(pair) for pair in pairs]
    found = open_times(OFFICE, created, list(answered))
    expected = [counted(OFFICE, start, end) for start, end in zip(created, answered, strict=True)]
    np.testing.assert_allclose(found["first_response_open_minutes"], expected)
    np.testing.assert_allclose(found["resolution_open_hours"], np.array(expected) / 60)


def test_nights_weekends_holidays_and_own_closed_days_do_not_count():
    friday_evening, holiday_morning = datetime(2026, 5, 1, 17, 0), datetime(2026, 5, 4, 10, 0)
    thursday, closed_friday, monday = datetime(2026, 5, 7, 17, 0), datetime(2026, 5, 8, 12, 0), datetime(2026, 5, 11, 10, 0)
    found = open_times(OFFICE, [friday_evening, thursday, thursday], [holiday_morning, closed_friday, monday])
    assert found["first_response_open_minutes"].tolist() == [30 + 120, 60, 60 + 120 + 60]


def test_an_answer_before_the_creation_and_a_missing_one_have_no_time():
    found = open_times(OFFICE, [datetime(2026, 4, 28, 10)] * 2, [datetime(2026, 4, 28, 9), None])
    assert found["first_response_open_minutes"].isna().all()


def test_a_service_that_never_closes_has_the_times_of_the_calendar():
    always = OpeningHours(week=read_week("mon-sun 00:00-24:00"))
    found = open_times(always, [datetime(2026, 4, 28, 23, 59, 30)], [datetime(2026, 5, 2, 0, 1)])
    assert found["first_response_open_minutes"].tolist() == [3 * 1440 + 1.5]


@pytest.mark.slow
def test_both_clocks_stand_beside_each_other_and_the_helpdesks_own_business_minutes_too():
    table = read_table("export.csv", exports.zendesk(tickets()))
    contacts = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=date(2026, 1, 1)).contacts
    assert contacts is not None
    points = contact_kpis(
        contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH), hours=OpeningHours(week=read_week("mon-fri 09:00-18:00"))
    )
    by_name = points.groupby("series")["value"].mean()
    assert {"frt_mean", "frt_business_mean", "frt_open_hours_mean", "resolution_time_open_hours_p90"} <= set(by_name.index)
    assert by_name["frt_open_hours_mean"] <= by_name["frt_mean"]
    assert "frt_open_hours_mean" not in set(contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH))["series"])


@pytest.mark.slow
def test_the_mean_is_that_of_the_minutes_counted_one_by_one():
    log = tickets()
    table = read_table("export.csv", exports.freshdesk(log))
    contacts = convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=date(2026, 1, 1)).contacts
    assert contacts is not None
    points = contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.YEAR), hours=OFFICE).set_index("series")["value"]
    expected = [counted(OFFICE, t.created.replace(second=0), t.solved.replace(second=0)) / 60 for t in log]
    assert points["resolution_time_open_hours_mean"] == pytest.approx(np.mean(expected), abs=0.02)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "databricks", "trino", "bigquery", "snowflake", "clickhouse"])
def test_the_clock_compiles_for_every_engine(dialect: str):
    kinds = {"VARCHAR": "string", "TIMESTAMP": "timestamp", "DOUBLE": "float64", "BOOLEAN": "boolean"}
    schema = {name: kinds[kind] for name, kind in CONTACT_COLUMNS.items()}
    timed = with_open_times(ibis.table(schema, name="contacts"), OFFICE, date(2026, 1, 1), date(2026, 1, 31))
    for query in kpi_queries(timed, CALENDAR_YEAR.rhythm(Frequency.MONTH), engine=dialect):
        assert "JOIN" in str(ibis.to_sql(query, dialect=dialect)).upper()


@pytest.mark.parametrize(
    "written", ["mon-fri 09:00-18:00", "月-金 9:00-18:00", "月曜日〜金曜日 09:00–18:00", "mon,tue,wed,thu,fri 9.00-18.00"]
)
def test_a_week_is_read_in_both_languages_and_written_again(written: str):
    hours = OpeningHours(week=read_week(written))
    assert hours.written() == "mon-fri 09:00-18:00"
    assert read_week(hours.written()) == hours.week


@pytest.mark.parametrize(
    "written", ["mon-fri 09:00-08:00", "mon 25:00-26:00", "mon 09:00", "someday 09:00-10:00", "", "mon 9:00-12:00, 11:00-13:00"]
)
def test_hours_that_can_not_be_are_refused_with_a_hint(written: str):
    with pytest.raises(InvalidOpeningHours) as refused:
        OpeningHours(week=read_week(written))
    assert str(refused.value.hint)


def test_an_unknown_country_is_refused_and_parts_of_countries_are_known():
    bavaria = OFFICE.model_copy(update={"country": "DE-BY"})
    assert not spans_on(bavaria, date(2025, 6, 19))
    assert spans_on(OFFICE.model_copy(update={"country": "DE-BE"}), date(2025, 6, 19))
    with pytest.raises(PlanningError):
        spans_on(OpeningHours(week=read_week("mon-fri 09:00-18:00"), country="XX"), date(2026, 1, 1))


def test_a_closed_day_is_an_empty_field():
    assert read_spans("  ") == ()


def test_a_log_without_answers_has_the_clock_for_its_solutions_alone():
    moments = pd.date_range("2026-04-27 08:00", periods=30, freq="7h")
    frame = pd.DataFrame({"contact_id": [str(n) for n in range(30)], "kind": "ticket", "created_at": moments})
    only_solved = typed_contacts(frame.assign(solved_at=moments + pd.Timedelta(hours=20)))
    names = set(contact_kpis(only_solved, CALENDAR_YEAR.rhythm(Frequency.MONTH), hours=OFFICE)["series"])
    assert "resolution_time_open_hours_mean" in names
    assert "frt_open_hours_mean" not in names
    assert "contact_volume" in set(
        contact_kpis(typed_contacts(frame), CALENDAR_YEAR.rhythm(Frequency.MONTH), hours=OFFICE)["series"]
    )
