"""The command line: the same use cases without a browser.

A command prints its result on stdout and what it has to say on stderr.  It exits with 0 when everything went well, with 1 when
some rows could not be answered, and with 2 when it could not do what was asked.
"""

from __future__ import annotations

import argparse
import getpass
import locale
import os
import sys
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from cs_planning import __version__
from cs_planning.errors import PlanningError
from cs_planning.language import LANGUAGES, nearest_language, set_language, text
from cs_planning.language import gettext as _

_PROGRESS_EVERY = 50


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    set_language(_wanted_language(given))
    parsed = _parser().parse_args(given)
    if not hasattr(parsed, "run"):
        _parser().print_help()
        return 2
    try:
        return int(parsed.run(parsed))
    except PlanningError as error:
        _say(f"{error.message}\n{error.hint}")
        for problem in error.problems:
            place = ", ".join(
                str(part)
                for part in (problem.row and text("row {row}", row=problem.row), problem.column, problem.value)
                if part
            )
            _say(f"  {place}: {problem.message} {problem.remedy}")
        return 2
    except BrokenPipeError:
        return 0


def _wanted_language(given: Sequence[str]) -> str:
    for place, argument in enumerate(given):
        if argument == "--language" and place + 1 < len(given):
            return nearest_language(given[place + 1])
        if argument.startswith("--language="):
            return nearest_language(argument.partition("=")[2])
    return nearest_language(os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m cs_planning",
        description=_("Goal planning for customer-service teams, without a browser."),
        epilog=_("`python -m cs_planning COMMAND --help` shows examples for each command."),
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--language", choices=LANGUAGES, help=_("language of messages and results"))
    commands = parser.add_subparsers(title=_("commands"), metavar="COMMAND")
    _add_import(commands)
    _add_kpis(commands)
    _add_goals(commands)
    _add_assess(commands)
    _add_backtest(commands)
    _add_export(commands)
    return parser


def _command(commands: Any, name: str, help: str, run: Callable[[argparse.Namespace], int], *examples: str) -> Any:
    example = "\n".join(f"  python -m cs_planning {line}" for line in examples)
    made = commands.add_parser(
        name,
        help=help,
        description=help,
        epilog=_("Examples:") + "\n" + example,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--language", choices=LANGUAGES, help=_("language of messages and results"))
    made.set_defaults(run=run)
    return made


def _add_import(commands: Any) -> None:
    made = _command(
        commands,
        "import",
        _("Import exports into the workspace."),
        _import,
        "import tickets.csv",
        "import phone-*.csv kpis.xlsx",
    )
    made.add_argument("files", nargs="+", type=Path, metavar="FILE")


def _import(arguments: argparse.Namespace) -> int:
    workspace = _workspace()
    for path in arguments.files:
        report = workspace.data.import_file(path.name, _content(path), author=_author(), key=uuid.uuid4().hex, now=_now())
        counts = report.counts
        print(
            text(
                "{file}: {rows} rows accepted, {rejected} rejected; {new} values new, {changed} changed, {same} as before.",
                file=path.name,
                rows=report.imported.accepted_rows,
                rejected=len(report.imported.rejected),
                new=counts.inserted,
                changed=counts.changed,
                same=counts.unchanged,
            )
        )
        for finding in report.imported.findings:
            _say(f"  {finding.message} {finding.remedy}")
    return 0


def _add_kpis(commands: Any) -> None:
    made = _command(
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
    from cs_planning.kpis.frequency import Frequency  # noqa: PLC0415 - `--help` must not wait for pandas and DuckDB
    from cs_planning.kpis.safe_cells import write_csv  # noqa: PLC0415
    from cs_planning.kpis.sheets import kpis_from_files  # noqa: PLC0415

    frame, summary = kpis_from_files(
        arguments.files, Frequency(arguments.period), by=arguments.by, engine=arguments.engine, today=_today()
    )
    write_csv(frame, arguments.out)
    if arguments.json:
        print(summary.model_dump_json(indent=1))
    else:
        print(summary.words())
    return 0


def _add_goals(commands: Any) -> None:
    made = _command(
        commands,
        "goals",
        _("List the goals of the workspace with their probabilities."),
        _goals,
        "goals",
        "goals --out goals.csv",
    )
    made.add_argument("--out", type=Path, help=_("write a CSV file instead"))


def _goals(arguments: argparse.Namespace) -> int:
    from cs_planning.kpis.safe_cells import write_csv  # noqa: PLC0415 - see above

    lines = _workspace().planning.overview(_today())
    frame = pd.DataFrame(
        {
            "goal_id": [line.goal.id for line in lines],
            "title": [line.goal.title for line in lines],
            "type": [line.goal.type.value for line in lines],
            "owner": [line.goal.owner for line in lines],
            "deadline": [line.goal.deadline.isoformat() if line.goal.deadline else "" for line in lines],
            "status": [line.report.status.value for line in lines],
            "probability": [round(line.outlook.primary.probability, 3) if line.outlook.primary else None for line in lines],
        }
    )
    if arguments.out:
        write_csv(frame, arguments.out)
    else:
        print(frame.to_string(index=False) if len(frame) else text("There are no goals yet."))
    return 0


def _add_assess(commands: Any) -> None:
    made = _command(
        commands,
        "assess",
        _("Say for each goal of a list how likely it is, from a history of KPIs."),
        _assess,
        "assess --history kpis.csv --goals goals.csv --out result.csv",
        "assess --history kpis.csv --goals goals.csv --out result.csv --jobs 2 --seed 7",
    )
    made.add_argument("--history", type=Path, required=True, help=_("CSV: series, period, value and, where known, sample_size"))
    made.add_argument("--goals", type=Path, required=True, help=_("CSV: goal_id, series, direction, measure, target, deadline"))
    made.add_argument("--out", type=Path, required=True, help=_("CSV with the probability of each goal"))
    made.add_argument("--jobs", type=int, default=1, help=_("how many processor cores to use"))
    made.add_argument("--seed", type=int, default=0, help=_("of the simulated futures"))


def _assess(arguments: argparse.Namespace) -> int:
    from cs_planning.forecasting.sheet import assess_sheet  # noqa: PLC0415 - see above
    from cs_planning.kpis.safe_cells import write_csv  # noqa: PLC0415

    history, goals = _read_csv(arguments.history), _read_csv(arguments.goals)
    result = assess_sheet(history, goals, jobs=arguments.jobs, seed=arguments.seed, progress=_progress)
    write_csv(result, arguments.out)
    counts = result["status"].value_counts()
    _say(", ".join(f"{status}: {count}" for status, count in counts.items()) or str(text("There are no goals in the file.")))
    return 0 if set(counts.index) <= {"ok"} else 1


def _add_backtest(commands: Any) -> None:
    made = _command(
        commands, "backtest", _("Print how good past forecasts of each series were."), _backtest, "backtest kpis.csv"
    )
    made.add_argument("series", type=Path, metavar="SERIES.csv", help=_("CSV: series, period, value"))
    made.add_argument("--horizon", type=int, help=_("periods ahead; by default what the rhythm suggests"))


def _backtest(arguments: argparse.Namespace) -> int:
    from cs_planning.forecasting.sheet import backtest_sheet  # noqa: PLC0415 - see above

    print(backtest_sheet(_read_csv(arguments.series), horizon=arguments.horizon).to_string(index=False))
    return 0


def _add_export(commands: Any) -> None:
    made = _command(
        commands, "export", _("Write a goal page as one file for the meeting."), _export, "export k7Jq2 --out goal.html"
    )
    made.add_argument("goal", metavar="GOAL", help=_("the id that `goals` lists"))
    made.add_argument("--format", default="html", help=_("format of the file"))
    made.add_argument("--out", type=Path, required=True)


def _export(arguments: argparse.Namespace) -> int:
    content = _workspace().pages.export(arguments.goal, arguments.format, _today())
    arguments.out.write_bytes(content)
    _say(str(text("Wrote {file}, {size} kB.", file=str(arguments.out), size=len(content) // 1024)))
    return 0


def _workspace() -> Any:
    from cs_planning.workspace import Workspace  # noqa: PLC0415 - see above

    return Workspace.from_environment()


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None


def _read_csv(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> PlanningError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return PlanningError(
        text("{file} can't be read: {reason}.", file=str(path), reason=reason),
        text("Check the path and the format of the file."),
    )


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty() and (done % _PROGRESS_EVERY == 0 or done == total):
        end = "\n" if done == total else ""
        print(f"\r{done}/{total}", end=end, file=sys.stderr, flush=True)


def _say(words: str) -> None:
    print(words, file=sys.stderr)


def _author() -> str:
    return os.environ.get("CS_PLANNING_USER") or getpass.getuser()


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    moved = os.environ.get("CS_PLANNING_TODAY")
    return date.fromisoformat(moved) if moved else date.today()  # noqa: DTZ011 - the laptop's own day is meant
