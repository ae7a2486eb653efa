"""The use cases of feedback: what customers write about, how that changes, and goals against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from cs_planning.goals.goal import Goal, GoalType
from cs_planning.goals.sentence import sentence_of
from cs_planning.kpis.contacts.points.aggregate import contact_coverage
from cs_planning.kpis.contacts.points.engines import open_contacts
from cs_planning.kpis.feedback.counting import Example, examples_of, find_topics, topic_points
from cs_planning.kpis.feedback.topics import Topic
from cs_planning.kpis.frequency import MONTHS, Frequency
from cs_planning.kpis.series import SeriesKey
from cs_planning.storage import Save, Store
from cs_planning.workspace.data.kpi_data import KpiData
from cs_planning.workspace.goals.planning import Planning

_RECENT = 3
_CUT = 0.5


@dataclass(frozen=True)
class TopicLine:
    """One topic with how it stands.

    Attributes:
        topic: what customers write about.
        contacts, complaints: in the last three whole months.
        before: contacts in the three months before those.
        by_month: contacts of each whole month, oldest first.
        complaints_by_month: those of them that are complaints.
        months: the first days of these months.
    """

    topic: Topic
    contacts: int
    complaints: int
    before: int
    by_month: tuple[int, ...]
    complaints_by_month: tuple[int, ...]
    months: tuple[date, ...]

    @property
    def change_percent(self) -> float | None:
        """How much more often it came up than in the three months before; None where it did not come up before."""
        return None if self.before == 0 else 100 * (self.contacts - self.before) / self.before

    @property
    def key(self) -> SeriesKey:
        """The series that a goal against it rests on: its complaints where there are any, else its contacts."""
        return SeriesKey("complaints" if self.complaints else "contact_volume", (self.topic.scope,))


class Feedback:
    """What customers write, of a workspace."""

    def __init__(self, store: Store, data: KpiData, planning: Planning) -> None:
        self._store = store
        self._data = data
        self._planning = planning
        self._lines = lru_cache(maxsize=2)(self._count)

    def lines(self) -> tuple[TopicLine, ...]:
        """Every topic that came up, the most frequent complaints of the last months first."""
        return self._lines(self._data.version())

    def examples(self, topic: Topic) -> tuple[Example, ...]:
        """What customers wrote about a topic, complaints and new ones first."""
        return examples_of(self._data.logs.files(), topic)

    def follow(self, line: TopicLine, *, save: Save) -> SeriesKey:
        """Keeps a topic as KPI series, from now on with every import, and names the one for goals."""
        self._data.logs.follow_topic(line.topic, save=save)
        return line.key

    def draft(self, line: TopicLine, *, save: Save) -> Goal:
        """A draft of a goal that halves the complaints (or contacts) about a topic until the end of a quarter.

        Raises:
            NotFound: no whole month of it is there yet.
        """
        series = self.follow(line, save=save.part("follow"))
        drafted = self._planning.draft(str(series), Frequency.MONTH, GoalType.SATISFACTION, save.now.date())
        start = drafted.baseline.value if drafted.baseline else None
        if start:
            halved = {"primary": start * _CUT, "stretch": start * _CUT * _CUT, "floor": None, "milestones": ()}
            drafted = drafted.model_copy(update=halved)
            title = sentence_of(drafted, self._planning.series_of(drafted))
            drafted = drafted.model_copy(update={"title": str(title)[:300]})
        return self._planning.save_draft(drafted, save=save)

    def _count(self, _version: int) -> tuple[TopicLine, ...]:
        paths = self._data.logs.files()
        if not paths:
            return ()
        with open_contacts(paths) as contacts:
            topics = find_topics(contacts)
            points = topic_points(contacts, topics, MONTHS)
            if points.empty:
                return ()
            whole = contact_coverage(contacts).whole(points, MONTHS)
        points = whole if len(whole) else points
        by_series = points.pivot_table(index="period", columns="series", values="value").fillna(0.0).astype(int)
        lines = [line for topic in topics if (line := _line(topic, by_series)) is not None]
        return tuple(sorted(lines, key=lambda line: (-line.complaints, -line.contacts, line.topic.id)))


def _line(topic: Topic, by_series: pd.DataFrame) -> TopicLine | None:
    contacts, complaints = (str(SeriesKey(kpi, (topic.scope,))) for kpi in ("contact_volume", "complaints"))
    if contacts not in by_series:
        return None
    counts = by_series[contacts]
    complaining = by_series[complaints] if complaints in by_series else 0 * counts
    return TopicLine(
        topic=topic,
        contacts=int(counts.iloc[-_RECENT:].sum()),
        complaints=int(complaining.iloc[-_RECENT:].sum()),
        before=int(counts.iloc[-2 * _RECENT : -_RECENT].sum()),
        by_month=tuple(map(int, counts)),
        complaints_by_month=tuple(map(int, complaining)),
        months=tuple(period.date() for period in pd.DatetimeIndex(by_series.index)),
    )
