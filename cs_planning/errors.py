"""Every error that the product raises on purpose.

    PlanningError              something a user can act on: a message and a hint
    ├── ImportProblems         a file that can't be read as it is: all of its problems at once
    │   └── Undecided          a file that is not read before a question is answered (`kpis.imports.answers`)
    ├── InvalidSeries          a series frame that breaks the contract of `kpis.series`
    ├── InvalidGoal            a goal that can't be committed: all of its problems at once
    ├── CannotForecast         too little or too broken a history for an honest probability
    │   └── StaleData          data too old for a probability
    ├── InvalidOperation       an operation or lever that queueing can't describe
    ├── InvalidOpeningHours    hours, holidays or a fiscal year that can't be
    ├── InvalidPage            a page file that is not a page, or a page that is full
    ├── SharingOff             a link for readers where the workspace allows none
    ├── NotFound               a goal, page, series or snapshot that is not (any longer) there
    ├── NameTaken              something of this kind is kept under that name
    ├── Conflict               somebody else saved the same thing in between
    ├── InvalidBackup          a file that is no backup, or a copy that is not what it was made of
    ├── Occupied               a place that holds something which nobody said may go
    └── StorageUnavailable     the workspace can't be opened, read or written

A page shows `message` and `hint`; the command line prints them and exits with 2, or with 3 where it has to ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from cs_planning.language import Text, text


class Problem(BaseModel):
    """One thing that is wrong, where it is, what was found, and what to do about it.

    `row` counts as the user's spreadsheet does: the header is row 1.
    """

    model_config = ConfigDict(frozen=True)

    message: Text
    remedy: Text
    field: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None


def by_kind(problems: Sequence[Problem]) -> tuple[tuple[Problem, int], ...]:
    """Each kind of problem once, by its first example, with how many there are; a kind is one sentence in one column."""
    first: dict[tuple[str, str | None, str | None], Problem] = {}
    counts: dict[tuple[str, str | None, str | None], int] = {}
    for problem in problems:
        kind = (problem.message.source, problem.column, problem.field)
        first.setdefault(kind, problem)
        counts[kind] = counts.get(kind, 0) + 1
    return tuple((problem, counts[kind]) for kind, problem in first.items())


class PlanningError(Exception):
    """An error with a message for the user and a hint at the next step.

    Args:
        message: what happened, where, what was found and what was expected.
        hint: what the user can do next.
        problems: all single findings behind the error, where there are several.
    """

    def __init__(self, message: Text, hint: Text | None = None, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint or text("Check the input and try again.")
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}"


class ImportProblems(PlanningError):
    """A file can't be imported as it is; `problems` holds everything that is wrong with it."""


class EngineUnavailable(PlanningError):
    """A database, warehouse or cluster can't be reached, or does not hold what was asked for."""


class InvalidSeries(PlanningError):
    """A frame is not a series frame: a column, type, order or value breaks the contract."""


class InvalidGoal(PlanningError):
    """A goal can't be committed to; `problems` names each field."""


class CannotForecast(PlanningError):
    """The history does not carry an honest probability."""


class StaleData(CannotForecast):
    """The data are too old for a probability of today; `plan_as_of` is the day after their end."""

    def __init__(self, message: Text, hint: Text, plan_as_of: date) -> None:
        super().__init__(message, hint)
        self.plan_as_of = plan_as_of


class InvalidOperation(PlanningError):
    """The inputs of a what-if can't describe a service operation; `problems` names each field."""


class InvalidOpeningHours(PlanningError):
    """Opening hours, holidays or the start of a fiscal year can't be read or can't be so."""


class InvalidPage(PlanningError):
    """A page can't be read or can't take more cells; `problems` names each place."""


class SharingOff(PlanningError):
    """A page can't be opened to readers with a link, since the workspace allows no links."""


class NotFound(PlanningError):
    """What was asked for is not in the workspace."""


class NothingYet(NotFound):
    """Nobody has made yet what is asked for: no fault, and nothing for readers of a finished page."""


class CannotUndo(PlanningError):
    """An import can't be taken back; nothing was changed."""


class NameTaken(PlanningError):
    """Something of the same kind is kept under this name already; nothing was overwritten."""


class Conflict(PlanningError):
    """The thing was changed by somebody else since it was opened; nothing was overwritten.

    Args:
        message: what happened.
        hint: what the user can do next.
        mine: what was to be saved.
        theirs: what is stored now.
    """

    def __init__(self, message: Text, hint: Text | None = None, *, mine: object = None, theirs: object = None) -> None:
        super().__init__(message, hint)
        self.mine = mine
        self.theirs = theirs


class Overtaken(Conflict):
    """Something that the work rested on was changed meanwhile; nothing was saved, and doing it again takes that in."""


class InvalidBackup(PlanningError):
    """A file is no backup, or is not whole; or a copy differs from what it was made of."""


class Occupied(PlanningError):
    """What was to be written would replace something; nothing was changed."""


class StorageUnavailable(PlanningError):
    """The workspace can't be opened, read or written."""
