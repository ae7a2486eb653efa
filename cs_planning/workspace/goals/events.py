"""The use cases of events: mark a stretch of time on a series, take the mark away, see who did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pydantic import TypeAdapter

from cs_planning.forecasting.evidence.events import Event
from cs_planning.storage import Document, Save, Store

_KIND = "event"
_FORM: TypeAdapter[Event] = TypeAdapter(Event)


@dataclass(frozen=True)
class MarkedEvent:
    """An event that somebody marked on a series.

    Attributes:
        id, version: of the document that keeps it.
        series: the written `SeriesKey`; the event counts in every rhythm of it.
        event: what happened and what is done about it.
        author: who saved it last.
        since: the day on which it was marked.
        until: the day on which the mark was taken away; `None` while it counts.
    """

    id: str
    version: int
    series: str
    event: Event
    author: str
    since: date
    until: date | None = None


class Events:
    """The marked events of a workspace."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._all = lru_cache(maxsize=2)(self._load)

    def marked(self, series: str) -> tuple[MarkedEvent, ...]:
        """The events that count for a series, the earliest first."""
        return tuple(one for one in self.ever_marked(series) if one.until is None)

    def ever_marked(self, series: str) -> tuple[MarkedEvent, ...]:
        """The events of a series with those that were taken away, the earliest first."""
        return self._all(self._store.changes.content_without_comments()).get(series, ())

    def of(self, series: str, on: date | None = None) -> tuple[Event, ...]:
        """What forecasts of a series know: the events that count now, or those that counted on a day."""
        if on is None:
            return tuple(one.event for one in self.marked(series))
        return tuple(one.event for one in self.ever_marked(series) if one.since <= on and (one.until is None or one.until > on))

    def stamp(self) -> str:
        """A word that changes whenever an event is marked or taken away."""
        kept = self._all(self._store.changes.content_without_comments())
        return ".".join(f"{one.id}-{one.version}" for many in kept.values() for one in many)

    def mark(self, series: str, event: Event, *, save: Save) -> None:
        """Keeps an event; from now on every forecast of the series knows it."""
        body = _FORM.dump_json(event).decode()
        document = Document(kind=_KIND, title=event.name, series=series, variant=event.kind.value, body=body)
        self._store.documents.save(document, save=save)

    def take_away(self, marked: MarkedEvent, *, save: Save) -> None:
        """Lets an event count no longer; its history stays.

        Raises:
            Conflict: somebody changed it in between.
        """
        self._store.documents.archive(_KIND, marked.id, version=marked.version, save=save)

    def _load(self, _version: int) -> dict[str, tuple[MarkedEvent, ...]]:
        found: dict[str, list[MarkedEvent]] = {}
        for one in self._store.documents.list(_KIND, archived=None):
            created, changed = one.created_at, one.updated_at
            if one.series is None or created is None or changed is None:
                continue
            until = changed.date() if one.archived else None
            event = _FORM.validate_json(one.body)
            marked = MarkedEvent(one.id, one.version, one.series, event, one.author, created.date(), until)
            found.setdefault(one.series, []).append(marked)
        return {series: tuple(sorted(many, key=lambda one: (one.event.first, one.id))) for series, many in found.items()}
