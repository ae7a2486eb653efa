"""What the command line reads and writes: scenarios of files, the document of a result, and the JSON Schemas of both inputs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cs_planning.automation.break_even import break_even, break_even_sentence
from cs_planning.automation.operation import Channel, Operation
from cs_planning.automation.outcome import Band, Clock, Comparison, Outcome
from cs_planning.automation.reading import read_model
from cs_planning.automation.scenario import AS_IS, Scenario
from cs_planning.automation.summary import sentence_of
from cs_planning.errors import InvalidOperation, Problem
from cs_planning.language import text

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_BANDS = (
    "mean_wait_seconds",
    "service_level",
    "abandonment_rate",
    "occupancy",
    "handle_time_seconds",
    "contacts_handled",
    "cost_per_contact",
    "cost_per_resolved",
    "cost_per_month",
)
_OF_CHANNEL = _BANDS[:6]
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


def result_document(
    operation: Operation, scenarios: Sequence[Scenario], comparison: Comparison, *, draws: int, seed: int
) -> dict[str, Any]:
    """A result as plain values for a JSON file, its sentences in the language in force.

    Args:
        operation: what was simulated.
        scenarios: their names tell them apart.
        comparison: its outcomes, "as is" first.
        draws: how many draws stand behind each band.
        seed: of the draws.
    """
    named = {scenario.name: scenario for scenario in scenarios}
    return {
        "operation": operation.name,
        "currency": comparison.currency,
        "service_target": comparison.service_target,
        "draws": draws,
        "seed": seed,
        "scenarios": [
            {**_outcome(outcome, comparison), "break_even": _break_even(operation, named.get(outcome.scenario))}
            for outcome in comparison.outcomes
        ],
    }


def _outcome(outcome: Outcome, comparison: Comparison) -> dict[str, Any]:
    return {
        "name": outcome.scenario,
        "sentence": str(sentence_of(outcome, comparison)),
        **{name: _band(getattr(outcome, name)) for name in _BANDS},
        "response_seconds": {clock.value: _band(outcome.response_seconds(clock)) for clock in Clock},
        "probability_target_met": outcome.probability_target_met,
        "one_off": outcome.one_off,
        "payback_months": outcome.payback_months,
        "net_present_value": outcome.net_present_value,
        "channels": [
            {"name": str(channel.name), **{name: _band(getattr(channel, name)) for name in _OF_CHANNEL}}
            for channel in outcome.channels
        ],
        "warnings": [str(warning) for warning in outcome.warnings],
    }


def _break_even(operation: Operation, scenario: Scenario | None) -> dict[str, Any] | None:
    found = None if scenario is None else break_even(operation, scenario)
    if found is None:
        return None
    return {"containment": found.containment, "until": found.until, "sentence": str(break_even_sentence(found))}


def _band(band: Band) -> dict[str, float]:
    return {"median": band.median, "low": band.low, "high": band.high}


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
