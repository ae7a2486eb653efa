"""Commands of the automation what-if: simulate, validate."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from cs_planning.automation.answers.result_file import (
    check_names,
    read_scenarios,
)
from cs_planning.automation.answers.simulation_result import result_of
from cs_planning.automation.calibration.validation import validate_calls
from cs_planning.automation.scenarios.scenario import simulate
from cs_planning.automation.scenarios.summary import sentence_of
from cs_planning.automation.team.reading import read_operation
from cs_planning.cli.command import add_seed, check_out, command, content_of, read_csv, say, write_json
from cs_planning.errors import InvalidOperation, PlanningError
from cs_planning.kpis.service_level import ANSWER_WITHIN_SECONDS
from cs_planning.language import Duration, Percent, text
from cs_planning.language import gettext as _

_MOST_DRAWS = 65_536
Read = TypeVar("Read")


def add_commands(commands: Any) -> None:
    """Declares the commands of this module."""
    _add_simulate(commands)
    _add_validate(commands)


def _add_simulate(commands: Any) -> None:
    made = command(
        commands,
        "simulate",
        _("Compute what scenarios do to waits, service level and cost of an operation."),
        _simulate,
        "simulate operation.json --scenario bot.json --out result.json",
        "simulate operation.json --scenario bot.json --scenario training.json --out result.json --draws 4096 --seed 7",
    )
    made.add_argument("operation", type=Path, metavar="OPERATION.json", help=_("the team as it is; see `schema operation`"))
    made.add_argument(
        "--scenario",
        type=Path,
        action="append",
        nargs="+",
        default=[],
        metavar="S.json",
        help=_("a scenario or a list of them, as often as needed; “as is” always stands in front"),
    )
    made.add_argument("--out", type=Path, required=True, metavar="RESULT.json", help=_("the result"))
    made.add_argument("--draws", type=int, default=1024, help=_("draws behind each range; a power of two is best"))
    add_seed(made, _("of the draws; the same seed gives the same numbers"))


def _simulate(arguments: argparse.Namespace) -> int:
    if not 2 <= arguments.draws <= _MOST_DRAWS:
        raise PlanningError(
            text("{draws} draws can't be simulated.", draws=arguments.draws),
            text("Write a number from 2 to {most}.", most=_MOST_DRAWS),
        )
    check_out(arguments.out, "json")
    operation = _named(arguments.operation, read_operation)
    files = [file for group in arguments.scenario for file in group]
    scenarios = [scenario.in_currency(operation.currency) for file in files for scenario in _named(file, read_scenarios)]
    check_names(scenarios)
    found = simulate(operation, scenarios, draws=arguments.draws, seed=arguments.seed)
    result = result_of(operation, scenarios, found, draws=arguments.draws, seed=arguments.seed)
    write_json(result.model_dump(mode="json"), arguments.out)
    for outcome in found.outcomes:
        say(f"{outcome.scenario}: {sentence_of(outcome, found)}")
        for warning in outcome.warnings:
            say(f"  ! {warning}")
    return 0


def _named(path: Path, read: Callable[[bytes], Read]) -> Read:
    try:
        return read(content_of(path))
    except InvalidOperation as error:
        raise InvalidOperation(
            text("{file}: {message}", file=str(path), message=error.message), error.hint, error.problems
        ) from None


def _add_validate(commands: Any) -> None:
    made = command(
        commands,
        "validate",
        _("Calibrate on the calls before a day, predict every later hour, and compare with what happened."),
        _validate,
        "validate calls.csv --split 2026-09-01 --out report.json",
        "validate calls.csv --split 2026-09-01 --out report.json --answer-within 20",
    )
    made.add_argument(
        "calls", type=Path, metavar="CALLS.csv", help=_("a row for each call: arrival, wait, outcome, service, agent")
    )
    made.add_argument("--split", type=_day, required=True, metavar="DATE", help=_("the first day that is predicted"))
    made.add_argument("--out", type=Path, required=True, metavar="REPORT.json", help=_("the report"))
    made.add_argument(
        "--answer-within",
        type=_seconds,
        default=ANSWER_WITHIN_SECONDS,
        help=_("seconds that the service level counts; {seconds} by default, as in imports").format(
            seconds=round(ANSWER_WITHIN_SECONDS)
        ),
    )


def _validate(arguments: argparse.Namespace) -> int:
    check_out(arguments.out, "json")
    report = validate_calls(read_csv(arguments.calls), arguments.split, arguments.answer_within)
    write_json(report.document(), arguments.out)
    say(
        text(
            "Service level: answered within {seconds} of all calls offered.", seconds=Duration(seconds=arguments.answer_within)
        )
    )
    overall = report.overall
    for name, fit, said in (
        (_("Service level"), overall.service_level, _share),
        (_("Abandonment"), overall.abandonment_rate, _share),
        (_("Mean wait"), overall.mean_wait_seconds, _seconds_said),
    ):
        say(
            text(
                "{name}: predicted {predicted}, observed {observed}",
                name=name,
                predicted=said(fit.predicted),
                observed=said(fit.observed),
            )
        )
    say(report.verdict)
    return 0


def _share(share: float) -> Percent:
    return Percent(share=share, digits=1)


def _seconds_said(seconds: float) -> Duration:
    return Duration(seconds=seconds)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(_("{value} is no day; write it as 2026-09-01").format(value=written)) from None


def _seconds(written: str) -> float:
    try:
        seconds = float(written)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError(_("{value} is no number of seconds from 0 to 86400").format(value=written))
    return seconds
