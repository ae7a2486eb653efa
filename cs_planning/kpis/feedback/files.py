"""Files on a disk → topics of what customers wrote and how often each came up; nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict

from cs_planning.errors import ImportProblems
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.contacts.points.engines import OpenContacts
from cs_planning.kpis.feedback.counting import examples_of, find_topics, topic_points
from cs_planning.kpis.feedback.topics import Level, Origin, Topic
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.answers import Answers
from cs_planning.kpis.imports.files import open_files
from cs_planning.kpis.series import SeriesKey
from cs_planning.language import text

_EXAMPLES = 3


class TopicSummary(BaseModel):
    """A topic with its counts over the whole time, and the series that count it by period."""

    model_config = ConfigDict(frozen=True)

    topic: str
    name: str
    origin: Origin
    level: Level | None
    contacts: int
    complaints: int
    series: tuple[str, ...]
    examples: tuple[str, ...]


def topics_from_files(
    paths: Sequence[Path], period: Frequency, *, calendar: ServiceCalendar, today: date, answers: Answers | None = None
) -> tuple[pd.DataFrame, tuple[TopicSummary, ...]]:
    """How often each topic came up per period, and the topics, those with the most complaints first.

    Args:
        paths: files of tickets, calls or survey answers with subjects, remarks or tags.
        period: the length of the periods.
        calendar: where the years begin.
        today: the last day that can have happened.
        answers: what a person said about the files, of all of them alike.

    Raises:
        Undecided: something has to be asked before a file is read.
        ImportProblems: a file can't be read, or none holds words or tags.
    """
    with open_files(paths, calendar=calendar, today=today, answers=answers) as files:
        contacts = files.contacts
        topics = () if contacts is None else find_topics(contacts)
        if contacts is None or not topics:
            raise _no_words()
        points = topic_points(contacts, topics, calendar.rhythm(period))
        return points, tuple(_summaries(contacts, topics, points))


def _summaries(contacts: OpenContacts, topics: Sequence[Topic], points: pd.DataFrame) -> list[TopicSummary]:
    totals = points.groupby("series")["value"].sum()
    found = []
    for topic in topics:
        names = [str(SeriesKey(kpi, (topic.scope,))) for kpi in ("contact_volume", "complaints")]
        came, complained = (int(totals.get(name, 0)) for name in names)
        if came:
            examples = tuple(example.words for example in examples_of(contacts, topic, _EXAMPLES))
            kept = tuple(name for name in names if name in totals)
            found.append(
                TopicSummary(
                    topic=topic.id,
                    name=str(topic.name),
                    origin=topic.origin,
                    level=topic.level,
                    contacts=came,
                    complaints=complained,
                    series=kept,
                    examples=examples,
                )
            )
    return sorted(found, key=lambda one: (-one.complaints, -one.contacts, one.topic))


def _no_words() -> ImportProblems:
    return ImportProblems(
        text("No file holds subjects, remarks or tags."),
        text("Give an export with such columns, or map them on the Import page."),
    )
