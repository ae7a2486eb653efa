"""Children of the test's process, for what only shows between processes."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Engine, event

NOBODY = 65534


def in_children(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Does all works at once, each in a process of its own, and returns their results or the errors that they raised."""
    begin, release = os.pipe()
    children = [(*_fork(work, begin, release),) for work in works]
    os.close(begin)
    os.close(release)
    results = []
    for process, answer in children:
        with os.fdopen(answer, "rb") as pipe:
            written = pipe.read()
        os.waitpid(process, 0)
        results.append(pickle.loads(written) if written else None)
    return results


def _fork(work: Callable[[], Any], begin: int, release: int) -> tuple[int, int]:
    answer, reply = os.pipe()
    process = os.fork()
    if process:
        os.close(reply)
        return process, answer
    try:
        os.close(release)
        os.read(begin, 1)
        try:
            result = work()
        except Exception as error:
            result = f"{type(error).__name__}: {error}"
        os.write(reply, pickle.dumps(result))
    finally:
        os._exit(0)


def killed_at_statement(number: int, work: Callable[[], Any]) -> bool:
    """Does `work` in a child that is killed (SIGKILL) before the statement or commit of that number; whether it was killed."""
    process = os.fork()
    if process:
        _, status = os.waitpid(process, 0)
        return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    try:
        left = [number]

        def _count(*_: Any) -> None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Engine, "before_cursor_execute", _count)
        event.listen(Engine, "commit", _count)
        work()
    finally:
        os._exit(0)
