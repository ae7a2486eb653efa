"""Commands about what was imported: imports, undo-import, contacts-behind."""

from __future__ import annotations

import argparse
import json
import uuid
from datetime import date
from pathlib import Path
from typing import Any

from cs_planning.cli.command import ShareBar, add_progress, author, check_out, command, now, open_workspace
from cs_planning.errors import CannotUndo
from cs_planning.kpis.files.safe_cells import write_csv
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import gettext as _
from cs_planning.language import ntext, text
from cs_planning.workspace import ImportInfo, Save
from cs_planning.workspace.layers.undoing import words_of_currency, words_of_series_gone
from cs_planning.workspace.points.contacts import OF_CONTACTS

_MONTH_LETTERS = 7


def add_commands(commands: Any) -> None:
    """Declares the commands of this module."""
    listing = command(
        commands,
        "imports",
        _("List what was imported into the workspace."),
        _list,
        "imports",
        "imports --json",
        in_workspace=True,
    )
    listing.add_argument("--json", action="store_true", help=_("print them as JSON"))
    undoing = command(
        commands,
        "undo-import",
        _("Take an import back as a whole: what it brought goes, what it replaced comes back."),
        _undo,
        "undo-import 7kx2mq4vnc3ap --dry-run",
        "undo-import 7kx2mq4vnc3ap",
        in_workspace=True,
    )
    undoing.add_argument("id", metavar="ID", help=_("of the import, as `imports` lists it"))
    undoing.add_argument("--dry-run", action="store_true", help=_("only say what would go and come back"))
    undoing.add_argument("--json", action="store_true", help=_("print what was done as JSON"))
    add_progress(undoing)
    behind = command(
        commands,
        "contacts-behind",
        _("Write the contacts that a value of a KPI was computed of, with the part that each has in it."),
        _behind,
        "contacts-behind csat 2026-03 --out march.csv",
        'contacts-behind "frt_median|channel=email" 2026-03-02 --period week --out week.csv',
        in_workspace=True,
    )
    behind.add_argument("series", metavar="SERIES", help=_("as the CSV of `kpis` calls it, such as csat|channel=email"))
    behind.add_argument("day", metavar="DAY", type=_day, help=_("a day of the period, or its month"))
    behind.add_argument("--period", default="month", choices=[each.value for each in OF_CONTACTS])
    behind.add_argument("--out", type=Path, required=True, help=_("CSV file with the contacts"))


def _list(arguments: argparse.Namespace) -> int:
    workspace = open_workspace(arguments)
    infos = [(info, workspace.data.undo.refusal(info)) for info in workspace.data.imports()]
    if arguments.json:
        lines = [
            _described(info) | {"can_be_undone": why is None, "why_not": None if why is None else str(why.message)}
            for info, why in infos
        ]
        print(json.dumps({"imports": lines}, ensure_ascii=False, indent=1))
        return 0
    for info, why in infos:
        print(_line(info, why))
    if not infos:
        print(text("Nothing was imported yet."))
    return 0


def _line(info: ImportInfo, why: CannotUndo | None) -> str:
    rows = ntext("{count} row", "{count} rows", info.accepted)
    day = info.imported_at.date() if info.imported_at else ""
    facts = [info.id, str(text("{day} {file}", day=day, file=info.file_name)), str(rows), info.author or str(text("somebody"))]
    if info.undone_at is not None:
        facts.append(
            str(text("undone by {author} on {day}", author=info.undone_by or text("somebody"), day=info.undone_at.date()))
        )
    elif why is not None:
        facts.append(str(text("can’t be undone: {reason}", reason=why.message)))
    return " · ".join(facts)


def _undo(arguments: argparse.Namespace) -> int:
    undo = open_workspace(arguments).data.undo
    if arguments.dry_run:
        done = undo.preview(arguments.id)
        first = text("“{file}” would be undone.", file=done.info.file_name)
    else:
        with ShareBar(arguments.progress) as bar:
            done = undo.undo(arguments.id, save=Save(author(), uuid.uuid4().hex, now()), progress=bar)
        first = text("“{file}” was undone: what it brought is gone, and what it replaced is back.", file=done.info.file_name)
    if arguments.json:
        facts = {
            "contacts_gone": done.contacts_gone,
            "contacts_back": done.contacts_back,
            "values_gone": done.values_gone,
            "values_back": done.values_back,
            "series_gone": [str(info.key) for info in done.series_gone],
            "currency": None if done.currency is None else done.currency.code,
        }
        print(json.dumps(_described(done.info) | facts, ensure_ascii=False, indent=1))
        return 0
    print(first)
    print(
        text(
            "Contacts: {gone} gone, {back} as other imports have them. Values of tables: {lost} gone, {restored} as before.",
            gone=done.contacts_gone,
            back=done.contacts_back,
            lost=done.values_gone,
            restored=done.values_back,
        )
    )
    for line in (words_of_series_gone(done), words_of_currency(done)):
        if line is not None:
            print(line)
    return 0


def _day(written: str) -> date:
    """A day, or the first of a month."""
    try:
        return date.fromisoformat(written if len(written) > _MONTH_LETTERS else f"{written}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(_("give a day such as 2026-03-31 or a month such as 2026-03")) from None


def _behind(arguments: argparse.Namespace) -> int:
    check_out(arguments.out)
    found = open_workspace(arguments).data.contacts_behind(arguments.series, Frequency(arguments.period), arguments.day)
    write_csv(found, arguments.out)
    print(ntext("{count} contact counts.", "{count} contacts count.", len(found)))
    return 0


def _described(info: ImportInfo) -> dict[str, Any]:
    return {
        "id": info.id,
        "file": info.file_name,
        "kind": info.kind,
        "rows": info.accepted,
        "left_out": info.rejected,
        "author": info.author,
        "imported_at": info.imported_at.isoformat() if info.imported_at else None,
        "undone_at": info.undone_at.isoformat() if info.undone_at else None,
        "undone_by": info.undone_by or None,
    }
