"""The document that a browser loads first: its language, its title, and the script that keeps the language in step.

Streamlit serves one fixed document in English.  A screen reader chooses its voice and a browser its hyphenation and fonts by
the `lang` of that document, so it is rewritten on its way out, and a script of our own follows the address from then on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response

from cs_planning.language import LANGUAGES, nearest_language
from cs_planning.ui.browser import widget_texts
from cs_planning.ui.browser.first_paint import OPENING, with_first_paint

LANGUAGE_PARAMETER, LANGUAGE_COOKIE = "lang", "cs_planning_language"
PLACE_PARAMETER = "workspace"
"""Under this name an address says of which workspace it is."""
PERSON_COOKIE, PERSON_ATTRIBUTE = "cs_planning_person", "data-cs-person"
"""Where a browser keeps who works in it, and how a page tells it."""
GROUP_ATTRIBUTE = "data-cs-group"
"""How a page tells to which group of the navigation it belongs."""
TYPED, TYPED_DONE_ATTRIBUTE, FOUND_ATTRIBUTE = "typed-", "data-cs-typed-done", "data-cs-found"
"""How the key of a container begins whose words the browser keeps, how a page says that they are kept for good, and how the
browser marks a container into which it put them back."""
TITLE = "CS Planning"
SCRIPT_PATH, STYLE_PATH = "/language.js", "/look.css"
NEWS = "news-"
"""How the key of a container begins that is brought into view when it appears; each piece of news needs a key of its own."""
_FOLDER = Path(__file__).parent

Message = MutableMapping[str, Any]
_INLINE_SCRIPT = re.compile(rb"<script>.*?</script>\s*", re.DOTALL)
"""What the content security policy would refuse anyway, with an error in the browser's log."""
_OWN_FILES = f'</title>\n    <script src=".{SCRIPT_PATH}"></script>\n    <link rel="stylesheet" href=".{STYLE_PATH}" />'
_UNREWRITABLE = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
_OF_THE_FILE = {b"content-length", b"etag", b"last-modified", b"accept-ranges"}


def called(name: str, settings: Mapping[str, object]) -> str:
    """The script of a file that holds one function, called with its settings."""
    function = (_FOLDER / name).read_text(encoding="utf-8").strip()
    return f"({function})({json.dumps(settings)});\n"


async def language_script(_request: Request) -> Response:
    """The scripts that carry language and workspace along, translate widgets, show news, keep a name and what is typed,
    and end the opening words."""
    settings = {
        "languages": LANGUAGES,
        "parameter": LANGUAGE_PARAMETER,
        "cookieName": LANGUAGE_COOKIE,
        "placeParameter": PLACE_PARAMETER,
        "waitMs": 800,
    }
    written = called("language.js", settings) + called("widgets.js", widget_texts.settings())
    written += called("opening.js", {"id": OPENING, "drawn": '[data-testid="stMain"] [data-testid="stElementContainer"]'})
    written += called("news.js", {"marker": f"st-key-{NEWS}", "waitMs": 100})
    told = {"personAttribute": PERSON_ATTRIBUTE, "cookieName": PERSON_COOKIE, "groupAttribute": GROUP_ATTRIBUTE}
    written += called("shell.js", told)
    kept = {"marker": f"st-key-{TYPED}", "doneAttribute": TYPED_DONE_ATTRIBUTE, "foundAttribute": FOUND_ATTRIBUTE}
    written += called("typed.js", {**kept, "placeParameter": PLACE_PARAMETER, "prefix": "cs-typed", "waitMs": 60})
    return Response(written, media_type="text/javascript", headers={"cache-control": "no-cache"})


async def style_sheet(_request: Request) -> Response:
    """The few colours and lines that the theme can't say."""
    return Response(
        (_FOLDER / "look" / "everywhere.css").read_text(encoding="utf-8"),
        media_type="text/css",
        headers={"cache-control": "no-cache"},
    )


def wanted_language(scope: Message) -> str:
    """The language of a request: the address says it, else what was chosen before, else the browser."""
    headers = dict(scope["headers"])
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get(LANGUAGE_PARAMETER, [None])[0]
    cookies = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
    chosen = cookies[LANGUAGE_COOKIE].value if LANGUAGE_COOKIE in cookies else None
    preferred = headers.get(b"accept-language", b"").decode("latin-1").split(",")[0].split(";")[0].strip()
    return nearest_language(asked, chosen, preferred)


class DocumentRewriter:
    """Rewrites the HTML document that Streamlit serves; lets everything else through untouched."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Any, send: Callable[[Message], Awaitable[None]]) -> None:
        """Answers as the server does, with the document in the visitor's language."""
        if (
            scope["type"] != "http"
            or scope["method"] != "GET"
            or b"text/html" not in dict(scope["headers"]).get(b"accept", b"")
        ):
            await self._app(scope, receive, send)
            return
        asked = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in _UNREWRITABLE]}
        held: list[Message] = []
        received = bytearray()

        async def rewrite(message: Message) -> None:
            if message["type"] == "http.response.start":
                if not _is_document(message):
                    await send(message)
                    return
                held.append(message)
            elif not held:
                await send(message)
            elif message["type"] == "http.response.body":
                received.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    body = _rewritten(bytes(received), wanted_language(scope))
                    await send(_resized(held[0], len(body)))
                    await send({"type": "http.response.body", "body": body})

        await self._app(asked, receive, rewrite)


def _is_document(message: Message) -> bool:
    return any(name == b"content-type" and value.startswith(b"text/html") for name, value in message["headers"])


def _rewritten(document: bytes, language: str) -> bytes:
    own_scripts_only = _INLINE_SCRIPT.sub(b"", document)
    return (
        with_first_paint(own_scripts_only, language, TITLE)
        .replace(b'<html lang="en">', f'<html lang="{language}">'.encode(), 1)
        .replace(b"<title>Streamlit</title>", f"<title>{TITLE}</title>".encode(), 1)
        .replace(b"</title>", _OWN_FILES.encode(), 1)
    )


def _resized(start: Message, length: int) -> Message:
    kept = [(name, value) for name, value in start["headers"] if name.lower() not in _OF_THE_FILE]
    sized = [(b"content-length", str(length).encode()), (b"vary", b"Accept-Language, Cookie")]
    return {**start, "headers": [*kept, *sized]}
