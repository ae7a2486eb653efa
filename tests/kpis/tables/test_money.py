"""Amounts of a table are in the currency that it names; they are never mixed with another one."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from cs_planning.errors import ImportProblems
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.catalogue import Unit
from cs_planning.kpis.currency import UNSAID, Currency
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise
from cs_planning.kpis.imports.sheets import kpis_from_files
from cs_planning.storage import ImportInfo
from cs_planning.workspace import Home, Save, Workspace
from tests.kpis.exports import as_csv

TODAY = date(2026, 11, 10)
MONTHS = [f"2026-{month:02d}" for month in range(1, 7)]
YEN = Currency(code="JPY", is_chosen=True)


@pytest.fixture
def workspace(tmp_path):
    opened = Workspace.open(Home.at(tmp_path))
    yield opened
    opened.close()


def costs(header: str, amount: str = "4000") -> bytes:
    return as_csv(["Month", header], [[month, amount] for month in MONTHS])


def imported(content: bytes, currency: Currency = UNSAID):
    table = read_table("costs.csv", content)
    return convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY, currency=currency)


@pytest.mark.parametrize(
    ("header", "amount", "expected"),
    [
        ("Service cost (EUR)", "4000", "EUR"),
        ("Service cost", "£4,000", "GBP"),
        ("Cost per contact (USD)", "4.20", "USD"),
        ("Cost per contact", "CHF 4.20", "CHF"),
        ("Service cost", "SEK 4000", "SEK"),
        ("サポート費用（円）", "400000", "JPY"),
        ("サポート費用", "40万円", "JPY"),
    ],
)
def test_a_file_that_names_its_currency_has_it(header, amount, expected):
    result = imported(costs(header, amount))
    assert result.currency == expected
    assert {kpi.currency for kpi in result.kpis.values()} == {expected}


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        (["Month", "Service cost"], [[month, "4000"] for month in MONTHS]),
        (["Month", "Contacts", "Cost per contact"], [[month, "800", "4.20"] for month in MONTHS]),
        (
            ["Date", "Calls offered", "Calls answered", "Calls abandoned", "Cost per contact"],
            [[f"2026-01-0{day}", "180", "172", "8", "4.5"] for day in range(1, 8)],
        ),
        (["月", "費目", "金額"], [[month, "人件費", "400000"] for month in MONTHS]),
    ],
)
def test_amounts_without_a_currency_are_said_once_with_the_currency_they_were_taken_in(columns, rows):
    result = imported(as_csv(columns, rows), YEN)
    (said,) = [finding for finding in result.findings if finding.rule == "currency_not_named"]
    assert "were taken as JPY" in str(said.message)
    assert {kpi.currency for kpi in result.kpis.values() if kpi.unit is Unit.MONEY} == {"JPY"}


def test_a_file_that_names_its_currency_or_has_no_amounts_is_told_nothing_of_it():
    rows = [[f"2026-01-0{day}", "180", "172", "8", ""] for day in range(1, 8)]
    without = as_csv(["Date", "Calls offered", "Calls answered", "Calls abandoned", "Cost per contact"], rows)
    for content in (costs("Service cost (EUR)"), as_csv(["Month", "CSAT (%)"], [[m, "80"] for m in MONTHS]), without):
        assert "currency_not_named" not in {finding.rule for finding in imported(content).findings}


def test_amounts_beside_call_statistics_follow_the_currency_as_others_do():
    def beside(header: str) -> bytes:
        return as_csv(
            ["Date", "Calls offered", "Calls answered", "Calls abandoned", header],
            [[f"2026-01-0{day}", "180", "172", "8", "4.5"] for day in range(1, 8)],
        )

    result = imported(beside("Cost per contact (EUR)"))
    assert (result.currency, result.kpis["cost_per_contact"].currency) == ("EUR", "EUR")
    with pytest.raises(ImportProblems, match=r"are in EUR, but JPY is counted in"):
        imported(beside("Cost per contact (EUR)"), YEN)


def test_a_file_that_names_none_is_in_the_currency_that_is_counted_in():
    result = imported(costs("サポート費用", "400000"), YEN)
    assert result.currency is None
    assert {(kpi.id, kpi.currency) for kpi in result.kpis.values()} == {("service_cost", "JPY")}


@pytest.mark.parametrize(
    "content", [costs("Service cost (EUR)"), costs("Service cost", "€4,000"), costs("Cost per contact ($)", "4.2")]
)
def test_another_currency_than_the_chosen_one_is_refused_with_both_ways_out(content):
    with pytest.raises(ImportProblems) as refused:
        imported(content, YEN)
    problem = refused.value.problems[0]
    assert "JPY is counted in" in str(problem.message)
    assert "--currency" in str(problem.remedy)
    assert "settings" in str(problem.remedy)


def test_a_dollar_is_the_dollar_of_the_workspace():
    canada = Currency(code="CAD", is_chosen=True)
    assert imported(costs("Service cost ($)"), canada).currency == "CAD"
    with pytest.raises(ImportProblems):
        imported(costs("Service cost (US$)"), canada)


def test_two_currencies_in_one_file_are_never_added_up():
    both = as_csv(["Month", "Salaries (EUR)", "Software (USD)"], [[month, "4000", "300"] for month in MONTHS])
    with pytest.raises(ImportProblems, match="several currencies: EUR"):
        imported(both)


def test_a_column_of_currencies_is_read():
    rows = [[month, "Salaries", "4000", "GBP"] for month in MONTHS]
    assert imported(as_csv(["Month", "Category", "Amount", "Currency"], rows)).currency == "GBP"
    with pytest.raises(ImportProblems, match="several currencies"):
        imported(as_csv(["Month", "Category", "Amount", "Currency"], [*rows[:-1], [MONTHS[-1], "Salaries", "4000", "EUR"]]))


def test_files_of_two_currencies_are_not_put_together(tmp_path):
    (tmp_path / "a.csv").write_bytes(costs("Service cost (EUR)"))
    (tmp_path / "b.csv").write_bytes(costs("Cost per contact (USD)", "4.2"))
    with pytest.raises(ImportProblems, match="EUR is counted in"):
        kpis_from_files([tmp_path / "a.csv", tmp_path / "b.csv"], Frequency.MONTH, calendar=CALENDAR_YEAR, today=TODAY)


def test_the_first_file_that_names_a_currency_settles_it_and_the_next_one_must_agree(workspace):
    def save(key: str) -> Save:
        return Save("t", key, datetime(2026, 11, 10, tzinfo=UTC))

    workspace.money.settle("JPY", now=save("x").now)
    assert workspace.money.currency == Currency(code="JPY")
    workspace.data.import_file("a.csv", costs("Service cost (EUR)"), save=save("a"))
    assert workspace.money.currency == Currency(code="EUR", is_chosen=True, instead_of="JPY")
    workspace.money.settle("JPY", now=save("x").now)
    assert workspace.money.currency.code == "EUR"
    with pytest.raises(ImportProblems, match="EUR is counted in"):
        workspace.data.import_file("b.csv", costs("Service cost (USD)"), save=save("b"))


def test_choosing_another_currency_converts_nothing_and_every_series_is_written_in_it(workspace):
    save = Save("t", "a", datetime(2026, 11, 10, tzinfo=UTC))
    workspace.data.import_file("a.csv", costs("Service cost (EUR)"), save=save)
    version = workspace.data.version()
    workspace.money.choose("JPY", save=save.part("choose"))
    assert workspace.data.version() > version
    assert {info.kpi.currency for info in workspace.data.series_list()} == {"JPY"}
    series = workspace.data.series("service_cost", Frequency.MONTH)
    assert (series.kpi.currency, set(series.values)) == ("JPY", {4000.0})


def test_amounts_without_a_named_currency_hold_the_usual_one_fast(workspace):
    save = Save("t", "a", datetime(2026, 11, 10, tzinfo=UTC))
    workspace.money.settle("GBP", now=save.now)
    workspace.data.import_file("a.csv", costs("Service cost"), save=save)
    assert workspace.money.currency == Currency(code="GBP", is_chosen=True, instead_of="GBP")


@pytest.mark.parametrize("usual", ["USD", "JPY", "EUR"])
def test_amounts_that_version_1_kept_are_counted_in_the_currency_that_their_file_named(workspace, usual: str):
    save = Save("t", "a", datetime(2026, 11, 10, tzinfo=UTC))
    table = workspace.data.read("a.csv", costs("Service cost (EUR)"))
    mapping = workspace.data.recognise(table).mapping
    imported = workspace.data.convert(table, mapping, TODAY)
    assert imported.points is not None
    # Version 1.0 kept the KPI with its currency, and no setting beside it.
    store = workspace._store
    info = ImportInfo("a.csv", "ab" * 32, mapping.kind.value, 3, 0, mapping.model_dump_json())
    store.imports.record(info, {Frequency.MONTH: imported.points}, kpis=tuple(imported.kpis.values()), save=save)
    with store.imports._database.writing() as connection:
        connection.execute(text("DELETE FROM settings WHERE key = 'currency'"))
    workspace.money.settle(usual, now=save.now)
    assert workspace.money.currency.code == "EUR"
    assert {one.kpi.currency for one in workspace.data.series_list()} == {"EUR"}
