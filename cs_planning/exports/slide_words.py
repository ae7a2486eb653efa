"""The words of blocks as paragraphs of a slide."""

from __future__ import annotations

from cs_planning.exports.facts import SIGNS, verdict_of
from cs_planning.exports.figures import change_of
from cs_planning.exports.slide_text import INK, MUTED, Grid, Run, clean, markdown_parts, width_of
from cs_planning.goals.finding import Finding, Verdict
from cs_planning.language import text
from cs_planning.notebook.blocks.block import (
    Block,
    Chart,
    Findings,
    Heading,
    Markdown,
    Metric,
    Metrics,
    Paragraph,
    ProblemBlock,
    TableBlock,
    Tone,
)
from cs_planning.notebook.blocks.gist import gist_of
from cs_planning.notebook.opening import ID as OPENING
from cs_planning.notebook.run import Section

_TONES = {Tone.GOOD: "1C7A4B", Tone.BAD: "B3352B", Tone.NEUTRAL: INK}
_VERDICTS = {Verdict.PASS: "1C7A4B", Verdict.WARN: "9A5B00", Verdict.FAIL: "B3352B"}


_LONGEST_MESSAGE = 110


def gap_below(size: float) -> float:
    """Points between paragraphs."""
    return 8.0 if size > 14 else 4.0


def message_and_topic(section: Section, topic: str) -> tuple[str, str]:
    """What a slide says, as its title, and what it is about; the topic is the title where there is nothing more to say.

    Args:
        section: of the slide.
        topic: how the section is called.
    """
    if section.cell == OPENING:
        return topic, ""
    figures = clean(gist_of(block for block in section.blocks if isinstance(block, Metrics)))
    if figures:
        return figures, topic
    chart = section.chart
    if chart is not None:
        return message_of(chart), topic
    gist = clean(section.gist)
    if not any(isinstance(block, Findings | TableBlock) for block in section.blocks) or not gist:
        return topic, ""
    if topic.casefold() in gist.casefold():
        return gist, topic
    return clean(text("{section}: {gist}", section=topic, gist=gist)), ""


def message_of(chart: Chart) -> str:
    """What a chart says, or is called where that is too long for a title."""
    said = clean(chart.alt)
    return said if 0 < len(said) <= _LONGEST_MESSAGE else clean(chart.title)


def lines_of(block: Block, size: float) -> list[list[Run]]:
    """The paragraphs of a block that is nothing but words."""
    match block:
        case Heading():
            return [[Run(clean(block.words), size + 2, bold=True)]]
        case Paragraph():
            return [[Run(clean(block.words), size)]]
        case Markdown():
            return [part for part in markdown_parts(block.source, size) if not isinstance(part, Grid)]
        case ProblemBlock():
            hint = clean(block.hint) if block.hint is not None else ""
            return [[Run(clean(block.message) + " ", size, bold=True, color=_TONES[Tone.BAD]), Run(hint, size)]]
        case Findings():
            return [_finding(one, min(size, 14.0)) for one in block.items]
        case _:
            return []


def _finding(finding: Finding, size: float) -> list[Run]:
    suggestion = f" {finding.suggestion}" if finding.suggestion is not None else ""
    verdict = Run(clean(f"{SIGNS[finding.verdict]} {verdict_of(finding)}: "), size, bold=True, color=_VERDICTS[finding.verdict])
    return [verdict, Run(clean(f"{finding.message}{suggestion}"), size)]


def metric_lines(item: Metric, width: float) -> list[list[Run]]:
    """Label, value and what is said about it, in what fits into a box `width` points wide."""
    tone = _TONES[item.tone]
    value = clean(item.value)[:60]
    size = 24.0 if width_of(value, 24, bold=True) <= width else 16.0
    lines = [[Run(clean(item.label)[:90], 11, color=MUTED)]]
    lines.append([Run(value, size, bold=True, color=INK if item.delta is not None else tone)])
    if item.delta is not None:
        lines.append([Run(clean(change_of(item))[:90], 11, bold=True, color=tone)])
    if item.note is not None:
        lines.append([Run(clean(item.note)[:140], 10, color=MUTED)])
    return lines
