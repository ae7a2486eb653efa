"""How wide and tall the cells of a slide's table are, and how many of its rows fit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pptx.util import Pt

from cs_planning.exports.slide_text import Run, height_of, width_of
from cs_planning.notebook.blocks.block import TableBlock

_WIDEST = 1.6
"""How much wider than its words a column is made: two short ones over a whole slide are not read as one row."""
CELL_MARGIN = int(Pt(7))
_LONGEST_UNBROKEN = 13
"""So many characters stay on one line: a day, an amount, a percentage, in Japanese too."""


def column_widths(heads: Sequence[str], rows: Sequence[Sequence[str]], size: float, place_width: int) -> list[int]:
    """Columns as wide as their words ask for, within reason; together at most `place_width`, in EMU."""
    least, wanted = [], []
    for place, head in enumerate(heads):
        words = [head, *(row[place][:60] for row in rows)]
        longest_word = max(_width_of_part(part, size) for line in words for part in _unbroken(line))
        least.append(min(longest_word, 12 * size) + 18)
        wanted.append(max(least[-1], max(width_of(line, size) for line in words) + 18))
    room = place_width / Pt(1)
    spare = room - sum(least)
    if spare <= 0:
        points = [room * one / sum(least) for one in least]
    elif sum(wanted) <= room:
        points = [min(room / sum(wanted), _WIDEST) * one for one in wanted]
    else:
        points = [low + spare * (high - low) / (sum(wanted) - sum(least)) for low, high in zip(least, wanted, strict=True)]
    return [int(Pt(one)) for one in points]


def _unbroken(line: str) -> list[str]:
    """The parts of a cell that are not broken across lines."""
    has_figure = any(character.isdigit() for character in line)
    return [line] if has_figure and len(line) <= _LONGEST_UNBROKEN else [*line.split(), ""]


def _width_of_part(part: str, size: float) -> float:
    """How wide a part is, with the quarter of an em that programs put between figures and Japanese signs."""
    beside = sum(one.isdigit() != other.isdigit() and not (one + other).isascii() for one, other in pairwise(part))
    return width_of(part, size, bold=True) + beside * size / 4


def shortened(row: Sequence[str], widths: Sequence[int], size: float, *, most: int) -> list[str]:
    """A row with its longest words cut where it would be taller than `most`, in EMU."""
    words = list(row)
    while row_height(words, widths, size) > most:
        place = max(range(len(words)), key=lambda one: height_of([Run(words[one], size)], widths[one] / Pt(1)))
        words[place] = words[place][: int(len(words[place]) * 0.8)].rstrip("… ") + "…"
    return words


def row_height(row: Sequence[str], widths: Sequence[int], size: float) -> int:
    """How tall a row of a table is, in EMU."""
    tallest = max(
        height_of([Run(words, size)], (width - 2 * CELL_MARGIN) / Pt(1)) for words, width in zip(row, widths, strict=True)
    )
    return int(Pt(tallest + (7 if size > 10 else 5)))


def rows_that_fit(heights: Sequence[int], room: int) -> int:
    """How many rows fit below the head."""
    used, count = heights[0], 0
    for height in heights[1:]:
        used += height
        if used > room:
            break
        count += 1
    return count


def side_by_side(table: TableBlock) -> TableBlock:
    """Names and values in two columns of each, so that a slide holds twice as many."""
    name, value = table.columns
    half = (len(table.rows) + 1) // 2
    left, right = table.rows[:half], (*table.rows[half:], (None, None))[:half]
    again = tuple(column.model_copy(update={"name": f"{column.name}2"}) for column in (name, value))
    rows = tuple((*first, *second) for first, second in zip(left, right, strict=True))
    return TableBlock(columns=(name, value, *again), rows=rows, caption=table.caption)
