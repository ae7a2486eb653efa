"""Run pages for the exporters: one with every kind of cell, one with every kind of block, one full of attacks."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from cs_planning.goals.finding import Finding, Letter, Verdict
from cs_planning.language import text
from cs_planning.notebook.blocks import charts
from cs_planning.notebook.blocks.block import (
    Block,
    ColumnType,
    Findings,
    Heading,
    Image,
    Markdown,
    Metric,
    Metrics,
    Paragraph,
    ProblemBlock,
    TableBlock,
    TableColumn,
    Tone,
)
from cs_planning.notebook.blocks.target_lines import Line
from cs_planning.notebook.kinds.text import TextCell
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.run import RunPage, Section, run
from tests.notebook.sample_sources import PIXEL, TODAY, SampleSources, first_response, page_of_all_kinds

ATTACKS = (
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    '"><svg onload=window.hacked=1>',
    "' autofocus onfocus=window.hacked=1 x='",
    "[x](javascript:window.hacked=1)",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "</style><script>window.hacked=1</script>",
    "</title><script>window.hacked=1</script>",
    "<!--<script>",
    "{{7*7}}${7*7}",
    '=HYPERLINK("http://evil.example","x")',
    "+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\u2028\u2029\u202e\x00\x08",
    "#set page(fill: red); #panic()",
    "日本語と絵文字🙂",
)


@lru_cache(maxsize=1)
def page_with_all_cells() -> RunPage:
    return run(page_of_all_kinds(), SampleSources(), today=TODAY)


def one_of_each(words: str) -> dict[str, Block]:
    """A block of each kind that shows `words` wherever a user's words can stand."""
    table = TableBlock(
        columns=(
            TableColumn(name="word", label=words),
            TableColumn(name="count", label=text("Count {name}", name=words), type=ColumnType.NUMBER, digits=1),
            TableColumn(name="share", label="Share", type=ColumnType.SHARE),
            TableColumn(name="day", label="Day", type=ColumnType.DATE),
        ),
        rows=((words, 1234.5, 0.25, date(2026, 3, 1)), (text("{name}", name=words), None, None, None)),
        caption=words,
    )
    series = first_response("email")
    lines = (Line("primary", 80.0, words),)
    chart = charts.history(series, lines, events=(charts.ChartEvent(date(2025, 3, 1), words),))
    finding = Finding(
        letter=Letter.SPECIFIC,
        verdict=Verdict.FAIL,
        rule="r",
        message=text("{words}", words=words),
        suggestion=text("{words}", words=words),
    )
    metric = Metric(label=words, value=words, delta=words, tone=Tone.BAD, note=words)
    return {
        "heading": Heading(words=words),
        "paragraph": Paragraph(words=words),
        "markdown": Markdown(source=words),
        "metrics": Metrics(items=(metric, Metric(label="n", value="v"))),
        "table": table,
        "findings": Findings(items=(finding,)),
        "chart": chart.model_copy(update={"title": words, "subtitle": words}),
        "image": Image(data=PIXEL, media_type="image/png", alt=words, caption=words),
        "problem": ProblemBlock(message=words, hint=words),
    }


def page_of(blocks: tuple[Block, ...], words: str = "Page") -> RunPage:
    section = Section(cell="c1", kind="text", heading=words, blocks=blocks)
    page = Page(id="p1", title=words, cells=(TextCell(id="c1", title=words),))
    return RunPage(page=page, sections=(section,), today=TODAY, data_as_of=date(2026, 10, 31), seed=3)


@lru_cache(maxsize=1)
def page_under_attack() -> RunPage:
    everything = "\n".join(ATTACKS)
    single = [block for attack in ATTACKS for block in one_of_each(attack).values() if block.kind != "chart"]
    return page_of((*single, *one_of_each(everything).values()), everything[:250])
