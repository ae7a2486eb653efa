"""The clauses of a goal sentence: what for, how, under which condition, and the words left when they are taken away."""

from __future__ import annotations

import re
from functools import lru_cache

from cs_planning.goals.naming import kpis_in, language_of, vague_words, word_file


@lru_cache(maxsize=32)
def _phrases(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for patterns in word_file("phrases")[kind].values() for pattern in patterns)


def said(kind: str, sentence: str) -> str:
    """The words of one kind (purpose, guard, scope …) in a sentence, the first that are found; empty without."""
    for pattern in _phrases(kind):
        match = pattern.search(sentence)
        if match and match[0].strip(" 、。,"):
            return match[0]
    return ""


def position(kind: str, rest: str) -> int:
    """Where the first words of one kind begin; −1 without."""
    found = [match.start() for pattern in _phrases(kind) if (match := pattern.search(rest))]
    return min(found, default=-1)


ACTIVITIES = frozenset({"training_sessions", "trained_share", "articles"})
_TO_PURPOSE = re.compile(
    r"\bto (?:reduce|improve|lift|increase|retain|keep|meet|lower|cut|win|raise|boost|grow|prevent|avoid|make|give|free|save|"
    r"spare|protect|relieve|ease|bring|secure|finance|fund|pay for|get)\b"
    r".*"
)


def late_purpose(rest: str) -> str:
    """What a deed with a number is done for, where that stands behind it: "hold 12 sessions to raise the CSAT"."""
    match = _TO_PURPOSE.search(rest)
    if match is None or match.start() == 0:
        return ""
    before = rest[: match.start()]
    if all(mention.kpi in ACTIVITIES for mention in kpis_in(before)):
        return ""
    return (
        match[0]
        if re.search(r"\d", before) and kpis_in(before) and not re.search(r"\b(?:us|team|agents|staff)\s*$", before)
        else ""
    )


_GRAMMAR = re.compile(
    r"\b(?:the|a|an|of|in|on|at|to|by|for|with|and|or|our|we|i|us|is|are|be|all|every|each|this|that|from|within|per|will|should|must|"
    r"want|have|has|make|do|get|it|its|their|them|as|more|most|so|up|down|out|who|which|new|rate|number|good|goal|next|year|month|quarter)\b"
    r"|[^a-z\u3040-\u30ff\u3400-\u9fff]|[\u3040-\u309f]"
)


def subject_of(rest: str) -> str:
    """What is left besides numbers, vague and general words."""
    left = rest
    for word in sorted(vague_words(rest, "adjectives", "verbs", "amounts", "times", "nouns"), key=len, reverse=True):
        left = left.replace(word, " ")
    for kind in ("up", "down", "keep"):
        for pattern in _phrases(kind):
            left = pattern.sub(" ", left)
    return " ".join(_GRAMMAR.sub(" ", left).split())


def method_of(rest: str) -> str:
    """The words that say how, where they say more than "by doing more"; empty without."""
    words = said("method", rest)
    if not words:
        return ""
    content = subject_of(words).replace(" ", "")
    return words if len(content) >= (2 if language_of(words) == "ja" else 3) else ""
