"""What people write down around goals, kept as documents: one shape of reading and writing for all kinds."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TypeVar

from pydantic import BaseModel

from cs_planning.goals.following.checkins import CheckIn
from cs_planning.storage import Document, Save, Store

CHECK_IN, REPLAN, OUTCOME = "check_in", "replan", "outcome"

Record = TypeVar("Record", bound=BaseModel)


def kept_records(store: Store, kind: str, model: type[Record], goal: str | None = None) -> tuple[Record, ...]:
    """The records of a kind, of one goal or of all, with their ids."""
    found = store.documents.list(kind, parent=goal or None)
    return tuple(model.model_validate_json(one.body).model_copy(update={"id": one.id}) for one in found)


def document_of(
    record: BaseModel,
    kind: str,
    *,
    version: int = 0,
    title: str = "",
    goal: str = "",
    state: str = "",
    owner: str = "",
    due: date | None = None,
) -> Document:
    """A record as a document."""
    return Document(
        kind=kind,
        id=getattr(record, "id", ""),
        version=version,
        title=title[:300],
        body=record.model_dump_json(),
        parent=goal or None,
        state=state,
        owner=owner,
        due=due,
    )


def record_id(save: Save) -> str:
    """The id of a record to which others of the same save point: the same however often the save is asked for."""
    return hashlib.sha256(save.key.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def check_in_document(made: CheckIn) -> Document:
    """A check-in as it is kept."""
    return document_of(made, CHECK_IN, title=made.note or made.status.value, goal=made.goal_id, state=made.status.value)
