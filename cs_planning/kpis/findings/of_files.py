"""What is true of several files together: where one ends and another goes on, and what two of them say alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cs_planning.kpis.findings.ended import RULE as OLD_DATA
from cs_planning.kpis.findings.imported import Imported, QualityFinding

OF_TIME = frozenset({OLD_DATA, "unfinished_period"})
"""The rules about the end of the data, which another file can move."""


def of_all_files(files: Sequence[Imported]) -> tuple[tuple[QualityFinding, ...], ...]:
    """The findings of each file as they hold once all are read: the end of the data is told of by the file that ends last.

    Args:
        files: what was read, in its order.
    """
    return tuple(
        tuple(finding for finding in one.findings if not _is_told_elsewhere(finding, number, files))
        for number, one in enumerate(files)
    )


def _is_told_elsewhere(finding: QualityFinding, number: int, files: Sequence[Imported]) -> bool:
    one = files[number]
    goes_on = (
        other
        for place, other in enumerate(files)
        if _are_of_one_kind(one, other) and _order(other, place) > _order(one, number)
    )
    match finding.rule:
        case rule if rule == OLD_DATA:
            return any(True for _ in goes_on)
        case "unfinished_period":
            return any(
                (other.rule, other.sample_values) == (finding.rule, finding.sample_values)
                for later in goes_on
                for other in later.findings
            )
        case _:
            return False


def _order(one: Imported, place: int) -> tuple[date, int]:
    return one.last_day or date.min, place


def _are_of_one_kind(one: Imported, other: Imported) -> bool:
    """Whether both hold contacts, or values of one KPI."""
    if one.points is None or other.points is None:
        return one.points is None and other.points is None
    return not one.kpis.keys().isdisjoint(other.kpis)
