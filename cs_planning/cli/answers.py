"""What an import tells a person or a program: what came in, or what has to be asked first."""

from __future__ import annotations

import json

from pydantic import BaseModel, ConfigDict

from cs_planning.cli.command import say
from cs_planning.kpis.imports.file_summary import FindingLine
from cs_planning.kpis.imports.questions import Question, Undecided
from cs_planning.language import Text, text
from cs_planning.workspace import ImportReport

ASKS = 3
"""The exit status of a command that has to ask first."""


class ImportLine(BaseModel):
    """What came in with one file."""

    model_config = ConfigDict(frozen=True)

    file: str
    rows_accepted: int
    rows_rejected: int
    values_new: int
    values_changed: int
    values_same: int
    findings: tuple[FindingLine, ...]

    @classmethod
    def of(cls, file: str, report: ImportReport) -> ImportLine:
        """The line of a report, in the language in force."""
        return cls(
            file=file,
            rows_accepted=report.imported.accepted_rows,
            rows_rejected=report.rejected_rows,
            values_new=report.counts.inserted,
            values_changed=report.counts.changed,
            values_same=report.counts.unchanged,
            findings=tuple(map(FindingLine.of, report.imported.findings)),
        )

    def words(self) -> Text:
        """The line as text for a terminal."""
        return text(
            "{file}: {rows} rows accepted, {rejected} rejected; {new} values new, {changed} changed, {same} as before.",
            file=self.file,
            rows=self.rows_accepted,
            rejected=self.rows_rejected,
            new=self.values_new,
            changed=self.values_changed,
            same=self.values_same,
        )


def ask(error: Undecided, *, as_json: bool) -> int:
    """Puts the questions of a file to a person, or to a program as JSON, and gives the exit status.

    Args:
        error: the file and its questions.
        as_json: whether a program asks.
    """
    if as_json:
        asked = [_as_json(question) for question in error.questions]
        print(json.dumps({"file": error.file, "questions": asked}, ensure_ascii=False, indent=1))
        return ASKS
    say(text("{file} was not read yet.", file=error.file))
    for question in error.questions:
        say(f"{question.words} {question.reason}")
        for choice in question.choices:
            mark = "→" if choice.value == question.guessed else " "
            say(f"  {mark} {question.option} {_quoted(choice.value)}   {choice.label}")
    return ASKS


def _as_json(question: Question) -> dict[str, object]:
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
