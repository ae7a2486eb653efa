import numpy as np
import pandas as pd
import pytest

from benchmarks.panel import SYNTHETIC, make_panel, synthetic_series
from cs_planning.errors import InvalidSeries
from cs_planning.forecasting.sheets.assessment import RESULT_COLUMNS, assess_sheet, backtest_sheet
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR


def history_of(name, values, start="2020-01-01", freq="MS", form="%Y-%m"):
    periods = pd.date_range(start, periods=len(values), freq=freq)
    written = [f"{day.year}-Q{day.quarter}" for day in periods] if form == "quarter" else periods.strftime(form)
    return pd.DataFrame({"series": name, "period": written, "value": values})


def goal(series, deadline, target=10.0, direction="at_least", measure="level", id="g"):
    return {"goal_id": id, "series": series, "direction": direction, "measure": measure, "target": target, "deadline": deadline}


def assess_one(history, **options):
    return assess_sheet(history, pd.DataFrame([goal(**options)]), calendar=CALENDAR_YEAR).iloc[0]


NOISE = np.random.default_rng(0).normal(10, 2, 36)


def test_the_result_has_one_row_a_goal_in_their_order():
    goals = pd.DataFrame([goal("a", "2023-03", id=str(number)) for number in range(4)])
    found = assess_sheet(history_of("a", NOISE), goals, calendar=CALENDAR_YEAR)
    assert tuple(found.columns) == RESULT_COLUMNS
    assert found["goal_id"].tolist() == ["0", "1", "2", "3"]
    assert found["status"].eq("ok").all()
    assert found["probability"].between(0.2, 0.8).all()


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"series": "b", "deadline": "2023-03"}, "unknown_series"),
        ({"series": "a", "deadline": "2022-12-31"}, "deadline_not_after_history"),
        ({"series": "a", "deadline": "soon"}, "invalid"),
        ({"series": "a", "deadline": "2023-03", "target": "many"}, "invalid"),
        ({"series": "a", "deadline": "2023-03", "target": np.inf}, "invalid"),
        ({"series": "a", "deadline": "2023-03", "direction": "up"}, "invalid"),
        ({"series": "a", "deadline": "2023-03", "measure": "median"}, "invalid"),
        ({"series": "a", "deadline": "2999-01"}, "too_far"),
    ],
)
def test_a_bad_row_says_what_is_wrong_and_stops_no_other(options, status):
    goals = pd.DataFrame([goal(**options), goal("a", "2023-02", id="good")])
    found = assess_sheet(history_of("a", NOISE), goals, calendar=CALENDAR_YEAR)
    assert found["status"].tolist() == [status, "ok"]
    assert found["message"][0]
    assert np.isnan(found["probability"][0])


def test_a_missing_column_is_named():
    with pytest.raises(InvalidSeries, match="value"):
        assess_sheet(
            pd.DataFrame({"series": ["a"], "period": ["2020-01"]}), pd.DataFrame([goal("a", "2023-03")]), calendar=CALENDAR_YEAR
        )


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ([5.0], "too_short"),
        (NOISE[:7], "too_short"),
        (np.zeros(24), "ok"),
        (np.full(24, 3.0), "ok"),
        ([np.nan] * 12, "too_short"),
    ],
)
def test_poor_histories_have_a_status(values, status):
    assert assess_one(history_of("a", values), series="a", deadline="2030-03")["status"] == status


def test_text_infinities_repeats_and_disorder_are_survived_and_said():
    history = history_of("a", NOISE).astype({"value": object})
    history.loc[3, "value"], history.loc[4, "value"] = "broken", np.inf
    history = pd.concat([history, history.tail(1), pd.DataFrame([{"series": "a", "period": "??", "value": 1.0}])])
    found = assess_one(history.sample(frac=1, random_state=0), series="a", deadline="2023-03")
    assert found["status"] == "ok"
    for said in ("finite", "repeated", "period can't be read"):
        assert said in found["message"]


@pytest.mark.parametrize(
    ("freq", "form", "deadline"),
    [
        ("D", "%Y-%m-%d", "2020-Q1"),
        ("W-MON", "%G-W%V", "2020-W50"),
        ("MS", "%Y-%m-%d", "2023-03-31"),
        ("QS", "quarter", "2030-Q1"),
        ("YS", "%Y", "2060"),
    ],
)
def test_every_way_to_write_a_period_is_read(freq, form, deadline):
    found = assess_one(history_of("a", NOISE, freq=freq, form=form), series="a", deadline=deadline, measure="average")
    assert found["status"] == "ok", found["message"]


def test_given_bounds_hold():
    history = history_of("a", 98 + np.random.default_rng(1).uniform(-2, 2, 36)).assign(lower=0, upper=100)
    found = assess_one(history, series="a", deadline="2023-06")
    assert found["high95"] <= 100
    assert assess_one(history, series="a", deadline="2023-06", target=101)["probability"] == 0


@pytest.mark.load
def test_the_number_of_jobs_changes_nothing():
    panel = make_panel(synthetic_series(), "MONTHLY", 24, 3, most=20)
    seen = []
    one = assess_sheet(panel.history, panel.goals, seed=3, calendar=CALENDAR_YEAR)
    two = assess_sheet(
        panel.history,
        panel.goals,
        seed=3,
        jobs=2,
        progress=lambda done, total: seen.append((done, total)),
        calendar=CALENDAR_YEAR,
    )
    pd.testing.assert_frame_equal(one, two)
    assert seen[-1] == (20, 20)


def test_the_committed_panel_is_what_its_script_makes():
    pd.testing.assert_frame_equal(pd.read_csv(SYNTHETIC), synthetic_series(), check_dtype=False)


@pytest.mark.load
@pytest.mark.parametrize(("length", "horizon", "skill"), [(36, 3, 0.25), (24, 3, 0.2), (36, 12, 0.2), (12, 1, 0.08)])
def test_probabilities_on_the_committed_panel_beat_the_random_walk(length, horizon, skill):
    panel = make_panel(pd.read_csv(SYNTHETIC), "MONTHLY", length, horizon)
    both = assess_sheet(panel.history, panel.goals, calendar=CALENDAR_YEAR).merge(panel.outcome, on="goal_id")
    ours = ((both["probability"] - both["met"]) ** 2).mean()
    walk = ((both["walk"] - both["met"]) ** 2).mean()
    assert 1 - ours / walk > skill
    assert 0.7 < both["actual"].between(both["low80"], both["high80"]).mean() < 0.95


@pytest.mark.slow
def test_the_record_of_every_series_is_listed():
    history = pd.concat([history_of("a", NOISE), history_of("b", NOISE[:6]), history_of("c", NOISE, form="bad")])
    found = backtest_sheet(history, horizon=2, calendar=CALENDAR_YEAR).set_index("series")
    assert found.loc["a", "forecasts"] == 24
    assert found.loc["b", "forecasts"] == 0
    assert found.loc["b", "message"]
    assert found.loc["c", "forecasts"] == 0
