"""The files of a contact log on the disk: which can be read, and which nobody needs any more."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

import duckdb

from cs_planning.errors import StorageUnavailable
from cs_planning.kpis.cells.sql_cells import literal
from cs_planning.kpis.contacts.log import Manifest, Part

UNREADABLE = (duckdb.Error, StorageUnavailable, OSError)
"""What reading contacts from a damaged file raises."""
ASIDE = "import-"
"""How the folders begin in which a large file is read."""
_LEFT_AFTER_SECONDS = 24 * 3600


def readable_files(folder: Path, manifest: Manifest, *, every_value: bool = False) -> tuple[Manifest, Manifest]:
    """The files of a log that can be read, and those that are missing or damaged.

    Args:
        folder: of the log's files.
        manifest: that names them.
        every_value: reads all of each file; else its end, which tells a file that was cut off or is another one.
    """
    good: list[Part] = []
    lost: list[Part] = []
    with duckdb.connect() as connection:
        for part in manifest.parts:
            fine = _is_readable(connection, folder / part.file_name, part.rows, every_value=every_value)
            (good if fine else lost).append(part)
    return Manifest(parts=tuple(good)), Manifest(parts=tuple(lost))


def _is_readable(connection: duckdb.DuckDBPyConnection, path: Path, rows: int, *, every_value: bool) -> bool:
    if not path.is_file():
        return False
    name = literal(str(path))
    try:
        found = connection.execute(f"SELECT sum(num_rows) FROM parquet_file_metadata({name})").fetchone()
        if every_value:
            connection.execute(f"SELECT bit_xor(hash(kept)) FROM read_parquet({name}) kept").fetchone()
    except (duckdb.Error, OSError):
        return False
    return found is not None and found[0] == rows


def prune(folder: Path, present: Manifest, replaced: Manifest) -> int:
    """Removes the files of a log that a finished import replaced, and what killed imports left; says how many files.

    A file that nobody names may belong to an import that is still running; only one that is a day older than the log's
    newest file was left behind.

    Args:
        folder: of the log's files.
        present: what the log consists of, read while nothing else can change it.
        replaced: what it consisted of before the import.
    """
    named = {part.file_name for part in present.parts}
    given_up = {part.file_name for part in replaced.parts} - named
    there = {path: path.stat().st_mtime for path in folder.glob("contacts-*.parquet")} if folder.is_dir() else {}
    newest = max(there.values(), default=0.0)
    removed = 0
    for path, written in there.items():
        was_left = path.name not in named and written < newest - _LEFT_AFTER_SECONDS
        if path.name in given_up or was_left:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def clear_aside(folder: Path, mine: Path) -> Collection[str]:
    """Removes the folders that killed imports left, with the contacts in them, and names them.

    Args:
        folder: in which large files are read.
        mine: the folder of the import that is running, made just now; folders a day older than it were left behind.
    """
    begun = mine.stat().st_mtime
    left = [
        path
        for path in folder.glob(f"{ASIDE}*")
        if path.is_dir() and path != mine and _last_written(path) < begun - _LEFT_AFTER_SECONDS
    ]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return [path.name for path in left]


def _last_written(folder: Path) -> float:
    return max((path.stat().st_mtime for path in (folder, *folder.rglob("*"))), default=0.0)
