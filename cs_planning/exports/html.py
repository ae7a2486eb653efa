"""A run page as one HTML file: works without a network, draws its charts itself, prints well.

Nothing in the file may load anything or run a script that is not named by its hash in the content security policy, and every
word of a user is escaped; so even a page from a stranger can be opened.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import vl_convert

from cs_planning.exports.facts import SIGNS, facts_of, for_readers, maker_of, title_of, verdict_of
from cs_planning.exports.figures import change_of, marked, unbroken
from cs_planning.goals.finding import Finding
from cs_planning.language import text, use_language
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
    Tone,
    Words,
    shown,
)
from cs_planning.notebook.blocks.drawings import themed
from cs_planning.notebook.blocks.markdown import as_html
from cs_planning.notebook.run import RunPage, Section

_FOLDER = Path(__file__).parent / "page"
_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
)


def to_html(page: RunPage, *, language: str) -> bytes:
    """The page as one self-contained HTML file in UTF-8.

    Args:
        page: a run page; hidden cells are left out.
        language: of everything that users did not write.
    """
    with use_language(language):
        return _document(page, language).encode("utf-8", "replace")


def _document(page: RunPage, language: str) -> str:
    charts = [block for section in for_readers(page) for block in section.blocks if isinstance(block, Chart)]
    drawings = {chart.drawing: _light(themed(chart.spec(language))) for chart in charts}
    scripts = [vega_bundle(), _file("page.js")] if charts else []
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts) or "'none'"
    rows = iter(f"rows-{number}" for number in range(len(charts)))
    body = "".join(_section(section, rows, language) for section in for_readers(page))
    title = str(title_of(page))
    parts = [
        "<!doctype html>\n",
        f'<html lang="{_escaped(language)}">\n<head>\n<meta charset="utf-8">\n',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(scripts=hashes)}">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n',
        f"<title>{_escaped(title)}</title>\n<style>{_file('page.css')}</style>\n</head>\n<body>\n<main>\n",
        f"<h1>{marked(_escaped(title))}</h1>\n{_facts(page)}\n{body}<footer>{_escaped(maker_of(page))}</footer>\n</main>\n",
        _json("specs", drawings) if charts else "",
        *(_json(f"rows-{number}", _rows(chart, language)) for number, chart in enumerate(charts)),
        *(f"<script>{script}</script>\n" for script in scripts),
        "</body>\n</html>\n",
    ]
    return "".join(parts)


def _light(spec: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in spec.items() if name != "$schema"}


def _rows(chart: Chart, language: str) -> dict[str, Any]:
    rows = json.loads(chart.data(language).to_json(orient="records", date_format="iso"))
    known = [{name: value for name, value in row.items() if value is not None and value != ""} for row in rows]
    return {"drawing": chart.drawing, "rows": known}


def _json(id: str, content: Any) -> str:
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    safe = written.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    safe = safe.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'<script type="application/json" id="{id}">{safe}</script>\n'


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


@lru_cache(maxsize=4)
def _file(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def vega_bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script; the first call takes seconds, so a server makes it before it serves."""
    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))


def _escaped(words: Words) -> str:
    return html.escape(unbroken(words), quote=True)


def _facts(page: RunPage) -> str:
    return '<p class="facts">' + "".join(f"<span>{_escaped(fact)}</span>" for fact in facts_of(page)) + "</p>"


def _section(section: Section, rows: Iterator[str], language: str) -> str:
    blocks = "\n".join(_block(block, rows, language) for block in section.blocks)
    name = _escaped(section.cell)
    heading = _escaped(section.heading)
    if section.collapsed:
        held = f' <span class="gist">{_escaped(section.gist)}</span>' if section.gist else ""
        blocks = f"<details><summary>{heading}{held}</summary>\n{blocks}\n</details>"
    elif heading:
        blocks = f"<h2>{heading}</h2>\n{blocks}"
    return f'<section id="cell-{name}">{blocks}\n</section>\n'


