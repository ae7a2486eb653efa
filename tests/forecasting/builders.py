"""Series and questions for the tests of the forecast."""

from datetime import date

import numpy as np
import pandas as pd

from cs_planning.forecasting.forecast import Forecast, Question
from cs_planning.goals.goal import Direction, Measure
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.catalogue import kpi_named
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries, SeriesKey

STEPS = {"day": "D", "week": "W-MON", "month": "MS", "quarter": "QS", "year": "YS"}


def series_of(values, kpi="index", frequency=Frequency.MONTH, start="2020-01-06", sample_size=np.nan):
    first = CALENDAR_YEAR.rhythm(frequency).start_of(date.fromisoformat(start))
    frame = pd.DataFrame(
        {
            "series": kpi,
            "period": pd.date_range(first, periods=len(values), freq=STEPS[frequency.value]),
            "value": np.asarray(values, float),
            "sample_size": sample_size,
        }
    )
    key = SeriesKey.parse(kpi)
    return KpiSeries(key, kpi_named(key.kpi), CALENDAR_YEAR.rhythm(frequency), frame)


def ahead(series, count):
    return series.frequency.next_after(series.last_period, count)


def forecast_with(paths, series=None):
    series = series or series_of(np.arange(12.0))
    periods = [series.frequency.next_after(series.last_period, step) for step in range(1, np.shape(paths)[1] + 1)]
    return Forecast(series, pd.DatetimeIndex(periods), np.asarray(paths, float))


def question(forecast, measure=Measure.LEVEL, direction=Direction.AT_LEAST, first=None):
    return Question(measure, direction, forecast.periods[-1].date(), first)
