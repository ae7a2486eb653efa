"""What a page about a goal opens with."""

import dataclasses
from datetime import date

import pytest

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.forecast import Forecast, Note
from cs_planning.goals.following.progress import StatusReport, status_of
from cs_planning.goals.goal import Goal, Stage
from cs_planning.language import text, use_language
from cs_planning.notebook.blocks.block import Chart, Heading, Metrics, Paragraph
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.pages.templates import TEMPLATES
from cs_planning.notebook.run import RunPage, Section, run
from tests.notebook.sample_sources import EMAIL, TODAY, SampleSources


@pytest.fixture
def sources() -> SampleSources:
    return SampleSources()


def one_pager(sources: SampleSources) -> Page:
    goal = sources.goals[EMAIL]
    return TEMPLATES["one_pager"].page(goal.title, goal=goal)


def opened(sources: SampleSources, today: date = TODAY) -> Section:
    section = run(one_pager(sources), sources, today=today).opened
    assert section is not None
    return section


def sentences(section: Section, below: str) -> list[str]:
    """The sentences under a heading of the section."""
    found: list[str] = []
    heading = ""
    for block in section.blocks:
        if isinstance(block, Heading):
            heading = str(block.words)
        elif isinstance(block, Paragraph) and heading == below:
            found.append(str(block.words))
    return found


def probability(sources: SampleSources) -> str:
    goal = sources.goals[EMAIL]
    assert goal.primary is not None
    return f"{round(100 * sources.assessment(goal, goal.primary).probability)} %"


def written(page: RunPage) -> list[str]:
    return [section.model_dump_json() for section in page.for_readers]


def test_the_claim_says_goal_day_probability_and_status_in_one_sentence(sources: SampleSources) -> None:
    claim = f"First answer to an e-mail within 80 minutes by Jun 30, 2027: {probability(sources)} likely, at risk"
    assert str(opened(sources).heading) == claim
    with use_language("ja"):
        assert str(opened(sources).heading).endswith(f"：達成確率{probability(sources).replace(' ', '')}、要注意")


def test_the_probability_of_the_target_is_said_once_on_the_page(sources: SampleSources) -> None:
    page = run(one_pager(sources), sources, today=TODAY)
    assert page.opened is not None
    figures = [block for section in page.below if section.cell in {"forecast", "goal"} for block in section.blocks]
    labels = [str(item.label) for block in figures if isinstance(block, Metrics) for item in block.items]
    assert "Probability of the stretch target" in labels
    assert "Probability of the target" not in labels
    assert all(probability(sources) not in one for one in sentences(page.opened, "Why it stands so"))


def test_the_reasons_name_limit_way_expected_value_and_record(sources: SampleSources) -> None:
    reasons = sentences(opened(sources), "Why it stands so")
    assert reasons[0] == "Below 50 % likely, a goal like this is at risk."
    assert any("of the time" in one for one in reasons)
    assert any(one.startswith("Expected at the end") for one in reasons)
    assert any("Record" in one for one in reasons)


def test_what_is_late_or_out_of_reach_is_to_be_decided(sources: SampleSources) -> None:
    asked = sentences(opened(sources), "To be decided")
    assert asked[0].startswith("Keep the target of 1 h 20 min, or take ")
    assert asked[1] == "“Second routing rule” (Ama Boateng) was due Oct 15, 2026: finish it, move it or drop it?"
    assert len(asked) == 2


def test_no_target_is_offered_that_asks_for_no_more_than_the_start(sources: SampleSources) -> None:
    goal = sources.goals[EMAIL]
    assert goal.primary is not None and goal.baseline is not None
    start = goal.baseline.model_copy(update={"value": goal.primary + 1})
    sources.goals[EMAIL] = goal.model_copy(update={"baseline": start})
    asked = sentences(opened(sources), "To be decided")
    assert asked[0].endswith("of 100 futures reach is no better than the value at the start.")
    assert "or take" not in " ".join(asked)


