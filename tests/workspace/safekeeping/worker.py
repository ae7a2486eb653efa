"""What works on a workspace in a process of its own until it is killed; each thing that was done is written down once it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

from cs_planning.workspace import Home, Save, Workspace
from tests.storage.building import NOW, goal
from tests.workspace.safekeeping.filled import by, tickets

WORKS = ("saves", "imports", "backups", "migration")


def work(url: str, folder: Path, what: str, first: int, done: Path) -> None:
    """Does one thing after the other and writes its number to `done` when it was confirmed.

    Args:
        url: of the database.
        folder: of the workspace's files, and of the backups that are made.
        what: one of `WORKS`.
        first: the number of the first thing.
        done: a file; its first line says that the work begins.
    """
    confirmed = os.open(done, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    home = Home.at(folder, url)
    if what == "migration":
        os.write(confirmed, b"begun\n")
        Workspace.open(home).close()
        os.write(confirmed, f"{first}\n".encode())
        return
    workspace = Workspace.open(home)
    os.write(confirmed, b"begun\n")
    for number in count(first):
        _STEPS[what](workspace, folder, number)
        os.write(confirmed, f"{number}\n".encode())


def _save(workspace: Workspace, folder: Path, number: int) -> None:
    made = workspace.planning.save_draft(
        goal(id=f"goal-{number}", title=f"Goal {number}"), save=Save("t", f"new {number}", NOW)
    )
    workspace.planning.save_draft(
        made.model_copy(update={"title": f"Goal {number} again"}), save=Save("t", f"again {number}", NOW)
    )


def _import(workspace: Workspace, folder: Path, number: int) -> None:
    workspace.data.import_file("tickets.csv", tickets(number), save=by(f"import {number}"))


def _back_up(workspace: Workspace, folder: Path, number: int) -> None:
    workspace.backups.make(folder / f"{number}.zip")


_STEPS: dict[str, Callable[[Workspace, Path, int], None]] = {"saves": _save, "imports": _import, "backups": _back_up}
