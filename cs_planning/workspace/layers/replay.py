"""What series are by the layers of tables that are left, one after the other, as if no other had ever been imported."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.columns.mapping import Mapping as ColumnMapping
from cs_planning.kpis.frequency import Frequency, Rhythm
from cs_planning.storage import Layer
from cs_planning.workspace.layers.same_kind import same_kind_of_file
from cs_planning.workspace.points.derived import with_longer


@dataclass(frozen=True)
class ReadFile:
    """The file of an import, and how it was understood."""

    name: str
    mapping: ColumnMapping


@dataclass
class Replay:
    """Series as they come to be.

    Attributes:
        calendar: where the years begin.
        files: those of layers without an import of their own, by name.
        frames: the points so far, by frequency.
        sources: the file that each series came from last.
    """

    calendar: ServiceCalendar
    files: dict[str, ColumnMapping]
    frames: dict[Frequency, pd.DataFrame] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def add(self, layer: Layer, file: ReadFile | None, keys: Collection[str]) -> None:
        """Does what the import of a layer did to some series.

        Args:
            layer: with points of a table, or with what was taken out.
            file: of the import; None where there was none.
            keys: of the series.
        """
        gone = [key for key in layer.brought.removed if key in self.sources]
        for frequency, frame in self.frames.items():
            self.frames[frequency] = frame[~frame["series"].isin(gone)]
        for key in gone:
            del self.sources[key]
        wanted = {key for key in keys if file is None or not self._is_of_another(key, file.mapping)}
        for frequency in (each for each in Frequency if each in layer.brought.points):
            rhythm, brought = self.calendar.rhythm(frequency), layer.brought.points[frequency]
            points = _fitting(brought[brought["series"].isin(wanted)], rhythm)
            if points.empty:
                continue
            # Layers without an import hold their longer periods, but none that fit where the year begins elsewhere meanwhile.
            self._put(self._lengthened(points, rhythm, layer.brought.kpis))
            for key in points["series"].unique():
                self.sources[str(key)] = layer.brought.sources[str(key)] if file is None else file.name
        if file is not None:
            self.files[file.name] = file.mapping

    def _lengthened(self, points: pd.DataFrame, rhythm: Rhythm, kpis: Sequence[Kpi]) -> Mapping[Frequency, pd.DataFrame]:
        known = self.frames.get(rhythm.frequency, points.iloc[:0])
        known = known[known["series"].isin(points["series"].unique())]
        return with_longer(known, points, rhythm, {kpi.id: kpi for kpi in kpis})

    def _put(self, frames: Mapping[Frequency, pd.DataFrame]) -> None:
        for frequency, frame in frames.items():
            both = pd.concat([self.frames[frequency], frame]) if frequency in self.frames else frame
            once = both.drop_duplicates(["series", "period"], keep="last").sort_values(["series", "period"])
            self.frames[frequency] = once.reset_index(drop=True)

    def _is_of_another(self, key: str, mapping: ColumnMapping) -> bool:
        """Whether a series was filled from another kind of file, which leaves it as it is."""
        theirs = self.files.get(self.sources.get(key, ""))
        return theirs is not None and not same_kind_of_file(mapping, theirs)


def _fitting(points: pd.DataFrame, rhythm: Rhythm) -> pd.DataFrame:
    """The points whose periods begin where those of the workspace do now; its year may begin in another month meanwhile."""
    periods = pd.DatetimeIndex(points["period"])
    return points[periods == periods.to_period(rhythm.pandas_period).start_time]


def first_numbers(layers: Sequence[Layer], keys: Collection[str]) -> dict[str, int]:
    """The place in the order of imports from which on tables fill each series; without those that none fills."""
    found: dict[str, int] = {}
    for layer in layers:
        for key in layer.brought.removed:
            found.pop(key, None)
        for frame in layer.brought.points.values():
            for key in map(str, frame["series"].unique()):
                if key in keys:
                    found.setdefault(key, layer.brought.since.get(key, layer.number))
    return found
