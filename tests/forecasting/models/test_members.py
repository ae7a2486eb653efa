import numpy as np
import pytest
from scipy import stats

from cs_planning.forecasting.models.members import Calendar, PeriodPace, bank_for, covariance_parts, widening
from cs_planning.forecasting.models.weighing import evidence, predict

MONTHS = Calendar(PeriodPace.MONTH, 12)


@pytest.fixture
def history():
    return np.random.default_rng(0).normal(0, 0.7, 20)


def whole_covariance(bank, member, horizon):
    times = np.concatenate([bank.steps, np.arange(1, horizon + 1)])
    parts = covariance_parts(times, MONTHS)
    return sum(part[pick] for part, pick in zip(parts, bank.picks[member], strict=True)) + 1e3 + 1e-6 * np.eye(len(times))


def test_the_determinant_and_squares_are_those_of_the_normal_density(history):
    bank = bank_for(np.arange(-19, 1), MONTHS)
    found = evidence(bank, history)
    for member in (0, 50, 200):
        covariance = whole_covariance(bank, member, 0)
        squares = found.whitened[member] @ found.whitened[member]
        ours = -0.5 * (squares + bank.log_determinant[member] + 20 * np.log(2 * np.pi))
        assert ours == pytest.approx(stats.multivariate_normal(np.zeros(20), covariance).logpdf(history), rel=1e-5)


def test_the_prediction_is_the_conditional_normal(history):
    bank = bank_for(np.arange(-19, 1), MONTHS)
    means, factors = predict(bank, np.array([3, 77]), evidence(bank, history), 4)
    for row, member in enumerate((3, 77)):
        joint = whole_covariance(bank, member, 4)
        weights = np.linalg.solve(joint[:20, :20], joint[:20, 20:]).T
        assert means[row] == pytest.approx(weights @ history, abs=1e-4)
        rest = joint[20:, 20:] - weights @ joint[:20, 20:]
        assert factors[row] @ factors[row].T == pytest.approx(rest, abs=1e-4)


def test_a_shape_of_unknown_size_adds_its_covariance(history):
    plain = bank_for(np.arange(-19, 1), MONTHS)
    shape = np.where(np.arange(20) < 9, -1.0, 0.0)
    bank = plain.with_shapes(10 * shape[None, :])
    covariance = whole_covariance(plain, 5, 0) + 100 * np.outer(shape, shape)
    whitened = bank.whiten(history)[5]
    assert whitened @ whitened == pytest.approx(history @ np.linalg.solve(covariance, history), rel=1e-4)
    assert bank.log_determinant[5] == pytest.approx(np.linalg.slogdet(covariance)[1], rel=1e-6)


def test_missing_periods_are_left_out_of_the_covariance(history):
    steps = np.delete(np.arange(-19, 1), [4, 5, 6])
    bank = bank_for(steps, MONTHS)
    covariance = whole_covariance(bank, 9, 0)
    values = np.delete(history, [4, 5, 6])
    whitened = bank.whiten(values)[9]
    assert whitened @ whitened == pytest.approx(values @ np.linalg.solve(covariance, values), rel=1e-4)


def test_covariances_are_positive_for_every_pace():
    for pace, length, smooth in (
        (PeriodPace.SHORT, 7, False),
        (PeriodPace.SHORT, 52.18, True),
        (PeriodPace.QUARTER, 4, False),
        (PeriodPace.YEAR, 0, False),
    ):
        for part in covariance_parts(np.arange(-30, 6), Calendar(pace, length, smooth)):
            for covariance in part:
                assert np.linalg.eigvalsh(covariance).min() > -1e-6 * max(1.0, np.abs(covariance).max())


@pytest.mark.parametrize("count", [8, 16, 23, 47, 60, 63])
def test_a_bank_that_shares_a_longer_one_weighs_as_one_made_for_its_own_length(count):
    values = np.random.default_rng(count).normal(0, 0.7, count)
    steps = np.arange(1 - count, 1)
    shared, own = bank_for(steps, MONTHS), bank_for(steps, MONTHS, np.full(count, 1e-12))
    assert len(shared.whitening[0]) == count
    members = [int(np.flatnonzero((shared.picks == pick).all(axis=1))[0]) for pick in own.picks]
    found, expected = evidence(shared, values), evidence(own, values)
    assert found.log_evidence[members] == pytest.approx(expected.log_evidence, rel=1e-6, abs=1e-5)
    assert found.step_variance[members] == pytest.approx(expected.step_variance, rel=1e-6)


def test_weeks_are_widened_by_their_distance_until_the_thirteenth_and_days_are_not():
    weeks, days = (widening(Calendar(PeriodPace.SHORT, length, smooth=length > 7), 52) for length in (52.18, 7.0))
    assert np.all(np.diff(weeks) > 0)
    by_week = weeks / days
    assert by_week[[0, 3, 12, 51]] == pytest.approx([1.012, 1.048, 1.15, 1.15])
    assert days[-1] == pytest.approx(1.052)
