"""Opening hours and the fiscal year of a workspace: what changes when they change."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from cs_planning.errors import InvalidOpeningHours
from cs_planning.goals.goal import GoalType
from cs_planning.kpis.calendar.opening_hours import OpeningHours, read_week
from cs_planning.kpis.calendar.sla_targets import read_targets
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.period_names import period_label
from cs_planning.workspace import Home, Save, Workspace
from tests.workspace.points.test_contacts import cut, log

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
OFFICE = OpeningHours(week=read_week("mon-fri 09:00-18:00"), country="JP")
CSAT = pd.DataFrame(
    {
        "Month": pd.date_range("2024-01-01", periods=30, freq="MS").strftime("%Y-%m"),
        "CSAT": range(60, 90),
        "CSAT answers": range(100, 130),
    }
)

COST = ("service_cost", "contact_volume", "cost_per_contact")


def kept(workspace: Workspace, table: pd.DataFrame, name: str, key: str) -> None:
    workspace.data.import_file(name, table.to_csv(index=False).encode(), save=Save("t", key, NOW))


def names(workspace: Workspace, frequency: Frequency = Frequency.MONTH) -> set[str]:
    return set(workspace.data.frame(frequency)["series"])


def clocked(workspace: Workspace, hours: OpeningHours | None, month: int = 1, key: str = "clock") -> bool:
    return workspace.clock.save(hours, month, save=Save("t", key, NOW))


def test_opening_hours_give_times_on_their_clock_to_what_was_imported_before(workspace):
    kept(workspace, log(), "log.csv", "1")
    assert "resolution_time_open_hours_median" not in names(workspace)
    assert clocked(workspace, OFFICE)
    assert {"resolution_time_open_hours_median", "resolution_time_open_hours_mean|channel=email"} <= names(workspace)
    by_name = workspace.data.frame(Frequency.MONTH).groupby("series")["value"].mean()
    assert by_name["resolution_time_open_hours_mean"] < by_name["resolution_time_mean"]


@pytest.mark.slow
def test_what_comes_later_has_the_same_points_as_what_was_there_before(workspace, tmp_path):
    early, late = cut(log(), "2026-06-01")
    clocked(workspace, OFFICE)
    kept(workspace, early, "log.csv", "1")
    kept(workspace, late, "log.csv", "2")
    other = Workspace.open(Home.at(tmp_path / "other"))
    kept(other, log(), "log.csv", "1")
    clocked(other, OFFICE)
    ours, theirs = (one.data.frame(Frequency.MONTH) for one in (workspace, other))
    pd.testing.assert_frame_equal(ours, theirs, check_exact=False, rtol=1e-12)
    other.close()


def test_a_fiscal_year_is_made_of_its_own_months(workspace):
    kept(workspace, CSAT, "csat.csv", "1")
    assert clocked(workspace, None, month=4)
    years = workspace.data.series("csat", Frequency.YEAR)
    assert [start.date() for start in years.periods] == [date(2024, 4, 1), date(2025, 4, 1)]
    rows = CSAT[(CSAT["Month"] >= "2024-04") & (CSAT["Month"] < "2025-04")]
    assert years.values[0] == pytest.approx((rows["CSAT"] * rows["CSAT answers"]).sum() / rows["CSAT answers"].sum())
    assert str(workspace.planning.quarters(date(2026, 11, 10))[0].label) == "Q3 of fiscal 2026"


@pytest.mark.slow
def test_quarters_of_contacts_begin_where_the_fiscal_year_says(workspace):
    kept(workspace, log(), "log.csv", "1")
    clocked(workspace, None, month=2)
    starts = workspace.data.series("contact_volume", Frequency.QUARTER).periods
    assert set(starts.month) <= {2, 5, 8, 11}
    clocked(workspace, None, month=1, key="back")
    assert set(workspace.data.series("contact_volume", Frequency.QUARTER).periods.month) <= {1, 4, 7, 10}


@pytest.mark.slow
@pytest.mark.parametrize("first", ["costs.csv", "tickets.csv"])
def test_the_cost_of_a_contact_follows_the_fiscal_year(workspace, first):
    costs = pd.DataFrame(
        {"Month": pd.period_range("2026-01", "2026-10", freq="M").astype(str), "Salaries": range(9_000, 10_000, 100)}
    )
    tables = {"costs.csv": costs.assign(Software=1_000), "tickets.csv": log()}
    for name in sorted(tables, key=lambda name: name != first):
        kept(workspace, tables[name], name, name)
    clocked(workspace, None, month=2)
    found = {kpi: workspace.data.series(kpi, Frequency.QUARTER).frame.set_index("period") for kpi in COST}
    both = found["service_cost"].index.intersection(found["contact_volume"].index)
    assert list(found["cost_per_contact"].index) == list(both)
    assert set(both.month) <= {2, 5, 8, 11}
    assert len(both) >= 1
    expected = found["service_cost"].loc[both, "value"] / found["contact_volume"].loc[both, "value"]
    assert found["cost_per_contact"]["value"].to_numpy() == pytest.approx(expected.to_numpy())


@pytest.mark.slow
def test_a_cost_of_a_contact_in_quarters_that_are_no_more_is_gone(workspace):
    costs = pd.DataFrame({"Quarter": ["2026-Q1", "2026-Q2", "2026-Q3"], "Salaries": [27_000] * 3, "Software": [3_000] * 3})
    kept(workspace, costs, "costs.csv", "1")
    kept(workspace, log(), "tickets.csv", "2")
    before = workspace.data.series("cost_per_contact", Frequency.QUARTER)
    clocked(workspace, None, month=2)
    assert "cost_per_contact" not in names(workspace, Frequency.QUARTER)
    clocked(workspace, None, month=1, key="back")
    assert (workspace.data.series("cost_per_contact", Frequency.QUARTER).values == before.values).all()


@pytest.mark.slow
def test_the_same_again_computes_nothing(workspace):
    kept(workspace, log(), "log.csv", "1")
    clocked(workspace, OFFICE)
    before = workspace.data.version()
    assert not clocked(workspace, OFFICE, key="again")
    assert workspace.data.version() == before


def test_both_are_there_when_the_workspace_is_opened_again(tmp_path):
    first = Workspace.open(Home.at(tmp_path))
    clocked(first, OFFICE, month=10)
    first.close()
    again = Workspace.open(Home.at(tmp_path))
    assert again.clock.calendar.hours == OFFICE
    assert (again.clock.calendar.year_starts_in, again.clock.calendar.country) == (10, "JP")
    again.close()


@pytest.mark.slow
def test_a_log_with_many_customers_keeps_the_most_frequent_ones(workspace):
    table = log().assign(Organization=[f"Customer {n % 60 if n % 3 else n % 7}" for n in range(len(log()))])
    kept(workspace, table, "log.csv", "1")
    groups = {name for name in names(workspace) if name.startswith("contact_volume|customer_group=")}
    assert len(groups) == 25
    assert "contact_volume|customer_group=Customer 3" in groups


@pytest.mark.slow
def test_two_workspaces_in_one_process_keep_their_own_years(workspace, tmp_path):
    other = Workspace.open(Home.at(tmp_path / "other"))
    for opened in (workspace, other):
        kept(opened, CSAT, "csat.csv", "1")
    clocked(workspace, None, month=4)
    third = Workspace.open(Home.at(tmp_path / "third"))
    for _again in range(2):
        april, january = (one.data.series("csat", Frequency.YEAR) for one in (workspace, other))
        assert [start.date() for start in april.periods] == [date(2024, 4, 1), date(2025, 4, 1)]
        assert [start.date() for start in january.periods] == [date(2024, 1, 1), date(2025, 1, 1)]
        assert period_label(april.last_period, april.rhythm) == "fiscal 2025"
        assert period_label(january.last_period, january.rhythm) == "2025"
        labels = [str(one.planning.quarters(date(2026, 11, 10), 1)[0].label) for one in (workspace, other, third)]
        assert labels == ["Q3 of fiscal 2026", "Q4 2026", "Q4 2026"]
    other.close()
    third.close()


@pytest.mark.slow
def test_a_workspace_with_years_from_february_drafts_to_the_end_of_its_own_quarter(workspace, tmp_path):
    other = Workspace.open(Home.at(tmp_path / "other"))
    for opened, month in ((workspace, 2), (other, 1)):
        kept(opened, CSAT, "csat.csv", "1")
        clocked(opened, None, month=month)
    drafted = [
        one.planning.draft("csat", Frequency.MONTH, GoalType.SATISFACTION, date(2026, 11, 10)) for one in (workspace, other)
    ]
    assert [goal.deadline for goal in drafted] == [date(2027, 1, 31), date(2026, 12, 31)]
    other.close()


def test_a_zone_that_was_chosen_alone_begins_the_days_of_what_is_imported_then(workspace):
    days = [*pd.date_range("2026-01-01", "2026-04-30").strftime("%Y-%m-%d"), "2026-01-31", "2026-01-31"]
    table = pd.DataFrame(
        {
            "Ticket ID": range(1, len(days) + 1),
            "Created (UTC)": [f"{day} 20:30" for day in days],
            "Solved (UTC)": [f"{day} 21:00" for day in days],
        }
    )
    kept(workspace, table, "log.csv", "1")
    assert contacts_of_february(workspace) == 28
    workspace.clock.choose_zone("Asia/Tokyo", save=Save("t", "zone", NOW))
    assert workspace.clock.calendar.time_zone == "Asia/Tokyo"
    kept(workspace, table, "log.csv", "2")
    assert contacts_of_february(workspace) == 30  # the three of January 31 at 20:30 UTC are of February 1 in Tokyo


def contacts_of_february(workspace: Workspace) -> float:
    months = workspace.data.frame(Frequency.MONTH, ["contact_volume"]).set_index("period")["value"]
    return float(months[pd.Timestamp("2026-02-01")])


def test_a_zone_that_is_none_is_refused_and_one_moves_with_the_opening_hours(workspace):
    with pytest.raises(InvalidOpeningHours, match="is no time zone"):
        workspace.clock.choose_zone("Mars/Base", save=Save("t", "zone", NOW))
    clocked(workspace, OFFICE)
    workspace.clock.choose_zone("Asia/Tokyo", save=Save("t", "zone-2", NOW))
    assert workspace.clock.calendar.hours.time_zone == "Asia/Tokyo"
    clocked(workspace, OFFICE, key="back")
    assert workspace.clock.calendar.time_zone is None


def test_targets_give_tickets_within_sla_to_what_was_imported_before_and_go_with_them(workspace):
    days = pd.date_range("2026-01-01", periods=120, freq="D")
    took = pd.to_timedelta([4, 12] * 60, unit="h")
    table = pd.DataFrame(
        {
            "Ticket ID": range(120),
            "Created at": (days + pd.Timedelta(hours=9)).strftime("%Y-%m-%d %H:%M"),
            "Solved at": (days + pd.Timedelta(hours=9) + took).strftime("%Y-%m-%d %H:%M"),
            "Priority": ["high", "high", "low"] * 40,
        }
    )
    kept(workspace, table, "log.csv", "1")
    assert "resolution_sla" not in names(workspace)
    assert workspace.clock.choose_targets(read_targets("high -/8; * -/24"), save=Save("t", "a", NOW))
    points = workspace.data.frame(Frequency.MONTH).set_index(["series", "period"])["value"]
    # Six days are one round: four of high priority, of which two took 4 h and two 12 h, and two of low priority within 24 h.
    april = pd.Timestamp("2026-04-01")
    assert points["resolution_sla", april] == pytest.approx(100 * 20 / 30)
    assert points["resolution_sla|priority=high", april] == pytest.approx(50)
    assert not workspace.clock.choose_targets(read_targets("high -/8; * -/24"), save=Save("t", "b", NOW))
    assert workspace.clock.choose_targets(None, save=Save("t", "c", NOW))
    assert not [name for name in names(workspace) if name.startswith("resolution_sla")]
