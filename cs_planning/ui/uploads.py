"""Who may upload files, and how much: for those who may import, bounded for each visitor and in total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from cs_planning.language import Text, text
from cs_planning.ui import accounts

PER_VISITOR = 400 * 1024**2
"""Bytes that one visitor may have uploaded at a time: two files of the largest size."""
IN_TOTAL = 1024**3
"""Bytes that all visitors together may have uploaded at a time; the server holds them in memory."""
_ROUTE = "/_stcore/upload_file/"

Message = MutableMapping[str, Any]
Held = Callable[[], dict[str, dict[str, int]]]


def held_by_visitors() -> dict[str, dict[str, int]]:
    """The bytes of the files that the server holds, by session and file."""
    if not runtime.exists():
        return {}
    manager = runtime.get_instance().uploaded_file_mgr
    if not isinstance(manager, MemoryUploadedFileManager):
        return {}
    kept = {session: dict(files) for session, files in list(manager.file_storage.items())}
    return {session: {file: len(record.data) for file, record in files.items()} for session, files in kept.items()}


class BoundedUploads:
    """Refuses uploads of visitors without account where accounts are asked for, and what is too much."""

    def __init__(self, app: Callable[..., Awaitable[None]], held: Held = held_by_visitors) -> None:
        self._app = app
        self._held = held
        self._coming: dict[str, int] = defaultdict(int)

    async def __call__(self, scope: Message, receive: Any, send: Callable[[Message], Awaitable[None]]) -> None:
        """Answers as the server does, or says why an upload is refused."""
        if scope["type"] != "http" or _ROUTE not in scope["path"] or scope["method"] not in ("PUT", "POST", "DELETE"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if accounts.are_asked_for() and not accounts.account_of(headers.get):
            await PlainTextResponse(str(text("Sign in to upload files.")), status_code=403)(scope, receive, send)
            return
        if scope["method"] == "DELETE":
            await self._app(scope, receive, send)
            return
        session, _sign, file = scope["path"].partition(_ROUTE)[2].partition("/")
        said = headers.get("content-length", "")
        refusal = self._refusal(session, file, int(said) if said.isascii() and said.isdigit() else 0)
        if refusal is not None:
            await PlainTextResponse(str(refusal), status_code=413)(scope, receive, send)
            return
        coming = 0

        async def counted() -> Message:
            nonlocal coming
            message: Message = await receive()
            size = len(message.get("body", b""))
            too_much = self._refusal(session, file, size)
            if too_much is not None:
                raise HTTPException(413, str(too_much))
            coming += size
            self._coming[session] += size
            return message

        try:
            await self._app(scope, counted, send)
        finally:
            self._coming[session] -= coming
            if not self._coming[session]:
                del self._coming[session]

    def _refusal(self, session: str, file: str, more: int) -> Text | None:
        """Why so many bytes more are too much; None where they are not. A file that is sent again takes its own place."""
        held = self._held()
        own = sum(size for name, size in held.get(session, {}).items() if name != file)
        if own + self._coming.get(session, 0) + more > PER_VISITOR:
            return text("These files are too large together. Remove one of them first, or import them on the command line.")
        every = sum(size for files in held.values() for size in files.values())
        if every + sum(self._coming.values()) + more > IN_TOTAL:
            return text("Too many files are being uploaded at the moment. Try again in some minutes.")
        return None
