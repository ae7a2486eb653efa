"""Columns of a log of calls → their roles, where a date and times of day stand apart and the menu comes before the queue."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cs_planning.kpis.columns.contents.looks import Column
from cs_planning.kpis.columns.guesses.arrival import clock_columns, second_arrival
from cs_planning.kpis.columns.names.headers import header_key, role_of
from cs_planning.kpis.columns.roles import TIMES, Role

_FILE = "generic_calls"
_SHORT_DAY = re.compile(r"\d{5,6}")
_WHOLE_CALL = ("duration", "call duration", "call length")
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
        for name in clock_columns(looks):
            known = role_of(name, _FILE)
            role = known[0] if known is not None and known[0] in TIMES else None
            if role is not None and role not in roles.values():
                roles[name] = role
        if Role.CREATED_AT not in roles.values() and Role.MENU_LEFT_AT not in roles.values():
            roles[dated] = Role.CREATED_AT
    if Role.MENU_LEFT_AT not in roles.values():
        roles.update(dict.fromkeys(second_arrival(looks, roles), Role.MENU_LEFT_AT))
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


def is_short_day(cells: list[str] | tuple[str, ...]) -> bool:
    """Whether every cell is a day written with two digits each for year, month and day."""
    return bool(cells) and all(_SHORT_DAY.fullmatch(cell) and _has_month_and_day(cell.zfill(6)) for cell in cells)


def _has_month_and_day(digits: str) -> bool:
    return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:]) <= 31


def _is_day(look: Column) -> bool:
    return look.is_time or look.share_periods >= 0.9 or is_short_day(look.looks_like)
