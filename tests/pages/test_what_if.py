"""The what-if board."""

from tests.pages.looking import metrics, words

WHAT_IF = "pages/what_if.py"


def slider(app, part):
    return next(one for one in app.slider if part in one.key)


def seconds(app) -> float:
    return float(metrics(app)["Mean wait"].removesuffix(" s"))


def test_a_workspace_without_data_can_still_ask_what_if(open_app, tmp_path):
    app = open_app(tmp_path, WHAT_IF)
    assert not app.exception
    assert "Mean wait" in metrics(app)


def test_more_containment_shortens_the_wait(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    slider(app, "-containment").set_value(5).run()
    little = seconds(app)
    slider(app, "-containment").set_value(50).run()
    assert seconds(app) < little


def test_fewer_people_cost_less_and_answer_later(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    before = metrics(app)
    slider(app, "-agents").set_value(-2.0).run()
    after = metrics(app)
    assert float(after["Mean wait"].split()[0]) > float(before["Mean wait"].split()[0])
    assert after["Cost a month"] < before["Cost a month"]


def test_the_goals_that_it_moves_are_named(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    assert "What it does to the goals" in words(app)


def test_a_currency_that_does_not_exist_is_refused_at_the_field(open_app, sample_home):
    app = open_app(sample_home, WHAT_IF)
    next(one for one in app.text_input if one.key == "what-if-team-currency").set_value("$$").run()
    assert not app.exception
    assert app.error


def test_a_kept_scenario_can_be_started_from(open_app, tmp_path):
    app = open_app(tmp_path, WHAT_IF)
    next(one for one in app.text_input if one.key.endswith("-name")).set_value("Bot in spring")
    next(button for button in app.button if button.label == "Keep this scenario").click().run()
    assert not app.exception
    assert "Bot in spring" in words(app)
    again = open_app(tmp_path, WHAT_IF)
    assert "Bot in spring" in next(one for one in again.selectbox if one.key == "scenario").options
