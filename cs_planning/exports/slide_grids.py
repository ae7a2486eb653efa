"""Tables of a slide: native ones, cut where a slide is full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Inches, Pt

from cs_planning.exports.slide_canvas import BOTTOM, LEFT, RAISED, RIGHT, TOP, Canvas, color_of
from cs_planning.exports.slide_tables import CELL_MARGIN, column_widths, row_height, rows_that_fit, shortened, side_by_side
from cs_planning.exports.slide_text import INK, MUTED, Run, clean
from cs_planning.notebook.blocks.block import TableBlock, shown

_SMALLEST_TEXT = 10.0
_ROWS_A_SLIDE, _FEW_ROWS = 13, 2


def draw_table(canvas: Canvas, table: TableBlock) -> None:
    """A block's table with its caption; names and values go side by side where there is room."""
    narrow = canvas.right - canvas.left < (RIGHT - LEFT) * 0.7
    if table.pairs and not narrow:
        table = side_by_side(table)
    if table.caption is not None:
        canvas.room(int(Inches(0.36)) * (min(len(table.rows), _ROWS_A_SLIDE) + 2))
        canvas.paragraph([Run(clean(table.caption), min(canvas.size, 14.0), bold=True)])
    heads = [clean(column.label) for column in table.columns]
    rows = [[clean(shown(value, column)) for value, column in zip(row, table.columns, strict=True)] for row in table.rows]
    draw_grid(canvas, heads, rows, [column.type.is_number for column in table.columns])


def draw_grid(canvas: Canvas, heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> None:
    """A native table, cut where a slide is full."""
    size = 12.0 if canvas.size > 14 else 10.0
    rest = [[words[:400] for words in row] for row in rows]
    while True:
        widths = column_widths(heads, rest or [heads], size, canvas.right - canvas.left)
        heads, *rest = (shortened(row, widths, size, most=(BOTTOM - TOP) // 3) for row in (heads, *rest))
        heights = [row_height(row, widths, size) for row in [heads, *rest]]
        fitting = rows_that_fit(heights, BOTTOM - canvas.y)
        if size > _SMALLEST_TEXT and 0 < len(rest) - min(fitting, _ROWS_A_SLIDE) <= _FEW_ROWS:
            size = _SMALLEST_TEXT  # a slide for one row more says less than smaller letters
            continue
        if fitting < len(rest) and fitting < min(len(rest), 3) and canvas.y > TOP:
            canvas.go_on()
            size = 12.0
            continue
        most = _ROWS_A_SLIDE if size > 10 else 2 * _ROWS_A_SLIDE
        taken = max(1, min(fitting, most)) if rest else 0
        _part_of_table(canvas, [heads, *rest[:taken]], widths, heights[: taken + 1], right, size)
        rest = rest[taken:]
        if not rest:
            return
        canvas.go_on()
        size = 12.0


def _part_of_table(
    canvas: Canvas,
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    heights: Sequence[int],
    right: Sequence[bool],
    size: float,
) -> None:
    height = sum(heights)
    shape = canvas.slide.shapes.add_table(
        len(rows), len(widths), Emu(canvas.left), Emu(canvas.y), Emu(sum(widths)), Emu(height)
    )
    for place, width in enumerate(widths):
        shape.table.columns[place].width = Emu(width)
    for number, row in enumerate(rows):
        shape.table.rows[number].height = Emu(heights[number])
        for place, words in enumerate(row):
            _cell(canvas, shape.table.cell(number, place), words, size, head=number == 0, right=right[place])
    canvas.y += height + int(Inches(0.18))


def _cell(canvas: Canvas, cell: Any, words: str, size: float, *, head: bool, right: bool) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = color_of(RAISED if head else "FFFFFF")
    cell.margin_top = cell.margin_bottom = Pt(3 if size > 10 else 2)
    cell.margin_left = cell.margin_right = Emu(CELL_MARGIN)
    cell.text_frame.word_wrap = True
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    canvas.runs(paragraph, [Run(words, size, bold=head, color=MUTED if head else INK)])
