import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cs_planning.exports import export
from cs_planning.exports.markdown_file import block_lines, escaped, table_lines
from cs_planning.kpis.catalogue import kpi_named
from cs_planning.kpis.quantity import quantity
from cs_planning.language import Money, Text, text
from cs_planning.notebook.blocks.block import (
    ColumnType,
    Heading,
    Metric,
    Metrics,
    Paragraph,
    ProblemBlock,
    TableBlock,
    TableColumn,
)
from tests.exports.block_samples import page_of

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
signs = st.text(st.sampled_from("ab1 9.)-+*_`~#<>&;|[](){}!\\$=/:x\n"), min_size=1, max_size=24)


def shown(markdown):
    """The words that a reader sees, and the kinds of what holds them."""
    tokens = READER.parse(markdown)
    words, kinds = [], set()
    for token in tokens:
        kinds.add(token.type)
        for child in token.children or ():
            kinds.add(child.type)
            words.append("\n" if child.type in {"softbreak", "hardbreak"} else child.content)
    return " ".join("".join(words).split()), kinds


def one_line(words):
    return " ".join(words.split())


@given(signs)
@example("|\n:-")
@example("|a|b|\n-:|:-")
def test_a_paragraph_is_read_as_it_was_written(words):
    seen, kinds = shown(escaped(words))
    assert re.sub(r"\s", "", seen) == re.sub(r"\s", "", words)
    assert kinds <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak", "hardbreak"}


@given(signs.filter(str.strip))
def test_a_heading_is_read_as_it_was_written(words):
    seen, kinds = shown(block_lines(Heading(words=words, level=2)))
    assert seen == one_line(words)
    assert kinds <= {"heading_open", "heading_close", "inline", "text", "text_special"}


@given(signs.filter(str.strip))
def test_a_number_in_large_type_keeps_its_label_and_value(words):
    seen, _ = shown(block_lines(Metrics(items=(Metric(label=words, value="67.5"),))))
    assert seen == f"{one_line(words)}: 67.5"


@given(signs.filter(str.strip), signs.filter(str.strip))
def test_the_cells_of_a_table_stay_cells(first, second):
    columns = (TableColumn(name="a", label="A"), TableColumn(name="b", label="B"))
    html = READER.render(table_lines(TableBlock(columns=columns, rows=((first, second),))))
    cells = re.findall(r"<td>(.*?)</td>", html, re.DOTALL)
    assert len(cells) == 2
    assert not any("<" in cell for cell in cells)


@pytest.mark.parametrize(
    "words",
    ["67.5", "-3.2", "+3.2 %", "$430.64", "$4.20 to $5.10", "~5 min", "< 1 %", "> 80 %", "R&D", "5 * 3", "No. #3", "first_open",
     "1.5", "225.3万円（悪化）", "2026-11-30", "A! B"],
)  # fmt: skip
def test_harmless_signs_stay_as_they_are(words):
    columns = (TableColumn(name="a", label="A"),)
    assert table_lines(TableBlock(columns=columns, rows=((words,),))).splitlines()[-1] == f"| {words} |"
    if not words.startswith(">"):
        assert block_lines(Paragraph(words=words)) == words


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_cell_of_a_number_has_a_backslash(language):
    columns = (
        TableColumn(name="day", label="Month", type=ColumnType.DATE),
        TableColumn(name="n", label="N", type=ColumnType.NUMBER),
        TableColumn(name="s", label="S", type=ColumnType.SHARE),
        TableColumn(name="m", label="M"),
        TableColumn(name="q", label="Q"),
    )
    rows = [
        (date(2026, 1, 1), value, value / 1e4, Money(amount=value, currency=currency), quantity(value, kpi_named(kpi)))
        for value in (-1234567.8, -3.2, 0.0, 0.04, 67.5, 2253000.0)
        for currency in ("USD", "JPY", "EUR")
        for kpi in ("frt_median", "csat", "cost_per_contact")
    ]
    written = export(page_of((TableBlock(columns=columns, rows=tuple(rows)),)), "md", language).decode()
    assert "\\" not in written


def test_a_list_a_heading_and_a_quotation_are_not_begun_by_words():
    for words, sign in (("1. one", "1\\."), ("- one", "\\-"), ("# one", "\\#"), ("> one", "\\>"), ("2) one", "2\\)")):
        assert escaped(words).startswith(sign)
    assert block_lines(ProblemBlock(message=Text(source="1. one"))) == "> **1. one**"
    assert escaped(text("{value}", value=1.5)) == "1.5"
