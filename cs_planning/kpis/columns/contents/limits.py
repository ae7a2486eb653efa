"""Columns that say whether a limit was kept, as helpdesks count service-level agreements: met, breached, still running."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from cs_planning.kpis.cells.numbers import fold
from cs_planning.kpis.columns.contents.answers import read_flag
from cs_planning.kpis.columns.roles import Role

LIMIT_ROLES = (Role.SLA_KEPT, Role.FIRST_RESPONSE_SLA_KEPT)
"""The roles of columns that say whether a limit was kept."""
_WORDS = tomllib.loads((Path(__file__).parents[1] / "helpdesks" / "answer_words.toml").read_text(encoding="utf-8"))["limits"]
_MEANING: dict[str, float | None] = {
    **{fold(word): 1.0 for word in _WORDS["kept"]},
    **{fold(word): 0.0 for word in _WORDS["missed"]},
    **{fold(word): None for word in _WORDS["running"]},
}
_COUNTS_MISSES = re.compile(
    r"breach|violat|miss(?!ion)|overdue|exceed|overrun|fail|late\b|違反|超過|未達|未遵守|遅延|期限切れ|逸脱"
)
_TIME_LEFT = re.compile(
    r"(?P<sign>[-−‐–])?\s*(?:\d+(?:[.,]\d+)?\s*(?:yrs?|mo|w|d|h|min|m|s)\.?\s*)+|(?P<minus>[-−‐–])?\s*\d+:\d{2}(?::\d{2})?"
)
_OF_TIME_LEFT = re.compile(r"time to (?:first response|resolution)")
_MOSTLY = 0.9


def counts_misses(column: str) -> bool:
    """Whether a yes in a column of this name says that the limit was missed, as in `Resolution SLA breached`."""
    return _COUNTS_MISSES.search(fold(column)) is not None


def tells_time_left(column: str) -> bool:
    """Whether a column of this name holds, as Jira's limits do, the time that was left, below zero where it was missed."""
    return _OF_TIME_LEFT.search(fold(column)) is not None


def may_be_time_left(column: str, cells: Iterable[str]) -> bool:
    """Whether a column is no length of time that something took: its name has Jira's brackets, or some of its cells a minus.

    Args:
        column: its header.
        cells: the filled ones.
    """
    if not tells_time_left(column) or column.rstrip().rstrip("0123456789.").endswith(")"):
        return True
    signs = [_sign_of(fold(cell)) for cell in cells]
    known = [sign for sign in signs if sign is not None]
    return -1 in known and len(known) >= _MOSTLY * len(signs)


def _sign_of(folded: str) -> int | None:
    """-1 for time that is over, 1 for time that was left, None for anything else."""
    match = _TIME_LEFT.fullmatch(folded.strip())
    if match is None:
        return None
    return -1 if match["sign"] or match["minus"] else 1


def read_kept(cell: str, column: str) -> float | None:
    """Whether a limit was kept, 1 or 0; None while nobody knows and for an empty cell, NaN when it is neither.

    Args:
        cell: as written; words such as `Met` and `Breached` say it themselves, and so does the time left, `2h 30m` or `-1h 5m`.
        column: its header, which says what a yes, a no or a count means.
    """
    folded = fold(cell)
    flag = read_flag(cell)
    if flag is not None and not math.isnan(flag) and counts_misses(column):
        return 1.0 - flag
    if folded in _MEANING:
        return _MEANING[folded]
    left = _sign_of(folded)
    return flag if left is None else float(left > 0)
