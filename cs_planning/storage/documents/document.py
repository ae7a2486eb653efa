"""A document: JSON that its own model reads, and beside it the few facts that lists filter by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import from_json


class Document(BaseModel):
    """A document of any kind.

    Attributes:
        kind: what it is, such as `goal`, `action`, `check_in`, `decision`, `comment`, `review`, `scenario`, `page`.
        id: empty until it is saved; an id of one's own may be given with version 0.
        version: of which this is the content; 0 until it is saved.
        title: for lists.
        body: JSON, kept character by character.
        variant: a kind within the kind, such as the type of a goal.
        state: where it stands, such as `draft`, `open`, `resolved`.
        due: the day on which it has to be done.
        series: the written `SeriesKey` that it is about.
        parent: the id of the goal or page that it belongs to.
        part: the part of the parent that it belongs to, such as a cell.
        author: who saved this version.
        created_at: when the first version was saved, aware, in UTC.
        updated_at: when this version was saved, aware, in UTC.
    """

    model_config = ConfigDict(frozen=True)

    kind: str = Field(min_length=1, max_length=40)
    id: str = Field(default="", max_length=40)
    version: int = Field(default=0, ge=0)
    title: str = ""
    body: str = "{}"
    variant: str = ""
    state: str = ""
    owner: str = ""
    team: str = ""
    due: date | None = None
    series: str | None = None
    parent: str | None = None
    part: str | None = None
    archived: bool = False
    author: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None

    @field_validator("body")
    @classmethod
    def _is_json(cls, value: str) -> str:
        from_json(value)
        return value


@dataclass(frozen=True)
class DocumentChange:
    """One save in the history of a document.

    Attributes:
        version: that it made.
        action: `created`, `changed`, `archived` or `restored`.
        before: the document as it was; None for the first version.
    """

    version: int
    action: str
    author: str
    at: datetime
    before: Document | None
    after: Document


@dataclass(frozen=True)
class Act:
    """A save that is asked for by name rather than by content, and what it is asked for."""

    action: str
    what: str


NAMED_KINDS = frozenset({"scenario"})
"""Kinds of which no two present documents may have the same title, however it is written and whichever way it comes in."""
WRITTEN_BY_SAVE = {"id", "version", "author", "created_at", "updated_at"}
"""What a save decides, whatever stands in the document that is given."""
