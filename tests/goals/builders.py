"""Goals and series for the tests."""

from datetime import date

import numpy as np
import pandas as pd

from cs_planning.goals.goal import Baseline, Direction, Goal, Milestone, goal_from_fields
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.catalogue import kpi_named
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries, SeriesKey, check_frame, split_series

TODAY = date(2026, 1, 10)


def series_of(values, kpi="csat", first=date(2024, 1, 1), frequency=Frequency.MONTH, sample_size=400.0) -> KpiSeries:
    periods = [frequency.next_after(CALENDAR_YEAR.rhythm(frequency).start_of(first), step) for step in range(len(values))]
    sizes = np.broadcast_to(np.asarray(sample_size, float), (len(values),))
    frame = pd.DataFrame({"series": kpi, "period": periods, "value": np.asarray(values, float), "sample_size": sizes})
    if frame.empty:
        key = SeriesKey.parse(kpi)

        return KpiSeries(key, kpi_named(key.kpi), CALENDAR_YEAR.rhythm(frequency), check_frame(frame.astype({"series": str})))
    return split_series(check_frame(frame), CALENDAR_YEAR.rhythm(frequency))[SeriesKey.parse(kpi)]


def steady_csat(last=82.0, count=24) -> KpiSeries:
    """Two years of CSAT around 82 % up to December 2025."""
    values = 82 + 2 * np.sin(np.arange(count)) + 0.05 * np.arange(count)
    values[-1] = last
    return series_of(values, "csat|channel=email")


def good_goal(**changes) -> Goal:
    fields = {
        "type": "satisfaction",
        "id": "g1",
        "title": "Raise e-mail CSAT from 82 to 84 % by June",
        "series": "csat|channel=email",
        "direction": Direction.AT_LEAST,
        "baseline": Baseline(value=82, period=date(2025, 12, 1), sample_size=400),
        "floor": 80,
        "primary": 84,
        "stretch": 86,
        "start": TODAY,
        "deadline": date(2026, 6, 30),
        "owner": "Aiko",
        "team": "E-mail team",
        "objective": "satisfaction",
        "why": "Unhappy customers leave.",
        "how": "Rewrite the ten most used answers with the customers' own words.",
        "milestones": (Milestone(due=date(2026, 3, 31), value=83),),
    }
    return goal_from_fields({**fields, **changes})
