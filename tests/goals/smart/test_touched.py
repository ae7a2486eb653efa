"""A new draft reproaches nobody for what nobody has touched."""

from datetime import date

import pytest

from cs_planning.goals.finding import Letter
from cs_planning.goals.goal import FinancialGoal, OperationalGoal, SatisfactionGoal, TrainingGoal
from cs_planning.goals.smart import touched
from cs_planning.goals.smart.touched import _FIELDS

DRAFTED = SatisfactionGoal(series="csat", primary=85.0, stretch=88.0, deadline=date(2026, 12, 31))


def test_a_draft_as_it_began_has_no_touched_letter():
    assert touched(DRAFTED, DRAFTED) == frozenset()


@pytest.mark.parametrize(
    ("change", "letter"),
    [
        ({"owner": "Mariko Sato"}, Letter.SPECIFIC),
        ({"title": "Happier customers"}, Letter.SPECIFIC),
        ({"minimum_answers": 50}, Letter.MEASURABLE),
        ({"primary": 86.0}, Letter.ACHIEVABLE),
        ({"objective": "loyalty"}, Letter.RELEVANT),
        ({"deadline": date(2027, 3, 31)}, Letter.TIME_BOUND),
    ],
)
def test_a_field_touches_its_own_letter_alone(change, letter):
    assert touched(DRAFTED.model_copy(update=change), DRAFTED) == {letter}


def test_every_field_that_people_fill_in_belongs_to_one_letter():
    placed = [field for fields in _FIELDS.values() for field in fields]
    assert len(placed) == len(set(placed))
    fields = {name for kind in (OperationalGoal, SatisfactionGoal, TrainingGoal, FinancialGoal) for name in kind.model_fields}
    assert set(placed) <= fields
    made_by_the_product = {"id", "version", "stage", "type", "series", "frequency", "direction", "baseline", "schema_version"}
    assert fields - set(placed) <= made_by_the_product
