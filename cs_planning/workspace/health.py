"""Whether a workspace can be worked with right now: its database, the files of its contacts, and room on the disk."""

from __future__ import annotations

import shutil
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from cs_planning.errors import StorageUnavailable
from cs_planning.language import FileSize, Text, ntext, text
from cs_planning.storage import Store

ROOM_BYTES = 100 * 1024**2
"""Below this much free room the next import could fill the disk."""


class Check(BaseModel):
    """One thing that was looked at; `wrong` says what is not right with it, None where it is."""

    model_config = ConfigDict(frozen=True)

    name: str
    wrong: Text | None = None


class Health(BaseModel):
    """What was looked at: `database`, `contacts`, `disk`."""

    model_config = ConfigDict(frozen=True)

    checks: tuple[Check, ...]

    @property
    def is_ready(self) -> bool:
        """Whether everything is right."""
        return all(check.wrong is None for check in self.checks)

    def with_wrong(self, name: str, wrong: Text) -> Health:
        """The same with what is wrong with one of them."""
        return Health(checks=tuple(Check(name=name, wrong=wrong) if one.name == name else one for one in self.checks))


def health_of(store: Store, folder: Path, contacts: Path) -> Health:
    """The health of a workspace.

    Args:
        store: where it keeps things.
        folder: its folder.
        contacts: the folder of its contact logs.

    Assumptions: a file of contacts that is in its place is whole; what is in it is read with every import.
    """
    database = _database(store)
    lies = _contacts(store, contacts) if database.wrong is None else Check(name="contacts", wrong=_UNKNOWN)
    return Health(checks=(database, lies, _disk(folder)))


_UNKNOWN = text("Only the database knows which files there should be.")


def _database(store: Store) -> Check:
    try:
        store.database.check()
    except StorageUnavailable as error:
        return Check(name="database", wrong=error.message)
    return Check(name="database")


def _contacts(store: Store, folder: Path) -> Check:
    listed = [folder / log.id / part.file_name for log in store.contact_logs.list() for part in log.parts]
    missing = sum(not file.is_file() for file in listed)
    if not missing:
        return Check(name="contacts")
    words = ntext(
        "{count} of {total} files of contacts is missing in {folder}.",
        "{count} of {total} files of contacts are missing in {folder}.",
        missing,
        total=len(listed),
        folder=str(folder),
    )
    return Check(name="contacts", wrong=words)


def _disk(folder: Path) -> Check:
    return Check(name="disk", wrong=disk_of(folder)[0])


def disk_of(folder: Path) -> tuple[Text | None, int]:
    """What is wrong with the room for a workspace, None where nothing is, and the free bytes."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return text("The folder {folder} is not there.", folder=str(folder)), 0
    if free >= ROOM_BYTES:
        return None, free
    words = text(
        "{folder} has {free} of room; {least} are needed for the next import.",
        folder=str(folder),
        free=FileSize(bytes=free),
        least=FileSize(bytes=ROOM_BYTES),
    )
    return words, free
