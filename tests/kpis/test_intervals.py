from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.intervals import interval_of, wilson

Z = 1.959963984540054


@given(st.floats(0, 1), st.integers(1, 100_000))
def test_wilsons_ends_are_the_shares_that_a_test_just_does_not_reject(share: float, size: int) -> None:
    for end in wilson(share, size):
        if 1e-9 < end < 1 - 1e-9:
            assert abs(share - end) == pytest.approx(Z * math.sqrt(end * (1 - end) / size), rel=1e-6, abs=1e-9)


@given(st.floats(0, 1), st.integers(1, 10_000))
def test_the_range_holds_the_value_stays_on_the_scale_and_narrows_with_the_sample(share: float, size: int) -> None:
    low, high = wilson(share, size)
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1
    nearer, farther = wilson(share, 4 * size)
    assert farther - nearer <= high - low + 1e-12


def test_a_share_has_the_published_range() -> None:
    found = interval_of(CATALOGUE["csat"], 81 / 263 * 100, 263)
    assert found is not None
    assert (round(found.low, 2), round(found.high, 2)) == (25.53, 36.62)


def test_all_satisfied_of_three_answers_is_not_certain_and_too_few() -> None:
    found = interval_of(CATALOGUE["csat"], 100, 3)
    assert found is not None
    assert found.low < 50
    assert found.high == pytest.approx(100)
    assert not found.is_enough


@pytest.mark.parametrize("shares", [(0.5, 0.3, 0.2), (0.9, 0.1, 0.0), (0.45, 0.0, 0.55)])
def test_the_range_of_nps_holds_the_truth_at_least_as_often_as_it_says(shares: tuple[float, float, float]) -> None:
    rng = np.random.default_rng(1)
    promoters, _passive, detractors = shares
    drawn = rng.multinomial(150, shares, size=2_000)
    held = 0
    for up, _middle, down in drawn:
        found = interval_of(CATALOGUE["nps"], 100 * (up - down) / 150, 150)
        assert found is not None
        held += found.low <= 100 * (promoters - detractors) <= found.high
    assert held / 2_000 > 0.935


@pytest.mark.parametrize(("kpi", "value", "size"), [("frt_median", 30, 100), ("contact_volume", 5, 5), ("csat", 80, math.nan)])
def test_where_the_sample_does_not_say_there_is_no_range(kpi: str, value: float, size: float) -> None:
    assert interval_of(CATALOGUE[kpi], value, size) is None
