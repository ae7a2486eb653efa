"""What a header says of the clock of its cells: minutes and seconds or hours and minutes, and in which time zone."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

from cs_planning.kpis.cells.durations import ShortClock
from cs_planning.kpis.columns.names.headers import header_key
from cs_planning.kpis.columns.roles import Role

_MINUTES = re.compile(r"(?<![h:])\[?m{1,2}\]?:s{1,2}|分[:：]秒|分秒")
_HOURS = re.compile(r"\[?h{1,2}\]?:m{1,2}(?!:s)|時[:：]分(?!秒)")
_SHORT = frozenset({Role.WAIT_TIME, Role.ASA, Role.HANDLE_TIME, Role.TALK_TIME, Role.HOLD_TIME, Role.AFTER_WORK_TIME})
_SHORT_KPIS = frozenset({"asa_mean", "aht_mean", "aht_median"})
_ZONE = re.compile(r"[(\[]([^()\[\]]+)[)\]]|(?:^|\s)(utc|gmt|jst|日本時間)$")
_OFFSET = re.compile(r"(?:utc|gmt)\s?([+-])\s?(\d{1,2})(?::?00)?")
_ZONES = {
    "utc": "UTC", "gmt": "UTC", "z": "UTC", "jst": "Asia/Tokyo", "日本時間": "Asia/Tokyo", "tokyo": "Asia/Tokyo",
    "cet": "Europe/Berlin", "cest": "Europe/Berlin", "bst": "Europe/London",
    "est": "America/New_York", "edt": "America/New_York",
    "et": "America/New_York", "eastern time": "America/New_York", "cdt": "America/Chicago", "central time": "America/Chicago",
    "mst": "America/Denver", "mdt": "America/Denver", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "pt": "America/Los_Angeles", "pacific time": "America/Los_Angeles", "ist": "Asia/Kolkata", "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney", "kst": "Asia/Seoul", "sgt": "Asia/Singapore", "hkt": "Asia/Hong_Kong",
}  # fmt: skip


def short_clock_of(header: str, role: Role = Role.IGNORE, kpi: str | None = None) -> ShortClock:
    """What a clock of two parts shows in a column: as the header says, else mm:ss for waits and handling, h:mm for the rest.

    Args:
        header: the column's header.
        role: what the column is.
        kpi: whose values it holds, as a catalogue id.
    """
    usual = ShortClock.MINUTES_SECONDS if role in _SHORT or kpi in _SHORT_KPIS else ShortClock.HOURS_MINUTES
    return named_clock(header) or usual


def named_clock(header: str) -> ShortClock | None:
    """What a clock of two parts shows by its header, such as `AHT (mm:ss)`; `None` where that says nothing."""
    key = header_key(header)
    if _MINUTES.search(key):
        return ShortClock.MINUTES_SECONDS
    return ShortClock.HOURS_MINUTES if _HOURS.search(key) else None


def zone_in(header: str) -> str | None:
    """The IANA name of the time zone that a header names (`Solved at (JST)`, `Created (UTC+9)`), None when it names none."""
    for match in _ZONE.finditer(header_key(header)):
        inside = (match[1] or match[2]).strip()
        if inside in _ZONES:
            return _ZONES[inside]
        offset = _OFFSET.fullmatch(inside)
        if offset is not None and int(offset[2]) <= 12:
            return f"Etc/GMT{'-' if offset[1] == '+' else '+'}{int(offset[2])}" if int(offset[2]) else "UTC"
        named = next((zone for zone in available_timezones() if zone.lower().replace("_", " ") == inside), None)
        if named is not None:
            return named
    return None
