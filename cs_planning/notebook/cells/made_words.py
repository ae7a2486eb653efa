"""Words that the product puts on a page to be edited, and how they are told from what somebody typed.

They are kept as words, since somebody may change them; as long as they read as the product writes them in any of its languages,
nobody did, and each reader finds them in their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from cs_planning.language import LANGUAGES, Text, text, use_language

NOTES = text("Notes")
REVIEW = text("Questions for this review")
REVIEW_QUESTIONS = text("What changed since the last review, and why? What do we celebrate? What do we change?")
LEADERSHIP = text("Three questions")
LEADERSHIP_QUESTIONS = text("What would it take? What does it cost? How sure are we?")
CAUSES = text("Causes")
CAUSES_QUESTION = text("Which gaps come from policy or product, and which from how we work?")
_MADE = (NOTES, REVIEW, REVIEW_QUESTIONS, LEADERSHIP, LEADERSHIP_QUESTIONS, CAUSES, CAUSES_QUESTION)


def as_made(words: str) -> Text | None:
    """The product's own text that these words are in one of its languages; `None` for what a person typed."""
    return _by_words().get(words)


@cache
def _by_words() -> Mapping[str, Text]:
    def said(one: Text, language: str) -> str:
        with use_language(language):
            return str(one)

    return {said(one, language): one for language in LANGUAGES for one in _MADE}
