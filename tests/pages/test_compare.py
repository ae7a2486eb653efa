"""Scenarios side by side."""

from tests.pages.looking import links, words

COMPARE = "pages/compare.py"


def cells(app) -> str:
    return " ".join(str(cell) for table in app.table for row in table.value.to_numpy() for cell in row)


def chosen(app):
    return next(one for one in app.multiselect if one.key == "scenarios")


def test_without_a_scenario_the_page_says_how_to_get_one(open_app, tmp_path):
    app = open_app(tmp_path, COMPARE)
    assert not app.exception
    assert "Nothing to compare yet" in words(app)
    assert "Try a what-if" in links(app)


def test_each_scenario_has_a_sentence_and_stands_beside_the_team_as_it_is(open_app, sample_home):
    app = open_app(sample_home, COMPARE)
    assert not app.exception
    seen = words(app)
    assert "As things are, customers wait" in seen
    assert seen.count("Customers now wait") == 2
    assert "Goal: Answer the telephone" in cells(app)
    assert "Containment at which the bot breaks even" in cells(app)
    assert len(app.get("vega_lite_chart")) == 3


def test_the_address_chooses_the_scenarios(open_app, sample_home):
    ids = _ids(sample_home)
    app = open_app(sample_home)
    app.switch_page(COMPARE)
    app.query_params["scenarios"] = ids["Chatbot and one seat fewer"]
    app.run()
    assert not app.exception
    assert chosen(app).value == [ids["Chatbot and one seat fewer"]]
    assert words(app).count("Customers now wait") == 1


def test_a_scenario_that_is_gone_is_said(open_app, sample_home):
    app = open_app(sample_home)
    app.switch_page(COMPARE)
    app.query_params["scenarios"] = "nothing-like-this"
    app.run()
    assert not app.exception
    assert "not kept any longer" in words(app)


def test_nothing_chosen_is_explained(open_app, sample_home):
    app = open_app(sample_home, COMPARE)
    chosen(app).set_value([]).run()
    assert not app.exception
    assert "Choose the scenarios" in words(app)


def _ids(home) -> dict[str, str]:
    from cs_planning.workspace import Home, Workspace  # noqa: PLC0415 - slow to import

    workspace = Workspace.open(Home.at(home))
    found = {one.scenario.name: one.id for one in workspace.what_if.scenarios()}
    workspace.close()
    return found
