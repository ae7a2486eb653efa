"""Cells of a status or a direction → what they say of a contact: open, closed, or never one (spam, a test, an outgoing one)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from cs_planning.kpis.cells.numbers import fold

NEVER, CLOSED, OPEN = "never", "closed", "open"
INCOMING, OUTGOING = "incoming", "outgoing"
_CONTENT = tomllib.loads((Path(__file__).parents[1] / "helpdesks" / "status_words.toml").read_text(encoding="utf-8"))
_WORDS = {fold(word): meaning for meaning in (OPEN, CLOSED, NEVER) for word in _CONTENT[meaning]}
_WAYS = {fold(word): way for way in (INCOMING, OUTGOING) for word in _CONTENT[way]}
_NAMED_WAYS = {
    INCOMING: re.compile(r"\b(?:inbound|incoming)\b|(?<!発)着信|受信|入電|受電|インバウンド"),
    OUTGOING: re.compile(r"\b(?:outbound|outgoing|internal)\b|発信|送信|架電|アウトバウンド|内線|社内"),
}
"""What says a way inside a longer cell, such as `Inbound Queue`."""
_NUMBERED = re.compile(r"^\d{1,2}[\s:.)_-]+|\s*[(\[]\d{1,3}[)\]]$")
_TIED = re.compile(r"[\s_]+")


def read_status(cell: str) -> str | None:
    """`never`, `closed` or `open`; None when the words are not known.

    Args:
        cell: a status as written; a number before it (`6 - Closed`) is left out.
    """
    folded = _TIED.sub(" ", _NUMBERED.sub("", fold(cell))).strip()
    known = _WORDS.get(folded)
    if known is not None:
        return known
    parts = [part.strip() for part in re.split(r"\s[-–:/]\s|[（(:：/]|[)）]", folded) if part.strip()]
    found = [meaning for part in parts if (meaning := _WORDS.get(part)) is not None]
    return NEVER if NEVER in found else found[0] if found else None


def read_direction(cell: str) -> str | None:
    """`incoming` or `outgoing`, which what stays inside is too; None when the words are not known.

    Args:
        cell: a direction as written, such as `Inbound call` or `発信`.
    """
    folded = _TIED.sub(" ", fold(cell)).strip()
    named = {way for way, words in _NAMED_WAYS.items() if words.search(folded)}
    return _WAYS.get(folded) or (named.pop() if len(named) == 1 else None)
