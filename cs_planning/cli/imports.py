"""Commands about what was imported: imports, undo-import, contacts-behind."""

from __future__ import annotations

import argparse
import json
import uuid
from datetime import date
from pathlib import Path
from typing import Any

from cs_planning.cli.command import ShareBar, add_progress, author, check_out, command, now, open_workspace
from cs_planning.kpis.files.safe_cells import write_csv
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import gettext as _
from cs_planning.language import ntext, text
from cs_planning.workspace import ImportInfo, Save
from cs_planning.workspace.data.contact_points import OF_CONTACTS

_MONTH_LETTERS = 7


def add_commands(commands: Any) -> None:
    """Declares the commands of this module."""
    listing = command(commands, "imports", _("List what was imported into the workspace."), _list, "imports", "imports --json")
    listing.add_argument("--json", action="store_true", help=_("print them as JSON"))
    undoing = command(
        commands,
        "undo-import",
        _("Take an import back as a whole: what it brought goes, what it replaced comes back."),
        _undo,
        "undo-import 7kx2mq4vnc3ap --dry-run",
        "undo-import 7kx2mq4vnc3ap",
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
    )
    behind.add_argument("series", metavar="SERIES", help=_("as the CSV of `kpis` calls it, such as csat|channel=email"))
    behind.add_argument("day", metavar="DAY", type=_day, help=_("a day of the period, or its month"))
    behind.add_argument("--period", default="month", choices=[each.value for each in OF_CONTACTS])
    behind.add_argument("--out", type=Path, required=True, help=_("CSV file with the contacts"))


def _list(arguments: argparse.Namespace) -> int:
    workspace = open_workspace()
    possible = workspace.data.undo.possible()
    infos = workspace.data.imports()
    if arguments.json:
        lines = [_described(info) | {"can_be_undone": info.id in possible} for info in infos]
        print(json.dumps({"imports": lines}, ensure_ascii=False, indent=1))
        return 0
    for info in infos:
        print(_line(info, info.id in possible))
    if not infos:
        print(text("Nothing was imported yet."))
    return 0


def _line(info: ImportInfo, can_be_undone: bool) -> str:
    rows = ntext("{count} row", "{count} rows", info.accepted)
    day = info.imported_at.date() if info.imported_at else ""
    facts = [info.id, str(text("{day} {file}", day=day, file=info.file_name)), str(rows), info.author]
    if info.undone_at is not None:
        facts.append(str(text("undone by {author} on {day}", author=info.undone_by, day=info.undone_at.date())))
    elif not can_be_undone:
        facts.append(str(text("can’t be undone")))
    return " · ".join(facts)


def _undo(arguments: argparse.Namespace) -> int:
    workspace = open_workspace()
    preview = workspace.data.undo.preview(arguments.id)
    counts = {
        "contacts_gone": preview.contacts_gone,
        "contacts_back": preview.contacts_back,
        "values_gone": preview.values_gone,
        "values_back": preview.values_back,
        "series_gone": [str(info.key) for info in preview.series_gone],
    }
    info = preview.info
    if not arguments.dry_run:
        with ShareBar(arguments.progress) as bar:
            info = workspace.data.undo.undo(arguments.id, save=Save(author(), uuid.uuid4().hex, now()), progress=bar)
    if arguments.json:
        print(json.dumps(_described(info) | counts, ensure_ascii=False, indent=1))
        return 0
    if arguments.dry_run:
        print(text("“{file}” would be undone.", file=info.file_name))
    else:
        print(text("“{file}” was undone: what it brought is gone, and what it replaced is back.", file=info.file_name))
    print(
        text(
            "Contacts: {gone} gone, {back} as other imports have them. Values of tables: {lost} gone, {restored} as before.",
            gone=preview.contacts_gone,
            back=preview.contacts_back,
            lost=preview.values_gone,
            restored=preview.values_back,
        )
    )
    return 0


def _day(written: str) -> date:
    """A day, or the first of a month."""
    try:
        return date.fromisoformat(written if len(written) > _MONTH_LETTERS else f"{written}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(_("give a day such as 2026-03-31 or a month such as 2026-03")) from None


def _behind(arguments: argparse.Namespace) -> int:
    check_out(arguments.out)
    found = open_workspace().data.contacts_behind(arguments.series, Frequency(arguments.period), arguments.day)
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
