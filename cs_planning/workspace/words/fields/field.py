"""A field of a form and what to write into it."""

from __future__ import annotations

from dataclasses import dataclass

from cs_planning.language import Text


@dataclass(frozen=True)
class Field:
    """A field that a user fills in.

    Attributes:
        id: under which the widget asks for its help.
        label: as it stands above the field.
        help: what to write or choose, and what follows from it.
    """

    id: str
    label: Text
    help: Text
