"""In which currency a workspace counts: one value, passed to whatever reads, computes or writes amounts of money."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_currency_symbol, get_territory_currencies
from pydantic import BaseModel, ConfigDict, field_validator

from cs_planning.errors import InvalidOperation
from cs_planning.language import LANGUAGES, text

_WITHOUT_A_HINT = "USD"
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "BRL")
_YENS = ("JPY", "CNY")
_CROWNS = ("SEK", "NOK", "DKK")
KNOWN = (
    *("JPY", "USD", "EUR", "GBP", "CHF", "CNY", "KRW", "TWD", "HKD", "SGD", "INR", "AUD", "NZD", "CAD", "SEK", "NOK", "DKK"),
    *("PLN", "CZK", "HUF", "RON", "TRY", "ILS", "AED", "SAR", "ZAR", "BRL", "MXN", "CLP", "THB", "VND", "IDR", "MYR", "PHP"),
)
"""The currencies that are offered and read in files (ISO 4217); any other can be written by its three letters."""
ANOTHER_CURRENCY = "currency"
"""The field of the problem that a file is in another currency than the workspace; its value is the currency found."""
MONEY_WORDS = (
    *(
        "$",
        "us$",
        "a$",
        "au$",
        "c$",
        "ca$",
        "hk$",
        "nt$",
        "s$",
        "r$",
        "€",
        "£",
        "¥",
        "円",
        "₩",
        "₹",
        "zł",
        "kr",
        "ドル",
        "ユーロ",
    ),
    *(code.lower() for code in KNOWN if code != "TRY"),
)
"""What may stand beside an amount in a cell, in lower case."""
_CODES = re.compile(r"(?<![A-Za-z])(" + "|".join(code for code in KNOWN if code != "TRY") + r")(?![A-Za-z])", re.IGNORECASE)
_SIGNS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"US ?\$|\bU\.?S\.? dollars?|米ドル"), ("USD",)),
    (re.compile(r"A\$|AU\$|豪ドル"), ("AUD",)),
    (re.compile(r"C\$|CA\$"), ("CAD",)),
    (re.compile(r"HK\$|香港ドル"), ("HKD",)),
    (re.compile(r"NT\$|台湾ドル"), ("TWD",)),
    (re.compile(r"S\$"), ("SGD",)),
    (re.compile(r"R\$"), ("BRL",)),
    (re.compile(r"\$|(?<![a-z])dollars?(?![a-z])|ドル", re.IGNORECASE), _DOLLARS),
    (re.compile(r"€|(?<![a-z])euros?(?![a-z])|ユーロ", re.IGNORECASE), ("EUR",)),
    (re.compile(r"£|ポンド|(?<![a-z])pounds? sterling(?![a-z])", re.IGNORECASE), ("GBP",)),
    (re.compile(r"人民元|(?<![a-z])(?:rmb|yuan)(?![a-z])", re.IGNORECASE), ("CNY",)),
    (re.compile(r"円|(?<![a-z])yen(?![a-z])", re.IGNORECASE), ("JPY",)),
    (re.compile(r"¥"), _YENS),
    (re.compile(r"₩|ウォン"), ("KRW",)),
    (re.compile(r"₹|ルピー"), ("INR",)),
    (re.compile(r"(?<![a-z])kr(?![a-z])", re.IGNORECASE), _CROWNS),
    (re.compile(r"zł"), ("PLN",)),
    (re.compile(r"スイスフラン"), ("CHF",)),
)


class Currency(BaseModel):
    """The currency of one workspace.

    Attributes:
        code: ISO 4217.
        is_chosen: whether somebody said it, or amounts rest on it; a usual one gives way to what the first file says.
        instead_of: the usual one that gave way to it, where nothing but files with amounts fixed it; else empty.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = _WITHOUT_A_HINT
    is_chosen: bool = False
    instead_of: str = ""

    @field_validator("code")
    @classmethod
    def _check_code(cls, code: str) -> str:
        return checked_currency(code)


UNSAID = Currency()
"""For what has no workspace and was told nothing: what a file names holds."""


_NO_MONEY = frozenset({"XXX", "XTS"})
"""Codes of ISO 4217 that stand for no currency, and for tests."""


def is_currency(code: str) -> bool:
    """Whether these three letters name a currency."""
    return code in get_global("all_currencies") and code not in _NO_MONEY


def checked_currency(code: str) -> str:
    """The three letters of a currency, in capitals.

    Raises:
        InvalidOperation: there is no such currency.
    """
    capitals = unicodedata.normalize("NFKC", code).strip().upper()
    if not is_currency(capitals):
        raise InvalidOperation(
            text("'{value}' is not a currency code.", value=code[:20]),
            text("Write three capital letters, such as EUR, JPY or USD."),
        )
    return capitals


def usual_currency(language: str, country: str = "", locale: str = "") -> str:
    """The currency that somebody usually counts in, as long as nobody says another one.

    Args:
        language: of the reader, such as `ja`.
        country: whose public holidays hold (ISO 3166, with or without a part); empty where nobody said it.
        locale: as a browser or a system gives it, such as `de-CH` or `en_GB.UTF-8`; empty where there is none.

    Assumptions: Japanese counts in yen, wherever the reader is; else the country of the settings counts, then that of the
        locale (its likeliest one where it names a language other than English alone), and US dollars where nothing tells it.
    """
    if language == "ja":
        return "JPY"
    for place in (country.partition("-")[0], _territory(locale)):
        known = get_territory_currencies(place.upper()) if place else []
        if known:
            return str(known[0])
    return _WITHOUT_A_HINT


def currency_written(words: str, own: str) -> str | None:
    """The currency that a header, a cell or a unit names; None where it names none.

    Args:
        words: such as `Cost (EUR)`, `費用（千円）`, `$1,200`.
        own: the currency that is counted in: a sign that several share, such as $, means it where it can.
    """
    plain = unicodedata.normalize("NFKC", words)
    code = _CODES.search(plain)
    if code is not None:
        return code[1].upper()
    fitting = next((codes for pattern, codes in _SIGNS if pattern.search(plain)), ())
    return own if own in fitting else next(iter(fitting), None)


def currencies_shown(words: str) -> tuple[str, ...]:
    """The currencies that amounts in a sentence of the product can be in: those that are offered, and others by their signs."""
    others = (code for code, signs in _signs_shown().items() if code not in KNOWN and any(one in words for one in signs))
    return (*KNOWN, *others)


@cache
def _signs_shown() -> Mapping[str, frozenset[str]]:
    codes = sorted(get_global("all_currencies").keys() - _NO_MONEY)
    return {code: frozenset(get_currency_symbol(code, language) for language in LANGUAGES) for code in codes}


def _territory(locale: str) -> str:
    written = locale.partition(".")[0].partition("@")[0].replace("-", "_")
    if written in ("", "C", "POSIX", "en"):
        return ""
    try:
        named = Locale.parse(written)
    except (ValueError, UnknownLocaleError):
        return ""
    if named.territory:
        return str(named.territory)
    likely = get_global("likely_subtags").get(str(named.language), "")
    return likely.rpartition("_")[2] if "_" in likely else ""
