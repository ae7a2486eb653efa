"""A few dates far before all others: 1970-01-01 and 1900-01-01 for none, a mistyped year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import ntext

_FEW, _FEW_OF_MANY, _FEW_OF_FEW = 3, 0.01, 0.1
_LEAST_GAP_DAYS = 730
_LONGER_THAN_THE_REST = 2.0


def earliest_usual_day(days: Sequence[np.datetime64] | NDArray[np.datetime64], counts: Sequence[int]) -> date | None:
    """The first day of nearly all records, where a few lie far before it; None where none do.

    A few are at most 3 records or 1 % of them, and never more than a tenth.  Far is two years and twice the span of the rest.

    Args:
        days: different days, in any order.
        counts: how many records begin on each.
    """
    if len(days) < 2:
        return None
    order = np.argsort(np.asarray(days, dtype="datetime64[D]"))
    sorted_days = np.asarray(days, dtype="datetime64[D]")[order]
    before = np.cumsum(np.asarray(counts)[order])[:-1]
    total = int(np.sum(counts))
    gaps = (sorted_days[1:] - sorted_days[:-1]).astype(int)
    rest = (sorted_days[-1] - sorted_days[1:]).astype(int)
    few = before <= min(max(_FEW, _FEW_OF_MANY * total), _FEW_OF_FEW * total)
    far = np.flatnonzero(few & (gaps >= np.maximum(_LEAST_GAP_DAYS, _LONGER_THAN_THE_REST * rest)))
    return None if not len(far) else sorted_days[far[-1] + 1].astype(object)


def far_dates(count: int, first: date, column: str) -> QualityFinding:
    """The finding that records were left out since their dates lie far before all others.

    Args:
        count: how many.
        first: the first of them.
        column: of their dates.
    """
    return QualityFinding(
        rule="far_dates",
        severity=Severity.WARNING,
        message=ntext(
            "{count} date in {column} lies years before all others, on {day}.",
            "{count} dates in {column} lie years before all others, the first on {day}.",
            count,
            column=column,
            day=first,
        ),
        consequence=ntext(
            "Its row is left out; the series would begin there, and a backlog would be open for years.",
            "Their rows are left out; the series would begin there, and a backlog would be open for years.",
            count,
        ),
        remedy=ntext(
            "Correct the date: such a one often stands for none, or the year is mistyped.",
            "Correct the dates: such ones often stand for none, or the year is mistyped.",
            count,
        ),
        count=count,
        sample_values=(str(first),),
        column=column,
    )
