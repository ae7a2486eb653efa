"""Amounts on the pages are in the currency of the workspace."""

import io
import re
import zipfile
from datetime import date

import pytest

from cs_planning.exports import export
from cs_planning.kpis.catalogue import Unit
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import use_language
from cs_planning.workspace import Home, Workspace
from tests.pages.looking import at, metrics, unfolded, words

TODAY = date(2026, 11, 10)
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
    assert not any("$" in value for value in metrics(app).values())
    prices = unfolded(app, "containment").number_input
    assert [one.value for one in prices if one.key.endswith("price_per_resolution")] == [150]


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


PAGES = (
    "pages/home.py",
    "pages/data_quality.py",
    "pages/draft_goal.py",
    "pages/plan.py",
    "pages/review.py",
    "pages/forecast.py",
    WHAT_IF,
    "pages/compare.py",
    "pages/audit.py",
    "pages/alignment.py",
    SETTINGS,
)
OTHER_MONEY = re.compile(r"(?<!\\)\$(?=[\d\s.,])|\d ?\$|€|USD|(?<!米)ドル|dollars?")
CHOICES = re.compile(r"[A-Z]{3} – [^·|]*")


@pytest.fixture(scope="module")
def japanese(sample_copy, tmp_path_factory):
    """The sample team of Japanese readers."""
    folder = sample_copy(tmp_path_factory.mktemp("japanese"), "ja")
    opened = Workspace.open(Home.at(folder))
    yield opened, folder
    opened.close()


def everything(app) -> str:
    """Every word and value on a page; what a menu of currencies offers and what a lever cites as its source left out."""
    said = [words(app), *metrics(app).values()]
    said += [str(table.value.to_csv()) for kind in ("table", "dataframe") for table in getattr(app, kind)]
    said += [str(field.value) for kind in ("text_input", "text_area", "number_input") for field in getattr(app, kind)]
    return CHOICES.sub("", " · ".join(said)).replace("$schema", "")


@pytest.mark.parametrize("script", PAGES)
def test_no_page_of_the_japanese_sample_team_shows_another_money(open_app, japanese, script):
    app = at(open_app, japanese[1], script, lang="ja")
    assert not app.exception
    said = everything(app)
    found = OTHER_MONEY.search(said)
    assert found is None, said[max(found.start() - 60, 0) : found.end() + 60]


def test_the_japanese_sample_team_counts_in_yen(open_app, japanese):
    assert "円" in everything(at(open_app, japanese[1], WHAT_IF, lang="ja"))
    costs = {str(info.key): info.kpi.currency for info in japanese[0].data.series_list() if info.kpi.unit is Unit.MONEY}
    assert costs == {"cost_per_contact": "JPY", "service_cost": "JPY"}
    monthly = japanese[0].data.series("cost_per_contact", Frequency.MONTH).values
    assert 600 < monthly.min() <= monthly.max() < 900


def texts_in(content: bytes) -> str:
    """The words of an Office file or of a text."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist() if name.endswith(".xml")]
    return " ".join(found for part in parts for found in re.findall(r"<(?:a:t|t|v)\b[^>]*>([^<]*)<", part))


@pytest.mark.parametrize("format", ["md", pytest.param("pptx", marks=pytest.mark.load), "xlsx"])
def test_no_export_of_the_japanese_sample_team_holds_another_money(japanese, format):
    opened = japanese[0]
    with use_language("ja"):
        for goal in opened.planning.goals():
            made = opened.pages.run(opened.pages.page_of(goal), TODAY)
            said = texts_in(export(made, format, "ja"))
            found = OTHER_MONEY.search(said)
            assert found is None, said[max(found.start() - 60, 0) : found.end() + 60]
            if goal.series == "cost_per_contact":
                assert "円" in said
