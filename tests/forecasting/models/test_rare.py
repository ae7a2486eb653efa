import numpy as np
import pytest
from scipy import stats

from cs_planning.forecasting.evidence.events import Event, EventKind
from cs_planning.forecasting.evidence.history import read_history
from cs_planning.forecasting.models.paths import forecast, second_opinion
from cs_planning.forecasting.models.rare import paths_of_counts, pile_of
from cs_planning.kpis.frequency import Frequency
from tests.forecasting.builders import ahead, series_of


def made_of(values, count=3, *, kpi="complaints", method=forecast, **options):
    series = series_of(values, kpi, **{key: options.pop(key) for key in ("frequency", "sample_size") if key in options})
    return method(series, ahead(series, count), **options)


def mostly_zero():
    values = np.zeros(36)
    values[[3, 9, 17, 24, 30]] = 1
    return values


@pytest.mark.parametrize("rate", [0.2, 0.5, 1.0])
def test_the_chance_of_no_case_is_that_of_the_poisson_rate_within_five_points(rate):
    stated = []
    for seed in range(80):
        counts = np.random.default_rng(seed).poisson(rate, 36)
        if np.ptp(counts):
            stated.append((made_of(counts, draws=400, seed=seed).paths[:, -1] == 0).mean())
    assert np.mean(stated) == pytest.approx(np.exp(-rate), abs=0.05)


def test_five_months_of_six_at_zero_stay_at_zero_as_often():
    # One Poisson rate of 5 ÷ 36 leaves exp(−5 ÷ 36) = .87 of the months empty; 31 ÷ 36 = .86 were.
    stated = (made_of(mostly_zero()).paths[:, 0] == 0).mean()
    assert stated == pytest.approx(31 / 36, abs=0.04)


def test_a_total_of_rare_cases_is_that_of_their_rate():
    totals = made_of(mostly_zero()).paths.sum(axis=1)
    assert np.mean(totals <= 1) == pytest.approx(stats.poisson(3 * 5 / 36).cdf(1), abs=0.05)


def test_rare_cases_are_whole_and_never_below_none():
    paths = made_of(np.random.default_rng(2).poisson(1.5, 30), 6).paths
    assert np.array_equal(paths, np.round(paths))
    assert paths.min() == 0


def test_clustered_cases_leave_more_months_empty_than_their_mean_says():
    rng = np.random.default_rng(3)
    counts = rng.poisson(1.2 * rng.gamma(0.3, 1 / 0.3, 120))
    stated = (paths_of_counts(counts.astype(float), np.arange(-119, 1), 1, 4000, rng) == 0).mean()
    assert stated > np.exp(-counts.mean()) + 0.1
    assert stated == pytest.approx((counts == 0).mean(), abs=0.08)


def test_a_rate_that_rose_counts_more_than_the_years_before():
    rng = np.random.default_rng(4)
    counts = np.concatenate([rng.poisson(0.2, 36), rng.poisson(2.5, 12)])
    assert (made_of(counts).paths[:, 0] == 0).mean() < 0.3


def full_shares():
    values = np.full(36, 100.0)
    values[[1, 4, 7, 9, 13, 16, 20, 22, 27, 30, 34]] = [96.7, 93.3, 96.7, 96.7, 93.3, 96.7, 96.7, 90, 96.7, 93.3, 96.7]
    return values


@pytest.mark.parametrize("sample_size", [np.nan, 30.0])
def test_a_share_that_is_mostly_full_is_full_as_often(sample_size):
    paths = made_of(full_shares(), kpi="csat", sample_size=sample_size).paths
    assert np.mean(paths[:, 0] == 100) == pytest.approx(25.5 / 37, abs=0.06)
    assert paths.max() <= 100
    inner = paths[paths < 100]
    assert 94 < np.median(inner) < 97.5


def test_a_pile_is_said_and_few_values_on_a_bound_are_none():
    assert "pile" in {note.kind for note in made_of(full_shares(), kpi="csat").notes}
    values = np.random.default_rng(5).normal(90, 3, 36).clip(0, 99)
    values[4] = 100
    assert pile_of(read_history(series_of(values, "csat"), None)) is None


def test_days_are_no_pile_since_their_weekends_are_zero():
    counts = np.where(np.arange(140) % 7 >= 5, 0, np.random.default_rng(6).poisson(2, 140))
    paths = made_of(counts, 14, frequency=Frequency.DAY).paths
    assert "pile" not in {note.kind for note in made_of(counts, 14, frequency=Frequency.DAY).notes}
    assert len(paths)


def test_the_second_opinion_agrees_about_rare_cases_by_drawing_the_recent_ones_again():
    own, other = made_of(mostly_zero()), made_of(mostly_zero(), method=second_opinion)
    assert np.mean(other.paths[:, 0] == 0) == pytest.approx(31 / 36, abs=0.03)
    assert abs(np.mean(own.paths[:, 0] == 0) - np.mean(other.paths[:, 0] == 0)) < 0.06


def test_ignored_months_are_not_counted():
    values = mostly_zero()
    values[24:34] = 3
    series = series_of(values, "complaints")
    first, last = (series.periods[place].date() for place in (24, 33))
    event = Event(EventKind.IGNORE, first, last)
    ignoring = forecast(series, ahead(series, 1), events=[event]).paths[:, 0]
    assert np.mean(ignoring == 0) > np.mean(forecast(series, ahead(series, 1)).paths[:, 0] == 0) + 0.05


def test_a_steady_team_of_three_is_no_rate():
    values = np.full(24, 3)
    values[[5, 13]] = 2
    assert pile_of(read_history(series_of(values, "complaints"), None)) is None
    paths = made_of(values, 1).paths[:, 0]
    assert np.mean(np.abs(paths - 3) <= 1) > 0.85


@pytest.mark.parametrize(("kpi", "counted"), [("complaints", True), ("frt_median", False)])
def test_whole_minutes_are_no_counts(kpi, counted):
    values = np.random.default_rng(7).poisson(2, 36)
    values[::6] = 0
    assert pile_of(read_history(series_of(values, kpi), None)).counted is counted
