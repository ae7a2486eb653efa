"""Slides as somebody shows them: a section on a slide, nothing over anything else, words with their marks."""

import io
from itertools import combinations
from typing import cast

import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches, Pt

from cs_planning.exports import export
from cs_planning.exports.pictures import as_png
from cs_planning.exports.slide_tables import CELL_MARGIN, column_widths
from cs_planning.exports.slide_text import Grid, clean, height_of, markdown_parts, width_of
from cs_planning.exports.slide_text import Run as TextRun
from cs_planning.exports.slide_words import message_and_topic
from cs_planning.notebook.blocks.block import (
    Block,
    Chart,
    ColumnType,
    Findings,
    Heading,
    Markdown,
    Metric,
    Metrics,
    Paragraph,
    TableBlock,
    TableColumn,
)
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


def section_of(heading, *blocks, kind="text"):
    return page_of(blocks).sections[0].model_copy(update={"heading": heading, "kind": kind})


STEPS = TableBlock(columns=(TableColumn(name="a", label="Step", type=ColumnType.TEXT),), rows=(("one",), ("two",)))


def test_the_title_of_a_slide_with_figures_is_what_they_say_and_its_topic_stands_above():
    figures = Metrics(items=(Metric(label="As it is", value="72 %"), Metric(label="With a bot", value="95 %")))
    message, topic = message_and_topic(section_of("What automation would change", figures), "What automation would change")
    assert message == "As it is: 72\u00a0% · With a bot: 95\u00a0%"
    assert topic == "What automation would change"


@pytest.mark.parametrize(
    ("heading", "blocks", "title"),
    [
        ("Plan", (STEPS,), ("Plan: 2 rows", "")),
        ("Rows", (STEPS,), ("2 rows", "Rows")),
        ("Notes", (Paragraph(words="Said"),), ("Notes", "")),
    ],
)
def test_the_title_counts_what_a_slide_holds_and_repeats_no_words(heading, blocks, title):
    assert message_and_topic(section_of(heading, *blocks), heading) == title


def test_a_number_and_its_percent_sign_stay_on_one_line():
    assert clean("72 % likely, 5 of 6") == "72\u00a0% likely, 5 of 6"


def test_a_day_of_a_table_stays_on_one_line_in_japanese_too():
    note = "キャンペーンの電話が予想を大きく上回り、折り返しがたまりました。" * 4
    day, _note = column_widths(["日付", "メモ"], [["2026年11月10日", note]], 12.0, int(Inches(6)))
    # Eleven signs, three of them as wide as tall, and a quarter of their size between each figure and Japanese sign.
    assert (day - 2 * CELL_MARGIN) / Pt(1) >= width_of("2026年11月10日", 12.0) + 5 * 12.0 / 4


def test_one_row_more_than_a_slide_holds_makes_the_letters_smaller_and_no_further_slide():
    table = STEPS.model_copy(update={"rows": tuple((f"Row {n}",) for n in range(14))})
    deck = deck_of(page_of((table,)))
    assert sum(shape.has_table for slide in deck.slides for shape in slide.shapes) == 1
    many = STEPS.model_copy(update={"rows": tuple((f"Row {n}",) for n in range(60))})
    assert sum(shape.has_table for slide in deck_of(page_of((many,))).slides for shape in slide.shapes) > 2


def test_a_chart_is_as_high_as_its_place():
    chart = one_of_each("x")["chart"]
    assert isinstance(chart, Chart)
    drawn = [Image.open(io.BytesIO(as_png(chart, "en", width=600, height=height, scale=1.0))).height for height in (200, 400)]
    assert drawn[1] - drawn[0] == 200


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


@pytest.mark.parametrize(("with_figures", "charts"), [(False, [2, 1]), (True, [1, 2])])
def test_many_charts_stand_on_as_few_slides_as_they_fill_with_the_table_beside_the_last(with_figures, charts):
    samples = one_of_each("Anything")
    chart, table = samples["chart"], samples["table"]
    assert isinstance(chart, Chart)
    named = [chart.model_copy(update={"title": f"Chart {n}", "alt": f"Said of chart {n}."}) for n in range(3)]
    figures = (samples["metrics"],) if with_figures else ()
    slides = list(deck_of(page_of((*figures, *named, table))).slides)[1:]
    assert [sum(shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in slide.shapes) for slide in slides] == charts
    assert [any(shape.has_table for shape in slide.shapes) for slide in slides] == [False, True]
    for slide in slides:
        assert all(shape.top + shape.height <= Inches(7.5) for shape in slide.shapes)


def test_a_slide_of_a_chart_is_called_by_what_the_chart_says_and_says_it_once():
    chart = one_of_each("x")["chart"]
    assert isinstance(chart, Chart)
    said = "Waits fell from 80 s to 60 s."
    slide = list(deck_of(page_of((chart.model_copy(update={"alt": said}),), "Waits")).slides)[1]
    words = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert slide.shapes.title.text_frame.text == clean(said)
    assert words.count(clean(said)) == 1


def test_two_narrow_columns_are_not_drawn_apart_over_a_whole_slide():
    widths = column_widths(["Probability", "Target"], [["80 %", "79.2"]], 12.0, int(Inches(12)))
    assert sum(widths) < Inches(6)
