"""A workspace moved from one database to another, SQLite or PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cs_planning.storage import copy_database


@dataclass(frozen=True)
class Copied:
    """What came of copying a database.

    Attributes:
        tables: how many there are.
        rows: of all tables, counted and summed alike in both databases.
        replaced: where an SQLite file that was there lies now; None without one.
    """

    tables: int
    rows: int
    replaced: Path | None


def copy(source: str, target: str, *, replace: bool) -> Copied:
    """Copies all that a database holds into another one and compares both; files of contacts stay where they are.

    Args:
        source: the address of a workspace's database, which stays as it is.
        target: the address of another one.
        replace: whether what the target holds may go.

    Raises:
        NotFound: there is no workspace at the source.
        Occupied: the target holds something, or is the source; nothing was changed.
        InvalidBackup: the copy differs from the source; nothing was changed.
        StorageUnavailable: one of them can't be reached, read or written; nothing was changed.
    """
    tallies, replaced = copy_database(source, target, replace=replace)
    return Copied(len(tallies), sum(tally.rows for tally in tallies.values()), replaced)
