"""Results of the queries over contacts → a series frame, with the volumes of empty periods and the backlog."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cs_planning.kpis.frequency import Rhythm
from cs_planning.kpis.series import SeriesKey, check_frame

_Floats: TypeAlias = NDArray[np.float64]
_Days: TypeAlias = NDArray[np.datetime64]
_Points: TypeAlias = tuple[list[str], _Days, _Floats, _Floats]
_DAY = "datetime64[s]"


def series_frame(
    results: Sequence[pd.DataFrame], created: pd.DataFrame, solved: pd.DataFrame, rhythm: Rhythm, by: Sequence[str]
) -> pd.DataFrame:
    """The KPIs in the results of queries as a series frame.

    Args:
        results: frames with `period`, the dimensions, and for each KPI `<id>` and `<id>__sample`.
        created, solved: such frames with how many contacts were created and solved in every period, whichever `results` hold.
        rhythm: of the periods.
        by: the dimensions.
    """
    counts = _Counts(created, solved, rhythm, by)
    points = [*counts.points(), *(one for result in results for one in _points_of(result, by, counts))]
    if not points:
        return check_frame(pd.DataFrame({"series": [], "period": [], "value": [], "sample_size": []}))
    series, periods, values, samples = zip(*points, strict=True)
    return check_frame(
        pd.DataFrame(
            {
                "series": pd.array([name for names in series for name in names], dtype="str"),
                "period": np.concatenate(periods),
                "value": np.concatenate(values),
                "sample_size": np.concatenate(samples),
            }
        )
    )


class _Counts:
    """Volumes of every period from the first to the last creation, 0 where there is no contact, and the backlog at its end."""

    def __init__(self, created: pd.DataFrame, solved: pd.DataFrame, rhythm: Rhythm, by: Sequence[str]) -> None:
        self.scopes: dict[str, int] = {}
        self.span = np.empty(0, dtype=_DAY)
        self._volumes: list[tuple[str, _Floats]] = []
        if created.empty:
            return
        starts = pd.to_datetime(created["period"])
        span = pd.period_range(starts.min(), starts.max(), freq=rhythm.pandas_period).start_time
        self.span = span.to_numpy().astype(_DAY)
        self.scopes = {scope: place for place, scope in enumerate(dict.fromkeys(_scopes_of(created, by)))}
        came = self._by_scope(created, "contact_volume", by)
        self._volumes.append(("contact_volume", came))
        if not solved.empty:
            went = self._by_scope(solved, "solved_volume", by)
            backlog = np.cumsum(came, axis=1) - np.cumsum(went, axis=1)
            self._volumes += [("solved_volume", went), ("backlog", np.maximum(backlog, 0))]

    def points(self) -> Iterator[_Points]:
        """The points of the volumes and of the backlog."""
        for kpi, volumes in self._volumes:
            names = [f"{kpi}{scope}" for scope in self.scopes for _ in range(len(self.span))]
            yield names, np.tile(self.span, len(self.scopes)), volumes.ravel(), volumes.ravel()

    def holds(self, kpi: str, scopes: Sequence[str], starts: _Days) -> NDArray[np.bool_]:
        """Whether the points of a KPI in these scopes and periods are there already."""
        if all(kpi != name for name, _ in self._volumes):
            return np.zeros(len(starts), dtype=bool)
        return self._is_here(scopes, starts)

    def _is_here(self, scopes: Sequence[str], starts: _Days) -> NDArray[np.bool_]:
        is_known = np.array([scope in self.scopes for scope in scopes], dtype=bool)
        is_here: NDArray[np.bool_] = (starts >= self.span[0]) & (starts <= self.span[-1]) & is_known
        return is_here

    def _by_scope(self, counts: pd.DataFrame, kpi: str, by: Sequence[str]) -> _Floats:
        """Counts of shape (scopes, periods); those of other scopes and periods play no part."""
        found = np.zeros((len(self.scopes), len(self.span)))
        scopes, starts = _scopes_of(counts, by), _starts_of(counts)
        here = self._is_here(scopes, starts)
        rows = np.array([self.scopes.get(scope, 0) for scope in scopes])
        np.add.at(found, (rows[here], np.searchsorted(self.span, starts[here])), counts[kpi].to_numpy(float)[here])
        return found


def _points_of(result: pd.DataFrame, by: Sequence[str], counts: _Counts) -> Iterator[_Points]:
    """The points of each KPI of a result that rest on a contact, but for those that the counts give."""
    if result.empty:
        return
    starts, scopes = _starts_of(result), _scopes_of(result, by)
    for kpi in result.columns:
        if f"{kpi}__sample" not in result.columns:
            continue
        sample = result[f"{kpi}__sample"].to_numpy(float)
        present = np.flatnonzero((sample > 0) & ~counts.holds(str(kpi), scopes, starts))
        names = [f"{kpi}{scopes[place]}" for place in present]
        yield names, starts[present], result[kpi].to_numpy(float)[present], sample[present]


def _starts_of(result: pd.DataFrame) -> _Days:
    return pd.to_datetime(result["period"]).to_numpy().astype(_DAY)


def _scopes_of(result: pd.DataFrame, by: Sequence[str]) -> list[str]:
    """What follows the name of a KPI in the name of its series, for each row."""
    if not by:
        return [""] * len(result)
    parts = list(zip(*(result[name].tolist() for name in by), strict=True))
    written = {part: str(SeriesKey("", tuple(zip(by, map(str, part), strict=True)))) for part in dict.fromkeys(parts)}
    return [written[part] for part in parts]
