import json
import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from cs_planning.audit.gaps import audit_table
from cs_planning.errors import CannotForecast, NotFound, NothingYet
from cs_planning.exports import export
from cs_planning.forecasting.answers.track_record import Record
from cs_planning.forecasting.forecast import Forecast
from cs_planning.goals.goal import Goal, Stage
from cs_planning.language import text, use_language
from cs_planning.notebook.blocks.block import Chart, Metrics, ProblemBlock, TableBlock, Tone
from cs_planning.notebook.cells.page_head import Parameters
from cs_planning.notebook.kinds.kpi_chart import KpiChart
from cs_planning.notebook.pages import arrangement
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.pages.templates import TEMPLATES
from cs_planning.notebook.records import Action
from cs_planning.notebook.run import RunPage, Section, run
from cs_planning.notebook.sources import AuditLine, Dependency, ScenarioComparison, Source
from tests.notebook.sample_sources import CSAT, EMAIL, PHONE, TODAY, SampleSources, all_series, page_of_all_kinds


def section_of(result: RunPage, cell: str) -> Section:
    return next(section for section in result.sections if section.cell == cell)


@pytest.fixture
def sources() -> SampleSources:
    return SampleSources()


def test_every_kind_of_cell_runs_on_the_sample_data(sources: SampleSources) -> None:
    result = run(page_of_all_kinds(), sources, today=TODAY)
    assert [section.cell for section in result.sections if section.failed] == []
    assert all(section.blocks for section in result.sections)


@pytest.mark.parametrize("goal", list(SampleSources().goals))
@pytest.mark.parametrize("template", list(TEMPLATES))
def test_every_template_runs_for_every_sample_goal(sources: SampleSources, template: str, goal: str) -> None:
    page = TEMPLATES[template].page("Page", goal=sources.goals[goal])
    result = run(page, sources, today=TODAY)
    problems = [block.message for section in result.sections for block in section.blocks if isinstance(block, ProblemBlock)]
    assert [str(problem) for problem in problems if "frt_median" not in str(problem)] == []


def test_a_run_page_survives_json_with_its_tables_and_frames(sources: SampleSources) -> None:
    result = run(page_of_all_kinds(), sources, today=TODAY)
    read = RunPage.model_validate_json(result.model_dump_json())
    assert read.model_dump_json() == result.model_dump_json()
    chart = next(block for block in section_of(read, "forecast").blocks if isinstance(block, Chart))
    original = next(block for block in section_of(result, "forecast").blocks if isinstance(block, Chart))
    pd.testing.assert_frame_equal(chart.data("en"), original.data("en"))
    assert chart.table.rows == original.table.rows


def test_the_same_run_can_be_read_in_two_languages(sources: SampleSources) -> None:
    table = section_of(run(page_of_all_kinds(), sources, today=TODAY), "kpi_chart").blocks[0]
    assert isinstance(table, Chart)
    with use_language("en"):
        assert "Oct 2026" in table.data("en")["when"].tolist()
    assert "2026年10月" in table.data("ja")["when"].tolist()


def test_a_failing_cell_shows_its_problem_and_the_others_run(sources: SampleSources) -> None:
    class Broken(SampleSources):
        def forecast(self, goal: Goal) -> Forecast:
            raise CannotForecast(text("Too little history."), text("Import more."))

        def record(self, goal: Goal) -> Record:
            raise ZeroDivisionError("secret detail")

    result = run(page_of_all_kinds(), Broken(), today=TODAY)
    assert {section.cell for section in result.sections if section.failed} == {"goal_card", "forecast", "record"}
    forecast, record = section_of(result, "forecast").blocks[0], section_of(result, "record").blocks[0]
    assert isinstance(forecast, ProblemBlock)
    assert str(forecast.message) == "Too little history."
    assert isinstance(record, ProblemBlock)
    assert "secret" not in result.model_dump_json()


def test_a_deleted_goal_fails_only_the_cells_that_are_about_it(sources: SampleSources) -> None:
    del sources.goals[EMAIL]
    result = run(page_of_all_kinds(), sources, today=TODAY)
    failed = {section.cell for section in result.sections if section.failed}
    assert {"goal_card", "forecast"} <= failed
    assert {"text", "audit", "image", "comments"}.isdisjoint(failed)


def test_nothing_is_computed_again_when_nothing_changed(sources: SampleSources) -> None:
    page = page_of_all_kinds()
    first = run(page, sources, today=TODAY)
    sources.calls.clear()
    second = run(page, sources, today=TODAY, before=first)
    assert sum(sources.calls.values()) == 0
    assert second.sections == first.sections


def recomputed(sources: SampleSources, page: Page, before: RunPage) -> set[str]:
    """The cells whose blocks are made anew."""
    after = run(page, sources, today=TODAY, before=before)
    known = {section.cell: section.blocks for section in before.sections}
    return {section.cell for section in after.sections if known.get(section.cell) is not section.blocks}


