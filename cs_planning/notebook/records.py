"""What people write down around a goal: actions, check-ins and decisions as the goals know them, and comments on pages."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from cs_planning.goals.following.checkins import CheckIn
from cs_planning.goals.following.review import Decision
from cs_planning.goals.goal import LongText, ShortText
from cs_planning.goals.plan.actions import Action

__all__ = ["Action", "CheckIn", "Comment", "Decision"]


class Comment(BaseModel):
    """What somebody says about a page or one of its cells.

    Attributes:
        page: the id of the page.
        cell: the id of the cell; empty for the page as a whole.
        resolved: whether nobody has to answer any more.
    """

    model_config = ConfigDict(frozen=True)

    id: str = ""
    page: str = ""
    cell: str = ""
    author: ShortText = ""
    at: datetime
    words: LongText
    resolved: bool = False
