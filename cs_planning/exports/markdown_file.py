"""A run page as Markdown, for wikis and tickets."""

from __future__ import annotations

import base64
import re

from cs_planning.exports.facts import SIGNS, facts_of, for_readers, maker_of, title_of, verdict_of
from cs_planning.exports.figures import change_of
from cs_planning.goals.finding import Finding
from cs_planning.language import in_brackets, use_language
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
    Words,
    shown,
)
from cs_planning.notebook.opening import ID
from cs_planning.notebook.run import RunPage, Section

_SIGNS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~\s]|$)"  # an escape, or a line break
    r"|[`\[\]]"  # code and links
    r"|\*(?!(?<=\s\*)\s)|_(?!(?<=[^\W_]_)[^\W_])(?!(?<=\s_)\s)"  # emphasis: not between spaces, _ not inside a word
    r"|~(?!\d)|(?<=[^\s(（「])~"  # struck through: not "about" before a number
    r"|\$(?!\d)"  # a formula, in programs that know them: not an amount
    r"|<(?=[A-Za-z/!?])|&(?=#?\w+;)"  # HTML, addresses, signs by their name
)
"""Signs that Markdown takes as markup where they stand, whatever stands around the words that hold them."""
_LINE_START = re.compile(
    r"^(?:(?P<sign>[-+*](?=\s|$)|[-=_](?=[-=_ \t]*$)|[-:](?=[-:| \t]*$)|#(?=#{0,5}(?:\s|$))|>)"
    r"|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$))",
    re.MULTILINE,
)
"""What begins a list, a heading, a quotation, a line across the page or, below a bar, a table."""
_HEADING_END = re.compile(r"(?:^|(?<=\s))#(?=#*\s*$)")


def to_markdown(page: RunPage, *, language: str) -> bytes:
    """The page as Markdown in UTF-8; charts are their sentence and their table."""
    with use_language(language):
        facts = " · ".join(escaped(fact) for fact in facts_of(page))
        parts = [f"# {_line(title_of(page))}", facts, *(section_lines(_words_first(section)) for section in for_readers(page))]
        return ("\n\n".join([*parts, "---", escaped(maker_of(page))]) + "\n").encode("utf-8", "replace")


def _words_first(section: Section) -> Section:
    """The opening with its reasons and questions before the long table that stands for its chart."""
    if section.cell != ID:
        return section
    return section.model_copy(update={"blocks": tuple(sorted(section.blocks, key=lambda block: isinstance(block, Chart)))})


def section_lines(section: Section) -> str:
    """A section as Markdown, in the language in force."""
    heading = [f"## {_line(section.heading)}"] if str(section.heading) else []
    return "\n\n".join([*heading, *(block_lines(block) for block in section.blocks)])


def block_lines(block: Block) -> str:
    """A block as Markdown, in the language in force."""
    match block:
        case Heading():
            return f"{'#' * min(6, block.level + 1)} {_line(block.words)}"
        case Paragraph():
            return escaped(block.words)
        case Markdown():
            return block.source.strip()
        case Metrics():
            return "\n".join(_metric(item) for item in block.items)
        case TableBlock():
            return table_lines(block)
        case Findings():
            return "\n".join(_finding(item) for item in block.items)
        case Chart():
            how = [escaped(block.subtitle)] if block.subtitle is not None else []
            return "\n\n".join([f"**{_line(block.title)}**", *how, escaped(block.alt), table_lines(block.table)])
        case Image():
            data = base64.b64encode(block.data).decode()
            caption = f"\n\n{escaped(block.caption)}" if block.caption else ""
            return f"![{_line(block.alt)}](data:{block.media_type};base64,{data}){caption}"
        case ProblemBlock():
            hint = f" {_line(block.hint)}" if block.hint is not None else ""
            return f"> **{_line(block.message)}**{hint}"


def escaped(words: Words) -> str:
    """Words that Markdown shows as they are, where a block begins."""
    written = _begun(re.sub(r"^[ \t]+", "", _within(words), flags=re.MULTILINE))
    return written.replace("|", r"\|") if "\n" in written else written


def _within(words: Words) -> str:
    """Words that Markdown shows as they are inside a line."""
    return _SIGNS.sub(r"\\\g<0>", str(words))


def _begun(written: str) -> str:
    """Escaped words as they begin a block: a number with a dot would begin a list."""
    return _LINE_START.sub(lambda found: f"{found['number'] or ''}\\{found['sign'] or found['dot']}", written)


def table_lines(table: TableBlock) -> str:
    """A table as Markdown, in the language in force."""
    heads = " | ".join(_cell(column.label) for column in table.columns)
    rule = " | ".join("---:" if column.type.is_number else "---" for column in table.columns)
    rows = [
        " | ".join(_cell(shown(value, column)) for value, column in zip(row, table.columns, strict=True)) for row in table.rows
    ]
    lines = "\n".join(f"| {line} |" for line in (heads, rule, *rows))
    return f"**{_line(table.caption)}**\n\n{lines}" if table.caption is not None else lines


def _line(words: Words) -> str:
    """Words in one line, behind something that stands there already."""
    return _HEADING_END.sub(r"\\#", re.sub(r"\s+", " ", _within(words)).strip())


def _cell(words: Words) -> str:
    return _line(words).replace("|", r"\|")


def _metric(metric: Metric) -> str:
    more = [_line(words) for words in (change_of(metric), metric.note) if words]
    return "- " + in_brackets(f"{_begun(_line(metric.label))}: **{_line(metric.value)}**", "; ".join(more))


def _finding(finding: Finding) -> str:
    suggestion = f" *{_line(finding.suggestion)}*" if finding.suggestion is not None else ""
    return f"- {SIGNS[finding.verdict]} **{_line(verdict_of(finding))}**: {_line(finding.message)}{suggestion}"
