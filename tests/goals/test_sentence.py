import string
from itertools import product

import pytest

from cs_planning.goals.goal import Direction, Measure, goal_from_fields
from cs_planning.goals.sentence import sentence_of

from .builders import good_goal, steady_csat


def test_the_sentence_says_from_where_to_where_by_when():
    assert str(sentence_of(good_goal(), steady_csat())) == (
        "Raise customer satisfaction (CSAT) – email from 82 % to 84 % by Jun 30, 2026"
    )


def test_an_empty_draft_is_a_sentence_with_gaps():
    assert str(sentence_of(goal_from_fields({"type": "operational"}))) == "Bring … to at least … by …"


@pytest.mark.parametrize(("measure", "direction"), [*product(Measure, Direction)])
def test_every_shape_names_kpi_target_and_deadline(measure, direction):
    sentence = sentence_of(good_goal(measure=measure, direction=direction), steady_csat())
    named = {name for _, name, _, _ in string.Formatter().parse(sentence.source) if name}
    assert {"kpi", "target", "deadline"} <= named
    assert "84 %" in str(sentence)


def test_the_two_directions_never_read_the_same():
    for measure in Measure:
        up, down = (str(sentence_of(good_goal(measure=measure, direction=one), steady_csat())) for one in Direction)
        assert up != down


def test_braces_in_a_users_text_are_left_alone():
    assert "{how} {0}" in str(sentence_of(good_goal(series="{how} {0}")))
