import numpy as np
import pytest

from cs_planning.automation.answers.frontier import CLAIMS, frontier
from cs_planning.automation.answers.sensitivity import sobol_effects
from cs_planning.automation.answers.what_matters import QUANTITIES, Result, tornado, total_effects, uncertain_quantities
from cs_planning.automation.levers.demand import ChatbotLever
from cs_planning.automation.levers.people import StaffingLever
from cs_planning.automation.levers.uncertainty import COLUMNS
from cs_planning.automation.scenarios.scenario import AS_IS, Scenario, point_outcome
from tests.automation.builders import a_bot, a_day, a_team, three_channels


@pytest.mark.parametrize("team", [a_team(), a_day(), three_channels()])
def test_the_frontier_trades_response_time_for_cost(team):
    line = frontier(team, a_bot(containment=0.3))
    for _, points in line.groupby("scenario"):
        assert (np.diff(points["cost_per_month"]) > 0).all()
        assert (np.diff(points["mean_wait_seconds"]) <= 1e-6).all()
        assert points["is_current"].sum() == 1
    today = line[(line["scenario"] == AS_IS) & line["is_current"]].iloc[0]
    assert today["wait_change"] == pytest.approx(0)
    assert today["cost_change"] == pytest.approx(0)


def test_a_point_of_the_frontier_is_the_outcome_with_that_staffing():
    line = frontier(a_team(), a_bot(containment=0.3))
    row = line[line["scenario"] == "bot"].iloc[5]
    scenario = Scenario(
        name="x", levers=(ChatbotLever(containment=0.3), StaffingLever(agents_share_change=row["staffing"] - 1))
    )
    outcome = point_outcome(a_team(), scenario)
    assert row["mean_wait_seconds"] == pytest.approx(outcome.mean_wait_seconds.median, rel=1e-6)
    assert row["cost_per_month"] == pytest.approx(outcome.cost_per_month.median, rel=1e-9)


def test_seventy_percent_faster_and_thirty_percent_cheaper_exclude_each_other():
    line = frontier(a_team(), a_bot(containment=0.3))
    assert not ((line["wait_change"] <= -0.7) & (line["cost_change"] <= -0.3)).any()


def test_every_claim_of_the_trade_has_its_source():
    assert sorted(claim.change for claim in CLAIMS) == [-0.7, -0.3, -0.2, -0.08, 0.3]
    assert all(str(claim.source) and str(claim.statement) for claim in CLAIMS)


def test_the_widest_bar_comes_first_and_each_is_what_one_quantity_does():
    bars = tornado(a_team(), a_bot(), Result.SERVICE_LEVEL)
    widths = [bar.width for bar in bars]
    assert widths == sorted(widths, reverse=True)
    by_key = {bar.key: bar for bar in bars}
    assert by_key["volume"].high < by_key["volume"].low
    assert by_key["chatbot.containment"].high > by_key["chatbot.containment"].low
    assert by_key["wage"].width == 0
    assert {bar.middle for bar in bars} == {bars[0].middle}


def test_only_what_is_uncertain_is_listed():
    certain = a_team(doubt={"volume_cv": 0, "handle_time_cv": 0, "patience_cv": 0, "absence": 0.0, "wage": 0.0})
    assert uncertain_quantities(certain, Scenario(name="x", levers=(StaffingLever(agents_change=2.0),))) == ()
    assert "chatbot.containment" not in uncertain_quantities(a_team(), a_bot(containment=0.2))
    assert set(COLUMNS) == set(QUANTITIES)


@pytest.mark.load
def test_total_effects_agree_with_a_function_whose_effects_are_known():
    a, b = 7.0, 0.1

    def ishigami(u):
        x = np.pi * (2 * u - 1)
        return np.sin(x[:, 0]) + a * np.sin(x[:, 1]) ** 2 + b * x[:, 2] ** 4 * np.sin(x[:, 0])

    variance = a**2 / 8 + b * np.pi**4 / 5 + b**2 * np.pi**8 / 18 + 0.5
    alone = np.array([0.5 * (1 + b * np.pi**4 / 5) ** 2, a**2 / 8, 0.0]) / variance
    joint = 8 * b**2 * np.pi**8 / 225 / variance
    effects = sobol_effects(ishigami, 3, draws=8192)
    np.testing.assert_allclose(effects.first, alone, atol=0.02)
    np.testing.assert_allclose(effects.total, alone + np.array([joint, 0, joint]), atol=0.02)
    assert (sobol_effects(lambda u: np.ones(len(u)), 2, draws=64).total == 0).all()


def test_demand_outweighs_the_bot():
    effects = total_effects(a_team(), a_bot(), Result.SERVICE_LEVEL, draws=256)
    totals = {effect.key: effect.total for effect in effects}
    assert effects[0].key == "volume"
    assert totals["volume"] > totals["chatbot.containment"]


def test_where_waits_can_not_be_averaged_the_leading_channel_is_looked_at():
    team = three_channels()
    assert team.leading_channel == 0
    line = frontier(team, points=5, channel=0)
    today = point_outcome(team).channels[0].mean_wait_seconds.median
    assert float(line.loc[line["is_current"], "mean_wait_seconds"].iloc[0]) == pytest.approx(today)
    assert tornado(team, Scenario(name="x"))[0].middle == pytest.approx(today, rel=0.05)
    cost = tornado(team, Scenario(name="x"), Result.COST_PER_CONTACT)[0].middle
    assert cost == pytest.approx(point_outcome(team).cost_per_contact.median, rel=0.05)


def test_the_frontier_of_a_scenario_starts_from_the_roster_that_its_levers_leave():
    line = frontier(a_team(agents=10), Scenario(name="lean", levers=(StaffingLever(agents_change=-2),)))
    lean = line[line["scenario"] == "lean"]
    np.testing.assert_allclose(lean["agents"], 8 * lean["staffing"])
