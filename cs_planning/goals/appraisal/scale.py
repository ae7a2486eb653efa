"""The scales on which goals are appraised, and what a measured outcome would be on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cs_planning.goals.following.closing import Score, score_of
from cs_planning.goals.following.progress import StatusReport
from cs_planning.goals.goal import Goal
from cs_planning.language import Percent, Text, rounded, shown_number, text


class Scale(StrEnum):
    """How the goals of a sheet are graded."""

    THREE_STEPS = "three_steps"
    ZERO_TO_ONE = "zero_to_one"
    LETTERS = "letters"

    @property
    def label(self) -> Text:
        """The scale as words for the screen."""
        return {
            "three_steps": text("Met – nearly met – not met"),
            "zero_to_one": text("0 to 1 (0.7 is good)"),
            "letters": text("S – A – B – C – D"),
        }[self.value]


@dataclass(frozen=True)
class Grade:
    """One step of a scale.

    Attributes:
        id: as it is kept.
        label: as it is shown.
        points: what it counts for in the weighted score, in the scale's own points.
    """

    id: str
    label: Text
    points: float

    @property
    def short(self) -> Text:
        """As it stands in a narrow column: the letter alone where there is one."""
        return text("{letter}", letter=self.id) if len(self.id) == 1 else self.label


_GRADES: Mapping[Scale, tuple[Grade, ...]] = {
    Scale.THREE_STEPS: (
        Grade("met", text("Met"), 1.0),
        Grade("nearly", text("Nearly met"), 0.5),
        Grade("missed", text("Not met"), 0.0),
    ),
    Scale.ZERO_TO_ONE: tuple(
        Grade(str(rounded(tenths / 10, 1)), text("{points}", points=rounded(tenths / 10, 1)), tenths / 10)
        for tenths in range(10, -1, -1)
    ),
    Scale.LETTERS: (
        Grade("S", text("S: far above what was agreed"), 5.0),
        Grade("A", text("A: above what was agreed"), 4.0),
        Grade("B", text("B: as agreed"), 3.0),
        Grade("C", text("C: a little below"), 2.0),
        Grade("D", text("D: well below"), 1.0),
    ),
}
_BY_SCORE: Mapping[Scale, Mapping[Score, str]] = {
    Scale.THREE_STEPS: {Score.EXCEEDED: "met", Score.MET: "met", Score.NEARLY: "nearly", Score.MISSED: "missed"},
    # No measurement says "far above": S is left to people.
    Scale.LETTERS: {Score.EXCEEDED: "A", Score.MET: "B", Score.NEARLY: "C", Score.MISSED: "D"},
    Scale.ZERO_TO_ONE: {Score.EXCEEDED: "1.0", Score.MET: "1.0"},
}


def grades_of(scale: Scale) -> tuple[Grade, ...]:
    """The grades of a scale, the best first."""
    return _GRADES[scale]


def grade_named(scale: Scale, id: str | None) -> Grade | None:
    """The grade with this id; `None` where nothing was graded."""
    return next((one for one in _GRADES[scale] if one.id == id), None)


def nearest_grade(scale: Scale, points: float) -> Grade:
    """The grade whose points are nearest; half-way the better one."""
    return min(_GRADES[scale], key=lambda one: (round(abs(one.points - points), 9), -one.points))


def suggested_grade(scale: Scale, goal: Goal, report: StatusReport) -> Grade | None:
    """What the measured value alone would give; `None` while it is not decided.

    Args:
        scale: of the sheet.
        goal: as it was agreed.
        report: where that goal stands.

    Not valid when the goal was out of its holder's hands: it is a suggestion, the grade is given by people.
    """
    score = score_of(goal, report)
    if score is Score.UNKNOWN:
        return None
    if scale is Scale.ZERO_TO_ONE and score in {Score.NEARLY, Score.MISSED}:
        way = report.pace.share_of_way
        return None if way is None else nearest_grade(scale, min(max(way, 0.0), 0.9))
    return grade_named(scale, _BY_SCORE[scale][score])


def score_words(scale: Scale, points: float) -> Text:
    """A weighted score as it is shown."""
    if scale is Scale.THREE_STEPS:
        return text("{share} of the weight met", share=Percent(share=points))
    if scale is Scale.ZERO_TO_ONE:
        return text("{points} of 1", points=shown_number(points, 2))
    return text("{points} of 5 ({letter})", points=shown_number(points, 2), letter=nearest_grade(scale, points).id)
