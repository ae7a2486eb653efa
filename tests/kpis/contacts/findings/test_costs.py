"""Costs of contacts are in the currency that the log names, and never mixed with another one."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cs_planning.errors import ImportProblems
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.contacts.conversion import from_file
from cs_planning.kpis.currency import Currency
from cs_planning.kpis.files.reading import read_sample, read_table
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.answers import Answers
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise
from cs_planning.kpis.imports.sheets import series_of
from cs_planning.workspace import Home, Save, Workspace

TODAY = date(2026, 11, 10)
YEN, USUAL = Currency(code="JPY", is_chosen=True), Currency(code="USD")


def log(header: str, amount: str, currency: str = "") -> bytes:
    head: list[object] = ["Ticket ID", "Created at", "Solved at", header, *(["Currency"] if currency else [])]
    rows: list[list[object]] = [
        [n, f"2026-0{n % 6 + 1}-05 09:00", f"2026-0{n % 6 + 1}-05 11:00", amount, *([currency] if currency else [])]
        for n in range(60)
    ]
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in [head, *rows]).encode()


def imported(content: bytes, currency: Currency):
    table = read_table("log.csv", content)
    return convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=TODAY, currency=currency)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (log("Cost (£)", "4.20"), "GBP"),
        (log("Cost", "€4.20"), "EUR"),
        (log("コスト（円）", "306円"), "JPY"),
        (log("Cost", "4.20", "CHF"), "CHF"),
    ],
)
def test_a_log_that_names_its_currency_has_it(content, code):
    found = imported(content, USUAL)
    assert found.currency == code
    (cost,) = (series for series in series_of(found, CALENDAR_YEAR) if series.kpi.id == "service_cost")
    assert cost.kpi.currency == code
    with pytest.raises(ImportProblems, match="AUD is counted in"):
        imported(content, Currency(code="AUD", is_chosen=True))


def test_a_log_that_names_none_is_counted_in_the_currency_of_the_workspace_and_says_so():
    found = imported(log("Cost", "420"), YEN)
    (cost,) = (series for series in series_of(found, CALENDAR_YEAR) if series.kpi.id == "service_cost")
    assert cost.kpi.currency == "JPY"
    assert [one.rule for one in found.findings].count("currency_not_named") == 1


def test_a_log_without_costs_names_no_currency():
    found = imported(log("Remark", "paid 5 EUR"), YEN)
    assert found.currency is None
    assert "currency_not_named" not in [one.rule for one in found.findings]


def test_a_large_log_is_held_to_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "log.csv"
    path.write_bytes(log("Cost (£)", "4.20"))
    monkeypatch.setattr("cs_planning.kpis.files.reading.SAMPLE_BYTES", 1_000)
    sample = read_sample(path)
    mapping = recognise(sample).mapping
    read = from_file.read_contacts(path, sample, mapping, tmp_path / "kept", today=TODAY, currency=USUAL)
    assert read.currency == "GBP"
    with pytest.raises(ImportProblems, match="JPY is counted in"):
        from_file.read_contacts(path, sample, mapping, tmp_path / "other", today=TODAY, currency=YEN)


def test_the_first_log_with_costs_settles_the_currency_and_the_next_one_must_agree(tmp_path: Path):
    workspace = Workspace.open(Home.at(tmp_path))
    told = Answers(columns=(("対応費（円）", Role.COST),))
    save = Save("t", "a", datetime(2026, 11, 10, tzinfo=UTC))
    workspace.data.import_file("a.csv", log("対応費（円）", "306"), save=save, answers=told)
    assert (workspace.money.currency.code, workspace.money.currency.is_chosen) == ("JPY", True)
    assert workspace.data.series("service_cost", Frequency.MONTH).kpi.currency == "JPY"
    with pytest.raises(ImportProblems, match="JPY is counted in"):
        workspace.data.import_file("b.csv", log("Cost (USD)", "4"), save=save.part("b"))
    workspace.close()
