"""Answers → the scale that they are on: what the header says, else what nearly all answers show; words decide its direction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from cs_planning.kpis.columns.contents.answers import HIGHEST_NPS, grade_in, grade_of_end, is_graded, raw_answer
from cs_planning.kpis.columns.mapping import ColumnMapping
from cs_planning.kpis.columns.names.headers import HeaderWords, read_header
from cs_planning.kpis.columns.roles import Role

_CSAT_SCALES = ((0.0, 1.0), (1.0, 3.0), (1.0, 5.0), (1.0, 7.0), (0.0, 10.0), (0.0, 100.0))
_SATISFIED_FROM = {1.0: 1.0, 2.0: 2.0, 3.0: 3.0, 4.0: 3.0, 5.0: 4.0, 6.0: 5.0, 7.0: 6.0, 10.0: 8.0, 100.0: 80.0}
_STRAY_SHARE = 0.05
_ENOUGH_FOR_STRAYS = 15
SAYS_LITTLE = frozenset(
    {"score", "rating", "answer", "response", "points", "value", "評価", "スコア", "点数", "回答", "評価点"}
)
"""Names of columns of answers that do not say what was asked."""
ENOUGH_FOR_HALF = 10
"""From how many answers on it says something that none goes beyond the half of a scale."""


@dataclass(frozen=True)
class ScaleDirection:
    """What words say of the direction of a scale.

    Attributes:
        is_reversed: whether a low number is the good answer.
        contradicts: whether some words say so and others the opposite.
    """

    is_reversed: bool
    contradicts: bool


def guess_scale(entry: ColumnMapping, cells: Sequence[str]) -> ColumnMapping:
    """The column with the scale that its header or its answers show.

    CSAT: 1–5 with 4 and 5 satisfied, 1–7 from 6, 0–10 from 8, 0–100 from 80, 1–3 from 3, 0/1; words grade like 1–5.
    NPS: 0–10, or none when no answer goes beyond the half of it.  CES: 1–7 or 1–5; a header with "easy" or "ease" means that a
    high answer is little effort.

    Args:
        entry: a column with one of the answer roles.
        cells: its filled cells, each as often as it is there.
    """
    words = read_header(entry.column)
    counted = Counter(cells)
    scores = _scores(counted)
    reversed_ = direction_of(words, counted).is_reversed
    match entry.role:
        case Role.CSAT:
            lowest, highest = _of_satisfaction(words, counted, scores)
            satisfied = _SATISFIED_FROM.get(highest, float(np.ceil(lowest + 0.75 * (highest - lowest))))
        case Role.NPS:
            lowest, highest, satisfied = 0.0, _of_recommendation(words, scores), 9.0
        case Role.CES:
            lowest, highest = words.scale or _smallest(((1.0, 5.0), (1.0, 7.0), (0.0, 10.0), (0.0, 100.0)), scores)
            satisfied = lowest + (highest - lowest) / 3
            reversed_ = reversed_ or (
                "easy" in words.key or "ease" in words.key or "簡単" in words.key or "しやすさ" in words.key
            )
        case _:
            lowest, highest = words.scale or _smallest(((0.0, 1.0), (0.0, 5.0), (0.0, 10.0), (0.0, 100.0)), scores)
            satisfied = 0.8 * highest
    return entry.model_copy(
        update={
            "scale_lowest": float(lowest),
            "scale_highest": float(highest),
            "satisfied_from": float(satisfied),
            "reversed": reversed_,
        }
    )


def direction_of(words: HeaderWords, cells: Iterable[str]) -> ScaleDirection:
    """The direction of a scale by the words beside its numbers, in the header and in the cells.

    Args:
        words: what the header says.
        cells: the different cells.
    """
    graded = {number: grade for number, label in words.labels if (grade := grade_of_end(label)) is not None}
    for cell in cells:
        score, grade = raw_answer(cell), grade_in(cell)
        if score is not None and grade is not None and not np.isnan(score):
            graded.setdefault(score, grade)
    pairs = sorted(graded.items())
    rising = falling = 0
    for place, (_, grade) in enumerate(pairs):
        for _, later in pairs[place + 1 :]:
            rising += later > grade
            falling += later < grade
    lone = len(pairs) == 1 and words.scale is not None and _is_low_end_good(pairs[0], words.scale)
    return ScaleDirection(falling > rising or lone, bool(rising and falling))


def _is_low_end_good(pair: tuple[float, int], scale: tuple[float, float]) -> bool:
    number, grade = pair
    return (number == scale[0] and grade >= 4) or (number == scale[1] and grade <= 2)


def _scores(counted: Counter[str]) -> np.ndarray:
    """The numbers among the answers, each as often as it is there."""
    pairs = [
        (score, count) for cell, count in counted.items() if (score := raw_answer(cell)) is not None and not np.isnan(score)
    ]
    return np.repeat([score for score, _ in pairs], [count for _, count in pairs]) if pairs else np.zeros(0)


def _of_satisfaction(words: HeaderWords, counted: Counter[str], scores: np.ndarray) -> tuple[float, float]:
    if words.scale is not None:
        return words.scale
    if any(is_graded(cell) for cell in counted):
        return 1.0, 5.0
    lowest, highest = _smallest(_CSAT_SCALES, scores)
    return (0.0 if (scores == 0).any() else lowest), highest


def _of_recommendation(words: HeaderWords, scores: np.ndarray) -> float:
    """The upper end of a recommendation scale: 10, or what is there where that is another scale."""
    if words.scale is not None:
        return words.scale[1]
    highest = float(scores.max()) if len(scores) else HIGHEST_NPS
    return highest if len(scores) >= ENOUGH_FOR_HALF and 1 < highest <= HIGHEST_NPS / 2 else HIGHEST_NPS


def _smallest(scales: Sequence[tuple[float, float]], scores: np.ndarray) -> tuple[float, float]:
    """The smallest scale that holds all answers, or all but a few strays where it is one that is common."""
    for lowest, highest in scales:
        beyond = int((scores > highest).sum())
        few = highest >= 5 and len(scores) >= _ENOUGH_FOR_STRAYS and beyond <= max(1, _STRAY_SHARE * len(scores))
        if not beyond or few:
            return lowest, highest
    return scales[-1]
