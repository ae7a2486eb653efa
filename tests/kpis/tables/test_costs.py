"""Tables of costs, and what a contact costs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.columns.roles import Kind
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import recognise
from cs_planning.kpis.imports.sheets import kpis_from_files
from cs_planning.workspace import Home, Save, Workspace
from tests.kpis.exports import as_csv

TODAY = date(2026, 11, 10)
MONTHS = [f"2026-{month:02d}" for month in range(1, 7)]
LONG = as_csv(
    ["Month", "Category", "Team", "Amount"],
    [
        [month, category, team, amount + place]
        for place, month in enumerate(MONTHS)
        for category, team, amount in (("Salaries", "North", 6000), ("Salaries", "South", 4000), ("Software", "", 1000))
    ],
)
WIDE = as_csv(
    ["年月", "人件費", "システム費", "合計"],
    [[month, f"{1_000_000 + place:,}円", f"{200_000:,}円", f"{1_200_000 + place:,}円"] for place, month in enumerate(MONTHS)],
)


def imported(content: bytes) -> Imported:
    table = read_table("costs.csv", content)
    found = recognise(table)
    assert found.kind is Kind.COSTS
    assert found.confidence >= 0.9
    return convert(table, found.mapping, calendar=CALENDAR_YEAR, today=TODAY)


def value(result: Imported, series: str, month: str = "2026-01") -> float:
    assert result.points is not None
    rows = result.points[(result.points["series"] == series) & (result.points["period"] == f"{month}-01")]
    return float(rows["value"].iloc[0])


def tickets(each: int = 50) -> bytes:
    rows = [
        [f"{m}-{n}", f"{m}-{n % 28 + 1:02d} 10:00", ["North", "South"][n % 2], ["email", "phone"][n % 5 == 0]]
        for m in MONTHS
        for n in range(each)
    ]
    return as_csv(["Ticket ID", "Created at", "Team", "Channel"], rows)


def test_costs_are_added_up_in_all_by_kind_and_by_team():
    result = imported(LONG)
    assert value(result, "service_cost") == 11_000
    assert value(result, "service_cost|category=Salaries", "2026-02") == 10_002
    assert value(result, "service_cost|team=North") == 6_000
    assert (result.accepted_rows, result.rejected_rows) == (18, 0)


def test_a_column_for_each_kind_is_added_up_and_a_total_is_not_counted_twice():
    result = imported(WIDE)
    assert value(result, "service_cost") == 1_200_000
    assert value(result, "service_cost|category=人件費") == 1_000_000
    assert result.kpis["service_cost"].currency == "JPY"


def test_a_table_that_mixes_costs_with_kpis_is_one_of_kpis():
    rows = [[month, 500, 85, 12_000] for month in MONTHS]
    found = recognise(read_table("kpis.csv", as_csv(["Month", "Contacts", "CSAT", "Cost"], rows)))
    assert found.kind is Kind.KPI_TABLE_WIDE


def test_a_kind_of_cost_that_is_missing_between_others_is_said():
    lines = LONG.replace(b"2026-03,Software,,1002\n", b"").replace(b"2026-03,Software,,1002\r\n", b"")
    assert lines != LONG
    finding = next(one for one in imported(lines).findings if one.rule == "cost_missing")
    assert (finding.count, finding.sample_values) == (1, ("2026-03-01",))


@pytest.mark.slow
@pytest.mark.parametrize("period", [Frequency.MONTH, Frequency.QUARTER])
def test_the_cost_of_a_contact_is_all_cost_by_all_contacts_of_the_period(tmp_path: Path, period: Frequency):
    (tmp_path / "costs.csv").write_bytes(LONG)
    (tmp_path / "tickets.csv").write_bytes(tickets())
    frame, _ = kpis_from_files(
        [tmp_path / "tickets.csv", tmp_path / "costs.csv"], period, ["team"], calendar=CALENDAR_YEAR, today=TODAY
    )
    found = frame.set_index(["series", "period"])
    months = 1 if period is Frequency.MONTH else 3
    extra = 3 * sum(range(months))
    start = pd.Timestamp("2026-01-01")
    assert found.loc[("cost_per_contact", start), "value"] == pytest.approx((11_000 * months + extra) / (50 * months))
    assert found.loc[("cost_per_contact", start), "sample_size"] == 50 * months
    assert found.loc[("cost_per_contact|team=North", start), "value"] == pytest.approx(
        (6_000 * months + extra / 3) / (25 * months)
    )


@pytest.mark.slow
@pytest.mark.parametrize("order", [("costs.csv", "tickets.csv"), ("tickets.csv", "costs.csv")])
def test_it_is_kept_whichever_file_comes_first_and_follows_both(tmp_path: Path, order: tuple[str, str]):
    contents = {"costs.csv": LONG, "tickets.csv": tickets()}
    workspace = Workspace.open(Home.at(tmp_path))
    now = datetime(2026, 11, 10, 9, tzinfo=UTC)
    for name in order:
        workspace.data.import_file(name, contents[name], save=Save("t", name, now))
    assert workspace.data.series("cost_per_contact", Frequency.MONTH).values[0] == pytest.approx(220)
    assert workspace.data.series("cost_per_contact", Frequency.QUARTER).sample_sizes[0] == 150
    dearer = LONG.replace(b"2026-01,Software,,1000", b"2026-01,Software,,2000")
    workspace.data.import_file("costs.csv", dearer, save=Save("t", "again", now))
    assert workspace.data.series("cost_per_contact", Frequency.MONTH).values[0] == pytest.approx(240)
    workspace.close()
