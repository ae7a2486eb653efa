from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.cells.moments import DateOrder
from cs_planning.kpis.columns.helpdesks import helpdesks
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import Recognition, recognise
from tests.kpis import exports
from tests.kpis.exports import EXPORTS, RESOLUTION, RESPONSE, SATISFACTION, Ticket, tickets

TODAY = date(2026, 1, 1)
HELPDESKS = {helpdesk.id: helpdesk for helpdesk in helpdesks()}


def imported(data: bytes) -> tuple[Recognition, Imported]:
    table = read_table("export.csv", data)
    found = recognise(table)
    return found, convert(table, found.mapping, calendar=CALENDAR_YEAR, today=TODAY)


def giving(column: str) -> list[str]:
    return [name for name, export in EXPORTS.items() if column in export.gives]


def test_every_helpdesk_has_an_export_made_for_it() -> None:
    assert set(EXPORTS) == set(HELPDESKS)
    for column in (RESPONSE, RESOLUTION, SATISFACTION):
        assert giving(column)


@pytest.mark.parametrize("name", EXPORTS)
def test_each_helpdesk_is_recognised_by_its_headers(name: str) -> None:
    found, result = imported(EXPORTS[name].write(tickets()))
    assert found.helpdesk == HELPDESKS[name].name
    assert found.confidence >= 0.7
    assert (result.accepted_rows, result.rejected_rows) == (60, 0)


@pytest.mark.parametrize("name", giving(RESPONSE))
def test_first_response_times_are_those_of_the_tickets(name: str) -> None:
    log = tickets()
    contacts = imported(EXPORTS[name].write(log))[1].contacts
    assert contacts is not None
    np.testing.assert_allclose(contacts["first_response_minutes"], [t.response_minutes for t in log], atol=0.6)


@pytest.mark.parametrize("name", giving(RESOLUTION))
def test_resolution_times_are_those_of_the_tickets(name: str) -> None:
    log = tickets()
    contacts = imported(EXPORTS[name].write(log))[1].contacts
    assert contacts is not None
    np.testing.assert_allclose(contacts["resolution_hours"], [t.resolution_hours for t in log], atol=0.02)


@pytest.mark.parametrize("name", EXPORTS)
def test_what_an_export_does_not_say_is_not_made_up(name: str) -> None:
    contacts = imported(EXPORTS[name].write(tickets()))[1].contacts
    assert contacts is not None
    for column in {RESPONSE, RESOLUTION, SATISFACTION} - set(EXPORTS[name].gives):
        assert contacts[column].isna().all(), column


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPORTS)
def test_the_kpis_by_month_are_those_of_the_tickets(name: str) -> None:
    """A second method: the tickets themselves, grouped by pandas."""
    log = tickets()
    contacts = imported(EXPORTS[name].write(log))[1].contacts
    assert contacts is not None
    points = contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH))
    rows = pd.DataFrame(
        {
            "created": pd.Series([t.created for t in log]).dt.to_period("M").dt.start_time,
            "solved": pd.Series([t.solved for t in log]).dt.to_period("M").dt.start_time,
            "response": [t.response_minutes for t in log],
            "resolution": [t.resolution_hours for t in log],
            "satisfied": pd.Series([t.satisfied for t in log], dtype="boolean"),
        }
    )
    expected = {"contact_volume": rows.groupby("created").size()}
    if RESPONSE in EXPORTS[name].gives:
        expected["frt_median"] = rows.groupby("created")["response"].median()
    if RESOLUTION in EXPORTS[name].gives:
        expected["resolution_time_median"] = rows.groupby("solved")["resolution"].median()
    if SATISFACTION in EXPORTS[name].gives:
        answered = rows.dropna(subset="satisfied")
        expected["csat"] = answered.groupby(EXPORTS[name].rated)["satisfied"].mean() * 100
    for series, wanted in expected.items():
        found = points[points["series"] == series].set_index("period")["value"].sort_index()
        assert list(found.index) == list(wanted.index), series
        np.testing.assert_allclose(found, wanted.astype(float), atol=0.6, err_msg=series)


