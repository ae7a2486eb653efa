"""A run page as PDF with real text, page numbers and charts as vectors, set by Typst."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path

import typst
from markdown_it.tree import SyntaxTreeNode

from cs_planning.exports.facts import SIGNS, facts_of, for_readers, maker_of, title_of, verdict_of
from cs_planning.exports.figures import change_of
from cs_planning.exports.pictures import FONT, as_svg, font_folders
from cs_planning.goals.finding import Finding
from cs_planning.language import use_language
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
from cs_planning.notebook.blocks.markdown import tree_of
from cs_planning.notebook.run import RunPage

_LOOK = Path(__file__).parent / "page" / "page.typ"
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_CHART_WIDTH = 660


def to_pdf(page: RunPage, *, language: str, paper: str = "a4") -> bytes:
    """The page as PDF.

    Args:
        page: a run page; hidden cells are left out, collapsed ones are open.
        language: of everything that users did not write.
        paper: `a4` or `us-letter`.
    """
    with use_language(language), tempfile.TemporaryDirectory(prefix="cs-planning-") as folder:
        setter = _Setter(Path(folder), language)
        source = setter.source(page, paper)
        shutil.copyfile(_LOOK, Path(folder) / "page.typ")
        main = Path(folder) / "main.typ"
        main.write_text(source, encoding="utf-8", errors="replace")
        made = datetime.combine(page.today, time(), UTC)
        return bytes(typst.compile(str(main), root=folder, font_paths=_fonts(), timestamp=made))


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=list(font_folders()))


def literal(words: Words) -> str:
    """Words as a string of Typst's code, in which nothing is markup."""
    written = str(words).encode("utf-8", "replace").decode()
    kept = "".join(sign for sign in written if sign in "\n\t" or ord(sign) >= 32)
    return '"' + kept.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


class _Setter:
    """Writes the source of one page, and its pictures beside it."""

    def __init__(self, folder: Path, language: str) -> None:
        self._folder = folder
        self._language = language
        self._pictures = 0

    def source(self, page: RunPage, paper: str) -> str:
        facts = " · ".join(str(fact) for fact in facts_of(page))
        named = {"title": title_of(page), "facts": facts, "language": self._language, "font": FONT, "paper": paper}
        named["maker"] = str(maker_of(page))
        settings = ", ".join(f"{name}: {literal(value)}" for name, value in named.items())
        body: list[str] = []
        for section in for_readers(page):
            if str(section.heading):
                body.append(f"#heading(level: 2, {literal(section.heading)})")
            body += [self._block(block) for block in section.blocks]
        start = f'#import "page.typ": *\n#show: goal-page.with({settings})\n\n'
        return start + "\n\n".join(body) + "\n"

    def _block(self, block: Block) -> str:
        match block:
            case Heading():
                return f"#heading(level: {min(4, max(3, block.level))}, {literal(block.words)})"
            case Paragraph():
                return f"#par({literal(block.words)})"
            case Markdown():
                return "\n\n".join(_node(child) for child in tree_of(block.source).children)
            case Metrics():
                return "#metrics(" + ", ".join(_metric(item) for item in block.items) + ")"
            case TableBlock():
                return _table(block)
            case Findings():
                return "\n".join(_finding(item) for item in block.items)
            case Chart():
                path = self._file("svg", as_svg(block, self._language, width=_CHART_WIDTH).encode())
                words = (block.title, block.subtitle or "", block.alt)
                return f"#chart({literal(path)}, {', '.join(map(literal, words))})"
            case Image():
                path = self._file(_ENDINGS[block.media_type], block.data)
                return f"#picture({literal(path)}, {literal(block.alt)}, {literal(block.caption or '')})"
            case ProblemBlock():
                return f"#problem({literal(block.message)}, {literal(block.hint or '')})"

    def _file(self, ending: str, content: bytes) -> str:
        self._pictures += 1
        name = f"picture-{self._pictures}.{ending}"
        (self._folder / name).write_bytes(content)
        return name


def _metric(metric: Metric) -> str:
    fields = {"label": metric.label, "value": metric.value, "delta": change_of(metric), "note": metric.note or ""}
    written = ", ".join(f"{name}: {literal(words)}" for name, words in fields.items())
    return f"({written}, tone: {literal(metric.tone.value)})"


def _finding(finding: Finding) -> str:
    title = f"{SIGNS[finding.verdict]} {verdict_of(finding)}"
    words = (finding.verdict.value, finding.letter.value, title, finding.message, finding.suggestion or "")
    return f"#finding({', '.join(map(literal, words))})"


def _array(items: Sequence[str]) -> str:
    return "(" + "".join(f"{item}, " for item in items) + ")"


def _table(table: TableBlock) -> str:
    rows = [[literal(shown(value, column)) for value, column in zip(row, table.columns, strict=True)] for row in table.rows]
    if table.pairs:
        return f"#pairs({_array([_array(row) for row in rows])})"
    heads = _array([literal(column.label) for column in table.columns])
    aligns = _array(["right" if column.type.is_number else "left" for column in table.columns])
    return f"#plain-table({literal(table.caption or '')}, {heads}, {aligns}, {_array([_array(row) for row in rows])})"


def _node(node: SyntaxTreeNode) -> str:
    """A node of Markdown as Typst markup whose words are all string literals."""
    inside = "".join(_node(child) for child in node.children)
    match node.type:
        case "text" | "code_inline" | "html_inline" | "html_block" | "image":
            return f"#{literal(node.content)};"
        case "softbreak":
            return '#" ";'
        case "hardbreak":
            return "#linebreak();"
        case "strong" | "em" | "s":
            return f"#{ {'strong': 'strong', 'em': 'emph', 's': 'strike'}[node.type] }[{inside}];"
        case "link":
            target = str(node.attrs.get("href", ""))
            return f"#link({literal(target)})[{inside}];" if target.startswith(("http", "mailto:")) else inside
        case "paragraph":
            return f"#par[{inside}]"
        case "heading":
            return f"#heading(level: {min(4, int(node.tag[1:]) + 2)})[{inside}]"
        case "bullet_list" | "ordered_list":
            items = ", ".join("[" + "".join(_node(part) for part in child.children) + "]" for child in node.children)
            return f"#{'list' if node.type == 'bullet_list' else 'enum'}({items})"
        case "blockquote":
            return f"#quote(block: true)[{inside}]"
        case "fence" | "code_block":
            return f"#raw(block: true, {literal(node.content)})"
        case "hr":
            return "#line(length: 100%, stroke: 0.4pt)"
        case "table":
            return _markdown_table(node)
        case _:
            return inside


def _markdown_table(node: SyntaxTreeNode) -> str:
    rows = [row for part in node.children for row in part.children]
    width = max(len(row.children) for row in rows)
    cells = [f"[{''.join(_node(part) for part in cell.children)}]" for row in rows for cell in row.children]
    return f"#table(columns: {width}, stroke: 0.4pt, {', '.join(cells)})"
