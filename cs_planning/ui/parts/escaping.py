"""A user's words inside Markdown."""

from __future__ import annotations

import re

_MARKDOWN = re.compile(r"[\\`*_\[\]<>$~^|]|:(?=[A-Za-z])|^\s*(?:[#+-]|\d+[.)])(?=\s)", re.MULTILINE)


def plain(words: object) -> str:
    """A user's words inside Markdown: shown as they were written, never as formatting, links or pictures."""
    escaped = _MARKDOWN.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", str(words))
    return escaped.replace("\n", "  \n")
