"""One computed number, told in words."""

from __future__ import annotations

from dataclasses import dataclass

from cs_planning.language import Text


@dataclass(frozen=True)
class Figure:
    """A number that the product computes.

    Attributes:
        id: under which a screen asks for it.
        name: as it stands on the screens.
        formula: in words, from what and by what.
    """

    id: str
    name: Text
    formula: Text
