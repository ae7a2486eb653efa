"""Everything that a history or a goal list can hold and should not: an answer or a reason for each, and never a crash."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from cs_planning.forecasting.models.paths import forecast
from cs_planning.forecasting.sheets.assessment import assess_sheet, backtest_sheet
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.frequency import Frequency
from tests.forecasting.builders import series_of

NOISE = np.random.default_rng(0).normal(50, 5, 36)
MONTHS = list(pd.date_range("2022-01-01", periods=36, freq="MS").strftime("%Y-%m-%d"))


def history_of(values, periods=MONTHS, name="a", **extra):
    return pd.DataFrame({"series": name, "period": periods[: len(values)], "value": values, **extra})


def goals_of(*targets, name="a", direction="at_least", measure="level", deadline="2025-03-31"):
    rows = [(f"g{place}", name, direction, measure, target, deadline) for place, target in enumerate(targets)]
    return pd.DataFrame(rows, columns=["goal_id", "series", "direction", "measure", "target", "deadline"])


def answered(values, *targets, periods=MONTHS, today=None, name="a", extra=None, **asked):
    history = history_of(values, periods, name, **(extra or {}))
    return assess_sheet(history, goals_of(*(targets or (50.0,)), name=name, **asked), calendar=CALENDAR_YEAR, today=today)


def with_gap_of_a_year():
    return MONTHS[:12] + list(pd.date_range("2024-01-01", periods=24, freq="MS").strftime("%Y-%m-%d"))


@pytest.mark.parametrize(
    ("values", "periods", "status", "said"),
    [
        (np.full(36, 7.0), MONTHS, "ok", "Every value was 7"),
        (np.zeros(36), MONTHS, "ok", "Every value was 0"),
        ([5.0], MONTHS, "too_short", "1"),
        ([*NOISE[:33], np.nan, np.inf, -np.inf], MONTHS, "ok", "3 rows without a finite value"),
        (NOISE, [*MONTHS[:5], MONTHS[4], *MONTHS[6:]], "ok", "repeated periods were averaged"),
        (NOISE, MONTHS[::-1], "ok", ""),
        (NOISE, with_gap_of_a_year(), "ok", "12 periods are missing"),
        (NOISE * 1e12, MONTHS, "ok", ""),
        (NOISE * 1e-12, MONTHS, "ok", ""),
        (["x"] * 36, MONTHS, "too_short", "36 rows without a finite value"),
        (NOISE, ["?"] * 36, "invalid", "can be read"),
    ],
)
def test_every_poor_history_has_a_status_and_says_what_is_wrong(values, periods, status, said):
    found = answered(list(values), periods=periods, deadline="2026-06-30").iloc[0]
    assert found["status"] == status
    assert said in found["message"]
    if status == "ok":
        assert np.isfinite([found["probability"], found["expected"], found["low95"], found["high95"]]).all()
        assert found["low95"] <= found["low80"] <= found["expected"] <= found["high80"] <= found["high95"]


def test_impossible_values_are_left_out_and_named():
    found = answered([*NOISE[:35], -3.0], name="frt_median").iloc[0]
    assert "1 value outside the valid range" in found["message"]
    assert found["low95"] > 0


@pytest.mark.parametrize(
    ("target", "direction", "chance"),
    [(120, "at_least", 0.0), (120, "at_most", 1.0), (-5, "at_least", 1.0), (-5, "at_most", 0.0), (1e308, "at_least", 0.0)],
)
@pytest.mark.parametrize("measure", ["level", "average", "every"])
def test_a_target_outside_the_valid_range_is_certain_and_the_reason_is_given(target, direction, chance, measure):
    found = answered(80 + (NOISE - 50) / 5, target, name="csat", direction=direction, measure=measure).iloc[0]
    assert found["probability"] == chance
    assert "can never be" in found["message"]


def test_a_target_that_no_one_can_read_stops_no_other():
    found = answered(80 + (NOISE - 50) / 5, 1e308, "nonsense", 80.0, -np.inf, name="csat")
    assert found["status"].tolist() == ["ok", "invalid", "ok", "invalid"]


def test_a_history_that_ended_years_before_the_deadline_says_how_far_that_is():
    found = answered(NOISE, deadline="2035-01-31").iloc[0]
    assert found["status"] == "ok"
    assert "121 periods ahead, farther than the 36 periods" in found["message"]


def test_a_horizon_of_ten_histories_is_answered_ever_more_widely():
    near, far = (answered(NOISE[:12], deadline=day).iloc[0] for day in ("2023-01-31", "2032-12-31"))
    assert far["high80"] - far["low80"] > near["high80"] - near["low80"]


def test_an_old_history_is_said_to_be_old():
    notes = {
        note.kind: str(note.message) for note in forecast(series_of(NOISE), date(2025, 12, 1), today=date(2025, 11, 9)).notes
    }
    assert "34 periods that are over since" in notes["old"]


@pytest.mark.parametrize(
    ("lower", "upper", "status"),
    [(0, 100, "ok"), (100, 0, "invalid"), (90, 100, "too_short"), ("-inf", "inf", "ok"), ("x", "", "ok")],
)
def test_any_valid_range_is_taken_or_refused_in_words(lower, upper, status):
    found = answered(NOISE, extra={"lower": lower, "upper": upper}).iloc[0]
    assert found["status"] == status
    assert found["message"] or status == "ok"


def test_a_last_month_that_is_not_over_is_left_out_and_said():
    values = [*NOISE[:35], 3.0]
    today = date(2024, 12, 9)
    running, whole = answered(values, today=today).iloc[0], answered(values[:35]).iloc[0]
    assert "2024-12 is not over on 2024-12-09" in running["message"]
    assert running["probability"] == whole["probability"]


def test_a_history_in_the_future_is_taken_as_it_is():
    assert answered(NOISE, today=date(2023, 5, 5)).iloc[0]["probability"] == answered(NOISE).iloc[0]["probability"]


def test_names_of_columns_and_series_are_read_with_patience():
    history = history_of(NOISE, name=" a ").rename(columns={"series": "Series", "value": " VALUE"})
    assert assess_sheet(history, goals_of(50.0).rename(columns=str.upper), calendar=CALENDAR_YEAR)["status"].tolist() == ["ok"]


def test_a_hundred_thousand_days_are_forecast():
    values = 100 + np.random.default_rng(1).normal(0, 5, 100_000)
    series = series_of(values, frequency=Frequency.DAY, start="1750-01-01")
    made = forecast(series, series.frequency.next_after(series.last_period, 90), place="JP")
    assert np.median(made.paths) == pytest.approx(100, abs=3)


def test_a_series_that_can_not_be_read_has_no_record_but_the_reason():
    history = pd.concat([history_of(NOISE), history_of(NOISE, ["?"] * 36, "b"), history_of(NOISE[:3], name="c")])
    found = backtest_sheet(history, calendar=CALENDAR_YEAR).set_index("series")
    assert found["forecasts"].to_dict() == {"a": 24, "b": 0, "c": 0}
    assert found["message"].str.len().min() > 10
