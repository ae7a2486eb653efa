"""Running a long statement of DuckDB while saying how far it is, and saying in a line why an engine failed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

import duckdb

_LOOK_EVERY_SECONDS = 0.2
_NO_SPACE = "No space left on device"


def run_watched(
    connection: duckdb.DuckDBPyConnection,
    statement: str,
    progress: Callable[[float], None],
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Runs a statement; `progress` is told the share that is done, from 0 to 1, in the thread that called.

    Args:
        connection: where it runs; it is used by nothing else meanwhile.
        statement: without a result that is wanted.
        progress: may raise to stop the statement.
        meanwhile: what is done in the thread that called before it waits; it leaves the connection alone.

    Raises:
        duckdb.Error: the statement failed.
    """
    connection.execute("SET enable_progress_bar = true")
    connection.execute("SET enable_progress_bar_print = false")
    with ThreadPoolExecutor(max_workers=1) as pool:
        running = pool.submit(connection.execute, statement)
        try:
            meanwhile()
            furthest = 0.0
            while not running.done():
                wait([running], timeout=_LOOK_EVERY_SECONDS)
                furthest = max(furthest, min(connection.query_progress() / 100, 1.0))
                progress(furthest)
        except BaseException:
            connection.interrupt()
            raise
        running.result()
    progress(1.0)


def first_line(cause: Exception) -> str:
    """What an engine says about a failure, without its advice to programmers."""
    said = str(cause)
    if _NO_SPACE in said:
        return _NO_SPACE
    return (said.strip().splitlines() or [type(cause).__name__])[0][:160]
