"""A kept scenario beside imported figures since its start."""

from datetime import UTC, date, datetime, time

import pytest

from cs_planning.automation.answers.reality import PromiseVerdict, SeenFigure
from cs_planning.automation.levers.demand import ChatbotLever, DemandLever
from cs_planning.automation.levers.people import AgentAssistLever, StaffingLever
from cs_planning.automation.ranges import Range
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.language import use_language
from cs_planning.workspace import Save
from cs_planning.workspace.scenarios.kept.kept_scenarios import ScenarioRevision
from cs_planning.workspace.scenarios.reality.against_reality import promised
from cs_planning.workspace.scenarios.reality.reality_words import months_table, range_words, verdicts_of
from tests.automation.builders import a_team

TODAY = date(2026, 11, 29)
BOT = ChatbotLever(containment=Range(min=0.05, mode=0.18, max=0.35), start_month=date(2026, 8, 1), ramp_months=1.0)


def by(day: date, key: str) -> Save:
    return Save("Aiko", key, datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def kept(workspace, *levers, team=None, day=date(2026, 7, 20)):
    scenario = Scenario(name="Bot", levers=levers or (BOT,))
    return workspace.what_if.kept.save_new(scenario, team or a_team(), save=by(day, f"keep-{day}"))


def imported(workspace, name, table):
    workspace.data.import_file(name, table.encode(), save=Save("t", name, datetime(2026, 11, 28, tzinfo=UTC)))


def monthly_calls(months):
    """A report of a telephone system by month: month, contacts, wait, service level, abandonment, cost per contact."""
    head = "Month,Contacts,Average speed of answer (s),Service level (%),Abandonment rate (%),Cost per contact (USD)\n"
    return head + "\n".join(",".join(map(str, row)) for row in months) + "\n"


def figure(found, which):
    return next(one for one in found.figures if one.figure is which)


def test_without_data_it_says_what_to_import(workspace):
    found = workspace.what_if.reality(kept(workspace), TODAY)
    ((verdict, words),) = verdicts_of(found)
    assert verdict is PromiseVerdict.NO_DATA
    assert str(words) == (
        "No data yet: import Average speed of answer (ASA), Service level, Abandonment rate, Self-service rate, "
        "Cost per contact."
    )
    assert [len(one.months) for one in found.figures] == [4] * 5, "August to November"


def test_before_the_start_month_nothing_is_compared(workspace):
    assert workspace.what_if.reality(kept(workspace), date(2026, 7, 31)).figures == ()


def test_without_a_start_there_is_nothing_to_compare(workspace):
    assert workspace.what_if.reality(kept(workspace, StaffingLever(agents_change=-1.0)), TODAY) is None


def test_what_was_measured_stands_beside_what_was_simulated(workspace):
    opened = kept(workspace)
    simulated = workspace.what_if.simulated(a_team(), opened.scenario).outcomes[1]
    level = round(100 * simulated.service_level.median, 1)
    before = [(f"2026-{month:02d}", 25200, 40, 70, 8, 6.0) for month in range(2, 8)]
    imported(
        workspace,
        "calls.csv",
        monthly_calls([*before, ("2026-08", 25200, 900, level, 2, 6.0), ("2026-09", 25200, 900, level, 2, 6.0)]),
    )
    found = workspace.what_if.reality(opened, TODAY)
    assert figure(found, SeenFigure.SERVICE_LEVEL).verdict is PromiseVerdict.AS_SIMULATED
    assert figure(found, SeenFigure.WAIT).verdict is PromiseVerdict.WORSE
    assert [one.seen is not None for one in figure(found, SeenFigure.WAIT).months] == [True, True, False, False]
    cost = figure(found, SeenFigure.COST_PER_CONTACT)
    team = workspace.what_if.simulated(a_team(), opened.scenario).outcomes
    ratio = team[1].draws.cost_per_contact / team[0].draws.cost_per_contact
    assert cost.carried
    assert cost.months[0].band.high == pytest.approx(6.0 * sorted(ratio)[int(0.9 * len(ratio))], rel=0.002)
    said = {str(words) for _verdict, words in verdicts_of(found)}
    assert any(one.startswith("As simulated: Service level") for one in said)
    assert any(one.startswith("Worse than simulated: Mean wait") for one in said)
    table = months_table(found)
    assert str(table.rows[0][0]) == "Aug 2026"
    assert "15 min" in str(table.rows[0][1]) and "simulated" in str(table.rows[0][1])


def test_of_a_scenario_that_began_long_ago_the_last_year_is_compared(workspace):
    long_ago = ChatbotLever(containment=0.2, start_month=date(2019, 1, 1), ramp_months=1.0)
    opened = kept(workspace, long_ago, day=date(2018, 12, 20))
    months = [f"{year}-{month:02d}" for year in range(2018, 2027) for month in range(1, 13)][:106]
    imported(workspace, "calls.csv", monthly_calls([(month, 25200, 40, 70, 8, 6.0) for month in months]))
    found = workspace.what_if.reality(opened, TODAY)
    for one in found.figures:
        assert (one.months[0].month, one.months[-1].month) == (date(2025, 12, 1), date(2026, 11, 1))
        assert one.earlier == (), "no month lies before the start that is near enough to be drawn"
    assert (found.start, found.compared_from) == (date(2019, 1, 1), date(2025, 12, 1))
    assert figure(found, SeenFigure.COST_PER_CONTACT).carried, "the change is laid on the months before the start all the same"
    recent = Scenario(name="Recent", levers=(BOT.model_copy(update={"start_month": date(2025, 12, 1)}),))
    opened = workspace.what_if.kept.save_new(recent, save=by(date(2025, 11, 1), "recent"))
    whole = workspace.what_if.reality(opened, TODAY)
    assert whole.compared_from == whole.start
    assert len(figure(whole, SeenFigure.WAIT).earlier) == 6


def bot_report(*rates, first=8):
    rows = [f"2026-{month:02d},bot,{rate},4000" for month, rate in enumerate(rates, first)]
    return "Month,Channel,Self-service rate (%),Self-service visits\n" + "\n".join(rows) + "\n"


def test_the_range_of_the_bot_is_what_its_own_figures_say(workspace):
    opened = kept(workspace)
    imported(workspace, "bot.csv", bot_report(10, 12, 14))
    found = workspace.what_if.reality(opened, TODAY)
    assert figure(found, SeenFigure.CONTAINED).verdict is PromiseVerdict.AS_SIMULATED
    (lever,) = found.ranges
    assert (lever.field, lever.months, lever.growing) == ("containment", 3, False)
    # 1.2816 · √(0.1 · 0.9 ÷ 4000) = 0.0061 and 1.2816 · √(0.14 · 0.86 ÷ 4000) = 0.0070
    assert lever.seen == Range(min=0.094, mode=0.12, max=0.147)
    said = str(range_words(found, lever))
    assert "simulated 18 % (5 % to 35 %); seen 12 % (9.4 % to 14.7 %)" in said.replace("\N{NO-BREAK SPACE}", " ")


def test_a_self_service_rate_from_before_the_start_is_not_that_of_the_bot(workspace):
    opened = kept(workspace)
    rows = "\n".join(f"2026-{month:02d},30" for month in range(3, 11))
    imported(workspace, "pages.csv", "Month,Self-service rate (%)\n" + rows + "\n")
    found = workspace.what_if.reality(opened, TODAY)
    assert figure(found, SeenFigure.CONTAINED).verdict is PromiseVerdict.NO_DATA
    assert found.ranges == ()


def test_the_handle_time_tells_what_agent_assist_did_and_two_such_levers_can_not_be_told_apart(workspace):
    assist = AgentAssistLever(start_month=date(2026, 8, 1), ramp_months=1.0)
    opened = kept(workspace, assist)
    rows = "\n".join(f"2026-{month:02d},4.5,25200" for month in range(8, 11))
    imported(workspace, "aht.csv", "Month,Average handle time (min),Contacts\n" + rows + "\n")
    (lever,) = workspace.what_if.reality(opened, TODAY).ranges
    # 4.5 min = 270 s against 300 s of the team as it is
    assert (lever.field, lever.seen.mode) == ("handle_time_change", pytest.approx(-0.1, abs=0.005))
    levers = (assist, DemandLever(start_month=date(2026, 8, 1)), assist)
    both = workspace.what_if.kept.save_new(Scenario(name="Both", levers=levers), save=by(date(2026, 7, 21), "both"))
    assert [one.field for one in workspace.what_if.reality(both, TODAY).ranges] == ["volume_change"]


def test_what_is_changed_after_the_start_does_not_move_what_was_promised(workspace):
    opened = kept(workspace)
    later = opened.scenario.model_copy(update={"levers": (BOT.model_copy(update={"containment": 0.1}),)})
    newest = workspace.what_if.kept.update(opened, later, a_team(agents=14), save=by(date(2026, 10, 3), "later"))
    found = workspace.what_if.reality(newest, TODAY)
    assert found.scenario == opened.scenario
    assert found.operation == a_team(), "not the team that was described since"


def revision(version, at, start):
    lever = BOT.model_copy(update={"start_month": start, "containment": version / 10})
    return ScenarioRevision(
        version, "Aiko", datetime.combine(date(*at), time(), UTC), Scenario(name="Bot", levers=(lever,)), ()
    )


def test_the_last_version_by_the_end_of_the_start_month_is_the_promise():
    august, october = date(2026, 8, 1), date(2026, 10, 1)
    history = (
        revision(4, (2026, 11, 1), august),
        revision(3, (2026, 8, 30), august),
        revision(2, (2026, 7, 1), august),
        revision(1, (2026, 6, 1), october),
    )
    assert promised(history).version == 3
    assert promised(history[:1]).version == 4, "a start that is written down afterwards"
    assert promised((revision(1, (2026, 6, 1), None),)) is None


def test_the_verdict_is_said_in_japanese(workspace):
    found = workspace.what_if.reality(kept(workspace), TODAY)
    with use_language("ja"):
        ((_verdict, words),) = verdicts_of(found)
        assert "取り込" in str(words) and "No data" not in str(words)
