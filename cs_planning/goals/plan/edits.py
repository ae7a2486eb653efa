"""What somebody changed in a table of steps since it was last kept, so that nothing that others changed is touched."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from cs_planning.goals.plan.actions import Action


@dataclass(frozen=True)
class TableEdits:
    """What differs between two states of a table of steps.

    Attributes:
        rows: that are new or changed, with the columns of the table.
        removed: the ids of rows that are gone.
    """

    rows: pd.DataFrame
    removed: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was changed."""
        return self.rows.empty and not self.removed


def edits_between(seen: pd.DataFrame, edited: pd.DataFrame) -> TableEdits:
    """What was changed of a table.

    Args:
        seen: the table as it was last kept, columns of `COLUMNS`.
        edited: the table now; a row without an id is new, one without any words is not there yet.
    """
    before = {_word(row["id"]): _meant(row) for row in seen.to_dict("records")}
    now = edited.to_dict("records")
    ids = [_word(row.get("id")) for row in now]
    wanted = [
        place
        for place, (row, id_) in enumerate(zip(now, ids, strict=True))
        if _word(row.get("what")) and (not id_ or before.get(id_) != _meant(row))
    ]
    return TableEdits(edited.iloc[wanted], tuple(id_ for id_ in before if id_ and id_ not in ids))


def with_known_ids(edited: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """A table whose rows that were added and kept before have their ids.

    An editor knows nothing of what was kept: a row that was added in it has no id there, however often it is changed.

    Args:
        edited: the table now; rows without an id are the added ones, in the order in which they were added.
        added: the added rows as they were last kept, with their ids, in the same order.
    """
    now = [place for place, id_ in enumerate(edited["id"].map(_word)) if not id_]
    kept = added.to_dict("records")
    ids = list(edited["id"])
    while len(kept) > len(now):  # one was taken out: the first that no longer reads as it did
        differs = [_words_of(kept[place]) != _words_of(edited.iloc[now[place]].to_dict()) for place in range(len(now))]
        kept.pop(differs.index(True) if True in differs else len(now))
    for row, place in zip(kept, now, strict=False):
        ids[place] = row["id"]
    return edited.assign(id=ids)


def in_order(actions: Sequence[Action], today: date) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    """The steps still to be done, the overdue ones first and then by day, and the finished ones, the latest first."""
    opened = [one for one in actions if not one.status.is_finished]
    finished = [one for one in actions if one.status.is_finished]
    return (
        tuple(sorted(opened, key=lambda one: (not one.is_overdue(today), one.due or date.max, one.what))),
        tuple(sorted(finished, key=lambda one: one.done_on or one.due or date.min, reverse=True)),
    )


def _meant(row: Mapping[Hashable, object]) -> dict[str, object]:
    """What the cells of a row mean, whichever type they have."""
    return {str(name): _value(value) for name, value in row.items()}


def _value(value: object) -> object:
    if value is None or (not isinstance(value, str) and bool(pd.isna(value))):  # type: ignore[call-overload]
        return ""
    if isinstance(value, datetime):
        value = value.date()
    return float(value) if isinstance(value, int | float) else str(value).strip()


def _word(value: object) -> str:
    return str(_value(value))


def _words_of(row: Mapping[Hashable, object]) -> dict[str, object]:
    return {name: value for name, value in _meant(row).items() if name != "id"}
