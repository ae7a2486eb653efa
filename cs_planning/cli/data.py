"""Commands about data: import, kpis."""

from __future__ import annotations

import argparse
import uuid
from pathlib import Path
from typing import Any

from cs_planning.cli.command import author, command, now, open_workspace, say, today
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.safe_cells import write_csv
from cs_planning.kpis.sheets import kpis_from_files
from cs_planning.language import gettext as _
from cs_planning.language import text


def add_commands(commands: Any) -> None:
    """Declares the commands of this module."""
    _add_import(commands)
    _add_kpis(commands)


def _add_import(commands: Any) -> None:
    made = command(
        commands,
        "import",
        _("Import exports into the workspace."),
        _import,
        "import tickets.csv",
        "import phone-*.csv kpis.xlsx",
    )
    made.add_argument("files", nargs="+", type=Path, metavar="FILE")


def _import(arguments: argparse.Namespace) -> int:
    workspace = open_workspace()
    for path in arguments.files:
        report = workspace.data.import_path(path, author=author(), key=uuid.uuid4().hex, now=now())
        counts = report.counts
        print(
            text(
                "{file}: {rows} rows accepted, {rejected} rejected; {new} values new, {changed} changed, {same} as before.",
                file=path.name,
                rows=report.imported.accepted_rows,
                rejected=report.rejected_rows,
                new=counts.inserted,
                changed=counts.changed,
                same=counts.unchanged,
            )
        )
        for finding in report.imported.findings:
            say(f"  {finding.message} {finding.remedy}")
    return 0


def _add_kpis(commands: Any) -> None:
    made = command(
        commands,
        "kpis",
        _("Compute KPI series from files, without keeping anything."),
        _kpis,
        "kpis tickets.csv --out kpis.csv",
        "kpis tickets-2025.csv tickets-2026.csv --out kpis.csv --period week --by channel",
    )
    made.add_argument("files", nargs="+", type=Path, metavar="FILE")
    made.add_argument("--out", type=Path, required=True, help=_("CSV file with series, period, value, sample_size"))
    made.add_argument("--period", default="month", choices=["day", "week", "month", "quarter", "year"])
    made.add_argument("--by", action="append", default=[], help=_("break down by channel, team, customer_group or topic"))
    made.add_argument("--engine", default="duckdb", help=_("duckdb, or the URL of another engine"))
    made.add_argument("--json", action="store_true", help=_("print a summary as JSON"))


def _kpis(arguments: argparse.Namespace) -> int:

    frame, summary = kpis_from_files(
        arguments.files, Frequency(arguments.period), by=arguments.by, engine=arguments.engine, today=today()
    )
    write_csv(frame, arguments.out)
    if arguments.json:
        print(summary.model_dump_json(indent=1))
    else:
        print(summary.words())
    return 0
