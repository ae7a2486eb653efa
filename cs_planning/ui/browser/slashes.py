"""An address with a doubled slash before its page leads to the page, as it does in every other program of the web."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.responses import Response

_PERMANENTLY_MOVED = 308
_DOUBLED = re.compile(rb"^[/\\]{2,}")

Message = MutableMapping[str, Any]


class SingleSlash:
    """Sends whoever asks for `//page` to `/page`; Streamlit answers "Bad Request" to all that might name a foreign machine."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Any, send: Callable[[Message], Awaitable[None]]) -> None:
        """Answers as the server does, or with the address that has one slash."""
        asked = scope.get("raw_path") or b""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not _DOUBLED.match(asked):
            await self._app(scope, receive, send)
            return
        # As it came, still encoded: decoded, a %5C would become a second slash in a browser, and the way out to any website.
        place = _DOUBLED.sub(b"/", asked)
        query = scope.get("query_string", b"")
        location = place + (b"?" + query if query else b"")
        await Response(status_code=_PERMANENTLY_MOVED, headers={"location": location.decode("latin-1")})(scope, receive, send)
