"""Rows of points inside an open transaction: written, replaced, taken away and read, whoever asks for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Row, bindparam, delete, func, select, update

from cs_planning.errors import InvalidSeries
from cs_planning.kpis.frequency import Frequency, Rhythm
from cs_planning.kpis.series import COLUMNS, check_frame
from cs_planning.language import text
from cs_planning.storage.changes import POINTS, count_change
from cs_planning.storage.database import insert_into
from cs_planning.storage.tables import points
from cs_planning.storage.tables import series as series_table

_SUMMED_RTOL = 1e-12


@dataclass(frozen=True)
class PointCounts:
    """What a save of points did: rows that are new, that have another value, that were there already, and that are gone."""

    inserted: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    def __add__(self, other: PointCounts) -> PointCounts:
        return PointCounts(
            self.inserted + other.inserted,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
        )

    @property
    def moved(self) -> bool:
        """Whether anything is different from before."""
        return self.inserted + self.changed + self.removed > 0


def replace_points(
    connection: Connection,
    keys: Sequence[str],
    frames: Mapping[Frequency, pd.DataFrame],
    sources: Mapping[str, str],
    *,
    now: datetime,
) -> int:
    """Makes series be exactly what checked frames say, in every frequency, and says how many points went.

    Args:
        connection: in a writing transaction.
        keys: of the series; those in no frame go.
        frames: what they are from now on; hold no other series.
        sources: where the points of each come from.
        now: aware.
    """
    count_change(connection, POINTS)
    gone = 0
    columns = series_table.c
    for frequency in Frequency:
        frame = frames.get(frequency)
        before = load_points(connection, frequency, list(keys))
        wanted = before.iloc[:0] if frame is None else frame
        merged = before.merge(wanted[["series", "period"]], on=["series", "period"], how="left", indicator="found")
        left = before[(merged["found"] == "left_only").to_numpy()]
        gone += len(left)
        for key, group in left.groupby("series", sort=False):
            ids = select(columns.id).where(columns.key == str(key), columns.frequency == frequency.value)
            days = [period.date() for period in group["period"]]
            connection.execute(delete(points).where(points.c.series_id.in_(ids), points.c.period.in_(days)))
        for source in dict.fromkeys(sources[key] for key in wanted["series"].unique()):
            part = wanted[wanted["series"].map(sources) == source]
            kept = _series_ids(connection, part["series"].unique(), frequency, source=source, now=now)
            write_points(connection, part.reset_index(drop=True), frequency, source=source, now=now)
            _summarise(connection, list(kept.values()), source=source, now=now)
    emptied = select(series_table.c.id).where(columns.key.in_(list(keys)), ~columns.id.in_(select(points.c.series_id)))
    connection.execute(delete(series_table).where(columns.id.in_(emptied)))
    return gone


@dataclass(frozen=True)
class Anew:
    """Series of which every value from a day on was computed again, so that one that did not come again is gone.

    Attributes:
        keys: of the series, by frequency.
        since: the first day of the first period that was computed, by frequency; None for all periods.
        taken_out: series of which nothing stays but what came, in every frequency.
    """

    keys: Mapping[Frequency, frozenset[str]]
    since: Mapping[Frequency, date | None]
    taken_out: frozenset[str] = frozenset()


def drop_unsupported(
    connection: Connection, frames: Mapping[Frequency, pd.DataFrame], anew: Anew, *, now: datetime
) -> Mapping[Frequency, int]:
    """Deletes the points of series that were computed again and did not come again, and says how many of each frequency.

    Args:
        connection: in a writing transaction.
        frames: the points that came, checked, by frequency.
        anew: which series were computed again, and from when on.
        now: aware.
    """
    gone: dict[Frequency, int] = {}
    columns = series_table.c
    for frequency in Frequency if anew.taken_out else anew.keys:
        keys = anew.keys.get(frequency, frozenset()) | anew.taken_out
        before = load_points(connection, frequency, sorted(keys))
        since = anew.since.get(frequency)
        if since is not None:
            before = before[(before["period"] >= pd.Timestamp(since)) | before["series"].isin(anew.taken_out)]
        came = frames.get(frequency, before.iloc[:0])[["series", "period"]]
        merged = before.merge(came, on=["series", "period"], how="left", indicator="found")
        left = before[(merged["found"] == "left_only").to_numpy()]
        for key, group in left.groupby("series", sort=False):
            row = connection.execute(
                select(columns.id, columns.source).where(columns.key == str(key), columns.frequency == frequency.value)
            ).one()
            days = [period.date() for period in group["period"]]
            connection.execute(delete(points).where(points.c.series_id == row.id, points.c.period.in_(days)))
            _summarise(connection, [row.id], source=row.source, now=now)
        gone[frequency] = len(left)
        emptied = columns.key.in_(list(keys)), columns.frequency == frequency.value, ~columns.id.in_(select(points.c.series_id))
        connection.execute(delete(series_table).where(*emptied))
    if any(gone.values()):
        count_change(connection, POINTS)
    return gone


def described(counts: PointCounts) -> str:
    """The counts as JSON, for the audit trail."""
    return json.dumps(asdict(counts))


def checked_points(frame: pd.DataFrame, rhythm: Rhythm) -> pd.DataFrame:
    """`frame` as a series frame whose periods start where periods of `rhythm` start.

    Raises:
        InvalidSeries: it is not one.
    """
    checked = check_frame(frame)
    periods = pd.DatetimeIndex(checked["period"])
    astray = periods != periods.to_period(rhythm.pandas_period).start_time
    if astray.any():
        first = checked[astray].iloc[0]
        raise InvalidSeries(
            text(
                "{count} periods of {frequency} data do not begin on the first day of a period, first {period} of {series}.",
                count=int(astray.sum()),
                frequency=rhythm.frequency.label,
                period=first["period"].date(),
                series=first["series"],
            ),
            text("Give the first day of each period: Monday for weeks, the 1st for months, quarters and years."),
        )
    return checked


def frame_hash(checked: pd.DataFrame) -> str:
    """A hash of every value of a checked frame."""
    rows = pd.util.hash_pandas_object(checked.astype({"period": "datetime64[s]"}), index=False)
    return hashlib.sha256(rows.to_numpy().tobytes()).hexdigest()


def write_points(
    connection: Connection, checked: pd.DataFrame, frequency: Frequency, *, source: str, now: datetime
) -> PointCounts:
    """Writes the points of a checked frame that are new or different, inside a writing transaction."""
    if checked.empty:
        return PointCounts()
    count_change(connection, POINTS, 0)
    ids = _series_ids(connection, checked["series"].unique(), frequency, source=source, now=now)
    wanted = checked.assign(series_id=checked["series"].map(ids).astype(int))
    stored = _stored_points(connection, list(ids.values()), wanted["period"].min().date(), wanted["period"].max().date())
    merged = wanted.merge(stored, on=["series_id", "period"], how="left", suffixes=("", "_stored"), indicator="found")
    is_new = (merged["found"] == "left_only").to_numpy()
    same = _equal(merged["value"], merged["value_stored"]) & _equal(merged["sample_size"], merged["sample_size_stored"])
    touched = merged[is_new | ~same]
    counts = PointCounts(int(is_new.sum()), int((~is_new & ~same).sum()), int((~is_new & same).sum()))
    if counts.moved:
        _upsert(connection, touched)
        _summarise(connection, touched["series_id"].unique().tolist(), source=source, now=now)
        count_change(connection, POINTS)
    return counts


def load_points(connection: Connection, frequency: Frequency, keys: list[str] | None) -> pd.DataFrame:
    """The series frame of a frequency inside a transaction: of all series, or of those with these keys."""
    columns = points.c
    query = (
        select(series_table.c.key, columns.period, columns.value, columns.sample_size)
        .join_from(points, series_table, columns.series_id == series_table.c.id)
        .where(series_table.c.frequency == frequency.value)
    )
    if keys is not None:
        query = query.where(series_table.c.key.in_(keys))
    if keys is not None and len(keys) == 1:
        frame = _table(connection.execute(query.order_by(columns.period)).all(), COLUMNS)
        return frame.assign(series=frame["series"].astype("str"))
    frame = _table(connection.execute(query).all(), COLUMNS)
    frame["series"] = frame["series"].astype("str")
    # Databases order words by the rules of their own languages.
    return frame.sort_values(["series", "period"], kind="stable", ignore_index=True)


def _table(rows: Sequence[Row[*tuple[Any, ...]]], names: Sequence[str]) -> pd.DataFrame:
    """Rows of a series, its periods, values and sample sizes as a frame with these column names; NULL is NaN."""
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    kinds = ("O", "datetime64[D]", "f8", "f8")
    arrays = {name: np.array(column, kind) for name, column, kind in zip(names, columns, kinds, strict=True)}
    arrays[names[1]] = arrays[names[1]].astype("datetime64[us]")
    return pd.DataFrame(arrays, copy=False)


def _series_ids(
    connection: Connection, keys: Iterable[str], frequency: Frequency, *, source: str, now: datetime
) -> Mapping[str, int]:
    written = [str(key) for key in keys]
    rows = [
        {"key": key, "frequency": frequency.value, "source": source, "point_count": 0, "updated_at": now} for key in written
    ]
    connection.execute(insert_into(connection, series_table).on_conflict_do_nothing(), rows)
    columns = series_table.c
    query = select(columns.key, columns.id).where(columns.frequency == frequency.value, columns.key.in_(written))
    return {row.key: row.id for row in connection.execute(query)}


def _stored_points(connection: Connection, ids: list[int], first: date, last: date) -> pd.DataFrame:
    columns = points.c
    query = select(columns.series_id, columns.period, columns.value, columns.sample_size)
    rows = connection.execute(query.where(columns.series_id.in_(ids), columns.period.between(first, last))).all()
    return _table(rows, ("series_id", "period", "value", "sample_size")).astype({"series_id": int})


def _equal(left: pd.Series, right: pd.Series) -> np.ndarray:
    # A mean that is summed in another order differs in its last digits, and is no change.
    same: np.ndarray = np.isclose(left.to_numpy(float), right.to_numpy(float), rtol=_SUMMED_RTOL, atol=0.0, equal_nan=True)
    return same


def _upsert(connection: Connection, rows: pd.DataFrame) -> None:
    statement = insert_into(connection, points)
    statement = statement.on_conflict_do_update(
        index_elements=[points.c.series_id, points.c.period],
        set_={"value": statement.excluded.value, "sample_size": statement.excluded.sample_size},
    )
    days = rows["period"].dt.date
    known = [rows[name].astype(object).where(rows[name].notna(), None) for name in ("value", "sample_size")]
    connection.execute(
        statement,
        [
            {"series_id": series_id, "period": period, "value": value, "sample_size": sample}
            for series_id, period, value, sample in zip(rows["series_id"].tolist(), days, *known, strict=True)
        ],
    )


def _summarise(connection: Connection, ids: list[int], *, source: str, now: datetime) -> None:
    columns = points.c
    query = (
        select(columns.series_id, func.min(columns.period), func.max(columns.period), func.count())
        .where(columns.series_id.in_(ids))
        .group_by(columns.series_id)
    )
    summaries = [
        {"summarised": series_id, "first": first, "last": last, "count": count}
        for series_id, first, last, count in connection.execute(query).all()
    ]
    summarise = (
        update(series_table)
        .where(series_table.c.id == bindparam("summarised"))
        .values(
            first_period=bindparam("first"),
            last_period=bindparam("last"),
            point_count=bindparam("count"),
            source=source,
            updated_at=now,
        )
    )
    if summaries:
        connection.execute(summarise, summaries)
