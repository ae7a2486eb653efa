"""Words in sentences: which KPIs a text names, and which of its words say nothing."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cs_planning.goals.goal import Direction
from cs_planning.kpis.catalogue import CATALOGUE, Aggregation, Better, Kpi, Unit, kpi_named
from cs_planning.language import LANGUAGES, Text

_FOLDER = Path(__file__).parent / "words"
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_TAG = re.compile(r"<[^<>]{0,500}>")
_ABOUT_COMPLAINTS = re.compile(r"対応|処理|窓口|担当| (?:handling|team|desk|process|management)")
LONGEST_READ = 2_000


@dataclass(frozen=True)
class Mention:
    """A KPI named in a text.

    Attributes:
        kpi: its id.
        start, end: where in the plain text, in characters.
        words: the words that named it.
    """

    kpi: str
    start: int
    end: int
    words: str


@lru_cache(maxsize=16)
def word_file(name: str) -> Mapping[str, Any]:
    """The data file `words/{name}.toml`."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def language_of(sentence: str) -> str:
    """The language that a sentence is written in: Japanese when it has Japanese letters, English otherwise."""
    return LANGUAGES[1] if _JAPANESE.search(sentence) else LANGUAGES[0]


def plain(sentence: str) -> str:
    """`sentence` for reading: without tags and control characters, in one width, lower case, hyphens as spaces.

    Only the first `LONGEST_READ` characters are read: a goal is said in its first sentences.
    """
    shown = unicodedata.normalize("NFKC", _TAG.sub(" ", sentence[: 2 * LONGEST_READ]))[:LONGEST_READ].lower()
    shown = "".join(" " if unicodedata.category(char) in {"Cf", "Cc"} else char for char in shown)
    shown = re.sub(r"\be[-‐‑ ]mail", "email", shown)
    shown = re.sub(r"(?<=[a-z])[-‐‑–_/](?=[a-z])", " ", shown)
    return re.sub(r"\s+", " ", shown).strip()


def kpis_in(sentence: str) -> tuple[Mention, ...]:
    """The KPIs that `sentence` names, in its order; where names overlap the longest one counts.

    Args:
        sentence: a text as `plain` gives it.
    """
    taken: list[Mention] = []
    for match in _kpi_pattern().finditer(sentence):
        words = match[0]
        if _kpi_of_words()[words] == "complaints" and _ABOUT_COMPLAINTS.match(sentence, match.end()):
            continue
        taken.append(Mention(_kpi_of_words()[words], match.start(), match.end(), words))
    return tuple(taken)


def vague_words(sentence: str, *kinds: str) -> tuple[str, ...]:
    """The words of `sentence` that can't be checked.

    Args:
        sentence: a text as `plain` gives it.
        kinds: of `adjectives`, `verbs`, `amounts`, `times`; all of these when none is named.  `nouns` are general words that
            are no measure, such as "service".
    """
    return tuple(dict.fromkeys(match[0] for match in _vague_pattern(kinds).finditer(sentence)))


@lru_cache(maxsize=64)
def described(kpi: str) -> Kpi:
    """The description of a KPI that a sentence named: the catalogue's, or what the word file says of it."""
    entry = word_file("kpis").get(kpi)
    if kpi in CATALOGUE or entry is None or "unit" not in entry:
        return kpi_named(kpi)
    unit = Unit(entry["unit"])
    share = unit is Unit.PERCENT
    return Kpi(
        id=kpi,
        name=Text(source="{name}", arguments={"name": entry["en"][0]}),
        unit=unit,
        better=Better(entry["better"]),
        aggregation=Aggregation.SUM if unit is Unit.COUNT else Aggregation.WEIGHTED_MEAN,
        formula=Text(source="{name}", arguments={"name": entry["en"][0]}),
        lower=0 if share or unit is Unit.COUNT else None,
        upper=100 if share else None,
    )


def usual_direction(kpi: Kpi) -> Direction:
    """The direction that a goal on `kpi` usually has."""
    if kpi.id in {"contact_volume", "occupancy"} or kpi.better is Better.LOWER:
        return Direction.AT_MOST
    return Direction.AT_LEAST


@lru_cache(maxsize=1)
def _kpi_of_words() -> Mapping[str, str]:
    result: dict[str, str] = {}
    for kpi, entry in word_file("kpis").items():
        for alias in (*entry["en"], *entry["ja"]):
            written = plain(alias)
            result.setdefault(written, kpi)
            if written.isascii() and not written.endswith("s"):
                result.setdefault(f"{written}s", kpi)
    return result


@lru_cache(maxsize=1)
def _kpi_pattern() -> re.Pattern[str]:
    return _any_of(_kpi_of_words())


@lru_cache(maxsize=16)
def _vague_pattern(kinds: tuple[str, ...]) -> re.Pattern[str]:
    wanted = kinds or ("adjectives", "verbs", "amounts", "times")
    lists = [words for by_kind in word_file("vague").values() for kind, words in by_kind.items() if kind in wanted]
    return _any_of({plain(word): "" for words in lists for word in words})


def _any_of(words: Mapping[str, str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(
        "|".join(rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word) for word in ordered)
    )
