"""What was computed of some values is found again by its values, not by the version of the data."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cs_planning.errors import CannotForecast
from cs_planning.forecasting.models.paths import forecast
from cs_planning.kpis.series import SeriesKey
from cs_planning.workspace.goals.forecast_memory import ForecastMemory, contents_of
from tests.forecasting.builders import series_of

SERIES = series_of(np.random.default_rng(1).normal(100, 5, 24), start="2024-11-01")
LAST = date(2027, 3, 31)


def asked(memory, series, **more):
    return memory.forecast((contents_of(series), LAST), lambda: forecast(series, LAST, draws=50, **more))


def test_the_same_values_are_forecast_once():
    memory = ForecastMemory()
    again = replace(SERIES, frame=SERIES.frame.copy())
    assert asked(memory, SERIES) is asked(memory, again)


@pytest.mark.parametrize("column", ["value", "sample_size"])
def test_a_changed_value_or_sample_size_makes_a_new_forecast(column):
    memory = ForecastMemory()
    changed = SERIES.frame.copy()
    changed.loc[3, column] = 77.0
    assert asked(memory, SERIES) is not asked(memory, replace(SERIES, frame=changed))


def test_another_series_of_the_same_values_has_a_forecast_of_its_own():
    memory = ForecastMemory()
    other = replace(SERIES, key=SeriesKey.parse(f"{SERIES.key.kpi}|channel=email"))
    assert asked(memory, SERIES) is not asked(memory, other)


def test_what_can_not_be_forecast_is_not_kept():
    memory = ForecastMemory()
    few = replace(SERIES, frame=SERIES.frame.head(3))
    for _time in range(2):
        with pytest.raises(CannotForecast):
            asked(memory, few)
