"""Two KPIs in one chart: each keeps its numbers and its unit."""

import pandas as pd
import pytest

from cs_planning.errors import NotFound
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.catalogue import kpi_named
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries, SeriesKey
from cs_planning.language import use_language
from cs_planning.notebook.blocks.two_series import compared


def series(kpi: str, first: str, *values: float) -> KpiSeries:
    periods = pd.date_range(first, periods=len(values), freq="MS")
    frame = pd.DataFrame({"series": kpi, "period": periods, "value": [float(one) for one in values], "sample_size": 100.0})
    return KpiSeries(SeriesKey(kpi), kpi_named(kpi), CALENDAR_YEAR.rhythm(Frequency.MONTH), frame)


CSAT, COST = series("csat", "2026-01-01", 80, 81, 84), series("cost_per_contact", "2026-02-01", 4, 5, 6)


def test_each_line_has_an_axis_and_a_unit_of_its_own_and_the_table_has_both() -> None:
    chart = compared(CSAT, COST)
    rows = chart.data("en")
    assert list(zip(rows["part"], rows["value"], strict=True)) == [
        ("left", 80.0),
        ("left", 81.0),
        ("left", 84.0),
        ("right", 4.0),
        ("right", 5.0),
        ("right", 6.0),
    ]
    assert rows["shown"].iloc[0].startswith("80")
    assert "%" in rows["shown"].iloc[0]
    assert "%" not in rows["shown"].iloc[-1]
    assert set(rows["label"]) == {"Customer satisfaction (CSAT) (%), left axis", str(chart.labels["second"])}
    assert [row[1:] for row in chart.table.rows] == [(80.0, None), (81.0, 4.0), (84.0, 5.0), (None, 6.0)]


def test_an_index_begins_at_100_in_the_first_common_period_and_shows_what_was_measured() -> None:
    chart = compared(CSAT, COST, indexed=True)
    rows = chart.data("en")
    assert rows["value"].round(4).tolist() == [98.7654, 100.0, 103.7037, 100.0, 125.0, 150.0]
    assert rows["measured"].tolist() == [80.0, 81.0, 84.0, 4.0, 5.0, 6.0]
    with use_language("en"):
        assert "125 % of what they were in Feb 2026" in str(chart.alt)


def test_two_kpis_without_a_common_period_are_not_compared() -> None:
    with pytest.raises(NotFound, match="no period in common"):
        compared(CSAT, series("cost_per_contact", "2027-01-01", 4, 5))


def test_an_index_does_not_begin_at_nothing() -> None:
    with pytest.raises(NotFound, match="begin at 0"):
        compared(series("csat", "2026-01-01", 0, 1), CSAT, indexed=True)
