"""The one frame shape along the whole path, and a KPI series in it.

A *series frame* has the columns `series` (str), `period` (first day of the period, datetime64 without time zone), `value`
(float, in the KPI's unit, may be missing) and `sample_size` (float, may be missing), one row a series and period, ordered by
both.  It is checked where it enters, by `check_frame`, and trusted afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from cs_planning.errors import InvalidSeries
from cs_planning.kpis.catalogue import Aggregation, Kpi, kpi_named
from cs_planning.kpis.frequency import Frequency, Rhythm
from cs_planning.language import Text, listed_texts, ntext, text

COLUMNS = ("series", "period", "value", "sample_size")
_USUAL_PARTS = {
    "phone": text("phone"),
    "voice": text("voice"),
    "email": text("email"),
    "chat": text("chat"),
    "web": text("web"),
    "social": text("social"),
    "private": text("private"),
    "business": text("business"),
}
"""How exports call their channels and customer groups, word for word; other names are the user's own and stay as they are."""


def part_label(value: str) -> Text | str:
    """A channel, team or group of a scope as a reader calls it."""
    return _USUAL_PARTS.get(value, value)


@dataclass(frozen=True, order=True)
class SeriesKey:
    """Names a series: a KPI and the part of the operation that it covers, written `frt_median|channel=email|team=A`."""

    kpi: str
    scope: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return "|".join([self.kpi, *(f"{dimension}={value}" for dimension, value in self.scope)])

    @classmethod
    @lru_cache(maxsize=4096)
    def parse(cls, written: str) -> SeriesKey:
        """The key that `str` wrote; a part without `=` belongs to the name before it."""
        kpi, *parts = written.split("|")
        scope: list[tuple[str, str]] = []
        for part in parts:
            dimension, sign, value = part.partition("=")
            if sign and dimension:
                scope.append((dimension, value))
            elif scope:
                scope[-1] = (scope[-1][0], f"{scope[-1][1]}|{part}")
            else:
                kpi = f"{kpi}|{part}"
        return cls(kpi, tuple(scope))

    def named(self, kpi: Kpi) -> Text:
        """The name of the KPI with the part of the operation."""
        if not self.scope:
            return kpi.name
        return text("{kpi} – {scope}", kpi=kpi.name, scope=listed_texts([part_label(value) for _, value in self.scope]))


@dataclass(frozen=True)
class KpiSeries:
    """One KPI of one part of the operation over time.

    Attributes:
        key: which KPI, which part of the operation.
        kpi: its unit, direction and bounds.
        rhythm: the length of its periods, and where its years begin.
        frame: a series frame with this series alone, ordered by period, without repeated periods; gaps are absent rows.
    """

    key: SeriesKey
    kpi: Kpi
    rhythm: Rhythm
    frame: pd.DataFrame

    @property
    def frequency(self) -> Frequency:
        """The length of the periods."""
        return self.rhythm.frequency

    @property
    def periods(self) -> pd.DatetimeIndex:
        """The first days of the periods, shape (n,)."""
        return pd.DatetimeIndex(self.frame["period"])

    @property
    def values(self) -> np.ndarray:
        """The values in the KPI's unit, shape (n,)."""
        return self.frame["value"].to_numpy(float)

    @property
    def sample_sizes(self) -> np.ndarray:
        """What each value rests on, shape (n,); NaN where it is not known."""
        return self.frame["sample_size"].to_numpy(float)

    @property
    def last_period(self) -> date:
        """The first day of the last period."""
        return pd.Timestamp(self.frame["period"].to_numpy()[-1]).date()

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def name(self) -> Text:
        """The KPI's name with its scope."""
        return self.key.named(self.kpi)


