"""Commands about probabilities: goals, assess, backtest."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from cs_planning.cli.command import (
    add_fiscal_year,
    add_seed,
    check_out,
    command,
    open_workspace,
    read_csv,
    say,
    show_progress,
    today,
)
from cs_planning.forecasting.sheets.assessment import assess_sheet, backtest_sheet
from cs_planning.forecasting.sheets.bands import bands_sheet
from cs_planning.goals.title import title_of
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.files.safe_cells import write_csv
from cs_planning.language import gettext as _
from cs_planning.language import text


def add_commands(commands: Any) -> None:
    """Declares the commands of this module."""
    _add_goals(commands)
    _add_assess(commands)
    _add_backtest(commands)
    _add_forecast(commands)


def _add_goals(commands: Any) -> None:
    made = command(
        commands,
        "goals",
        _("List the goals of the workspace with their probabilities."),
        _goals,
        "goals",
        "goals --out goals.csv",
        in_workspace=True,
    )
    made.add_argument("--out", type=Path, help=_("write a CSV file instead"))


def _goals(arguments: argparse.Namespace) -> int:
    if arguments.out:
        check_out(arguments.out)
    lines = open_workspace(arguments).planning.overview(today())
    beliefs = [line.outlook.belief for line in lines]
    frame = pd.DataFrame(
        {
            "goal_id": [line.goal.id for line in lines],
            "title": [str(title_of(line.goal)) for line in lines],
            "type": [line.goal.type.value for line in lines],
            "owner": [line.goal.owner for line in lines],
            "deadline": [line.goal.deadline.isoformat() if line.goal.deadline else "" for line in lines],
            "status": [line.report.status.value for line in lines],
            "probability": [round(line.outlook.primary.probability, 3) if line.outlook.primary else None for line in lines],
            "data_until": [one.freshness.data_until.isoformat() if one else "" for one in beliefs],
            "from": [one.first.isoformat() if one else "" for one in beliefs],
            "to": [one.last.isoformat() if one else "" for one in beliefs],
            "observed": [one.observed if one else None for one in beliefs],
            "low": [round(one.low, 3) if one else None for one in beliefs],
            "high": [round(one.high, 3) if one else None for one in beliefs],
            "record": [str(one.past.phrase()) if one else "" for one in beliefs],
            "reason": [str(line.outlook.no_number or "") for line in lines],
        }
    )
    if arguments.out:
        write_csv(frame, arguments.out)
    else:
        print(frame.to_string(index=False) if len(frame) else text("There are no goals yet."))
    return 0


def _add_assess(commands: Any) -> None:
    made = command(
        commands,
        "assess",
        _("Say for each goal of a list how likely it is, from a history of KPIs."),
        _assess,
        "assess --history kpis.csv --goals goals.csv --out result.csv",
        "assess --history kpis.csv --goals goals.csv --out result.csv --jobs 2 --seed 7",
    )
    made.add_argument(
        "--history",
        type=Path,
        required=True,
        help=_("CSV: series, period, value and, where known, sample_size, unit, lower, upper"),
    )
    made.add_argument(
        "--goals",
        type=Path,
        required=True,
        help=_("CSV: goal_id, series, direction, measure, target, deadline and, where wanted, start"),
    )
    made.add_argument("--out", type=Path, required=True, help=_("CSV with the probability of each goal"))
    made.add_argument("--jobs", type=int, default=1, help=_("how many processor cores to use"))
    add_seed(made, _("of the simulated futures"))
    _add_calendar(made)


def _add_calendar(made: argparse.ArgumentParser) -> None:
    add_fiscal_year(made)
    made.add_argument(
        "--country",
        default="",
        help=_("whose public holidays daily values and volumes know, as JP or, for a part of a country, CA-BC"),
    )


def _calendar(arguments: argparse.Namespace) -> ServiceCalendar:
    """The calendar that the options name.

    Raises:
        InvalidSeries: nobody knows the holidays of the country.
    """
    calendar = ServiceCalendar(fiscal_start_month=arguments.fiscal_year_starts, country=arguments.country)
    calendar.holidays(today(), today())
    return calendar


def _assess(arguments: argparse.Namespace) -> int:
    check_out(arguments.out)
    history, goals = read_csv(arguments.history), read_csv(arguments.goals)
    result = assess_sheet(
        history,
        goals,
        calendar=_calendar(arguments),
        jobs=arguments.jobs,
        seed=arguments.seed,
        today=today(),
        progress=show_progress,
    )
    write_csv(result, arguments.out)
    counts = result["status"].value_counts()
    say(", ".join(f"{status}: {count}" for status, count in counts.items()) or str(text("There are no goals in the file.")))
    return 0 if set(counts.index) <= {"ok"} else 1


def _add_backtest(commands: Any) -> None:
    made = command(
        commands, "backtest", _("Print how good past forecasts of each series were."), _backtest, "backtest kpis.csv"
    )
    made.add_argument("series", type=Path, metavar="SERIES.csv", help=_("CSV: series, period, value"))
    made.add_argument("--horizon", type=int, help=_("periods ahead; by default what the rhythm suggests"))
    _add_calendar(made)


def _backtest(arguments: argparse.Namespace) -> int:
    found = backtest_sheet(read_csv(arguments.series), calendar=_calendar(arguments), horizon=arguments.horizon)
    print(found.drop(columns="message").to_string(index=False, float_format=lambda value: f"{value:.3f}"))
    print()
    for name, words in zip(found["series"], found["message"], strict=True):
        print(f"{name}: {words}")
    return 0


def _add_forecast(commands: Any) -> None:
    made = command(
        commands,
        "forecast",
        _("Write the futures of each series as bands, up to a day."),
        _forecast,
        "forecast kpis.csv --last 2027-03-31 --out bands.csv",
    )
    made.add_argument("series", type=Path, metavar="SERIES.csv", help=_("CSV: series, period, value"))
    made.add_argument("--last", type=date.fromisoformat, required=True, help=_("a day in the last period, as 2027-03-31"))
    written = _("CSV with the median and the 50, 80 and 95 % bands").replace("%", "%%")
    made.add_argument("--out", type=Path, required=True, help=written)
    add_seed(made, _("of the simulated futures"))
    _add_calendar(made)


def _forecast(arguments: argparse.Namespace) -> int:
    check_out(arguments.out)
    history = read_csv(arguments.series)
    result, refused = bands_sheet(history, arguments.last, calendar=_calendar(arguments), seed=arguments.seed)
    write_csv(result, arguments.out)
    for name, reason in refused:
        say(f"{name}: {reason}")
    return 1 if refused else 0
