"""Cells → answers: satisfaction, recommendation and effort on any scale and in words, yes and no, outcomes of calls."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from cs_planning.kpis.cells.numbers import fold, is_missing, read_numbers
from cs_planning.kpis.columns.headers import header_key
from cs_planning.kpis.columns.mapping import ColumnMapping
from cs_planning.kpis.columns.roles import Role

_WORDS = tomllib.loads((Path(__file__).parent / "helpdesks" / "answer_words.toml").read_text(encoding="utf-8"))
_NOT_ANSWERED = frozenset(map(fold, _WORDS["not_answered"]))
_YES = frozenset(map(fold, _WORDS["yes"]))
_NO = frozenset(map(fold, _WORDS["no"]))
_GRADE = {fold(word): int(grade) for grade, words in _WORDS["grades"].items() for word in words}
_OUTCOME = {fold(word): outcome for outcome, words in _WORDS["outcomes"].items() for word in words}
_LEADING = re.compile(r"(\d+(?:[.,]\d+)?)(?:\s*(?:/|of|out of)\s*\d+|\s*(?:stars?|点|つ星)|\s*[-–:.)(=].*)?")

ANSWER_ROLES = (Role.CSAT, Role.NPS, Role.CES, Role.QUALITY)
FLAG_ROLES = (Role.REOPENED, Role.ESCALATED, Role.FIRST_CONTACT, Role.COMPLAINT)


def guess_scale(entry: ColumnMapping, cells: Sequence[str]) -> ColumnMapping:
    """The column with the scale that its answers show.

    CSAT: 1–5 with 4 and 5 satisfied, 1–7 from 6, 0–10 from 8, 0–100 from 80, 1–3 from 3, 0/1; words grade like 1–5.
    NPS: 0–10.  CES: 1–7 or 1–5; a header with "easy" or "ease" means that a high answer is little effort.

    Args:
        entry: a column with one of the answer roles.
        cells: its different cells.
    """
    scores = [score for score in (raw_answer(cell) for cell in cells) if score is not None and not np.isnan(score)]
    highest = max(scores, default=0.0)
    match entry.role:
        case Role.CSAT:
            top, satisfied, lowest = next(
                (scale for scale in ((1, 1, 0), (3, 3, 1), (5, 4, 1), (7, 6, 1), (10, 8, 0)) if highest <= scale[0]),
                (100, 80, 0),
            )
            if any(fold(cell) in _GRADE for cell in cells):
                top, satisfied, lowest = 5, 4, 1
        case Role.NPS:
            top, satisfied, lowest = 10, 9, 0
        case Role.CES:
            top, satisfied, lowest = (5, 2, 1) if highest <= 5 else (7, 3, 1)
        case _:
            top, satisfied, lowest = (1, 1, 0) if highest <= 1 else (5, 4, 0) if highest <= 5 else (100, 80, 0)
    key = header_key(entry.column)
    eased = entry.role is Role.CES and ("easy" in key or "ease" in key)
    return entry.model_copy(
        update={
            "scale_lowest": float(lowest),
            "scale_highest": float(top),
            "satisfied_from": float(satisfied),
            "reversed": eased,
        }
    )


def looks_like_answers(cells: Sequence[str]) -> bool:
    """Whether most different cells are answers on a small scale or in words."""
    filled = [cell for cell in cells if not is_missing(cell)]
    if not filled or len(filled) > 101:
        return False
    read = [raw_answer(cell) for cell in filled]
    good = sum(1 for score in read if score is None or 0 <= score <= 100)
    return good >= 0.8 * len(filled)


def raw_answer(cell: str) -> float | None:
    """A written answer: a number, or the grade 1–5 of words, smileys and stars; None for no answer, NaN for the rest."""
    folded = fold(cell)
    if is_missing(folded) or folded in _NOT_ANSWERED:
        return None
    if folded in _GRADE:
        return float(_GRADE[folded])
    if set(folded) <= {"★", "☆", "⭐"}:
        return float(sum(sign in "★⭐" for sign in folded))
    match = _LEADING.fullmatch(folded)
    if match is not None:
        return float(match[1].replace(",", "."))
    number = read_numbers(pd.Series([folded]))
    return float(number.values[0])


def read_answer(cell: str, entry: ColumnMapping) -> float | None:
    """An answer in the catalogue's form; None for no answer, NaN when it is no answer or not on the scale.

    CSAT gives 1 (satisfied) or 0, NPS the answer 0–10, CES the answer on the scale 1 (easy) – 7 (hard), quality a percentage.
    """
    score = raw_answer(cell)
    if score is None or np.isnan(score):
        return score
    lowest = 0.0 if entry.scale_lowest is None else entry.scale_lowest
    highest = score if entry.scale_highest is None else entry.scale_highest
    if not min(lowest, 0.0 if entry.role is Role.CSAT else lowest) <= score <= highest:
        return float("nan")
    match entry.role:
        case Role.CSAT:
            return float(score >= (highest if entry.satisfied_from is None else entry.satisfied_from))
        case Role.CES:
            on_seven = 1 + 6 * (score - lowest) / (highest - lowest) if highest > lowest else score
            return 8 - on_seven if entry.reversed else on_seven
        case Role.QUALITY:
            return 100 * score / highest if highest > 0 else score
        case _:
            return score


def read_flag(cell: str) -> float | None:
    """Yes (1) or no (0), a count counting as yes from 1; None for an empty cell, NaN when it is neither."""
    folded = fold(cell)
    if folded in _YES:
        return 1.0
    if folded in _NO:
        return 0.0
    if is_missing(folded):
        return None
    try:
        return float(float(folded.replace(",", ".")) > 0)
    except ValueError:
        return float("nan")


def read_outcome(cell: str) -> str | None:
    """`answered`, `abandoned` or `interrupted`; None when the words are not known."""
    return _OUTCOME.get(fold(cell))