def check_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` as a series frame: the four columns, their types, their order.

    Args:
        frame: at least `series`, `period` and `value`; `sample_size` is added as unknown when it is absent.

    Raises:
        InvalidSeries: a column is missing, a period is not a date, a value is not a number or infinite, a period repeats.
    """
    missing = [name for name in COLUMNS[:3] if name not in frame.columns]
    if missing:
        raise InvalidSeries(
            text(
                "Column {missing} is missing (found: {found}).",
                missing=listed_texts(list(missing)),
                found=listed_texts([str(name) for name in frame.columns]),
            ),
            text("A series frame has the columns series, period, value and, where known, sample_size."),
        )
    checked = pd.DataFrame(
        {
            "series": frame["series"].astype(str),
            "period": pd.to_datetime(frame["period"], errors="coerce"),
            "value": pd.to_numeric(frame["value"], errors="coerce"),
            "sample_size": pd.to_numeric(frame["sample_size"], errors="coerce") if "sample_size" in frame else np.nan,
        }
    ).astype({"value": float, "sample_size": float})
    if checked["period"].isna().any():
        raise InvalidSeries(
            ntext("{count} period is not a date.", "{count} periods are not dates.", int(checked["period"].isna().sum())),
            text("Give the first day of each period."),
        )
    if np.isinf(checked["value"]).any():
        raise InvalidSeries(
            ntext("{count} value is infinite.", "{count} values are infinite.", int(np.isinf(checked["value"]).sum())),
            text("Remove them or leave them empty."),
        )
    checked = checked.sort_values(["series", "period"], kind="stable").reset_index(drop=True)
    repeated = checked.duplicated(["series", "period"])
    if repeated.any():
        first = checked[repeated].iloc[0]
        raise InvalidSeries(
            ntext(
                "{count} period appears twice: {period} of {series}.",
                "{count} periods appear twice, first {period} of {series}.",
                int(repeated.sum()),
                period=first["period"].date(),
                series=first["series"],
            ),
            text("Keep one row for each period of a series."),
        )
    return checked


def split_series(
    frame: pd.DataFrame, rhythm: Rhythm, kpis: Mapping[str, Kpi] | None = None, currency: str | None = None
) -> dict[SeriesKey, KpiSeries]:
    """The single series of a checked series frame, all of one rhythm, with missing values left out.

    Args:
        frame: a series frame.
        rhythm: of every series in it.
        kpis: descriptions of KPIs that are not in the catalogue, by id.
        currency: in which amounts are counted (ISO 4217); as the descriptions have it where nobody says it.
    """
    result = {}
    for written, rows in frame.groupby("series", sort=True):
        key = SeriesKey.parse(str(written))
        kpi = (kpis or {}).get(key.kpi) or kpi_named(key.kpi)
        kpi = kpi if currency is None else kpi.in_currency(currency)
        present = rows["value"].notna().to_numpy()
        result[key] = KpiSeries(key, kpi, rhythm, (rows if present.all() else rows[present]).reset_index(drop=True))
    return result


def to_longer_periods(series: KpiSeries, frequency: Frequency) -> KpiSeries | None:
    """The series in longer periods, made from counts and weights and never as an average of averages.

    A period is made from the short periods that are there; `None` when the KPI can't be made from shorter periods (a median),
    when it would need weights that are not known, and for weeks, which do not fit into months.

    Args:
        series: daily to quarterly.
        frequency: longer than the series' own; the same one gives the series back.
    """
    if frequency is series.frequency:
        return series
    fits = series.frequency.is_finer_than(frequency) and series.frequency is not Frequency.WEEK
    if not fits or series.kpi.aggregation is Aggregation.NONE:
        return None
    frame, rhythm = series.frame, series.rhythm.of(frequency)
    starts = pd.DatetimeIndex(frame["period"]).to_period(rhythm.pandas_period).start_time
    groups = frame.groupby(starts)
    sample = groups["sample_size"].sum(min_count=1)
    match series.kpi.aggregation:
        case Aggregation.SUM:
            value = groups["value"].sum(min_count=1)
        case Aggregation.LAST:
            value, sample = groups["value"].last(), groups["sample_size"].last()
        case _:
            if frame["sample_size"].isna().any():
                return None
            weighted = (frame["value"] * frame["sample_size"]).groupby(starts).sum()
            value = (weighted / sample).where(sample > 0)
    longer = pd.DataFrame({"value": value, "sample_size": sample}).rename_axis("period").reset_index()
    longer.insert(0, "series", str(series.key))
    return KpiSeries(series.key, series.kpi, rhythm, longer.dropna(subset=["value"]).reset_index(drop=True))
