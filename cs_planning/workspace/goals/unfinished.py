"""Goals that somebody is typing: kept until they are saved, so that a page that is loaded again loses nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import ValidationError

from cs_planning.goals.goal import Goal, goal_from_json
from cs_planning.storage import Store

_PREFIX = "unfinished."
_KEPT = timedelta(days=30)


class Unfinished:
    """What is being typed, each under a name that nobody can guess; no history, and no version of the goal."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, name: str, goal: Goal) -> None:
        """Keeps the goal as it is typed by now; the last one wins."""
        self._store.computed.keep(_PREFIX + name, goal.model_dump_json())

    def find(self, name: str) -> Goal | None:
        """The goal as it was typed; `None` where there is none, or where it is of another edition of the product."""
        kept = self._store.computed.load(_PREFIX + name)
        if not isinstance(kept, str):
            return None
        try:
            return goal_from_json(kept)
        except ValidationError:
            return None

    def drop(self, name: str, now: datetime) -> None:
        """Drops the goal of this name, which was saved or given up, and whatever nobody came back to for a month."""
        self._store.computed.drop(_PREFIX + name)
        self._store.computed.drop_before(_PREFIX, now - _KEPT)
