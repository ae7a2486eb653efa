"""The history beside a goal list, and which series of it a goal means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from cs_planning.errors import ImportProblems, InvalidSeries
from cs_planning.goals.naming import described, kpis_in, plain
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import CATALOGUE, Kpi
from cs_planning.kpis.described import as_shown
from cs_planning.kpis.frequency import Frequency, infer_frequency
from cs_planning.kpis.series import KpiSeries, SeriesKey, check_frame
from cs_planning.language import listed_texts, text


def series_in(history: pd.DataFrame, calendar: ServiceCalendar) -> tuple[KpiSeries, ...]:
    """The series of a history table, each in its own rhythm; rows without a readable period or value are left out.

    Args:
        history: columns `series`, `period` and `value`, and `sample_size` where known.
        calendar: where the years begin.

    Raises:
        ImportProblems: one of the three columns is missing.
    """
    table = history.rename(columns={column: str(column).strip().lower() for column in history.columns})
    missing = [name for name in ("series", "period", "value") if name not in table.columns]
    if missing:
        raise ImportProblems(
            text("The history lacks the column {missing}.", missing=listed_texts(list(missing))),
            text("A history has the columns series, period, value and, where known, sample_size."),
        )
    result = []
    for name, rows in table.groupby(table["series"].astype(str), sort=True):
        series = _series(str(name), rows, calendar)
        if series is not None:
            result.append(series)
    return tuple(result)


def _series(name: str, rows: pd.DataFrame, calendar: ServiceCalendar) -> KpiSeries | None:
    starts, said = [], set()
    for written in rows["period"]:
        try:
            start, frequency = calendar.read_period(str(written))
        except InvalidSeries:
            start, frequency = None, None
        starts.append(start)
        said.add(frequency)
    frame = pd.DataFrame(
        {
            "series": name,
            "period": pd.to_datetime(pd.Series(starts, dtype=object), errors="coerce").to_numpy(),
            "value": pd.to_numeric(rows["value"], errors="coerce").to_numpy(float),
            "sample_size": pd.to_numeric(rows["sample_size"], errors="coerce").to_numpy(float)
            if "sample_size" in rows
            else float("nan"),
        }
    ).replace([float("inf"), float("-inf")], float("nan"))
    frame = frame.dropna(subset=["period", "value"]).drop_duplicates(["series", "period"], keep="last")
    if frame.empty:
        return None
    named = next((frequency for frequency in Frequency if frequency in said), None)
    key = SeriesKey.parse(name)
    kpi = as_shown(_kpi(key), frame["value"].to_numpy(float))
    rhythm = calendar.rhythm(named or infer_frequency(frame["period"]))
    return KpiSeries(key, kpi, rhythm, check_frame(frame))


def _kpi(key: SeriesKey) -> Kpi:
    if key.kpi in CATALOGUE:
        return CATALOGUE[key.kpi]
    mentions = kpis_in(plain(key.kpi))
    return described(mentions[0].kpi) if mentions else described(key.kpi)


def series_for(kpi: str | None, sentence: str, known: Sequence[KpiSeries]) -> KpiSeries | None:
    """The series that a goal on `kpi` means: the one whose scope the sentence names, else the one with the widest scope.

    Args:
        kpi: a KPI id or the written name of a series.
        sentence: the goal, as `plain` gives it.
        known: the series of the history.
    """
    if kpi is None:
        return None
    by_name: Mapping[str, KpiSeries] = {str(series.key).lower(): series for series in known}
    if kpi.lower() in by_name:
        return by_name[kpi.lower()]
    exact = [series for series in known if series.kpi.id == kpi]
    family = exact or [series for series in known if kpi_family(series.kpi.id) == kpi_family(kpi)]
    if not family:
        return None

    def fit(series: KpiSeries) -> tuple[int, int]:
        named = sum(plain(value) in sentence for _, value in series.key.scope)
        return -named, len(series.key.scope) - named

    return min(family, key=fit)
