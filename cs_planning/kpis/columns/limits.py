"""Columns that say whether a limit was kept, as helpdesks count service-level agreements: met, breached, still running."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from cs_planning.kpis.cells.numbers import fold
from cs_planning.kpis.columns.answers import read_flag
from cs_planning.kpis.columns.roles import Role

LIMIT_ROLES = (Role.SLA_KEPT, Role.FIRST_RESPONSE_SLA_KEPT)
"""The roles of columns that say whether a limit was kept."""
_WORDS = tomllib.loads((Path(__file__).parent / "helpdesks" / "answer_words.toml").read_text(encoding="utf-8"))["limits"]
_MEANING: dict[str, float | None] = {
    **{fold(word): 1.0 for word in _WORDS["kept"]},
    **{fold(word): 0.0 for word in _WORDS["missed"]},
    **{fold(word): None for word in _WORDS["running"]},
}
_COUNTS_MISSES = re.compile(
    r"breach|violat|miss(?!ion)|overdue|exceed|overrun|fail|late\b|違反|超過|未達|未遵守|遅延|期限切れ|逸脱"
)


def counts_misses(column: str) -> bool:
    """Whether a yes in a column of this name says that the limit was missed, as in `Resolution SLA breached`."""
    return _COUNTS_MISSES.search(fold(column)) is not None


def read_kept(cell: str, column: str) -> float | None:
    """Whether a limit was kept, 1 or 0; None while nobody knows and for an empty cell, NaN when it is neither.

    Args:
        cell: as written; words such as `Met` and `Breached` say it themselves.
        column: its header, which says what a yes, a no or a count means.
    """
    folded = fold(cell)
    if folded in _MEANING:
        return _MEANING[folded]
    flag = read_flag(cell)
    return 1.0 - flag if flag is not None and counts_misses(column) else flag
