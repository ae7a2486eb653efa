"""One look at the workspace: what a run of a page asks more than once, the database is asked once.

A look lasts as long as its block and belongs to the thread that began it.  The first thing that it reads of a database are the
counters, so that nothing that is told again can be older than they are: what is cached under a counter is never of before it.
A save by the same thread ends all that the look knows; saves by anybody else are seen by the next look.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_Found = dict[Hashable, Any]


class WorkspaceLook:
    """What one look has read so far, by database."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()
        self._found: dict[object, _Found] = {}

    @property
    def is_mine(self) -> bool:
        """Whether the thread that asks began it: one that was started with a copy of the context reads for itself."""
        return self._thread == threading.get_ident()

    def of(self, database: object) -> _Found:
        """What was read of a database, by what was asked."""
        return self._found.setdefault(database, {})

    def forget(self) -> None:
        """Drops all of it: of every database, since two may be opened on the same tables."""
        self._found = {}


_look: ContextVar[WorkspaceLook | None] = ContextVar("look", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Asks the databases once for whatever is asked again inside; a block inside another one belongs to the same look."""
    if current_look() is not None:
        yield
        return
    token = _look.set(WorkspaceLook())
    try:
        yield
    finally:
        _look.reset(token)


def look_anew() -> None:
    """Asks again for everything from now on, for whoever saves, or decides by what is kept at this moment."""
    look = current_look()
    if look is not None:
        look.forget()


def current_look() -> WorkspaceLook | None:
    """The look that this thread is inside; None where nobody began one."""
    look = _look.get()
    return look if look is not None and look.is_mine else None
