"""Commands about data: import, kpis."""

from __future__ import annotations

import argparse
import json
import os
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cs_planning.cli.answers import ImportLine, add_answers, answers_of
from cs_planning.cli.command import (
    ShareBar,
    add_currency,
    add_fiscal_year,
    add_progress,
    add_zone,
    author,
    check_out,
    command,
    currency_of,
    now,
    open_workspace,
    say,
    today,
)
from cs_planning.errors import EngineUnavailable
from cs_planning.kpis.calendar.opening_hours import OpeningHours, read_week
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.calendar.sla_targets import read_targets
from cs_planning.kpis.feedback.counting import MOST_READ
from cs_planning.kpis.feedback.files import topics_from_files
from cs_planning.kpis.files.safe_cells import write_csv
from cs_planning.kpis.findings.imported import QualityFinding
from cs_planning.kpis.findings.of_files import OF_TIME, of_all_files
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.sheets import kpis_from_files, kpis_from_table
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.workspace import ImportReport, Save

_HERE = "duckdb"


def add_commands(commands: Any) -> None:
    """Declares the commands of this module."""
    _add_import(commands)
    _add_kpis(commands)
    _add_feedback(commands)


def _add_import(commands: Any) -> None:
    made = command(
        commands,
        "import",
        _("Import exports into the workspace."),
        _import,
        "import tickets.csv",
        "import phone-*.csv kpis.xlsx",
        'import log.csv --rows calls --arrived "Call Date"',
        in_workspace=True,
    )
    made.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add_answers(made)
    made.add_argument("--json", action="store_true", help=_("print what came in, or what has to be asked first, as JSON"))
    add_currency(made, _("the currency of the workspace from now on, such as EUR, JPY or USD; nothing is converted"))
    add_progress(made)


def _import(arguments: argparse.Namespace) -> int:
    workspace = open_workspace(arguments)
    if arguments.currency is not None:
        workspace.money.choose(arguments.currency.code, save=Save(author(), uuid.uuid4().hex, now()))
    else:
        workspace.money.settle(currency_of(None).code, now=now())
    reports: list[tuple[str, ImportReport]] = []
    try:
        for path in arguments.files:
            with ShareBar(arguments.progress) as bar:
                save = Save(author(), uuid.uuid4().hex, now())
                report = workspace.data.import_path(path, save=save, answers=answers_of(arguments), progress=bar)
            reports.append((path.name, report))
            if not arguments.json:
                print(ImportLine.of(path.name, report, report.imported.findings).words())
                _say([finding for finding in report.imported.findings if finding.rule not in OF_TIME])
    finally:
        found = of_all_files([report.imported for _, report in reports])
        if not arguments.json:
            _say([finding for findings in found for finding in findings if finding.rule in OF_TIME])
    if arguments.json:
        lines = [ImportLine.of(name, report, findings) for (name, report), findings in zip(reports, found, strict=True)]
        print(json.dumps({"files": [line.model_dump(mode="json") for line in lines]}, ensure_ascii=False, indent=1))
    return 0


def _say(findings: Sequence[QualityFinding]) -> None:
    for finding in findings:
        say(f"  {finding.message} {finding.consequence} {finding.remedy}")


def _add_kpis(commands: Any) -> None:
    made = command(
        commands,
        "kpis",
        _("Compute KPI series from files, without keeping anything."),
        _kpis,
        "kpis tickets.csv --out kpis.csv",
        "kpis tickets-2025.csv tickets-2026.csv --out kpis.csv --period week --by channel",
        "kpis --engine postgres://me@host/helpdesk --table contacts --out kpis.csv",
        "kpis --engine spark://host:7077 --table /shared/contacts --out kpis.csv --by channel",
    )
    made.add_argument("files", nargs="*", type=Path, metavar="FILE")
    made.add_argument("--out", type=Path, required=True, help=_("CSV file with series, period, value, sample_size"))
    made.add_argument("--period", default="month", choices=["day", "week", "month", "quarter", "year"])
    made.add_argument(
        "--by", action="append", default=[], help=_("break down by channel, team, customer_group, topic or priority")
    )
    made.add_argument("--all-parts", action="store_true", help=_("with --by: every part, not just the 25 largest"))
    made.add_argument(
        "--engine",
        help=_("duckdb, or the URL of another engine; for a --table, CS_PLANNING_ENGINE says it where this does not"),
    )
    made.add_argument("--table", help=_("a table, a view or a folder of Parquet files at the engine, instead of files"))
    made.add_argument("--json", action="store_true", help=_("print a summary as JSON"))
    made.add_argument(
        "--opening-hours", metavar="HOURS", help=_("times in opening hours too, such as “mon-fri 09:00-18:00; sat 10:00-14:00”")
    )
    made.add_argument("--holidays", metavar="COUNTRY", help=_("closed on the public holidays of JP, DE-BY, US-CA, …"))
    made.add_argument(
        "--sla-targets",
        metavar="TARGETS",
        default="",
        help=_(
            "hours to the first response / to the solution by priority, such as “urgent 1/8; high 4/24; * 8/72”, where files "
            "have no SLA"
        ),
    )
    add_answers(made)
    add_zone(made)
    add_currency(made)
    add_fiscal_year(made)
    add_progress(made)


