"""What cells of all kinds have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

from cs_planning.goals.goal import ShortText

_Id = Annotated[str, Field(min_length=1, max_length=80)]


class Cell(BaseModel):
    """What cells of all kinds have; each kind adds `kind`, a literal of its own, and its settings.

    Attributes:
        id: unique on its page.
        title: the heading of the section; that of the kind when it is empty.
        hidden: not shown outside of editing.
        collapsed: only its heading is shown until it is opened.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    id: _Id
    title: ShortText = ""
    hidden: bool = False
    collapsed: bool = False

    if TYPE_CHECKING:
        # Each kind declares it after its settings here, since pages have always been written in that order.
        kind: str


class GoalCell(Cell):
    """A cell about a goal; the page's own when `goal` is empty."""

    goal: ShortText = ""
