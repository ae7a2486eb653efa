"""KPI points that rest on others: longer periods, cost per contact; and all points again when the calendar changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd

from cs_planning.errors import Overtaken
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.completeness import Coverage
from cs_planning.kpis.frequency import Frequency, Rhythm
from cs_planning.kpis.series import SeriesKey, split_series, to_longer_periods
from cs_planning.storage import COST_AND_CONTACTS, Save, SeriesInfo, Store
from cs_planning.workspace.points.logs import ContactLogs

_ATTEMPTS = 3
"""How often something is computed where others import or undo at the same time."""
_LONGER = (Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER, Frequency.YEAR)


class DerivedPoints:
    """The points of a workspace that are computed of what it keeps."""

    def __init__(self, store: Store, logs: ContactLogs) -> None:
        self._store = store
        self._logs = logs

    def compute_again(self, *, save: Save, progress: Callable[[float], None] = lambda _share: None) -> int:
        """Computes every kept point again that can be: of contacts from their log, of tables from their shortest periods.

        Returns: how many points are new or changed.

        Raises:
            Conflict: others keep importing at the same moment; what was computed so far is kept.
            StorageUnavailable: the workspace can't be read or written; what was computed so far is kept.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                moved = self._compute_again(save=save if attempt == 1 else save.part(f"again-{attempt}"), progress=progress)
            except Overtaken:
                if attempt == _ATTEMPTS:
                    raise
            else:
                return moved + self._store.points.save_cost_per_contact(save=save.part("cost")).moved
        raise AssertionError

    def _compute_again(self, *, save: Save, progress: Callable[[float], None]) -> int:
        _, layers = self._store.layers.state()
        infos = self._store.points.list_series()
        work: list[tuple[str, Callable[[], dict[Frequency, pd.DataFrame]]]] = []
        logs = self._logs.sources()
        for scope, names in logs.items():
            taken = {str(info.key) for info in infos if info.source not in names}
            work.append((names[-1], partial(self._logs.points, scope, taken)))
        elsewhere = {COST_AND_CONTACTS, *(name for names in logs.values() for name in names)}
        tables = dict.fromkeys(info.source for info in infos if info.source not in elsewhere)
        work += [(source, partial(self._of_tables, [info for info in infos if info.source == source])) for source in tables]
        moved = 0
        for done, (source, compute) in enumerate(work):
            progress(done / len(work))
            for frequency, frame in compute().items():
                part = save.part(f"{source}-{frequency}")
                counts = self._store.points.save(frame, frequency, source=source, state=(None, layers), save=part)
                moved += counts.moved
        return moved

    def _of_tables(self, infos: Sequence[SeriesInfo]) -> dict[Frequency, pd.DataFrame]:
        """The longer periods of series that came as tables."""
        frames: dict[Frequency, list[pd.DataFrame]] = {}
        for frequency, group in shortest(infos).items():
            points = self._store.points.load_frame(frequency, [str(info.key) for info in group])
            made = self.with_longer_periods(points, group[0].rhythm, {info.kpi.id: info.kpi for info in group})
            for longer, frame in made.items():
                if longer is not frequency:
                    frames.setdefault(longer, []).append(frame)
        return {frequency: pd.concat(parts, ignore_index=True) for frequency, parts in frames.items()}

    def with_longer_periods(
        self, points: pd.DataFrame, rhythm: Rhythm, kpis: Mapping[str, Kpi]
    ) -> dict[Frequency, pd.DataFrame]:
        """Points with those of all longer periods that the kept ones and they cover whole."""
        known = self._store.points.load_frame(rhythm.frequency, points["series"].unique().tolist())
        return with_longer(known, points, rhythm, kpis)


def with_longer(
    known: pd.DataFrame, points: pd.DataFrame, rhythm: Rhythm, kpis: Mapping[str, Kpi]
) -> dict[Frequency, pd.DataFrame]:
    """Points with those of all longer periods that known ones and they cover whole.

    Args:
        known: a series frame of the same series in the same rhythm.
        points: a series frame that counts more.
        rhythm: of both.
        kpis: of the series, by id.
    """
    frequency = rhythm.frequency
    everything = pd.concat([known, points]).drop_duplicates(["series", "period"], keep="last")
    everything = everything.sort_values(["series", "period"]).reset_index(drop=True)
    frames: dict[Frequency, list[pd.DataFrame]] = {}
    for series in split_series(everything, rhythm, kpis).values():
        if not len(series):
            continue
        coverage = Coverage.of(series.periods) if frequency is Frequency.DAY else Coverage.from_periods(series)
        for longer in _LONGER:
            made = to_longer_periods(series, longer) if frequency.is_finer_than(longer) else None
            if made is not None:
                frames.setdefault(longer, []).append(coverage.whole(made.frame, made.rhythm))
    return {frequency: points} | {longer: pd.concat(made, ignore_index=True) for longer, made in frames.items()}


def shortest(infos: Sequence[SeriesInfo]) -> dict[Frequency, list[SeriesInfo]]:
    """Each series in its shortest rhythm."""
    shortest: dict[SeriesKey, SeriesInfo] = {}
    for info in infos:
        known = shortest.get(info.key)
        if known is None or info.frequency.is_finer_than(known.frequency):
            shortest[info.key] = info
    groups: dict[Frequency, list[SeriesInfo]] = {}
    for info in shortest.values():
        groups.setdefault(info.frequency, []).append(info)
    return groups
