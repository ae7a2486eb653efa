"""The files of contact logs on the disk: which can be read, and which nobody needs any more."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import duckdb

from cs_planning.errors import StorageUnavailable
from cs_planning.kpis.cells.sql_cells import literal
from cs_planning.kpis.contacts.log.manifest import Manifest, Part, not_stored

if sys.platform != "win32":
    import fcntl

UNREADABLE = (duckdb.Error, StorageUnavailable, OSError)
"""What reading contacts from a damaged file raises."""
ASIDE = "import-"
"""How the folders begin in which a large file is read."""
_LOCK = "importing.lock"


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
    name = literal(str(path))
    try:
        found = connection.execute(f"SELECT sum(num_rows) FROM parquet_file_metadata({name})").fetchone()
        if every_value:
            connection.execute(f"SELECT bit_xor(hash(kept)) FROM read_parquet({name}) kept").fetchone()
    except (duckdb.Error, OSError):
        return False
    return found is not None and found[0] == rows


@contextmanager
def importing(folder: Path, named: Callable[[], Collection[str]]) -> Iterator[None]:
    """The time in which contacts are put into the logs of a workspace; what killed imports left is removed at its begin.

    Several imports may run at once, in several processes.  The files of one that still runs are named by no log yet, so
    nothing is removed unless this one is alone; the system ends the lock of a process that is killed.

    Args:
        folder: that holds a folder for each log, and those in which large files are read.
        named: gives the names of all files that the logs consist of.

    Raises:
        StorageUnavailable: the folder can't be made or written.
    """
    with _locking(folder) as lock:
        if _is_locked(lock, alone=True):
            _clear(folder, named())
        _is_locked(lock, alone=False)
        yield


@contextmanager
def left_alone(folder: Path) -> Iterator[bool]:
    """The time in which no import clears the folder of what looks left behind; gives whether no import runs just now.

    Args:
        folder: that holds a folder for each log.

    Raises:
        StorageUnavailable: the folder can't be made or written.
    """
    with _locking(folder) as lock:
        alone = _is_locked(lock, alone=True)
        _is_locked(lock, alone=False)
        yield alone


@contextmanager
def _locking(folder: Path) -> Iterator[IO[str]]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("w")
    except OSError as cause:
        raise not_stored(cause) from cause
    with lock:
        yield lock


def left_behind(folder: Path, named: Collection[str]) -> list[Path]:
    """Files of contacts that no log and no import names; those of an import that still runs are among them."""
    return sorted(path for path in folder.glob("*/contacts-*.parquet") if path.name not in named)


def _is_locked(lock: IO[str], *, alone: bool) -> bool:
    """Whether the lock was got, alone or together with others; never where the system or the disk has none."""
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
    except OSError:
        return False
    return True


def _clear(folder: Path, named: Collection[str]) -> None:
    for aside in folder.glob(f"{ASIDE}*"):
        shutil.rmtree(aside, ignore_errors=True)
    for path in left_behind(folder, named):
        with suppress(OSError):
            path.unlink()


def discard(folder: Path, written: Manifest, present: Manifest) -> int:
    """Removes the files that a log does not consist of any more, and says how many; other files stay as they are.

    Args:
        folder: of the log's files.
        written: files that an import replaced or wrote.
        present: what the log consists of, read after the import ended.
    """
    named = {part.file_name for part in present.parts}
    gone = [path for path in written.paths(folder) if path.name not in named and path.is_file()]
    for path in gone:
        with suppress(OSError):
            path.unlink()
    return len(gone)
