"""What an import keeps, and what it leaves alone."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from cs_planning.errors import ImportProblems
from cs_planning.kpis.columns.mapping import ColumnMapping, Mapping
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.recognise import header_fingerprint, recognise
from cs_planning.storage import ImportInfo, RememberedMapping
from cs_planning.workspace import Save
from cs_planning.workspace.data.taken_out import TAKEN_OUT
from cs_planning.workspace.layers.folding import UNDOABLE_IMPORTS

FIXTURES = Path(__file__).parents[2] / "fixtures"
NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)


def imported(workspace, name, content=None, key="1"):
    data = content if content is not None else (FIXTURES / name).read_bytes()
    return workspace.data.import_file(name, data, save=Save("test", f"{name}-{key}", NOW))


def daily(rows: pd.DataFrame) -> bytes:
    return rows.to_csv(index=False, sep=";").encode()


def call_centre(days: int = 120, last: str = "2026-10-31") -> pd.DataFrame:
    dates = pd.date_range(end=last, periods=days)
    offered = [400 + 37 * n % 90 + (300 if day.day == 1 else 0) for n, day in enumerate(dates)]
    abandoned = [40 + 11 * n % 17 if day.day == 1 else 5 + n % 7 for n, day in enumerate(dates)]
    handled = [o - a for o, a in zip(offered, abandoned, strict=True)]
    waits = [20 + n % 13 for n in range(days)]
    return pd.DataFrame(
        {
            "Date": dates.strftime("%Y-%m-%d"),
            "CallsOffered": offered,
            "CallsHandled": handled,
            "CallsAbandoned": abandoned,
            "AverageSpeedofAnswer": waits,
        }
    )


def test_the_months_abandonment_rate_is_abandoned_by_offered_and_no_average_of_days(workspace):
    table = call_centre()
    imported(workspace, "daily.csv", daily(table))
    month = table[table["Date"].str.startswith("2026-09")]
    series = workspace.data.series("abandonment_rate", Frequency.MONTH)
    value = series.frame.set_index("period")["value"][pd.Timestamp("2026-09-01")]
    exact = 100 * month["CallsAbandoned"].sum() / month["CallsOffered"].sum()
    assert value == pytest.approx(exact, rel=1e-12)
    assert value != pytest.approx((100 * month["CallsAbandoned"] / month["CallsOffered"]).mean(), rel=1e-3)


def test_the_months_speed_of_answer_is_weighted_by_answered_calls(workspace):
    table = call_centre()
    imported(workspace, "daily.csv", daily(table))
    month = table[table["Date"].str.startswith("2026-09")]
    series = workspace.data.series("asa_mean", Frequency.MONTH)
    exact = (month["AverageSpeedofAnswer"] * month["CallsHandled"]).sum() / month["CallsHandled"].sum()
    assert series.frame.set_index("period")["value"][pd.Timestamp("2026-09-01")] == pytest.approx(exact, rel=1e-12)


def test_weeks_begin_on_monday_and_add_up(workspace):
    table = call_centre()
    imported(workspace, "daily.csv", daily(table))
    weeks = workspace.data.series("contact_volume", Frequency.WEEK)
    assert set(weeks.periods.dayofweek) == {0}
    days = table.set_index(pd.to_datetime(table["Date"]))["CallsOffered"]
    monday = weeks.periods[3]
    assert weeks.values[3] == days[monday : monday + pd.Timedelta(days=6)].sum()


def test_a_month_that_the_file_covers_in_part_is_no_month(workspace):
    imported(workspace, "daily.csv", daily(call_centre(days=75, last="2026-10-20")))
    months = [period.date() for period in workspace.data.series("contact_volume", Frequency.MONTH).periods]
    assert months == [date(2026, 9, 1)]


def test_the_same_file_again_changes_nothing(workspace):
    content = daily(call_centre())
    assert not imported(workspace, "daily.csv", content).changed_nothing
    version = workspace.data.version()
    again = imported(workspace, "daily.csv", content, key="2")
    assert again.changed_nothing
    assert workspace.data.version() == version


def test_a_newer_overlapping_export_updates_days_and_completes_the_month(workspace):
    imported(workspace, "daily.csv", daily(call_centre(days=75, last="2026-10-20")))
    newer = call_centre(days=60, last="2026-10-31")
    report = imported(workspace, "daily-newer.csv", daily(newer), key="2")
    assert report.counts.inserted
    october = newer[newer["Date"].str.startswith("2026-10")]
    series = workspace.data.series("contact_volume", Frequency.MONTH)
    assert series.last_period == date(2026, 10, 1)
    assert series.values[-1] == october["CallsOffered"].sum()


def test_a_ticket_log_gives_volume_response_resolution_and_reopen_rate_by_month(workspace):
    imported(workspace, "ticket-log.csv")
    kept = {str(info.key) for info in workspace.data.series_list() if info.frequency is Frequency.MONTH}
    assert {"contact_volume", "frt_median", "resolution_time_median", "reopen_rate"} <= kept


@pytest.mark.slow
def test_tickets_that_come_again_are_counted_once(workspace):
    content = (FIXTURES / "ticket-log.csv").read_bytes()
    imported(workspace, "ticket-log.csv", content)
    before = workspace.data.series("contact_volume", Frequency.MONTH).values.sum()
    head, *lines = content.splitlines(keepends=True)
    imported(workspace, "ticket-log-newer.csv", head + b"".join(lines[len(lines) // 2 :]), key="2")
    assert workspace.data.series("contact_volume", Frequency.MONTH).values.sum() == before


@pytest.mark.slow
def test_two_sources_of_one_kpi_stand_side_by_side(workspace):
    imported(workspace, "daily.csv", daily(call_centre()))
    calls = workspace.data.series("contact_volume", Frequency.MONTH).values.copy()
    imported(workspace, "ticket-log.csv")
    assert (workspace.data.series("contact_volume", Frequency.MONTH).values == calls).all()
    beside = workspace.data.series("contact_volume|source=ticket-log", Frequency.MONTH)
    assert len(beside)


@pytest.mark.slow
def test_a_kpi_that_the_contacts_do_not_give_is_not_in_their_way(workspace):
    months = pd.period_range("2025-01", "2026-10", freq="M").astype(str)
    surveys = pd.DataFrame({"Month": months, "NPS": range(20, 20 + len(months)), "NPS answers": 200})
    imported(workspace, "surveys.csv", surveys.to_csv(index=False).encode())
    imported(workspace, "ticket-log.csv")
    assert workspace.data.series("nps", Frequency.MONTH).values[0] == 20
    assert len(workspace.data.series("contact_volume", Frequency.MONTH))
    assert not [info for info in workspace.data.series_list() if "source" in dict(info.key.scope)]


def test_a_corrected_mapping_is_remembered_for_the_next_file_with_this_header(workspace):
    table = workspace.data.read("daily.csv", daily(call_centre()))
    mapping = workspace.data.recognise(table).mapping
    corrected = mapping.model_copy(update={"scope": (("channel", "phone"),)})
    converted = workspace.data.convert(table, corrected, NOW.date())
    workspace.data.save(table, corrected, converted, save=Save("test", "1", NOW))
    again = workspace.data.recognise(workspace.data.read("other.csv", daily(call_centre(days=30))))
    assert again.remembered
    assert again.mapping.scope == (("channel", "phone"),)


def test_a_bad_cell_keeps_everything_out(workspace):
    table = call_centre().astype(object)
    table.loc[7, "CallsOffered"] = "many"
    with pytest.raises(ImportProblems) as refused:
        imported(workspace, "daily.csv", daily(table))
    problem = refused.value.problems[0]
    assert (problem.row, problem.value) == (9, "many")
    assert not workspace.data.series_list()
    assert not workspace.data.imports()


@pytest.mark.faults
def test_a_crash_between_files_and_database_loses_nothing(workspace, monkeypatch):
    imported(workspace, "ticket-log.csv")
    before = workspace.data.series("contact_volume", Frequency.MONTH).values.copy()
    content = (FIXTURES / "ticket-log.csv").read_bytes()
    head, *lines = content.splitlines(keepends=True)
    changed = head + b"".join(lines[: len(lines) // 3])
    monkeypatch.setattr(workspace._store.imports, "record", _interrupted)
    with pytest.raises(KeyboardInterrupt):
        imported(workspace, "ticket-log-2.csv", changed.replace(b"2023-01", b"2023-02"), key="2")
    monkeypatch.undo()
    assert (workspace.data.series("contact_volume", Frequency.MONTH).values == before).all()
    imported(workspace, "ticket-log.csv", content, key="3")
    assert (workspace.data.series("contact_volume", Frequency.MONTH).values == before).all()


def _interrupted(*_arguments, **_named):
    raise KeyboardInterrupt


RATES = "Month,Offered,応答率\n" + "".join(f"2026-{month:02},{900 + month},{90 + month}%\n" for month in range(1, 7))


def as_version_1_left_it(workspace, name: str, written: str):
    """The table, and the workspace after version 1.0 took its rate of answered calls for the service level."""
    table = workspace.data.read(name, written.encode())
    wrong = workspace.data.recognise(table).mapping.with_role("応答率", Role.KPI, "service_level")
    left = json.dumps({field: value for field, value in wrong.model_dump(mode="json").items() if field != "rules"})
    info = ImportInfo(name, "ab" * 32, wrong.kind.value, 6, 0, left)
    remember = RememberedMapping(header_fingerprint(table), wrong.kind.value, left)
    workspace._store.imports.record(info, {}, remember=remember, save=Save("t", "of version 1", NOW))
    return table


def test_what_version_1_read_otherwise_is_named_column_by_column_and_read_anew_when_wanted(workspace):
    table = as_version_1_left_it(workspace, "rates.csv", RATES)
    assert workspace.data.read_by_earlier_rules() == ("rates.csv",)
    found = workspace.data.recognise(table)
    assert [one.column for one in found.otherwise] == ["応答率"]
    assert str(found.otherwise[0].words) == "応答率: Service level before, Answer rate today"
    assert found.mapping.column("応答率").kpi == "service_level"
    anew = found.today.mapping
    workspace.data.save(
        table, anew, workspace.data.convert(table, anew, NOW.date()), save=Save("t", "anew", NOW + timedelta(1))
    )
    assert workspace.data.read_by_earlier_rules() == ()
    assert workspace.data.recognise(table).otherwise == ()
    assert list(workspace.data.series("completion_rate", Frequency.MONTH).values) == [91, 92, 93, 94, 95, 96]


def test_the_series_that_a_reading_of_version_1_made_are_named_until_the_file_is_read_anew(workspace):
    table = as_version_1_left_it(workspace, "rates.csv", RATES)
    wrong = workspace.data.recognise(table).mapping
    workspace.data.save(table, wrong, workspace.data.convert(table, wrong, NOW.date()), save=Save("t", "old", NOW))
    workspace.data.import_file("other.csv", b"Month,Occupancy (%)\n2026-01,80\n2026-02,81\n", save=Save("t", "other", NOW))
    assert [info.key.kpi for info in workspace.data.series_by_earlier_rules()] == ["contact_volume", "service_level"]
    anew = workspace.data.recognise(table).today.mapping
    workspace.data.save(
        table, anew, workspace.data.convert(table, anew, NOW.date()), save=Save("t", "anew", NOW + timedelta(1))
    )
    assert workspace.data.series_by_earlier_rules() == ()


def read_wrongly_and_anew(workspace, again: str = RATES):
    """The report of reading a file anew whose answer rate version 1.0 kept as the service level."""
    table = as_version_1_left_it(workspace, "rates.csv", RATES)
    wrong = workspace.data.recognise(table).mapping
    workspace.data.save(table, wrong, workspace.data.convert(table, wrong, NOW.date()), save=Save("t", "old", NOW))
    table = workspace.data.read("rates.csv", again.encode())
    anew = workspace.data.recognise(table).today.mapping
    converted = workspace.data.convert(table, anew, NOW.date())
    shown = workspace.data.replaced(anew, converted)
    return shown, workspace.data.save(table, anew, converted, save=Save("t", "anew", NOW + timedelta(1)))


def kept_kpis(workspace) -> set[str]:
    return {info.key.kpi for info in workspace.data.series_list()}


def test_reading_a_file_anew_takes_out_what_its_wrong_reading_made_and_undoing_brings_it_back(workspace):
    shown, report = read_wrongly_and_anew(workspace)
    assert {info.key.kpi for info in shown} == {"service_level"}
    assert kept_kpis(workspace) == {"contact_volume", "completion_rate"}
    assert "earlier reading are gone; undoing the import brings them back." in str(report.words)
    newest = workspace.data.imports()[0]
    workspace.data.undo.undo(newest.id, save=Save("t", "undo", NOW + timedelta(2)))
    assert kept_kpis(workspace) == {"contact_volume", "service_level"}
    assert list(workspace.data.series("service_level", Frequency.MONTH).values) == [91, 92, 93, 94, 95, 96]


def test_what_the_file_does_not_hold_any_more_stays(workspace):
    shorter = "".join(RATES.splitlines(keepends=True)[:4])
    shown, _ = read_wrongly_and_anew(workspace, shorter)
    assert shown == ()
    assert kept_kpis(workspace) == {"contact_volume", "service_level", "completion_rate"}


def test_undoing_another_import_does_not_bring_the_wrong_reading_back(workspace):
    read_wrongly_and_anew(workspace)
    other = b"Month,Occupancy (%)\n2026-01,80\n2026-02,81\n"
    workspace.data.import_file("other.csv", other, save=Save("t", "other", NOW + timedelta(2)))
    workspace.data.undo.undo(workspace.data.imports()[0].id, save=Save("t", "undo", NOW + timedelta(3)))
    assert kept_kpis(workspace) == {"contact_volume", "completion_rate"}


LOG = "Ticket ID,Created at,Solved at,Score\n" + "".join(
    f"T-{n},2026-0{1 + n // 28}-{1 + n % 28:02} 09:00,2026-0{1 + n // 28}-{1 + n % 28:02} 12:00,{1 + n % 5}\n"
    for n in range(84)
)


def read_as_figures_and_anew(workspace, again: str = LOG):
    """What is shown, and the report, of a log of contacts that version 1.0 kept as a table of figures of each day."""
    table = workspace.data.read("log.csv", LOG.encode())
    today = workspace.data.recognise(table).mapping
    columns = [ColumnMapping(column=name) for name in table.columns]
    wrong = Mapping(kind=Kind.KPI_TABLE_WIDE, columns=tuple(columns), rules=1)
    wrong = wrong.with_role("Created at", Role.PERIOD).with_role("Score", Role.KPI, "csat_score")
    workspace.data.save(table, wrong, workspace.data.convert(table, wrong, NOW.date()), save=Save("t", "old", NOW))
    assert kept_kpis(workspace) == {"csat_score"}
    table = workspace.data.read("log.csv", again.encode())
    converted = workspace.data.convert(table, today, NOW.date())
    shown = workspace.data.replaced(today, converted)
    assert workspace.data.taken(today, [series.key for series in workspace.data.preview(converted)]) == ()
    return shown, workspace.data.save(table, today, converted, save=Save("t", "anew", NOW + timedelta(1)))


def test_a_log_that_was_read_as_figures_takes_them_out_when_it_is_read_as_contacts_and_undoing_brings_them_back(workspace):
    shown, _ = read_as_figures_and_anew(workspace)
    assert {info.key.kpi for info in shown} == {"csat_score"}
    assert "csat_score" not in kept_kpis(workspace)
    assert workspace.data.series("contact_volume", Frequency.MONTH).values.tolist() == [28, 28, 28]
    workspace.data.undo.undo(workspace.data.imports()[0].id, save=Save("t", "undo", NOW + timedelta(2)))
    assert kept_kpis(workspace) == {"csat_score"}
    assert len(workspace.data.series("csat_score", Frequency.DAY)) == 84


def test_figures_of_days_that_the_log_does_not_hold_any_more_stay(workspace):
    shown, _ = read_as_figures_and_anew(workspace, "".join(LOG.splitlines(keepends=True)[:40]))
    assert shown == ()
    assert "csat_score" in kept_kpis(workspace)


@pytest.mark.slow
def test_that_figures_were_taken_out_is_said_with_the_import_after_many_others_too(workspace):
    read_as_figures_and_anew(workspace)
    for number in range(UNDOABLE_IMPORTS + 1):
        later = f"Month,Occupancy (%)\n2026-01,{80 + number % 9}\n".encode()
        workspace.data.import_file("other.csv", later, save=Save("t", f"other{number}", NOW + timedelta(2, number)))
    (told,) = [one for one in workspace.data.kept_imports() if any(found.rule == TAKEN_OUT for found in one.findings)]
    (finding,) = [found for found in told.findings if found.rule == TAKEN_OUT]
    assert (told.info.file_name, finding.count) == ("log.csv", 1)
    assert finding.sample_values == ("Mean satisfaction score",)


def test_undoing_a_later_import_does_not_bring_the_figures_back(workspace):
    read_as_figures_and_anew(workspace)
    other = b"Month,Occupancy (%)\n2026-01,80\n2026-02,81\n"
    workspace.data.import_file("other.csv", other, save=Save("t", "other", NOW + timedelta(2)))
    workspace.data.undo.undo(workspace.data.imports()[0].id, save=Save("t", "undo", NOW + timedelta(3)))
    assert "csat_score" not in kept_kpis(workspace)


def test_a_month_that_begins_in_its_middle_is_named_before_it_is_not_kept(workspace):
    days = pd.date_range("2026-03-05", periods=80)
    rows = "".join(f"{n},{day:%Y-%m-%d} 09:00\n" for n, day in enumerate(days))
    table = workspace.data.read("log.csv", f"Ticket ID,Created at\n{rows}".encode())
    mapping = workspace.data.recognise(table).mapping
    converted = workspace.data.convert(table, mapping, NOW.date())
    assert workspace.data.first_day_within_a_month(converted) == date(2026, 3, 5)
    workspace.data.save(table, mapping, converted, save=Save("t", "log", NOW))
    assert workspace.data.series("contact_volume", Frequency.MONTH).periods[0] == pd.Timestamp("2026-04-01")
    before = "".join(f"before {day},2026-03-0{day} 09:00\n" for day in range(1, 5))
    whole = workspace.data.read("log.csv", f"Ticket ID,Created at\n{before}{rows}".encode())
    again = workspace.data.convert(whole, workspace.data.recognise(whole).mapping, NOW.date())
    assert workspace.data.first_day_within_a_month(again) is None


def test_an_import_that_nobody_looks_at_goes_on_as_before_and_says_so(workspace):
    as_version_1_left_it(workspace, "rates.csv", RATES)
    report = workspace.data.import_file("rates.csv", RATES.encode(), save=Save("t", "again", NOW + timedelta(1)))
    (finding,) = (one for one in report.imported.findings if one.rule == "read_by_earlier_rules")
    assert (finding.count, finding.sample_values) == (1, ("応答率",))
    assert workspace.data.read_by_earlier_rules() == ("rates.csv",)


def test_a_reading_that_today_s_rules_share_is_not_named(workspace):
    table = workspace.data.read("rates.csv", RATES.encode())
    same = workspace.data.recognise(table).mapping
    assert recognise(table, same.model_copy(update={"rules": 1})).otherwise == ()
