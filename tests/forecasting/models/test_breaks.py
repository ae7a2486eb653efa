import numpy as np
import pytest
from scipy.signal import lfilter

from cs_planning.forecasting.evidence.events import Event, EventKind
from cs_planning.forecasting.models.paths import forecast
from cs_planning.kpis.period_names import period_label
from tests.forecasting.builders import ahead, series_of


def found(values, kind, **options):
    series = series_of(values)
    made = forecast(series, ahead(series, 3), **options)
    return made, [note.period for note in made.notes if note.kind == kind]


def test_a_break_of_the_level_is_dated_and_the_older_level_does_not_count():
    values = np.random.default_rng(0).normal(0, 3, 40) + np.where(np.arange(40) < 25, 60, 110)
    made, breaks = found(values, "break")
    assert breaks == [made.series.periods[25].date()]
    assert abs(np.median(made.paths[:, 0]) - 110) < 4


def test_the_number_without_the_break_can_be_shown_beside():
    values = np.random.default_rng(0).normal(0, 3, 40) + np.where(np.arange(40) < 25, 60, 110)
    with_it, without = found(values, "break")[0], found(values, "break", breaks=False)[0]
    assert not without.notes
    assert np.ptp(np.quantile(with_it.paths[:, 0], [0.1, 0.9])) < np.ptp(np.quantile(without.paths[:, 0], [0.1, 0.9]))


def test_a_single_outlier_is_dated_and_hardly_moves_the_forecast():
    values = np.random.default_rng(1).normal(50, 2, 36)
    spoiled = values.copy()
    spoiled[20] = 95
    clean, _ = found(values, "outlier")
    made, outliers = found(spoiled, "outlier")
    assert outliers == [made.series.periods[20].date()]
    assert abs(np.median(made.paths) - np.median(clean.paths)) < 1
    assert np.std(made.paths) < 1.4 * np.std(clean.paths)


def test_a_break_of_the_trend_is_found():
    time = np.arange(60)
    values = np.random.default_rng(2).normal(0, 1, 60) + np.where(time < 35, 2.0 * time, 70 - 3.0 * (time - 35))
    made, breaks = found(values, "break")
    assert any(abs((day - made.series.periods[35].date()).days) < 100 for day in breaks)
    assert np.median(made.paths[:, 0]) < values[-1]


def test_quiet_histories_raise_no_alarm():
    alarms = 0
    for seed in range(30):
        rng = np.random.default_rng(seed)
        noise = rng.normal(0, 1, 36)
        alarms += bool(found(20 + (np.cumsum(noise) if seed % 2 else noise), "break")[1])
    assert alarms <= 2


def test_months_of_an_unusual_level_are_dated_with_their_end_although_the_level_comes_back():
    values = np.random.default_rng(3).normal(50, 2, 60)
    values[30:35] += 14
    made, _ = found(values, "break")
    said = [str(note.message) for note in made.notes if note.kind == "break"]
    assert len(said) == 1
    first, last = (period_label(made.series.periods[index].date(), made.series.rhythm) for index in (30, 34))
    assert first in said[0]
    assert last in said[0]
    assert abs(np.median(made.paths[:, 0]) - 50) < 2


def test_a_long_history_may_hold_more_than_three_breaks():
    levels = np.repeat([50, 80, 40, 70, 30], 24)
    _, breaks = found(np.random.default_rng(4).normal(0, 2, 120) + levels, "break")
    starts = {(day.year - 2020) * 12 + day.month - 1 for day in breaks}
    assert {24, 48, 72, 96} <= starts


def test_a_break_in_a_bounded_share_is_told_in_its_own_unit():
    values = np.random.default_rng(5).normal(0, 1.0, 48) + np.where(np.arange(48) < 30, 92, 80)
    made = forecast(series_of(values, kpi="csat"), ahead(series_of(values), 3))
    said = " ".join(str(note.message) for note in made.notes if note.kind == "break")
    assert "from about 91.6 to about 79.6" in said


@pytest.mark.slow
def test_most_simulated_histories_without_a_break_raise_no_alarm():
    alarms = {}
    for kind in ("noise", "walk", "autoregression", "season", "trend"):
        hits = 0
        for seed in range(20):
            shocks = np.random.default_rng([seed, len(kind)]).normal(0, 1, 48)
            values = {
                "noise": shocks,
                "walk": np.cumsum(shocks),
                "autoregression": lfilter([1], [1, -0.5], shocks),
                "season": shocks + 2 * np.sin(np.arange(48) * np.pi / 6),
                "trend": shocks + 0.1 * np.arange(48),
            }[kind]
            hits += bool(found(50 + values, "break")[1])
        alarms[kind] = hits
    assert max(alarms.values()) <= 4
    assert sum(alarms.values()) <= 8


def test_a_step_that_is_marked_is_not_found_again():
    values = np.random.default_rng(3).normal(50, 2, 48) + np.where(np.arange(48) < 30, 0, 9)
    series = series_of(values)
    step = Event(EventKind.STEP, series.periods[30].date())
    assert found(values, "break")[1] == [step.first]
    assert found(values, "break", events=[step])[1] == []
