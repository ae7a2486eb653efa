"""A table and what is known of it → what has to be asked before it is read, and its reading once that is answered."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import replace
from functools import partial

import pandas as pd

from cs_planning.errors import ImportProblems
from cs_planning.kpis.cells.missing import is_missing
from cs_planning.kpis.cells.moments import DateOrder
from cs_planning.kpis.cells.numbers import read_numbers
from cs_planning.kpis.columns.contents.looks import Column, look_at, table_conventions
from cs_planning.kpis.columns.guesses.examination import activities_in
from cs_planning.kpis.columns.guesses.readings import FIRST_MOMENT
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import PARTS_OF_HANDLING, Kind, Role
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.imports.answers import Answers, Choice, FileQuestion, Rows, Undecided
from cs_planning.kpis.imports.needed import about_needed, by_elimination, with_examples
from cs_planning.kpis.imports.recognise import IN_DOUBT, Recognition, recognise_as
from cs_planning.language import Percent, listed_texts, ntext, text

_OFTEN = 2
_MOST_MARKS = 3
_PERIODS = 0.6


def answered(table: Table, found: Recognition, answers: Answers) -> Recognition:
    """What the table is by the answers of a person; what they leave open stays as it was found.

    Args:
        table: the file's cells.
        found: what it was recognised as.
        answers: what the person said.

    Raises:
        ImportProblems: a column that was named is not in the table.
    """
    if answers.rows is not None:
        what = ("rows", answers.rows, found.mapping.model_dump_json())
        found = table.once(what, partial(_with_rows, table, answers.rows, found))
    mapping = found.mapping
    if answers.arrived is not None:
        _require_column(table, answers.arrived)
        mapping = mapping.with_role(answers.arrived, FIRST_MOMENT[mapping.kind])
    for column, role in answers.columns:
        _require_column(table, column)
        mapping = mapping.with_role(column, role)
    if answers.steps:
        mapping = _with_steps(table, mapping, answers)
    if answers.dates is not None:
        mapping = mapping.with_date_order(answers.dates)
    if answers.missing:
        mapping = mapping.model_copy(update={"missing": tuple(dict.fromkeys((*mapping.missing, *answers.missing)))})
    # A reading that an answer has completed is as sure as its kind was: what it lacked is known now.
    confidence = found.confidence if mapping.missing_roles() else found.kind_confidence
    return replace(found, mapping=mapping, confidence=confidence)


def _with_rows(table: Table, rows: Rows, found: Recognition) -> Recognition:
    """What the table is if a person says what its rows are."""
    found = recognise_as(table, rows.kinds, found)
    if found.mapping.missing_roles():
        looks = look_at(table, table_conventions(table)[0])
        found = replace(found, mapping=by_elimination(found.mapping, looks, FIRST_MOMENT[found.kind]))
    return found


def _with_steps(table: Table, mapping: Mapping, answers: Answers) -> Mapping:
    """The mapping with what the words of an event log do, as far as they are known and as they were told."""
    entry = mapping.find(Role.ACTIVITY)
    known = mapping.activities or (activities_in(table, entry.column) if entry is not None else {})
    told = {word: role for word, role in answers.steps if role is not Role.IGNORE}
    return mapping.model_copy(update={"activities": {**known, **told}})


def _require_column(table: Table, column: str) -> None:
    if column not in table.columns:
        raise ImportProblems(
            text("{file} has no column “{column}”.", file=table.name, column=column),
            text("Its columns are: {columns}.", columns=listed_texts(table.columns)),
        )


def understood(table: Table, found: Recognition, answers: Answers | None = None) -> Recognition:
    """What the table is, once everything is known that its reading needs.

    Raises:
        Undecided: something has to be asked first.
        ImportProblems: an answer names a column that is not there.
    """
    said = answered(table, found, answers or Answers())
    open_ones = tuple(question for question in open_questions(table, said) if question.blocks)
    if open_ones:
        raise Undecided(table.name, open_ones)
    return said


def open_questions(table: Table, found: Recognition) -> tuple[FileQuestion, ...]:
    """What has to be asked about a table, in the order in which it is asked: what its rows are alone, since all else follows.

    Args:
        table: the file's cells.
        found: what it was recognised as, or what became of that by answers.

    Assumptions: what was confirmed for a file with the same header needs no second answer.
    """
    asked: list[FileQuestion] = []
    mapping = found.mapping
    if found.kind_confidence < IN_DOUBT and not found.remembered:
        return (_about_rows(found),)
    order, _certain, _mark = table_conventions(table)
    missing = mapping.missing_roles()
    if missing:
        looks = look_at(table, order)
        for group in missing:
            is_moment = FIRST_MOMENT[mapping.kind] in group
            asked += _about_the_moment(mapping.kind, looks) if is_moment else about_needed(mapping, group, looks)
    if not mapping.date_order_certain and not found.remembered:
        asked.append(_about_dates(mapping.date_order))
    if not mapping.kind.holds_contacts:
        asked += _about_marks(table, found)
    return tuple(asked)


def _about_rows(found: Recognition) -> FileQuestion:
    likeliest = Rows.of(found.kind) if found.kind_confidence > 0 else None
    if likeliest is None:
        reason = text("Its columns and cells are like nothing that is known.")
    else:
        reason = text(
            "It looks like {kind}, which is only {share} sure.",
            kind=found.kind.label,
            share=Percent(share=found.kind_confidence),
        )
    return FileQuestion(
        id="rows",
        words=text("What is one row of this file?"),
        reason=reason,
        choices=tuple(Choice(value=rows.value, label=rows.label) for rows in Rows),
        guessed=None if likeliest is None else likeliest.value,
        option="--rows",
    )


def _about_the_moment(kind: Kind, looks: MappingOf[str, Column]) -> list[FileQuestion]:
    rows = Rows.of(kind)
    fitting = [
        look
        for look in looks.values()
        if look.is_time or (rows is Rows.FIGURES and look.filled and look.share_periods >= _PERIODS)
    ]
    if not fitting:
        return []
    words = {
        Rows.CONTACTS: text("Which column says when a contact arrived?"),
        Rows.CALLS: text("Which column says when a call came in?"),
        Rows.STEPS: text("Which column says when a step happened?"),
        Rows.ANSWERS: text("Which column says when an answer was given?"),
        Rows.FIGURES: text("Which column says the day, week or month?"),
    }
    return [
        FileQuestion(
            id="arrived",
            words=words[rows],
            reason=text("No column says it by its name, and a date of something else would count in the wrong periods."),
            choices=tuple(Choice(value=look.name, label=with_examples(look)) for look in fitting),
            option="--arrived",
        )
    ]


def _about_dates(order: DateOrder) -> FileQuestion:
    return FileQuestion(
        id="dates",
        words=text("Does the day or the month come first in its dates?"),
        reason=text("Every date in this file could be read both ways."),
        choices=(
            Choice(value=DateOrder.DAY_FIRST.value, label=text("day first (31.12.2026)")),
            Choice(value=DateOrder.MONTH_FIRST.value, label=text("month first (12/31/2026)")),
        ),
        guessed=order.value,
        option="--dates",
        blocks=False,
    )


_WITH_NUMBERS = (
    *(Role.KPI, Role.SAMPLE_SIZE, Role.PERIOD_COLUMN, Role.VALUE, Role.COST, Role.ASA, Role.SERVICE_LEVEL, Role.HANDLE_TIME),
    *(Role.OFFERED, Role.HANDLED, Role.ABANDONED, Role.SHORT_ABANDONED, Role.ANSWERED_IN_TIME, *PARTS_OF_HANDLING),
)


def _about_marks(table: Table, found: Recognition) -> list[FileQuestion]:
    """Words that stand again and again where numbers are expected: each would stop a table of figures."""
    counts: dict[str, tuple[int, str]] = {}
    for entry in found.mapping.columns:
        if entry.role not in _WITH_NUMBERS:
            continue
        cells = table.frame[entry.column].astype("str").value_counts()
        words = [cell for cell in map(str, cells.index) if not any(sign.isdigit() for sign in cell) and not is_missing(cell)]
        for word, is_bad in zip(words, read_numbers(pd.Series(words, dtype="str")).bad, strict=True):
            if is_bad and word not in found.mapping.missing:
                before, column = counts.get(word, (0, entry.column))
                counts[word] = before + int(cells[word]), column
    often = sorted(((count, word, column) for word, (count, column) in counts.items() if count >= _OFTEN), reverse=True)
    return [
        FileQuestion(
            id="missing",
            column=column,
            words=ntext(
                "“{mark}” stands in {count} cell, as in “{column}”. Does it mean that there is no value?",
                "“{mark}” stands in {count} cells, as in “{column}”. Does it mean that there is no value?",
                count,
                mark=word,
                column=column,
            ),
            reason=text("It is no number, and a lost value would change a series."),
            choices=(Choice(value=word, label=text("yes, leave these cells empty")),),
            option="--missing",
        )
        for count, word, column in often[:_MOST_MARKS]
    ]
