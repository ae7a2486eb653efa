import numpy as np

from cs_planning.forecasting.models import forecast
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
