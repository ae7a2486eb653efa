"""What was simulated for each month since the start, beside what was measured; values by hand."""

from datetime import date

import numpy as np
import pytest

from cs_planning.automation.answers.reality import (
    Measurement,
    PromiseVerdict,
    SeenFigure,
    SimulatedMonth,
    begun_by,
    figure_seen,
    seen_range,
    start_of,
    verdict_on,
    with_range,
)
from cs_planning.automation.levers.demand import ChatbotLever
from cs_planning.automation.levers.people import RoutingLever, StaffingLever
from cs_planning.automation.ranges import Range
from cs_planning.automation.scenarios.outcome import Band
from cs_planning.automation.scenarios.scenario import Scenario, simulate
from tests.automation.builders import a_team

JULY, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, month, 1) for month in range(7, 12))
BOT = ChatbotLever(containment=0.2, start_month=date(2026, 7, 14), ramp_months=4.0)


def months_of(scenario, *months, operation=None):
    operation = operation or a_team()
    made = []
    for month in months:
        begun, share = begun_by(scenario, month)
        made.append(SimulatedMonth(month, simulate(operation, [begun], draws=256), share))
    return made


def test_a_scenario_begins_with_its_first_lever_that_says_when():
    assert start_of(Scenario(name="Bot", levers=(StaffingLever(), BOT))) == JULY
    assert start_of(Scenario(name="Bot", levers=(StaffingLever(),))) is None


def test_a_lever_that_begins_later_is_not_there_before():
    later = StaffingLever(agents_change=-1.0, start_month=OCTOBER, ramp_months=1.0)
    scenario = Scenario(name="Both", levers=(BOT, later))
    assert [len(begun_by(scenario, month)[0].levers) for month in (JULY, SEPTEMBER, OCTOBER)] == [1, 1, 2]


def test_the_contained_share_grows_in_a_straight_line_until_the_bot_works_fully():
    scenario = Scenario(name="Bot", levers=(BOT,))
    found = figure_seen((SeenFigure.CONTAINED, None), months_of(scenario, JULY, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER), {})
    assert [one.band.median for one in found.months] == pytest.approx([0.05, 0.10, 0.15, 0.20, 0.20])
    assert found.verdict is PromiseVerdict.NO_DATA


def test_the_range_of_a_month_that_works_fully_is_the_one_that_was_simulated():
    scenario = Scenario(name="Bot", levers=(BOT,))
    (month,) = figure_seen((SeenFigure.WAIT, 0), months_of(scenario, OCTOBER), {}).months
    assert month.band == simulate(a_team(), [scenario], draws=256).outcomes[1].mean_wait_seconds


def test_half_of_the_way_lies_half_between_the_team_as_it_is_and_the_scenario():
    scenario = Scenario(name="Bot", levers=(BOT,))
    (month,) = figure_seen((SeenFigure.COST_PER_MONTH, None), months_of(scenario, AUGUST), {}).months
    found = simulate(a_team(), [scenario], draws=256)
    middle = (found.outcomes[0].draws.cost_per_month + found.outcomes[1].draws.cost_per_month) / 2
    assert month.band.median == pytest.approx(float(np.median(middle)))


def test_a_change_of_nothing_is_carried_to_what_was_measured_before():
    scenario = Scenario(name="Nothing", levers=(StaffingLever(start_month=JULY, ramp_months=1.0),))
    found = figure_seen((SeenFigure.COST_PER_CONTACT, None), months_of(scenario, JULY), {JULY: Measurement(8.5)}, before=8.0)
    assert found.carried
    assert found.months[0].band == Band(8.0, 8.0, 8.0)
    assert found.verdict is PromiseVerdict.WORSE


@pytest.mark.parametrize(
    ("figure", "value", "expected"),
    [
        (SeenFigure.WAIT, 50.0, PromiseVerdict.AS_SIMULATED),
        (SeenFigure.WAIT, 39.0, PromiseVerdict.BETTER),
        (SeenFigure.WAIT, 39.8, PromiseVerdict.AS_SIMULATED),  # half a second is a hundredth of it
        (SeenFigure.WAIT, 61.0, PromiseVerdict.WORSE),
        (SeenFigure.CONTACTS, 61.0, PromiseVerdict.MORE),
        (SeenFigure.CONTACTS, 30.0, PromiseVerdict.FEWER),
        (SeenFigure.COST_PER_CONTACT, 39.0, PromiseVerdict.BETTER),
    ],
)
def test_the_verdict_is_on_the_side_on_which_the_value_lies(figure, value, expected):
    assert verdict_on(figure, Band(50.0, 40.0, 60.0), value) is expected


