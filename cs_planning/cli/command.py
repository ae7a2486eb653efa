"""What all commands share: how they are declared, the workspace, reading and speaking."""

from __future__ import annotations

import argparse
import csv
import getpass
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pandas as pd

from cs_planning.errors import InvalidOperation, PlanningError, StorageUnavailable
from cs_planning.kpis.currency import Currency, checked_currency, usual_currency
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.files.small_tables import left_out
from cs_planning.language import LANGUAGES, Percent, current_language, in_words, text
from cs_planning.language import gettext as _
from cs_planning.workspace import Home, Workspace
from cs_planning.workspace.places import FIRST, home_of, place_named

_PROGRESS_EVERY = 50
_BAR_WIDTH = 30
_BAR_AFTER_SECONDS = 1.0


def command(
    commands: Any,
    name: str,
    help: str,
    run: Callable[[argparse.Namespace], int],
    *examples: str,
    in_workspace: bool = False,
) -> argparse.ArgumentParser:
    """Declares a command.

    Args:
        commands: the sub-parsers of the program.
        name: as it is typed.
        help: what it does, in one sentence.
        run: gives the exit status.
        examples: command lines without the program's name.
        in_workspace: whether it is about what a workspace keeps, so that one can be named.
    """
    example = "\n".join(f"  python -m cs_planning {line}" for line in examples)
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=help,
        description=help,
        epilog=_("Examples:") + "\n" + example,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--language", choices=LANGUAGES, help=_("language of messages and results"))
    if in_workspace:
        made.add_argument(
            "--workspace",
            metavar="NAME",
            default=FIRST,
            help=_("which workspace, by its id or name as `workspaces` lists them"),
        )
    made.set_defaults(run=run)
    return made


def home_in(arguments: argparse.Namespace) -> Home:
    """Where the workspace lives that a command names, else the one that the environment names, else the user's own.

    Raises:
        NotFound: no workspace is called so.
    """
    first = Home.from_environment()
    asked = arguments.workspace
    return first if asked == FIRST else home_of(first, place_named(first, asked).id)


def open_workspace(arguments: argparse.Namespace) -> Workspace:
    """The workspace that a command names, opened."""
    return Workspace.open(home_in(arguments))


