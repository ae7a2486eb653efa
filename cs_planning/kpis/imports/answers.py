"""What a person can be asked about a file, and what was said: the questions themselves are made elsewhere."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from cs_planning.errors import ImportProblems
from cs_planning.kpis.cells.moments import DateOrder
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.language import Text, text


class Rows(StrEnum):
    """What one row of a file is, as a person would say it."""

    CONTACTS = "contacts"
    STEPS = "steps"
    CALLS = "calls"
    ANSWERS = "answers"
    FIGURES = "figures"

    @property
    def label(self) -> Text:
        """In words."""
        return {
            "contacts": text("a contact: a ticket, a case or a conversation"),
            "steps": text("a step in the life of a contact"),
            "calls": text("a call"),
            "answers": text("an answer to a survey"),
            "figures": text("the figures of a day, week or month"),
        }[self.value]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of file that have such rows."""
        return _KINDS[self]

    @classmethod
    def of(cls, kind: Kind) -> Rows:
        """What one row of a kind of file is."""
        return next(rows for rows, kinds in _KINDS.items() if kind in kinds)


_KINDS: MappingOf[Rows, tuple[Kind, ...]] = {
    Rows.CONTACTS: (Kind.TICKETS,),
    Rows.STEPS: (Kind.EVENTS,),
    Rows.CALLS: (Kind.CALLS,),
    Rows.ANSWERS: (Kind.SURVEYS,),
    Rows.FIGURES: (Kind.KPI_TABLE_WIDE, Kind.KPI_TABLE_LONG, Kind.CALL_CENTRE_DAILY, Kind.COSTS),
}


class Answers(BaseModel):
    """What a person said about a file.

    Attributes:
        rows: what one row is.
        arrived: the column with the moment or period to which a row belongs.
        dates: the order of day and month.
        missing: marks that stand for no value, such as `tbd`.
        columns: what further columns are used for, as (column, role).
        steps: what the steps of an event log do, as (word of the log, role).
    """

    model_config = ConfigDict(frozen=True)

    rows: Rows | None = None
    arrived: str | None = None
    dates: DateOrder | None = None
    missing: tuple[str, ...] = ()
    columns: tuple[tuple[str, Role], ...] = ()
    steps: tuple[tuple[str, Role], ...] = ()

    def and_then(self, question: str, value: str, column: str | None = None) -> Answers:
        """These answers and one more.

        Args:
            question: the id of the question.
            value: of the choice; for a needed role the column and the role, as `Price=cost`.
            column: the column, or the word of an event log, that the question is about.
        """
        if question == "rows":
            return self.model_copy(update={"rows": Rows(value)})
        if question == "arrived":
            return self.model_copy(update={"arrived": value})
        if question == "dates":
            return self.model_copy(update={"dates": DateOrder(value)})
        if question == "needed":
            column, _sign, role = value.rpartition("=")
            return self.and_then("column", role, column)
        if question == "step" and column is not None:
            said = tuple(one for one in self.steps if one[0] != column)
            return self.model_copy(update={"steps": (*said, (column, Role(value)))})
        if question == "column" and column is not None:
            others = tuple(one for one in self.columns if one[0] != column)
            return self.model_copy(update={"columns": (*others, (column, Role(value)))})
        return self.model_copy(update={"missing": (*self.missing, value)})


class Choice(BaseModel):
    """One answer that a question can have, and how it is said to a person."""

    model_config = ConfigDict(frozen=True)

    value: str
    label: Text


class FileQuestion(BaseModel):
    """What has to be known before a file is read, or should be looked at.

    Attributes:
        id: what is asked: `rows`, `arrived`, `needed`, `dates`, `missing`, `column` or `step`.
        column: the column that it is about, or the word of an event log, where it is about one.
        words: the question.
        reason: why it is asked.
        choices: the answers that it can have.
        guessed: the likeliest of them; None where nothing speaks for one.
        option: the option of the command line that answers it.
        blocks: whether the file is not read before it is answered.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    column: str | None = None
    words: Text
    reason: Text
    choices: tuple[Choice, ...]
    guessed: str | None = None
    option: str
    blocks: bool = True


class Undecided(ImportProblems):
    """A file that is not read before a question is answered; `questions` are those that are open, the first one first."""

    def __init__(self, file: str, questions: tuple[FileQuestion, ...]) -> None:
        super().__init__(
            text("{file} was not read: {question}", file=file, question=questions[0].words),
            text("Answer on the Import page, or with {option} on the command line.", option=questions[0].option),
        )
        self.file = file
        self.questions = questions
