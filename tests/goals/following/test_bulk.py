from datetime import date

import pytest

from cs_planning.errors import InvalidGoal
from cs_planning.goals.following.bulk import changed_in_bulk
from tests.goals.builders import good_goal


def test_many_goals_get_the_same_owner_and_deadline_and_keep_the_rest():
    goals = [good_goal(id="a"), good_goal(id="b", primary=85)]
    changed = changed_in_bulk(goals, {"owner": "Ken", "deadline": date(2026, 9, 30)})
    assert [(one.id, one.owner, one.deadline, one.primary) for one in changed] == [
        ("a", "Ken", date(2026, 9, 30), 84),
        ("b", "Ken", date(2026, 9, 30), 85),
    ]
    assert goals[0].owner == "Aiko"


@pytest.mark.parametrize("fields", [{"primary": 90}, {"owner": "x" * 301}, {"cadence": "hourly"}, {"nonsense": 1}])
def test_what_can_not_be_set_is_refused_as_a_whole(fields):
    with pytest.raises(InvalidGoal, match="nothing was changed"):
        changed_in_bulk([good_goal(), good_goal(id="b")], fields)
