"""How a page writes a probability."""

from __future__ import annotations

from cs_planning.language import Chance, Text, text


def chance_words(share: float) -> Text:
    """A probability as a whole percentage; never 0 % or 100 % for what is not certain."""
    return text("{value}", value=Chance(chance=share))
