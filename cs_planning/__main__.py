"""`python -m cs_planning`: the product without a browser; who stops it does not wait, and finds nothing left behind."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import socket
import sys
import threading
import time
from types import FrameType

_PATIENCE_SECONDS = 0.8
"""How long a stopped command may clean up by itself, before it is ended from beside it."""
_STOPPED_BY = 128
_given: list[int] = []


def _stop(number: int, _frame: FrameType | None) -> None:
    """Begins to end; a second signal does not break into the cleaning up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _given.append(number)
    raise KeyboardInterrupt


def _end_from_beside(signals: socket.socket) -> None:
    """Ends the process where the main thread does not, such as inside a long computation of a library."""
    number = signals.recv(1)[0]
    time.sleep(_PATIENCE_SECONDS)
    atexit._run_exitfuncs()  # removes folders of half-read files, as an orderly end does
    os._exit(_STOPPED_BY + number)


def _listen() -> None:
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    signal.set_wakeup_fd(theirs.detach(), warn_on_full_buffer=False)
    threading.Thread(target=_end_from_beside, args=(ours,), daemon=True).start()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)


def _run() -> int:
    _listen()
    status = 0
    try:
        gc.disable()  # nothing that is loaded is garbage: looking for some takes a tenth of the start
        from cs_planning.cli import main  # noqa: PLC0415 - loading takes long enough to be stopped in it

        gc.enable()
        status = main()
    except BaseException:
        if not _given:
            raise
    if _given:
        if "cs_planning.cli" in sys.modules:
            from cs_planning.cli.command import say  # noqa: PLC0415
            from cs_planning.language import text  # noqa: PLC0415

            say(text("Stopped."))
        sys.stdout.flush()
        os._exit(_STOPPED_BY + _given[0])  # taking all modules down takes longer than a person waits
    return status


if __name__ == "__main__":
    sys.exit(_run())
