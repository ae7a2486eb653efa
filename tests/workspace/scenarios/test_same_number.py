"""A scenario comes to the same numbers on every screen and beside any other scenario."""

from datetime import UTC, date, datetime

import pytest

from cs_planning.automation.calibration.calibrate import calibrate_operation
from cs_planning.automation.levers.demand import ChatbotLever, DemandLever
from cs_planning.automation.levers.people import OutsourcingLever, StaffingLever
from cs_planning.automation.scenarios.outcome import Clock
from cs_planning.automation.scenarios.scenario import Scenario, simulate
from cs_planning.automation.team.measured import Measured
from cs_planning.language import use_language
from cs_planning.workspace import Save
from cs_planning.workspace.scenarios.compare import side_by_side
from tests.automation.builders import a_day, a_team, three_channels

BOT = Scenario(name="bot", levers=(ChatbotLever(),))
OTHERS = (
    Scenario(name="fewer", levers=(ChatbotLever(), StaffingLever(agents_change=-1.0))),
    Scenario(name="two bots", levers=(ChatbotLever(containment=0.1), ChatbotLever(containment=0.3))),
    Scenario(name="more", levers=(DemandLever(volume_change=0.2), OutsourcingLever())),
)
SEEN = Measured(service_level=0.8, abandonment_rate=0.08, mean_wait_seconds=20.0)


def figures(outcome):
    return {
        **{name: getattr(outcome, name) for name in ("mean_wait_seconds", "service_level", "cost_per_month", "occupancy")},
        **{clock: outcome.response_seconds(clock) for clock in Clock},
        "chance": outcome.probability_target_met,
    }


@pytest.mark.parametrize("operation", [a_team(), a_day(), three_channels()], ids=["team", "day", "three channels"])
def test_beside_any_other_scenario_and_in_any_order_the_numbers_are_the_same(operation):
    alone = simulate(operation, [BOT])
    for beside in ([BOT, OTHERS[0]], [OTHERS[1], BOT], [*OTHERS, BOT], [OTHERS[2], BOT, OTHERS[0]]):
        together = simulate(operation, beside)
        assert figures(together.outcome("bot")) == figures(alone.outcome("bot"))
        assert figures(together.as_is) == figures(alone.as_is)


def test_another_name_changes_no_number():
    one, two = simulate(a_team(), [BOT, BOT.model_copy(update={"name": "the same"})]).outcomes[1:]
    assert figures(one) == figures(two)


def kept_team(workspace, operation):
    save = Save("a", "team", datetime(2026, 11, 10, tzinfo=UTC))
    return workspace.what_if.kept.save_new(BOT, operation, save=save)


def test_a_team_that_was_fitted_is_not_fitted_again_and_has_one_number_on_every_screen(workspace):
    fitted, _fit = calibrate_operation(a_team(agents=11), SEEN)
    kept = kept_team(workspace, fitted)
    opened = workspace.what_if.operation()
    assert opened == fitted
    shown, fits = workspace.what_if.data.calibrated(opened, [SEEN])
    assert shown == opened
    assert fits[0] is not None and fits[0].availability == opened.channels[0].availability
    board = workspace.what_if.simulated(shown, BOT)
    compared = side_by_side(workspace.what_if, workspace.planning, [kept.id], date(2026, 11, 10))
    for place, one in enumerate(compared.scenarios):
        assert figures(one.outcome) == figures(board.outcomes[place])
    page = workspace.what_if.comparison(None, [kept.id], date(2026, 11, 10))
    waits = next(one for one in page.figures if one.id == "mean_wait").bars
    assert [bar.value for bar in waits] == [one.response_seconds(Clock.HANDOVER).median for one in board.outcomes]


def test_the_line_of_staffing_goes_through_the_numbers_in_large_type(workspace):
    operation = a_day()
    found = workspace.what_if.simulated(operation, BOT)
    points = [one for one in workspace.what_if.frontier_of(operation, BOT).points if one.leading]
    assert [(one.value, one.cost) for one in points] == [
        (
            pytest.approx(one.response_seconds(Clock.HANDOVER).median, rel=1e-9),
            pytest.approx(one.cost_per_month.median, rel=1e-9),
        )
        for one in found.outcomes
    ]


def test_a_team_that_was_changed_is_fitted_again(workspace):
    fitted, _fit = calibrate_operation(a_team(agents=11), SEEN)
    kept_team(workspace, fitted)
    channel = fitted.channels[0].model_copy(update={"agents": 13.0})
    shown, _fits = workspace.what_if.data.calibrated(fitted.model_copy(update={"channels": (channel,)}), [SEEN])
    assert shown.channels[0].availability == pytest.approx(fitted.channels[0].availability * 11 / 13, rel=0.02)


def test_a_price_that_nobody_wrote_is_the_usual_one_of_the_teams_currency_on_every_screen(workspace):
    kept = kept_team(workspace, three_channels())
    assert three_channels().currency == "EUR"
    board = workspace.what_if.simulated(three_channels(), BOT.in_currency("EUR"))
    compared = side_by_side(workspace.what_if, workspace.planning, [kept.id], date(2026, 11, 10))
    assert figures(compared.scenarios[1].outcome) == figures(board.outcomes[1])
    page = workspace.what_if.comparison(None, [kept.id], date(2026, 11, 10))
    cost = next(one for one in page.figures if one.id == "cost_per_month").bars
    assert [bar.value for bar in cost] == [one.cost_per_month.median for one in board.outcomes]


def test_what_has_to_be_said_beside_a_comparison_is_in_the_language_of_whoever_reads_it(workspace):
    fewer = Scenario(name="fewer", levers=(StaffingLever(agents_change=-4.0),))
    save = Save("a", "few", datetime(2026, 11, 10, tzinfo=UTC))
    kept = workspace.what_if.kept.save_new(fewer, a_team(agents=9), save=save)
    with use_language("en"):
        page = workspace.what_if.comparison(None, [kept.id], date(2026, 11, 10))
        english = [str(words) for words in page.assumptions]
    with use_language("ja"):
        assert not {str(words) for words in page.assumptions} & set(english)
