"""The weighted score of a sheet, from the grades of either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cs_planning.goals.appraisal.scale import Grade, Scale, grade_named, nearest_grade, score_words
from cs_planning.goals.appraisal.sheet import SheetLine
from cs_planning.language import Text, rounded

_DIGITS = 2


class Side(StrEnum):
    """Who appraises."""

    OWN = "own"
    SUPERIOR = "superior"


@dataclass(frozen=True)
class WeightedScore:
    """What a sheet comes to.

    Attributes:
        points: mean of the grades' points by weight, in the scale's own points, rounded as it is shown: the letter
            beside it must not contradict the number.
        grade: the nearest grade.
    """

    scale: Scale
    points: float
    grade: Grade

    @property
    def words(self) -> Text:
        """The score as it is shown."""
        return score_words(self.scale, self.points)


def weighted_score(scale: Scale, lines: Sequence[SheetLine], side: Side) -> WeightedScore | None:
    """Σ weight · points ÷ Σ weight; `None` until every goal that weighs anything has its grade.

    Args:
        scale: of the sheet.
        lines: its goals; weights of any sum above 0.
        side: whose grades.
    """
    weighing = [line for line in lines if line.weight_percent > 0]
    grades = [grade_named(scale, line.own_grade if side is Side.OWN else line.superior_grade) for line in weighing]
    given = [one for one in grades if one is not None]
    if not weighing or len(given) < len(weighing):
        return None
    weights = sum(line.weight_percent for line in weighing)
    points = sum(line.weight_percent * grade.points for line, grade in zip(weighing, given, strict=True)) / weights
    points = rounded(points, _DIGITS)
    return WeightedScore(scale, points, nearest_grade(scale, points))