@pytest.mark.slow
@pytest.mark.parametrize("name", giving(SATISFACTION))
def test_satisfaction_is_satisfied_answers_by_answers(name: str) -> None:
    log = tickets()
    contacts = imported(EXPORTS[name].write(log))[1].contacts
    assert contacts is not None
    answered = [t.satisfied for t in log if t.satisfied is not None]
    assert contacts["csat_satisfied"].count() == len(answered)
    assert contacts["csat_satisfied"].sum() == sum(answered)


@pytest.mark.slow
def test_jira_times_remaining_are_not_taken_for_times_taken() -> None:
    found, result = imported(exports.jira(tickets()))
    roles = {entry.column: entry.role for entry in found.mapping.columns}
    assert roles["Custom field (Time to first response)"] is Role.FIRST_RESPONSE_SLA_KEPT
    assert result.contacts is not None
    assert result.contacts["first_response_minutes"].isna().all()


def test_translated_jira_headers_are_known() -> None:
    log = tickets()
    found, result = imported(exports.jira(log, spanish=True))
    assert found.helpdesk == "Jira Service Management"
    assert result.contacts is not None
    np.testing.assert_allclose(result.contacts["resolution_hours"], [t.resolution_hours for t in log], atol=0.02)


def test_the_time_zone_in_an_intercom_header_is_read_and_days_follow_the_reporting_zone() -> None:
    log = [Ticket(1, pd.Timestamp("2025-03-31 23:30").to_pydatetime(), 5, 1, "chat", "North", None, False, "")] * 1
    table = read_table("export.csv", exports.intercom(log * 3))
    mapping = recognise(table).mapping
    assert mapping.find(Role.CREATED_AT).time_zone == "America/New_York"
    tokyo = mapping.model_copy(update={"report_time_zone": "Asia/Tokyo"}).with_role("Conversation ID", Role.IGNORE)
    contacts = convert(table, tokyo, calendar=CALENDAR_YEAR, today=TODAY).contacts
    assert contacts is not None
    assert contacts["created_at"].iloc[0] == pd.Timestamp("2025-04-01 12:30")


@pytest.mark.slow
def test_business_minutes_are_kept_apart_from_calendar_minutes() -> None:
    log = tickets()
    contacts = imported(exports.zendesk(log))[1].contacts
    assert contacts is not None
    np.testing.assert_allclose(contacts["first_response_business_minutes"], [round(t.response_minutes / 3) for t in log])
    assert set(contact_kpis(contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH))["series"]) >= {"frt_median", "frt_business_median"}


@pytest.mark.slow
def test_empty_duration_columns_give_way_to_the_points_in_time() -> None:
    log = tickets()
    found, result = imported(exports.freshdesk(log))
    assert Role.FIRST_RESPONSE_TIME not in {entry.role for entry in found.mapping.columns}
    assert result.contacts is not None
    np.testing.assert_allclose(result.contacts["first_response_minutes"], [t.response_minutes for t in log])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("export", "order"), [(exports.servicenow, DateOrder.DAY_FIRST), (exports.salesforce, DateOrder.MONTH_FIRST)]
)
def test_the_order_of_day_and_month_is_decided_on_the_whole_column(
    export: Callable[[list[Ticket]], bytes], order: DateOrder
) -> None:
    found, _ = imported(export(tickets()))
    assert found.mapping.date_order is order
    assert found.mapping.date_order_certain


@pytest.mark.slow
def test_an_ambiguous_order_of_day_and_month_is_said_and_can_be_turned() -> None:
    header = ["Ticket ID", "Created at", "Solved at"]
    table = read_table(
        "x.csv", exports.as_csv(header, [[n, f"0{n}/02/2025 10:00", f"0{n}/03/2025 10:00"] for n in range(1, 9)])
    )
    mapping = recognise(table).mapping
    result = convert(table, mapping, calendar=CALENDAR_YEAR, today=TODAY)
    assert "date_order_unsure" in {finding.rule for finding in result.findings}
    assert result.contacts is not None
    assert result.contacts["created_at"].dt.month.eq(2).all()
    turned = convert(table, mapping.with_date_order(DateOrder.MONTH_FIRST), calendar=CALENDAR_YEAR, today=TODAY).contacts
    assert turned is not None
    assert turned["created_at"].dt.day.eq(2).all()


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp"])
def test_japanese_ticket_logs_are_read_in_any_encoding(encoding: str) -> None:
    log = tickets()
    found, result = imported(exports.generic(log, encoding))
    assert found.kind.value == "tickets"
    assert result.contacts is not None
    assert set(result.contacts["channel"]) == {"メール", "チャット", "電話"}
    np.testing.assert_allclose(result.contacts["first_response_minutes"], [t.response_minutes for t in log])
    assert result.contacts["csat_satisfied"].sum() == sum(t.satisfied is True for t in log)


