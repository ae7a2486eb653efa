import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_planning.forecasting.evidence.scales import Bend, ValueScale, candidate_scales

SCALES = [
    ValueScale(Bend.PLAIN),
    ValueScale(Bend.LOG),
    ValueScale(Bend.LOG, bound=10.0, side=-1),
    ValueScale(Bend.SOFT, bound=0.0, size=3.0),
    ValueScale(Bend.SOFT, bound=10.0, side=-1, size=3.0),
    ValueScale(Bend.LOGIT, bound=0.0, size=10.0),
]


@pytest.mark.parametrize("scale", SCALES)
@given(st.floats(0.01, 9.99))
def test_back_undoes_forward(scale, value):
    assert scale.back(scale.forward(np.array([value])))[0] == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize("scale", SCALES)
@given(st.floats(0.1, 9.9))
def test_the_slope_is_the_derivative_and_positive(scale, value):
    low, high = scale.forward(np.array([value - 1e-5, value + 1e-5]))
    assert np.exp(scale.log_slope(np.array([value])))[0] == pytest.approx((high - low) / 2e-5, rel=1e-4)


@pytest.mark.parametrize("number", [-1e6, -50.0, 0.0, 50.0, 1e6])
def test_no_number_leaves_the_valid_range(number):
    assert 0 <= ValueScale(Bend.LOGIT, 0.0, 1, 100.0).back(np.array([number]))[0] <= 100
    assert ValueScale(Bend.SOFT, 0.0, 1, 2.0).back(np.array([number]))[0] >= 0
    assert ValueScale(Bend.LOG, 0.0).back(np.array([number]))[0] >= 0


def test_a_bound_that_was_touched_can_be_reached_again():
    (scale,) = candidate_scales(np.array([96.5, 100, 99, 98.2, 100]), 0, 100)
    assert scale.back(scale.forward(np.array([100.0])) + 1.0)[0] == 100
    assert scale.back(scale.forward(np.array([99.0])))[0] == pytest.approx(99)
