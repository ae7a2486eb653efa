from collections import Counter
from datetime import date

import pytest
from pydantic import ValidationError

from cs_planning.audit.roles import ROLE_POINTS, CycleRole, CycleTime, RoleCheck, points_of, standings
from cs_planning.language import use_language

QUARTER = date(2026, 10, 1)


def check(role: CycleRole, *done: str, on: date = date(2026, 11, 10)) -> RoleCheck:
    return RoleCheck(on=on, role=role, done=done)


def test_every_role_has_its_part_at_each_time_of_the_cycle_and_no_point_stands_twice():
    assert {(point.role, point.when) for point in ROLE_POINTS} == {(role, when) for role in CycleRole for when in CycleTime}
    assert max(Counter(point.id for point in ROLE_POINTS).values()) == 1
    with use_language("en"):
        assert max(Counter(str(point.what) for point in ROLE_POINTS).values()) == 1


def test_the_last_check_of_the_quarter_counts_and_what_it_leaves_open_is_named():
    found = standings(
        [check(CycleRole.AGENT, "agent_tag"), check(CycleRole.AGENT, "agent_tag", "agent_say", on=date(2026, 11, 20))], QUARTER
    )
    agent = found[0]
    assert agent.role is CycleRole.AGENT
    assert [point.id for point in agent.missing] == [
        point.id for point in points_of(CycleRole.AGENT) if point.id not in {"agent_tag", "agent_say"}
    ]
    with use_language("en"):
        assert str(agent.words) == "Agent: 2 of 8"


def test_of_two_checks_of_one_day_the_later_one_in_the_list_counts():
    agent = standings([check(CycleRole.AGENT, "agent_tag", "agent_say"), check(CycleRole.AGENT, "agent_tag")], QUARTER)[0]
    assert agent.check == check(CycleRole.AGENT, "agent_tag")


def test_the_list_begins_anew_with_the_quarter():
    before = check(CycleRole.LEADERSHIP, "leader_listen", on=date(2026, 9, 30))
    leadership = standings([before], QUARTER)[-1]
    assert leadership.check is None
    assert leadership.missing == points_of(CycleRole.LEADERSHIP)
    assert standings([before], date(2026, 7, 1))[-1].check == before


def test_the_point_of_another_role_is_refused():
    with pytest.raises(ValidationError, match="leader_listen"):
        check(CycleRole.AGENT, "leader_listen")
