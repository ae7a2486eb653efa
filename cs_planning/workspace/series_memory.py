"""The series of a workspace, each read once until the data change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cs_planning.errors import NotFound
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries, SeriesKey, split_series
from cs_planning.storage import Store

_MOST_KEPT = 2000

Place = tuple[str, Frequency]
"""The written key of a series and its rhythm."""


class SeriesMemory:
    """Series by key and rhythm; many are read at once, since hundreds one by one take as many seconds as a page may not."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: tuple[int, dict[Place, KpiSeries | None]] = (-1, {})

    def load(self, key: str, frequency: Frequency) -> KpiSeries:
        """One series.

        Raises:
            NotFound: it was never imported.
        """
        known = self._of_today()
        series = known.get((key, frequency))
        if series is None:
            series = known[key, frequency] = self._store.points.load_series(key, frequency)
        return series

    def find(self, key: str | None, frequency: Frequency) -> KpiSeries | None:
        """One series; `None` when it was never imported."""
        if not key:
            return None
        known = self._of_today()
        if (key, frequency) not in known:
            try:
                known[key, frequency] = self._store.points.load_series(key, frequency)
            except NotFound:
                known[key, frequency] = None
        return known[key, frequency]

    def find_all(self, places: Iterable[Place]) -> Mapping[Place, KpiSeries]:
        """Those of `places` that were imported."""
        known, wanted = self._of_today(), set(places)
        for frequency in {frequency for _key, frequency in wanted}:
            missing = [key for key, rhythm in wanted if rhythm is frequency and (key, rhythm) not in known]
            if missing:
                points = self._store.points.load_frame(frequency, [SeriesKey.parse(key) for key in missing])
                rhythm = self._store.settings.load_calendar().rhythm(frequency)
                currency = self._store.settings.load_currency().code
                read = split_series(points, rhythm, self._store.kpis.load_all(), currency)
                known.update({(key, frequency): read.get(SeriesKey.parse(key)) for key in missing})
        return {place: series for place in wanted if (series := known.get(place)) is not None}

    def _of_today(self) -> dict[Place, KpiSeries | None]:
        version = self._store.changes.data_version()
        if self._known[0] != version or len(self._known[1]) > _MOST_KEPT:
            self._known = (version, {})
        return self._known[1]
