"""Markdown from users, made safe at its source, and drawn as HTML.

Screens, notebooks and other programs each have their own Markdown reader, so safety can't be left to the reader: what leaves
`sanitised` holds no raw HTML, no picture from elsewhere and no link that runs a script, whoever reads it.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_PICTURE = re.compile(r"!(?=\[)")
_INLINE_TARGET = re.compile(r"(\]\(\s*)([^)\n]*)")
_REFERENCE_TARGET = re.compile(r"^([ \t>]*\[[^\]\n]+\]:[ \t]*)(\S+)", re.MULTILINE)
_SCHEME = re.compile(r"^[\"'<\s]*([A-Za-z][A-Za-z0-9+.\-]*):")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_SAFE_SCHEMES = {"http", "https", "mailto", "tel"}


def sanitised(source: str) -> str:
    """`source` without raw HTML, remote pictures and script links; safe Markdown comes back as it is, twice as once."""
    visible = _INVISIBLE.sub("", source)
    without_tags = _TAG.sub("&lt;", visible)
    without_pictures = _PICTURE.sub("", without_tags)
    inline = _INLINE_TARGET.sub(_checked_target, without_pictures)
    return _REFERENCE_TARGET.sub(_checked_target, inline)


def _checked_target(match: re.Match[str]) -> str:
    before, target = match[1], match[2]
    plain = re.sub(r"\s|\\", "", html.unescape(html.unescape(target)))
    scheme = _SCHEME.match(plain)
    if plain.startswith("//") or (scheme and scheme[1].lower() not in _SAFE_SCHEMES):
        return f"{before}#"
    return match[0]


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"]).disable(["image"])


def as_html(source: str) -> str:
    """Sanitised Markdown as an HTML fragment; its links open elsewhere and tell nothing of where they came from."""
    drawn = str(_reader().render(sanitised(source)))
    return drawn.replace("<a href=", '<a rel="noopener noreferrer nofollow" target="_blank" href=')


def tree_of(source: str) -> SyntaxTreeNode:
    """Sanitised Markdown as a tree, for an exporter that sets it itself."""
    return SyntaxTreeNode(_reader().parse(sanitised(source)))


def as_plain(source: str) -> str:
    """Sanitised Markdown as plain lines, for a place that shows no formatting."""
    lines: list[str] = []
    for token in _reader().parse(sanitised(source)):
        if token.type == "inline":
            lines.append("".join(_plain_part(child.type, child.content) for child in token.children or []))
        elif token.type in {"fence", "code_block"}:
            lines.append(token.content.rstrip())
    return "\n".join(line for line in lines if line.strip())


def _plain_part(kind: str, content: str) -> str:
    return "\n" if kind in {"softbreak", "hardbreak"} else content
