"""Searching, changing, putting away and checking goals on the home page."""

import pytest

from tests.pages.looking import links, words


def choose(app, way):
    app.get_by_key("more-way").set_value(way).run()
    assert not app.exception


@pytest.mark.slow
def test_a_search_leaves_goals_with_all_of_its_words(open_app, sample_home):
    app = open_app(sample_home)
    app.get_by_key("search").set_value("E-MAIL 80 minutes").run()
    assert "First answer to an e-mail" in links(app)
    assert "telephone" not in links(app)


@pytest.mark.slow
def test_a_field_is_changed_on_many_goals_at_once(open_app, sample_home):
    app = open_app(sample_home)
    choose(app, "edit")
    app.get_by_key("bulk-all").set_value(True)
    app.get_by_key("bulk-value-owner").set_value("Everybody").run()
    app.get_by_key("bulk-change").click().run()
    assert not app.exception
    assert words(app).count("Everybody") == 6


@pytest.mark.slow
def test_a_goal_that_is_put_away_can_be_brought_back(open_app, sample_home):
    app = open_app(sample_home)
    app.get_by_key("search").set_value("Cost per contact").run()
    choose(app, "edit")
    app.get_by_key("bulk-all").set_value(True).run()
    app.get_by_key("bulk-archive").click().run()
    assert "Cost per contact no higher" not in links(app)
    app.get_by_key("search").set_value("").run()
    choose(app, "archive")
    next(button for button in app.button if button.label == "Bring back").click().run()
    assert "Cost per contact no higher" in links(app)


def test_an_uploaded_goal_list_is_checked_letter_by_letter(open_app, sample_home):
    app = open_app(sample_home)
    choose(app, "check")
    listed = b"goal_id,text\n1,Improve service\n1,Raise CSAT from 82 % to 88 % by 30 June 2027\n"
    app.get_by_key("goal-list").upload("goals.csv", listed, "text/csv").run()
    assert not app.exception
    table = app.dataframe[0].value
    assert list(table["M"]) == ["✗", "✓"]
    assert "2 goals checked" in words(app)


@pytest.mark.slow
def test_a_list_that_can_not_be_read_says_what_to_do(open_app, sample_home):
    app = open_app(sample_home)
    choose(app, "check")
    app.get_by_key("goal-list").upload("goals.csv", b"a,b\n1,2\n", "text/csv").run()
    assert "text" in app.error[0].value


@pytest.mark.slow
def test_the_history_of_a_goal_is_read_and_taken_back_from_the_list(open_app, sample_home):
    app = open_app(sample_home)
    app.get_by_key("search").set_value("Cost per contact").run()
    choose(app, "edit")
    app.get_by_key("bulk-all").set_value(True)
    app.get_by_key("bulk-value-owner").set_value("Somebody else").run()
    app.get_by_key("bulk-change").click().run()
    choose(app, "history")
    app.get_by_key("history-of").select_index(0).run()
    assert "Somebody else" in words(app)
    app.get_by_key("restore-1").click().run()
    assert not app.exception
    assert "Pilar Ortega" in words(app)
