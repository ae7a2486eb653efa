"""Goals that somebody is typing: kept until they are saved, so that a page that is loaded again loses nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock, Timer

from pydantic import ValidationError

from cs_planning.errors import PlanningError
from cs_planning.goals.goal import Goal, goal_from_json
from cs_planning.storage import Store

_PREFIX = "unfinished."
_KEPT = timedelta(days=30)
_REST_SECONDS = 0.4
"""How long a hand may rest before what it typed is written: a slider that is pulled writes once, where it stops."""


class Unfinished:
    """What is being typed, each under a name that nobody can guess; no history, and no version of the goal."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[str, str] = {}
        self._timer: Timer | None = None
        self._hand = Lock()
        self._writing = Lock()

    def keep(self, name: str, goal: Goal) -> None:
        """Keeps the goal as it is typed by now; the last one wins.

        It is found at once, and written a moment later by a thread of its own, so that nobody who pulls a slider waits for it.
        One that can't be written just now waits for the next.
        """
        with self._hand:
            self._waiting[name] = goal.model_dump_json()
            if self._timer is None:
                self._timer = Timer(_REST_SECONDS, self.write)
                self._timer.daemon = True
                self._timer.start()

    def write(self) -> None:
        """Writes what waits."""
        with self._writing:
            with self._hand:
                waiting, self._waiting, self._timer = self._waiting, {}, None
            for name, written in waiting.items():
                try:
                    self._store.computed.keep(_PREFIX + name, written)
                except PlanningError:
                    with self._hand:
                        self._waiting.setdefault(name, written)

    def close(self) -> None:
        """Writes what waits, as far as that is possible, and starts no thread anew."""
        with self._hand:
            if self._timer is not None:
                self._timer.cancel()
        self.write()

    def find(self, name: str) -> Goal | None:
        """The goal as it was typed; `None` where there is none, or where it is of another edition of the product."""
        with self._hand:
            waiting = self._waiting.get(name)
        kept = waiting or self._store.computed.load(_PREFIX + name)
        if not isinstance(kept, str):
            return None
        try:
            return goal_from_json(kept)
        except ValidationError:
            return None

    def drop(self, name: str, now: datetime) -> None:
        """Drops the goal of this name, which was saved or given up, and whatever nobody came back to for a month."""
        with self._writing:
            with self._hand:
                self._waiting.pop(name, None)
            self._store.computed.drop(_PREFIX + name)
        self._store.computed.drop_before(_PREFIX, now - _KEPT)
