"""Topics of texts: those of the word lists, the tags that agents set, and phrases that come up often."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache

from pydantic import BaseModel, ConfigDict

from cs_planning.kpis.feedback.tokens import WORDS, words_of
from cs_planning.language import Text, text

_LONGEST_PHRASE = 3
_MOST_PHRASES = 20
_MOST_TAGS = 20
_MOST_SPELLINGS = 12
_RARE_SHARE = 0.005
_FEWEST = 5
_LOOKED_AT = 200
_COVERED = 0.7
_TAG_MARKS = re.compile(r"[,;|\n、]+")

_NAMES: Mapping[str, Text] = {
    "delivery": text("Delivery"),
    "returns": text("Returns and refunds"),
    "billing": text("Billing and payment"),
    "price": text("Price"),
    "product": text("Product quality"),
    "outage": text("Faults and outages"),
    "account": text("Account and login"),
    "website": text("Website and app"),
    "contract": text("Contract and cancellation"),
    "waiting": text("Waiting for an answer"),
    "attitude": text("Attitude of agents"),
    "knowledge": text("Knowledge of agents"),
    "listening": text("Understanding by agents"),
    "unsolved": text("Not solved at the first contact"),
}


class Origin(StrEnum):
    """Where a topic comes from."""

    WORDS = "words"
    TAG = "tag"
    PHRASE = "phrase"

    @property
    def label(self) -> Text:
        """The origin in words."""
        return {"words": text("word list"), "tag": text("tag"), "phrase": text("frequent phrase")}[self.value]


class Level(StrEnum):
    """Who can take a cause away: the company by policy, product or process, or agents by training and coaching."""

    COMPANY = "company"
    AGENT = "agent"

    @property
    def label(self) -> Text:
        """The level in words."""
        return {"company": text("company: policy, product, process"), "agent": text("agents: training, coaching")}[self.value]


class Topic(BaseModel):
    """Something that customers write about.

    Attributes:
        id: as in the key of its series: a name of the word list, a tag, a phrase.
        origin: where it comes from.
        name: what the screen shows.
        pattern: a regular expression (RE2) over texts in lower case; of a tag, over the list of tags.
        level: who can take its cause away, None where that is not known.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    origin: Origin
    name: Text
    pattern: str
    level: Level | None = None

    @property
    def scope(self) -> tuple[str, str]:
        """The part of the service that its series are about."""
        return ("tag" if self.origin is Origin.TAG else "topic", self.id)


@cache
def named_topics() -> tuple[Topic, ...]:
    """The topics of the word lists."""
    content = tomllib.loads((WORDS / "topics.toml").read_text(encoding="utf-8"))
    return tuple(
        Topic(
            id=name,
            origin=Origin.WORDS,
            name=_NAMES.get(name) or _own(name),
            pattern=pattern_of(one["words"]),
            level=Level(one["level"]),
        )
        for name, one in content.items()
    )


@cache
def complaint_pattern() -> str:
    """What the words of a complaint look like."""
    return pattern_of(tomllib.loads((WORDS / "complaints.toml").read_text(encoding="utf-8"))["words"])


def pattern_of(words: Iterable[str]) -> str:
    """A regular expression that finds any of the words; `deliver*` finds every word that begins so."""
    parts = []
    for word in words:
        body = re.sub(r"\\? +", r"\\s+", _escaped(word.removesuffix("*").lower()))
        end = "" if word.endswith("*") or not word[-1].isalnum() else r"\b"
        begin = r"\b" if word[:1].isalnum() else ""
        parts.append(f"{begin}{body}{end}" if word.isascii() else body)
    return f"(?:{'|'.join(parts)})"


def tag_topics(tags: Sequence[str]) -> list[Topic]:
    """The tags that come up most, of lists such as `vip, delivery_late`."""
    counts: Counter[str] = Counter()
    for cell in tags:
        marks = _TAG_MARKS if _TAG_MARKS.search(cell) else re.compile(r"\s+")
        counts.update({tag.strip().lower() for tag in marks.split(cell) if 1 < len(tag.strip()) <= 60})
    frequent = [tag for tag, count in counts.most_common(_MOST_TAGS) if count >= _fewest(len(tags))]
    return [
        Topic(
            id=tag,
            origin=Origin.TAG,
            name=_own(tag),
            pattern=rf"(?:^|[\s,;|、])\s*{_escaped(tag)}\s*(?:$|[\s,;|、])",
            level=level_of([tag.replace("_", " ").replace("-", " ")]),
        )
        for tag in frequent
    ]


