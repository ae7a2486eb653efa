"""Slides as somebody shows them: a section on a slide, nothing over anything else, words with their marks."""

import io
from itertools import combinations
from typing import cast

import pytest
from pptx import Presentation

from cs_planning.exports import export
from cs_planning.exports.slide_text import Grid, height_of, markdown_parts
from cs_planning.exports.slide_text import Run as TextRun
from cs_planning.notebook.blocks.block import Block, Findings, Heading, Markdown, Paragraph
from tests.exports.block_samples import one_of_each, page_of, page_under_attack, page_with_all_cells

JAPANESE = "応答率の目標と一次解決率"


def deck_of(page, language="en"):
    return Presentation(io.BytesIO(export(page, "pptx", language)))


def overlap(first, second):
    return (
        min(first.left + first.width, second.left + second.width) - max(first.left, second.left) > 0
        and min(first.top + first.height, second.top + second.height) - max(first.top, second.top) > 0
    )


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_section_of_a_usual_page_has_one_slide(language):
    page = page_with_all_cells()
    headings = [slide.shapes.title.text_frame.text for slide in list(deck_of(page, language).slides)[1:]]
    assert len(headings) == len(page.for_readers)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("page", [page_with_all_cells, page_under_attack])
def test_nothing_lies_over_anything_else(page, language):
    for slide in deck_of(page(), language).slides:
        for first, second in combinations(slide.shapes, 2):
            assert not overlap(first, second), (first.name, second.name, slide.shapes.title)


def test_long_words_go_on_over_several_slides_and_none_is_lost():
    findings = one_of_each(JAPANESE)["findings"]
    assert isinstance(findings, Findings)
    blocks: tuple[Block, ...] = (
        Heading(words="Long"),
        Findings(items=findings.items * 12),
        *(Paragraph(words=f"Line {n} " * 40) for n in range(12)),
    )
    deck = deck_of(page_of(blocks))
    words = " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert all(f"Line {n} " in words for n in range(12))
    assert words.count(JAPANESE) >= 12
    assert len(deck.slides) > 3
    for slide in deck.slides:
        assert all(shape.top + shape.height <= deck.slide_height for shape in slide.shapes)


def test_markdown_becomes_lists_bold_words_and_native_tables():
    source = "Some **strong** words\n\n- one\n- two\n\n1. first\n\n| A | B |\n|---|---|\n| 1 | 2 |"
    parts = list(markdown_parts(source, 16))
    lines = ["".join(run.words for run in part) for part in parts if not isinstance(part, Grid)]
    assert lines == ["Some strong words", "• one", "• two", "1. first"]
    assert [run.words for run in cast(list[TextRun], parts[0]) if run.bold] == ["strong"]
    assert parts[-1] == Grid((("A", "B"), ("1", "2")))
    deck = deck_of(page_of((Markdown(source=source),)))
    assert any(shape.has_table for slide in deck.slides for shape in slide.shapes)


def test_japanese_words_take_twice_the_room_of_latin_ones():
    latin, japanese = (height_of([TextRun(words * 100, 12)], 300) for words in ("ab", "応答"))
    assert japanese == pytest.approx(2 * latin, rel=0.15)
