"""The bands of every series of a history table."""

from __future__ import annotations

from datetime import date

import pandas as pd

from cs_planning.errors import CannotForecast, InvalidSeries
from cs_planning.forecasting.answers.achievability import bands
from cs_planning.forecasting.models.paths import forecast
from cs_planning.forecasting.sheets.tables import read_sheet
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.language import Text

LEVELS = (50, 80, 95)
COLUMNS = ("series", "period", "median", *(f"{end}{level}" for level in LEVELS for end in ("low", "high")))


def bands_sheet(
    history: pd.DataFrame, last: date, *, calendar: ServiceCalendar, seed: int = 0
) -> tuple[pd.DataFrame, tuple[tuple[str, Text], ...]]:
    """The futures of every series as a table.

    Args:
        history: columns `series`, `period`, `value` and, where known, `sample_size`.
        last: a day in the last period to forecast.
        calendar: where the years begin, and whose public holidays daily series know.
        seed: of the random numbers.

    Returns:
        the bands, one row a series and period with `series`, `period` (as the rhythm writes it), `median`, and `low50` to
        `high95` in the KPI's unit; and the series that have none, each with the reason.
    """
    sheet = read_sheet(history, calendar)
    tables, refused = [], []
    for name in sheet.rows:
        try:
            series = sheet.series(name)
            if series is None:
                continue
            made = forecast(series, last, seed=seed, place=calendar.country)
        except (CannotForecast, InvalidSeries) as error:
            refused.append((name, error.message))
            continue
        long = bands(made, [level / 100 for level in LEVELS])
        edges = long.assign(level=(100 * long["level"]).round().astype(int)).pivot(index="period", columns="level")
        rows = {"series": name, "period": [series.rhythm.write(day.date()) for day in edges.index]}
        rows |= {"median": edges["median"][LEVELS[0]].to_numpy()}
        rows |= {f"{end}{level}": edges[end][level].to_numpy() for level in LEVELS for end in ("low", "high")}
        tables.append(pd.DataFrame(rows))
    return (pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=COLUMNS)), tuple(refused)
