"""Texts that users read: written once in English, translated when they are shown.

The domain never builds a finished sentence.  It returns a `Text`, which holds the English source and its arguments, and
which is translated when it is printed, in the language of whoever looks at it.  That is why a cached result, a stored
snapshot and an error can be read in any language.
"""

from __future__ import annotations

import gettext as _gettext
import io
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache, reduce
from pathlib import Path
from typing import Annotated, Any

from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_scientific
from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema

LANGUAGES = ("en", "ja")
"""The languages of the product; the first one is the language of the sources."""

_FOLDER = Path(__file__).parent / "locales"
_language: ContextVar[str | None] = ContextVar("language", default=None)


class Money(BaseModel):
    """An amount in a currency (ISO 4217 code), written as the language writes it."""

    model_config = ConfigDict(frozen=True)

    amount: float
    currency: str


class Dated(BaseModel):
    """A day or its month by a Unicode skeleton, written as the language writes it: `yMMM` is "Mar 2026", "2026年3月"."""

    model_config = ConfigDict(frozen=True)

    day: date
    skeleton: str


def _read_day(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"day"}:
        return date.fromisoformat(value["day"])
    if isinstance(value, date):
        return value
    raise ValueError("not a day")


_Day = Annotated[
    date,
    BeforeValidator(_read_day),
    PlainSerializer(lambda day: {"day": day.isoformat()}, when_used="json"),
    WithJsonSchema(
        {
            "type": "object",
            "properties": {"day": {"type": "string", "format": "date"}},
            "required": ["day"],
            "additionalProperties": False,
        }
    ),
]
"""A day that is told apart from a text of the same letters when it is stored."""


class Text(BaseModel):
    """A sentence for a user, translated when it is shown.

    `str(text)` gives it in the language in force (`use_language`).  Arguments are filled in by name with `str.format`;
    numbers, dates and nested texts are written as the language writes them.
    """

    model_config = ConfigDict(frozen=True)

    source: str
    plural: str | None = None
    count: int | None = None
    arguments: Mapping[str, Text | Money | Dated | bool | int | float | _Day | str | None] = {}

    def __str__(self) -> str:
        if self.plural is not None and self.count is not None:
            sentence = ngettext(self.source, self.plural, self.count)
        else:
            sentence = gettext(self.source)
        return sentence.format(**{name: _shown(value) for name, value in self.arguments.items()})


def text(source: str, /, **arguments: Any) -> Text:
    """A translatable sentence with named arguments, e.g. ``text("No data for {kpi}", kpi="CSAT")``."""
    return Text(source=source, arguments=arguments)


def ntext(source: str, plural: str, count: int, /, **arguments: Any) -> Text:
    """A translatable sentence whose form depends on `count`, which is also an argument of the sentence."""
    return Text(source=source, plural=plural, count=count, arguments={"count": count, **arguments})


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


def _shown(value: Any) -> str:
    if isinstance(value, bool) or value is None or isinstance(value, str | Text):
        return str(value)
    if isinstance(value, date):
        return str(format_date(value, format="medium", locale=current_language()))
    if isinstance(value, Money):
        return _shown_money(value)
    if isinstance(value, Dated):
        return str(format_skeleton(value.skeleton, value.day, locale=current_language()))
    if isinstance(value, float):
        return shown_number(value)
    if isinstance(value, int):
        return str(format_decimal(value, locale=current_language()))
    return str(value)


_TOO_LARGE, _TOO_SMALL = 1e15, 1e-3


def listed(words: Iterable[object]) -> str:
    """Words one after the other, with the comma of the language."""
    return ("、" if current_language() == "ja" else ", ").join(str(word) for word in words)


def listed_texts(words: Sequence[Text | str]) -> Text:
    """The same as a text, whose words are translated when it is shown and not when it is made; "–" for no words."""
    if not words:
        return Text(source="–")
    first, *others = (word if isinstance(word, Text) else Text(source="{word}", arguments={"word": word}) for word in words)
    return reduce(lambda before, word: text("{before}, {word}", before=before, word=word), others, first)


def shown_number(value: float, digits: int | None = None) -> str:
    """`value` with the separators of the language; `digits` after the point, or three significant ones.

    Numbers that are too large to be read, and without `digits` those that are too small, are shown with a power of ten.
    """
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    size = abs(value)
    if size >= _TOO_LARGE or (digits is None and 0 < size < _TOO_SMALL):
        return str(format_scientific(value, format="0.##E0", locale=current_language()))
    if digits is None:
        digits = 0 if size >= 100 else 1 if size >= 10 else 2
        pattern = "#,##0" + ("." + "#" * digits if digits else "")
    else:
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value, format=pattern, locale=current_language()))


def _shown_money(money: Money) -> str:
    whole = abs(money.amount) >= 1000
    pattern = "¤#,##0" if whole else None
    return str(
        format_currency(money.amount, money.currency, format=pattern, locale=current_language(), currency_digits=not whole)
    )
