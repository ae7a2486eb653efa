"""What the server writes about itself for programs: a line of JSON for each request, page run and error, without secrets."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from starlette.datastructures import Headers

from cs_planning.ui import accounts, figures

_LOG = logging.getLogger("cs_planning.requests")
_UPLOAD = re.compile(r"(/_stcore/upload_file)/.*")
_QUIET = ("/_stcore/health", "/_stcore/host-config", "/healthz")
_STATIC = "/static/"

Message = MutableMapping[str, Any]


class JsonLines(logging.Formatter):
    """A record of the log as one line: when, how bad, what, and whatever it tells beside."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def write_lines_if_asked() -> None:
    """Writes lines of JSON to stderr where `CS_PLANNING_LOG` is `json`; else errors alone are written, as Streamlit does."""
    logger = logging.getLogger("cs_planning")
    if os.environ.get("CS_PLANNING_LOG", "").lower() != "json" or any(
        isinstance(one.formatter, JsonLines) for one in logger.handlers
    ):
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


@contextmanager
def page_run(page: str, user: str) -> Iterator[None]:
    """Counts and writes down one run of a page.

    Args:
        page: its address.
        user: who signed in; empty where nobody does.
    """
    began = time.perf_counter()
    try:
        yield
    finally:
        seconds = time.perf_counter() - began
        figures.count_run(page, seconds)
        _LOG.info("page run", extra={"told": {"page": page, "user": user, "ms": round(1000 * seconds)}})


class RequestLog:
    """Counts and writes down every request: what was asked for by whom, the answer and how long it took.

    What an address says behind its question mark is left out, since the tokens of links stand there; so are the names of
    sessions in the addresses of uploads, and everything that the browser only asks for to draw.
    """

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Any, send: Callable[[Message], Awaitable[None]]) -> None:
        """Answers as the server does."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
            elif message["type"] == "websocket.accept":
                status = 101
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            self._note(scope, status or (403 if scope["type"] == "websocket" else 500), time.perf_counter() - began)

    def _note(self, scope: Message, status: int, seconds: float) -> None:
        path = _UPLOAD.sub(r"\1/…", str(scope["path"]))
        figures.count_request(status)
        if status < 400 and (path.endswith(_QUIET) or _STATIC in path):
            return
        told = {
            "method": scope.get("method", "WEBSOCKET"),
            "path": path,
            "status": status,
            "user": accounts.account_of(Headers(scope=scope).get),
            "ms": round(1000 * seconds),
        }
        _LOG.info("request", extra={"told": told})
