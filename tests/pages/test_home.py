"""The list of goals."""

from datetime import UTC, datetime

import pytest

from cs_planning.workspace import Save
from tests.pages.looking import links, words


def test_an_empty_workspace_explains_the_first_step(open_app, tmp_path):
    app = open_app(tmp_path)
    assert not app.exception
    assert "first step" in words(app)


def test_every_sample_goal_is_listed_with_its_probability(open_app, sample_home):
    app = open_app(sample_home)
    assert not app.exception
    assert "First answer to an e-mail within 80 minutes" in links(app)
    assert len(app.get("progress")) == 5


@pytest.mark.slow
def test_what_is_asked_first_stands_first(open_app, sample_home):
    said = words(open_app(sample_home))
    for fact in ("Next review", "Dec 1, 2026", "Overdue actions", "Since the last check-in", "Data until"):
        assert fact in said


def test_a_goal_that_has_not_begun_shows_where_its_kpi_is_now(open_app, sample_home):
    app = open_app(sample_home)
    assert "starts Jan 1, 2027" in words(app)
    assert "Not measured yet" not in words(app)


def test_every_row_says_by_which_rule_its_status_was_given(open_app, sample_home):
    said = words(open_app(sample_home))
    assert "from 70 % on it is on track" in said
    assert "below 50 % it is at risk" in said


def test_a_type_filter_leaves_goals_of_that_type_only(open_app, sample_home):
    app = open_app(sample_home)
    app.get_by_key("type").set_value("financial").run()
    assert "Cost per contact" in links(app)
    assert "telephone" not in links(app)


def test_the_address_names_a_filter_by_an_id_that_is_the_same_in_every_language(open_app, sample_home):
    app = open_app(sample_home, lang="ja", type="financial", standing="draft", quarter="2027-01-01")
    chosen = [app.get_by_key(key).value for key in ("type", "standing", "quarter")]
    assert chosen == ["financial", "draft", "2027-01-01"]
    app.get_by_key("type").set_value("training").run()
    assert app.query_params["type"] in ("training", ["training"])
    app.get_by_key("type").set_value(None).run()
    assert "type" not in app.query_params


@pytest.mark.slow
def test_a_status_filter_leaves_goals_of_that_status_only(open_app, sample_home):
    app = open_app(sample_home)
    app.get_by_key("standing").set_value("draft").run()
    assert "Cost per contact" in links(app)
    assert "telephone" not in links(app)


@pytest.mark.slow
def test_a_filter_that_nothing_passes_says_so(open_app, sample_home):
    app = open_app(sample_home)
    app.get_by_key("type").set_value("training")
    app.get_by_key("team").set_value("Letters").run()
    assert "No goal passes these filters" in words(app)


@pytest.mark.slow
def test_goals_due_in_a_quarter_can_be_picked(open_app, sample_home):
    app = open_app(sample_home)
    app.get_by_key("quarter").set_value("2027-01-01").run()
    assert "telephone" in links(app)
    assert "88 of 100" not in links(app)


def test_goals_whose_data_are_gone_stay_on_the_first_screen_with_the_way_on(open_app, sample_home, workspace):
    keys = {str(info.key) for info in workspace.data.series_list()}
    workspace.data.delete_series(sorted(keys), save=Save("t", "gone", datetime(2026, 11, 10, tzinfo=UTC)))
    app = open_app(sample_home)
    assert not app.exception
    assert "No data are here any more" in words(app)
    assert "First answer to an e-mail within 80 minutes" in links(app)
    assert "first step" not in words(app)


def test_the_plan_as_a_whole_is_said_before_the_goals(open_app, sample_home):
    said = words(open_app(sample_home))
    assert "The whole plan" in said and "are likely to be reached (80 %). All of them:" in said
    assert "in the past" in said, "two of its KPIs went together"
