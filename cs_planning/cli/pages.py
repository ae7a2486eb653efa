"""Commands about goal pages: export."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from cs_planning.cli.command import command, open_workspace, say, today
from cs_planning.exports import FORMATS
from cs_planning.language import gettext as _
from cs_planning.language import text


def add_commands(commands: Any) -> None:
    """Declares the commands of this module."""
    _add_export(commands)


def _add_export(commands: Any) -> None:
    made = command(
        commands, "export", _("Write a goal page as one file for the meeting."), _export, "export k7Jq2 --out goal.html"
    )
    made.add_argument("page", metavar="PAGE", help=_("the id of a goal, as `goals` lists it, or of a page"))
    made.add_argument("--format", default="html", choices=list(FORMATS), help=_("format of the file"))
    made.add_argument("--out", type=Path, required=True)


def _export(arguments: argparse.Namespace) -> int:
    content = open_workspace().pages.export(arguments.page, arguments.format, today())
    arguments.out.write_bytes(content)
    say(text("Wrote {file}, {size} kB.", file=str(arguments.out), size=len(content) // 1024))
    return 0
