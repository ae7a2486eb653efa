"""KPI series and their points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Connection, delete, select

from cs_planning.errors import NotFound
from cs_planning.kpis.catalogue import Kpi, kpi_named
from cs_planning.kpis.described import as_shown
from cs_planning.kpis.frequency import Frequency, Rhythm
from cs_planning.kpis.series import KpiSeries, SeriesKey
from cs_planning.language import text
from cs_planning.storage.changes import POINTS, claim, count_change, note_in_audit, settle
from cs_planning.storage.data.costs import COST_AND_CONTACTS, write_cost_per_contact
from cs_planning.storage.data.kpis import own_kpis
from cs_planning.storage.data.layers import add_removal, overtaken, unchanged_since
from cs_planning.storage.data.point_rows import (
    PointCounts,
    checked_points,
    described,
    frame_hash,
    load_points,
    write_points,
)
from cs_planning.storage.database import Database
from cs_planning.storage.save import Save
from cs_planning.storage.settings import kept_currency, kept_rhythm
from cs_planning.storage.tables import kpis, points
from cs_planning.storage.tables import series as series_table


@dataclass(frozen=True)
class SeriesInfo:
    """A stored series without its points.

    Attributes:
        rhythm: the length of its periods, and where its years begin.
        first: the first day of its first period.
        last: the first day of its last period.
        count: how many periods it has.
        source: where its points came from last, such as a file name.
        updated_at: when a point changed last, aware, in UTC.
    """

    key: SeriesKey
    rhythm: Rhythm
    first: date
    last: date
    count: int
    kpi: Kpi
    source: str
    updated_at: datetime

    @property
    def frequency(self) -> Frequency:
        """The length of its periods."""
        return self.rhythm.frequency


class _Row(NamedTuple):
    """What the database says of a series."""

    key: str
    frequency: str
    first_period: date
    last_period: date
    point_count: int
    source: str
    updated_at: datetime


_LISTED = _Row._fields


class SeriesPoints:
    """KPI series and their points."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._list: tuple[Mapping[str, int], tuple[SeriesInfo, ...]] | None = None

    def save(
        self,
        frame: pd.DataFrame,
        frequency: Frequency,
        *,
        source: str,
        state: tuple[int | None, int] | None = None,
        save: Save,
    ) -> PointCounts:
        """Adds and updates the points of a series frame; points of other periods stay as they are.

        Args:
            frame: a series frame, shape (n, 4); its periods are first days of periods of `frequency`.
            frequency: of every series in it.
            source: where the points come from, such as a file name.
            state: of the workspace from which the points were computed, where they rest on others; see `unchanged_since`.
            save: who saves, when, and the key under which it happens once.

        Raises:
            InvalidSeries: the frame is not a series frame or a period does not start where one of `frequency` starts.
            Overtaken: something else was imported, changed or undone in between; nothing was changed.
            StorageUnavailable: the database can't be written; nothing was changed.
        """
        with self._database.writing() as connection:
            checked = checked_points(frame, kept_rhythm(connection, frequency))
            content = f"{frequency.value}\n{source}\n{frame_hash(checked)}"
            claimed = claim(connection, "save_points", content, save=save)
            if claimed.earlier is not None:
                return PointCounts(**{name: int(count) for name, count in claimed.earlier.items()})
            if state is not None and not unchanged_since(connection, state):
                raise overtaken(source)
            counts = write_points(connection, checked, frequency, source=source, now=save.now)
            if counts.moved:
                note_in_audit(connection, "saved", "points", source, detail=described(counts), save=save)
            settle(connection, claimed, inserted=counts.inserted, changed=counts.changed, unchanged=counts.unchanged)
        return counts

    def save_cost_per_contact(self, *, save: Save) -> PointCounts:
        """Computes the cost per contact of the costs and contacts that are kept, as every import does.

        Raises:
            StorageUnavailable: the database can't be written; nothing was changed.
        """
        with self._database.writing() as connection:
            claimed = claim(connection, "save_cost_per_contact", "", save=save)
            if claimed.earlier is not None:
                return PointCounts(**{name: int(count) for name, count in claimed.earlier.items()})
            counts = write_cost_per_contact(connection, now=save.now)
            if counts.moved:
                note_in_audit(connection, "saved", "points", COST_AND_CONTACTS, detail=described(counts), save=save)
            settle(connection, claimed, inserted=counts.inserted, changed=counts.changed, unchanged=counts.unchanged)
        return counts

    def load_frame(self, frequency: Frequency, keys: Iterable[SeriesKey | str] | None = None) -> pd.DataFrame:
        """The series frame of the stored series of a frequency, all of them or those of `keys`; empty when there are none."""
        written = None if keys is None else [str(key) for key in keys]
        with self._database.reading() as connection:
            return load_points(connection, frequency, written)

    def load_series(self, key: SeriesKey | str, frequency: Frequency) -> KpiSeries:
        """One series with its points, missing values left out.

        Raises:
            NotFound: no such series is stored in that frequency.
        """
        return self.load_all_series([key], frequency)[0]

    def load_all_series(self, keys: Iterable[SeriesKey | str], frequency: Frequency) -> tuple[KpiSeries, ...]:
        """Several series with their points in one reading, in the order of `keys`, missing values left out.

        Raises:
            NotFound: one of them is not stored in that frequency.
        """
        parsed = [SeriesKey.parse(str(key)) for key in keys]
        with self._database.reading() as connection:
            stored = load_points(connection, frequency, [str(key) for key in parsed])
            own = own_kpis(connection, {key.kpi for key in parsed})
            rhythm, currency = kept_rhythm(connection, frequency), kept_currency(connection).code
        frames = _frames_of(stored, parsed)
        missing = next((key for key in parsed if str(key) not in frames), None)
        if missing is not None:
            empty = KpiSeries(missing, own.get(missing.kpi) or kpi_named(missing.kpi), rhythm, stored.iloc[:0])
            raise NotFound(
                text("There are no {frequency} data for {series}.", frequency=frequency.label, series=empty.name),
                text("Import a file with this KPI, or choose another one."),
            )
        return tuple(
            KpiSeries(key, kpi.in_currency(currency), rhythm, frame)
            for key in parsed
            for frame in [_without_gaps(frames[str(key)])]
            for kpi in [own.get(key.kpi) or as_shown(kpi_named(key.kpi), frame["value"].to_numpy(float))]
        )

    def list_series(self) -> tuple[SeriesInfo, ...]:
        """Every stored series that has points, by key and then from daily to yearly."""
        counters = self._database.counters()  # read first: a list is never kept under counters that it is older than
        kept = self._list
        if kept is None or kept[0] != counters:
            self._list = kept = dict(counters), self._database.once("series", _listed)
        return kept[1]

    def delete_series(self, key: SeriesKey | str, frequency: Frequency | None = None, *, save: Save) -> int:
        """Deletes a series with its points, in one frequency or in all of them, and returns how many points that were.

        One that is deleted in all of them does not come back when a later import is undone.
        """
        with self._database.writing() as connection:
            content = f"{key}\n{frequency.value if frequency else ''}"
            claimed = claim(connection, "delete_series", content, save=save)
            if claimed.earlier is not None:
                return int(claimed.earlier["deleted"])
            count_change(connection, POINTS, 0)
            chosen = series_table.c.key == str(key)
            if frequency is not None:
                chosen &= series_table.c.frequency == frequency.value
            ids = select(series_table.c.id).where(chosen)
            deleted = connection.execute(delete(points).where(points.c.series_id.in_(ids))).rowcount
            connection.execute(delete(series_table).where(chosen))
            if deleted:
                count_change(connection, POINTS)
                if frequency is None:
                    add_removal(connection, str(key))
                note_in_audit(connection, "deleted", "series", str(key), detail=str(deleted), save=save)
            settle(connection, claimed, deleted=deleted)
        return deleted


