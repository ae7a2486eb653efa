"""The whole workspace as one file: made while others work, made by itself before an update, and put back."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from cs_planning import __version__
from cs_planning.errors import PlanningError, StorageUnavailable
from cs_planning.kpis.contacts.log.kept_files import ASIDE, left_alone
from cs_planning.language import text
from cs_planning.storage import Archive, Contents, KeptFile, ListedFile, State, Store, in_names, write_archive
from cs_planning.workspace.home import Home
from cs_planning.workspace.safekeeping.one_folder import make_this_the_folder

KEPT = 3
"""How many backups that were made by themselves are kept where nobody says otherwise."""
_OWN = re.compile(r"before-[a-z]+-.*\.zip")


@dataclass(frozen=True)
class Restored:
    """What came of putting a backup back.

    Attributes:
        contents: of the backup.
        saved: where what was there before lies as a backup; None where nothing was, or where it could not be read.
        replaced: where an SQLite file that could not be read lies now; None without one.
    """

    contents: Contents
    saved: Path | None
    replaced: Path | None


class Backups:
    """Backups of an open workspace."""

    def __init__(self, store: Store, home: Home) -> None:
        self._store = store
        self._home = home

    def make(self, path: Path) -> Contents:
        """Writes the workspace as it is at one moment into a file, while others go on importing and saving.

        Args:
            path: a ZIP file; one that is there is replaced.

        Raises:
            StorageUnavailable: it can't be written.
        """
        home = self._home
        places: dict[ListedFile, Path | None] = {}
        with left_alone(home.contacts), _aside(home) as aside:

            def hold(state: State) -> None:
                places.update(_held(state.files(), home.contacts, aside))

            with self._store.one_state(hold) as state:
                return write_archive(path, state, places, program=__version__)


def backup_before_update(home: Home, state: State) -> None:
    """Backs a workspace up before its tables are brought up to date; nobody can change it meanwhile.

    `CS_PLANNING_BACKUPS` says how many such backups are kept; with 0 none is made.

    Raises:
        StorageUnavailable: there is no room for it, or it can't be written.
    """
    kept = _wanted()
    if kept < 1:
        return
    try:
        home.backups.mkdir(exist_ok=True)
    except OSError as error:
        raise StorageUnavailable(
            text("{file} can't be written: {reason}.", file=str(home.backups), reason=error.strerror or str(error)),
            text("The workspace was not brought up to date. Make room, or do without a backup with CS_PLANNING_BACKUPS=0."),
        ) from None
    path = home.backups / f"before-update-{state.version}-{state.written_moment}.zip"
    places = {listed: _place(listed, home.contacts) for listed in state.files()}
    try:
        write_archive(path, state, places, program=__version__)
    except StorageUnavailable as error:
        raise StorageUnavailable(
            error.message,
            text("The workspace was not brought up to date. Make room, or do without a backup with CS_PLANNING_BACKUPS=0."),
        ) from None
    _prune(home, kept)


def restore(home: Home, path: Path, *, replace: bool, now: datetime) -> Restored:
    """Puts a backup in the place of a workspace, all of it or nothing, and compares what is there then with the backup.

    What is there and may go is backed up first.

    Args:
        home: of the workspace, be it that none is there yet.
        path: the backup.
        replace: whether what is there may go.
        now: aware.

    Raises:
        Occupied: the workspace was used, and `replace` does not allow it to go; nothing was changed.
        InvalidBackup: the file is no backup, or is damaged; nothing was changed.
        StorageUnavailable: the workspace can't be written; nothing was changed.
    """
    with Archive.opened(path) as archive:
        archive.compare()
        saved = _saved_first(home) if replace else None
        with left_alone(home.contacts):
            put: list[Path] = []
            try:
                for kept in archive.contents.files:
                    _unpack(archive, kept, home.contacts, put)
                replaced = archive.fill(home.database, replace=replace, now_written=in_names(now))
            except BaseException:
                for file in put:
                    with suppress(OSError):
                        file.unlink()
                raise
    if home.is_shared:
        with Store.open(home.database) as store:
            make_this_the_folder(store, home)  # the files lie here now, wherever the backup came from
    if saved is not None and replaced is not None:
        _forget(replaced)
        replaced = None
    return Restored(archive.contents, saved, replaced)


def _unpack(archive: Archive, kept: KeptFile, contacts: Path, put: list[Path]) -> None:
    """Puts a file of contacts in its place; names are never used twice, so one that is there is the same or damaged."""
    target = contacts / kept.log / kept.name
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f"{uuid4().hex}.part")
    try:
        archive.unpack(kept, aside)
        if not target.exists():
            put.append(target)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def _saved_first(home: Home) -> Path | None:
    """Backs up what is about to be replaced; None where nothing is, or where an SQLite file can't be read or saved.

    Raises:
        StorageUnavailable: what a server holds can't be saved; nothing was changed.
    """
    try:
        home.backups.mkdir(exist_ok=True)
        with Store.open(home.database, lambda state: backup_before_update(home, state)) as store:
            if not store.changes.list(limit=1):
                return None
            with store.one_state() as state:
                path = home.backups / f"before-restore-{state.written_moment}.zip"
                places = {listed: _place(listed, home.contacts) for listed in state.files()}
                write_archive(path, state, places, program=__version__)
    except (PlanningError, OSError) as error:
        if home.is_shared:
            # A file that can't be read is put aside; the tables of a server would be gone.
            reason = error.message if isinstance(error, PlanningError) else error.strerror or str(error)
            raise StorageUnavailable(
                text("What is there could not be backed up before it is replaced: {reason}", reason=reason),
                text("Nothing was changed. Make room, or restore into an empty database."),
            ) from None
        return None
    _prune(home, max(_wanted(), 1))
    return path


def _forget(replaced: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        replaced.with_name(replaced.name + ending).unlink(missing_ok=True)


def _held(listed: Sequence[ListedFile], contacts: Path, aside: Path) -> Mapping[ListedFile, Path | None]:
    """Second names for files, under which they stay when an import replaces them; copies where the disk has no such names."""
    held: dict[ListedFile, Path | None] = {}
    for number, one in enumerate(listed):
        place = _place(one, contacts)
        if place is not None:
            own = aside / f"{number}.parquet"
            try:
                own.hardlink_to(place)
            except OSError:
                shutil.copyfile(place, own)
            place = own
        held[one] = place
    return held


def _place(listed: ListedFile, contacts: Path) -> Path | None:
    place = contacts / listed.log / listed.name
    return place if place.is_file() else None


@contextmanager
def _aside(home: Home) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=ASIDE, dir=home.contacts) as folder:
        yield Path(folder)


def _wanted() -> int:
    said = os.environ.get("CS_PLANNING_BACKUPS", "")
    return int(said) if said.isascii() and said.isdigit() else KEPT


def own_backups(home: Home) -> tuple[Path, ...]:
    """The backups that the program made by itself, the newest first."""
    found = [path for path in home.backups.glob("*.zip") if _OWN.fullmatch(path.name)]
    return tuple(sorted(found, key=lambda path: path.stat().st_mtime, reverse=True))


def _prune(home: Home, kept: int) -> None:
    for path in own_backups(home)[kept:]:
        with suppress(OSError):
            path.unlink()
