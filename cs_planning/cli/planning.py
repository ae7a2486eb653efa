"""Commands about planning: check."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from cs_planning.cli.command import (
    add_currency,
    add_fiscal_year,
    check_out,
    command,
    content_of,
    currency_of,
    read_csv,
    say,
    today,
)
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.files.safe_cells import write_csv
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.workspace.goals.lists import check_list, read_list


def add_commands(commands: Any) -> None:
    """Declares the commands of this module."""
    _add_check(commands)


def _add_check(commands: Any) -> None:
    made = command(
        commands,
        "check",
        _("Review a list of goals: findings for each letter of SMART, in the language of each goal."),
        _check,
        "check goals.csv --out findings.csv",
        "check goals.csv --out findings.csv --history kpis.csv",
    )
    made.add_argument(
        "goals",
        type=Path,
        metavar="GOALS",
        help=_("CSV or XLSX: goal_id, text and, where known, type, kpi, target, unit, baseline, deadline, owner, objective"),
    )
    made.add_argument("--out", type=Path, required=True, help=_("CSV: goal_id, letter, verdict, rule, message, suggestion"))
    made.add_argument("--history", type=Path, help=_("CSV: series, period, value and, where known, sample_size"))
    add_currency(made, _("the currency of the history, such as EUR, JPY or USD; a goal keeps the one that it is written in"))
    add_fiscal_year(
        made, _("the month in which the year begins, for “Q3”: 1 to 12; without it April in Japanese, January in English")
    )


def _check(arguments: argparse.Namespace) -> int:
    check_out(arguments.out)
    goals = read_list(arguments.goals.name, content_of(arguments.goals))
    history = read_csv(arguments.history) if arguments.history else None
    calendar = ServiceCalendar(fiscal_start_month=arguments.fiscal_year_starts)
    findings = check_list(goals, history, calendar, today(), currency_of(arguments.currency))
    write_csv(findings, arguments.out)
    counts = findings["verdict"].value_counts()
    verdicts = ", ".join(f"{verdict}: {counts.get(verdict, 0)}" for verdict in ("pass", "warn", "fail"))
    say(text("{goals} goals checked; {verdicts}.", goals=len(goals), verdicts=verdicts))
    return 0
