"""Writes the pages of the documentation that say what the code already knows.

    python -m tests.docs.reference

The KPI catalogue, the words, the file formats, the settings, the commands, the rooms, and the drawing of the import contract.
"""

from __future__ import annotations

import argparse
import os
import tomllib
from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path
from unittest import mock

from cs_planning.cli import program
from cs_planning.kpis.catalogue import CATALOGUE, KGIS
from cs_planning.kpis.columns.helpdesks import helpdesks
from cs_planning.kpis.quantity import unit_label
from cs_planning.language import Text, use_language
from cs_planning.workspace.words.fields import FIELDS
from cs_planning.workspace.words.figures import FIGURES
from cs_planning.workspace.words.terms import TERMS
from tests.docs.rooms import rooms

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SETTINGS = {
    "CS_PLANNING_HOME": (
        "The folder of the workspace: the database, the contact log, and the sample team beside them. Without"
        " it, the data folder of the user."
    ),
    "CS_PLANNING_DATABASE_URL": (
        "The address of a PostgreSQL database, `postgresql://…`, for a workspace that a department shares. "
        "Without it, a SQLite file in the folder."
    ),
    "CS_PLANNING_BACKUPS": (
        "How many of the backups are kept that the program makes by itself in the folder `backups` of the workspace, before an "
        "update of the tables and before a restore over a used workspace; 3 without it. `0` updates without a backup."
    ),
    "CS_PLANNING_ENGINE": (
        "The URL of the engine that the command `kpis --table` asks, such as `spark://master:7077`, with its settings and its "
        "password. Without it, and without `--engine`, DuckDB in the process."
    ),
    "CS_PLANNING_SAMPLE": (
        "`0` leaves the sample team out. Without it, a workspace that was never used shows the sample team."
    ),
    "CS_PLANNING_USER": "Who is at work, for the history. Without it the app asks; the command line takes the account.",
    "CS_PLANNING_HOSTS": (
        "The names under which the server answers, parted by commas, such as `planning.example.com` or `*.example.com`. "
        "It always answers under an address and under `localhost`; under any other name it refuses, since a foreign website "
        "could otherwise reach it through a name of its own (DNS rebinding)."
    ),
    "CS_PLANNING_OPEN_TO_NETWORK": (
        "`yes` lets the server start on an address that others reach although no proxy says who signed in; everybody on the "
        "network may then do everything. Without it, such a server does not start and says why."
    ),
    "CS_PLANNING_METRICS_TOKEN": (
        "With it, `GET /metrics` (requests, page runs, readiness, free disk) and `GET /_stcore/metrics` (sessions, caches) are "
        "told in Prometheus form to whoever sends `Authorization: Bearer …` with this token. Without it, nobody is told."
    ),
    "CS_PLANNING_LOG": (
        "`json` writes a line of JSON to stderr for each request, page run and error: when, what, who signed in, status and "
        "milliseconds. Tokens of links, names of sessions and what was typed never stand there. Without it, errors alone are "
        "written, as text."
    ),
    "CS_PLANNING_ACCOUNT_HEADER": (
        "The request header, such as `X-Forwarded-User`, in which a proxy with a login says who signed in. That name stands "
        "in the history and beside comments; visitors without it read pages by their links and see and upload nothing else. "
        "It is believed together with `CS_PLANNING_PROXY_SECRET` alone, without which the server does not start. Without it, "
        "everybody who reaches the app may do all."
    ),
    "CS_PLANNING_PROXY_SECRET": (
        "A secret of at least 16 characters that the proxy sends with every request in the header "
        "`X-CS-Planning-Proxy-Secret`: the proof that the account comes from it. The proxy must replace both headers in what "
        "visitors send."
    ),
    "CS_PLANNING_TODAY": "A day that counts as today, `YYYY-MM-DD`, for rehearsals.",
}
"""Every environment variable that the program reads."""


def kpis() -> str:
    """The KPI catalogue and the company goals."""
    rows = [
        (
            f"`{one.id}`",
            one.name,
            unit_label(one),
            one.better.value,
            one.formula,
            _bounds(one.lower, one.upper),
            one.minimum_sample,
        )
        for one in CATALOGUE.values()
    ]
    heads = ("Id", "Name", "Unit", "Better", "How it is computed", "Valid range", "Minimum sample")
    goals = _table(("Id", "Company goal (KGI)"), ((f"`{one.id}`", one.name) for one in KGIS.values()))
    return f"# KPI catalogue\n\n{_table(heads, rows)}\n\n## Company goals\n\n{goals}\n"


def words() -> str:
    """The glossary, in both languages."""
    rows = ((term.name, term.meaning) for term in TERMS.values())
    table = _in_both_languages(("Word", "日本語", "Meaning"), rows)
    return f"# Words\n\nThe same texts stand as help at the fields and in the glossary of the app.\n\n{table}\n"


