import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from cs_planning.kpis.frequency import Frequency
from cs_planning.language import use_language
from cs_planning.workspace import Workspace
from cs_planning.workspace.home import Home

TODAY = date(2026, 11, 10)


@pytest.fixture(scope="module")
def sample(sample_copy, tmp_path_factory):
    opened = Workspace.open(Home.at(sample_copy(tmp_path_factory.mktemp("sample"))))
    yield opened
    opened.close()


def rows(workspace, month, language="en"):
    with use_language(language):
        book = load_workbook(io.BytesIO(workspace.reports.file(month, TODAY, language)))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def row_of(found, name):
    return next(row for row in found if row[0] == name)


def test_the_last_month_that_is_over_is_reported(sample):
    assert sample.reports.last_month(TODAY) == date(2026, 10, 1)
    assert sample.reports.last_month(date(2026, 1, 31)) == date(2025, 12, 1)


def test_a_report_says_the_same_numbers_as_the_first_page_and_the_series(sample):
    found = rows(sample, date(2026, 10, 1))
    brief = sample.standings.brief(TODAY)
    running = [line for line in brief.lines if line.goal.stage == "active"]
    assert running
    for line in running:
        row = row_of(found, line.goal.title)
        assert row[2] == datetime.combine(line.goal.deadline, datetime.min.time())
        assert row[5] == (None if line.report.probability is None else pytest.approx(line.report.probability, abs=0.005))
    csat = sample.data.series("csat", Frequency.MONTH)
    by_month = dict(zip(csat.periods.date, csat.values, strict=True))
    expected = [by_month[day] / 100 for day in (date(2026, 10, 1), date(2026, 9, 1), date(2025, 10, 1))]
    assert row_of(found, str(csat.name))[1:4] == pytest.approx(expected, abs=5e-5)


def test_a_month_that_the_data_do_not_reach_is_empty_and_says_so(sample):
    row = row_of(rows(sample, date(2027, 3, 1)), str(sample.data.series("csat", Frequency.MONTH).name))
    assert row[1] is None
    assert row[6].startswith("No value for this month; the newest is of ")


def test_the_head_of_the_kpis_stands_on_every_page_that_they_go_on_to(sample):
    page = load_workbook(io.BytesIO(sample.reports.file(date(2026, 10, 1), TODAY, "en"))).worksheets[0]
    head = next(row for row in range(1, page.max_row + 1) if page.cell(row, 1).value == "KPI")
    assert page.print_title_rows == f"${head}:${head}"
    assert page.row_dimensions[head - 1].height == 20.25


def test_an_empty_workspace_has_a_report_without_rows(workspace):
    found = rows(workspace, date(2026, 10, 1))
    assert found[0][0] == "Monthly report, Oct 2026"


def test_a_report_speaks_japanese(sample):
    found = rows(sample, date(2026, 10, 1), "ja")
    assert found[0][0] == "月次報告：2026年10月"
