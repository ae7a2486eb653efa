"""What the command line reads and writes: scenarios of files, and the JSON Schemas of what is read and of the result."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cs_planning.automation.answers.simulation_result import SimulationResult
from cs_planning.automation.scenarios.scenario import AS_IS, Scenario
from cs_planning.automation.team.channel import Channel
from cs_planning.automation.team.operation import Operation
from cs_planning.automation.team.reading import read_model
from cs_planning.errors import InvalidOperation, Problem
from cs_planning.language import text

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_PROFILES = ("arrivals_per_interval", "agents_per_interval")


def read_scenarios(content: str | bytes) -> tuple[Scenario, ...]:
    """The scenarios of a file: one object, or a list of them.

    Raises:
        InvalidOperation: with all problems of the first scenario that can't be used.
    """
    try:
        parsed = json.loads(content)
    except ValueError:
        parsed = None
    if not isinstance(parsed, list):
        return (read_model(Scenario, content),)
    if not parsed or not all(isinstance(one, dict) for one in parsed):
        raise InvalidOperation(
            text("The file holds no scenario."), text("Write one scenario, or a list of them, as the schema describes.")
        )
    return tuple(read_model(Scenario, one) for one in parsed)


def check_names(scenarios: Sequence[Scenario]) -> None:
    """Names tell scenarios apart.

    Raises:
        InvalidOperation: two of them have the same name, or one is called like the team without levers.
    """
    names = [scenario.name for scenario in scenarios]
    twice = [name for place, name in enumerate(names) if name in (*names[:place], AS_IS)]
    if twice:
        problems = [
            Problem(field="name", message=text("This name is taken."), remedy=text("Choose another name."), value=name)
            for name in twice
        ]
        raise InvalidOperation(
            text("Two scenarios are called “{name}”.", name=twice[0]), text("Give each scenario a name of its own."), problems
        )


def operation_schema() -> dict[str, Any]:
    """JSON Schema of an operation: with channels, or with the fields of its only channel at the top level."""
    whole = Operation.model_json_schema()
    definitions = whole.pop("$defs")
    channel = definitions["Channel"]
    for profile in _PROFILES:
        rows = channel["properties"][profile]
        row = rows.pop("items")
        rows["items"] = {"anyOf": [row, row["items"]]}
    of_channel = {name: shape for name, shape in channel["properties"].items() if name != "name"}
    of_team = {name: shape for name, shape in whole["properties"].items() if name != "channels"}
    required = [name for name in (*whole["required"], *channel["required"]) if name != "channels"]
    only = {
        "title": "Operation with one channel",
        "type": "object",
        "description": Channel.__doc__ or "",
        "additionalProperties": False,
        "properties": {**of_team, **of_channel},
        "required": required,
    }
    return {"$schema": _DRAFT, "title": "Operation", "anyOf": [whole, only], "$defs": definitions}


def scenario_schema() -> dict[str, Any]:
    """JSON Schema of a scenario."""
    return {"$schema": _DRAFT, **Scenario.model_json_schema()}


def result_schema() -> dict[str, Any]:
    """JSON Schema of what `simulate` writes."""
    return {"$schema": _DRAFT, **SimulationResult.model_json_schema(mode="serialization")}
