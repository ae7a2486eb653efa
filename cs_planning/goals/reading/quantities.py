"""Numbers with their units and their part in a sentence: "from 2 hours to 1.5 hours", "by 50 %", "90%以上", "半減"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from cs_planning.goals.goal import Direction
from cs_planning.goals.naming import word_file
from cs_planning.kpis.catalogue import Unit
from cs_planning.kpis.cells.numerals import with_digits as in_figures


class NumberRole(StrEnum):
    """What a number does in the sentence."""

    FROM = "from"
    TO = "to"
    CHANGE = "change"
    WITHIN = "within"
    PLAIN = "plain"


@dataclass(frozen=True)
class Quantity:
    """A number in a sentence.

    Attributes:
        value: as written; a time in `unit`, a share in percent.
        unit: what it counts; `None` for a bare number.
        part: what it does.
        direction: at least or at most, where the words beside it say so; for a change, up or down.
        relative: a change in percent of the present value; otherwise a change is in the KPI's own unit.
        start, end: where it stands.
        currency: ISO 4217, of an amount of money.
    """

    value: float
    unit: Unit | None
    part: NumberRole
    start: int
    end: int
    direction: Direction | None = None
    relative: bool = False
    currency: str | None = None


SECONDS: Mapping[Unit, float] = {Unit.SECONDS: 1, Unit.MINUTES: 60, Unit.HOURS: 3600}
"""How many seconds a unit of time has."""

_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 100,
}  # fmt: skip
_COUNTED = (
    r"percent|per cent|%|points?|days?|weeks?|months?|quarters?|years?|hours?|minutes?|seconds?|business|working|agents?|"
    r"sessions?|articles?|workshops?|tickets?|calls?|complaints?"
)
_WORDED = re.compile(rf"\b({'|'.join(_NUMBER_WORDS)})(?: ({'|'.join(list(_NUMBER_WORDS)[:9])}))?(?= (?:{_COUNTED})\b| percent)")
_KANJI = {"〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_KANJI_NUMBER = re.compile(
    r"(?<![一-龠\d])([一二三四五六七八九十百〇]+)(?=割|[ヶかカヵケ]月|週間|日|年|時間|分の|分(?!析|類|野|散|割|に|な)|秒|倍|回|件|人|名|点|ポイント|パーセント|%|月)"
)

_KANJI_DIGITS = "一二三四五六七八九〇"
_LARGE_NUMERAL = re.compile(
    rf"(?<![\d.,])\d[\d,]*(?:\.\d+)?[百千万億兆](?:[\d,.十百千万億兆{_KANJI_DIGITS}]*[\d十百千万億兆{_KANJI_DIGITS}])?(?![年月日:/貨葉\d])"
    rf"|(?:(?<![一-龠\d])|(?<=[月約計間各毎]))[十{_KANJI_DIGITS}]*[百千万億兆][十百千万億兆{_KANJI_DIGITS}]*"
    r"(?=件|円|人|名|通|本|回|コール|ドル|台|社|時間)"
)
_NEGATIVE = re.compile(r"[▲△](?=\d)")
_SAME_DAY = re.compile(r" (?:on |within )?the same (?:business |working )?day\b| same day\b")
_SAME_DAY_JAPANESE = re.compile(r"(?:当日|即日)(?:中|のうち)(?:に)?")
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2}):([0-5]\d)(?![\d:])"
    r"(?=(?: ?(?:to|→|->|=>|から|-|–) ?(?:under |below )?\d{1,2}:[0-5]\d)? ?(?:min|minutes|m\b|分|mm:ss))"
)
_LARGE, _SMALL = r"時間|分|hours?|hrs?|h|minutes?|mins?|m", r"分|秒|minutes?|mins?|m|seconds?|secs?|s"
_COMPOUND = re.compile(rf"(?<![\d.])(\d+) ?({_LARGE}) ?(?:and )?(\d+) ?({_SMALL})(?![a-z])")
_AND_A_HALF = re.compile(r"(?<![\d.])(\d+)(時間|分|日)半")
_AN_HOUR = re.compile(r"\b(?:an?|one) (?=(?:single )?(?:hour|minute|day|week)\b)")
_HALF_AN_HOUR = re.compile(r"\bhalf an hour\b|\b半時間\b")
_OUT_OF = re.compile(
    r"\b(\d{1,3}) (?:out of|in|of) (?:every )?(10|100)\b(?! (?:days|weeks|months))"
    r"|\b(1) (?:out of|in) (?:every )?([2-9])(?= [a-z])"
)
_OUT_OF_JAPANESE = re.compile(r"(?<!\d)(10|100)(?:人|件|名)中(\d{1,3})(?:人|件|名)")
_RULE_OF_TWO = re.compile(
    r"\b(\d\d)/(\d{1,3})(?= (?:service level|sla|sl|rule|target))"
    r"|(?:(?<=\bsl )|(?<=\bsla )|(?<=\bsla of )|(?<=\bservice level )|(?<=\bservice level of ))(\d\d)/(\d{1,3})\b",
    re.ASCII,
)


def with_digits(sentence: str) -> str:
    """`sentence` with number words and Japanese numerals as digits: "three months" → "3 months", "三割" → "3割"."""
    sentence = _SAME_DAY.sub(" within 24 hours ", _SAME_DAY_JAPANESE.sub("24時間以内", sentence))
    sentence = sentence.replace("24/7", " around the clock ").replace("24時間365日", "年中無休")
    sentence = _CLOCK.sub(lambda match: f"{int(match[1]) + int(match[2]) / 60:g}", sentence)
    sentence = _AN_HOUR.sub("1 ", _HALF_AN_HOUR.sub("30 minutes", sentence))
    sentence = _RULE_OF_TWO.sub(_share_within, sentence)
    sentence = _NEGATIVE.sub("-", _LARGE_NUMERAL.sub(lambda match: in_figures(match[0]), sentence))
    replaced = _WORDED.sub(lambda match: str(_NUMBER_WORDS[match[1]] + (_NUMBER_WORDS[match[2]] if match[2] else 0)), sentence)
    written = _KANJI_NUMBER.sub(
        lambda match: match[1] if match[1] == "十" and sentence[match.end() :].startswith("分") else str(_kanji(match[1])),
        replaced,
    )
    written = _AND_A_HALF.sub(lambda match: f"{match[1]}.5{match[2]}", _COMPOUND.sub(_as_one, written))
    written = _OUT_OF.sub(lambda match: f"{100 * int(match[1] or match[3]) / int(match[2] or match[4]):g}%", written)
    return _OUT_OF_JAPANESE.sub(lambda match: f"{100 * int(match[2]) / int(match[1]):g}%", written)


def _share_within(match: re.Match[str]) -> str:
    share, seconds = (figure for figure in match.groups() if figure is not None)
    return f"{share}% within {seconds} seconds"


def _as_one(match: re.Match[str]) -> str:
    large, small = match[2], match[4]
    steps = {"時": 2, "h": 2, "分": 1, "m": 1, "秒": 0, "s": 0}
    if steps[large[0]] != steps[small[0]] + 1 or int(match[3]) >= 60:
        return match[0]
    return f"{int(match[1]) + int(match[3]) / 60:.4g}{' ' if large.isascii() else ''}{large}"


def _kanji(written: str) -> int:
    total, digit = 0, 0
    for char in written:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = 10 * digit + _KANJI[char]
    return total + digit


_FIGURE = (
    r"(?P<money>[$€£¥])? ?(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
    r"(?P<scale> ?(?:k\b|m\b|million|thousand|billion))?"
)
_SCALES = {"k": 1e3, "m": 1e6, "million": 1e6, "thousand": 1e3, "billion": 1e9}
_IDENTIFIER = re.compile(r"(?:tier|(?<!service )level|phase|step|line|layer|top|version|iso|\bl|\bv|#|no\.) ?$")
_ABBREVIATED_KPI = re.compile(r"(?<![a-z])(?:csat|nps|ces|aht|frt|fcr|asa|sla?|qa|es|cpi|esat|enps)$")
_SIGNED_VALUE = re.compile(r"(?:\bfrom|\bto|→|->|⇒|から|現在) ?([-+−])$")
_SIGN = re.compile(r"(?<!\d)([-+−]) ?$")
_NOT_EXCEEDED = re.compile(r"を超えない|を上回らない")


@dataclass(frozen=True)
class _Words:
    units: tuple[tuple[Unit | None, float], ...]
    number: re.Pattern[str]
    before: tuple[tuple[NumberRole, Direction | None, re.Pattern[str]], ...]
    after: tuple[tuple[NumberRole, Direction | None, re.Pattern[str]], ...]
    changes: tuple[tuple[float, Direction, re.Pattern[str]], ...]
    zero: re.Pattern[str]
    all: re.Pattern[str]
    currencies: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = word_file("quantities")
    patterns = [*(rule["pattern"] for rule in data["unit"]), ""]
    alternatives = "|".join(f"(?P<u{index}>{pattern})" for index, pattern in enumerate(patterns))

    def beside(rules: list[dict[str, str]]) -> tuple[tuple[NumberRole, Direction | None, re.Pattern[str]], ...]:
        return tuple(
            (
                NumberRole(rule["part"]),
                Direction(rule["direction"]) if "direction" in rule else None,
                re.compile(rule["pattern"]),
            )
            for rule in rules
        )

    return _Words(
        units=(*((Unit(rule["unit"]), float(rule["factor"])) for rule in data["unit"]), (None, 1.0)),
        number=re.compile(f"{_FIGURE} ?(?:{alternatives})", re.ASCII),
        before=beside(data["before"]),
        after=beside(data["after"]),
        changes=tuple(
            (float(rule["percent"]), Direction(rule["direction"]), re.compile(rule["pattern"])) for rule in data["change"]
        ),
        zero=re.compile(data["whole"]["zero"]),
        all=re.compile(data["whole"]["all"]),
        currencies=tuple((code, re.compile(pattern)) for code, pattern in data["currency"].items()),
    )


def quantities_in(sentence: str) -> tuple[Quantity, ...]:
    """Every number of `sentence` with its unit and its part, in order.

    Args:
        sentence: a text as `plain` and `with_digits` give it, deadlines blanked out.
    """
    found = [_read(match, sentence) for match in _words().number.finditer(sentence)]
    quantities = [one for one in found if one is not None]
    quantities += _worded(sentence, quantities)
    return tuple(sorted(_paired(quantities, sentence), key=lambda one: one.start))


def all_of_them(sentence: str) -> bool:
    """Whether the sentence speaks of all contacts, customers or people: a share of 100 %."""
    return bool(_words().all.search(sentence))


def _read(match: re.Match[str], sentence: str) -> Quantity | None:
    begin = match.start("money") if match["money"] else match.start("figure")
    end = match.end() - match[0].endswith(" ")
    before, after = sentence[:begin], sentence[end:]
    glued = re.search(r"[a-z\d][.,/:]?$", before[-2:]) and not _ABBREVIATED_KPI.search(before)
    if glued or _IDENTIFIER.search(before) or re.match(r"[/:]\d", after):
        return None
    unit, factor = next(known for index, known in enumerate(_words().units) if match[f"u{index}"] is not None)
    if match["money"]:
        unit, factor = Unit.MONEY, 1.0
    scale = _SCALES.get((match["scale"] or "").strip(), 1.0)
    value = _figure(match["figure"]) * factor * scale
    signed = _SIGNED_VALUE.search(before)
    if signed is None and _words().after[0][2].match(after.lstrip()):
        # "From +15 to +25": a value that is left has a sign, it is no change.
        signed = _SIGN.search(before)
    if signed:
        before = before[: signed.start(1)]
        value = value if signed[1] == "+" else -value
    part, direction = _part(before, after)
    relative = part is NumberRole.CHANGE and unit is Unit.PERCENT
    currency = _currency(match[0]) if unit is Unit.MONEY else None
    return Quantity(value, unit, part, begin, end, direction, relative, currency)


def _currency(written: str) -> str | None:
    return next((code for code, pattern in _words().currencies if pattern.search(written)), None)


def _figure(written: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", written):
        return float(written.replace(",", ""))
    return float(written.replace(",", "."))


def _part(before: str, after: str) -> tuple[NumberRole, Direction | None]:
    after = after.lstrip() if re.match(r" [^a-z\d]", after) else after
    if _NOT_EXCEEDED.match(after):
        return NumberRole.TO, Direction.AT_MOST
    sign = re.search(r"(?<!\d)([-+−±]) ?$", before)
    if sign and sign[1] != "±":
        return NumberRole.CHANGE, Direction.AT_LEAST if sign[1] == "+" else Direction.AT_MOST
    for part, direction, pattern in _words().before[:2]:
        if pattern.search(before):
            return part, direction
    for part, direction, pattern in _words().after:
        if pattern.match(after):
            return part, direction
    for part, direction, pattern in _words().before[2:]:
        if pattern.search(before):
            return part, direction
    return NumberRole.PLAIN, None


def _worded(sentence: str, known: list[Quantity]) -> list[Quantity]:
    result = [
        Quantity(value, Unit.PERCENT, NumberRole.CHANGE, match.start(), match.end(), direction, relative=True)
        for value, direction, pattern in _words().changes
        for match in pattern.finditer(sentence)
        if not any(one.start < match.end() and match.start() < one.end and one.unit is not None for one in known)
    ]
    result += [
        Quantity(0.0, None, NumberRole.TO, match.start(), match.end(), Direction.AT_MOST)
        for match in _words().zero.finditer(sentence)
    ]
    return result


def _paired(quantities: list[Quantity], sentence: str) -> list[Quantity]:
    ordered = sorted(quantities, key=lambda one: one.start)
    for index, (first, second) in enumerate(pairwise(ordered)):
        between = sentence[first.end : second.start]
        if first.part is NumberRole.FROM and len(between) <= 12 and second.part is not NumberRole.CHANGE:
            unit = second.unit if first.unit is None else first.unit
            currency = first.currency or second.currency
            ordered[index] = Quantity(first.value, unit, NumberRole.FROM, first.start, first.end, currency=currency)
            ordered[index + 1] = replace(
                second, unit=second.unit or first.unit, part=NumberRole.TO, relative=False, currency=second.currency or currency
            )
    return ordered
