"""Headers of lists that people made themselves, in the words of everyday speech → the role that they name."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from cs_planning.kpis.columns.roles import Role

_WORDS = Path(__file__).parents[1] / "helpdesks" / "everyday_words.toml"
_PART = re.compile(r"<(\w+)>")
IN_WORDS = frozenset({Role.STATUS, Role.CHANNEL, Role.PRIORITY})
"""The roles that everyday words name only where the cells are words."""
IN_NUMBERS = frozenset({Role.NPS})
"""The roles that everyday words name only where the cells are numbers."""
EVERYDAY_RANK = 500
"""The rank of an everyday name: any known spelling is better."""


@cache
def _patterns() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    content = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    parts: dict[str, str] = content["parts"]

    def whole(pattern: str) -> str:
        return _PART.sub(lambda part: f"(?:{whole(parts[part[1]])})", pattern)

    return tuple((Role(names["role"]), re.compile(whole("|".join(names["any_of"])))) for names in content["names"])


@cache
def everyday_role(name: str) -> tuple[Role, int] | None:
    """The role that a header names in everyday words, with its rank; None when it names none.

    What ends, is due, was bought or changed is never an arrival: only the words for coming are.

    Args:
        name: the header without unit, statistic and marks, as `read_header` gives it.
    """
    for place, (role, pattern) in enumerate(_patterns()):
        if pattern.fullmatch(name):
            return role, EVERYDAY_RANK + place
    return None
