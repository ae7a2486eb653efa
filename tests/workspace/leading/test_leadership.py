"""What a leadership asks: company goals with numbers, money at stake, what changed, what would move the plan."""

from datetime import UTC, date, datetime

import pytest

from cs_planning.errors import Conflict
from cs_planning.goals.following.progress import Status
from cs_planning.goals.goal import Direction, GoalType, Measure
from cs_planning.goals.objectives.company import CompanyGoal
from cs_planning.kpis.frequency import Frequency
from cs_planning.workspace import Save

NOW, TODAY = datetime(2026, 1, 15, tzinfo=UTC), date(2026, 1, 15)
YEAR = {"start": date(2025, 1, 1), "end": date(2025, 12, 31)}

pytestmark = pytest.mark.usefixtures("kpis_imported")


def company(**changes):
    return CompanyGoal(**{"objective": "satisfaction", "series": "csat", "target": 80.0, **YEAR, **changes})


def committed(workspace, key, **changes):
    draft = workspace.planning.draft("csat", Frequency.MONTH, GoalType.SATISFACTION, TODAY)
    made = draft.model_copy(
        update={
            "owner": "Mariko",
            "despite": "Tried",
            "title": key,
            "measure": Measure.AVERAGE,
            "floor": None,
            "milestones": (),
            **changes,
        }
    )
    return workspace.planning.commit(made, save=Save("t", key, NOW))


def refreshed(workspace):
    workspace.standings.refresh(workspace.standings.brief(TODAY).stale, TODAY, seconds=60)
    return workspace.leadership.view(TODAY)


def test_a_company_goal_is_followed_over_its_year_beside_the_year_before(workspace):
    kept = workspace.company.save(company(), save=Save("t", "1", NOW))
    (line,) = workspace.company.lines(date(2025, 12, 31))
    values = line.series.frame.set_index("period")["value"]
    before, running = values["2024"], values["2025-01":"2025-11"]
    assert line.report.pace.current == pytest.approx(running.mean())
    assert line.last_year == (pytest.approx(before.mean()) if len(before) == 12 else None)
    assert not workspace.company.lines(TODAY), "its year is over"
    with pytest.raises(Conflict):
        workspace.company.save(company(id=kept.id, version=0, target=81.0), save=Save("t", "2", NOW))
    workspace.company.put_away(kept, save=Save("t", "3", NOW))
    assert not workspace.company.list()


def test_a_company_goal_on_a_kpi_that_is_gone_is_told_as_not_measured(workspace):
    workspace.company.save(company(series="never_imported"), save=Save("t", "1", NOW))
    (line,) = workspace.company.lines(date(2025, 6, 1))
    assert line.series is None
    assert line.report.status is Status.NOT_MEASURABLE
    assert line.reason is not None


def test_a_total_of_the_year_is_added_up(workspace):
    workspace.company.save(
        company(objective="fewer_enquiries", series="csat", measure=Measure.LEVEL, direction=Direction.AT_LEAST),
        save=Save("t", "1", NOW),
    )
    (line,) = workspace.company.lines(date(2025, 12, 31))
    assert line.report.pace.current == line.series.frame.set_index("period")["value"]["2025-11"].iloc[0]


@pytest.mark.slow
def test_goals_stand_by_the_money_that_is_likely_missed(workspace):
    committed(workspace, "safe", primary=60.0, stretch=None, worth=1000.0)
    committed(workspace, "daring", primary=99.0, stretch=None, worth=1000.0)
    committed(workspace, "unpriced", primary=98.0, stretch=None)
    view = refreshed(workspace)
    assert [one.standing.goal.title for one in view.lines] == ["daring", "safe", "unpriced"]
    chances = {one.standing.goal.title: one.standing.report.probability for one in view.lines}
    assert (view.priced, view.at_stake) == (2, 2000.0)
    assert view.expected == pytest.approx(1000 * (chances["safe"] + chances["daring"]))
    assert view.lines[0].at_risk == pytest.approx(1000 * (1 - chances["daring"]))
    assert {str(words) for words in view.changes} >= {"“safe” was committed to"}


@pytest.mark.slow
def test_the_decisions_are_ranked_by_what_they_bring_and_one_a_goal(workspace):
    committed(workspace, "safe", primary=60.0, stretch=None)
    daring = committed(workspace, "daring", primary=95.0, stretch=None)
    moves = workspace.leadership.moves(TODAY)
    assert [one.changed.id for one in moves if one.changed] == [daring.id]
    (move,) = moves
    before = workspace.planning.outlook(daring, TODAY).primary.probability
    after = workspace.planning.outlook(move.changed, TODAY).primary.probability
    assert move.gain == pytest.approx(after - before)
    assert move.gain > 0.3
    assert move.all_after > move.all_before