def _kpis(arguments: argparse.Namespace) -> int:
    hours = None
    if arguments.opening_hours:
        hours = OpeningHours(week=read_week(arguments.opening_hours), country=arguments.holidays or None)
    if bool(arguments.files) == bool(arguments.table):
        raise EngineUnavailable(
            text("Nothing says where the contacts are, or two things do."), text("Give files, or an engine and its --table.")
        )
    check_out(arguments.out)
    period, by, all_parts = Frequency(arguments.period), arguments.by, arguments.all_parts
    calendar = ServiceCalendar(
        fiscal_start_month=arguments.fiscal_year_starts,
        hours=hours,
        country=arguments.holidays or "",
        zone=arguments.zone,
        targets=read_targets(arguments.sla_targets),
    )
    with ShareBar(arguments.progress) as bar:
        if arguments.table:
            frame, summary = kpis_from_table(
                arguments.table,
                _engine_of_tables(arguments.engine),
                period,
                by,
                calendar=calendar,
                all_parts=all_parts,
                progress=bar,
            )
        else:
            frame, summary = kpis_from_files(
                arguments.files,
                period,
                by,
                arguments.engine or _HERE,
                calendar=calendar,
                today=today(),
                currency=currency_of(arguments.currency),
                all_parts=all_parts,
                answers=answers_of(arguments),
                progress=bar,
            )
    write_csv(frame, arguments.out)
    if arguments.json:
        print(summary.model_dump_json(indent=1))
    else:
        print(summary.words())
    return 0


def _engine_of_tables(said: str | None) -> str:
    """Files are read here whatever the department's engine is; only what lies there is computed there unasked."""
    return said or os.environ.get("CS_PLANNING_ENGINE") or _HERE


def _add_feedback(commands: Any) -> None:
    made = command(
        commands,
        "feedback",
        _("Count what customers write about, by topic and period, without keeping anything."),
        _feedback,
        "feedback tickets.csv --out topics.csv",
        "feedback survey.csv --out topics.csv --period quarter --json",
    )
    made.add_argument("files", nargs="+", type=Path, metavar="FILE")
    made.add_argument("--out", type=Path, required=True, help=_("CSV file with series, period, value, sample_size"))
    made.add_argument("--period", default="month", choices=["day", "week", "month", "quarter", "year"])
    made.add_argument("--json", action="store_true", help=_("print a summary as JSON"))
    add_answers(made)
    add_zone(made)
    add_fiscal_year(made)


def _feedback(arguments: argparse.Namespace) -> int:
    check_out(arguments.out)
    calendar = ServiceCalendar(fiscal_start_month=arguments.fiscal_year_starts, zone=arguments.zone)
    frame, topics = topics_from_files(
        arguments.files, Frequency(arguments.period), calendar=calendar, today=today(), answers=answers_of(arguments)
    )
    write_csv(frame, arguments.out)
    if max((topic.contacts for topic in topics), default=0) > MOST_READ:
        say(
            text(
                "Frequent phrases and tags are looked for in the newest {count} texts; every topic is counted in all of them.",
                count=MOST_READ,
            )
        )
    if arguments.json:
        print(json.dumps([topic.model_dump(mode="json") for topic in topics], ensure_ascii=False, indent=1))
        return 0
    for topic in topics:
        print(
            text(
                "{topic}: {contacts} contacts, {complaints} complaints ({origin}; {level})",
                topic=topic.name,
                contacts=topic.contacts,
                complaints=topic.complaints,
                origin=topic.origin.label,
                level=topic.level.label if topic.level else text("cause not known"),
            )
        )
    return 0
