"""Ends the server within seconds of being asked, whoever is still connected."""

from __future__ import annotations

import logging
import os
import signal
import threading
from types import FrameType

STOP_SECONDS = 10.0
"""How long answers under way may take once the server is asked to end; service managers kill after 30 to 90 s."""

_LOG = logging.getLogger("cs_planning")


def end_in_time(seconds: float = STOP_SECONDS) -> None:
    """Makes the signals that end the server end it in any case.

    The server itself waits for its last answer without a limit, so one visitor who stopped reading (a laptop that was closed
    in the middle of a download) would hold it for ever. Whatever was confirmed is in the database, and what is half written
    there is taken back by it, so that leaving at once loses nothing.

    Args:
        seconds: from the signal to the end.

    Assumptions: the server has set its own handlers, which are called as before. Not valid outside the main thread, where
    Python sets no handlers: nothing is changed there.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGINT, signal.SIGTERM):
        before = signal.getsignal(number)
        if not callable(before):
            continue

        def ask(signal_number: int, frame: FrameType | None, before=before) -> None:  # type: ignore[no-untyped-def]
            _leave_after(seconds)
            before(signal_number, frame)

        signal.signal(number, ask)


def _leave_after(seconds: float) -> None:
    def leave() -> None:
        _LOG.warning("The server ended without waiting any longer for a visitor who does not read.")
        os._exit(0)

    timer = threading.Timer(seconds, leave)
    timer.daemon = True
    timer.start()
