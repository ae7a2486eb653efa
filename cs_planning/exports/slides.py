"""A run page as slides: native text and tables, charts as sharp pictures, one slide for each section.

A section with a chart stands in two columns, the chart beside its numbers; only what does not fit goes on to another slide.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from cs_planning.exports.facts import facts_of, maker_of, title_of
from cs_planning.exports.pictures import as_png
from cs_planning.exports.slide_tables import CELL_MARGIN, column_widths, row_height, rows_that_fit, shortened, side_by_side
from cs_planning.exports.slide_text import INK, MUTED, Grid, Run, clean, height_of, in_pieces, markdown_parts
from cs_planning.exports.slide_words import gap_below, lines_of, message_and_topic, metric_lines
from cs_planning.language import gettext, text, use_language
from cs_planning.notebook.blocks.block import (
    Block,
    Chart,
    Findings,
    Heading,
    Image,
    Markdown,
    Metric,
    Metrics,
    Paragraph,
    ProblemBlock,
    TableBlock,
    shown,
)
from cs_planning.notebook.run import RunPage, Section

_RAISED = "F3F5F7"
_LATIN_FONT, _JAPANESE_FONT = "Aptos", "Yu Gothic"
_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_LEFT, _TOP, _RIGHT, _BOTTOM = int(Inches(0.7)), int(Inches(1.3)), int(Inches(12.633)), int(Inches(6.9))
_GAP = int(Inches(0.3))
_CHART_SHARE, _CHART_BESIDE_TABLE, _PAIRS_SHARE = 0.62, 0.5, 0.32
_WIDE_TABLE = 4
_SMALLEST_TEXT = 10.0
_ROWS_A_SLIDE, _FEW_ROWS = 13, 2
_SMALLEST_CHART = int(Inches(1.8))
_METRICS_HEIGHT = int(Inches(1.15))
_CHARTS_A_SLIDE = 2
_PIXELS_AN_INCH = 84
_TITLE_TOP, _TITLE_HEIGHT, _TOPIC_TOP = int(Inches(0.5)), int(Inches(0.72)), int(Inches(0.2))
_TITLE_SIZES = (26, 24, 22, 20, 18)


def to_pptx(page: RunPage, *, language: str) -> bytes:
    """The page as a PPTX file, 16:9.

    Args:
        page: a run page; hidden cells are left out, long tables go on over several slides.
        language: of everything that users did not write.
    """
    with use_language(language):
        deck = Presentation()
        deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
        deck.core_properties.title = clean(title_of(page))[:250]
        deck.core_properties.comments = clean(maker_of(page))
        _name_fonts(deck)
        _Deck(deck, language, clean(page.title or title_of(page))).write(page)
        written = io.BytesIO()
        deck.save(written)
    return written.getvalue()


def _name_fonts(deck: Any) -> None:
    """Lets the theme write with fonts of today; programs without them take their own."""
    for relation in deck.slide_master.part.rels.values():
        if relation.reltype.endswith("/theme"):
            theme = relation.target_part
            named = theme.blob.replace(b'<a:latin typeface="Calibri"/>', f'<a:latin typeface="{_LATIN_FONT}"/>'.encode())
            theme._blob = named.replace(b'<a:ea typeface=""/>', f'<a:ea typeface="{_JAPANESE_FONT}"/>'.encode())


def _color(hexadecimal: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(hexadecimal))  # type: ignore[no-untyped-call]


class _Deck:
    """Places blocks from top to bottom of a column, and begins a new slide when one is full."""

    def __init__(self, deck: Any, language: str, title: str) -> None:
        self._deck = deck
        self._language = language
        self._title = title
        self._slide: Any = None
        self._topic = ""
        self._numbered = 1
        self._left, self._right, self._y, self._size = _LEFT, _RIGHT, _TOP, 16.0

    def write(self, page: RunPage) -> None:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[6])
        facts = " · ".join(str(fact) for fact in facts_of(page))
        title = [[Run(self._title, 40, bold=True)], [Run(clean(facts), 16, color=MUTED)]]
        self._text(slide, title, Inches(0.9), Inches(2.4), Inches(11.5), Inches(2.5))
        for section in page.for_readers:
            self._section(section)

    def _section(self, section: Section) -> None:
        if not section.blocks:
            return
        self._topic = clean(section.heading) or gettext("Notes")
        self._begin(*message_and_topic(section, self._topic))
        blocks = list(section.blocks)
        charts = [block for block in blocks if isinstance(block, Chart)]
        pairs = [block for block in blocks if isinstance(block, TableBlock) and block.pairs]
        if charts and len(charts) <= _CHARTS_A_SLIDE:
            self._with_charts(blocks, charts)
        elif len(pairs) == 1 and not charts:
            above = [block for block in blocks if isinstance(block, Metrics)]
            beside = [block for block in blocks if block not in (*above, *pairs)]
            self._in_columns(above, pairs, beside, share=_PAIRS_SHARE, size=12.0)
        else:
            for block in blocks:
                self._block(block)

    def _with_charts(self, blocks: Sequence[Block], charts: Sequence[Chart]) -> None:
        above = [block for block in blocks if isinstance(block, Metrics)]
        beside = [block for block in blocks if not isinstance(block, Metrics | Chart)]
        wide = any(isinstance(block, TableBlock) and len(block.columns) >= _WIDE_TABLE for block in beside)
        share = (_CHART_BESIDE_TABLE if wide else _CHART_SHARE) if beside else 1.0
        self._in_columns(above, charts, beside, share=share, size=12.0 if wide else 13.0)

    def _in_columns(
        self, above: Sequence[Block], left: Sequence[Block], right: Sequence[Block], *, share: float, size: float
    ) -> None:
        for block in above:
            self._block(block)
        top, slide = self._y, self._slide
        self._right = _LEFT + int((_RIGHT - _LEFT) * share) - (_GAP if right else 0)
        self._size = size if right else 16.0
        for rank, block in enumerate(left):
            if isinstance(block, Chart):
                self._chart(block, (_BOTTOM - self._y) // (len(left) - rank))
            else:
                self._block(block)
        if right and self._slide is slide:
            self._left, self._right, self._y = self._right + _GAP, _RIGHT, top
            self._size = self._fitting_size(right, size)
        for block in right:
            self._block(block)

    def _fitting_size(self, blocks: Sequence[Block], size: float) -> float:
        """`size`, or a smaller one at which the words of `blocks` fit below; the smallest when none does."""
        texts = [block for block in blocks if isinstance(block, Heading | Paragraph | Findings | ProblemBlock | Markdown)]
        room = (_BOTTOM - self._y) / Pt(1)
        while size > _SMALLEST_TEXT and len(texts) == len(blocks):
            heights = [height_of(runs, self._points) + gap_below(size) for block in texts for runs in lines_of(block, size)]
            if sum(heights) <= room:
                break
            size -= 0.5
        return size

    def _begin(self, message: str, topic: str = "") -> None:
        """Begins a slide with what it says as its title, and what it is about in small letters above."""
        self._numbered += 1
        self._slide = self._deck.slides.add_slide(self._deck.slide_layouts[5])
        title = self._slide.shapes.title
        title.left, title.top, title.width, title.height = _LEFT, _TITLE_TOP, _RIGHT - _LEFT, _TITLE_HEIGHT
        title.text_frame.word_wrap = True
        title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        self._left, self._right, self._y, self._size = _LEFT, _RIGHT, _TOP, 16.0
        sizes = ([Run(message[:200], size, bold=True)] for size in _TITLE_SIZES)
        fitting = (runs for runs in sizes if height_of(runs, self._points) <= _TITLE_HEIGHT / Pt(1))
        self._runs(title.text_frame.paragraphs[0], next(fitting, [Run(message[:200], _TITLE_SIZES[-1], bold=True)]))
        title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        if topic:
            above = [[Run(topic[:120], 11, color=MUTED)]]
            self._text(self._slide, above, _LEFT, _TOPIC_TOP, _RIGHT - _LEFT, _TITLE_TOP - _TOPIC_TOP)
        foot = [[Run(f"{self._title[:120]}  ·  {self._numbered}", 10, color=MUTED)]]
        self._text(self._slide, foot, _LEFT, Inches(7.05), _RIGHT - _LEFT, Inches(0.3))

    @property
    def _points(self) -> float:
        """The width of the column in points, without its margins."""
        return (self._right - self._left) / Pt(1) - 20

    def _room(self, height: int, about: str = "") -> None:
        """Begins another slide of the section when `height` does not fit below what is there, called by what follows."""
        if self._y + height > _BOTTOM and self._y > _TOP:
            self._go_on(about)

    def _go_on(self, about: str = "") -> None:
        if about:
            self._begin(about, self._topic)
        else:
            self._begin(str(text("{section}, continued", section=self._topic)))

    def _block(self, block: Block) -> None:
        match block:
            case Heading() | Paragraph() | Findings() | ProblemBlock():
                for runs in lines_of(block, self._size):
                    self._paragraph(runs)
            case Markdown():
                for part in markdown_parts(block.source, self._size):
                    if isinstance(part, Grid):
                        self._grid(part.rows[0], part.rows[1:], [False] * len(part.rows[0]))
                    elif part:
                        self._paragraph(part)
            case Metrics():
                for start in range(0, len(block.items), 4):
                    self._metrics(block.items[start : start + 4])
            case TableBlock():
                self._table(block)
            case Chart():
                slide = self._slide
                self._room(_SMALLEST_CHART + int(Inches(1.2)), clean(block.title))
                self._chart(block, _BOTTOM - self._y, is_titled=self._slide is not slide)
            case Image():
                self._picture(block)

    def _paragraph(self, runs: Sequence[Run]) -> None:
        for part in in_pieces(runs, self._points, (_BOTTOM - _TOP) / Pt(1) - 10):
            height = int(Pt(height_of(part, self._points) + gap_below(self._size)))
            self._room(height)
            self._text(self._slide, [part], self._left, self._y, self._right - self._left, height)
            self._y += height

    def _metrics(self, items: Sequence[Metric]) -> None:
        gap = int(Inches(0.15))
        self._room(_METRICS_HEIGHT)
        width = (self._right - self._left - gap * (len(items) - 1)) // len(items)
        for place, item in enumerate(items):
            left = self._left + place * (width + gap)
            box = self._slide.shapes.add_shape(1, Emu(left), Emu(self._y), Emu(width), Emu(_METRICS_HEIGHT))
            box.fill.solid()
            box.fill.fore_color.rgb = _color(_RAISED)
            box.line.fill.background()
            box.shadow.inherit = False
            self._fill(box.text_frame, metric_lines(item, width / Pt(1) - 20), anchor=MSO_ANCHOR.MIDDLE)
        self._y += _METRICS_HEIGHT + int(Inches(0.15))

    def _table(self, table: TableBlock) -> None:
        narrow = self._right - self._left < (_RIGHT - _LEFT) * 0.7
        if table.pairs and not narrow:
            table = side_by_side(table)
        if table.caption is not None:
            self._room(int(Inches(0.36)) * (min(len(table.rows), _ROWS_A_SLIDE) + 2))
            self._paragraph([Run(clean(table.caption), min(self._size, 14.0), bold=True)])
        heads = [clean(column.label) for column in table.columns]
        rows = [[clean(shown(value, column)) for value, column in zip(row, table.columns, strict=True)] for row in table.rows]
        self._grid(heads, rows, [column.type.is_number for column in table.columns])

    def _grid(self, heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> None:
        """A native table, cut where a slide is full."""
        size = 12.0 if self._size > 14 else 10.0
        rest = [[words[:400] for words in row] for row in rows]
        while True:
            widths = column_widths(heads, rest or [heads], size, self._right - self._left)
            heads, *rest = (shortened(row, widths, size, most=(_BOTTOM - _TOP) // 3) for row in (heads, *rest))
            heights = [row_height(row, widths, size) for row in [heads, *rest]]
            fitting = rows_that_fit(heights, _BOTTOM - self._y)
            if size > _SMALLEST_TEXT and 0 < len(rest) - min(fitting, _ROWS_A_SLIDE) <= _FEW_ROWS:
                size = _SMALLEST_TEXT  # a slide for one row more says less than smaller letters
                continue
            if fitting < len(rest) and fitting < min(len(rest), 3) and self._y > _TOP:
                self._go_on()
                size = 12.0
                continue
            most = _ROWS_A_SLIDE if size > 10 else 2 * _ROWS_A_SLIDE
            taken = max(1, min(fitting, most)) if rest else 0
            self._part_of_table([heads, *rest[:taken]], widths, heights[: taken + 1], right, size)
            rest = rest[taken:]
            if not rest:
                return
            self._go_on()
            size = 12.0

    def _part_of_table(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        heights: Sequence[int],
        right: Sequence[bool],
        size: float,
    ) -> None:
        height = sum(heights)
        shape = self._slide.shapes.add_table(
            len(rows), len(widths), Emu(self._left), Emu(self._y), Emu(sum(widths)), Emu(height)
        )
        for place, width in enumerate(widths):
            shape.table.columns[place].width = Emu(width)
        for number, row in enumerate(rows):
            shape.table.rows[number].height = Emu(heights[number])
            for place, words in enumerate(row):
                self._cell(shape.table.cell(number, place), words, size, head=number == 0, right=right[place])
        self._y += height + int(Inches(0.18))

    def _cell(self, cell: Any, words: str, size: float, *, head: bool, right: bool) -> None:
        cell.fill.solid()
        cell.fill.fore_color.rgb = _color(_RAISED if head else "FFFFFF")
        cell.margin_top = cell.margin_bottom = Pt(3 if size > 10 else 2)
        cell.margin_left = cell.margin_right = Emu(CELL_MARGIN)
        cell.text_frame.word_wrap = True
        paragraph = cell.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        self._runs(paragraph, [Run(words, size, bold=head, color=MUTED if head else INK)])

    def _chart(self, chart: Chart, room: int, *, is_titled: bool = False) -> None:
        """A chart with its title above, unless the slide is called so, and its sentence below, at most `room` high."""
        said = [Run(clean(chart.alt), 11, color=MUTED)]
        title = [Run(clean(chart.title), min(self._size + 1, 16), bold=True)]
        around = int(Pt(height_of(title, self._points) + height_of(said, self._points) + 26))
        if not is_titled:
            self._paragraph(title)
        width = self._right - self._left
        height = max(_SMALLEST_CHART // 2, room - around)
        pixels = (round(one / int(Inches(1)) * _PIXELS_AN_INCH) for one in (width, min(height, _BOTTOM - self._y)))
        drawn = as_png(chart, self._language, width=next(pixels), height=next(pixels))
        picture = self._slide.shapes.add_picture(io.BytesIO(drawn), Emu(self._left), Emu(self._y))
        self._fit(picture, width, min(height, _BOTTOM - self._y))
        self._describe(picture, str(chart.alt))
        self._y += int(picture.height) + int(Pt(2))
        self._paragraph(said)

    def _picture(self, image: Image) -> None:
        height = int(Inches(4.5))
        if image.media_type == "image/webp":
            self._paragraph([Run(clean(text("Picture: {alt}", alt=image.alt)), self._size, color=MUTED)])
            return
        self._room(height)
        try:
            picture = self._slide.shapes.add_picture(io.BytesIO(image.data), Emu(self._left), Emu(self._y))
        except Exception:
            self._paragraph([Run(clean(text("Picture: {alt}", alt=image.alt)), self._size, color=MUTED)])
            return
        self._fit(picture, self._right - self._left, height, enlarge=False)
        self._describe(picture, str(image.alt))
        self._y += int(picture.height) + int(Pt(8))
        if image.caption:
            self._paragraph([Run(clean(image.caption), 12, color=MUTED)])

    def _fit(self, picture: Any, width: int, height: int, *, enlarge: bool = True) -> None:
        ratio = min(width / picture.width, height / picture.height)
        ratio = ratio if enlarge else min(1.0, ratio)
        picture.width, picture.height = Emu(int(picture.width * ratio)), Emu(int(picture.height * ratio))

    def _describe(self, picture: Any, words: str) -> None:
        picture._element.nvPicPr.cNvPr.set("descr", clean(words))

    def _text(self, slide: Any, lines: Sequence[Sequence[Run]], left: int, top: int, width: int, height: int) -> None:
        self._fill(slide.shapes.add_textbox(Emu(left), Emu(top), Emu(width), Emu(height)).text_frame, lines)

    def _fill(self, frame: Any, lines: Sequence[Sequence[Run]], *, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP) -> None:
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = Inches(0.12)
        frame.margin_top = frame.margin_bottom = Pt(2)
        frame.vertical_anchor = anchor
        for number, runs in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.LEFT
            self._runs(paragraph, runs)

    def _runs(self, paragraph: Any, runs: Sequence[Run]) -> None:
        for piece in runs:
            run = paragraph.add_run()
            run.text = piece.words
            run.font.size, run.font.bold = Pt(piece.size), piece.bold
            run.font.color.rgb = _color(piece.color)
