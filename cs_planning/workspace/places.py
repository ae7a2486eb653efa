"""The workspaces of one installation: the first one, and further ones in folders beside it, each with a name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from cs_planning.errors import NameTaken, NotFound, PlanningError, StorageUnavailable
from cs_planning.language import text
from cs_planning.workspace.home import Home

FIRST, SAMPLE = "own", "sample"
"""The ids of the workspace that the environment names, and of the sample team's."""
LONGEST_NAME = 60
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_FOLDER, _NAME = "workspaces", "name.txt"
_UNNAMED = "team"


@dataclass(frozen=True)
class Place:
    """A workspace of this installation.

    Attributes:
        id: as addresses and the command line write it; it stays when the name changes.
        name: as somebody called it; empty where nobody did.
    """

    id: str
    name: str


def is_place_id(written: str) -> bool:
    """Whether an address may mean a workspace by this word, be it that none of that name is there."""
    return bool(_ID.fullmatch(written))


def can_have_more(home: Home) -> bool:
    """Whether further workspaces can be made beside this one; on a server's database each has a database of its own."""
    return not home.is_shared


def places(home: Home) -> tuple[Place, ...]:
    """The own workspaces, the first one before those that were made beside it, which stand by name."""
    beside = home.folder / _FOLDER
    found = [one for one in beside.iterdir() if (one / _NAME).is_file()] if beside.is_dir() else []
    further = [Place(one.name, _written_name(one)) for one in found if _can_be_further(one.name)]
    return (Place(FIRST, _written_name(home.folder)), *sorted(further, key=lambda one: (one.name.casefold(), one.id)))


def place_named(home: Home, asked: str) -> Place:
    """The workspace that somebody means by its id or its name.

    Raises:
        NotFound: there is none; the hint names those that are there.
    """
    known = places(home)
    for meant in ([one for one in known if one.id == asked], [one for one in known if _alike(one.name, asked)]):
        if meant:
            return meant[0]
    raise NotFound(
        text("There is no workspace “{name}” here.", name=asked),
        text("There are: {names}.", names=", ".join(one.id for one in known)),
    )


def home_of(home: Home, id: str) -> Home:
    """Where an own workspace lives.

    Args:
        home: of the first one.
        id: of the one that is meant.

    Raises:
        NotFound: there is none.
    """
    if id == FIRST:
        return home
    folder = _folder(home, id)
    if not _can_be_further(id) or not (folder / _NAME).is_file():
        raise NotFound(
            text("There is no workspace “{name}” here.", name=id),
            text("There are: {names}.", names=", ".join(one.id for one in places(home))),
        )
    return Home.at(folder)


def make_place(home: Home, name: str) -> Place:
    """Makes a further workspace, empty, under a name that no other has.

    Raises:
        PlanningError: the name is empty, or the workspaces lie on a database server.
        NameTaken: another one is called so.
        StorageUnavailable: its folder can't be made.
    """
    if not can_have_more(home):
        raise PlanningError(
            text("On a database server each workspace has a database of its own."),
            text("Start another server of the app for it, with CS_PLANNING_HOME and CS_PLANNING_DATABASE_URL of its own."),
        )
    called = _free_name(home, name)
    made = next(one for one in (_made_folder(home, word) for word in _free_ids(home, called)) if one is not None)
    _write_name(made, called)
    return Place(made.name, called)


def _made_folder(home: Home, id: str) -> Path | None:
    """The folder of a new workspace; `None` where the id is taken."""
    folder = _folder(home, id)
    try:
        folder.parent.mkdir(exist_ok=True)
        folder.mkdir()
    except FileExistsError:
        return None
    except OSError as error:
        raise _unwritable(folder, error) from None
    return folder


def rename_place(home: Home, id: str, name: str) -> Place:
    """Calls a workspace otherwise; its id, and with it every address, stays.

    Raises:
        PlanningError: the name is empty.
        NameTaken: another one is called so.
        NotFound: there is no such workspace.
        StorageUnavailable: the name can't be written.
    """
    folder = home_of(home, id).folder
    called = _free_name(home, name, but=id)
    _write_name(folder, called)
    return Place(id, called)


def _folder(home: Home, id: str) -> Path:
    return home.folder / _FOLDER / id


def _can_be_further(id: str) -> bool:
    return is_place_id(id) and id not in (FIRST, SAMPLE)


def _alike(one: str, other: str) -> bool:
    return unicodedata.normalize("NFKC", one).casefold() == unicodedata.normalize("NFKC", other).casefold()


def _free_name(home: Home, name: str, *, but: str = "") -> str:
    called = " ".join(name.split())[:LONGEST_NAME]
    if not called:
        raise PlanningError(
            text("The workspace has no name yet."), text("Give it the name of the team or site that plans in it.")
        )
    for one in places(home):
        if one.id != but and (_alike(one.name, called) or _alike(one.id, called)):
            raise NameTaken(
                text("There is already a workspace “{name}”.", name=called), text("Open that one, or choose another name.")
            )
    return called


def _free_ids(home: Home, name: str) -> list[str]:
    """Ids for a new workspace, the nicest first: its name where that is written in letters that every address takes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:30].strip("-") or _UNNAMED
    first = [word] if _can_be_further(word) else []
    return [*first, *(f"{word}-{number}" for number in range(2, len(places(home)) + 3)), f"{word}-{uuid4().hex[:8]}"]


def _written_name(folder: Path) -> str:
    try:
        return (folder / _NAME).read_text(encoding="utf-8").strip()[:LONGEST_NAME]
    except (OSError, UnicodeDecodeError):
        return ""


def _write_name(folder: Path, name: str) -> None:
    aside = folder / f"{uuid4().hex}.part"
    try:
        aside.write_text(name, encoding="utf-8")
        aside.replace(folder / _NAME)
    except OSError as error:
        raise _unwritable(folder, error) from None


def _unwritable(path: Path, error: OSError) -> StorageUnavailable:
    return StorageUnavailable(
        text("{file} can't be written: {reason}.", file=str(path), reason=error.strerror or str(error)),
        text("Set CS_PLANNING_HOME to a folder that you may write."),
    )
