import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_planning.goals.appraisal.scale import Scale, grades_of, nearest_grade
from cs_planning.goals.appraisal.score import Side, weighted_score
from cs_planning.goals.appraisal.sheet import SheetLine, evenly_weighted
from cs_planning.language import use_language


def lines(*weights_and_grades):
    return [
        SheetLine(goal_id=str(number), weight_percent=weight, own_grade=grade)
        for number, (weight, grade) in enumerate(weights_and_grades)
    ]


def test_grades_count_by_their_weight():
    score = weighted_score(Scale.LETTERS, lines((50, "A"), (30, "B"), (20, "D")), Side.OWN)
    assert score.points == pytest.approx(0.5 * 4 + 0.3 * 3 + 0.2 * 1)  # 3.1
    assert score.grade.id == "B"


@pytest.mark.parametrize(
    ("scale", "grades", "english", "japanese"),
    [
        (Scale.LETTERS, ("A", "B"), "3.60 of 5 (A)", "3.60（5点満点、A相当）"),
        (Scale.THREE_STEPS, ("met", "nearly"), "80 % of the weight met", "ウェイトの80%を達成"),
        (Scale.ZERO_TO_ONE, ("0.9", "0.4"), "0.70 of 1", "0.70（1点満点）"),
    ],
)
def test_a_score_is_written_in_the_points_of_its_scale(scale, grades, english, japanese):
    score = weighted_score(scale, lines((60, grades[0]), (40, grades[1])), Side.OWN)
    assert str(score.words) == english
    with use_language("ja"):
        assert str(score.words) == japanese


def test_there_is_no_score_until_every_goal_that_weighs_anything_has_its_grade():
    assert weighted_score(Scale.LETTERS, lines((50, "A"), (50, None)), Side.OWN) is None
    assert weighted_score(Scale.LETTERS, lines((100, "A"), (0, None)), Side.OWN).points == 4
    assert weighted_score(Scale.LETTERS, lines((50, "A"), (50, "B")), Side.SUPERIOR) is None
    assert weighted_score(Scale.LETTERS, [], Side.OWN) is None


@given(st.data())
def test_a_score_lies_between_the_worst_and_the_best_grade(data):
    scale = data.draw(st.sampled_from(list(Scale)))
    grades = [one.id for one in grades_of(scale)]
    given_ = data.draw(st.lists(st.tuples(st.integers(1, 100), st.sampled_from(grades)), min_size=1, max_size=6))
    points = {one.id: one.points for one in grades_of(scale)}
    score = weighted_score(scale, lines(*given_), Side.OWN)
    counted = [points[grade] for _weight, grade in given_]
    assert min(counted) - 1e-9 <= score.points <= max(counted) + 1e-9


def test_between_two_grades_the_better_one_is_named():
    assert nearest_grade(Scale.LETTERS, 3.5).id == "A"
    assert nearest_grade(Scale.THREE_STEPS, 0.25).id == "nearly"


def test_the_letter_beside_a_score_is_that_of_the_number_as_it_is_shown():
    score = weighted_score(Scale.LETTERS, lines((49.6, "A"), (50.4, "B")), Side.OWN)
    assert (str(score.words), score.grade.id) == ("3.50 of 5 (A)", "A")


@pytest.mark.parametrize(("points", "grade"), [(0.05, "0.1"), (0.35, "0.4"), (0.85, "0.9")])
def test_half_way_is_half_way_in_tenths_too(points, grade):
    assert nearest_grade(Scale.ZERO_TO_ONE, points).id == grade


@given(st.integers(1, 40))
def test_even_weights_are_whole_differ_by_one_at_most_and_add_up(count):
    weights = evenly_weighted(count)
    assert sum(weights) == 100
    assert max(weights) - min(weights) <= 1
    assert all(weight == round(weight) for weight in weights)
