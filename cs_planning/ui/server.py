"""The server around the pages: what is loaded before the first visitor, response headers, health, errors without details."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Any, NoReturn

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from cs_planning import __version__
from cs_planning.errors import PlanningError
from cs_planning.language import gettext as _
from cs_planning.ui import accounts, cached, figures, hosts, log, stopping, uploads
from cs_planning.ui.browser import document, slashes
from cs_planning.workspace.health import disk_of

_NOT_STARTED = 2
_HANDED_OVER_SECONDS = 0.001
_LOG = logging.getLogger("cs_planning")

_POLICY = (
    "default-src 'self'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""Sent with every response; `blob:` is needed by Streamlit's components."""

Message = MutableMapping[str, Any]


class SecurityHeaders:
    """Adds `SECURITY_HEADERS` to every response without holding back its stream."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Any, send: Callable[[Message], Awaitable[None]]) -> None:
        """Answers as the server does, with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _value in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((n.encode(), v.encode()) for n, v in SECURITY_HEADERS.items() if n.encode() not in present),
                ]
            await send(message)

        await self._app(scope, receive, send_with_headers)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Opens the workspace and loads what the pages need, once, before the first visitor.

    Everything loaded is frozen out of the garbage collector, which would walk all of it while holding the interpreter, and
    begins to count anew, so that what pages leave behind goes soon; Streamlit's own collection after every run is off.  What
    is drawn leaves for the browser while more is computed: whoever sends asks for the interpreter, and gets it after a
    millisecond, not after Python's five.
    """
    # The folder pages/ holds the scripts of st.navigation; Streamlit would take it for its own old convention until the first
    # page is drawn, and greet a visitor who comes by a link with "Page not found".
    PagesManager.uses_pages_directory = False
    log.write_lines_if_asked()
    _require_closed_or_told()
    stopping.end_in_time()
    try:
        cached.preload()
    except PlanningError as error:
        _end(f"{error.message}\n{error.hint}")
    gc.collect()
    gc.freeze()
    gc.collect()
    sys.setswitchinterval(_HANDED_OVER_SECONDS)
    yield {}


def _require_closed_or_told() -> None:
    """Ends a server that would be open to a network although nobody signs in and nobody said twice that it should be."""
    has_login = accounts.are_asked_for()
    refusal = hosts.refusal_to_believe(has_login=has_login, has_secret=accounts.has_secret()) or hosts.refusal_to_open(
        config.get_option("server.address"),
        has_login=has_login,
        is_told=os.environ.get("CS_PLANNING_OPEN_TO_NETWORK", "").lower() in ("1", "yes", "true"),
    )
    if refusal is not None:
        _end(refusal)


def _end(words: object) -> NoReturn:
    print(words, file=sys.stderr, flush=True)
    os._exit(_NOT_STARTED)  # an error here would be written as a traceback of the server, in which the words are lost


def health(_request: Request) -> JSONResponse:
    """Says whether the server runs and its workspace can be worked with: 200 when all is right, else 503 and what is wrong."""
    try:
        found = cached.own_workspace().health()
    except PlanningError as error:
        return JSONResponse({"status": "unavailable", "version": __version__, "wrong": str(error.message)}, status_code=503)
    checks = {check.name: "ok" if check.wrong is None else str(check.wrong) for check in found.checks}
    told = {"status": "ok" if found.is_ready else "not ready", "version": __version__, "checks": checks}
    return JSONResponse(told, status_code=200 if found.is_ready else 503)


def metrics(_request: Request) -> Response:
    """What the server counted, for Prometheus; `KnownHosts` asks for the token."""
    workspace = cached.own_workspace()
    free = disk_of(workspace.home.folder)[1]
    return PlainTextResponse(figures.in_prometheus_form(workspace.health(), free), media_type=figures.MEDIA_TYPE)


def on_script_error(error: Exception) -> bool:
    """Shows what a user can do about an error, and its details to nobody but the log."""
    if isinstance(error, PlanningError):
        st.error(f"{error.message}\n\n{error.hint}", icon=":material/error:")
    else:
        _LOG.error("A page failed.", exc_info=error)
        st.error(
            _("Something went wrong while drawing this page. Your saved work is safe. Reload the page to go on."),
            icon=":material/error:",
        )
    return True


ROUTES = [
    Route("/healthz", health),
    Route("/metrics", metrics),
    Route(document.SCRIPT_PATH, document.language_script),
    Route(document.STYLE_PATH, document.style_sheet),
]
MIDDLEWARE = [
    Middleware(log.RequestLog),
    Middleware(SecurityHeaders),
    Middleware(hosts.KnownHosts),
    Middleware(slashes.SingleSlash),
    Middleware(uploads.BoundedUploads),
    Middleware(document.DocumentRewriter),
]
