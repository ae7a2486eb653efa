"""Which column says when a contact came: by its name alone, and never a date that is left over.

What is an arrival's name stands in the files of `helpdesks/` (`created_at`) and, for words of everyday speech, in
`helpdesks/everyday_words.toml`; `names.headers.names_another_moment` says which names are those of something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cs_planning.kpis.cells.missing import MISSING
from cs_planning.kpis.columns.contents.looks import Column
from cs_planning.kpis.columns.names.headers import header_key, role_of
from cs_planning.kpis.columns.roles import Role

_CALLS, _TICKETS = "generic_calls", "generic_tickets"
_CLOCK = re.compile(r"\d{1,2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?|時\d{1,2}分(?:\d{1,2}秒)?)(?: ?[ap]\.?m\.?)?")
_ANY_CLOCK = frozenset({"time", "clock", "clock time", "time of day", "hour", "at", "時刻", "時間帯"})
_TIME_BEFORE = re.compile(r"^(?:clock )?time (?:of |it |they )?(?=\w)")
_ANY_DATE = frozenset({"date", "日付", "日時"})
_REPEATED = re.compile(r" \(\d+\)$")


def arrival_of(looks: Mapping[str, Column], roles: Mapping[str, Role]) -> str | None:
    """The column of the arrivals among those whose names say so; `None` where two dates of one name leave it open.

    Args:
        looks: the columns at a glance.
        roles: what their names say, each role once.
    """
    named = next((name for name, role in roles.items() if role is Role.CREATED_AT), None)
    return None if named is not None and _is_one_of_two_dates(looks, named) else named


def says_only_date(header: str) -> bool:
    """Whether a header says that it is a date, and not of what."""
    return header_key(header) in _ANY_DATE


def _is_one_of_two_dates(looks: Mapping[str, Column], created: str) -> bool:
    """Whether the arrival is a mere date, and another column of dates has the same header."""
    named = [name for name, look in looks.items() if look.is_time and header_key(_REPEATED.sub("", name)) in _ANY_DATE]
    return created in named and len(named) > 1


def day_and_clock(looks: Mapping[str, Column], roles: Mapping[str, Role]) -> dict[str, Role]:
    """The roles of a date and of the time of day beside it, where the arrivals of contacts stand in two columns.

    Args:
        looks: the columns at a glance.
        roles: what is known of them; of the arrivals it has the date.

    Assumptions: a time of day is that of the arrival by its name, or where it names nothing else and no other is there; one
        with gaps beside dates is left alone, since these rows would count nowhere.
    """
    dated = next((name for name, role in roles.items() if role is Role.CREATED_AT), None)
    forms = looks[dated].times.formats if dated is not None else ()
    if dated is None or not looks[dated].is_time or any("%H" in form or "%I" in form for form in forms):
        return {}
    clocks = [name for name in clock_columns(looks) if name not in roles and looks[name].filled >= looks[dated].filled]
    by_name = [name for name in clocks if _says_arrival(name)]
    unnamed = [name for name in clocks if header_key(name) in _ANY_CLOCK]
    found = by_name or (unnamed if len(clocks) == 1 else [])
    return {dated: Role.DAY, found[0]: Role.CREATED_AT} if len(found) == 1 else {}


def _says_arrival(header: str) -> bool:
    """Whether a header names the arrival, as `受付時刻` or `Time received`."""
    names = (header, _TIME_BEFORE.sub("", header_key(header)))
    return any((role_of(name, _TICKETS) or (None, 0))[0] is Role.CREATED_AT for name in names)


def clock_columns(looks: Mapping[str, Column]) -> list[str]:
    """The columns whose cells are times of day, the best spelling of a role first."""
    found = [name for name, look in looks.items() if look.looks_like and all(map(_is_clock, look.looks_like))]
    return sorted(found, key=lambda name: (role_of(name, _CALLS) or (Role.IGNORE, 0))[1])


def _is_clock(cell: str) -> bool:
    return cell.strip().lower() in MISSING or _CLOCK.fullmatch(cell.strip().lower()) is not None


def second_arrival(looks: Mapping[str, Column], roles: Mapping[str, Role]) -> list[str]:
    """Another column that says when calls came, with points in time written as those of the one that is taken."""
    taken = next((name for name, role in roles.items() if role is Role.CREATED_AT), None)
    if taken is None or ("queue" not in header_key(taken) and "キュー" not in taken and header_key(taken) != "q start"):
        return []
    return [
        name
        for name, look in looks.items()
        if name not in roles
        and (role_of(name, _CALLS) or (None, 0))[0] is Role.CREATED_AT
        and (look.is_time if looks[taken].is_time else name in clock_columns(looks))
    ][:1]