def content_of(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        PlanningError: it can't be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None


def read_csv(path: Path) -> pd.DataFrame:
    """A CSV file with all cells as text, in whatever form an import reads it.

    Lines that don't fit its header are left out, and that is said.  A plain file goes the quick way.

    Raises:
        PlanningError: it can't be read.
    """
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (ValueError, pd.errors.ParserError):
        return _table_in(path)
    except OSError as error:
        raise _unreadable(path, error) from None
    return frame if _is_plain(frame) and not _has_short_lines(path, frame) else _table_in(path)


def _is_plain(frame: pd.DataFrame) -> bool:
    """Whether no line had more cells than the header, which names more than one column."""
    has_own_rows = isinstance(frame.index, pd.RangeIndex)
    return has_own_rows and len(frame.columns) > 1 and not any(_is_odd(name) for name in frame.columns)


def _has_short_lines(path: Path, frame: pd.DataFrame) -> bool:
    """Whether a line has fewer cells than the header; pandas fills them up, so that the last cell of such a line is empty."""
    if not frame.iloc[:, -1].isin(["", None]).any():
        return False
    with path.open(encoding="utf-8-sig", newline="") as lines:
        try:
            return any(0 < len(cells) < len(frame.columns) for cells in csv.reader(lines))
        except csv.Error:
            return True


def _is_odd(name: object) -> bool:
    written = str(name)
    return not written.strip() or written.startswith("Unnamed: ") or "\x00" in written


def _table_in(path: Path) -> pd.DataFrame:
    table = read_table(path.name, content_of(path))
    words = left_out(table)
    if words is not None:
        say(words)
    return table.frame


def _unreadable(path: Path, error: OSError) -> PlanningError:
    reason = error.strerror or str(error)
    return PlanningError(
        text("{file} can't be read: {reason}.", file=str(path), reason=reason),
        text("Check the path and the format of the file."),
    )


def show_progress(done: int, total: int) -> None:
    """How far a long run is, on a terminal only."""
    if sys.stderr.isatty() and (done % _PROGRESS_EVERY == 0 or done == total):
        end = "\n" if done == total else ""
        full = _BAR_WIDTH * done // max(total, 1)
        bar = "█" * full + "·" * (_BAR_WIDTH - full)
        print(f"\r{bar} {done}/{total}", end=end, file=sys.stderr, flush=True)


class ShareBar:
    """A bar on stderr for a run that takes longer than a second: on a terminal, or wherever the user asks for it."""

    def __init__(self, asked: bool = False, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._is_wanted = asked or sys.stderr.isatty()
        self._clock = clock
        self._began = clock()
        self._shown = -1

    def __call__(self, share: float) -> None:
        """Shows the share that is done, from 0 to 1."""
        percent = round(100 * min(max(share, 0.0), 1.0))
        is_late = self._clock() - self._began > _BAR_AFTER_SECONDS
        if not self._is_wanted or percent == self._shown or not (is_late or self._shown >= 0):
            return
        self._shown = percent
        full = _BAR_WIDTH * percent // 100
        bar = "█" * full + "·" * (_BAR_WIDTH - full)
        start, end = ("\r", "") if sys.stderr.isatty() else ("", "\n")
        print(f"{start}{bar} {in_words(Percent(share=percent / 100))}", end=end, file=sys.stderr, flush=True)

    def close(self) -> None:
        """Ends the line of the bar, whether it came to its end or not."""
        if self._shown >= 0 and sys.stderr.isatty():
            print(file=sys.stderr, flush=True)

    def __enter__(self) -> ShareBar:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def add_fiscal_year(made: argparse.ArgumentParser, help: str | None = None) -> None:
    """The option that says where quarters and years begin; `None` when nobody gives it."""
    made.add_argument(
        "--fiscal-year-starts",
        "--fiscal-start-month",
        type=int,
        dest="fiscal_year_starts",
        default=None,
        choices=range(1, 13),
        metavar="MONTH",
        help=help or _("the month in which quarters and years begin, 1 to 12"),
    )


def add_currency(made: argparse.ArgumentParser, help: str | None = None) -> None:
    """The option that says in which currency amounts are counted; `None` when nobody gives it."""
    made.add_argument(
        "--currency",
        type=_known_currency,
        metavar="CODE",
        help=help or _("the currency in which amounts are counted, such as EUR, JPY or USD; nothing is converted"),
    )


def currency_of(asked: Currency | None) -> Currency:
    """The currency that was asked for, else the usual one of the language and the system."""
    if asked is not None:
        return asked
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MONETARY") or os.environ.get("LANG") or ""
    return Currency(code=usual_currency(current_language(), locale=system))


def _known_currency(code: str) -> Currency:
    try:
        return Currency(code=checked_currency(code), is_chosen=True)
    except InvalidOperation as error:
        raise argparse.ArgumentTypeError(f"{error.message} {error.hint}") from None


def add_seed(made: argparse.ArgumentParser, help: str) -> None:
    """The option that gives the same random numbers again.

    Args:
        made: the parser of the command.
        help: whose numbers they are.
    """
    made.add_argument("--seed", type=_whole_seed, default=0, help=help)


def _whole_seed(written: str) -> int:
    if not (written.isascii() and written.isdigit()):
        raise argparse.ArgumentTypeError(_("{value} is no whole number from 0 on").format(value=written))
    return int(written)


def add_zone(made: argparse.ArgumentParser) -> None:
    """The option that says in which time zone the service is; `None` when nobody gives it."""
    made.add_argument(
        "--zone",
        type=_known_zone,
        metavar="ZONE",
        help=_("the time zone of the service, such as Asia/Tokyo: days begin and hours hold in it"),
    )


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise argparse.ArgumentTypeError(_("“{zone}” is no time zone; names look like Asia/Tokyo, UTC.").format(zone=name))
    return name


def add_progress(made: argparse.ArgumentParser) -> None:
    """The option that asks for a progress bar."""
    made.add_argument("--progress", action="store_true", help=_("show how far it is, even when stderr is no terminal"))


_ENDINGS = (
    ".csv",
    ".json",
    *(f".{ending}" for ending in ("html", "pdf", "pptx", "xlsx", "xls", "ipynb", "md", "parquet", "zip")),
)
"""Endings that promise a format; any other promises nothing."""


def check_out(path: Path, format: str = "csv") -> None:
    """Says before a long run that its result can't be written, or that the name promises what will not be in it.

    Args:
        path: where the result will be written.
        format: its format, which is also the ending of its name.

    Raises:
        StorageUnavailable: a folder stands there, or its folder is missing or can't be written.
        PlanningError: the name ends as that of a file of another format.
    """
    if path.suffix.lower() in _ENDINGS and path.suffix.lower() != f".{format}":
        raise PlanningError(
            text("{file} is the name of another kind of file than {format}.", file=path.name, format=format.upper()),
            text("Name it {example}.", example=path.with_suffix(f".{format}").name),
        )
    if path.is_dir():
        raise StorageUnavailable(
            text("{path} is a folder.", path=str(path)),
            text("Name a file in it, such as {example}.", example=str(path / "kpis.csv")),
        )
    if not path.parent.is_dir():
        raise StorageUnavailable(
            text("The folder {path} is not there.", path=str(path.parent)), text("Make it first, or name another file.")
        )
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise StorageUnavailable(
            text("{path} can't be written.", path=str(path)), text("Check its rights, or name another file.")
        )


def say(words: object) -> None:
    """Tells the user something that is no result."""
    print(words, file=sys.stderr)


def author() -> str:
    """Who is at work, for the history of what was changed."""
    return os.environ.get("CS_PLANNING_USER") or getpass.getuser()


def now() -> datetime:
    """This moment, aware."""
    return datetime.now(UTC)


def today() -> date:
    """The laptop's own day; `CS_PLANNING_TODAY` moves it."""
    moved = os.environ.get("CS_PLANNING_TODAY")
    return date.fromisoformat(moved) if moved else date.today()  # noqa: DTZ011 - the laptop's own day is meant


def write_json(document: Mapping[str, Any], path: Path) -> None:
    """Writes a document as JSON that people can read too.

    Raises:
        PlanningError: the file can't be written.
    """
    try:
        path.write_text(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise PlanningError(
            text("{file} can't be written: {reason}.", file=str(path), reason=error.strerror or str(error)),
            text("Check the path and its folder."),
        ) from None