def _block(block: Block, rows: Iterator[str], language: str) -> str:
    match block:
        case Heading():
            level = min(6, max(3, block.level))
            return f"<h{level}>{_escaped(block.words)}</h{level}>"
        case Paragraph():
            return f"<p>{marked(_escaped(block.words))}</p>"
        case Markdown():
            return f'<div class="text">{as_html(block.source)}</div>'
        case Metrics():
            return '<dl class="metrics">' + "".join(_metric(item) for item in block.items) + "</dl>"
        case TableBlock():
            return _pairs(block) if block.pairs else _table(block)
        case Findings():
            return '<ul class="findings">' + "".join(_finding(item) for item in block.items) + "</ul>"
        case Chart():
            return _chart(block, next(rows))
        case Image():
            return _image(block)
        case ProblemBlock():
            hint = f" {_escaped(block.hint)}" if block.hint is not None else ""
            return f'<div class="problem" role="note"><strong>{_escaped(block.message)}</strong>{hint}</div>'


def _metric(metric: Metric) -> str:
    tone = "" if metric.tone is Tone.NEUTRAL or metric.delta is not None else f" {metric.tone.value}"
    delta = f'<dd class="delta {metric.tone.value}">{_escaped(change_of(metric))}</dd>' if metric.delta is not None else ""
    note = f'<dd class="note">{marked(_escaped(metric.note))}</dd>' if metric.note is not None else ""
    value = f'<dd class="value{tone}">{_escaped(metric.value)}</dd>'
    return f'<div class="metric"><dt>{_escaped(metric.label)}</dt>{value}{delta}{note}</div>'


def _pairs(table: TableBlock) -> str:
    name, value = table.columns
    rows = "".join(
        f"<div><dt>{_escaped(shown(first, name))}</dt><dd>{_escaped(shown(second, value))}</dd></div>"
        for first, second in table.rows
    )
    return f'<dl class="pairs">{rows}</dl>'


def _table(table: TableBlock) -> str:
    caption = f"<caption>{_escaped(table.caption)}</caption>" if table.caption is not None else ""
    kinds = [' class="number"' if column.type.is_number else "" for column in table.columns]
    head = "".join(
        f'<th scope="col"{kind}>{_escaped(column.label)}</th>' for kind, column in zip(kinds, table.columns, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{kind}>{_escaped(shown(value, column))}</td>"
            for kind, column, value in zip(kinds, table.columns, row, strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    return f'<div class="scroll"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _finding(finding: Finding) -> str:
    suggestion = f'<span class="suggestion">{_escaped(finding.suggestion)}</span>' if finding.suggestion is not None else ""
    said = f'<span class="verdict">{SIGNS[finding.verdict]} {_escaped(verdict_of(finding))}</span><br>'
    return (
        f'<li class="{finding.verdict.value}"><span class="letter" aria-hidden="true">{_escaped(finding.letter.value)}</span>'
        f"<div>{said}{marked(_escaped(finding.message))}{suggestion}</div></li>"
    )


def _chart(chart: Chart, rows: str) -> str:
    how = f'<figcaption class="how">{_escaped(chart.subtitle)}</figcaption>' if chart.subtitle is not None else ""
    alt = _escaped(chart.alt)
    return (
        f'<figure><figcaption class="title">{_escaped(chart.title)}</figcaption>{how}'
        f'<div class="chart" role="img" aria-label="{alt}" data-rows="{rows}"></div>'
        f'<figcaption class="said">{marked(alt)}</figcaption>'
        f"<details><summary>{_escaped(text('Numbers behind the chart'))}</summary>{_table(chart.table)}</details></figure>"
    )


def _image(image: Image) -> str:
    caption = f'<figcaption class="how">{_escaped(image.caption)}</figcaption>' if image.caption else ""
    data = base64.b64encode(image.data).decode()
    return f'<figure><img alt="{_escaped(image.alt)}" src="data:{image.media_type};base64,{data}">{caption}</figure>'
