"""Cells → lengths of time in seconds: clocks, words (`2h 15m`, `1時間30分`), ISO 8601 (`PT2H`), days beside a clock."""

from __future__ import annotations

import re
from enum import StrEnum


class ShortClock(StrEnum):
    """What a clock of two parts shows."""

    HOURS_MINUTES = "h:mm"
    MINUTES_SECONDS = "mm:ss"


_UNITS = (
    (604_800.0, r"weeks?|wks?|w|週間|週"),
    (86_400.0, r"days?|d|日間|日|tage?|jours?|j"),
    (3600.0, r"hours?|hrs?|h|時間|std|stunden?|heures?"),
    (60.0, r"minutes?|mins?|min|m|分間|分|minuten"),
    (1.0, r"seconds?|secs?|s|秒間|秒|sekunden?|secondes?"),
)
_PART = re.compile(
    r"(\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?) ?(?:"
    + "|".join(f"(?P<u{place}>{words})" for place, (_, words) in enumerate(_UNITS))
    + r")(?![a-z])\.?(?P<half>半)?"
)
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
_CONNECTED = re.compile(r"(?:[ ,、&+]|and|und|et|と)*")
_ISO = re.compile(
    r"p(?:(?P<w>\d+(?:[.,]\d+)?)w)?(?:(?P<d>\d+(?:[.,]\d+)?)d)?"
    r"(?:t(?:(?P<h>\d+(?:[.,]\d+)?)h)?(?:(?P<m>\d+(?:[.,]\d+)?)m)?(?:(?P<s>\d+(?:[.,]\d+)?)s)?)?"
)
_ISO_SECONDS = {"w": 604_800.0, "d": 86_400.0, "h": 3600.0, "m": 60.0, "s": 1.0}
_CLOCK = re.compile(
    r"(?:(?P<days>\d{1,5})(?: ?(?:days?|d|日),? ?| |\.))?(?P<first>\d+):(?P<second>\d{2})(?::(?P<third>\d{2}(?:[.,]\d+)?))?"
)


def read_duration(folded: str, short_clock: ShortClock = ShortClock.HOURS_MINUTES, decimal_mark: str = ".") -> float | None:
    """The seconds of a length of time that says its units itself; None when it is none.

    Args:
        folded: the cell, narrow and in lower case.
        short_clock: what a clock of two parts shows.
        decimal_mark: of its column; the other one before three digits stands for thousands, as in `1,200 s`.
    """
    sign = -1.0 if folded[:1] in ("-", "−", "-") else 1.0
    bare = folded[1:].strip() if sign < 0 else folded
    seconds = _clock(bare, short_clock) if ":" in bare else _iso(bare) if bare[:1] == "p" else _words(bare, decimal_mark)
    return None if seconds is None else sign * seconds


def _clock(bare: str, short_clock: ShortClock) -> float | None:
    match = _CLOCK.fullmatch(bare)
    if match is None or (match["days"] and not match["third"]):
        return None
    first, second = int(match["first"]), int(match["second"])
    if match["third"] is None:
        if second > 59:
            return None
        return first * 3600.0 + second * 60.0 if short_clock is ShortClock.HOURS_MINUTES else first * 60.0 + second
    third = float(match["third"].replace(",", "."))
    if second > 59 or third >= 60:
        return None
    return int(match["days"] or 0) * 86_400.0 + first * 3600.0 + second * 60.0 + third


def _iso(bare: str) -> float | None:
    match = _ISO.fullmatch(bare)
    if match is None or not any(match.groupdict().values()):
        return None
    return sum(float(amount.replace(",", ".")) * _ISO_SECONDS[unit] for unit, amount in match.groupdict().items() if amount)


def _words(bare: str, decimal_mark: str) -> float | None:
    """Amounts with units, from the largest unit to the smallest; None for anything else."""
    place, total, before = 0, 0.0, -1
    while place < len(bare):
        match = _PART.match(bare, place)
        if match is None:
            return None
        unit = next(number for number in range(len(_UNITS)) if match[f"u{number}"])
        if unit <= before:
            return None
        amount = _amount(match[1], decimal_mark) + (0.5 if match["half"] else 0.0)
        total, before = total + amount * _UNITS[unit][0], unit
        connected = _CONNECTED.match(bare, match.end())
        place = connected.end() if connected is not None else match.end()
    return total if before >= 0 else None


def _amount(written: str, decimal_mark: str) -> float:
    """A number in front of a unit; several marks of one kind, or one that is not the decimal mark, group thousands."""
    thousands = "." if decimal_mark == "," else ","
    if _GROUPED.fullmatch(written) and (thousands in written or written.count(decimal_mark) > 1):
        return float(re.sub(r"[.,]", "", written))
    return float(written.replace(",", "."))
