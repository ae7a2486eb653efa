"""Words on slides: how much room they take, and Markdown as runs of one look, lists and tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.tree import SyntaxTreeNode

from cs_planning.exports.figures import unbroken
from cs_planning.notebook.blocks.block import Words
from cs_planning.notebook.blocks.markdown import tree_of

MUTED = "52606D"
INK = "1D252D"
LINE_HEIGHT = 1.25
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDE = {"W", "F", "A"}
_NARROW_EM, _BOLD_EM, _WIDE_EM = 0.53, 0.58, 1.03


@dataclass(frozen=True)
class Run:
    """A piece of text in one look; `size` in points, `color` as six hexadecimal digits."""

    words: str
    size: float = 16
    bold: bool = False
    color: str = INK


@dataclass(frozen=True)
class Grid:
    """A table of plain words, its first row the heads; from a user's Markdown."""

    rows: tuple[tuple[str, ...], ...]


def clean(words: Words) -> str:
    """Words without the signs that XML does not take; a figure and its unit stay on one line."""
    plain = _ILLEGAL.sub("", str(words)).replace("\u2028", " ").replace("\u2029", " ")
    return unbroken(plain)


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in points, rather too wide than too narrow, since the reader's fonts are not known."""
    narrow = _BOLD_EM if bold else _NARROW_EM
    return size * sum(_WIDE_EM if unicodedata.east_asian_width(sign) in _WIDE else narrow for sign in words)


def height_of(runs: Sequence[Run], width: float) -> float:
    """The height of a paragraph in points, when its lines may be `width` points wide."""
    lines, used = 1, 0.0
    for run in runs:
        for number, line in enumerate(run.words.split("\n")):
            if number:
                lines, used = lines + 1, 0.0
            used += width_of(line, run.size, bold=run.bold)
            more = int(used // max(width, 1.0))
            lines, used = lines + more, used - more * width
    return lines * max((run.size for run in runs), default=0.0) * LINE_HEIGHT


def in_pieces(runs: Sequence[Run], width: float, tallest: float) -> Iterator[list[Run]]:
    """The runs as they are, or, when they are taller than `tallest` points, cut into pieces that fit."""
    if height_of(runs, width) <= tallest or not any(len(run.words) > 1 for run in runs):
        yield list(runs)
    elif len(runs) > 1:
        for run in runs:
            yield from in_pieces([run], width, tallest)
    else:
        words = runs[0].words
        middle = max(words.rfind("\n", 1, len(words) // 2 + 1), words.rfind(" ", 1, len(words) // 2 + 1))
        place = middle if middle > 0 else len(words) // 2
        for part in (words[:place], words[place:]):
            yield from in_pieces([replace(runs[0], words=part)], width, tallest)


def markdown_parts(source: str, size: float) -> Iterator[list[Run] | Grid]:
    """Markdown as paragraphs and tables, in their order."""
    for node in tree_of(source).children:
        yield from _parts(node, size, 0)


def _parts(node: SyntaxTreeNode, size: float, depth: int) -> Iterator[list[Run] | Grid]:
    match node.type:
        case "heading":
            yield _runs(node, size + 2, bold=True)
        case "paragraph":
            yield _runs(node, size)
        case "bullet_list" | "ordered_list":
            for number, item in enumerate(node.children, start=1):
                mark = f"{number}. " if node.type == "ordered_list" else "• "
                for place, part in enumerate(part for child in item.children for part in _parts(child, size, depth + 1)):
                    indent = "   " * depth + (mark if place == 0 else "   ")
                    yield part if isinstance(part, Grid) else [Run(indent, size), *part]
        case "table":
            rows = [row for part in node.children for row in part.children]
            width = max(len(row.children) for row in rows)
            cells = [[clean(_plain(cell)) for cell in row.children] for row in rows]
            yield Grid(tuple((*row, *[""] * (width - len(row))) for row in cells))
        case "fence" | "code_block":
            yield [Run(clean(node.content.rstrip()), size - 2)]
        case "hr":
            return
        case _:
            for child in node.children:
                yield from _parts(child, size, depth)


def _runs(node: SyntaxTreeNode, size: float, *, bold: bool = False) -> list[Run]:
    if node.type in {"softbreak", "hardbreak"}:
        return [Run(" " if node.type == "softbreak" else "\n", size)]
    if not node.children:
        return [Run(clean(node.content), size, bold)] if node.type != "inline" and node.content else []
    strong = bold or node.type == "strong"
    return [run for child in node.children for run in _runs(child, size, bold=strong)]


def _plain(node: SyntaxTreeNode) -> str:
    return "".join(run.words for run in _runs(node, 1))
