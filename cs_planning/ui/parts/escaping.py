"""A user's words inside Markdown."""

from __future__ import annotations

import re
from functools import lru_cache

_MARKDOWN = re.compile(r"[\\`*_\[\]<>$~^|]|:(?=[A-Za-z])|^\s*(?:[#+-]|\d+[.)])(?=\s)", re.MULTILINE)


def plain(words: object) -> str:
    """A user's words inside Markdown: shown as they were written, never as formatting, links or pictures."""
    return _escaped(str(words))


@lru_cache(maxsize=4096)
def _escaped(words: str) -> str:
    escaped = _MARKDOWN.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", words)
    return escaped.replace("\n", "  \n")
