"""Deadlines as people write them: "by the end of Q3", "within 3 months", "9月末までに", "今年度中に"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from cs_planning.goals.naming import language_of, word_file
from cs_planning.kpis.frequency import Frequency, Rhythm

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
_ANSWERING = re.compile(
    r"answer|respon|repl|resolv|resolut|solv|clos|handl|call(?:ing)? back|acknowledg|process|deliver|refund|complet|"
    r"応答|回答|返信|返答|解決|対応|折り返|処理|完了|返金|クローズ|受電|発送"
)
_SHORT_DAYS = 14
_BEGINS_AFTER = re.compile(r"から|以降|より")
_BEGINS_BEFORE = re.compile(r"\b(?:from|since|starting|beginning|as of)(?: in| on)? $")
_ONLY_THE_END = re.compile(r"\b(?:by|until|till|before|end|close|due|deadline)\b|末|まで|以内|時点")
_SEASON_ENDS = {
    "spring": (5, 31), "summer": (8, 31), "autumn": (11, 30), "fall": (11, 30), "winter": (2, 28),
    "christmas": (12, 24), "easter": (4, 5), "black friday": (11, 27),
    "thanksgiving": (11, 26), "new year": (12, 31),
    "labor day": (9, 7), "labour day": (5, 1), "memorial day": (5, 31), "golden week": (5, 5), "halloween": (10, 31),
    "春": (5, 31), "夏": (8, 31), "秋": (11, 30), "冬": (2, 28), "お盆": (8, 15),
    "夏休み": (8, 31), "冬休み": (12, 31), "gw": (5, 5), "ゴールデンウィーク": (5, 5), "年明け": (1, 15),
}  # fmt: skip


@dataclass(frozen=True)
class TimeFrame:
    """A deadline found in a text.

    Attributes:
        deadline: its last day.
        start, end: where it stands in the text, in characters.
        days: how long from now, where it was written as a length of time.
        is_start: whether the text says that something begins then.
        first: the first day of the period that was named ("Q3", "2027年度上期", "from January to March"); `None` for a day.
        is_span: whether the text speaks of that whole period ("in Q3", "Q3の"), and not only of its end ("by the end of Q3").
    """

    deadline: date
    start: int
    end: int
    days: int | None = None
    is_start: bool = False
    first: date | None = None
    is_span: bool = False


class _Found(NamedTuple):
    """What a rule makes of its words: the last day, the length where it was written as one, and the first day of a period."""

    deadline: date | None
    days: int | None = None
    first: date | None = None


def year_begins(written: int | None, language: str) -> int:
    """The month in which the year of a text begins: as set, else April in Japanese and January in English."""
    return written or (4 if language == "ja" else 1)


def deadlines_in(sentence: str, today: date, fiscal_start_month: int | None = None) -> tuple[TimeFrame, ...]:
    """Every deadline in `sentence`, in its order; where two overlap the longer one counts.

    A month or quarter without a year is the next one whose end is not over.  A few days beside a word for answering or
    solving are the time for one contact and no deadline.

    Args:
        sentence: a text as `plain` gives it, numbers in digits.
        today: the day of reading.
        fiscal_start_month: 1…12, for "Q3" and "fiscal year"; `None` takes April in a Japanese sentence, else January.
    """
    fiscal = year_begins(fiscal_start_month, language_of(sentence))
    reader = _Reader(today, fiscal, bool(_ANSWERING.search(sentence)))
    frames = _frames(sentence, reader)
    begin = next((frame for frame in frames if frame.is_start and frame.first is not None), None)
    if begin is None or begin.first is None:
        return frames
    # "From April 2028 to September": the end belongs to the beginning, not to today.
    later = [frame for frame in frames if frame.start > begin.start]
    if later and later[0].deadline < begin.first:
        again = _frames(sentence, replace(reader, today=begin.first))
        later = [frame for frame in again if frame.start > begin.start]
    ends = [replace(frame, first=begin.first, is_span=True) if index == 0 else frame for index, frame in enumerate(later)]
    return (*(frame for frame in frames if frame.start <= begin.start), *ends)


def _frames(sentence: str, reader: _Reader) -> tuple[TimeFrame, ...]:
    found: list[TimeFrame] = []
    for name, pattern in _rules():
        for match in pattern.finditer(sentence):
            try:
                deadline, days, first = getattr(reader, name)(match)
            except (ValueError, OverflowError):
                continue
            if deadline is not None:
                begins = bool(_BEGINS_AFTER.match(sentence, match.end()) or _BEGINS_BEFORE.search(sentence[: match.start()]))
                span = first is not None and not _ONLY_THE_END.search(match[0])
                found.append(TimeFrame(deadline, match.start(), match.end(), days, begins, first, span))
    found.sort(key=lambda frame: (frame.start - frame.end, frame.start))
    kept: list[TimeFrame] = []
    for frame in found:
        if all(frame.end <= other.start or frame.start >= other.end for other in kept):
            kept.append(frame)
    return tuple(sorted(kept, key=lambda frame: frame.start))


def _year(match: re.Match[str]) -> int | None:
    if not match["year"]:
        return None
    year = int(match["year"])
    return year + 2000 if year < 100 else year


@dataclass(frozen=True)
class _Reader:
    today: date
    fiscal: int
    about_answering: bool

    def day(self, match: re.Match[str]) -> _Found:
        return _Found(date(int(match["year"]), int(match["month"]), int(match["day"])))

    def era_day(self, match: re.Match[str]) -> _Found:
        year = 2018 + int(match["year"])
        day = match["day"]
        month = int(match["month"])
        if not day:
            return _Found(date(year, month, monthrange(year, month)[1]), first=date(year, month, 1))
        return _Found(date(year, month, int(day)))

    def slashed(self, match: re.Match[str]) -> _Found:
        first, second, year = int(match["first"]), int(match["second"]), _year(match)
        dotted = "." in match[0]
        orders = (
            [(second, first)]
            if first > 12 or dotted
            else [(first, second)]
            if second > 12
            else [(first, second), (second, first)]
        )
        if year is not None:
            return _Found(max(date(year, month, day) for month, day in orders))
        nearest = [self._next(month, day) for month, day in orders]
        return _Found(max(nearest))

    def _next(self, month: int, day: int) -> date:
        this = date(self.today.year, month, day)
        return this if this >= self.today else date(self.today.year + 1, month, day)

    def end_of(self, match: re.Match[str]) -> _Found:
        unit = match["unit"]
        if unit == "fy":
            return self._year_from(self._year_of_today())
        frequency = {
            "w": Frequency.WEEK,
            "週": Frequency.WEEK,
            "m": Frequency.MONTH,
            "月": Frequency.MONTH,
            "q": Frequency.QUARTER,
        }
        kind = frequency.get(unit[0])
        if kind is None or kind is Frequency.QUARTER:
            return self._nth_part(None, 1 if kind is None else 4, None)
        rhythm = Rhythm(kind, self.fiscal)
        return _Found(rhythm.end_of(self.today), first=rhythm.start_of(self.today))

    def part_of_year(self, match: re.Match[str]) -> _Found:
        month, day = {"mid": (6, 30), "middle": (6, 30), "late": (12, 31)}.get(match["part"], (3, 31))
        return _Found(date(int(match["year"]), month, day))

    def month_day(self, match: re.Match[str]) -> _Found:
        month, day = self._month(match["month"]), int(match["day"])
        if match["year"]:
            return _Found(date(int(match["year"]), month, day))
        if not 1 <= day <= 31:
            return _Found(None)
        this = date(self.today.year, month, min(day, monthrange(self.today.year, month)[1]))
        later = this if this >= self.today else this.replace(year=this.year + 1, day=min(day, 28) if month == 2 else this.day)
        return _Found(later)

    def month(self, match: re.Match[str]) -> _Found:
        month = self._month(match["month"])
        part = match.groupdict().get("part") or "end"
        return self._in_month(_year(match), month, part)

    def months(self, match: re.Match[str]) -> _Found:
        last = self._in_month(_year(match), self._month(match["month"]), "end").deadline or date.min
        begins = self._month(match["from"])
        year = int(match["begins"]) if match.groupdict().get("begins") else last.year - (begins > last.month)
        return _Found(last, first=date(year, begins, 1))

    def next_year_month(self, match: re.Match[str]) -> _Found:
        year = self.today.year + (1 if match["which"] in {"来年", "翌年"} else 0)
        return self._in_month(year, int(match["month"]), "end")

    def quarter(self, match: re.Match[str]) -> _Found:
        named = match["quarter"]
        number = int(named) if named.isdigit() else _ORDINALS[named]
        return self._nth_part(number, 4, _year(match))

    def half(self, match: re.Match[str]) -> _Found:
        named = match["half"]
        number = int(named) if named.isdigit() else _ORDINALS[named]
        return self._nth_part(number, 2, _year(match))

    def japanese_half(self, match: re.Match[str]) -> _Found:
        number = 1 if match["half"] in {"上", "前"} else 2
        which = match.groupdict().get("which")
        if which in {"来年度", "今年度", "再来年度", "本年度"}:
            step = {"来年度": 1, "再来年度": 2}.get(which, 0)
            return self._nth_part(number, 2, self._year_of_today() + step)
        return self._nth_part(number, 2, _year(match))

    def relative(self, match: re.Match[str]) -> _Found:
        which = match["which"].strip()
        step = (
            2
            if which == "再来"
            else 1
            if which in {"next", "coming", "the next", "来", "次", "翌", "次の", "the coming"}
            else 0
        )
        unit = match["unit"]
        frequency = {
            "week": Frequency.WEEK, "週": Frequency.WEEK, "month": Frequency.MONTH, "月": Frequency.MONTH,
            "quarter": Frequency.QUARTER, "四半期": Frequency.QUARTER,
            "year": Frequency.YEAR, "年": Frequency.YEAR,
        }.get(unit)  # fmt: skip
        if frequency is None:
            return self._year_from(self._year_of_today() + step)
        if frequency is Frequency.QUARTER:
            return self._nth_part(None, 4, None, step)
        rhythm = Rhythm(frequency, self.fiscal)
        first = rhythm.next_after(rhythm.start_of(self.today), step)
        if frequency is Frequency.YEAR:
            first = date(self.today.year + step, 1, 1)
            return _Found(date(first.year, 12, 31), first=first)
        return _Found(rhythm.end_of(first), first=first)

    def year(self, match: re.Match[str]) -> _Found:
        year = int(match["year"])
        return _Found(date(year, 12, 31), first=date(year, 1, 1))

    def fiscal_year(self, match: re.Match[str]) -> _Found:
        year = int(match["year"])
        return self._year_from(year + 2000 if year < 100 else year)

    def era_fiscal_year(self, match: re.Match[str]) -> _Found:
        return self._year_from(2018 + int(match["year"]))

    def fiscal_end(self, match: re.Match[str]) -> _Found:
        return self._year_from(self._year_of_today())

    def year_end(self, match: re.Match[str]) -> _Found:
        return _Found(date(self.today.year, 12, 31), first=date(self.today.year, 1, 1))

    def length(self, match: re.Match[str]) -> _Found:
        count = float(match["count"]) if match.groupdict().get("count") else 1.0
        unit = match["unit"]
        if unit in {"半年", "half year", "half a year"}:
            count, unit = 6.0, "month"
        if unit in {"四半期", "fortnight"}:
            count, unit = (3.0, "month") if unit == "四半期" else (2.0, "week")
        letter = "year" if unit[:4] in {"year", "年", "年間", "か年"} else unit
        if letter.startswith(("day", "日")):
            if self.about_answering and count <= _SHORT_DAYS:
                return _Found(None)
            days = round(count)
        elif letter.startswith(("week", "週")):
            if self.about_answering and 7 * count <= _SHORT_DAYS:
                return _Found(None)
            days = round(7 * count)
        else:
            months = count * (3 if letter.startswith("quarter") else 12 if letter == "year" else 1)
            whole = Frequency.MONTH.next_after(self.today.replace(day=1), int(months))
            day = min(self.today.day, monthrange(whole.year, whole.month)[1])
            days = (whole.replace(day=day) - self.today).days + round(30 * (months % 1))
        return _Found(self.today + timedelta(days=days), days)

    def short(self, match: re.Match[str]) -> _Found:
        days = {"tomorrow": 1, "today": 0, "tonight": 0, "明日": 1, "本日": 0, "今日": 0, "明後日": 2}.get(
            match[0].split()[-1].removesuffix("中").removesuffix("までに"), 5
        )
        return _Found(self.today + timedelta(days=days), days)

    def season(self, match: re.Match[str]) -> _Found:
        month, day = _SEASON_ENDS[match["season"]]
        this = date(self.today.year, month, day)
        later = this < self.today or match.groupdict().get("which") in {"来", "翌"}
        return _Found(this.replace(year=this.year + 1) if later else this)

    def _month(self, written: str) -> int:
        return int(written) if written.isdigit() else _MONTH_NAMES.index(written[:3]) + 1

    def _in_month(self, year: int | None, month: int, part: str) -> _Found:
        if not 1 <= month <= 12:
            raise ValueError(month)
        wanted = year or self.today.year
        if year is None and (wanted, month) < (self.today.year, self.today.month):
            wanted += 1
        last = monthrange(wanted, month)[1]
        day = {
            "beginning": 1,
            "start": 1,
            "early": 10,
            "middle": 15,
            "mid": 15,
            "初": 1,
            "上旬": 10,
            "中旬": 20,
            "半ば": 15,
        }.get(part, last)
        return _Found(date(wanted, month, day), first=date(wanted, month, 1) if day == last else None)

    def _nth_part(self, number: int | None, parts: int, year: int | None, step: int = 0) -> _Found:
        """The n-th quarter or half of a year; without a number the running one, without a year the next that is not over."""
        months = 12 // parts
        begin = self._year_of_today() if year is None else year
        if number is None:
            number = (self.today.month - self.fiscal) % 12 // months + 1
        first = Frequency.MONTH.next_after(date(begin, self.fiscal, 1), months * (number - 1 + step))
        if year is None and not step and Frequency.MONTH.next_after(first, months) <= self.today:
            first = Frequency.MONTH.next_after(first, 12)
        return _Found(Frequency.MONTH.next_after(first, months) - timedelta(days=1), first=first)

    def _year_of_today(self) -> int:
        return self.today.year if self.today.month >= self.fiscal else self.today.year - 1

    def _year_from(self, year: int) -> _Found:
        first = date(year, self.fiscal, 1)
        return _Found(Frequency.MONTH.next_after(first, 12) - timedelta(days=1), first=first)


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = word_file("deadlines")
    rules = []
    for rule in data["rule"]:
        pattern = rule["pattern"]
        for name in ("MONTH", "FROM", "END", "NUMBER"):
            pattern = pattern.replace(f"@{name}", data[name])
        # In ASCII a word ends between "q3" and "までに".
        rules.append((rule["reader"], re.compile(pattern, re.ASCII)))
    return tuple(rules)
