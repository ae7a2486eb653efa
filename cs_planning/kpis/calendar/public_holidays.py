"""Public holidays by country, from the library that keeps them; the one door to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays
from babel import Locale

from cs_planning.errors import InvalidSeries
from cs_planning.language import current_language, text


def public_holidays(place: str, first: date, last: date) -> Mapping[date, str]:
    """The public holidays of a place, by day, with their names in its own language.

    Args:
        place: ISO 3166 country, `JP`, or country and part, `CA-BC`; an empty one has no holidays.
        first, last: the days between which they are wanted, both included.

    Raises:
        InvalidSeries: there is no such place in the library.

    Assumptions: days on which a holiday is observed because it fell on a weekend count; holidays of later years are those that
        the law of today sets.
    """
    if not place or last < first:
        return {}
    named: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        named |= _of_year(place, year)
    return {day: name for day, name in sorted(named.items()) if first <= day <= last}


@lru_cache(maxsize=1024)
def _of_year(place: str, year: int) -> Mapping[date, str]:
    country, _, part = place.partition("-")
    try:
        return dict(holidays.country_holidays(country, subdiv=part or None, years=[year]))
    except NotImplementedError:
        raise InvalidSeries(
            text("No public holidays are known for “{place}”.", place=place),
            text("Give a country as JP or DE, or a country and its part as CA-BC."),
        ) from None


def countries() -> Mapping[str, str]:
    """Every country whose holidays are known, its name in the language of the screen by its code, ordered by name."""
    names = Locale.parse(current_language()).territories
    found = {code: names.get(code, code) for code in _supported()}
    return dict(sorted(found.items(), key=lambda item: item[1]))


def parts_of(country: str) -> tuple[str, ...]:
    """The codes of the parts of a country that have holidays of their own: states, provinces, prefectures."""
    return tuple(_supported().get(country, ()))


@lru_cache(maxsize=1)
def _supported() -> Mapping[str, tuple[str, ...]]:
    listed = holidays.list_supported_countries(include_aliases=False)
    return {code: tuple(parts) for code, parts in listed.items()}
