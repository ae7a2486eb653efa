"""A month of 19 working days is no drop: volumes know the working days of their periods."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from cs_planning.forecasting.evidence.working_days import working_days
from cs_planning.forecasting.models.paths import forecast, second_opinion
from cs_planning.forecasting.sheets.assessment import assess_sheet
from cs_planning.kpis.calendar.public_holidays import public_holidays
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries
from tests.forecasting.builders import ahead, series_of

HOLIDAYS = public_holidays("JP", date(2019, 1, 1), date(2026, 12, 31))


def counted(frequency, points, kpi="contact_volume"):
    periods = series_of(np.ones(points), kpi, frequency).periods
    return np.array([working_days(day.date(), frequency.next_after(day.date()), HOLIDAYS) for day in periods])


def volumes(frequency, points, seed=0):
    """100 contacts a working day in Japan, give or take 2 %."""
    rng = np.random.default_rng(seed)
    return np.round(100 * counted(frequency, points) * np.exp(rng.normal(0, 0.02, points)))


def misses(frequency, points, horizon, method=forecast, **options):
    """The mean square of relative errors of the medians, as a root, and the usual width of 80 %."""
    errors, widths = [], []
    for seed in range(3):
        values = volumes(frequency, points + horizon, seed)
        series = series_of(values[:points], "contact_volume", frequency)
        low, middle, high = np.quantile(method(series, ahead(series, horizon), **options).paths, [0.1, 0.5, 0.9], axis=0)
        errors.append(middle / values[points:] - 1)
        widths.append((high - low) / middle)
    return float(np.sqrt(np.mean(np.square(errors)))), float(np.mean(widths))


def test_working_days_leave_out_weekends_and_public_holidays():
    assert working_days(date(2026, 5, 1), date(2026, 6, 1), public_holidays("JP", date(2026, 5, 1), date(2026, 5, 31))) == 18
    assert working_days(date(2026, 5, 1), date(2026, 6, 1), {}) == 21


@pytest.mark.parametrize(("frequency", "points", "horizon"), [(Frequency.MONTH, 36, 6), (Frequency.WEEK, 104, 6)])
def test_a_volume_that_follows_its_working_days_is_foreseen_to_its_noise(frequency, points, horizon):
    """The noise is 2 %, so that no forecast can miss by less."""
    knowing, width = misses(frequency, points, horizon, place="JP")
    unknowing, wider = misses(frequency, points, horizon)
    assert knowing < 0.03
    assert unknowing > 1.5 * knowing
    assert width < 0.6 * wider


def test_the_second_opinion_knows_working_days_as_well():
    knowing, _ = misses(Frequency.MONTH, 36, 6, second_opinion, place="JP")
    unknowing, _ = misses(Frequency.MONTH, 36, 6, second_opinion)
    assert knowing < 0.035 < unknowing


def test_a_desk_that_is_open_every_day_is_not_taken_for_one_that_closes():
    """80 contacts every day: from 36 months the model learns that every day counts the same."""
    days = series_of(np.ones(39), "contact_volume").periods.days_in_month.to_numpy()
    values = np.round(80 * days * np.exp(np.random.default_rng(4).normal(0, 0.01, 39)))
    series = series_of(values[:36], "contact_volume")
    missed = {
        place: np.abs(np.median(forecast(series, ahead(series, 3), place=place).paths, axis=0) / values[36:] - 1).max()
        for place in ("", "JP")
    }
    assert missed["JP"] < 0.025


@pytest.mark.parametrize("method", [forecast, second_opinion])
def test_a_month_that_is_missing_is_no_obstacle(method):
    series = series_of(volumes(Frequency.MONTH, 30), "contact_volume")
    gappy = KpiSeries(series.key, series.kpi, series.rhythm, series.frame.drop(index=[11, 12]).reset_index(drop=True))
    whole, holed = (np.median(method(one, ahead(series, 2), place="JP").paths, axis=0) for one in (series, gappy))
    np.testing.assert_allclose(holed, whole, rtol=0.03)


def test_only_volumes_know_working_days():
    series = series_of(np.random.default_rng(1).uniform(80, 90, 24), "csat")
    known, unknown = (forecast(series, ahead(series, 3), place=place) for place in ("JP", ""))
    np.testing.assert_array_equal(known.paths, unknown.paths)
    assert "working_days" not in {note.kind for note in known.notes}


def test_it_is_said_how_many_working_days_the_last_period_has():
    series = series_of(volumes(Frequency.MONTH, 24), "contact_volume", start="2020-01-01")
    notes = {note.kind: str(note.message) for note in forecast(series, date(2022, 5, 31), place="JP").notes}
    assert "May 2022 has 19" in notes["working_days"]
    assert "working_days" not in {note.kind for note in forecast(series, date(2022, 5, 31)).notes}


def test_months_of_four_and_five_weeks_are_taken_as_they_are_given():
    starts, day = [], pd.Timestamp("2023-01-02")
    for index in range(27):
        starts.append(day)
        day += pd.Timedelta(weeks=(4, 4, 5)[index % 3])
    weeks = np.diff([*starts, day]).astype("timedelta64[D]").astype(int) / 7
    history = pd.DataFrame({"series": "contact_volume", "period": [f"{one:%Y-%m-%d}" for one in starts], "value": 500 * weeks})
    goal = {"goal_id": "1", "series": "contact_volume", "direction": "at_least", "measure": "level", "target": 2000}
    goals = pd.DataFrame([goal | {"deadline": f"{day + pd.Timedelta(days=20):%Y-%m-%d}"}])
    known, unknown = (assess_sheet(history, goals, calendar=ServiceCalendar(country=place)).iloc[0] for place in ("JP", ""))
    assert known["status"] == "ok"
    assert known["expected"] == unknown["expected"]
