"""What an import tells a person or a program: what came in, or what has to be asked first; and the options that answer."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from cs_planning.cli.command import say
from cs_planning.kpis.cells.moments import DateOrder
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.findings.imported import QualityFinding
from cs_planning.kpis.imports.answers import Answers, FileQuestion, Rows, Undecided
from cs_planning.kpis.imports.file_summary import FindingLine
from cs_planning.language import Text, ntext, text
from cs_planning.language import gettext as _
from cs_planning.workspace import ImportReport

_MOST_CHOICES = 8
ASKS = 3
"""The exit status of a command that has to ask first."""


_ORDERS = {"day-first": DateOrder.DAY_FIRST, "month-first": DateOrder.MONTH_FIRST}


def add_answers(made: argparse.ArgumentParser) -> None:
    """The options that answer what a file leaves open; all of them are `None` or empty when nobody gives them."""
    made.add_argument("--rows", choices=[rows.value for rows in Rows], help=_("what one row of the files is"))
    made.add_argument("--arrived", metavar="COLUMN", help=_("the column with the moment or period to which a row belongs"))
    made.add_argument(
        "--column",
        action="append",
        default=[],
        type=_column_and_role,
        metavar="COLUMN=ROLE",
        help=_("what a column is used for, such as “Closed off=solved_at”; may be repeated; “COLUMN=?” lists the roles"),
    )
    made.add_argument(
        "--step",
        action="append",
        default=[],
        type=_column_and_role,
        metavar="WORD=ROLE",
        help=_("what a word of an event log does to a contact, such as “fertig=solved_at”; may be repeated"),
    )
    made.add_argument("--dates", choices=list(_ORDERS), help=_("whether the day or the month comes first in dates"))
    made.add_argument(
        "--missing",
        action="append",
        default=[],
        metavar="MARK",
        help=_("a mark that stands for no value, such as tbd; may be repeated"),
    )


def answers_of(arguments: argparse.Namespace) -> Answers:
    """What the options say about the files."""
    return Answers(
        rows=Rows(arguments.rows) if arguments.rows else None,
        arrived=arguments.arrived,
        dates=_ORDERS[arguments.dates] if arguments.dates else None,
        missing=tuple(arguments.missing),
        columns=tuple(arguments.column),
        steps=tuple(arguments.step),
    )


def _column_and_role(written: str) -> tuple[str, Role]:
    column, _sign, role = written.rpartition("=")
    if not column or role not in set(Role):
        known = ", ".join(one.value for one in Role)
        raise argparse.ArgumentTypeError(
            _("“{written}” is no COLUMN=ROLE; roles are: {roles}.").format(written=written, roles=known)
        )
    return column, Role(role)


class ImportLine(BaseModel):
    """What came in with one file."""

    model_config = ConfigDict(frozen=True)

    file: str
    rows_accepted: int
    rows_rejected: int
    values_new: int
    values_changed: int
    values_same: int
    values_gone: int
    findings: tuple[FindingLine, ...]

    @classmethod
    def of(cls, file: str, report: ImportReport, findings: Sequence[QualityFinding]) -> ImportLine:
        """The line of a report with what is to be said of its file, in the language in force."""
        return cls(
            file=file,
            rows_accepted=report.imported.accepted_rows,
            rows_rejected=report.rejected_rows,
            values_new=report.counts.inserted,
            values_changed=report.counts.changed,
            values_same=report.counts.unchanged,
            values_gone=report.counts.removed,
            findings=tuple(map(FindingLine.of, findings)),
        )

    def words(self) -> Text:
        """The line as text for a terminal."""
        return text(
            "{file}: {rows} rows accepted, {rejected} rejected; "
            "{new} values new, {changed} changed, {same} as before, {gone} gone.",
            file=self.file,
            rows=self.rows_accepted,
            rejected=self.rows_rejected,
            new=self.values_new,
            changed=self.values_changed,
            same=self.values_same,
            gone=self.values_gone,
        )


def ask(error: Undecided, *, as_json: bool) -> int:
    """Puts the questions of a file to a person, and to a program as JSON too, and gives the exit status.

    Args:
        error: the file and its questions.
        as_json: whether a program asks.
    """
    if as_json:
        asked = [_as_json(question) for question in error.questions]
        print(json.dumps({"file": error.file, "questions": asked}, ensure_ascii=False, indent=1))
    say(text("{file} was not read yet.", file=error.file))
    for question in error.questions:
        say(f"{question.words} {question.reason}")
        for choice in question.choices[:_MOST_CHOICES]:
            mark = "→" if choice.value == question.guessed else " "
            say(f"  {mark} {question.option} {_quoted(choice.value)}   {choice.label}")
        left = len(question.choices) - _MOST_CHOICES
        if left > 0:
            say(ntext("    and {count} more column", "    and {count} more columns", left))
    return ASKS


def _as_json(question: FileQuestion) -> dict[str, object]:
    return {
        "id": question.id,
        "column": question.column,
        "words": str(question.words),
        "reason": str(question.reason),
        "choices": [{"value": choice.value, "label": str(choice.label)} for choice in question.choices],
        "guessed": question.guessed,
        "option": question.option,
    }


def _quoted(value: str) -> str:
    return value if value.replace("_", "").isalnum() and value.isascii() else f'"{value}"'
