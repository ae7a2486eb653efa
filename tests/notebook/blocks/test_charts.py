import json
import re
from datetime import date
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pytest
import vl_convert

from cs_planning.automation.scenarios.outcome import Band
from cs_planning.forecasting.answers.track_record import Record, ReliabilityBin
from cs_planning.kpis.catalogue import kpi_named
from cs_planning.language import text, use_language
from cs_planning.notebook.blocks import charts, outcome_charts, two_series
from cs_planning.notebook.blocks.block import Chart
from cs_planning.notebook.blocks.drawings import DRAWINGS, spec, themed
from cs_planning.notebook.blocks.reality_chart import HeldMonth, reality
from cs_planning.notebook.blocks.target_lines import Line, target_lines
from tests.notebook.sample_sources import EMAIL, SampleSources, first_response

EVENTS = (charts.ChartEvent(date(2025, 3, 1), "level break"), charts.ChartEvent(date(2026, 4, 13), "campaign"))


def fan() -> Chart:
    sources = SampleSources()
    goal = sources.goals[EMAIL]
    forecast = sources.forecast(goal)
    return charts.fan(forecast, target_lines(goal, forecast.series), deadline=goal.deadline, events=EVENTS)


def drawn() -> dict[str, Chart]:
    service_level, cost = kpi_named("service_level"), kpi_named("cost_per_contact")
    bins = tuple(ReliabilityBin(*group) for group in ((0.1, 0.15, 20), (0.5, 0.4, 10), (0.9, 1.0, 12)))
    points = [outcome_charts.FrontierPoint(f"{count} agents", float(count), 10.0 * count, count == 7) for count in (7, 5, 8)]
    claim = outcome_charts.FrontierPoint("claim", 6.0, 80.0, mark=True)
    bars = [outcome_charts.Bar("As it is", 81, 77, 84), outcome_charts.Bar("Bot", 90.2)]
    months = [
        HeldMonth(date(2026, 7, 1), 78.0),
        HeldMonth(date(2026, 8, 1), 83.0, simulated=Band(84.0, 80.0, 88.0)),
        HeldMonth(date(2026, 9, 1), 81.0, whole=False, simulated=Band(85.0, 81.0, 89.0)),
    ]
    return {
        "reality": reality("Service level (%)", months, service_level, start=date(2026, 8, 1), alt=text("As simulated.")),
        "fan": fan(),
        "series": charts.history(first_response("email"), events=EVENTS),
        "breakdown": charts.breakdown({name: first_response(name) for name in ("email", "web")}, leading="email"),
        "two_axes": two_series.compared(first_response("email"), first_response("web")),
        "two_indexed": two_series.compared(first_response("email"), first_response("web"), indexed=True),
        "reliability": outcome_charts.reliability(Record(3, 42, 0.17, 0.2, 0.8, 0.95, bins)),
        "comparison_of_shares": outcome_charts.comparison("Service level (%)", bars, service_level),
        "comparison": outcome_charts.comparison("Cost", bars, cost),
        "frontier": outcome_charts.frontier("Cost", [*points, claim], kpi=service_level, cost_kpi=cost),
        "frontier_alone": outcome_charts.frontier("Cost", points, kpi=service_level, cost_kpi=cost),
        "tornado_of_shares": outcome_charts.tornado("Level", [outcome_charts.Swing("Volume", 70, 90, 80)], service_level),
        "tornado": outcome_charts.tornado("Cost", [outcome_charts.Swing("Volume", 70, 90, 80)], cost),
    }


def picture(chart: Chart, language: str, width: int = 640) -> str:
    complete: dict[str, Any] = themed(chart.spec(language)) | {"width": width}
    complete["data"] = {"values": json.loads(chart.data(language).to_json(orient="records", date_format="iso"))}
    return vl_convert.vegalite_to_svg(complete)


def test_every_drawing_has_a_chart_that_uses_it() -> None:
    assert set(drawn()) == set(DRAWINGS)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("drawing", list(DRAWINGS))
def test_every_drawing_draws_marks_and_labels(drawing: str, language: str) -> None:
    svg = picture(drawn()[drawing], language)
    assert svg.count("<path") > 5
    assert "NaN" not in svg
    assert not re.search(r"\de\+?\d{3}", svg), "something has no size"


@pytest.mark.slow
def test_dates_are_named_in_the_language() -> None:
    chart = drawn()["series"]
    assert "2026年" in picture(chart, "ja")
    assert "2026年" not in picture(chart, "en")


@pytest.mark.parametrize("drawing", list(DRAWINGS))
def test_a_specification_holds_no_data_and_can_be_changed_without_harm(drawing: str) -> None:
    first = spec(drawing, "en")
    assert "data" not in json.dumps(list(first))
    assert all("data" not in layer for layer in first["layer"])
    first["layer"].clear()
    assert spec(drawing, "en")["layer"]


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("drawing", list(DRAWINGS))
def test_every_specification_keeps_the_schema_of_vega_lite(drawing: str, language: str) -> None:
    complete = themed(spec(drawing, language)) | {"data": {"values": []}}
    assert alt.LayerChart.from_dict(complete).to_dict()["layer"]


