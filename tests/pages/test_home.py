"""The list of goals."""

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


def test_a_type_filter_leaves_goals_of_that_type_only(open_app, sample_home):
    app = open_app(sample_home)
    app.get_by_key("type").set_value(["financial"]).run()
    assert "Cost per contact" in links(app)
    assert "telephone" not in links(app)


def test_a_filter_that_nothing_passes_says_so(open_app, sample_home):
    app = open_app(sample_home)
    app.get_by_key("type").set_value(["training"])
    app.get_by_key("team").set_value("Letters").run()
    assert "No goal passes these filters" in words(app)


def test_goals_due_in_a_quarter_can_be_picked(open_app, sample_home):
    app = open_app(sample_home)
    app.get_by_key("quarter").set_value("2027-01-01").run()
    assert "telephone" in links(app)
    assert "88 of 100" not in links(app)