def test_new_data_of_the_kpi_recompute_exactly_the_cells_on_it(sources: SampleSources) -> None:
    page = page_of_all_kinds()
    before = run(page, sources, today=TODAY)
    sources.versions[Dependency(Source.SERIES, "frt_median|channel=email")] = "2"
    assert recomputed(sources, page, before) == {
        *("goal_card", "kpi_chart", "kpi_number", "kpi_table", "forecast", "record", "scenario")
    }


def test_a_new_comment_recomputes_the_comments_alone(sources: SampleSources) -> None:
    page = page_of_all_kinds()
    before = run(page, sources, today=TODAY)
    sources.versions[Dependency(Source.COMMENTS, "page-1")] = "2"
    assert recomputed(sources, page, before) == {"comments"}


def test_one_parameter_recomputes_only_the_cells_that_use_it(sources: SampleSources) -> None:
    before = run(page_of_all_kinds(), sources, today=TODAY)
    other = page_of_all_kinds(parameters=Parameters(scenario="s2"))
    assert recomputed(sources, other, before) == {"scenario", "frontier"}
    quarter = page_of_all_kinds(parameters=Parameters(quarter="2026-Q3"))
    assert recomputed(sources, quarter, before) == {*("kpi_chart", "kpi_number", "kpi_table", "checkins", "decisions")}


def test_collapsing_and_renaming_a_cell_recompute_nothing(sources: SampleSources) -> None:
    page = page_of_all_kinds()
    before = run(page, sources, today=TODAY)
    changed = arrangement.change(arrangement.collapse(page, "forecast"), "forecast", title="Chances")
    sources.calls.clear()
    after = run(changed, sources, today=TODAY, before=before)
    assert sum(sources.calls.values()) == 0
    assert section_of(after, "forecast").collapsed
    assert section_of(after, "forecast").heading == "Chances"


def test_a_problem_is_tried_again_at_the_next_run(sources: SampleSources) -> None:
    goal = sources.goals.pop(EMAIL)
    page = page_of_all_kinds()
    broken = run(page, sources, today=TODAY)
    sources.goals[EMAIL] = goal
    assert not any(section.failed for section in run(page, sources, today=TODAY, before=broken).sections)


def test_the_quarter_leaves_later_periods_out_of_the_history(sources: SampleSources) -> None:
    result = run(page_of_all_kinds(parameters=Parameters(quarter="2025-Q2")), sources, today=TODAY)
    chart = section_of(result, "kpi_chart").blocks[0]
    assert isinstance(chart, Chart)
    assert chart.table.rows[-1][0] == date(2025, 6, 1)


def test_the_channel_narrows_a_chart(sources: SampleSources) -> None:
    page = Page(cells=(KpiChart(id="k", series="frt_median"),), parameters=Parameters(channel="web"))
    chart = run(page, sources, today=TODAY).sections[0].blocks[0]
    assert isinstance(chart, Chart)
    assert "web" in str(chart.title)


def test_marked_days_and_found_breaks_are_drawn_up_to_the_chosen_quarter(sources: SampleSources) -> None:
    def labels(quarter: str) -> list[str]:
        page = arrangement.change(
            page_of_all_kinds(parameters=Parameters(quarter=quarter)),
            "kpi_chart",
            events=[{"day": "2026-04-13", "label": "campaign"}],
        )
        chart = section_of(run(page, sources, today=TODAY), "kpi_chart").blocks[0]
        assert isinstance(chart, Chart)
        return chart.data("en").query("part == 'event'")["label"].tolist()

    assert "campaign" in labels("")
    assert "campaign" not in labels("2025-Q4")


def test_an_audit_row_becomes_a_line_with_its_verdict(sources: SampleSources) -> None:
    goals = [goal.model_copy(update={"stage": Stage.ACTIVE}) for goal in sources.goals.values()]
    rows = audit_table(list(all_series().values()), goals, today=TODAY)
    lines = [AuditLine.of(row) for row in rows]
    assert len(lines) == len(rows) > 5
    email = next(line for line in lines if "email" in str(line.metric))
    assert email.met is False
    assert email.gap is not None
    assert email.gap > 0
    assert any(line.met is None for line in lines)


def test_differences_of_percentages_are_percentage_points_on_the_card_and_in_the_audit(sources: SampleSources) -> None:
    percent = re.compile(r"\d %")
    sources.goals[PHONE] = sources.goals[PHONE].model_copy(update={"start": date(2026, 7, 1)})
    card = section_of(run(page_of_all_kinds(goal=PHONE), sources, today=TODAY), "goal_card")
    metrics = next(block for block in card.blocks if isinstance(block, Metrics))
    now = next(one for one in metrics.items if one.delta is not None)
    assert percent.search(str(now.value))
    assert "percentage point since the baseline" in str(now.delta)
    assert not percent.search(str(now.delta))
    audit = section_of(run(page_of_all_kinds(), sources, today=TODAY), "audit")
    table = next(block for block in audit.blocks if isinstance(block, TableBlock))
    place = [column.name for column in table.columns].index("gap")
    gaps = [str(row[place]) for row in table.rows if row[place] is not None]
    assert any("percentage points" in gap for gap in gaps)
    assert not any(percent.search(gap) or gap.startswith("-") for gap in gaps)


