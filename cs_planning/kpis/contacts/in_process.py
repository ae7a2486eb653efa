"""DuckDB inside this process: one database that is opened once, since opening one takes longer than a small file does."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import duckdb

_MEMORY_LIMIT = "1200MB"
_THREADS = 2


class _Database:
    """The database of this process; after a fork that of the parent is left alone, since its threads did not come along."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._opened: dict[int, duckdb.DuckDBPyConnection] = {}
        os.register_at_fork(after_in_child=self._begin_anew)

    def _begin_anew(self) -> None:
        self._lock = Lock()

    def session(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            process = os.getpid()
            if process not in self._opened:
                self._opened[process] = duckdb.connect(config={"threads": _THREADS, "memory_limit": _MEMORY_LIMIT})
            return self._opened[process].cursor()


_DATABASE = _Database()


@contextmanager
def session() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for the length of a `with` block, for what a small file needs.

    All share one database with its threads and its bound on memory, so tables and views are made temporary: these belong to the
    connection and go with it.
    """
    connection = _DATABASE.session()
    try:
        yield connection
    finally:
        connection.close()
