"""What was made of an object and holds as long as the object is there: found again by the object itself, gone when it goes."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

_Made = TypeVar("_Made")


class MadeAlong(Generic[_Made]):
    """What was made of frozen objects, each with further arguments; it must not refer to the object that it was made of."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: dict[int, tuple[weakref.ref[object], dict[Hashable, _Made]]] = {}

    def of(self, thing: object, further: Hashable, make: Callable[[], _Made]) -> _Made:
        """What `make` makes of `thing` and `further`, made once."""
        own = self._of(thing)
        if further not in own:
            own[further] = make()
        return own[further]

    def __len__(self) -> int:
        return len(self._made)

    def _of(self, thing: object) -> dict[Hashable, _Made]:
        name = id(thing)
        with self._lock:
            kept = self._made.get(name)
            if kept is None or kept[0]() is not thing:
                # The entry goes before another object can get the same id.
                kept = weakref.ref(thing, lambda _gone: self._made.pop(name, None)), {}
                self._made[name] = kept
            return kept[1]
