"""Texts → words that mean something, with the place where they stand: English by spelling, Japanese by a tokenizer."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sudachipy import Dictionary, SplitMode

WORDS = Path(__file__).parent / "words"
_JAPANESE = re.compile(r"[ぁ-ヿ㐀-鿿ｦ-ﾟ]")
_ENGLISH = re.compile(r"[a-zA-ZÀ-ÿ][a-zA-ZÀ-ÿ'’-]*")
_CONTENT = {"名詞", "動詞", "形容詞", "形状詞"}
_BRIDGES = {"助詞"}
_LONGEST = 4_000


@dataclass(frozen=True)
class Word:
    """A word of a text.

    Attributes:
        form: as it is compared: lower case, Japanese in its normal spelling.
        start, end: where it stands in the text.
        follows: whether it goes on from the word before it, without a mark or an empty word between them.
    """

    form: str
    start: int
    end: int
    follows: bool


def words_of(text: str) -> list[Word]:
    """The words of a text that say what it is about, in their order; stop words and marks are left out."""
    shortened = text[:_LONGEST]
    return list(_japanese(shortened) if _JAPANESE.search(shortened) else _english(shortened))


@cache
def _stop_words() -> tuple[frozenset[str], frozenset[str]]:
    lists = tomllib.loads((WORDS / "stop_words.toml").read_text(encoding="utf-8"))
    return frozenset(lists["english"]), frozenset(lists["japanese"])


def _english(text: str) -> Iterator[Word]:
    stop, _ = _stop_words()
    before: int | None = None
    for match in _ENGLISH.finditer(text):
        form = match[0].lower().replace("’", "'").strip("'-")
        if len(form) < 2 or form in stop:
            before = None
            continue
        follows = before is not None and not text[before : match.start()].strip()
        yield Word(_singular(form), match.start(), match.end(), follows)
        before = match.end()


def _singular(form: str) -> str:
    """A regular plural without its ending."""
    if len(form) > 4 and form.endswith("ies"):
        return f"{form[:-3]}y"
    if len(form) > 3 and form.endswith("s") and not form.endswith(("ss", "us", "is")):
        return form[:-1]
    return form


def _japanese(text: str) -> Iterator[Word]:
    _, stop = _stop_words()
    is_open = False
    for morpheme in _tokenizer().tokenize(text):
        kind, detail = morpheme.part_of_speech()[:2]
        form = morpheme.normalized_form().lower()
        means = kind in _CONTENT and detail not in ("数詞", "非自立可能") and form not in stop
        if means and (len(form) > 1 or _JAPANESE.search(form)):
            yield Word(form, morpheme.begin(), morpheme.end(), is_open)
            is_open = True
        elif kind not in _BRIDGES:
            is_open = False


@cache
def _tokenizer() -> Any:
    return Dictionary(dict="small").tokenizer(mode=SplitMode.C)
