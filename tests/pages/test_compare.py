"""Scenarios side by side."""

from datetime import UTC, datetime
from urllib.parse import parse_qs

from cs_planning.workspace import Home, Save, Workspace
from tests.automation.builders import a_bot, three_channels
from tests.pages.looking import links, metrics, words

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
    assert len(app.get("vega_lite_chart")) == 5


def test_the_address_chooses_the_scenarios(open_app, sample_home):
    ids = _ids(sample_home)
    app = open_app(sample_home)
    app.switch_page(COMPARE)
    app.query_params["scenarios"] = ids["Chatbot and one seat fewer"]
    app.run()
    assert not app.exception
    assert chosen(app).value == [ids["Chatbot and one seat fewer"]]
    assert words(app).count("Customers now wait") == 1


def test_each_scenario_is_opened_by_the_name_that_the_what_if_page_knows(open_app, sample_home):
    ids = _ids(sample_home)
    asked = {
        parse_qs(one.proto.query_string)["scenario"][0]
        for one in open_app(sample_home, COMPARE).get("page_link")
        if one.proto.label == "Open this scenario"
    }
    assert asked == set(ids)
    app = open_app(sample_home, "pages/what_if.py", scenario=max(asked))
    assert app.get_by_key("scenario").value == ids[max(asked)]


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


def test_both_clocks_of_the_customer_stand_on_every_card_and_in_the_table(open_app, sample_home):
    app = open_app(sample_home, COMPARE)
    assert [one.label for one in app.metric] == ["Until a person", "Until the solution", "Mean wait"] * 3
    longer = next(one for one in app.metric[3:] if one.label == "Until a person")
    assert longer.delta.startswith("+"), "the bot keeps them before a person, whatever the queue does"
    named = [str(row[0]) for table in app.table for row in table.value.to_numpy()]
    figures = [one for one in named if not one.startswith("Goal: ")]
    assert figures[:3] == ["Until a person", "Until the solution", "Mean wait"]


def test_with_several_channels_the_same_label_is_the_same_number_as_on_the_what_if_page(open_app, tmp_path):
    workspace = Workspace.open(Home.at(tmp_path))
    save = Save("a", "keep", datetime(2026, 11, 9, tzinfo=UTC))
    kept = workspace.what_if.kept.save_new(a_bot("Bot"), three_channels(), save=save)
    workspace.close()
    board = open_app(tmp_path, "pages/what_if.py")
    next(one for one in board.selectbox if one.key == "scenario").set_value(kept.id).run()
    seen = metrics(board)
    assert "Times, service level, abandonment, occupancy and the chance of the target: Phone." in words(board)
    app = open_app(tmp_path, COMPARE)
    rows = {str(row[0]): str(row[2]) for table in app.table for row in table.value.to_numpy()}
    for label in ("Until a person", "Until the solution", "Mean wait", "Service level", "Chance of target"):
        assert rows[f"Phone: {label}"].split(" (")[0] == seen[label], label
    assert rows["Whole team: Cost a month"].split(" (")[0] == seen["Cost a month"]
    assert [one.label for one in app.metric][3:] == [f"Phone: {one}" for one in list(seen)[:3]]
    next(one for one in app.selectbox if one.key.startswith("what-if-channel")).set_value(1).run()
    assert not app.exception
    assert app.metric[0].label == "Chat: Until a person"


def _ids(home) -> dict[str, str]:
    workspace = Workspace.open(Home.at(home))
    found = {one.scenario.name: one.id for one in workspace.what_if.scenarios()}
    workspace.close()
    return found
