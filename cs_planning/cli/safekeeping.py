"""Commands about the workspace as a whole: backup, restore, copy, doctor, retention."""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cs_planning.cli.command import author, check_out, command, home_in, now, open_workspace, say
from cs_planning.language import gettext as _
from cs_planning.language import ntext, text
from cs_planning.workspace import Limits, Save
from cs_planning.workspace.safekeeping.backups import restore
from cs_planning.workspace.safekeeping.doctor import diagnoses, this_folder
from cs_planning.workspace.safekeeping.moving import copy

_WRONG = 1


def add_commands(commands: Any) -> None:
    """Declares the commands of this module."""
    _add_backup(commands)
    _add_copy(commands)
    _add_doctor(commands)
    _add_retention(commands)


def _add_backup(commands: Any) -> None:
    made = command(
        commands,
        "backup",
        _("Write the whole workspace, database and contacts, into one file, while others go on working."),
        _backup,
        "backup planning.zip",
        in_workspace=True,
    )
    made.add_argument("file", type=Path, metavar="FILE", help=_("a ZIP file; one that is there is replaced"))
    made = command(
        commands,
        "restore",
        _("Put a backup in the place of the workspace, all of it or nothing, and compare it with the backup."),
        _restore,
        "restore planning.zip",
        "restore planning.zip --replace",
        in_workspace=True,
    )
    made.add_argument("file", type=Path, metavar="FILE", help=_("a file that the command backup made"))
    made.add_argument("--replace", action="store_true", help=_("what is there may go; it is backed up first"))


def _backup(arguments: argparse.Namespace) -> int:
    check_out(arguments.file, "zip")
    contents = open_workspace(arguments).backups.make(arguments.file)
    print(
        text(
            "{file}: {rows} rows of {tables} tables and {files} files of contacts, read again and compared.",
            file=str(arguments.file),
            rows=contents.rows,
            tables=len(contents.tables),
            files=len(contents.files),
        )
    )
    if contents.missing:
        say(
            ntext(
                "{count} file of contacts that the database lists was not there: {file}. The command doctor says what helps.",
                "{count} files of contacts that the database lists were not there, such as {file}. The command doctor says "
                "what helps.",
                len(contents.missing),
                file=contents.missing[0],
            )
        )
        return _WRONG
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    done = restore(home_in(arguments), arguments.file, replace=arguments.replace, now=now())
    print(
        text(
            "The workspace is that of {file}: {rows} rows of {tables} tables and {files} files of contacts, all as they were.",
            file=str(arguments.file),
            rows=done.contents.rows,
            tables=len(done.contents.tables),
            files=len(done.contents.files),
        )
    )
    if done.saved is not None:
        say(text("What was there before is in {file}.", file=str(done.saved)))
    if done.replaced is not None:
        say(text("What was there before could not be backed up and lies in {file}.", file=str(done.replaced)))
    return 0


def _add_copy(commands: Any) -> None:
    made = command(
        commands,
        "copy",
        _("Copy the database of a workspace into another one, SQLite or PostgreSQL, and compare both."),
        _copy,
        "copy --from sqlite:////home/me/.local/share/cs-planning/workspace.db --to postgresql://me:secret@host/planning",
        "copy --from postgresql://me:secret@host/planning --to sqlite:///planning/workspace.db",
    )
    made.add_argument("--from", dest="source", required=True, metavar="URL", help=_("the database, which stays as it is"))
    made.add_argument("--to", dest="target", required=True, metavar="URL", help=_("an empty database, or a new file"))
    made.add_argument("--replace", action="store_true", help=_("what the other database holds may go"))


def _copy(arguments: argparse.Namespace) -> int:
    done = copy(arguments.source, arguments.target, replace=arguments.replace)
    print(
        text(
            "{rows} rows of {tables} tables were copied; counts and checksums are the same in both.",
            rows=done.rows,
            tables=done.tables,
        )
    )
    if done.replaced is not None:
        say(text("What was there before lies in {file}.", file=str(done.replaced)))
    say(text("The files of contacts stay where they are: leave CS_PLANNING_HOME as it is, or move its folder contacts along."))
    return 0