def phrase_topics(texts: Sequence[str], known: Sequence[Topic] = ()) -> list[Topic]:
    """Phrases of one to three words that many texts share, longer ones before the words in them.

    A phrase that says only what a longer one says, in nearly the same texts, is left out; so is a single word that comes up
    nearly only in texts of the `known` topics.

    Args:
        texts: what customers wrote, one string for each contact.
        known: topics that are there already.
    """
    found: dict[tuple[str, ...], set[int]] = defaultdict(set)
    spellings: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for place, content in enumerate(texts):
        words = words_of(content)
        for first in range(len(words)):
            for length in range(1, min(_LONGEST_PHRASE, len(words) - first) + 1):
                run = words[first : first + length]
                if not all(word.follows for word in run[1:]):
                    break
                phrase = tuple(word.form for word in run)
                found[phrase].add(place)
                spellings[phrase][content[run[0].start : run[-1].end].lower()] += 1
    fewest = _fewest(len(texts))
    frequent = {phrase: places for phrase, places in found.items() if len(places) >= fewest}
    patterns = [re.compile(topic.pattern) for topic in known if topic.origin is Origin.WORDS]
    chosen: list[tuple[str, ...]] = []
    for phrase in sorted(frequent, key=lambda one: (-len(frequent[one]) * (1 + 0.5 * (len(one) - 1)), one)):
        usual = spellings[phrase].most_common(1)[0][0]
        is_known = len(phrase) == 1 and _is_covered(
            [usual, *(texts[n] for n in sorted(frequent[phrase])[:_LOOKED_AT])], patterns
        )
        if is_known or any(_says_the_same(phrase, other, frequent) for other in chosen):
            continue
        chosen.append(phrase)
        if len(chosen) == _MOST_PHRASES:
            break
    topics = []
    for phrase in chosen:
        written = [spelling for spelling, _ in spellings[phrase].most_common(_MOST_SPELLINGS)]
        sample = [texts[place] for place in sorted(frequent[phrase])[:200]]
        name = written[0]
        topics.append(
            Topic(id=name, origin=Origin.PHRASE, name=_own(name), pattern=pattern_of(written), level=level_of(sample))
        )
    return topics


def level_of(texts: Sequence[str]) -> Level | None:
    """Who can take away the cause that most of these texts name; None where few name one."""
    counts: Counter[Level] = Counter()
    for topic in named_topics():
        if topic.level is not None:
            pattern = re.compile(topic.pattern)
            counts[topic.level] += sum(pattern.search(content.lower()) is not None for content in texts)
    if not counts:
        return None
    (level, most), *_ = counts.most_common(1)
    return level if most >= max(1, 0.3 * len(texts)) else None


def _is_covered(texts: Sequence[str], patterns: Sequence[re.Pattern[str]]) -> bool:
    """Whether nearly all texts are about topics that are known already."""
    hits = sum(any(pattern.search(content.lower()) for pattern in patterns) for content in texts)
    return hits >= _COVERED * len(texts)


def _says_the_same(phrase: tuple[str, ...], other: tuple[str, ...], frequent: dict[tuple[str, ...], set[int]]) -> bool:
    """Whether one phrase lies in the other and most of its texts are those of the other."""
    short, long = sorted((phrase, other), key=len)
    inside = any(long[start : start + len(short)] == short for start in range(len(long) - len(short) + 1))
    return inside and len(frequent[phrase] & frequent[other]) >= 0.6 * len(frequent[phrase])


def _fewest(count: int) -> int:
    return max(_FEWEST, round(_RARE_SHARE * count))


def _escaped(words: str) -> str:
    return re.sub(r"([\\.^$|?*+()\[\]{}])", r"\\\1", words)


def _own(name: str) -> Text:
    """A name that a customer or agent wrote, shown as it is."""
    return Text(source="{name}", arguments={"name": name})
