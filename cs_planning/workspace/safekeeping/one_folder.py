"""Processes that share a database see one folder of contacts: a token in both says so."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from cs_planning.errors import StorageUnavailable
from cs_planning.language import Text, text
from cs_planning.storage import Store
from cs_planning.workspace.home import Home

_TOKEN = "contacts_folder"  # noqa: S105 - no secret: a name for a folder
_FILE = "folder.token"


def require_one_folder(store: Store, home: Home) -> None:
    """Stops a process whose folder of contacts is another one than that of the processes before it.

    A workspace on SQLite has its folder beside its file, so that nothing is asked there.

    Raises:
        StorageUnavailable: the folder is another one, or can't be written.
    """
    if home.is_shared and store.computed.load(_TOKEN) is None:
        store.computed.keep_first(_TOKEN, _written_token(home))
    wrong = wrong_folder(store, home)
    if wrong is not None:
        raise StorageUnavailable(
            wrong,
            text(
                "Let CS_PLANNING_HOME name the same shared folder in every process, and check that it is mounted. If that "
                "folder is lost, restore a backup, or make this one the folder with: doctor --this-folder"
            ),
        )


def wrong_folder(store: Store, home: Home) -> Text | None:
    """What is said where the folder is not the one that the database knows; None where it is."""
    known = store.computed.load(_TOKEN) if home.is_shared else None
    if known is None or known == _read_token(home.contacts / _FILE):
        return None
    return text("{folder} is not the folder of contacts that this database was used with.", folder=str(home.contacts))


def make_this_the_folder(store: Store, home: Home) -> None:
    """Lets the folder of this process be the one from now on; processes with another one don't start any more.

    Raises:
        StorageUnavailable: it can't be written.
    """
    if home.is_shared:
        store.computed.keep(_TOKEN, _written_token(home))


def _written_token(home: Home) -> str:
    file = home.contacts / _FILE
    try:
        home.contacts.mkdir(parents=True, exist_ok=True)
        try:
            with file.open("x", encoding="ascii") as new:
                new.write(uuid4().hex)
        except FileExistsError:
            pass
    except OSError as error:
        raise StorageUnavailable(
            text("{file} can't be written: {reason}.", file=str(file), reason=error.strerror or str(error)),
            text("Give your user the right to write there, or choose another folder with CS_PLANNING_HOME."),
        ) from None
    return _read_token(file) or ""


def _read_token(file: Path) -> str | None:
    try:
        return file.read_text(encoding="ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None
