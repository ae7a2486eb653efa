"""Every chart can be taken along: as a picture and as its numbers."""

import io

import pandas as pd
import pytest

from cs_planning.exports.chart_files import CHART_FORMATS, chart_file, chart_file_name
from cs_planning.notebook.blocks.block import Chart
from tests.exports.block_samples import page_with_all_cells


def chart_of_history() -> Chart:
    blocks = [block for section in page_with_all_cells().sections for block in section.blocks]
    return next(block for block in blocks if isinstance(block, Chart))


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("format", CHART_FORMATS)
def test_a_chart_becomes_a_file_of_each_format(format, language):
    made = chart_file(chart_of_history(), format, language)
    begins = {"png": b"\x89PNG", "svg": b"<svg"}
    assert made.startswith(begins.get(format, b"\xef\xbb\xbf"))


def test_the_numbers_are_those_of_the_table_behind_the_chart():
    chart = chart_of_history()
    read = pd.read_csv(io.BytesIO(chart_file(chart, "csv", "en")))
    assert len(read) == len(chart.table.rows)
    assert list(read.columns) == [str(column.label) for column in chart.table.columns]


def test_the_file_is_named_after_the_chart():
    name = chart_file_name(chart_of_history(), "png")
    assert name.endswith(".png")
    assert " " not in name
    assert "/" not in name
