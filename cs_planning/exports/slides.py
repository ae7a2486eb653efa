"""A run page as slides: native text and tables, charts as sharp pictures, one section after the other."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Length, Pt

from cs_planning.exports.facts import SIGNS, facts_of, maker_of, title_of, verdict_of
from cs_planning.exports.pictures import as_png
from cs_planning.goals.finding import Verdict
from cs_planning.language import gettext, text, use_language
from cs_planning.notebook.blocks import (
    Block,
    Chart,
    Findings,
    Heading,
    Image,
    Markdown,
    Metric,
    Metrics,
    Paragraph,
    Problem,
    Table,
    Tone,
    Words,
    shown,
)
from cs_planning.notebook.markdown import as_plain
from cs_planning.notebook.run import RunPage, Section

_INK, _MUTED, _RAISED, _LINE = "1D252D", "52606D", "F3F5F7", "CBD2D9"
_TONES = {Tone.GOOD: "1C7A4B", Tone.BAD: "B3352B", Tone.NEUTRAL: _INK}
_VERDICTS = {Verdict.PASS: "1C7A4B", Verdict.WARN: "9A5B00", Verdict.FAIL: "B3352B"}
_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_LEFT, _TOP, _RIGHT, _BOTTOM = Inches(0.7), Inches(1.35), Inches(12.633), Inches(6.95)
_ROWS_A_SLIDE = 13
_SMALLEST_CHART = Inches(2.5)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_pptx(page: RunPage, *, language: str) -> bytes:
    """The page as a PPTX file, 16:9.

    Args:
        page: a run page; hidden cells are left out, long tables go on over several slides.
        language: of everything that users did not write.
    """
    with use_language(language):
        deck = Presentation()
        deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
        deck.core_properties.title = _clean(title_of(page))[:250]
        deck.core_properties.comments = _clean(maker_of(page))
        _Deck(deck, language).write(page)
        written = io.BytesIO()
        deck.save(written)
    return written.getvalue()


def _color(hexadecimal: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(hexadecimal))  # type: ignore[no-untyped-call]


def _clean(words: Words) -> str:
    return _ILLEGAL.sub("", str(words)).replace("\u2028", " ").replace("\u2029", " ")


@dataclass(frozen=True)
class _Run:
    """A piece of text in one look; `size` in points."""

    words: str
    size: float = 16
    bold: bool = False
    color: str = _INK


class _Deck:
    """Places blocks from top to bottom and begins a new slide when one is full."""

    def __init__(self, deck: Any, language: str) -> None:
        self._deck = deck
        self._language = language
        self._slide: Any = None
        self._heading = ""
        self._y = int(_TOP)

    def write(self, page: RunPage) -> None:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[6])
        facts = " · ".join(str(fact) for fact in facts_of(page))
        title = [[_Run(_clean(title_of(page)), 40, bold=True)], [_Run(_clean(facts), 16, color=_MUTED)]]
        self._text(slide, title, Inches(0.9), Inches(2.4), Inches(11.5), Inches(2.5))
        for section in page.for_readers:
            self._section(section)

    def _section(self, section: Section) -> None:
        if not section.blocks:
            return
        self._begin(_clean(section.heading) or gettext("Notes"))
        for block in section.blocks:
            self._block(block)

    def _begin(self, heading: str) -> None:
        self._heading = heading
        self._slide = self._deck.slides.add_slide(self._deck.slide_layouts[5])
        title = self._slide.shapes.title
        title.left, title.top, title.width, title.height = _LEFT, Inches(0.4), _RIGHT - _LEFT, Inches(0.75)
        title.text_frame.word_wrap = True
        title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        self._runs(title.text_frame.paragraphs[0], [_Run(heading[:200], 26, bold=True)])
        title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        self._y = int(_TOP)

    def _room(self, height: int) -> None:
        """Begins another slide of the section when `height` does not fit below what is there."""
        if self._y + height > int(_BOTTOM) and self._y > int(_TOP):
            self._begin(self._heading)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._room(int(Inches(1.2)))
                self._paragraph([_Run(_clean(block.words), 18, bold=True)])
            case Paragraph():
                self._paragraph([_Run(_clean(block.words))])
            case Markdown():
                for line in as_plain(block.source).splitlines():
                    self._paragraph([_Run(_clean(line))])
            case Metrics():
                for start in range(0, len(block.items), 4):
                    self._metrics(block.items[start : start + 4])
            case Table():
                self._table(block)
            case Findings():
                for finding in block.items:
                    suggestion = f" {finding.suggestion}" if finding.suggestion is not None else ""
                    verdict = f"{SIGNS[finding.verdict]} {verdict_of(finding)}: "
                    color = _VERDICTS[finding.verdict]
                    message = _clean(f"{finding.message}{suggestion}")
                    self._paragraph([_Run(_clean(verdict), 14, bold=True, color=color), _Run(message, 14)])
            case Chart():
                self._chart(block)
            case Image():
                self._picture(block)
            case Problem():
                hint = _clean(block.hint) if block.hint is not None else ""
                self._paragraph([_Run(_clean(block.message) + " ", bold=True, color=_TONES[Tone.BAD]), _Run(hint)])

    def _paragraph(self, runs: Sequence[_Run]) -> None:
        for part in _in_pieces(runs):
            lines = sum(len(line) * 1.0 // (1500 / run.size) + 1 for run in part for line in run.words.split("\n"))
            height = int(Pt(max(run.size for run in part) * 1.35) * max(1, lines - len(part) + 1) + Pt(6))
            self._room(height)
            self._text(self._slide, [part], _LEFT, Emu(self._y), Emu(_RIGHT - _LEFT), Emu(height))
            self._y += height

    def _metrics(self, items: Sequence[Metric]) -> None:
        height, gap = Inches(1.35), Inches(0.15)
        self._room(int(height))
        width = int((_RIGHT - _LEFT - gap * (len(items) - 1)) / len(items))
        for place, item in enumerate(items):
            left = Emu(int(_LEFT) + place * (width + int(gap)))
            box = self._slide.shapes.add_shape(1, left, Emu(self._y), Emu(width), height)
            box.fill.solid()
            box.fill.fore_color.rgb = _color(_RAISED)
            box.line.fill.background()
            box.shadow.inherit = False
            tone = _TONES[item.tone]
            lines = [[_Run(_clean(item.label)[:90], 12, color=_MUTED)]]
            lines.append([_Run(_clean(item.value)[:60], 24, bold=True, color=_INK if item.delta is not None else tone)])
            if item.delta is not None:
                lines.append([_Run(_clean(item.delta)[:90], 12, bold=True, color=tone)])
            if item.note is not None:
                lines.append([_Run(_clean(item.note)[:140], 11, color=_MUTED)])
            self._fill(box.text_frame, lines)
        self._y += int(height) + int(Inches(0.2))

    def _table(self, table: Table) -> None:
        if table.pairs:
            table = _side_by_side(table)
        if table.caption is not None:
            self._room(int(Inches(0.36)) * (min(len(table.rows), _ROWS_A_SLIDE) + 2))
            self._paragraph([_Run(_clean(table.caption), 14, bold=True)])
        heads = [_clean(column.label) for column in table.columns]
        rows = [[_clean(shown(value, column)) for value, column in zip(row, table.columns, strict=True)] for row in table.rows]
        for start in range(0, max(len(rows), 1), _ROWS_A_SLIDE):
            self._part_of_table(table, heads, rows[start : start + _ROWS_A_SLIDE])

    def _part_of_table(self, table: Table, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        row_height = Inches(0.36)
        height = int(row_height) * (len(rows) + 1)
        self._room(height)
        frame = self._slide.shapes.add_table(len(rows) + 1, len(heads), _LEFT, Emu(self._y), _RIGHT - _LEFT, Emu(height))
        grid = frame.table
        longest = [max([len(head) * 0.9, 9, *(min(len(row[place]), 60) for row in rows)]) for place, head in enumerate(heads)]
        for place, share in enumerate(longest):
            grid.columns[place].width = Emu(int((_RIGHT - _LEFT) * share / sum(longest)))
        for number, row in enumerate([heads, *rows]):
            grid.rows[number].height = row_height
            for place, words in enumerate(row):
                self._cell(grid.cell(number, place), words, head=number == 0, right=table.columns[place].type.is_number)
        self._y += height + int(Inches(0.2))

    def _cell(self, cell: Any, words: str, *, head: bool, right: bool) -> None:
        cell.fill.solid()
        cell.fill.fore_color.rgb = _color(_RAISED if head else "FFFFFF")
        cell.margin_top = cell.margin_bottom = Pt(3)
        paragraph = cell.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        self._runs(paragraph, [_Run(words[:400], 12, bold=head, color=_MUTED if head else _INK)])

    def _chart(self, chart: Chart) -> None:
        around = int(Inches(1.2))
        self._room(around + int(_SMALLEST_CHART))
        height = min(int(Inches(4.6)), int(_BOTTOM) - self._y - around)
        self._paragraph([_Run(_clean(chart.title), 16, bold=True)])
        picture = self._slide.shapes.add_picture(io.BytesIO(as_png(chart, self._language, width=1000)), _LEFT, Emu(self._y))
        ratio = min((_RIGHT - _LEFT) / picture.width, height / picture.height)
        picture.width, picture.height = Emu(int(picture.width * ratio)), Emu(int(picture.height * ratio))
        self._describe(picture, str(chart.alt))
        self._y += int(picture.height) + int(Pt(4))
        self._paragraph([_Run(_clean(chart.alt), 12, color=_MUTED)])

    def _picture(self, image: Image) -> None:
        height = Inches(4.5)
        if image.media_type == "image/webp":
            self._paragraph([_Run(_clean(text("Picture: {alt}", alt=image.alt)), color=_MUTED)])
            return
        self._room(int(height))
        try:
            picture = self._slide.shapes.add_picture(io.BytesIO(image.data), _LEFT, Emu(self._y))
        except Exception:
            self._paragraph([_Run(_clean(text("Picture: {alt}", alt=image.alt)), color=_MUTED)])
            return
        ratio = min(1.0, (_RIGHT - _LEFT) / picture.width, height / picture.height)
        picture.width, picture.height = Emu(int(picture.width * ratio)), Emu(int(picture.height * ratio))
        self._describe(picture, str(image.alt))
        self._y += int(picture.height) + int(Pt(8))
        if image.caption:
            self._paragraph([_Run(_clean(image.caption), 12, color=_MUTED)])

    def _describe(self, picture: Any, words: str) -> None:
        picture._element.nvPicPr.cNvPr.set("descr", _clean(words))

    def _text(
        self, slide: Any, lines: Sequence[Sequence[_Run]], left: Length, top: Length, width: Length, height: Length
    ) -> None:
        self._fill(slide.shapes.add_textbox(left, top, width, height).text_frame, lines)

    def _fill(self, frame: Any, lines: Sequence[Sequence[_Run]]) -> None:
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = Inches(0.12)
        frame.margin_top = frame.margin_bottom = Pt(2)
        frame.vertical_anchor = MSO_ANCHOR.TOP
        for number, runs in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.LEFT
            self._runs(paragraph, runs)

    def _runs(self, paragraph: Any, runs: Sequence[_Run]) -> None:
        for piece in runs:
            run = paragraph.add_run()
            run.text = piece.words
            run.font.size, run.font.bold = Pt(piece.size), piece.bold
            run.font.color.rgb = _color(piece.color)


def _in_pieces(runs: Sequence[_Run], most: int = 1200) -> Iterator[list[_Run]]:
    """The runs as they are, or, when they are longer than a slide, cut into pieces that fit."""
    if sum(len(run.words) for run in runs) <= most:
        yield list(runs)
        return
    for run in runs:
        for start in range(0, len(run.words), most):
            yield [_Run(run.words[start : start + most], run.size, run.bold, run.color)]


def _side_by_side(table: Table) -> Table:
    """Names and values in two columns of each, so that a slide holds twice as many."""
    name, value = table.columns
    half = (len(table.rows) + 1) // 2
    left, right = table.rows[:half], (*table.rows[half:], (None, None))[:half]
    again = tuple(column.model_copy(update={"name": f"{column.name}2"}) for column in (name, value))
    rows = tuple((*first, *second) for first, second in zip(left, right, strict=True))
    return Table(columns=(name, value, *again), rows=rows, caption=table.caption)
