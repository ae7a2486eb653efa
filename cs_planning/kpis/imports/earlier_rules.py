"""What today's rules read otherwise than the rules by which files with the same header were read before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.cells.numbers import WrittenUnit
from cs_planning.kpis.columns.guesses.units import kpi_of_time, usual_measure
from cs_planning.kpis.columns.mapping import ColumnMapping, Mapping
from cs_planning.kpis.columns.roles import Role
from cs_planning.language import Text, text


@dataclass(frozen=True)
class ReadOtherwise:
    """A column, or the rows of a file, that today's rules read otherwise.

    Attributes:
        column: its name in the file; empty for the rows.
        before: what it was taken for.
        now: what it is taken for today.
    """

    column: str
    before: Text
    now: Text

    @property
    def words(self) -> Text:
        """The change in a line."""
        if not self.column:
            return text("Rows: {before} before, {now} today", before=self.before, now=self.now)
        return text("{column}: {before} before, {now} today", column=self.column, before=self.before, now=self.now)


def read_otherwise(before: Mapping, now: Mapping) -> tuple[ReadOtherwise, ...]:
    """What differs between two readings of one file in what its figures come to mean, in the order of its columns.

    Args:
        before: what its rows and columns were taken for.
        now: what they are taken for today; its columns are the same.
    """
    found = [] if before.kind is now.kind else [ReadOtherwise("", before.kind.label, now.kind.label)]
    for entry in before.columns:
        other = now.column(entry.column)
        if _meaning(entry) != _meaning(other):
            found.append(ReadOtherwise(entry.column, _described(entry), _described(other)))
    return tuple(found)


_UNITS = {
    WrittenUnit.SECONDS: text("seconds"),
    WrittenUnit.MINUTES: text("minutes"),
    WrittenUnit.HOURS: text("hours"),
    WrittenUnit.DAYS: text("days"),
}


def _meaning(entry: ColumnMapping) -> Sequence[object]:
    if entry.role is Role.IGNORE:
        return ()
    scale = (entry.scale_lowest, entry.scale_highest, entry.satisfied_from, entry.reversed)
    return entry.role, entry.kpi, _unit(entry), entry.factor, entry.fraction, scale, entry.time_zone


def _unit(entry: ColumnMapping) -> WrittenUnit | None:
    """The unit of a column of times, also where it was left to what is usual; None for everything else."""
    kpi = kpi_of_time(entry.role, entry.kpi)
    return None if kpi is None else entry.measure or usual_measure(kpi)


def _described(entry: ColumnMapping) -> Text:
    name = entry.role.label
    if entry.kpi is not None:
        name = CATALOGUE[entry.kpi].name if entry.kpi in CATALOGUE else Text(source="{kpi}", arguments={"kpi": entry.kpi})
    if entry.time_zone is not None:
        return text("{name} in the time zone {zone}", name=name, zone=entry.time_zone)
    unit = _unit(entry)
    if unit in _UNITS:
        return text("{name} in {unit}", name=name, unit=_UNITS[unit])
    if entry.scale_highest is None:
        return name
    ends = {"lowest": entry.scale_lowest, "highest": entry.scale_highest}
    if entry.reversed:
        return text("{name} from {lowest} to {highest}, a low answer is the good one", name=name, **ends)
    return text("{name} from {lowest} to {highest}, good from {good}", name=name, good=entry.satisfied_from, **ends)
