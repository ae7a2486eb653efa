"""What a section holds in a few words, for a heading under which the rest is folded away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cs_planning.goals.finding import Verdict
from cs_planning.language import Text, ntext, text
from cs_planning.notebook.blocks.block import (
    Block,
    Chart,
    Findings,
    Markdown,
    Metrics,
    Paragraph,
    ProblemBlock,
    TableBlock,
)
from cs_planning.notebook.blocks.markdown import as_plain

_MOST_PARTS, _MOST_METRICS, _LONGEST_WORDS = 3, 2, 80


def gist_of(blocks: Iterable[Block], counted: Callable[[int], Text] | None = None) -> str:
    """What blocks hold, in the language in force; empty for none.

    Args:
        blocks: of one section.
        counted: what the rows of their tables are, by their number.
    """
    held = list(blocks)
    parts = [part for block in held for part in _parts(block, counted)] or [part for block in held for part in _words(block)]
    return " · ".join(parts[:_MOST_PARTS])


def _parts(block: Block, counted: Callable[[int], Text] | None) -> Iterator[str]:
    match block:
        case Metrics():
            yield from (str(text("{name}: {value}", name=one.label, value=one.value)) for one in block.items[:_MOST_METRICS])
        case Findings():
            remarks = sum(one.verdict is not Verdict.PASS for one in block.items)
            yield str(_checked(remarks))
        case TableBlock() if not block.pairs:
            yield str((counted or _rows)(len(block.rows)))
        case Chart():
            yield str(block.title)
        case ProblemBlock():
            yield _short(str(block.message))


def _words(block: Block) -> Iterator[str]:
    """The first words of a section that holds nothing else."""
    match block:
        case Paragraph():
            yield _short(str(block.words))
        case Markdown():
            yield from (_short(line) for line in as_plain(block.source).splitlines()[:1])


def _checked(remarks: int) -> Text:
    if not remarks:
        return text("the SMART check passes")
    return ntext("{count} remark of the SMART check", "{count} remarks of the SMART check", remarks)


def _rows(count: int) -> Text:
    return ntext("{count} row", "{count} rows", count)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_WORDS else f"{words[: _LONGEST_WORDS - 1].rstrip()}…"
