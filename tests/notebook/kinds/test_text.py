"""A text cell shows what was typed, and the product's own questions in the reader's language."""

from cs_planning.language import use_language
from cs_planning.notebook.blocks.block import Markdown, Paragraph
from cs_planning.notebook.cells import made_words
from cs_planning.notebook.kinds.text import KIND, TextCell


def test_questions_that_the_product_wrote_in_english_are_read_in_japanese():
    with use_language("en"):
        cell = TextCell(id="questions", markdown=str(made_words.LEADERSHIP_QUESTIONS))
    (block,) = KIND.run(cell, None)
    assert isinstance(block, Paragraph)
    with use_language("ja"):
        assert str(block.words) == str(made_words.LEADERSHIP_QUESTIONS)
        assert "What would" not in str(block.words)


def test_what_was_typed_is_shown_as_it_was_typed():
    (block,) = KIND.run(TextCell(id="notes", markdown="**Agreed** with Elif"), None)
    assert block == Markdown(source="**Agreed** with Elif")
