"""Amounts on the pages are in the currency of the workspace."""

import pytest

from cs_planning.workspace import Home, Workspace
from tests.pages.looking import at, metrics, words

SETTINGS, WHAT_IF = "pages/settings.py", "pages/what_if.py"


def by_key(elements, key):
    return next(element for element in elements if element.key == key)


@pytest.mark.parametrize(("language", "code", "hour", "sign"), [("en", "USD", 30, "$"), ("ja", "JPY", 2500, "円")])
def test_an_empty_workspace_counts_in_what_is_usual_for_the_reader(open_app, tmp_path, language, code, hour, sign):
    app = at(open_app, tmp_path, SETTINGS, lang=language)
    assert by_key(app.selectbox, "money-currency").value == code
    app = at(open_app, tmp_path, WHAT_IF, lang=language)
    assert not app.exception
    assert by_key(app.text_input, "what-if-team-currency").value == code
    assert by_key(app.number_input, "what-if-team-cost_per_agent_hour").value == hour
    assert any(sign in value for value in metrics(app).values())


def test_typing_another_currency_brings_its_usual_prices(open_app, tmp_path):
    app = at(open_app, tmp_path, WHAT_IF, lang="en")
    by_key(app.text_input, "what-if-team-currency").set_value("JPY").run()
    assert not app.exception
    assert [one.value for one in app.number_input if "cost_per_agent_hour" in one.key] == [2500]
    assert [one.value for one in app.number_input if one.key.endswith("price_per_resolution")] == [150]
    assert not any("$" in value for value in metrics(app).values())


def test_what_nobody_knows_is_asked_for(open_app, tmp_path):
    app = at(open_app, tmp_path, WHAT_IF, lang="en")
    by_key(app.text_input, "what-if-team-currency").set_value("VND").run()
    assert not app.exception
    assert [one.value for one in app.number_input if "cost_per_agent_hour" in one.key] == [None]
    assert "Nothing is computed before" in words(app)


@pytest.mark.parametrize(("language", "said"), [("en", "converts nothing"), ("ja", "換算はされません")])
def test_choosing_a_currency_says_that_it_converts_nothing_and_keeps_it(open_app, tmp_path, language, said):
    app = at(open_app, tmp_path, SETTINGS, lang=language)
    assert said in words(app)
    by_key(app.selectbox, "money-currency").set_value("GBP").run()
    by_key(app.button, "money-save").click().run()
    assert not app.exception
    opened = Workspace.open(Home.at(tmp_path))
    assert (opened.money.currency.code, opened.money.currency.is_chosen) == ("GBP", True)
    opened.close()
    app = at(open_app, tmp_path, WHAT_IF, lang="ja")
    assert by_key(app.text_input, "what-if-team-currency").value == "GBP"
    assert by_key(app.number_input, "what-if-team-cost_per_agent_hour").value == 20