def figures() -> str:
    """How every computed number comes about."""
    rows = ((figure.name, figure.formula) for figure in FIGURES.values())
    table = _in_both_languages(("Number", "日本語", "How it comes about"), rows)
    return f"# Computed numbers\n\nThe same texts stand as help at the numbers and in the glossary of the app.\n\n{table}\n"


def _in_both_languages(heads: tuple[str, str, str], rows: Iterable[tuple[Text, Text]]) -> str:
    def japanese(name: Text) -> str:
        with use_language("ja"):
            return str(name)

    return _table(heads, [(f"**{name}**", japanese(name), meaning) for name, meaning in rows])


def fields() -> str:
    """The help at every field, page by page."""
    parts = ["# Fields\n\nThe same texts stand as help at the fields of the app.\n"]
    for page, own in FIELDS.items():
        rows = dict.fromkeys((f"**{one.label}**", str(one.help)) for one in own)
        parts.append(f"## {page}\n\n{_table(('Field', 'Help'), rows)}\n")
    return "\n".join(parts)


def formats() -> str:
    """The files that are recognised, with the headers of each."""
    parts = [
        "# File formats\n\nCSV, TSV, Excel and Parquet, also zipped, several at once. The import shows what it understood, and "
        "every column can be given another role; the correction is remembered for files with the same header.\n"
    ]
    for one in sorted(helpdesks(), key=lambda desk: (desk.id.startswith("generic"), desk.name)):
        rows = [(role.label, ", ".join(f"`{spelling}`" for spelling in spellings)) for role, spellings in one.columns.items()]
        parts.append(f"## {one.name} ({one.id.replace('_', ' ')})\n\n{_table(('Role', 'Headers'), rows)}\n")
    return "\n".join(parts)


def settings() -> str:
    """The environment variables."""
    table = _table(("Variable", "Meaning"), ((f"`{name}`", meaning) for name, meaning in SETTINGS.items()))
    return (
        f"# Settings\n\nThe app reads these environment variables when it starts.\n\n{table}\n\n"
        "Address, port, upload limit and theme are in `.streamlit/config.toml`; each line there says why it is set. "
        "Fiscal year, opening hours, holidays and whether pages open by a link are set on the page **Settings** of the app.\n"
    )


def commands() -> str:
    """Every command with its help."""
    with mock.patch.dict(os.environ, {"COLUMNS": "100"}):
        return _commands(program())


def _commands(parser: argparse.ArgumentParser) -> str:
    offered = next(one.choices for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    parts = ["# Command line\n", f"```text\n{parser.format_help().rstrip()}\n```\n"]
    parts += [f"## {name}\n\n```text\n{one.format_help().rstrip()}\n```\n" for name, one in offered.items()]
    return "\n".join(parts)


def layers() -> str:
    """The drawing of the import contract: each layer may import from those below it only."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
    rows = [["app.py"], ["pages"], *([name.strip() for name in layer.split("|")] for layer in contract["layers"])]
    width, height, gap = 640, 40, 14
    shapes = []
    for number, row in enumerate(rows):
        top, each = 10 + number * (height + gap), (width - gap * (len(row) - 1)) / len(row)
        for place, name in enumerate(row):
            left = 10 + place * (each + gap)
            shapes.append(
                f'<rect x="{left:.0f}" y="{top}" width="{each:.0f}" height="{height}" rx="6" fill="#e6f1f2" stroke="#0b6e75"/>'
                f'<text x="{left + each / 2:.0f}" y="{top + 26}" text-anchor="middle">{escape(name)}</text>'
            )
        if number:
            shapes.append(
                f'<path d="M{width / 2 + 10:.0f} {top - gap + 1} v{gap - 5} m-4 -4 l4 4 l4 -4" fill="none" stroke="#51636a"/>'
            )
    tall = 20 + len(rows) * (height + gap) - gap
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width + 20} {tall}" role="img" '
        'font-family="sans-serif" font-size="15" fill="#1d2a2e">\n'
        f"<title>Each folder imports only from those below it: {escape(' → '.join(' | '.join(row) for row in rows))}</title>\n"
        f'<rect width="{width + 20}" height="{tall}" fill="#ffffff"/>\n' + "\n".join(shapes) + "\n</svg>\n"
    )


PAGES: dict[str, Callable[[], str]] = {
    "reference/kpis.md": kpis,
    "reference/words.md": words,
    "reference/figures.md": figures,
    "reference/fields.md": fields,
    "reference/formats.md": formats,
    "reference/settings.md": settings,
    "reference/commands.md": commands,
    "reference/rooms.md": rooms,
    "pictures/layers.svg": layers,
}
"""What is written, by its place in `docs/`."""


def written(page: str) -> str:
    """The text of a generated page."""
    with use_language("en"):
        return PAGES[page]()


def _table(heads: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines
    )


def _bounds(lower: float | None, upper: float | None) -> str:
    if lower is None:
        return ""
    return f"from {lower:g}" if upper is None else f"{lower:g} to {upper:g}"


if __name__ == "__main__":
    for page in PAGES:
        place = DOCS / page
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(written(page), encoding="utf-8")
        print(f"docs/{page}")
