"""What somebody changed in a table of steps since it was last kept, so that nothing that others changed is touched."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from cs_planning.goals.plan.actions import Action, ActionStatus


@dataclass(frozen=True)
class TableEdits:
    """What differs between two states of a table of steps.

    Attributes:
        rows: that are new or changed, with the columns of the table.
        removed: the ids of rows that are gone.
        moves: whether a row was added or taken out, or became finished or open again: then it stands elsewhere.
    """

    rows: pd.DataFrame
    removed: tuple[str, ...]
    moves: bool

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
    before = {str(row["id"]): _meant(row) for row in seen.to_dict("records")}
    now = edited.to_dict("records")
    ids = [_word(row.get("id")) for row in now]
    wanted = [
        place
        for place, (row, id_) in enumerate(zip(now, ids, strict=True))
        if _word(row.get("what")) and before.get(id_) != _meant(row)
    ]
    removed = tuple(id_ for id_ in before if id_ and id_ not in ids)
    moves = bool(removed) or any(
        not ids[place] or _is_finished(_word(before[ids[place]]["status"])) != _is_finished(_word(now[place].get("status")))
        for place in wanted
    )
    return TableEdits(edited.iloc[wanted], removed, moves)


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


def _is_finished(status: str) -> bool:
    return status in set(ActionStatus) and ActionStatus(status).is_finished
