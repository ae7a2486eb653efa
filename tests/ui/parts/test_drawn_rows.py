"""The rows of a chart are made once for as long as it is the same chart in the same language."""

import pandas as pd
import pytest

from cs_planning.notebook.blocks import charts
from cs_planning.notebook.blocks.block import Chart
from cs_planning.ui.parts import drawn_rows
from cs_planning.ui.parts.drawn_rows import rows_of
from tests.notebook.sample_sources import first_response


@pytest.fixture
def written(monkeypatch) -> list[str]:
    """The language of each time that the rows of a chart were written out."""
    found: list[str] = []
    write = Chart.data

    def noted(chart: Chart, language: str) -> pd.DataFrame:
        found.append(language)
        return write(chart, language)

    monkeypatch.setattr(Chart, "data", noted)
    monkeypatch.setattr(drawn_rows, "_drawn", {})
    return found


def test_the_rows_of_a_chart_that_is_drawn_again_are_not_written_out_again(written):
    chart = charts.history(first_response("email"))
    first = rows_of(chart, "en")
    assert rows_of(chart, "en") is first
    assert written == ["en"]


def test_each_language_and_each_chart_has_rows_of_its_own(written):
    chart, other = charts.history(first_response("email")), charts.history(first_response("web"))
    assert not rows_of(chart, "en").equals(rows_of(chart, "ja"))
    assert rows_of(other, "en").equals(other.data("en"))
    assert not rows_of(other, "en").equals(rows_of(chart, "en"))


def test_only_the_charts_that_were_drawn_last_are_kept(written, monkeypatch):
    monkeypatch.setattr(drawn_rows, "_MOST", 2)
    chart, other, third = (charts.history(first_response(name)) for name in ("email", "web", "email"))
    for one in (chart, other, chart, third, chart):
        rows_of(one, "en")
    assert written == ["en"] * 3
    rows_of(other, "en")
    assert written == ["en"] * 4
