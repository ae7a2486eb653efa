"""Months of a contact log whose files are missing or damaged, made again of the files that still hold their contacts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from cs_planning.kpis.cells.sql_cells import literal
from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS
from cs_planning.kpis.contacts.log.manifest import Manifest, Part, kept_contacts, new_name, not_stored

_COLUMNS = ", ".join(CONTACT_COLUMNS)


def rebuilt(folder: Path, present: Manifest, lost: Manifest, brought: Sequence[Manifest]) -> Manifest:
    """The log with what can be had of its lost files; those of which nothing is left stay on its list.

    Args:
        folder: of the log's files.
        present: its files that can be read.
        lost: those that can't.
        brought: the files that each import brought and that can be read, in the order of imports.

    Raises:
        StorageUnavailable: a file can't be written; the files written so far are taken away.

    Assumptions: of several records of a contact that of the log itself counts, then that of the last import; a contact that a
    readable month of the log holds is not in a lost one.
    """
    written: list[Path] = []
    parts = list(present.parts)
    try:
        with duckdb.connect() as connection:
            connection.execute("SET threads = 2; SET memory_limit = '1200MB'")
            for month in sorted({part.month for part in lost.parts}):
                sources = _sources(folder, month, brought)
                found = _month_again(connection, folder, month, present, sources, written) if sources else None
                parts += [part for part in lost.parts if part.month == month] if found is None else [found]
    except BaseException as cause:
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(cause, (OSError, duckdb.Error)):
            raise not_stored(cause) from cause
        raise
    return Manifest(parts=tuple(sorted(parts, key=lambda part: (part.month, part.file_name))))


def _sources(folder: Path, month: str, brought: Sequence[Manifest]) -> dict[Path, int]:
    """The files with contacts of a month, each with the place of the last import that brought it."""
    return {folder / part.file_name: place for place, one in enumerate(brought) for part in one.parts if part.month == month}


def _month_again(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    month: str,
    present: Manifest,
    sources: dict[Path, int],
    written: list[Path],
) -> Part | None:
    places = ", ".join(f"({literal(str(path))}, {place})" for path, place in sources.items())
    held = f"{kept_contacts(connection, list(sources))} held"
    known = ""
    if present.parts:
        known = f"ANTI JOIN {kept_contacts(connection, present.paths(folder))} known USING (kind, contact_id)"
    path = folder / new_name(month)
    written.append(path)
    found = connection.execute(
        f"COPY (SELECT {_COLUMNS} FROM {held} "
        f"JOIN (VALUES {places}) places(path, place) ON places.path = held.filename {known} "
        "QUALIFY row_number() OVER (PARTITION BY kind, contact_id ORDER BY place DESC) = 1 ORDER BY created_at, contact_id) "
        f"TO {literal(str(path))} (FORMAT parquet)"
    ).fetchone()
    rows = int(found[0]) if found else 0
    if not rows:
        path.unlink(missing_ok=True)
        written.remove(path)
        return None
    return Part(month=month, file_name=path.name, rows=rows)
