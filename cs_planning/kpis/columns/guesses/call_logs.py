"""Columns of a log of calls → their roles, where a date and times of day stand apart and the menu comes before the queue."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cs_planning.kpis.cells.missing import MISSING
from cs_planning.kpis.columns.contents.looks import Column
from cs_planning.kpis.columns.names.headers import header_key, role_of
from cs_planning.kpis.columns.roles import TIMES, Role

_FILE = "generic_calls"
_CLOCK = re.compile(r"\d{1,2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?|時\d{1,2}分(?:\d{1,2}秒)?)(?: ?[ap]\.?m\.?)?")
_SHORT_DAY = re.compile(r"\d{5,6}")
_WHOLE_CALL = ("duration", "call duration", "call length")
_ANY_CLOCK = frozenset({"time", "clock", "clock time", "time of day", "hour", "at", "時刻", "時間帯"})
_TIME_BEFORE = re.compile(r"^(?:clock )?time (?:of |it |they )?(?=\w)")
SHORT_DAY_FORMAT = "%y%m%d"
"""How days are written that are six digits, or five where the year begins with a zero that was lost."""


def call_roles(looks: Mapping[str, Column], named: Mapping[str, Role]) -> dict[str, Role]:
    """The roles of the columns of a log of calls.

    Args:
        looks: the columns at a glance.
        named: the roles that headers name and cells of their own can have.

    Assumptions: a time of day is a point in time only beside a column of days; where a call has two arrivals the one at the
    queue counts, and the other is when it came without a queue; `hold time` is the wait where no talk time is there.
    """
    roles = dict(named)
    dated = next((name for name, role in roles.items() if role is Role.DAY), None)
    if dated is not None and not _is_day(looks[dated]):
        del roles[dated]
        dated = None
    if dated is not None and looks[dated].has_time_of_day:
        roles[dated], dated = Role.CREATED_AT, None
    if dated is not None:
        for name in _clocks(looks):
            known = role_of(name, _FILE)
            role = known[0] if known is not None and known[0] in TIMES else None
            if role is not None and role not in roles.values():
                roles[name] = role
        if Role.CREATED_AT not in roles.values() and Role.MENU_LEFT_AT not in roles.values():
            roles[dated] = Role.CREATED_AT
    if Role.MENU_LEFT_AT not in roles.values():
        roles.update(dict.fromkeys(_second_arrival(looks, roles), Role.MENU_LEFT_AT))
    if Role.CREATED_AT not in roles.values():
        roles = {name: Role.CREATED_AT if role is Role.MENU_LEFT_AT else role for name, role in roles.items()}
    found = set(roles.values())
    if Role.HOLD_TIME in found and not found & {Role.TALK_TIME, Role.WAIT_TIME}:
        roles = {name: Role.WAIT_TIME if role is Role.HOLD_TIME else role for name, role in roles.items()}
    if Role.TALK_TIME in found:
        roles = {
            name: role
            for name, role in roles.items()
            if role is not Role.HANDLE_TIME or header_key(name).split(" (")[0] not in _WHOLE_CALL
        }
    return roles


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
    clocks = [name for name in _clocks(looks) if name not in roles and looks[name].filled >= looks[dated].filled]
    by_name = [name for name in clocks if _says_arrival(name)]
    unnamed = [name for name in clocks if header_key(name) in _ANY_CLOCK]
    found = by_name or (unnamed if len(clocks) == 1 else [])
    return {dated: Role.DAY, found[0]: Role.CREATED_AT} if len(found) == 1 else {}


def _says_arrival(header: str) -> bool:
    """Whether a header names the arrival, as `受付時刻` or `Time received`."""
    names = (header, _TIME_BEFORE.sub("", header_key(header)))
    return any((role_of(name, "generic_tickets") or (None, 0))[0] is Role.CREATED_AT for name in names)


def is_short_day(cells: list[str] | tuple[str, ...]) -> bool:
    """Whether every cell is a day written with two digits each for year, month and day."""
    return bool(cells) and all(_SHORT_DAY.fullmatch(cell) and _has_month_and_day(cell.zfill(6)) for cell in cells)


def _has_month_and_day(digits: str) -> bool:
    return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:]) <= 31


def _is_day(look: Column) -> bool:
    return look.is_time or look.share_periods >= 0.9 or is_short_day(look.looks_like)


def _clocks(looks: Mapping[str, Column]) -> list[str]:
    """The columns whose cells are times of day, the best spelling of a role first."""
    found = [name for name, look in looks.items() if look.looks_like and all(map(_is_clock, look.looks_like))]
    return sorted(found, key=lambda name: (role_of(name, _FILE) or (Role.IGNORE, 0))[1])


def _is_clock(cell: str) -> bool:
    return cell.strip().lower() in MISSING or _CLOCK.fullmatch(cell.strip().lower()) is not None


def _second_arrival(looks: Mapping[str, Column], roles: Mapping[str, Role]) -> list[str]:
    """Another column that says when calls came, with points in time written as those of the one that is taken."""
    taken = next((name for name, role in roles.items() if role is Role.CREATED_AT), None)
    if taken is None or ("queue" not in header_key(taken) and "キュー" not in taken and header_key(taken) != "q start"):
        return []
    return [
        name
        for name, look in looks.items()
        if name not in roles
        and (role_of(name, _FILE) or (None, 0))[0] is Role.CREATED_AT
        and (look.is_time if looks[taken].is_time else name in _clocks(looks))
    ][:1]
