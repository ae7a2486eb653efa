"""What stands in the brackets of a header beside its name: unit, scale, threshold, statistic, the form of a clock."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from cs_planning.kpis.cells.numbers import MEASURES, WrittenUnit
from cs_planning.kpis.currency import MONEY_WORDS

_BRACKETS = re.compile(r"[(\[（［【]([^)\]）］】]*)[)\]）］】]")
_NUMBER = r"(\d{1,3}(?:\.\d+)?)"
_TO = r"\s*(?:-|–|—|−|~|〜|to|から)\s*"
_SCALE = re.compile(
    rf"(?:scale\s*(?:of|from|:)?\s*|score\s*)?{_NUMBER}(?:点|pts?|stars?)?{_TO}{_NUMBER}\s*(?:点|段階|pts?|points?|stars?|scale)*"
)
_TOP = re.compile(
    rf"{_NUMBER}\s*(?:段階(?:評価|中)?|点満点|点中|[- ]?points?(?: scale)?|[- ]?stars?)|(?:out of|of|max\.?|/)\s*{_NUMBER}"
)
_LABEL = re.compile(r"(\d{1,3})\s*(?:=|:|…|が|は)\s*([^\d,;/、・=]+)")
_LABELLED = re.compile(r"([^\d,;/、・=()]+?)\s*=\s*(\d{1,3})")
_SECONDS = r"(\d{1,4})\s*(s|secs?\.?|seconds?|秒|m|mins?\.?|minutes?|分)(?![a-z])"
_WITHIN = re.compile(rf"(?:(?:with)?in|under|below|by|<=|<|≤|≦)\s*{_SECONDS}|{_SECONDS}\s*(?:以内|以下|未満|内)(?:に|の|での)?")
_BEYOND = re.compile(r"(?:after|over|more than|longer than|beyond|>=?|≥)\s*\d|\d\s*(?:秒|分)\s*(?:超|以上|以降)")
_TARGET = re.compile(r"(\d{1,3})\s*%?\s*(?:/|in)\s*(\d{1,4})\s*(s|secs?|seconds?|秒)?")
_LEVEL = re.compile(r"((?:service level|sla|sl|サービスレベル)) (?:\d{1,3} ?%? ?/ ?)?(\d{1,4}) ?(s|secs?|seconds?|秒)?( ?%)?")
_OF_TOP = re.compile(r"\s*(?:out of|/)\s*(\d{1,3})$")
_BARE_SCALE = re.compile(rf"\s+([01]){_TO}(3|5|7|10|100)$")
_BARE_STEPS = re.compile(r"\s*(\d{1,3})\s*(?:段階(?:評価)?|点満点)$")
_CLOCK = re.compile(r"\[?[hms]{1,2}\]?(?::[hms]{1,2}){1,2}")
_ZONE = re.compile(
    r"(?:utc|gmt|jst|cet|cest|bst|est|edt|cst|cdt|mst|mdt|pst|pdt)(?:[+-]\d{1,2}(?::?\d{2})?)?|[a-z]+/[a-z_]+|"
    r"local(?: time)?|現地時間|日本時間"
)
_STATISTIC = re.compile(r"avg\.?|average|mean|median|med|平均|平均値|中央値")
_ACRONYMS = frozenset({"csat", "nps", "ces", "aht", "asa", "fcr", "frt", "sla", "sl", "mttr", "acw", "att"})
_FACTORS = {
    "千円": (1e3, WrittenUnit.MONEY),
    "万円": (1e4, WrittenUnit.MONEY),
    "百万円": (1e6, WrittenUnit.MONEY),
    "億円": (1e8, WrittenUnit.MONEY),
    "千件": (1e3, WrittenUnit.COUNT),
    "万件": (1e4, WrittenUnit.COUNT),
    "thousands": (1e3, None),
    "millions": (1e6, None),
    "ミリ秒": (1e-3, WrittenUnit.SECONDS),
    "ms": (1e-3, WrittenUnit.SECONDS),
    "msec": (1e-3, WrittenUnit.SECONDS),
    "milliseconds": (1e-3, WrittenUnit.SECONDS),
}
_FEWEST_STEPS = 2
_CURRENCY = f"(?:{'|'.join(re.escape(word) for word in MONEY_WORDS)})"
_THOUSANDS = re.compile(rf"(?:k\s*{_CURRENCY}|{_CURRENCY}\s*k|(?:in\s+)?(?:thousand|1,?000)s?(?:\s+of)?\s*{_CURRENCY})")


@dataclass(frozen=True)
class Notes:
    """What a header says beside its name.

    Attributes:
        name: the header's key without what was understood.
        measure: the unit of the cells.
        factor: by what the numbers are multiplied to be in that unit (`千円` is 1,000).
        scale: the ends of the scale of answers.
        labels: what numbers of the scale stand for, in words.
        threshold_seconds: the agreed time of a service level.
        acronym: another name in the brackets.
    """

    name: str
    measure: WrittenUnit | None = None
    factor: float = 1.0
    scale: tuple[float, float] | None = None
    labels: tuple[tuple[float, str], ...] = ()
    threshold_seconds: float | None = None
    acronym: str | None = None


@dataclass
class _Found:
    measure: WrittenUnit | None = None
    factor: float = 1.0
    scale: tuple[float, float] | None = None
    labels: list[tuple[float, str]] = field(default_factory=list)
    threshold_seconds: float | None = None
    acronym: str | None = None
    statistics: list[str] = field(default_factory=list)


def read_notes(key: str) -> Notes:
    """The notes in a header key such as `service level (20s)`, `satisfaction (1-5)` or `満足度(5段階)`.

    Brackets that are not understood stay in the name, for they may tell two columns apart; a threshold counts outside of
    brackets too, where a word such as “within” says that it is one.

    Args:
        key: the header in the form in which headers are compared.
    """
    found = _Found()

    def kept(match: re.Match[str]) -> str:
        inside = match[1].strip()
        if not inside:
            return " "
        parts = [part for part in re.split(r"[,;、]\s*", inside) if part] if not _LABEL.search(inside) else [inside]
        return " " if all(_understood(part.strip(), found) for part in parts) else match[0]

    name = _BRACKETS.sub(kept, key)
    if not _BEYOND.search(name) and (within := _WITHIN.search(name)) is not None:
        found.threshold_seconds = _seconds(within[1] or within[3], within[2] or within[4])
        name = f"{name[: within.start()]} {name[within.end() :]}"
    elif (level := _LEVEL.fullmatch(" ".join(name.split()))) is not None:
        found.threshold_seconds = float(level[2])
        name = level[1] + (level[4] or "")
    elif (top := _OF_TOP.search(name)) is not None and 2 <= int(top[1]) <= 100:
        found.scale = (0.0 if int(top[1]) >= 10 else 1.0, float(top[1]))
        name = name[: top.start()]
    elif (bare := _BARE_SCALE.search(name)) is not None and found.scale is None:
        found.scale = (float(bare[1]), float(bare[2]))
        name = name[: bare.start()]
    elif (steps := _BARE_STEPS.search(name)) is not None and found.scale is None and int(steps[1]) >= _FEWEST_STEPS:
        found.scale = (0.0 if int(steps[1]) >= 10 else 1.0, float(steps[1]))
        name = name[: steps.start()]
    return Notes(
        " ".join([*found.statistics, *name.split()]),
        found.measure,
        found.factor,
        found.scale,
        tuple(found.labels),
        found.threshold_seconds,
        found.acronym,
    )


def _understood(inside: str, found: _Found) -> bool:
    """Whether the words in brackets, or a part of them, say something that is known; it is put into `found`."""
    word = re.sub(r"^(?:in|単位[:は ]?|unit[: ]?)\s*", "", inside).strip()
    if word in _FACTORS:
        found.factor, found.measure = _FACTORS[word]
    elif _THOUSANDS.fullmatch(word):
        found.factor, found.measure = 1e3, WrittenUnit.MONEY
    elif word in MEASURES:
        found.measure = MEASURES[word]
    elif _CLOCK.fullmatch(word) or _ZONE.fullmatch(word):
        pass
    elif _STATISTIC.fullmatch(word):
        found.statistics.append(word)
    elif (labels := _labels(word)) and len(labels) >= 1:
        found.labels += labels
        numbers = [number for number, _ in found.labels]
        if len(numbers) > 1:
            found.scale = found.scale or (min(numbers), max(numbers))
    elif (scale := _SCALE.fullmatch(word)) is not None and float(scale[1]) < float(scale[2]):
        found.scale = float(scale[1]), float(scale[2])
    elif (top := _TOP.fullmatch(word)) is not None:
        highest = float(top[1] or top[2])
        found.scale = (0.0 if highest >= 10 else 1.0, highest)
    elif (limit := re.fullmatch(rf"(?:(?:with)?in|under|<=|<|≤)?\s*{_SECONDS}\s*(?:以内|以下|未満)?", word)) is not None:
        found.threshold_seconds = _seconds(limit[1], limit[2])
    elif (target := _TARGET.fullmatch(word)) is not None:
        found.threshold_seconds = float(target[2])
    elif word in _ACRONYMS:
        found.acronym = word
    else:
        return False
    return True


def _labels(words: str) -> list[tuple[float, str]]:
    narrow = unicodedata.normalize("NFKC", words)
    found = [(float(number), label.strip()) for number, label in _LABEL.findall(narrow)]
    return found or [(float(number), label.strip()) for label, number in _LABELLED.findall(narrow)]


def _seconds(amount: str, unit: str) -> float:
    return float(amount) * (60.0 if unit.startswith(("m", "分")) else 1.0)
