"""A look at everything that a workspace rests on, each fault with what helps against it."""

from __future__ import annotations

import importlib
import platform
from collections.abc import Iterator
from functools import partial
from importlib.metadata import PackageNotFoundError, version

from pydantic import BaseModel, ConfigDict

from cs_planning import __version__
from cs_planning.errors import PlanningError, StorageUnavailable
from cs_planning.exports.pictures import font_fault
from cs_planning.language import FileSize, Text, ntext, text
from cs_planning.storage import Store, faults_of, server_of
from cs_planning.workspace.health import disk_of
from cs_planning.workspace.home import Home
from cs_planning.workspace.safekeeping.backups import backup_before_update, own_backups
from cs_planning.workspace.safekeeping.logs_again import LogRepair, LogState
from cs_planning.workspace.safekeeping.one_folder import make_this_the_folder, wrong_folder

_LIBRARIES = ("streamlit", "pandas", "numpy", "scipy", "statsmodels", "duckdb", "pyarrow", "sqlalchemy", "alembic", "typst")
_RESTORE = text("Put the newest backup in its place: restore FILE --replace.")


class Diagnosis(BaseModel):
    """One thing that was looked at.

    Attributes:
        subject: what it is.
        found: what was found.
        remedy: what helps; None where nothing is wrong.
    """

    model_config = ConfigDict(frozen=True)

    subject: Text
    found: Text
    remedy: Text | None = None


def diagnoses(home: Home) -> Iterator[Diagnosis]:
    """What is right and wrong with a workspace, one thing after the other, be it that it can't be opened."""
    try:
        store = Store.open(home.database, partial(backup_before_update, home))
    except StorageUnavailable as error:
        yield Diagnosis(subject=text("Database"), found=error.message, remedy=error.hint)
        yield Diagnosis(
            subject=text("Contacts"),
            found=text("Only the database knows which files there should be."),
            remedy=text("Put the database right first, then look again."),
        )
    else:
        with store:
            yield from _database(store)
            yield from _contacts(store, home)
    yield _disk(home)
    yield _backups(home)
    yield _versions()
    fault = font_fault()
    if fault is None:
        yield Diagnosis(subject=text("Fonts"), found=text("Exports have a font with Japanese characters."))
    else:
        yield Diagnosis(
            subject=text("Fonts"), found=fault, remedy=text("Install it again: pip install --force-reinstall noto-cjk")
        )


def this_folder(home: Home) -> None:
    """Makes the folder of this process the one that all processes have to see.

    Raises:
        StorageUnavailable: the workspace can't be opened or written.
    """
    with Store.open(home.database, partial(backup_before_update, home)) as store:
        make_this_the_folder(store, home)


def _database(store: Store) -> Iterator[Diagnosis]:
    subject = text("Database")
    try:
        store.database.check()
        with store.one_state() as state:
            faults = tuple(faults_of(state))
            server = server_of(state.connection)
            rows = sum(tally.rows for tally in state.tallies().values()) if not faults else 0
    except PlanningError as error:
        yield Diagnosis(subject=subject, found=error.message, remedy=_RESTORE)
        return
    for fault in faults:
        yield Diagnosis(subject=subject, found=fault, remedy=_RESTORE)
    if not faults:
        yield Diagnosis(
            subject=subject, found=text("{server}: all {rows} rows can be read and fit together.", server=server, rows=rows)
        )


def _contacts(store: Store, home: Home) -> Iterator[Diagnosis]:
    repair = LogRepair(store, home)
    subject = text("Contacts")
    wrong = wrong_folder(store, home)
    if wrong is not None:
        remedy = text("Mount the shared folder and let CS_PLANNING_HOME name it, or take this one: doctor --this-folder")
        yield Diagnosis(subject=subject, found=wrong, remedy=remedy)
        return
    try:
        states = repair.states()
        unlisted = repair.unlisted()
    except PlanningError as error:
        yield Diagnosis(subject=subject, found=error.message, remedy=error.hint)
        return
    lost = [state for state in states if state.lost.parts]
    for state in lost:
        yield _lost(state)
    count = sum(state.unreadable for state in states)
    if count:
        yield Diagnosis(
            subject=subject,
            found=ntext(
                "{count} file with what an import brought is missing or damaged: that import can't be undone any more. All "
                "values are right.",
                "{count} files with what imports brought are missing or damaged: these imports can't be undone any more. All "
                "values are right.",
                count,
            ),
        )
    if unlisted:
        yield Diagnosis(
            subject=subject,
            found=ntext(
                "{count} file of contacts in {folder} is listed by nobody, as an import that was killed leaves it.",
                "{count} files of contacts in {folder} are listed by nobody, as imports that were killed leave them.",
                len(unlisted),
                folder=str(home.contacts),
            ),
            remedy=text(
                "doctor --repair moves it to {folder}; the next import removes it.", folder=str(repair.unlisted_folder())
            ),
        )
    if not lost:
        files = sum(len(state.present.parts) for state in states)
        contacts = sum(state.present.rows for state in states)
        found = text("All files are there and whole: {files} with {contacts} contacts.", files=files, contacts=contacts)
        yield Diagnosis(subject=subject, found=found)


def _lost(state: LogState) -> Diagnosis:
    months = sorted({part.month for part in state.lost.parts})
    elsewhere = {part.month for one in state.brought for part in one.parts}
    found = ntext(
        "{count} file of the log “{log}” is missing or damaged ({months}).",
        "{count} files of the log “{log}” are missing or damaged ({months}).",
        len(state.lost.parts),
        log=state.log.id,
        months=", ".join(months),
    )
    if elsewhere & set(months):
        remedy = text("doctor --repair makes them again of what the imports brought. What is not there, import again.")
    else:
        remedy = text("Import the exports of these months again, or put the files back from a backup.")
    return Diagnosis(subject=text("Contacts"), found=found, remedy=remedy)


def _disk(home: Home) -> Diagnosis:
    wrong, free = disk_of(home.folder)
    if wrong is not None:
        return Diagnosis(
            subject=text("Disk"), found=wrong, remedy=text("Make room, or move the workspace with CS_PLANNING_HOME.")
        )
    return Diagnosis(
        subject=text("Disk"), found=text("{free} are free in {folder}.", free=FileSize(bytes=free), folder=str(home.folder))
    )


def _backups(home: Home) -> Diagnosis:
    own = own_backups(home)
    if not own:
        found = text("The program has made none by itself yet; it does so before an update. The command backup makes one now.")
        return Diagnosis(subject=text("Backups"), found=found)
    return Diagnosis(subject=text("Backups"), found=text("The newest of the program's own: {file}.", file=str(own[0])))


def _versions() -> Diagnosis:
    lacking = []
    for name in _LIBRARIES:
        try:
            importlib.import_module(name)
        except ImportError:
            lacking.append(name)
    if lacking:
        return Diagnosis(
            subject=text("Versions"),
            found=text("These libraries can't be loaded: {names}.", names=", ".join(lacking)),
            remedy=text("Install the program again with its requirements: pip install -r requirements.txt"),
        )
    known = ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES)
    found = text(
        "cs-planning {program}, Python {python}; {libraries}.",
        program=__version__,
        python=platform.python_version(),
        libraries=known,
    )
    return Diagnosis(subject=text("Versions"), found=found)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"