def test_a_value_that_reads_as_the_baseline_is_no_progress(sources: SampleSources) -> None:
    started = sources.goals[PHONE].model_copy(update={"start": date(2026, 7, 1)})
    current = sources.status(started, TODAY).pace.current
    assert started.baseline is not None
    assert current is not None
    same = started.baseline.model_copy(update={"value": current - 0.004})
    sources.goals[PHONE] = started.model_copy(update={"baseline": same})
    card = section_of(run(page_of_all_kinds(goal=PHONE), sources, today=TODAY), "goal_card")
    metrics = next(block for block in card.blocks if isinstance(block, Metrics))
    now = next(one for one in metrics.items if one.delta is not None)
    assert (str(now.delta), now.tone) == ("as at the baseline", Tone.NEUTRAL)


def test_a_breakdown_draws_one_line_for_each_part(sources: SampleSources) -> None:
    page = Page(cells=(KpiChart(id="k", series="frt_median", breakdown="channel", periods=6),))
    chart = run(page, sources, today=TODAY).sections[0].blocks[0]
    assert isinstance(chart, Chart)
    assert [str(column.label) for column in chart.table.columns[1:]] == ["email", "web", "chat", "phone"]
    assert len(chart.table.rows) == 6


def test_the_forecast_cell_of_another_goal_shows_the_probability_that_the_sources_say(sources: SampleSources) -> None:
    goal = sources.goals[CSAT]
    page = arrangement.change(page_of_all_kinds(), "forecast", goal=CSAT)
    metrics = section_of(run(page, sources, today=TODAY), "forecast").blocks[0]
    assert isinstance(metrics, Metrics)
    assert goal.primary is not None
    said = round(100 * sources.assessment(goal, goal.primary).probability)
    assert str(metrics.items[0].value) == f"{said} %"


def test_late_actions_are_called_late_only_after_their_day(sources: SampleSources) -> None:
    def states(today: date) -> list[str]:
        table = section_of(run(page_of_all_kinds(), sources, today=today), "actions").blocks[0]
        assert isinstance(table, TableBlock)
        return [str(row[3]) for row in table.rows]

    assert states(date(2026, 10, 15))[1] == "Open"
    assert states(date(2026, 10, 16))[1] == "late"


def test_a_cell_may_be_about_another_goal_than_its_page(sources: SampleSources) -> None:
    page = arrangement.change(page_of_all_kinds(), "goal_card", goal=CSAT)
    blocks = section_of(run(page, sources, today=TODAY), "goal_card").blocks
    assert sources.goals[CSAT].title in str(blocks[0])


def test_a_goal_without_a_stretch_target_shows_no_probability_of_one(sources: SampleSources) -> None:
    sources.goals[EMAIL] = replace_goal(sources.goals[EMAIL], stretch=None, floor=None)
    metrics = section_of(run(page_of_all_kinds(), sources, today=TODAY), "forecast").blocks[0]
    assert isinstance(metrics, Metrics)
    assert [str(item.label) for item in metrics.items] == ["Expected"]


def replace_goal(goal: Goal, **fields: object) -> Goal:
    return goal.model_copy(update=fields)


def test_dependencies_can_be_ordered() -> None:
    first = Dependency(Source.GOAL, "a")
    assert sorted([replace(first, id="b"), first])[0] == first


def test_a_section_that_says_only_that_there_is_nothing_stays_on_the_page_and_is_none_for_readers(
    sources: SampleSources,
) -> None:
    class Empty(SampleSources):
        def scenarios(self, *_: object) -> ScenarioComparison:
            raise NothingYet(text("Nobody has described the team yet."), text("Describe it."))

        def actions(self, goal: str) -> tuple[Action, ...]:
            return ()

    full = run(page_of_all_kinds(), sources, today=TODAY)
    result = run(page_of_all_kinds(), Empty(), today=TODAY)
    gone = {section.cell for section in full.for_readers} - {section.cell for section in result.for_readers}
    assert gone == {"scenario", "actions"}
    assert [section.cell for section in result.shown] == [section.cell for section in full.shown]
    for kind in ("html", "md", "ipynb"):
        shown = export(result, kind).decode()
        if kind == "ipynb":
            shown = "".join(cell["source"] for cell in json.loads(shown)["cells"] if cell["cell_type"] == "markdown")
        assert "Nobody has described" not in shown
        assert "No action is planned yet." not in shown


def test_a_section_that_failed_is_for_readers_too(sources: SampleSources) -> None:
    class Broken(SampleSources):
        def actions(self, goal: str) -> tuple[Action, ...]:
            raise NotFound(text("The plan is gone."), text("Restore it."))

    result = run(page_of_all_kinds(), Broken(), today=TODAY)
    assert "actions" in {section.cell for section in result.for_readers}