def _frames_of(stored: pd.DataFrame, keys: Sequence[SeriesKey]) -> dict[str, pd.DataFrame]:
    """The rows of each series that has some, by its written key."""
    if len(set(keys)) > 1:
        return {str(name): frame for name, frame in stored.groupby("series", sort=False)}
    return {str(key): stored for key in keys if len(stored)}


def _without_gaps(frame: pd.DataFrame) -> pd.DataFrame:
    present = frame["value"].notna().to_numpy()
    return (frame if present.all() else frame[present]).reset_index(drop=True)


def _listed(connection: Connection) -> tuple[SeriesInfo, ...]:
    asked = select(*(series_table.c[name] for name in _LISTED)).where(series_table.c.point_count > 0)
    rows = tuple(_Row(*row) for row in connection.execute(asked))
    own = connection.execute(select(kpis.c.id, kpis.c.body).order_by(kpis.c.id))
    described = tuple((str(row.id), str(row.body)) for row in own)
    return _infos(rows, described, kept_rhythm(connection, Frequency.DAY), kept_currency(connection).code)


@lru_cache(maxsize=8)
def _infos(
    rows: tuple[_Row, ...], described: tuple[tuple[str, str], ...], days: Rhythm, currency: str
) -> tuple[SeriesInfo, ...]:
    """The series of rows, kept while nothing about them changed: a workspace has hundreds, and every page asks which ones.

    Args:
        rows: of all series that have points.
        described: the KPIs that people described, by id, as they are stored.
        days: with the month in which the years begin.
        currency: of the workspace.
    """
    own = {name: Kpi.model_validate_json(body) for name, body in described}
    rhythms = {each.value: days.of(each) for each in Frequency}
    infos = [
        SeriesInfo(
            key=key,
            rhythm=rhythms[row.frequency],
            first=row.first_period,
            last=row.last_period,
            count=row.point_count,
            kpi=(own.get(key.kpi) or kpi_named(key.kpi)).in_currency(currency),
            source=row.source,
            updated_at=row.updated_at,
        )
        for row in rows
        for key in [SeriesKey.parse(row.key)]
    ]
    order = list(Frequency)
    return tuple(sorted(infos, key=lambda info: (info.key, order.index(info.frequency))))
