"""Cells → answers: satisfaction, recommendation and effort on any scale and in words, yes and no, outcomes of calls."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from cs_planning.kpis.cells.numbers import fold, is_missing, read_numbers
from cs_planning.kpis.columns.mapping import ColumnMapping
from cs_planning.kpis.columns.roles import Role

_WORDS = tomllib.loads((Path(__file__).parents[1] / "helpdesks" / "answer_words.toml").read_text(encoding="utf-8"))
_NOT_ANSWERED = frozenset(map(fold, _WORDS["not_answered"]))
_YES = frozenset(map(fold, _WORDS["yes"]))
_NO = frozenset(map(fold, _WORDS["no"]))
_GRADE: dict[str, int] = {fold(word): int(grade) for grade, words in _WORDS["grades"].items() for word in words}
_OUTCOME: dict[str, str] = {fold(word): str(outcome) for outcome, words in _WORDS["outcomes"].items() for word in words}
_RECOMMENDED = {fold(word): float(answer) for answer, words in _WORDS["recommendation"].items() for word in words}
_ENDS = {fold(word): int(grade) for grade, words in _WORDS["ends"].items() for word in words}
_LEADING = re.compile(
    r"(\d+(?:[.,]\d+)?)(?:\s*(?:/|of|out of)\s*\d+|\s*(?:stars?|点|つ星)"
    r"|\s*[-–—:.,)(=・]\s*(?P<label>\D.*?)[)\s]*|\s+(?P<words>[^\d\s].*))?"
)
_TRAILING = re.compile(r"(?P<label>\D+?)\s*[-–—:(=]\s*(\d{1,3})\s*\)?")

HIGHEST_NPS = 10.0
_SATISFIED = 4
ANSWER_ROLES = (Role.CSAT, Role.NPS, Role.CES, Role.QUALITY)


def looks_like_answers(cells: Sequence[str]) -> bool:
    """Whether most different cells are answers on a small scale or in words."""
    filled = [cell for cell in cells if not is_missing(cell)]
    if not filled or len(filled) > 101:
        return False
    read = [_RECOMMENDED.get(fold(cell), raw_answer(cell)) for cell in filled]
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
    trailing = _TRAILING.fullmatch(folded)
    if trailing is not None and trailing["label"].strip() in _GRADE:
        return float(trailing[2])
    number = read_numbers(pd.Series([folded]))
    return float(number.values[0])


def grade_in(cell: str) -> int | None:
    """The grade 1–5 that the words beside a number say, as in `1 - Very satisfied`; None where no such words are there."""
    folded = fold(cell)
    match = _LEADING.fullmatch(folded)
    if match is not None:
        words = match["label"] or match["words"] or ""
    else:
        trailing = _TRAILING.fullmatch(folded)
        words = trailing["label"] if trailing is not None else ""
    return _GRADE.get(words.strip(" .()"))


def is_graded(cell: str) -> bool:
    """Whether a cell is an answer in words alone, on the grades 1–5."""
    return fold(cell) in _GRADE


def grade_of_end(words: str) -> int | None:
    """The grade that a header gives to a number of a scale, as in `1 = best`."""
    folded = fold(words)
    return _GRADE.get(folded, _ENDS.get(folded))


def read_answer(cell: str, entry: ColumnMapping) -> float | None:
    """An answer in the catalogue's form; None for no answer, NaN when it is no answer or not on the scale.

    CSAT gives 1 (satisfied) or 0, NPS the answer 0–10, CES the answer on the scale 1 (easy) – 7 (hard), quality a percentage.
    """
    if entry.role is Role.NPS and (group := _RECOMMENDED.get(fold(cell))) is not None:
        return group
    score = raw_answer(cell)
    if score is None or np.isnan(score):
        return score
    if not on_scale(score, entry):
        return float("nan")
    lowest = 0.0 if entry.scale_lowest is None else entry.scale_lowest
    highest = score if entry.scale_highest is None else entry.scale_highest
    match entry.role:
        case Role.CSAT:
            grade = grade_in(cell)
            if grade is not None:
                return float(grade >= _SATISFIED)
            placed = lowest + highest - score if entry.reversed else score
            return float(placed >= (highest if entry.satisfied_from is None else entry.satisfied_from))
        case Role.CES:
            on_seven = 1 + 6 * (score - lowest) / (highest - lowest) if highest > lowest else score
            return 8 - on_seven if entry.reversed else on_seven
        case Role.QUALITY:
            return 100 * score / highest if highest > 0 else score
        case _:
            return score


def on_scale(score: float, entry: ColumnMapping) -> bool:
    """Whether an answer lies on the scale of its column; a recommendation has the scale 0–10 or none."""
    if entry.role is Role.NPS:
        return 0 <= score <= HIGHEST_NPS == (HIGHEST_NPS if entry.scale_highest is None else entry.scale_highest)
    lowest = 0.0 if entry.scale_lowest is None else entry.scale_lowest
    return lowest <= score <= (score if entry.scale_highest is None else entry.scale_highest)


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


def read_outcome(cell: str, column: str = "") -> str | None:
    """`answered`, `abandoned`, `interrupted` or `not_offered`; None when the words are not known.

    Args:
        cell: as written.
        column: its header; of a column `Answered` or `Abandoned` a yes or no is the outcome.
    """
    folded = fold(cell)
    known = _OUTCOME.get(folded)
    if known is not None:
        return known
    says_abandoned = any(word in fold(column) for word in ("abandon", "放棄", "missed", "lost"))
    says_answered = any(word in fold(column) for word in ("answered", "応答", "connected", "handled"))
    if folded in _YES | _NO | {"1", "0"} and says_abandoned != says_answered:
        return "answered" if (folded in _YES or folded == "1") == says_answered else "abandoned"
    return None
