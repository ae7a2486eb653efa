"""Commands about goal pages and goal sheets: pages, sheets, export, snapshot."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from cs_planning.cli.command import author, check_out, command, now, open_workspace, say, today
from cs_planning.errors import PlanningError
from cs_planning.exports import FORMATS, PAPERS
from cs_planning.language import current_language, in_words, text
from cs_planning.language import gettext as _
from cs_planning.workspace import Save

_PAGE, _SHEET, _REPORT = "page", "sheet", "report"


def add_commands(commands: Any) -> None:
    """Declares the commands of this module."""
    command(commands, "pages", _("List the goal pages and their snapshots."), _pages, "pages", in_workspace=True)
    command(commands, "sheets", _("List the goal sheets of people and teams."), _sheets, "sheets", in_workspace=True)
    _add_export(commands)
    _add_snapshot(commands)


def _pages(arguments: argparse.Namespace) -> int:
    workspace = open_workspace(arguments)
    kept = workspace.pages.pages()
    shown = {page.goal for page in kept if workspace.pages.is_main(page)}
    fresh = [workspace.pages.page_of(goal) for goal in workspace.planning.goals() if goal.id not in shown]
    rows = []
    for page in (*kept, *fresh):
        title = workspace.pages.title(page)
        rows.append((page.id or page.goal, page.goal, title, page.template, "", ""))
        rows += [
            (page.id, page.goal, title, page.template, info.id, in_words(info.taken_at))
            for info in workspace.snapshots.of_page(page)
        ]
    frame = pd.DataFrame(rows, columns=["page", "goal", "title", "template", "snapshot", "taken_at"])
    print(frame.to_string(index=False) if rows else text("There are no pages yet."))
    return 0


def _sheets(arguments: argparse.Namespace) -> int:
    rows = [
        (one.id, one.holder, one.start, one.end, one.stage.value, len(one.lines))
        for one in open_workspace(arguments).sheets.list()
    ]
    frame = pd.DataFrame(rows, columns=["sheet", "holder", "start", "end", "stage", "goals"])
    print(frame.to_string(index=False) if rows else text("There are no goal sheets yet."))
    return 0


def _add_export(commands: Any) -> None:
    made = command(
        commands,
        "export",
        _("Write a goal page, or a goal sheet or monthly report for A4, as one file for the meeting."),
        _export,
        "export k7Jq2 --out goal.html",
        "export 3fz0a --form sheet --out sheet.xlsx",
        "export 3fz0a --form sheet --as-of 2026-09-30 --out half-way.xlsx",
        "export 2026-10 --form report --out report.xlsx",
        "export k7Jq2 --snapshot 8sd2w --language ja --out goal.pdf",
        in_workspace=True,
    )
    made.add_argument(
        "page",
        metavar="ID",
        help=_(
            "the id of a page, as `pages` lists it, or of a goal; of a sheet, as `sheets` lists it; a month, such as 2026-10"
        ),
    )
    made.add_argument(
        "--form",
        choices=[_PAGE, _SHEET, _REPORT],
        default=_PAGE,
        help=_("what is written: a goal page, a goal sheet or the report of a month (xlsx)"),
    )
    made.add_argument(
        "--format", choices=list(FORMATS), help=_("format of the file, where the ending of its name does not say it")
    )
    made.add_argument("--paper", default=PAPERS[0], choices=list(PAPERS), help=_("paper of a PDF"))
    made.add_argument("--snapshot", metavar="ID", help=_("a snapshot of the page, in place of the page as it is now"))
    earlier = _("an earlier day as of which a goal sheet is written, as 2026-09-30")
    made.add_argument("--as-of", type=date.fromisoformat, metavar="DAY", help=earlier)
    made.add_argument("--out", type=Path, required=True)


def _export(arguments: argparse.Namespace) -> int:
    if arguments.form != _PAGE and (
        arguments.snapshot or arguments.format not in {None, "xlsx"} or arguments.paper != PAPERS[0]
    ):
        raise PlanningError(
            text("A goal sheet or monthly report is written as a workbook for A4 alone."),
            text("Leave --format, --paper and --snapshot out."),
        )
    if arguments.as_of is not None and arguments.form != _SHEET:
        raise PlanningError(
            text("Only a goal sheet is written as of an earlier day."),
            text("Leave --as-of out, or take a snapshot of the page with --snapshot."),
        )
    if arguments.form == _SHEET:
        return _export_sheet(arguments)
    if arguments.form == _REPORT:
        return _export_report(arguments)
    ending = arguments.out.suffix.lower().removeprefix(".")
    kind = arguments.format or (ending if ending in FORMATS else next(iter(FORMATS)))
    check_out(arguments.out, kind)
    workspace = open_workspace(arguments)
    page = workspace.pages.page(arguments.page)
    if arguments.snapshot:
        content = workspace.snapshots.export(arguments.snapshot, kind, of=page, paper=arguments.paper)
    else:
        content = workspace.pages.export(arguments.page, kind, today(), paper=arguments.paper)
    return _written(arguments.out, content)


def _export_sheet(arguments: argparse.Namespace) -> int:
    check_out(arguments.out, "xlsx")
    sheets = open_workspace(arguments).sheets
    sheet = sheets.sheet(arguments.page)
    return _written(arguments.out, sheets.views.file(sheet, today(), current_language(), as_of=arguments.as_of))


def _export_report(arguments: argparse.Namespace) -> int:
    check_out(arguments.out, "xlsx")
    try:
        month = date.fromisoformat(f"{arguments.page}-01")
    except ValueError:
        raise PlanningError(
            text("“{month}” is no month.", month=arguments.page), text("Write it as year and month, such as 2026-10.")
        ) from None
    return _written(arguments.out, open_workspace(arguments).reports.file(month, today(), current_language()))


def _written(out: Path, content: bytes) -> int:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise PlanningError(
            text("{file} can't be written: {reason}.", file=str(out), reason=error.strerror or str(error)),
            text("Choose another place with --out."),
        ) from None
    say(text("Wrote {file}, {size} kB.", file=str(out), size=len(content) // 1024))
    return 0


def _add_snapshot(commands: Any) -> None:
    made = command(
        commands,
        "snapshot",
        _("Freeze a goal page with its results as they are now."),
        _snapshot,
        "snapshot k7Jq2",
        'snapshot k7Jq2 --note "Review of November"',
        in_workspace=True,
    )
    made.add_argument("page", metavar="PAGE", help=_("the id of a page, as `pages` lists it, or of a goal"))
    made.add_argument("--note", default="", help=_("what it is for"))


def _snapshot(arguments: argparse.Namespace) -> int:
    workspace = open_workspace(arguments)
    page = workspace.pages.page(arguments.page)
    info = workspace.snapshots.freeze(page, today(), note=arguments.note, save=Save.once(author(), now()))
    print(info.id)
    return 0
