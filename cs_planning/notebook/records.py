"""What people write down around a goal: actions, check-ins, decisions, comments."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from cs_planning.goals.goal import LongText, ShortText


class _Note(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: str = ""
    goal: str = ""


class Action(_Note):
    """One step of the plan.

    Attributes:
        what: what is done.
        owner: by whom.
        due: until when.
        done_on: the day it was finished; `None` while it is open.
        decision: the id of the decision that it comes from.
    """

    what: ShortText
    owner: ShortText = ""
    due: date | None = None
    done_on: date | None = None
    decision: str = ""

    def is_late(self, today: date) -> bool:
        """Whether it should be done and is not."""
        return self.done_on is None and self.due is not None and self.due < today


class CheckIn(_Note):
    """What was noted on a day.

    Attributes:
        value: the KPI on that day, in its unit, where it was read.
        probability: that of the primary target on that day, 0…1.
    """

    day: date
    value: float | None = None
    probability: float | None = None
    note: LongText = ""
    author: ShortText = ""


class Decision(_Note):
    """What a meeting decided; with an owner and a date it becomes an action.

    Attributes:
        cell: the id of the cell that it was taken at.
    """

    day: date
    what: ShortText
    owner: ShortText = ""
    due: date | None = None
    author: ShortText = ""
    cell: str = ""

    def as_action(self) -> Action:
        """The step of the plan that the decision asks for."""
        return Action(goal=self.goal, what=self.what, owner=self.owner, due=self.due, decision=self.id)


class Comment(_Note):
    """What somebody says about a page or one of its cells.

    Attributes:
        page: the id of the page.
        cell: the id of the cell; empty for the page as a whole.
        resolved: whether nobody has to answer any more.
    """

    page: str = ""
    cell: str = ""
    author: ShortText = ""
    at: datetime
    words: LongText
    resolved: bool = False