@pytest.mark.parametrize("drawing", list(DRAWINGS))
def test_every_field_that_a_drawing_encodes_is_in_its_rows(drawing: str) -> None:
    def fields(node: Any) -> set[str]:
        if isinstance(node, dict):
            own = {node["field"]} if isinstance(node.get("field"), str) else set()
            return own.union(*(fields(value) for value in node.values())) if node else own
        return set().union(*(fields(item) for item in node)) if isinstance(node, list) else set()

    rows = drawn()[drawing].data("en")
    optional = {"lane", "shown_cost", "label", "label_value"} if drawing in {"series", "frontier", "frontier_alone"} else set()
    assert fields(spec(drawing, "en")["layer"]) - set(rows.columns) - optional == set()


def test_bands_contain_each_other_and_the_median() -> None:
    bands = charts.bands_of(SampleSources().forecast(SampleSources().goals[EMAIL]))
    order = ["low95", "low80", "low50", "value", "high50", "high80", "high95"]
    assert (np.diff(bands[order].to_numpy(), axis=1) >= 0).all()


def test_bands_are_the_quantiles_of_the_paths() -> None:
    forecast = SampleSources().forecast(SampleSources().goals[EMAIL])
    bands = charts.bands_of(forecast)
    for column, share in (("low80", 10), ("value", 50), ("high95", 97.5)):
        np.testing.assert_allclose(bands[column], np.percentile(forecast.paths, share, axis=0))


def test_the_fan_begins_where_the_history_ends() -> None:
    frame = fan().frame
    joint, last = frame[frame["part"] == "joint"].iloc[0], frame[frame["part"] == "history"].iloc[-1]
    assert joint["period"] == last["period"]
    assert joint["low95"] == joint["high95"] == last["value"]


def test_labels_of_close_targets_are_moved_apart_and_their_lines_are_not() -> None:
    series = first_response("email")
    lines = (Line("primary", 90.0, "A"), Line("stretch", 89.5, "B"), Line("floor", 89.9, "C"))
    frame = charts.history(series, lines).frame
    rows = frame[frame["part"].isin(["primary", "stretch", "floor"])]
    assert sorted(rows["value"]) == [89.5, 89.9, 90.0]
    assert np.diff(np.sort(rows["label_value"])).min() > 0.07 * (series.values.max() - series.values.min())


def test_events_before_the_shown_periods_are_left_out() -> None:
    chart = charts.history(first_response("email"), events=EVENTS, periods_shown=12)
    assert chart.data("en").query("part == 'event'")["label"].tolist() == ["campaign"]


def test_the_alt_sentence_says_the_numbers_of_the_chart() -> None:
    series = first_response("email")
    with use_language("en"):
        said = str(charts.history(series).alt)
    hours, minutes = divmod(round(series.values[-1]), 60)
    assert hours and f": {hours} h {minutes} min in the last of" in said
    assert f"{len(series)} periods" in said


def test_the_table_behind_a_fan_holds_every_drawn_period() -> None:
    chart = fan()
    drawn_periods = chart.frame[chart.frame["part"].isin(["history", "forecast"])]["period"]
    assert [row[0] for row in chart.table.rows] == [moment.date() for moment in drawn_periods]


def test_a_frontier_is_ordered_by_cost() -> None:
    assert [row[1] for row in drawn()["frontier_alone"].table.rows] == [5.0, 7.0, 8.0]


def test_a_claim_is_a_mark_beside_the_lines_with_its_source_in_the_table() -> None:
    kpi, cost = kpi_named("asa_mean"), kpi_named("service_cost")
    line = [outcome_charts.FrontierPoint(f"{count} %", count, 100 - count, count == 50) for count in range(20)]
    claim = outcome_charts.FrontierPoint("claim", 1.0, 1.0, mark=True, note="said by a vendor")
    chart = outcome_charts.frontier("Cost", [claim, *line], kpi=kpi, cost_kpi=cost)
    assert chart.frame.query("part == 'mark'")["cost"].tolist() == [1.0]
    assert chart.table.rows[-1][-1] == "said by a vendor"
    assert "claim" not in str(chart.alt)


