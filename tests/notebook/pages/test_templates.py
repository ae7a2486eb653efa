"""What a template writes is in the language of each reader until somebody changes it."""

import pytest

from cs_planning.goals.goal import Goal, goal_from_fields
from cs_planning.goals.sentence import sentence_of
from cs_planning.language import use_language
from cs_planning.notebook.cells.made_words import as_made
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.pages.templates import TEMPLATES, made_title, shown_title


def written(template: str, language: str, goal: str = "") -> Page:
    """A page of a template, made by a reader of that language."""
    with use_language(language):
        return TEMPLATES[template].page(made_title(TEMPLATES[template], goal))


def own_words(page: Page) -> list[str]:
    """The titles and texts that the template put into its cells."""
    return [words for cell in page.cells for words in (cell.title, getattr(cell, "markdown", "")) if words]


@pytest.mark.parametrize("template", TEMPLATES)
def test_all_words_that_a_template_writes_are_known_as_the_products_own(template):
    english, japanese = written(template, "en"), written(template, "ja")
    assert own_words(english)
    with use_language("ja"):
        assert [str(as_made(words)) for words in own_words(english)] == own_words(japanese)
    with use_language("en"):
        assert [str(as_made(words)) for words in own_words(japanese)] == own_words(english)


def test_words_that_somebody_changed_stay_as_they_were_typed():
    assert as_made("Notes of Elif") is None
    assert as_made("") is None


def test_the_title_of_a_page_that_nobody_named_is_in_the_readers_language_and_keeps_the_goal_as_it_was_typed():
    page = written("quarterly_review", "en", goal="Answer phones sooner")
    with use_language("ja"):
        assert str(shown_title(page)) == f"{TEMPLATES['quarterly_review'].name} – Answer phones sooner"
        assert not str(shown_title(page)).startswith("Quarterly")
        assert shown_title(page.model_copy(update={"title": "Quarterly review of ours"})) == "Quarterly review of ours"


def test_the_title_of_a_japanese_page_is_english_for_an_english_reader():
    with use_language("en"):
        assert str(shown_title(written("audit", "ja"))) == "Audit report"


def drafted(language: str) -> Goal:
    """A goal whose title the product composed for a reader of that language."""
    fields = {"type": "satisfaction", "id": "g1", "series": "csat", "primary": 84.0, "deadline": "2027-06-30"}
    goal = goal_from_fields(fields)
    with use_language(language):
        return goal.model_copy(update={"title": str(sentence_of(goal))})


def test_a_composed_title_of_a_goal_is_read_in_the_readers_language_in_the_title_of_its_pages():
    goal = drafted("en")
    main, further = TEMPLATES["one_pager"].page(goal.title, goal=goal), written("quarterly_review", "en", goal=goal.title)
    with use_language("ja"):
        assert str(shown_title(main, goal)) == drafted("ja").title
        assert str(shown_title(further, goal)) == f"四半期レビュー – {drafted('ja').title}"
        typed = goal.model_copy(update={"title": "Happier customers"})
        assert shown_title(main, typed) == "Happier customers"
