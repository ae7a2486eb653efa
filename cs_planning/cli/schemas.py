"""The command that describes the JSON files which other programs write or read: schema."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cs_planning.automation.answers.result_file import operation_schema, result_schema, scenario_schema
from cs_planning.cli.command import check_out, command, write_json
from cs_planning.language import gettext as _
from cs_planning.notebook.page_schema import page_schema

_SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "operation": operation_schema,
    "scenario": scenario_schema,
    "result": result_schema,
    "page": page_schema,
}


def add_commands(commands: Any) -> None:
    """Declares the commands of this module."""
    made = command(
        commands,
        "schema",
        _("Print the JSON Schema of an operation, a scenario, the result of a simulation or a goal page."),
        _schema,
        "schema operation",
        "schema page --out page.schema.json",
    )
    made.add_argument("of", choices=tuple(_SCHEMAS), help=_("what is described"))
    made.add_argument("--out", type=Path, help=_("write a file instead"))


def _schema(arguments: argparse.Namespace) -> int:
    schema = _SCHEMAS[arguments.of]()
    if arguments.out:
        check_out(arguments.out, "json")
        write_json(schema, arguments.out)
    else:
        print(json.dumps(schema, ensure_ascii=False, indent=2))
    return 0