def test_claims_are_numbered_from_the_cheapest_in_the_chart_its_legend_and_the_table() -> None:
    kpi, cost = kpi_named("asa_mean"), kpi_named("service_cost")
    line = [outcome_charts.FrontierPoint("staff", count, 200 - count, count == 150) for count in range(100, 190, 10)]
    claims = [outcome_charts.FrontierPoint(name, at, 20.0, mark=True) for name, at in (("dear", 170.0), ("cheap", 120.0))]
    chart = outcome_charts.frontier("Cost", [*claims, *line], kpi=kpi, cost_kpi=cost)
    with use_language("en"):
        drawn_claims = chart.data("en").query("part == 'mark'")
        assert drawn_claims["number"].tolist() == ["1", "2"]
        assert drawn_claims["label"].tolist() == [str(row[0]) for row in chart.table.rows[-2:]] == ["1. cheap", "2. dear"]
    svg = picture(chart, "en")
    assert svg.count(">1. cheap<") == svg.count(">1<") == 1


@pytest.mark.parametrize(("moved", "below"), [(4.0, "today"), (-4.0, "Bot"), (0.0, "today")])
def test_the_names_of_a_frontier_stand_on_both_sides_of_its_lines(moved: float, below: str) -> None:
    def line(number: int, name: str, away: float) -> list[outcome_charts.FrontierPoint]:
        costs = range(60, 100, 2)
        return [outcome_charts.FrontierPoint(name, c + away, 4000 / c, leading=c == 76, line=number) for c in costs]

    points = [*line(0, "today", 0.0), *line(1, "Bot", moved)]
    chart = outcome_charts.frontier("Cost", points, kpi=kpi_named("asa_mean"), cost_kpi=kpi_named("service_cost"))
    named = chart.data("en").query("part == 'named'")
    assert named.loc[named["inner"], "label"].tolist() == [below]
    svg = picture(chart, "en")
    assert svg.count(">today<") == svg.count(">Bot<") == 1


def test_ranges_of_the_record_hold_the_share_and_stay_inside_0_and_1() -> None:
    frame = drawn()["reliability"].frame.query("part == 'bin'")
    assert (frame["low"] <= frame["value"] + 1e-9).all()
    assert (frame["high"] >= frame["value"] - 1e-9).all()
    assert frame["low"].min() >= 0
    assert frame["high"].max() <= 1


def test_the_wilson_range_is_where_the_score_test_changes_its_mind() -> None:
    centre, width = outcome_charts._wilson(np.array([0.4]), np.array([10.0]))
    for edge in (centre[0] - width[0], centre[0] + width[0]):
        score = abs(0.4 - edge) / np.sqrt(edge * (1 - edge) / 10)
        assert score == pytest.approx(1.645, abs=1e-9)


def test_a_month_before_the_start_has_no_simulated_range_and_one_that_is_not_over_is_no_point_of_the_line() -> None:
    rows = drawn()["reality"].data("en")
    parts = {part: list(group["period"].dt.month) for part, group in rows.groupby("part")}
    assert parts["simulated"] == [8, 9]
    assert parts["history"] == [7, 8]
    assert parts["so_far"] == [9]
    bar = rows[rows["part"] == "simulated"].iloc[0]
    assert (bar["low80"], bar["value"], bar["high80"]) == (80, 84, 88)
    assert bar["shown80"] == "80 % to 88 %"
    assert drawn()["reality"].table.rows[0][2:] == (None, None, None)


@pytest.mark.parametrize(("kpi", "most"), [("asa_mean", None), ("service_level", 100.0)])
def test_no_axis_shows_a_wait_below_nothing_or_a_share_beyond_all(kpi, most):
    figure = kpi_named(kpi)
    bars = [outcome_charts.Bar("As it is", 3, 0.4, 12), outcome_charts.Bar("Bot", 91, 84, 99.8)]
    swings = [outcome_charts.Swing("Volume", 0.2, 99.9, 60), outcome_charts.Swing("Absence", 20, 80, 60)]
    for chart in (outcome_charts.comparison("x", bars, figure), outcome_charts.tornado("x", swings, figure)):
        # Narrow as on a tablet: there the room for the numbers at both ends is worth more than a tick.
        written = re.findall(r">([-−]?[0-9.]+)</text>", picture(chart, "en", width=160))
        ticks = [float(one.replace("−", "-")) for one in written]
        assert ticks and min(ticks) >= 0
        assert most is None or max(ticks) <= most


def test_a_target_that_moves_changes_the_lines_of_a_fan_and_nothing_else():
    """What no target moves is kept with the forecast: a chart drawn before, or drawn with another history, shows the same."""
    sources = SampleSources()
    forecast = sources.forecast(sources.goals[EMAIL])

    def drawn_with(target: float, periods: int) -> pd.DataFrame:
        return charts.fan(forecast, [Line("primary", target, "Target")], periods_shown=periods).frame

    first, second, shorter = drawn_with(80.0, 12), drawn_with(90.0, 12), drawn_with(80.0, 6)
    is_target = first["part"] == "primary"
    pd.testing.assert_frame_equal(first[~is_target], second[~is_target])
    assert (first.loc[is_target, "value"].tolist(), second.loc[is_target, "value"].tolist()) == ([80.0], [90.0])
    assert ((first["part"] == "history").sum(), (shorter["part"] == "history").sum()) == (12, 6)
