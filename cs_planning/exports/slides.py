"""A run page as slides: native text and tables, charts as sharp pictures, one slide for each section.

A section with a chart stands in two columns, the chart beside its numbers; only what does not fit goes on to another slide.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Pt

from cs_planning.exports.facts import facts_of, maker_of, title_of
from cs_planning.exports.slide_canvas import BOTTOM, HEIGHT, LEFT, RAISED, RIGHT, WIDTH, Canvas, color_of
from cs_planning.exports.slide_grids import draw_grid, draw_table
from cs_planning.exports.slide_pictures import SMALLEST_CHART, draw_chart, draw_picture
from cs_planning.exports.slide_text import Grid, clean, height_of, markdown_parts
from cs_planning.exports.slide_words import gap_below, lines_of, message_and_topic, message_of, metric_lines
from cs_planning.language import gettext, use_language
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
)
from cs_planning.notebook.run import RunPage, Section

_LATIN_FONT, _JAPANESE_FONT = "Aptos", "Yu Gothic"
_GAP = int(Inches(0.3))
_CHART_SHARE, _CHART_BESIDE_TABLE, _PAIRS_SHARE = 0.62, 0.42, 0.32
_WIDE_TABLE = 4
_SMALLEST_TEXT = 10.0
_METRICS_HEIGHT = int(Inches(1.15))
_CHARTS_A_SLIDE = 2


def to_pptx(page: RunPage, *, language: str) -> bytes:
    """The page as a PPTX file, 16:9.

    Args:
        page: a run page; hidden cells are left out, long tables go on over several slides.
        language: of everything that users did not write.
    """
    with use_language(language):
        deck = Presentation()
        deck.slide_width, deck.slide_height = WIDTH, HEIGHT
        deck.core_properties.title = clean(title_of(page))[:250]
        deck.core_properties.comments = clean(maker_of(page))
        _name_fonts(deck)
        _Deck(Canvas(deck, clean(page.title or title_of(page))), language).write(page)
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


class _Deck:
    """Places the blocks of sections on a canvas."""

    def __init__(self, canvas: Canvas, language: str) -> None:
        self._canvas = canvas
        self._language = language

    def write(self, page: RunPage) -> None:
        self._canvas.cover(clean(" · ".join(str(fact) for fact in facts_of(page))))
        for section in page.for_readers:
            self._section(section)

    def _section(self, section: Section) -> None:
        if not section.blocks:
            return
        self._canvas.topic = clean(section.heading) or gettext("Notes")
        self._canvas.begin(*message_and_topic(section, self._canvas.topic))
        blocks = list(section.blocks)
        charts = [block for block in blocks if isinstance(block, Chart)]
        pairs = [block for block in blocks if isinstance(block, TableBlock) and block.pairs]
        if charts:
            self._with_charts(blocks, charts)
        elif len(pairs) == 1 and not charts:
            above = [block for block in blocks if isinstance(block, Metrics)]
            beside = [block for block in blocks if block not in (*above, *pairs)]
            self._in_columns(above, pairs, beside, share=_PAIRS_SHARE, size=12.0)
        else:
            for block in blocks:
                self._block(block)

    def _with_charts(self, blocks: Sequence[Block], charts: Sequence[Chart]) -> None:
        """The first charts two on a slide, or one below the figures, the last ones beside what else the section says."""
        while len(charts) > _CHARTS_A_SLIDE:
            above = [block for block in blocks if isinstance(block, Metrics)]
            beside_figures = 1 if above else _CHARTS_A_SLIDE
            first, charts = charts[:beside_figures], charts[beside_figures:]
            self._in_columns(above, first, [], share=1.0, size=13.0)
            blocks = [block for block in blocks if block not in (*above, *first)]
            self._canvas.begin(message_of(charts[0]), self._canvas.topic)
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
        top, slide = self._canvas.y, self._canvas.slide
        self._canvas.right = LEFT + int((RIGHT - LEFT) * share) - (_GAP if right else 0)
        self._canvas.size = size if right else 16.0
        for rank, block in enumerate(left):
            if isinstance(block, Chart):
                draw_chart(self._canvas, block, (BOTTOM - self._canvas.y) // (len(left) - rank), self._language)
            else:
                self._block(block)
        if right and self._canvas.slide is slide:
            self._canvas.left, self._canvas.right, self._canvas.y = self._canvas.right + _GAP, RIGHT, top
            self._canvas.size = self._fitting_size(right, size)
        for block in right:
            self._block(block)

    def _fitting_size(self, blocks: Sequence[Block], size: float) -> float:
        """`size`, or a smaller one at which the words of `blocks` fit below; the smallest when none does."""
        texts = [block for block in blocks if isinstance(block, Heading | Paragraph | Findings | ProblemBlock | Markdown)]
        room = (BOTTOM - self._canvas.y) / Pt(1)
        while size > _SMALLEST_TEXT and len(texts) == len(blocks):
            heights = [
                height_of(runs, self._canvas.points) + gap_below(size) for block in texts for runs in lines_of(block, size)
            ]
            if sum(heights) <= room:
                break
            size -= 0.5
        return size

    def _block(self, block: Block) -> None:
        match block:
            case Heading() | Paragraph() | Findings() | ProblemBlock():
                for runs in lines_of(block, self._canvas.size):
                    self._canvas.paragraph(runs)
            case Markdown():
                for part in markdown_parts(block.source, self._canvas.size):
                    if isinstance(part, Grid):
                        draw_grid(self._canvas, part.rows[0], part.rows[1:], [False] * len(part.rows[0]))
                    elif part:
                        self._canvas.paragraph(part)
            case Metrics():
                for start in range(0, len(block.items), 4):
                    self._metrics(block.items[start : start + 4])
            case TableBlock():
                draw_table(self._canvas, block)
            case Chart():
                self._canvas.room(SMALLEST_CHART + int(Inches(1.2)), message_of(block))
                draw_chart(self._canvas, block, BOTTOM - self._canvas.y, self._language)
            case Image():
                draw_picture(self._canvas, block)

    def _metrics(self, items: Sequence[Metric]) -> None:
        gap = int(Inches(0.15))
        self._canvas.room(_METRICS_HEIGHT)
        width = (self._canvas.right - self._canvas.left - gap * (len(items) - 1)) // len(items)
        for place, item in enumerate(items):
            left = self._canvas.left + place * (width + gap)
            box = self._canvas.slide.shapes.add_shape(1, Emu(left), Emu(self._canvas.y), Emu(width), Emu(_METRICS_HEIGHT))
            box.fill.solid()
            box.fill.fore_color.rgb = color_of(RAISED)
            box.line.fill.background()
            box.shadow.inherit = False
            self._canvas.fill(box.text_frame, metric_lines(item, width / Pt(1) - 20), anchor=MSO_ANCHOR.MIDDLE)
        self._canvas.y += _METRICS_HEIGHT + int(Inches(0.15))