def test_daylight_saving_does_not_change_lengths_of_time() -> None:
    header = ["Conversation ID", "Conversation started at (Europe/Berlin)", "Started by", "Closed at", "Conversation source"]
    table = read_table("x.csv", exports.as_csv(header, [[1, "2025-03-30 01:00:00", "C", "2025-03-30 04:00:00", "M"]]))
    mapping = recognise(table).mapping.with_role("Closed at", Role.CLOSED_AT).model_copy(update={"time_zone": "Europe/Berlin"})
    contacts = convert(table, mapping, calendar=CALENDAR_YEAR, today=TODAY).contacts
    assert contacts is not None
    assert contacts["resolution_hours"].iloc[0] == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("created", "solved", "hours"),
    [
        ("2025-10-26 01:00:00", "2025-10-26 04:00:00", 4.0),
        ("2025-10-26 01:30:00", "2025-10-26 02:30:00", 2.0),
        ("2025-10-26 02:30:00", "2025-10-26 03:30:00", 1.0),
        ("2025-03-30 01:30:00", "2025-03-30 02:30:00", 1.0),
        ("2025-03-30 02:10:00", "2025-03-30 02:50:00", 40 / 60),
        ("2025-03-30 02:30:00", "2025-03-30 04:30:00", 1.0),
    ],
)
def test_the_hour_that_comes_twice_is_the_second_one_and_the_one_that_never_comes_is_kept(
    created: str, solved: str, hours: float
) -> None:
    contact = in_berlin(created, solved).contacts
    assert contact is not None
    assert contact["resolution_hours"].iloc[0] == pytest.approx(hours)
    assert str(contact["created_at"].iloc[0]) == created


def test_a_solution_in_the_same_doubled_hour_that_seems_to_go_back_is_said_and_has_no_length() -> None:
    result = in_berlin("2025-10-26 02:50:00", "2025-10-26 02:10:00")
    assert (result.accepted_rows, result.rejected_rows) == (1, 0)
    assert "impossible_order" in {finding.rule for finding in result.findings}
    assert result.contacts is not None
    assert result.contacts["resolution_hours"].isna().all()


def in_berlin(created: str, solved: str) -> Imported:
    table = read_table("x.csv", exports.as_csv(["Ticket ID", "Created at", "Solved at"], [[1, created, solved]]))
    mapping = recognise(table).mapping.model_copy(update={"time_zone": "Europe/Berlin"})
    return convert(table, mapping, calendar=CALENDAR_YEAR, today=TODAY)


@pytest.mark.slow
def test_durations_with_a_decimal_comma_and_a_thousands_mark_are_read() -> None:
    rows = "".join(f"{n};2025-03-{n:02d} 10:00;1.23{n % 10},5\n" for n in range(1, 20))
    _found, result = imported(f"Ticket ID;Created at;First response time (min)\n{rows}".encode())
    assert result.contacts is not None
    np.testing.assert_allclose(result.contacts["first_response_minutes"], [1230.5 + n % 10 for n in range(1, 20)])


def test_every_data_file_maps_what_its_kind_needs() -> None:
    for helpdesk in helpdesks():
        assert Role.CREATED_AT in helpdesk.columns, helpdesk.name
        assert helpdesk.signature, helpdesk.name


@pytest.mark.slow
def test_organisations_that_all_differ_at_first_are_customer_groups_where_later_rows_repeat_them() -> None:
    created = pd.date_range("2025-01-01", periods=6_000, freq="h").strftime("%Y-%m-%d %H:%M:%S")
    export = pd.DataFrame({"Ticket ID": range(6_000), "Created at": created})
    for companies, role in ((1_500, Role.CUSTOMER_GROUP), (6_000, Role.IGNORE)):
        named = export.assign(Organization=[f"Company {n % companies}" for n in range(6_000)])
        found, _ = imported(named.to_csv(index=False).encode())
        assert next(entry.role for entry in found.mapping.columns if entry.column == "Organization") is role
