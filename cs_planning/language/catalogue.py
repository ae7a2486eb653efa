"""Which language is in force, and what a sentence is called in it."""

from __future__ import annotations

import gettext as _gettext
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("en", "ja")
"""The languages of the product; the first one is the language of the sources."""

_FOLDER = Path(__file__).parents[1] / "locales"
_language: ContextVar[str | None] = ContextVar("language", default=None)


def gettext(source: str) -> str:
    """`source` in the language in force; itself when there is no translation."""
    return _catalogue(current_language()).gettext(source) if source else ""


def ngettext(source: str, plural: str, count: int) -> str:
    """The singular or plural form for `count`, in the language in force."""
    return _catalogue(current_language()).ngettext(source, plural, count)


def current_language() -> str:
    """The code of the language in force, one of `LANGUAGES`: the one set, else that of whoever is looking."""
    return _language.get() or (_reader.language() if _reader.language else None) or LANGUAGES[0]


class _Reader:
    """Knows the language of whoever is looking, where the program can tell (a browser session)."""

    language: Callable[[], str | None] | None = None


_reader = _Reader()


def ask_for_language(function: Callable[[], str | None]) -> None:
    """Lets `function` say the language wherever none was set; called once, when the user interface is loaded."""
    _reader.language = function


def nearest_language(*wanted: str | None) -> str:
    """The first wanted language that the product speaks, by its primary tag (`ja-JP` is `ja`); English otherwise."""
    for tag in wanted:
        primary = (tag or "").replace("_", "-").split("-")[0].lower()
        if primary in LANGUAGES:
            return primary
    return LANGUAGES[0]


def set_language(code: str) -> None:
    """Puts `code` in force for the rest of this thread or task; for the start of a command."""
    _language.set(nearest_language(code))


@contextmanager
def use_language(code: str) -> Iterator[None]:
    """Puts `code` in force inside a `with` block."""
    token = _language.set(nearest_language(code))
    try:
        yield
    finally:
        _language.reset(token)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(code: str) -> _gettext.NullTranslations:
    source = _FOLDER / f"{code}.po"
    if not source.is_file():
        return _gettext.NullTranslations()
    compiled = io.BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return _gettext.GNUTranslations(compiled)
