"""Goal sheets as the store keeps them: what comes out was checked, what goes in can be read again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from pydantic import ValidationError

from cs_planning.errors import InvalidGoal
from cs_planning.goals.appraisal.sheet import GoalSheet
from cs_planning.goals.goal import LONGEST_NAME, LONGEST_TEXT
from cs_planning.language import text
from cs_planning.storage import Document, Save, Store

_KIND = "sheet"


class KeptSheets:
    """The goal sheets in a store."""

    def __init__(self, store: Store) -> None:
        self._documents = store.documents

    def all(self, *, archived: bool = False) -> tuple[GoalSheet, ...]:
        """Every sheet that is in use, or else every one that was put away."""
        return tuple(_read(one) for one in self._documents.list(_KIND, archived=archived))

    def load(self, id: str) -> GoalSheet:
        """One sheet.

        Raises:
            NotFound: there is none with this id.
        """
        return _read(self._documents.load(_KIND, id))

    def keep(self, sheet: GoalSheet, *, archived: bool = False, save: Save) -> GoalSheet:
        """The sheet as it was kept.

        Raises:
            InvalidGoal: a text on it is too long: what can't be read again would take the whole list with it.
            Conflict: somebody saved the sheet since it was opened.
        """
        with refusing_long_texts():
            GoalSheet.model_validate(sheet.model_dump())
        document = _document(sheet).model_copy(update={"archived": archived})
        return _read(self._documents.save(document, save=save))

    def begun_on(self, id: str) -> date:
        """The day on which a sheet was begun.

        Raises:
            NotFound: there is none with this id.
        """
        return self._documents.history(_KIND, id)[-1].at.date()

    def at_the_end_of(self, day: date, id: str) -> GoalSheet | None:
        """A sheet as it stood at the end of a day; none where it was begun after it.

        Raises:
            NotFound: there is none with this id.
        """
        kept = next((one.after for one in self._documents.history(_KIND, id) if one.at.date() <= day), None)
        return None if kept is None else _read(kept)


@contextmanager
def refusing_long_texts() -> Iterator[None]:
    """Says in words that a text is too long where a sheet can't be made."""
    try:
        yield
    except ValidationError:
        raise too_long() from None


def too_long() -> InvalidGoal:
    """The refusal of a text that is too long for a sheet."""
    return InvalidGoal(
        text("A name has at most {name} characters, a comment {comment}.", name=LONGEST_NAME, comment=LONGEST_TEXT),
        text("Shorten it."),
    )


def _document(sheet: GoalSheet) -> Document:
    return Document(
        kind=_KIND,
        id=sheet.id,
        version=sheet.version,
        title=sheet.holder,
        body=sheet.model_dump_json(exclude={"id", "version"}),
        state=sheet.stage.value,
        owner=sheet.holder,
        team=sheet.team,
        due=sheet.end,
    )


def _read(document: Document) -> GoalSheet:
    read = GoalSheet.model_validate_json(document.body)
    return read.model_copy(update={"id": document.id, "version": document.version})
