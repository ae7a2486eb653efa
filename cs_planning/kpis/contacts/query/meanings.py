"""What the cells of a column of answers, flags or outcomes mean, as an expression of a query."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace

from cs_planning.kpis.cells.sql_cells import (
    is_missing,
    is_unknown,
    literal,
    quoted,
)
from cs_planning.kpis.columns.contents.limits import LIMIT_ROLES
from cs_planning.kpis.columns.roles import FLAG_ROLES, Role
from cs_planning.kpis.contacts.query.readings import Reading

SHARES = frozenset({*FLAG_ROLES, *LIMIT_ROLES, Role.OUTCOME})
"""The roles of whose yes and no shares are made, so that a cell which nobody knows must not pass for a no unsaid."""
EMPTY_CELLS = ("", "-", "–", "—", "－", "―", "ー")
"""Cells of a column of marks that hold no mark; `n/a` and the like say more: that nobody looked."""

_NO = ", ".join(f"'{word}'" for word in ("0", "no", "false", "いいえ", "なし"))


@dataclass(frozen=True)
class Lookup:
    """What the cells of a column of answers, flags or outcomes mean: a table `name` with the columns cell and value.

    A few meanings are written into the query, which is faster than a join; `meanings` is empty where there are many.  `without`
    are cells that are known to mean nothing.  `empty_means` is what an empty cell means, where that is known.
    `is_moment` says that the cells are points in time: a filled one is a yes, such as that of “Deleted at”, an empty one a no.
    """

    role: Role
    column: str
    name: str
    meanings: tuple[tuple[str, float | str], ...] = ()
    without: tuple[str, ...] = ()
    empty_means: float | None = None
    is_moment: bool = False

    def value(self, relation: str) -> str:
        """The meaning of a cell of `relation` as an expression."""
        if self.is_moment:
            cell = f"{relation}.{quoted(self.column)}"
            is_no = f"{cell} IS NULL OR {is_missing(cell)} OR lower(trim({cell})) IN ({_NO})"
            return f"CASE WHEN {is_no} THEN CASE WHEN {is_unknown(cell)} THEN NULL ELSE 0.0 END ELSE 1.0 END"
        if self.empty_means is not None:
            cell = f"{relation}.{quoted(self.column)}"
            is_empty = f"{cell} IS NULL OR trim({cell}) IN ({', '.join(map(literal, EMPTY_CELLS))})"
            filled = replace(self, empty_means=None).value(relation)
            return f"COALESCE({filled}, CASE WHEN {is_empty} THEN {self.empty_means} END)"
        if not self.meanings:
            return f"{self.name}.value"
        cases = " ".join(
            f"WHEN {literal(cell)} THEN {literal(meaning) if isinstance(meaning, str) else meaning}"
            for cell, meaning in self.meanings
        )
        cell = f"{relation}.{quoted(self.column)}"
        # The cell as it stands first: nearly all are written like that, and small letters cost more than the whole search.
        return f"CASE WHEN {cell} IS NOT NULL THEN CASE {cell} {cases} ELSE CASE lower(trim({cell})) {cases} END END END"

    def is_new(self, relation: str, meaning: str | None = None) -> str:
        """Whether a cell of `relation` holds something of which nobody knows yet what it means.

        Args:
            relation: with the column.
            meaning: what gives the meaning there; the cell itself when None.
        """
        if self.is_moment:
            return "false"
        cell = f"{relation}.{quoted(self.column)}"
        known = ", ".join(literal(word) for word in self.without) or "''"
        is_there = f"(NOT {is_missing(cell)} OR {is_unknown(cell)})" if self.role in SHARES else f"NOT {is_missing(cell)}"
        is_word = f"{is_there} AND lower(trim({cell})) NOT IN ({known})"
        return f"(CASE WHEN {cell} IS NULL OR {meaning or self.value(relation)} IS NOT NULL THEN false ELSE {is_word} END)"

    def join(self, relation: str) -> str:
        """What joins the table of meanings to `relation`; nothing where they are in the query."""
        if self.meanings or self.is_moment:
            return ""
        return f"LEFT JOIN {self.name} ON lower(trim({relation}.{quoted(self.column)})) = {self.name}.cell"


Meanings = MappingOf[Role, Lookup | Reading]
"""What the cells of columns mean, by role."""
