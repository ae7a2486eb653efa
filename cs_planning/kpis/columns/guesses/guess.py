"""One thing that a file could be, and the roles that its headers name."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from cs_planning.kpis.cells.missing import is_missing
from cs_planning.kpis.columns.contents.answers import looks_like_answers, read_flag
from cs_planning.kpis.columns.contents.limits import LIMIT_ROLES, read_kept
from cs_planning.kpis.columns.contents.looks import Column
from cs_planning.kpis.columns.contents.statuses import read_direction
from cs_planning.kpis.columns.names.everyday import EVERYDAY_RANK, IN_NUMBERS, IN_WORDS
from cs_planning.kpis.columns.names.headers import role_of
from cs_planning.kpis.columns.roles import DIMENSIONS, DURATIONS, FLAG_ROLES, TIMES, Kind, Role

A_FEW = 3
"""Below as many filled cells nothing follows from their being different."""


@dataclass(frozen=True)
class Guess:
    """One thing that a file could be.

    Attributes:
        kind: what its rows are.
        roles: the role of each column that has one.
        confidence: how sure it is, 0–1.
        kpis: the KPI of columns of values and sample sizes.
        activities: what each activity of an event log does.
        by_cells: the columns whose role their cells alone show.
    """

    kind: Kind
    roles: Mapping[str, Role]
    confidence: float
    kpis: Mapping[str, str] = field(default_factory=dict)
    activities: Mapping[str, Role] = field(default_factory=dict)
    by_cells: Collection[str] = ()


_ENDS_OF = {Role.FIRST_RESPONSE_TIME: Role.FIRST_RESPONSE_AT, Role.RESOLUTION_TIME: Role.SOLVED_AT}
"""What a column named after a length of time holds where its cells are points in time: the moment at which it ends."""
_NAMED_BY_A_LENGTH = 1000


def named_roles(looks: Mapping[str, Column], file: str) -> dict[str, Role]:
    """The roles that headers name in a data file, where the cells can be that; of several columns the best spelling wins."""
    best: dict[Role, tuple[int, str]] = {}
    for name, look in looks.items():
        known = role_of(name, file)
        if known is None:
            continue
        role, rank = known
        if role is Role.HANDLE_TIME and look.is_time:
            continue
        if rank >= EVERYDAY_RANK and role in IN_WORDS and (look.is_number or look.is_time):
            continue
        if rank >= EVERYDAY_RANK and role in IN_NUMBERS and not look.is_number:
            continue
        if role in _ENDS_OF and look.is_time:
            role, rank = _ENDS_OF[role], rank + _NAMED_BY_A_LENGTH
        if not _can_be(role, look):
            continue
        if role not in best or rank < best[role][0]:
            best[role] = (rank, name)
    return {name: role for role, (_, name) in best.items()}


def _can_be(role: Role, look: Column) -> bool:
    if look.filled == 0:
        return role in (Role.SOLVED_AT, Role.CLOSED_AT, Role.FIRST_RESPONSE_AT)
    if role is Role.PERIOD:
        return look.share_periods >= 0.6
    if role in TIMES:
        return look.times.share_read >= 0.5 and (not look.is_plain_number or look.is_epoch)
    if role in DURATIONS:
        return look.numbers.share_read >= 0.8 and not look.is_time
    if role in (Role.CSAT, Role.NPS, Role.CES):
        return looks_like_answers(look.looks_like)
    if role in (Role.OFFERED, Role.HANDLED, Role.ABANDONED, Role.ASA, Role.SERVICE_LEVEL, Role.ANSWERED_IN_TIME, Role.COST):
        return look.numbers.share_read >= 0.6
    if role is Role.DIRECTION:
        return bool(look.looks_like) and all(read_direction(cell) is not None or is_missing(cell) for cell in look.looks_like)
    if role in (*FLAG_ROLES, Role.NO_CONTACT):
        if look.is_time:
            return True
        flags = [read_flag(cell) for cell in look.looks_like]
        return not any(flag is not None and math.isnan(flag) for flag in flags)
    if role in LIMIT_ROLES:
        kept = [read_kept(cell, look.name) for cell in look.looks_like]
        return not any(one is not None and math.isnan(one) for one in kept)
    if role in (*DIMENSIONS, Role.STATUS):
        return look.filled < 10 or look.distinct <= 20 or look.share_distinct <= 0.5
    return True
