"""Who is mentioned in a comment: `@` before the name of somebody whom the workspace knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from cs_planning.notebook.records import Comment

_MARK = "@"


@dataclass(frozen=True)
class CommentMention:
    """An open comment that mentions somebody, and where it stands.

    Attributes:
        comment: with its words.
        page: the id of the page, for its address.
        title: of the page or its goal.
    """

    comment: Comment
    page: str
    title: str


def mentioned(words: str, people: Iterable[str]) -> tuple[str, ...]:
    """The people whom a text mentions, each once, in the order of `people`.

    Case and width of letters don't matter; of names that begin alike the longest one is meant.
    """
    text = _folded(words)
    found = set()
    for name in sorted({one for one in people if one.strip()}, key=len, reverse=True):
        pattern = re.compile(r"(?<![0-9a-z_.])" + re.escape(_MARK + _folded(name)) + r"(?![0-9a-z_])")
        if pattern.search(text):
            found.add(name)
            text = pattern.sub(" ", text)
    return tuple(dict.fromkeys(name for name in people if name in found))


def is_mentioned(words: str, person: str, people: Iterable[str]) -> bool:
    """Whether a text mentions somebody, also one whom nobody but themselves named so far."""
    everybody = (*people, person)
    return any(_folded(one) == _folded(person) for one in mentioned(words, everybody))


def _folded(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())
