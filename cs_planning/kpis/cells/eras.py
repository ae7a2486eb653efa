"""Japanese writings of a day and a time of day → digits: eras (令和8年3月3日, R8.3.3), 13時05分, 午後1時, (月)."""

from __future__ import annotations

import re

_FIRST_YEAR = {
    "令和": 2019,
    "平成": 1989,
    "昭和": 1926,
    "大正": 1912,
    "令": 2019,
    "平": 1989,
    "昭": 1926,
    "r": 2019,
    "h": 1989,
    "s": 1926,
}
_LENGTH = {"平成": 31, "平": 31, "h": 31, "昭和": 64, "昭": 64, "s": 64, "大正": 15}
_MAX_YEARS = 60
_WRITTEN = re.compile(r"(令和|平成|昭和|大正|令|平|昭)\s?(元|\d{1,2})(\s?年\s?|[./-])")
_LETTER = re.compile(r"([rh])\.?(\d{1,2})([./-])(?=\d{1,2}(?:$|\3\d))|(s)\.?(\d{1,2})([./-])(?=\d{1,2}\6\d)", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_WEEKDAY = re.compile(
    r"\s?\((?:[月火水木金土日]|mon|tue|wed|thu|fri|sat|sun)(?:曜日?)?\)\s?|\s?[月火水木金土日]曜日\s?", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(?P<half>午前|午後)?\s?(?P<hour>\d{1,2})(?:\s?時\s?(?:(?P<minute>\d{1,2})\s?分)?\s?(?:(?P<second>\d{1,2})\s?秒)?|:(?P<m>\d{2})(?::(?P<s>\d{2}))?)$"
)
_JAPANESE = re.compile("[年月日時分秒午令平昭大()]")


def with_western_dates(written: str) -> str:
    """A narrow cell with its Japanese date in ISO and its time of day as a clock; other cells as they are."""
    if not (_JAPANESE.search(written) or written[:1] in "RrHhSs"):
        return written
    changed = _WRITTEN.sub(_western, written, count=1) if _JAPANESE.search(written) else _LETTER.sub(_western, written, count=1)
    changed = _WEEKDAY.sub(" ", changed).strip()
    has_words = "時" in changed or "午" in changed
    if has_words or changed != written:
        changed = _DAY.sub(lambda day: f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d} ", changed).strip()
        changed = _CLOCK.sub(_clock, changed) if has_words else changed
    return " ".join(changed.split())


def _western(match: re.Match[str]) -> str:
    era, year, mark = (part for part in match.groups() if part is not None)
    number = 1 if year == "元" else int(year)
    era = era.lower()
    if not 1 <= number <= _LENGTH.get(era, _MAX_YEARS):
        return match[0]
    return f"{_FIRST_YEAR[era] + number - 1}{mark.strip()}"


def _clock(match: re.Match[str]) -> str:
    hour = (
        int(match["hour"]) % 12 + 12
        if match["half"] == "午後"
        else int(match["hour"]) % 12
        if match["half"]
        else int(match["hour"])
    )
    second = match["second"] or match["s"]
    return f" {hour:02d}:{int(match['minute'] or match['m'] or 0):02d}" + (f":{int(second):02d}" if second else "")