def _add_doctor(commands: Any) -> None:
    made = command(
        commands,
        "doctor",
        _("Look at everything that the workspace rests on; exits with 1 when something is wrong."),
        _doctor,
        "doctor",
        "doctor --repair",
        in_workspace=True,
    )
    made.add_argument(
        "--repair",
        action="store_true",
        help=_("make damaged months of contacts again of what imports brought, and move away files that nobody lists"),
    )
    made.add_argument(
        "--this-folder",
        action="store_true",
        help=_("let the folder of this process be the one of all processes on this PostgreSQL database from now on"),
    )


def _doctor(arguments: argparse.Namespace) -> int:
    if arguments.this_folder:
        this_folder(home_in(arguments))
    if arguments.repair:
        workspace = open_workspace(arguments)
        done = workspace.repair.repair(save=Save.once(author(), now()))
        workspace.close()
        print(text("{count} contacts of damaged files are there again, {lost} are not.", count=done.contacts, lost=done.lost))
        for path in done.moved:
            print(text("Moved: {file}", file=str(path)))
    is_wrong = False
    for one in diagnoses(home_in(arguments)):
        is_wrong |= one.remedy is not None
        print(f"{'✗' if one.remedy is not None else '✓'} {one.subject}: {one.found}")
        if one.remedy is not None:
            print(f"    → {one.remedy}")
    return _WRONG if is_wrong else 0


def _add_retention(commands: Any) -> None:
    made = command(
        commands,
        "retention",
        _("Say what is older than it need be kept, and take it away when asked to; nothing else is touched."),
        _retention,
        "retention",
        "retention --versions 365 --snapshots 730",
        "retention --versions 365 --snapshots 730 --delete",
        in_workspace=True,
    )
    days = {
        "saves": (90, _("marks that keep a second click from saving twice")),
        "versions": (None, _("earlier versions; the first one, the present one and the last one of each day stay")),
        "snapshots": (None, _("frozen pages that no open link and no decision shows")),
        "pictures": (90, _("pictures that no page, version or snapshot shows")),
    }
    for name, (usual, words) in days.items():
        made.add_argument(f"--{name}", type=_days, default=usual, metavar="DAYS", help=words)
    made.add_argument("--delete", action="store_true", help=_("take away what was said; without it nothing is changed"))


def _days(written: str) -> int:
    if not (written.isascii() and written.isdigit() and int(written) <= 36_500):
        raise argparse.ArgumentTypeError(_("{value} is no whole number from 0 on").format(value=written))
    return int(written)


def _retention(arguments: argparse.Namespace) -> int:
    moment = now()
    limits = Limits(
        saves=_before(moment, arguments.saves),
        versions=_before(moment, arguments.versions),
        snapshots=_before(moment, arguments.snapshots),
        pictures=_before(moment, arguments.pictures),
    )
    retention = open_workspace(arguments).retention
    if arguments.delete:
        found = retention.delete(limits, save=Save.once(author(), moment))
    else:
        found = retention.outdated(limits, moment)
    words = text(
        "{saves} marks of saves, {versions} versions, {snapshots} snapshots and {pictures} pictures ({size} kB)",
        saves=found.saves,
        versions=found.versions,
        snapshots=found.snapshots,
        pictures=found.pictures,
        size=found.content_bytes // 1024,
    )
    if found.is_nothing:
        print(text("Nothing is older than it need be kept."))
    elif arguments.delete:
        print(text("Taken away: {what}.", what=words))
    else:
        print(text("Would be taken away with --delete: {what}. Nothing was changed.", what=words))
    return 0


def _before(moment: datetime, days: int | None) -> datetime | None:
    return None if days is None else moment - timedelta(days=days)
