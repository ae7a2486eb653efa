"""The panels that the forecast is measured on."""

import numpy as np
import pandas as pd
import pytest

from benchmarks.forecast_scores import calibration_error
from benchmarks.panel import make_panel, synthetic_series


def test_a_part_of_a_panel_is_the_same_one_every_time_and_goals_are_five_a_series():
    first, again = (make_panel(synthetic_series(), "MONTHLY", 24, 3, most=7) for _ in range(2))
    pd.testing.assert_frame_equal(first.goals, again.goals)
    assert first.history["series"].nunique() == 7
    assert len(first.goals) == 35


def test_a_part_is_drawn_from_all_series_and_not_the_first_ones():
    kinds = make_panel(synthetic_series(), "MONTHLY", 24, 3, most=30).history["series"].str.split("-").str[0]
    assert kinds.nunique() > 3


def test_a_collection_without_such_series_gives_an_empty_panel():
    assert make_panel(synthetic_series(), "WEEKLY", 24, 3, most=7).history.empty


def test_calibration_error_is_the_mean_distance_over_the_bins():
    """Two bins of two: .15 said and ½ true, .75 said and 1 true: (.35 + .25) ÷ 2."""
    chance, met = np.array([0.15, 0.15, 0.75, 0.75]), np.array([0.0, 1.0, 1.0, 1.0])
    assert calibration_error(chance, met) == pytest.approx(0.3)
