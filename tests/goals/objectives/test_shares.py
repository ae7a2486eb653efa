from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_planning.goals.goal import Direction, Measure
from cs_planning.goals.objectives.alignment import tree_of
from cs_planning.goals.objectives.shares import shares_of
from tests.goals.builders import good_goal

START, END = date(2026, 4, 1), date(2027, 3, 31)


def goal(**changes):
    fields = {
        "series": "complaints",
        "direction": Direction.AT_MOST,
        "measure": Measure.TOTAL,
        "primary": 500,
        "baseline": None,
        "floor": None,
        "stretch": None,
        "start": START,
        "deadline": END,
        "milestones": (),
    }
    return good_goal(**{**fields, **changes})


WHOLE = goal(id="whole", title="Few complaints")


def part(team, primary, **changes):
    return goal(
        **{"id": f"{team}-{primary}", "series": f"complaints|team={team}", "primary": primary, "parent": "whole", **changes}
    )


def test_parts_that_allow_more_than_the_whole_are_told_with_the_amount():
    below = [part("A", 300), part("B", 250)]
    shares = shares_of(WHOLE, below)
    assert (shares.total, shares.over, shares.missing) == (550, 50, 0)
    (warning,) = [one for one in tree_of([WHOLE, *below], ["satisfaction"]).warnings if one.kind == "shares"]
    assert str(warning.message) == "The shares of “Few complaints” add up to 550, 50 more than its 500."


def test_what_nobody_carries_of_a_total_to_be_reached_is_told():
    whole = WHOLE.model_copy(update={"direction": Direction.AT_LEAST, "series": "contact_volume"})
    below = [
        part(team, 200, direction=Direction.AT_LEAST, series=f"contact_volume|team={team}", id=team) for team in ("A", "B")
    ]
    shares = shares_of(whole, below)
    assert shares.missing == 100


def test_quarters_of_a_year_add_up():
    quarters = [
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 3, 31)),
    ]
    below = [goal(id=str(number), primary=125, start=first, deadline=last) for number, (first, last) in enumerate(quarters)]
    assert shares_of(WHOLE, below).total == 500
    overlapping = [*below, goal(id="again", primary=10, start=date(2026, 4, 1), deadline=date(2026, 4, 30))]
    assert shares_of(WHOLE, overlapping) is None


@pytest.mark.parametrize(
    "below",
    [
        [],
        [part("A", 300), goal(id="x", series="complaints|channel=email", primary=300)],  # two dimensions overlap
        [part("A", 300), part("A", 200)],  # the same part twice
        [part("A", 300, deadline=date(2026, 9, 30))],  # another time
        [part("A", 300), goal(id="all", primary=300)],  # the whole itself
        [goal(id="y", series="csat|team=A", primary=80)],  # another KPI
    ],
)
def test_what_overlaps_or_counts_something_else_is_not_added(below):
    assert shares_of(WHOLE, below) is None


def test_rates_are_never_added():
    rate = goal(id="rate", series="csat", measure=Measure.AVERAGE, primary=85)
    below = [goal(id=team, series=f"csat|team={team}", measure=Measure.AVERAGE, primary=40) for team in "AB"]
    assert shares_of(rate, below) is None


@given(st.lists(st.integers(0, 400), min_size=1, max_size=6))
def test_parts_never_miss_and_exceed_at_once_and_fit_when_they_are_the_whole(targets):
    below = [part(f"T{number}", target, id=str(number)) for number, target in enumerate(targets)]
    shares = shares_of(WHOLE.model_copy(update={"primary": float(sum(targets))}), below)
    assert (shares.missing, shares.over) == (0, 0)
    shares = shares_of(WHOLE, below)
    assert shares.over == max(sum(targets) - 500, 0) or sum(targets) - 500 <= 0.5
    assert shares.missing == 0