def test_a_step_is_asked_for_from_the_day_after_it_was_due(sources: SampleSources) -> None:
    def late(today: date) -> bool:
        return any("Second routing rule" in one for one in sentences(opened(sources, today), "To be decided"))

    assert not late(date(2026, 10, 15))
    assert late(date(2026, 10, 16))


def test_a_draft_asks_whether_it_is_committed_to_and_a_closed_goal_asks_nothing(sources: SampleSources) -> None:
    sources.goals[EMAIL] = sources.goals[EMAIL].model_copy(update={"stage": Stage.DRAFT})
    assert sentences(opened(sources), "To be decided")[0].startswith("Is it committed to?")
    assert str(opened(sources).heading).endswith("likely, draft")
    sources.goals[EMAIL] = sources.goals[EMAIL].model_copy(update={"stage": Stage.CLOSED})
    assert sentences(opened(sources), "To be decided") == []


def test_the_chart_of_the_goal_is_drawn_once_and_first(sources: SampleSources) -> None:
    page = run(one_pager(sources), sources, today=TODAY)
    charts = [(section.cell, block) for section in page.for_readers for block in section.blocks if isinstance(block, Chart)]
    drawn = [chart.title for _cell, chart in charts if "First response time" in str(chart.title)]
    assert len(drawn) == 1
    assert page.for_readers[0].blocks[0] is charts[0][1]


def test_without_a_forecast_the_history_stands_in_its_place_with_the_reason(sources: SampleSources) -> None:
    class Silent(SampleSources):
        def forecast(self, goal: Goal) -> Forecast:
            raise CannotForecast(text("Too little history."), text("Import more."))

        def status(self, goal: Goal, today: date) -> StatusReport:
            return status_of(goal, None, None, today)

    section = opened(Silent())
    assert section.chart is not None
    assert "Too little history. Import more." in sentences(section, "Why it stands so")


def test_the_forecast_of_a_goal_whose_time_is_measured_is_no_problem_of_which_readers_are_told(sources: SampleSources) -> None:
    class Silent(SampleSources):
        def forecast(self, goal: Goal) -> Forecast:
            raise CannotForecast(text("There is nothing to come."), text("See the review."))

        def status(self, goal: Goal, today: date) -> StatusReport:
            return status_of(goal, None, None, today)

    def sections(deadline: date) -> set[str]:
        silent = Silent()
        silent.goals[EMAIL] = silent.goals[EMAIL].model_copy(update={"deadline": deadline})
        return {section.kind for section in run(one_pager(silent), silent, today=TODAY).for_readers}

    assert "forecast" not in sections(date(2026, 6, 30))
    assert "forecast" in sections(date(2027, 6, 30))


def test_a_remark_of_the_forecast_stands_in_the_opening_alone(sources: SampleSources) -> None:
    class Short(SampleSources):
        def forecast(self, goal: Goal) -> Forecast:
            remark = Note("history", text("The history is short."))
            return dataclasses.replace(super().forecast(goal), notes=(remark,))

    page = run(one_pager(sources), Short(), today=TODAY)
    said = [str(one.words) for section in page.for_readers for one in section.blocks if isinstance(one, Paragraph)]
    assert said.count("The history is short.") == 1


def test_a_page_whose_goal_was_put_away_opens_with_nothing(sources: SampleSources) -> None:
    page = one_pager(sources)
    del sources.goals[EMAIL]
    made = run(page, sources, today=TODAY)
    assert made.opened is None
    assert made.below == made.shown


def test_an_opening_whose_data_did_not_change_is_not_computed_again(sources: SampleSources) -> None:
    first = run(one_pager(sources), sources, today=TODAY)
    asked = sources.calls["status"]
    again = run(one_pager(sources), sources, today=TODAY, before=first)
    assert sources.calls["status"] == asked
    assert written(again) == written(first)


def test_what_is_folded_says_what_it_holds(sources: SampleSources) -> None:
    page = run(one_pager(sources), sources, today=TODAY)
    held = {section.cell: section.gist for section in page.below}
    assert all(section.collapsed for section in page.below)
    assert held["actions"] == "3 steps"
    assert held["forecast"].startswith("Probability of the stretch target: ")
    assert "of the SMART check" in held["goal"]
