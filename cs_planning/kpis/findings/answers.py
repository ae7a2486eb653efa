"""What is suspicious in columns of answers: some outside of the scale, another scale, words that turn it round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from cs_planning.kpis.cells.numbers import is_missing
from cs_planning.kpis.columns.contents.answers import ANSWER_ROLES, HIGHEST_NPS, on_scale, raw_answer
from cs_planning.kpis.columns.contents.scales import SAYS_LITTLE, direction_of
from cs_planning.kpis.columns.mapping import ColumnMapping
from cs_planning.kpis.columns.mapping import Mapping as ColumnRoles
from cs_planning.kpis.columns.names.headers import read_header
from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import listed_texts, ntext, text

_LOOKED_AT = 50_000
_SAMPLE = 5


def answer_findings(table: Table, mapping: ColumnRoles) -> tuple[QualityFinding, ...]:
    """What is suspicious in the answers of a table.

    Args:
        table: the cells that answers were read from.
        mapping: what its columns mean, with their scales.
    """
    return tuple(
        finding
        for entry in mapping.columns
        if entry.role in ANSWER_ROLES
        for finding in _of_column(entry, Counter(map(str, table.frame[entry.column].iloc[:_LOOKED_AT])))
    )


def _of_column(entry: ColumnMapping, cells: Counter[str]) -> Iterator[QualityFinding]:
    scores: Counter[float] = Counter()
    for cell, count in cells.items():
        score = None if is_missing(cell) else raw_answer(cell)
        if score is not None and not np.isnan(score):
            scores[score] += count
    if entry.role is Role.NPS and entry.scale_highest not in (None, HIGHEST_NPS):
        yield _other_scale(entry, scores)
        return
    if entry.role is Role.NPS and read_header(entry.column).name in SAYS_LITTLE:
        yield _as_recommendation(entry)
    outside = {score: count for score, count in sorted(scores.items()) if not on_scale(score, entry)}
    if outside:
        yield _outside(entry, outside)
    if (
        entry.role is Role.CSAT
        and entry.scale_highest == HIGHEST_NPS
        and scores[0.0]
        and read_header(entry.column).scale is None
    ):
        yield _perhaps_recommendation(entry, scores)
    direction = direction_of(read_header(entry.column), cells)
    if direction.contradicts:
        yield _contradiction(entry)
    elif direction.is_reversed and entry.role is Role.CSAT:
        yield _turned(entry)


def _other_scale(entry: ColumnMapping, scores: Counter[float]) -> QualityFinding:
    return QualityFinding(
        rule="nps_scale",
        severity=Severity.WARNING,
        message=text(
            "No answer in {column} is above {highest}: this is not the scale from 0 to 10.",
            column=entry.column,
            highest=max(scores, default=0.0),
        ),
        consequence=text("No net promoter score is computed; as it stands every customer would count as a detractor."),
        remedy=text(
            "Map the column to satisfaction, or export the answers from 0 to 10; a header such as “NPS (0-10)” settles it."
        ),
        count=sum(scores.values()),
        column=entry.column,
    )


def _as_recommendation(entry: ColumnMapping) -> QualityFinding:
    return QualityFinding(
        rule="read_as_recommendation",
        severity=Severity.NOTICE,
        message=text("The answers in {column} go from 0 to 10 and were read as recommendation (NPS).", column=entry.column),
        consequence=text("Answers from 9 on are promoters, those below 7 detractors."),
        remedy=text("Map the column to satisfaction if it was asked how satisfied customers are."),
        column=entry.column,
    )


def _outside(entry: ColumnMapping, outside: dict[float, int]) -> QualityFinding:
    listed = listed_texts([text("{value}", value=score) for score in list(outside)[:_SAMPLE]])
    return QualityFinding(
        rule="outside_scale",
        severity=Severity.WARNING,
        message=ntext(
            "{count} answer in {column} lies outside of its scale from {low} to {high}: {values}.",
            "{count} answers in {column} lie outside of its scale from {low} to {high}: {values}.",
            sum(outside.values()),
            column=entry.column,
            low=entry.scale_lowest or 0.0,
            high=entry.scale_highest or 0.0,
            values=listed,
        ),
        consequence=ntext(
            "It is left out; the others are counted on that scale.",
            "They are left out; the others are counted on that scale.",
            sum(outside.values()),
        ),
        remedy=ntext(
            "Correct it, or choose another scale if the scale of the survey is a larger one.",
            "Correct them, or choose another scale if the scale of the survey is a larger one.",
            sum(outside.values()),
        ),
        count=sum(outside.values()),
        sample_values=tuple(f"{score:g}" for score in list(outside)[:_SAMPLE]),
        column=entry.column,
    )


def _perhaps_recommendation(entry: ColumnMapping, scores: Counter[float]) -> QualityFinding:
    return QualityFinding(
        rule="perhaps_recommendation",
        severity=Severity.WARNING,
        message=ntext(
            "The answers in {column} go from 0 to 10 and {count} of them is 0, as in a question about recommendation (NPS).",
            "The answers in {column} go from 0 to 10 and {count} of them are 0, as in a question about recommendation (NPS).",
            scores[0.0],
            column=entry.column,
        ),
        consequence=text("They were counted as satisfaction, where answers from 8 on are satisfied."),
        remedy=text("Map the column to recommendation if it was asked whether customers would recommend the service."),
        count=scores[0.0],
        column=entry.column,
    )


def _contradiction(entry: ColumnMapping) -> QualityFinding:
    return QualityFinding(
        rule="labels_contradict",
        severity=Severity.WARNING,
        message=text(
            "In {column} words and numbers contradict each other about which end of the scale is the good one.",
            column=entry.column,
        ),
        consequence=text(
            "Answers with words count by their words; those with a number alone may be counted the wrong way round."
        ),
        remedy=text("Write each answer with the number that its words have in the survey."),
        column=entry.column,
    )


def _turned(entry: ColumnMapping) -> QualityFinding:
    return QualityFinding(
        rule="scale_reversed",
        severity=Severity.NOTICE,
        message=text("In {column} a low number is the good answer, as its words say.", column=entry.column),
        consequence=text("Satisfied are the answers at the low end of the scale."),
        remedy=text("Nothing to do if the words are right."),
        column=entry.column,
    )
