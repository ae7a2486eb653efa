"""A page in the view of its reader: parameters and what-if sliders move it, and change nothing that is kept."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cs_planning.notebook.cells.page_head import LEAST_DEMAND, MOST_BOT, Parameters
from cs_planning.workspace import Save
from tests.pages.looking import at, metrics, unfold, words

GOAL, PRESENT, SHARED = "pages/goal_page.py", "pages/present.py", "pages/shared.py"
TODAY = date(2026, 11, 10)
NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
TOKEN = "a-token-of-more-than-twenty-two-characters"


def view(page, **parameters):
    return page.model_copy(update={"parameters": Parameters(**parameters)})


def blocks(made, kind, cell="scenario"):
    return [block for section in made.sections if section.cell == cell for block in section.blocks if block.kind == kind]


def test_a_slider_adds_its_scenario_beside_the_kept_ones(workspace, page):
    still = blocks(workspace.pages.run(page, TODAY), "metrics")[0].items
    moved = blocks(workspace.pages.run(view(page, people=3), TODAY), "metrics")[0].items
    assert [str(one.label) for one in moved] == [*(str(one.label) for one in still), "With the sliders"]
    assert [one.value for one in moved[:-1]] == [one.value for one in still]


def test_more_people_make_a_service_level_likelier_and_fewer_less_likely(workspace, page):
    def likely(people):
        goal = workspace.planning.goal(page.goal)
        moved = workspace.pages.run(view(page, people=people), TODAY)
        assert goal.primary is not None
        return int(str(blocks(moved, "metrics")[0].items[-1].value).split()[-2])

    assert likely(-2) < likely(2)


@pytest.mark.slow
def test_a_reader_moves_the_sliders_of_a_shared_page_and_changes_nothing(open_app, sample_home, workspace, page):
    workspace.shares.share(page, TOKEN, TODAY, days=7, live=True, save=Save("Mika", "share", NOW))
    before = workspace.pages.pages()
    app = unfold(at(open_app, sample_home, SHARED, token=TOKEN), "scenario")
    assert {slider.key for slider in app.slider} == {"bot", "people", "demand"}
    assert "With the sliders" not in metrics(app)
    app.slider(key="people").set_value(2).run()
    assert not app.exception
    assert "With the sliders" in metrics(app)
    assert workspace.pages.pages() == before
    assert not app.text_area


@pytest.mark.slow
def test_a_frozen_link_has_no_sliders(open_app, sample_home, workspace, page):
    workspace.shares.share(page, TOKEN, TODAY, days=7, live=False, save=Save("Mika", "share", NOW))
    assert not at(open_app, sample_home, SHARED, token=TOKEN).slider


@pytest.mark.slow
@pytest.mark.parametrize("said", ["", "12", "-400", "9999", "x'; drop table", "nan", "1e9"])
def test_the_address_sets_a_slider_and_nothing_else(open_app, sample_home, page, said):
    app = unfold(at(open_app, sample_home, GOAL, goal=page.goal, bot=said), "scenario")
    assert not app.exception
    stands: Any = app.slider(key="bot").value
    assert 0 <= stands <= MOST_BOT
    assert ("With the sliders" in metrics(app)) == (stands > 0)


def test_sliders_outside_their_range_are_refused_in_a_page_of_a_stranger():
    with pytest.raises(ValueError, match="greater than or equal"):
        Parameters(demand=LEAST_DEMAND - 1)


@pytest.mark.slow
def test_the_sliders_stand_in_the_presentation_where_they_matter(open_app, sample_home, page):
    app = at(open_app, sample_home, PRESENT, goal=page.goal)
    assert not app.slider
    app.button(key="to-4").click().run()
    assert app.title[0].value == "What automation would change"
    app.slider(key="bot").set_value(20).run()
    assert "With the sliders" in metrics(app)


@pytest.mark.slow
def test_a_moved_scenario_is_named_as_the_reason_for_another_probability(workspace, page):
    first = workspace.snapshots.freeze(page, TODAY, save=Save("Mika", "1", NOW))
    second = workspace.snapshots.freeze(view(page, people=3), TODAY, save=Save("Mika", "2", NOW))
    moved = workspace.snapshots.compare(first.id, second.id, page, TODAY)
    assert moved.with_scenario
    assert moved.change.changed_scenario > 0.01
    assert (moved.change.new_data, moved.change.passed_time, moved.change.changed_target) == (0, 0, 0)
    assert moved.change.changed_scenario == pytest.approx(moved.change.total)


@pytest.mark.slow
def test_a_kept_scenario_is_named_as_the_reason_too(open_app, sample_home, workspace, page):
    chosen = next(one for one in workspace.what_if.scenarios() if "fewer" in one.scenario.name)
    first = workspace.snapshots.freeze(page, TODAY, save=Save("Mika", "1", NOW))
    workspace.snapshots.freeze(view(page, scenario=chosen.id), TODAY, save=Save("Mika", "2", NOW))
    app = at(open_app, sample_home, GOAL, goal=page.goal, snapshot=first.id)
    other = next(one for one in workspace.snapshots.of_page(workspace.pages.page(page.goal)) if one.id != first.id)
    app.selectbox(key="snapshot-other").set_value(other.id).run()
    assert not app.exception
    seen = metrics(app)
    assert "Probability of the target, in the scenario of the page" in seen
    assert seen["Another scenario"].startswith("-")


@pytest.mark.slow
def test_a_printed_page_says_its_scenario_by_name(open_app, sample_home, workspace, page):
    chosen = workspace.what_if.scenarios()[0]
    app = at(open_app, sample_home, GOAL, goal=page.goal, scenario=chosen.scenario.name)
    assert chosen.scenario.name in words(app)
    assert chosen.id not in " ".join(caption.value for caption in app.caption)
