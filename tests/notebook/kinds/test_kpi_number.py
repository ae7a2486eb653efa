"""A KPI as a number and as a table."""

from cs_planning.notebook.blocks.block import Chart, Metrics, TableBlock, Tone
from cs_planning.notebook.cells.page_head import Parameters
from cs_planning.notebook.kinds.kpi_chart import KpiChart
from cs_planning.notebook.kinds.kpi_number import KpiNumber
from cs_planning.notebook.kinds.kpi_table import KpiTable
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.run import run
from cs_planning.notebook.sources import Dependency, Source
from tests.notebook.sample_sources import EMAIL, TODAY, SampleSources, all_series

SERIES = "frt_median|channel=email"


def block_of(cell, quarter=""):
    page = Page(cells=(cell,), goal=EMAIL, parameters=Parameters(quarter=quarter))
    return run(page, SampleSources(), today=TODAY).sections[0].blocks[0]


def test_the_newest_value_stands_beside_the_period_before_and_a_year_before():
    values = list(all_series()[SERIES].values)
    block = block_of(KpiNumber(id="n", series=SERIES))
    assert isinstance(block, Metrics)
    newest, year, before = block.items
    assert str(newest.note) == "Oct 2026"
    assert str(before.note).endswith("in Sep 2026")
    assert str(year.note).endswith("in Oct 2025")
    assert before.tone is (Tone.BAD if values[-1] > values[-2] else Tone.GOOD), "a shorter wait is better"
    assert str(before.value).startswith("+" if values[-1] > values[-2] else "−")


def test_without_a_kpi_of_its_own_it_is_about_that_of_the_goal_up_to_the_quarter_of_the_page():
    block = block_of(KpiNumber(id="n"), "2026-Q2")
    assert isinstance(block, Metrics)
    assert str(block.items[0].note) == "Jun 2026"


def test_a_table_has_the_newest_period_first_and_as_many_as_are_asked_for():
    block = block_of(KpiTable(id="t", series=SERIES, periods=3))
    assert isinstance(block, TableBlock)
    values = [row[1] for row in block.rows]
    assert values == list(reversed(all_series()[SERIES].values))[:3]
    twelve = block_of(KpiTable(id="t", series=SERIES))
    assert isinstance(twelve, TableBlock)
    assert len(twelve.rows) == 12


def test_a_table_says_how_far_each_period_is_from_the_same_one_a_year_before():
    block = block_of(KpiTable(id="t", series=SERIES))
    assert isinstance(block, TableBlock)
    assert str(block.columns[-1].label) == "Since a year before"
    values = list(reversed(all_series()[SERIES].values))
    change = block.rows[0][-1]
    assert str(change).startswith("+" if values[0] > values[12] else "−")


def test_a_table_without_an_earlier_year_has_no_such_column():
    cut = KpiTable(id="t", series=SERIES)
    first = all_series()[SERIES].periods[0]
    block = block_of(cut, f"{first.year}-Q{first.quarter}")
    assert isinstance(block, TableBlock)
    assert "since_a_year" not in {column.name for column in block.columns}


def test_a_chart_has_the_targets_of_the_goal_unless_they_are_turned_off():
    def lines(**settings):
        chart = block_of(KpiChart(id="c", **settings))
        assert isinstance(chart, Chart)
        return set(chart.labels)

    assert lines() > lines(with_target=False)


def test_a_chart_shows_two_kpis_up_to_the_quarter_of_the_page_each_on_its_axis_or_both_as_an_index():
    both = KpiChart(id="two", series=SERIES, second="frt_median|channel=web")
    chart = block_of(both, "2026-Q2")
    assert isinstance(chart, Chart)
    assert (chart.drawing, str(chart.table.rows[-1][0])) == ("two_axes", "2026-06-01")
    indexed = block_of(both.model_copy(update={"indexed": True}))
    assert isinstance(indexed, Chart)
    assert indexed.drawing == "two_indexed"
    assert "100 is the value of" in str(indexed.subtitle)


def test_a_chart_is_drawn_again_when_the_data_of_its_second_kpi_change():
    page = Page(cells=(KpiChart(id="two", series=SERIES, second="frt_median|channel=web"),), goal=EMAIL)
    sources = SampleSources()
    before = run(page, sources, today=TODAY).sections[0].fingerprint
    sources.versions[Dependency(Source.SERIES, "frt_median|channel=web")] = "2"
    assert run(page, sources, today=TODAY).sections[0].fingerprint != before
