"""A page frozen for a meeting, and what changed between two frozen pages, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from cs_planning.language import Text, text
from cs_planning.notebook.blocks.block import Block, Chart, Metrics, TableBlock, Words, shown
from cs_planning.notebook.run import RunPage, Section


class Snapshot(BaseModel):
    """A run page as it was at a moment; it never changes.

    Attributes:
        taken_at: the moment, with a time zone.
        author: who froze it.
        note: what it was for.
        result: the page with its results, its data-as-of date, seed and version of the program.
    """

    model_config = ConfigDict(frozen=True)

    id: str = ""
    taken_at: datetime
    author: str = ""
    note: str = ""
    result: RunPage


class Difference(StrEnum):
    """What became of a cell between two snapshots."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"

    @property
    def label(self) -> Text:
        """The difference as a word for the screen."""
        return {
            "same": text("unchanged"),
            "changed": text("changed"),
            "added": text("new"),
            "removed": text("gone"),
        }[self.value]


@dataclass(frozen=True)
class ValueChange:
    """One value that differs: its name, what it was, what it is; empty where it was not there."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class CellChange:
    """What changed in a cell.

    Attributes:
        cell: its id.
        heading: its heading, the later one where it was renamed.
        values: numbers and words that differ, in the language in force.
    """

    cell: str
    heading: Words
    difference: Difference
    values: tuple[ValueChange, ...] = ()


@dataclass(frozen=True)
class SnapshotComparison:
    """Two runs of a page, side by side.

    Attributes:
        data_before, data_after: the last days that the data covered.
        cells: every cell of either, in the order of the later one, removed ones at the end.
    """

    before: date
    after: date
    data_before: date | None
    data_after: date | None
    cells: tuple[CellChange, ...]

    @property
    def changed(self) -> tuple[CellChange, ...]:
        """The cells that are not the same."""
        return tuple(cell for cell in self.cells if cell.difference is not Difference.SAME)


def compare(before: RunPage, after: RunPage) -> SnapshotComparison:
    """What changed from one run of a page to a later one, in the language in force."""
    earlier = {section.cell: section for section in before.sections}
    later = {section.cell for section in after.sections}
    cells = [*_claims(before, after), *(_compared(earlier.get(section.cell), section) for section in after.sections)]
    cells += [CellChange(gone.cell, gone.heading, Difference.REMOVED) for gone in before.sections if gone.cell not in later]
    return SnapshotComparison(before.today, after.today, before.data_as_of, after.data_as_of, tuple(cells))


def _claims(before: RunPage, after: RunPage) -> Iterator[CellChange]:
    """What both pages claim of their goal, where both say it."""
    if before.opened is None or after.opened is None:
        return
    old, new = str(before.opened.heading), str(after.opened.heading)
    heading = text("What is claimed")
    changes = (ValueChange(str(heading), old, new),) if old != new else ()
    yield CellChange(after.opened.cell, heading, Difference.CHANGED if changes else Difference.SAME, changes)


def _compared(before: Section | None, after: Section) -> CellChange:
    if before is None:
        return CellChange(after.cell, after.heading, Difference.ADDED)
    old, new = dict(_values(before.blocks)), dict(_values(after.blocks))
    changes = tuple(
        ValueChange(name, old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys([*new, *old])
        if old.get(name) != new.get(name)
    )
    return CellChange(after.cell, after.heading, Difference.CHANGED if changes else Difference.SAME, changes)


def _values(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    for place, block in enumerate(blocks):
        match block:
            case Metrics():
                yield from ((str(item.label), str(item.value)) for item in block.items)
            case TableBlock():
                yield from _cells(block)
            case Chart():
                yield from _cells(block.table)
                yield str(block.title), str(block.alt)
            case _:
                yield f"{block.kind} {place + 1}", block.model_dump_json()


def _cells(table: TableBlock) -> Iterator[tuple[str, str]]:
    first, *others = table.columns
    for row in table.rows:
        named = shown(row[0], first)
        for column, value in zip(others, row[1:], strict=True):
            yield f"{named} – {column.label}", shown(value, column)