@pytest.mark.parametrize(
    ("figure", "value", "expected"),
    [
        (SeenFigure.SERVICE_LEVEL, 0.86, PromiseVerdict.BETTER),
        (SeenFigure.SERVICE_LEVEL, 0.853, PromiseVerdict.AS_SIMULATED),
        (SeenFigure.SERVICE_LEVEL, 0.74, PromiseVerdict.WORSE),
        (SeenFigure.ABANDONMENT, 0.86, PromiseVerdict.WORSE),
        (SeenFigure.CONTAINED, 0.74, PromiseVerdict.WORSE),
    ],
)
def test_more_of_a_share_is_better_or_worse_by_what_it_counts(figure, value, expected):
    assert verdict_on(figure, Band(0.8, 0.75, 0.85), value) is expected


def test_a_month_that_is_not_over_is_shown_and_not_judged():
    scenario = Scenario(name="Bot", levers=(BOT,))
    seen = {JULY: Measurement(0.01, 500, whole=False)}
    found = figure_seen((SeenFigure.CONTAINED, None), months_of(scenario, JULY), seen)
    assert found.verdict is PromiseVerdict.TOO_EARLY
    assert found.months[0].seen == seen[JULY]


def test_the_verdict_over_all_is_that_of_the_mean_of_the_whole_months():
    scenario = Scenario(name="Bot", levers=(BOT,))
    seen = {OCTOBER: Measurement(0.10), NOVEMBER: Measurement(0.30), SEPTEMBER: Measurement(0.99, whole=False)}
    found = figure_seen((SeenFigure.CONTAINED, None), months_of(scenario, SEPTEMBER, OCTOBER, NOVEMBER), seen)
    assert [one.verdict for one in found.months] == [PromiseVerdict.TOO_EARLY, PromiseVerdict.WORSE, PromiseVerdict.BETTER]
    assert found.verdict is PromiseVerdict.AS_SIMULATED, "0.2 was simulated, and 0.2 is their mean"


def test_the_range_seen_goes_from_the_smallest_to_the_largest_month_with_their_noise():
    told = [(1.0, Measurement(0.10, 900)), (1.0, Measurement(0.20, 1600))]
    found = seen_range(0, ChatbotLever(containment=Range(min=0.05, mode=0.3, max=0.5)), "containment", told, share=True)
    # 1.2816 · √(0.1 · 0.9 ÷ 900) = 0.0128 = 1.2816 · √(0.2 · 0.8 ÷ 1600), and (90 + 320) ÷ 2500 = 0.164
    assert found.seen == Range(min=0.087, mode=0.164, max=0.213)
    assert (found.months, found.growing) == (2, False)


def test_a_bot_that_still_grows_keeps_the_far_end_of_its_range():
    told = [(0.25, Measurement(0.02)), (0.5, Measurement(0.08))]
    found = seen_range(0, ChatbotLever(containment=Range(min=0.05, mode=0.18, max=0.35)), "containment", told, share=True)
    assert found.growing
    assert found.seen == Range(min=0.08, mode=0.18, max=0.35)


def test_a_shorter_handle_time_that_still_grows_keeps_its_lower_end():
    lever = RoutingLever(handle_time_change=Range(min=-0.08, mode=-0.03, max=0.0))
    found = seen_range(0, lever, "handle_time_change", [(0.5, Measurement(-0.02))])
    assert found.seen == Range(min=-0.08, mode=-0.03, max=-0.02)


def test_months_that_are_not_whole_give_no_range():
    assert seen_range(0, BOT, "containment", [(1.0, Measurement(0.2, 100, whole=False))], share=True) is None


def test_a_new_version_has_the_range_that_was_seen_and_the_rest_as_it_was():
    scenario = Scenario(name="Bot", levers=(StaffingLever(agents_change=-1.0), BOT))
    found = seen_range(1, BOT, "containment", [(1.0, Measurement(0.12))], share=True)
    changed = with_range(scenario, found)
    assert changed.levers[0] == scenario.levers[0]
    assert changed.levers[1] == BOT.model_copy(update={"containment": Range(min=0.12, mode=0.12, max=0.12)})
