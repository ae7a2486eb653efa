"""One goal, one number: every way to it gives the same, or the same reason why there is none."""

from datetime import date, timedelta

import pytest

from cs_planning.errors import StaleData
from cs_planning.forecasting.answers.belief import require_fresh
from cs_planning.forecasting.answers.track_record import PoorRecord, Record
from cs_planning.goals.goal import Stage
from cs_planning.language import Chance, Text
from cs_planning.notebook.blocks.block import Heading, Metrics, Paragraph
from cs_planning.notebook.cells.chance import chance_words
from cs_planning.workspace import Workspace
from cs_planning.workspace.goals import planning
from cs_planning.workspace.goals.track_records import TrackRecords
from cs_planning.workspace.home import Home

TODAY = date(2026, 11, 10)
A_YEAR_LATER = date(2027, 11, 10)


@pytest.fixture(scope="module")
def sample(sample_copy, tmp_path_factory):
    opened = Workspace.open(Home.at(sample_copy(tmp_path_factory.mktemp("sample"))))
    yield opened
    opened.close()


def running(workspace):
    return [one for one in workspace.planning.goals() if one.stage is Stage.ACTIVE and one.primary is not None]


def standing_of(workspace, goal, today):
    brief = workspace.standings.brief(today)
    workspace.standings.refresh(brief.stale, today, seconds=60)
    return next(line for line in workspace.standings.brief(today).lines if line.goal.id == goal.id)


def said_on_page(workspace, goal):
    """The probability of the target in the claim and all cells of the page, from which every file for the meeting is made."""
    made = workspace.pages.run(workspace.pages.page_of(goal), TODAY)
    blocks = [block for section in made.sections for block in section.blocks if isinstance(block, Metrics)]
    in_cells = [item.value for block in blocks for item in block.items if str(item.label) == "Probability of the target"]
    claim = made.opening.blocks[0]
    assert isinstance(claim, Heading)
    assert isinstance(claim.words, Text)
    claimed = claim.words.arguments["chance"]
    assert isinstance(claimed, Chance)
    return {str(said) for said in (chance_words(claimed.chance), *in_cells)}


def paragraphs_on_page(workspace, goal):
    made = workspace.pages.run(workspace.pages.page_of(goal), TODAY)
    opened = () if made.opening is None else (made.opening,)
    return {
        str(block.words) for section in (*opened, *made.sections) for block in section.blocks if isinstance(block, Paragraph)
    }


def test_every_way_to_a_goal_finds_one_probability(sample):
    compared = 0
    for goal in running(sample):
        believed = sample.planning.outlook(goal, TODAY).belief
        if believed is None:
            continue
        look = sample.forecasts.look(goal, TODAY)
        line = standing_of(sample, goal, TODAY)
        overview = next(one for one in sample.planning.overview(TODAY) if one.goal.id == goal.id)
        found = {
            believed.probability,
            sample.forecasts.answer(look, goal.primary).own.probability,
            sample.planning.status(goal, TODAY).probability,
            line.report.probability,
            overview.outlook.primary.probability,
        }
        assert found == {believed.probability}
        assert (line.basis, line.trust) == (believed.basis, believed.trust)
        answer = sample.forecasts.answer(look, goal.primary)
        assert (answer.belief.trust, answer.belief.low, answer.belief.high) == (believed.trust, believed.low, believed.high)
        assert {str(believed.basis), str(believed.trust)} <= paragraphs_on_page(sample, goal)
        assert believed.low <= believed.probability <= believed.high
        assert sample.planning.record(goal, TODAY) == sample.forecasts.records(goal, TODAY)[0] == believed.past
        assert said_on_page(sample, goal) == {str(chance_words(believed.probability))}
        compared += 1
    assert compared >= 2


def test_a_year_later_no_way_says_a_number_and_all_say_why(sample):
    goal = next(one for one in running(sample) if sample.planning.outlook(one, TODAY).belief is not None)
    kept = goal.model_copy(update={"deadline": date(2027, 12, 31)})
    seen = sample.planning.outlook(kept, A_YEAR_LATER)
    assert seen.primary is None
    assert "a probability is said until" in str(seen.reason)
    assert seen.plan_as_of is not None
    assert sample.planning.status(kept, A_YEAR_LATER).probability is None
    with pytest.raises(StaleData):
        sample.forecasts.look(kept, A_YEAR_LATER)
    with pytest.raises(StaleData):
        sample.together.of([kept], A_YEAR_LATER)
    assert sample.planning.outlook(kept, seen.plan_as_of).primary is not None


def test_why_there_is_no_forecast_is_found_out_once(sample, monkeypatch):
    goal = running(sample)[0].model_copy(update={"deadline": date(2027, 12, 31)})
    day, asked = A_YEAR_LATER + timedelta(days=1), []
    monkeypatch.setattr(planning, "require_fresh", lambda *given: asked.append(given) or require_fresh(*given))
    first, second = (sample.planning.outlook(goal, day) for _ in range(2))
    assert str(first.reason) == str(second.reason) != ""
    assert len(asked) == 1
    assert sample.planning.outlook(goal, day + timedelta(days=1)).reason is not None
    assert len(asked) == 2


def test_the_first_page_offers_the_day_on_which_its_data_are_fresh(sample):
    assert standing_of(sample, running(sample)[0], TODAY) is not None
    assert sample.standings.brief(TODAY).plan_as_of is None


def test_a_record_worse_than_no_change_withholds_the_number_everywhere_and_names_the_next_step(sample, monkeypatch):
    goal = next(one for one in running(sample) if sample.planning.outlook(one, TODAY).belief is not None)
    poor = Record(3, 24, 0.24, 0.15, 0.5, 0.7, gain_error=0.02)
    monkeypatch.setattr(TrackRecords, "of", lambda *_, **__: poor)
    later = TODAY + timedelta(days=1)  # a day on which nothing was computed yet
    seen = sample.planning.outlook(goal, later)
    assert (seen.primary, seen.belief, sample.planning.draws(goal, later)) == (None, None, None)
    assert "24 past forecasts of" in str(seen.no_number)
    assert "worse than assuming no change. Mark on the page" in str(seen.no_number)
    assert sample.planning.status(goal, later).probability is None
    line = standing_of(sample, goal, later)
    assert (line.report.probability, line.reason, line.trust) == (None, seen.no_number, None)
    assert any(str(seen.reason) in str(finding.message) for finding in sample.planning.findings(goal, later))
    for asked in (
        lambda: sample.forecasts.look(goal, later),
        lambda: sample.together.of([goal], later),
        lambda: sample.forecasts.why_moved(goal, TODAY, later),
    ):
        with pytest.raises(PoorRecord):
            asked()
    assert sample.forecasts.records(goal, later)[0] is poor
