"""What the document brings so that something true stands on the screen while the program is still loading.

Streamlit loads what draws a widget only when the first script asks for it, wave after wave, and shows white until then.
"""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

import streamlit as st

from cs_planning.language import text, use_language

PURPOSE = text(
    "Set goals for customer service on your own numbers, see how likely each one is, and keep them on course until the review."
)
"""What the product is for, in one sentence."""
OPENING = "cs-opening"
"""The id of the words that stand on the screen until the first page is drawn."""
FIRST_PARTS = ("ButtonGroup", "Html", "Button", "PageLink", "TextInput", "Selectbox", "ImageList", "Progress")
"""The parts of Streamlit's client that draw the first screen and that it does not load before it is told to draw it."""
_SYMBOLS = "MaterialSymbols-Rounded"
_STATIC = Path(st.__file__).parent / "static" / "static"
_NEEDS = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')


def with_first_paint(document: bytes, language: str, title: str) -> bytes:
    """The document with the purpose of the product in a language, and with links to what the first screen will need.

    Args:
        document: as Streamlit serves it.
        language: of its reader.
        title: the name of the product.
    """
    with use_language(language):
        words = f"<strong>{html.escape(title)}</strong><p>{html.escape(str(PURPOSE))}</p>"
    links = "".join(link for address, link in _links() if address.encode() not in document)
    return document.replace(b"</head>", f"{links}</head>".encode(), 1).replace(
        b'<div id="root">', f'<div id="{OPENING}" role="status">{words}</div>\n    <div id="root">'.encode(), 1
    )


@cache
def _links() -> tuple[tuple[str, str], ...]:
    """Addresses of the files behind the first screen, each with the link that loads it at once."""
    fonts = [f"media/{path.name}" for path in (_STATIC / "media").glob(f"{_SYMBOLS}.*.woff2")]
    scripts = [f"js/{name}" for name in _with_their_needs(_first_parts())]
    return (
        *((one, f'<link rel="modulepreload" fetchpriority="low" crossorigin href="./static/{one}">') for one in scripts),
        *(
            (one, f'<link rel="preload" as="font" fetchpriority="low" type="font/woff2" crossorigin href="./static/{one}">')
            for one in fonts
        ),
    )


def _first_parts() -> list[str]:
    return [path.name for part in FIRST_PARTS for path in sorted((_STATIC / "js").glob(f"{part}.*.js"))]


def _with_their_needs(names: list[str]) -> list[str]:
    """The scripts and all that they import, since a browser preloads a module without what that needs."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        path = _STATIC / "js" / name
        if name not in found and path.is_file():
            found[name] = None
            waiting += _NEEDS.findall(path.read_text(encoding="utf-8"))
    return list(found)
