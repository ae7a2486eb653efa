"""What one file brought into a contact log, kept by itself, and the log without it.

A log is the last state of every contact over all files that filled it.  The contacts of each file are kept as they were in it,
so that the log without one of them is what the others give, in their order.  Most of them need no room of their own: where the
month of a log holds nothing but the contacts of the last file, which is so for each new month, both are the same Parquet file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from cs_planning.kpis.cells.sql_cells import literal
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS
from cs_planning.kpis.contacts.log.kept_files import ASIDE
from cs_planning.kpis.contacts.log.manifest import (
    Manifest,
    Part,
    adopted,
    incoming_files,
    kept_contacts,
    new_name,
    not_stored,
    register_incoming,
)

_COLUMNS = ", ".join(CONTACT_COLUMNS)


@dataclass(frozen=True)
class Overlap:
    """What becomes of the contacts of a file when it is taken back.

    Attributes:
        gone: contacts that no other file holds.
        back: contacts that are then as other files have them.
    """

    gone: int
    back: int


def brought_contacts(folder: Path, after: Manifest, contacts: pd.DataFrame | Sequence[Path]) -> Manifest:
    """Files with just the contacts that were merged into a log, by month.

    Args:
        folder: of the log's files.
        after: the log with the contacts in it.
        contacts: as they were merged.

    Raises:
        StorageUnavailable: a file can't be read or written; the files written so far are taken away.
    """
    written: list[Path] = []
    try:
        with duckdb.connect() as connection:
            connection.execute("SET threads = 2")
            register_incoming(connection, contacts)
            counts = connection.execute("SELECT month, count(*) FROM incoming GROUP BY 1 ORDER BY 1").fetchall()
            ready = {} if isinstance(contacts, pd.DataFrame) else incoming_files(connection)
            parts: list[Part] = []
            for month, count in counts:
                merged = [part for part in after.parts if part.month == month]
                if sum(part.rows for part in merged) == count:
                    parts += merged
                elif month in ready:
                    parts += adopted(folder, str(month), ready[month], written)
                else:
                    query = (
                        f"SELECT {_COLUMNS} FROM incoming WHERE month = {literal(str(month))} ORDER BY created_at, contact_id"
                    )
                    parts.append(_copied(connection, folder, str(month), query, written))
    except BaseException as cause:
        _take_away(written)
        if isinstance(cause, (OSError, duckdb.Error)):
            raise not_stored(cause) from cause
        raise
    return Manifest(parts=tuple(parts))


def overlap(folder: Path, undone: Manifest, others: Sequence[Manifest]) -> Overlap:
    """How many contacts of a file no other one holds, and how many do; all files must be readable."""
    if not undone.parts:
        return Overlap(0, 0)
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        _know(connection, folder, undone, others)
        (every,) = connection.execute("SELECT count(*) FROM undone").fetchone() or (0,)
        (back,) = connection.execute("SELECT count(*) FROM back").fetchone() or (0,)
    return Overlap(int(every) - int(back), int(back))


def without(folder: Path, log: Manifest, undone: Manifest, others: Sequence[Manifest]) -> Manifest:
    """The log without what one file brought: its contacts are as the other files have them, or not there.

    Args:
        folder: of the log's files, in one with those of the other logs.
        log: as it is now.
        undone: the contacts of the file that is taken back.
        others: the contacts of all other files that fill the log, in the order in which they were imported.

    Raises:
        StorageUnavailable: a file can't be read or written; the files written so far are taken away.
    """
    if not undone.parts:
        return log
    written: list[Path] = []
    try:
        with tempfile.TemporaryDirectory(prefix=ASIDE, dir=folder.parent) as spill, duckdb.connect() as connection:
            connection.execute("SET threads = 2; SET memory_limit = '1200MB'")
            connection.execute(f"SET temp_directory = {literal(spill)}")
            _know(connection, folder, undone, others)
            parts: dict[str, list[Part]] = {}
            for part in log.parts:
                parts.setdefault(part.month, []).append(part)
            for month in _touched(connection, folder, log):
                parts[month] = _month_without(connection, folder, month, parts.get(month, []), others, written)
    except BaseException as cause:
        _take_away(written)
        if isinstance(cause, (OSError, duckdb.Error)):
            raise not_stored(cause) from cause
        raise
    return Manifest(parts=tuple(part for month in sorted(parts) for part in parts[month]))


def _know(connection: duckdb.DuckDBPyConnection, folder: Path, undone: Manifest, others: Sequence[Manifest]) -> None:
    """Makes the numbers of the contacts in question known as `undone`, and their last state elsewhere as `back`."""
    scan = kept_contacts(connection, undone.paths(folder))
    connection.execute(f"CREATE TEMP TABLE undone AS SELECT kind, contact_id FROM {scan}")
    # A file that several imports brought alike counts as the last of them.
    order = {str(path): place for place, manifest in enumerate(others) for path in manifest.paths(folder)}
    if not order:
        columns = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in CONTACT_COLUMNS.items())
        connection.execute(f"CREATE TEMP TABLE back AS SELECT {columns}, '' AS month WHERE false")
        return
    places = ", ".join(f"({literal(path)}, {place})" for path, place in order.items())
    connection.execute(
        f"CREATE TEMP TABLE back AS SELECT {_COLUMNS}, strftime(created_at, '%Y-%m') AS month "
        f"FROM {kept_contacts(connection, [Path(path) for path in order])} held "
        f"JOIN (VALUES {places}) places(path, place) ON places.path = held.filename "
        "SEMI JOIN undone ON undone.kind = held.kind AND undone.contact_id = held.contact_id "
        "QUALIFY row_number() OVER (PARTITION BY kind, contact_id ORDER BY place DESC) = 1"
    )


def _touched(connection: duckdb.DuckDBPyConnection, folder: Path, log: Manifest) -> list[str]:
    months = {str(month) for (month,) in connection.execute("SELECT DISTINCT month FROM back").fetchall()}
    if log.parts:
        month_of = {part.file_name: part.month for part in log.parts}
        held = connection.execute(
            f"SELECT DISTINCT parse_filename(filename) FROM {kept_contacts(connection, log.paths(folder))} old "
            "SEMI JOIN undone ON undone.kind = old.kind AND undone.contact_id = old.contact_id"
        ).fetchall()
        months |= {month_of[str(name)] for (name,) in held}
    return sorted(months)


def _month_without(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    month: str,
    existing: list[Part],
    others: Sequence[Manifest],
    written: list[Path],
) -> list[Part]:
    query = f"SELECT {_COLUMNS} FROM back WHERE month = {literal(month)}"
    if existing:
        old = kept_contacts(connection, [folder / part.file_name for part in existing])
        query += f" UNION ALL (SELECT {_COLUMNS} FROM {old} ANTI JOIN undone USING (kind, contact_id))"
    (count,) = connection.execute(f"SELECT count(*) FROM ({query})").fetchone() or (0,)
    if not count:
        return []
    of_others = [[part for part in one.parts if part.month == month] for one in reversed(others)]
    for same in (existing, *of_others):
        if same and sum(part.rows for part in same) == count and not _differ(connection, folder, query, same):
            return same
    return [_copied(connection, folder, month, f"SELECT * FROM ({query}) ORDER BY created_at, contact_id", written)]


def _differ(connection: duckdb.DuckDBPyConnection, folder: Path, query: str, parts: list[Part]) -> bool:
    held = kept_contacts(connection, [folder / part.file_name for part in parts])
    found = connection.execute(f"SELECT 1 FROM (({query}) EXCEPT (SELECT {_COLUMNS} FROM {held})) LIMIT 1").fetchone()
    return found is not None


def _copied(connection: duckdb.DuckDBPyConnection, folder: Path, month: str, query: str, written: list[Path]) -> Part:
    path = folder / new_name(month)
    written.append(path)
    found = connection.execute(f"COPY ({query}) TO {literal(str(path))} (FORMAT parquet)").fetchone()
    return Part(month=month, file_name=path.name, rows=int(found[0]) if found else 0)


def _take_away(written: Sequence[Path]) -> None:
    for path in written:
        path.unlink(missing_ok=True)
