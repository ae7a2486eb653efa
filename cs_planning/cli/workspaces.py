"""Commands about the workspaces of this installation: workspaces."""

from __future__ import annotations

import argparse
from typing import Any

import pandas as pd

from cs_planning.cli.command import command, home_in
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.workspace import Home
from cs_planning.workspace.places import home_of, make_place, place_named, places, rename_place


def add_commands(commands: Any) -> None:
    """Declares the commands of this module."""
    made = command(
        commands,
        "workspaces",
        _("List the workspaces of this installation, make another one, or call one otherwise."),
        _workspaces,
        "workspaces",
        'workspaces --new "Osaka site"',
        'workspaces --rename "Osaka centre" --workspace osaka-site',
        in_workspace=True,
    )
    one = made.add_mutually_exclusive_group()
    one.add_argument("--new", metavar="NAME", help=_("make an empty workspace of this name, beside the others"))
    one.add_argument("--rename", metavar="NAME", help=_("what the workspace of --workspace is called from now on"))


def _workspaces(arguments: argparse.Namespace) -> int:
    first = Home.from_environment()
    if arguments.new is not None:
        print(make_place(first, arguments.new).id)
        return 0
    home_in(arguments)
    if arguments.rename is not None:
        rename_place(first, place_named(first, arguments.workspace).id, arguments.rename)
    rows = [(one.id, one.name or str(text("My team")), str(home_of(first, one.id).folder)) for one in places(first)]
    print(pd.DataFrame(rows, columns=["workspace", "name", "folder"]).to_string(index=False))
    return 0
