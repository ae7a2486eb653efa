"""Texts that users read: written once in English, translated when they are shown.

The domain never builds a finished sentence.  It returns a `Text`, which holds the English source and its arguments, and
which is translated when it is printed, in the language of whoever looks at it.  That is why a cached result, a stored
snapshot and an error can be read in any language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema

from cs_planning.language.catalogue import gettext, ngettext
from cs_planning.language.values import Chance, Duration, FileSize, Moment, Money, Percent, Period, Points
from cs_planning.language.writing import begun_small, in_words


def _read_day(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"day"}:
        return date.fromisoformat(value["day"])
    if isinstance(value, date):
        return value
    raise ValueError("not a day")


_Day = Annotated[
    date,
    BeforeValidator(_read_day),
    PlainSerializer(lambda day: {"day": day.isoformat()}, when_used="json"),
    WithJsonSchema(
        {
            "type": "object",
            "properties": {"day": {"type": "string", "format": "date"}},
            "required": ["day"],
            "additionalProperties": False,
        }
    ),
]
"""A day that is told apart from a text of the same letters when it is stored."""


_Value = Money | Percent | Chance | Points | Duration | FileSize | Period | Moment


class Text(BaseModel):
    """A sentence for a user, translated when it is shown.

    `str(text)` gives it in the language in force (`use_language`).  Arguments are filled in by name with `str.format`;
    numbers, dates and nested texts are written as the language writes them.

    Attributes:
        source: the English sentence.
        plural: its form for other counts than one.
        count: that decides between them.
        arguments: by name.
        inside: whether it is a name that stands inside a sentence, where English begins it with a small letter.
    """

    model_config = ConfigDict(frozen=True)

    source: str
    plural: str | None = None
    count: int | None = None
    arguments: Mapping[str, Text | _Value | bool | int | float | _Day | str | None] = {}
    inside: bool = False

    def __str__(self) -> str:
        if self.plural is not None and self.count is not None:
            sentence = ngettext(self.source, self.plural, self.count)
        else:
            sentence = gettext(self.source)
        written = sentence.format(**{name: in_words(value) for name, value in self.arguments.items()})
        return begun_small(written) if self.inside else written

    def within(self) -> Text:
        """The same name as it stands inside a sentence."""
        return self.model_copy(update={"inside": True})


def text(source: str, /, **arguments: Any) -> Text:
    """A translatable sentence with named arguments, e.g. ``text("No data for {kpi}", kpi="CSAT")``."""
    return Text(source=source, arguments=arguments)


def ntext(source: str, plural: str, count: int, /, **arguments: Any) -> Text:
    """A translatable sentence whose form depends on `count`, which is also an argument of the sentence."""
    return Text(source=source, plural=plural, count=count, arguments={"count": count, **arguments})


def listed_texts(words: Sequence[Text | str]) -> Text:
    """Words one after the other as a text that is translated when it is shown; "–" for no words."""
    if not words:
        return Text(source="–")
    if len(words) == 1:
        return words[0] if isinstance(words[0], Text) else Text(source="{word}", arguments={"word": words[0]})
    # Halves, since a text inside a text inside a text … of a table's many columns could not be written out.
    half = len(words) // 2
    return text("{before}, {word}", before=listed_texts(words[:half]), word=listed_texts(words[half:]))
