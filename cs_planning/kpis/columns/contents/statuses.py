"""Cells of a status → what they say of a contact: still open, closed, or never one (spam, merged, a duplicate, a test)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from cs_planning.kpis.cells.numbers import fold

NEVER, CLOSED, OPEN = "never", "closed", "open"
_CONTENT = tomllib.loads((Path(__file__).parents[1] / "helpdesks" / "status_words.toml").read_text(encoding="utf-8"))
_WORDS = {fold(word): meaning for meaning in (OPEN, CLOSED, NEVER) for word in _CONTENT[meaning]}
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
