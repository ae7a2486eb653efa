"""A target line stands in the size of the periods that it is drawn over."""

from datetime import date

import pytest

from cs_planning.goals.goal import Direction, Measure, OperationalGoal, TargetStep
from cs_planning.language import use_language
from cs_planning.notebook.blocks import charts
from cs_planning.notebook.blocks.target_lines import target_lines
from tests.goals.builders import series_of

YEAR = {"start": date(2026, 1, 1), "deadline": date(2026, 12, 31)}


def goal(**changes) -> OperationalGoal:
    fields = {
        "title": "Fewer complaints",
        "series": "complaints",
        "measure": Measure.TOTAL,
        "direction": Direction.AT_MOST,
        "primary": 1200,
        **YEAR,
    }
    return OperationalGoal(**{**fields, **changes})


def months(*values, first=date(2026, 1, 1)):
    return series_of(values, "complaints", first)


def drawn(lines) -> list[tuple[str, float, str]]:
    with use_language("en"):
        return [(line.part, line.value, str(line.label)) for line in lines]


def test_a_yearly_total_over_months_shows_what_each_month_to_come_needs():
    (line,) = target_lines(goal(), months(110, 120, 130, 120))
    assert drawn([line]) == [("primary", 90.0, "Target 90 a month")]  # (1200 - 480) / 8
    assert line.path == ((date(2026, 5, 1), 90.0), (date(2027, 1, 1), 90.0))
    with use_language("ja"):
        assert str(line.label) == "目標値 90／月"


def test_values_before_the_year_count_for_nothing_and_a_year_to_come_asks_for_its_even_share():
    (line,) = target_lines(goal(), months(*[500] * 12, first=date(2025, 1, 1)))
    assert (line.value, line.path[0][0]) == (100, date(2026, 1, 1))


def test_a_year_that_is_over_shows_its_even_share():
    (line,) = target_lines(goal(), months(*[90] * 12))
    assert (line.value, line.path) == (100, ((date(2026, 1, 1), 100), (date(2027, 1, 1), 100)))


def test_a_total_that_is_more_than_reached_has_no_line():
    assert target_lines(goal(), months(700, 600)) == ()
    assert target_lines(goal(direction=Direction.AT_LEAST), months(700, 600)) == ()


def test_stretch_and_limit_of_a_total_are_told_in_the_same_size():
    lines = target_lines(goal(stretch=960, floor=1440), months(120, 120, 120))
    assert drawn(lines) == [
        ("primary", pytest.approx(840 / 9), "Target 93.3 a month"),
        ("stretch", pytest.approx(600 / 9), "Stretch 66.7 a month"),
        ("floor", 120.0, "Limit 120 a month"),
    ]


def test_the_steps_of_a_total_are_shares_and_those_of_its_stretch_too():
    steps = tuple(TargetStep(first=date(2026, month, 1), value=80 if month < 7 else 120) for month in range(1, 13))
    primary, stretch = target_lines(goal(steps=steps, stretch=600), months(100, 100))
    assert (primary.value, stretch.value) == (pytest.approx(120), pytest.approx(60))
    assert len(stretch.path) == 13


def test_a_level_is_drawn_where_it_is_and_says_nothing_more():
    (line,) = target_lines(goal(measure=Measure.LEVEL, primary=90), months(110, 120))
    assert (line.value, line.path, line.note) == (90, (), None)


def test_the_line_lies_among_the_bars_and_the_chart_says_what_it_stands_for():
    series = months(110, 120, 130, 120)
    chart = charts.history(series, target_lines(goal(), series))
    assert chart.frame["value"].max() < 200
    with use_language("en"):
        assert str(chart.subtitle) == "Target lines: what each period to come needs on average for the total."
    level = goal(measure=Measure.LEVEL, primary=90)
    assert charts.history(series, target_lines(level, series)).subtitle is None
