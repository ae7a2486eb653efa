"""What a goal is called for who reads it: the sentence of its fields in their language, or what somebody typed, as it is.

A title is kept as words, since its author may change them; as long as it reads as the product writes the goal's sentence in any
of its languages, nobody did, and each reader finds the sentence in their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cs_planning.goals.goal import LONGEST_NAME, Goal
from cs_planning.goals.naming import described
from cs_planning.goals.sentence import sentence_on
from cs_planning.kpis.catalogue import CATALOGUE, Kpi, Unit, kpi_named
from cs_planning.kpis.currency import currencies_shown
from cs_planning.language import LANGUAGES, Text, text, use_language

_KEPT = 8192


def title_of(goal: Goal) -> Text | str:
    """The title of a goal, in the language of who reads it where the product made it, else as it was typed; may be empty."""
    made = _made(goal)
    return made.sentence if made is not None else goal.title


def as_read(written: str, goal: Goal | None) -> Text | str:
    """A title that was written down somewhere for a goal, as its reader finds it; as it is where the goal is not known."""
    return title_of(goal.model_copy(update={"title": written})) if goal is not None else written


def called(goal: Goal) -> Text | str:
    """The title of a goal, or a word for one that has none."""
    return title_of(goal) or text("Untitled goal")


def is_made(goal: Goal) -> bool:
    """Whether the title is the sentence that the goal's fields make, in any language, and no words of its author."""
    return _made(goal) is not None


def kept_true(before: Goal, after: Goal) -> Goal:
    """A changed goal, whose title says what its fields say by now where the product made it before."""
    made = _made(before)
    if made is None or after.title != before.title:
        return after
    kpi = made.kpi if after.series == before.series else next(_kpis_of(after), None)
    return after.model_copy(update={"title": str(sentence_on(after, kpi))[:LONGEST_NAME]})


@dataclass(frozen=True)
class _Made:
    """A sentence that the product made, and the description of the KPI that it was made with."""

    sentence: Text
    kpi: Kpi | None


@lru_cache(maxsize=_KEPT)
def _made(goal: Goal) -> _Made | None:
    """The sentence of which the title is one translation; kept by the whole goal, so that none outlives a change of it."""
    languages = [language for language in LANGUAGES if _names_its_kpi(goal, language)]
    for kpi in _kpis_of(goal) if languages else ():
        sentence = sentence_on(goal, kpi)
        for language in languages:
            with use_language(language):
                if goal.title == str(sentence)[:LONGEST_NAME]:
                    return _Made(sentence, kpi)
    return None


def _names_its_kpi(goal: Goal, language: str) -> bool:
    """Whether a title may be the sentence in a language: most of those that somebody typed are told by this alone."""
    key = goal.key
    if not goal.title or key is None or len(goal.title) == LONGEST_NAME:
        return bool(goal.title)
    with use_language(language):
        names = [str(key.named(kpi)).casefold() for kpi in _descriptions(key.kpi)]
    return any(name in goal.title.casefold() for name in names)


def _kpis_of(goal: Goal) -> Iterator[Kpi | None]:
    """The descriptions that a sentence can have been made with: the currency, and the unit of an own KPI, came with data."""
    if goal.key is None:
        yield None
        return
    for kpi in _descriptions(goal.key.kpi):
        own = () if kpi.id in CATALOGUE else (kpi.model_copy(update={"unit": unit}) for unit in Unit)
        for one in (kpi, *own):
            yield from (one.in_currency(code) for code in currencies_shown(goal.title)) if one.unit is Unit.MONEY else (one,)


def _descriptions(kpi: str) -> tuple[Kpi, ...]:
    """A KPI as the catalogue or sentences name it, and as it is named where it was imported under a name of the team's own."""
    return (described(kpi),) if kpi in CATALOGUE else (described(kpi), kpi_named(kpi))
