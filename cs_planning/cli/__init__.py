"""The command line: the same use cases without a browser.

A command prints its result on stdout and what it has to say on stderr.  It exits with 0 when everything went well, with 1 when
some rows could not be answered, with 2 when it could not do what was asked, and with 3 when a file leaves a question open.
"""

from __future__ import annotations

import argparse
import locale
import os
import sys
from collections.abc import Sequence

from cs_planning import __version__
from cs_planning.cli import data, imports, pages, planning, probabilities, safekeeping, schemas, what_if, workspaces
from cs_planning.cli.answers import ask
from cs_planning.cli.command import say
from cs_planning.errors import PlanningError, by_kind
from cs_planning.kpis.imports.answers import Undecided
from cs_planning.language import LANGUAGES, nearest_language, ntext, set_language, text
from cs_planning.language import gettext as _

_MOST_KINDS = 10
_TOPICS = (data, imports, planning, probabilities, what_if, pages, workspaces, safekeeping, schemas)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    set_language(_wanted_language(given))
    parser = program()
    parsed = parser.parse_args(given)
    if not hasattr(parsed, "run"):
        parser.print_help()
        return 2
    try:
        return int(parsed.run(parsed))
    except Undecided as error:
        return ask(error, as_json=bool(getattr(parsed, "json", False)))
    except PlanningError as error:
        _say_what_went_wrong(error)
        return 2
    except BrokenPipeError:
        return 0


def program() -> argparse.ArgumentParser:
    """The program with all of its commands."""
    parser = argparse.ArgumentParser(
        prog="python -m cs_planning",
        description=_("Goal planning for customer-service teams, without a browser."),
        epilog=_("`python -m cs_planning COMMAND --help` shows examples for each command."),
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--language", choices=LANGUAGES, help=_("language of messages and results"))
    commands = parser.add_subparsers(title=_("commands"), metavar="COMMAND")
    for topic in _TOPICS:
        topic.add_commands(commands)
    return parser


def _say_what_went_wrong(error: PlanningError) -> None:
    say(f"{error.message}\n{error.hint}")
    kinds = by_kind(error.problems)
    for problem, count in kinds[:_MOST_KINDS]:
        row = text("row {row}", row=problem.row) if problem.row else None
        place = ", ".join(str(part) for part in (row, problem.column, problem.value) if part)
        if (place and str(problem.message) != str(error.message)) or len(error.problems) > 1:
            more = ntext("And {count} more like it.", "And {count} more like it.", count - 1) if count > 1 else ""
            say(f"  {place or '–'}: {problem.message} {problem.remedy} {more}".rstrip())
    if len(kinds) > _MOST_KINDS:
        left = len(kinds) - _MOST_KINDS
        say(ntext("  And {count} more kind of problem.", "  And {count} more kinds of problems.", left))


def _wanted_language(given: Sequence[str]) -> str:
    for place, argument in enumerate(given):
        if argument == "--language" and place + 1 < len(given):
            return nearest_language(given[place + 1])
        if argument.startswith("--language="):
            return nearest_language(argument.partition("=")[2])
    return nearest_language(os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0])
