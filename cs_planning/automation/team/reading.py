"""Fields typed by people or read from a file → an operation or a scenario, with everything that is wrong said at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from cs_planning.automation.ranges import percent_typed, percent_words
from cs_planning.automation.team.channel import Channel
from cs_planning.automation.team.operation import Operation
from cs_planning.errors import InvalidOperation, Problem
from cs_planning.language import Text, listed_texts, text

Model = TypeVar("Model", bound=BaseModel)
_CHANNEL_FIELDS = frozenset(Channel.model_fields)


def read_operation(fields: Mapping[str, Any] | str | bytes) -> Operation:
    """An operation from its fields.

    Args:
        fields: those of `Operation`, or JSON; those of a single channel may stand among them instead of `channels`.

    Raises:
        InvalidOperation: `problems` names each field that is missing, out of its range or of a wrong kind.
    """
    given = dict(_parsed(fields))
    if "channels" not in given:
        channel = {name: given.pop(name) for name in list(given) if name in _CHANNEL_FIELDS and name != "name"}
        given["channels"] = [channel]
    return read_model(Operation, given)


def read_model(model: type[Model], fields: Mapping[str, Any] | str | bytes) -> Model:
    """A pydantic model from its fields or JSON.

    Raises:
        InvalidOperation: with all problems at once.
    """
    try:
        return model.model_validate(dict(_parsed(fields)))
    except ValidationError as error:
        raise invalid(error) from None


def invalid(error: ValidationError) -> InvalidOperation:
    """What pydantic found, as one error for the user."""
    findings = [finding for finding in error.errors(include_url=False) if not _is_other_branch(finding)]
    inside = any(str(part) == "channels" for finding in findings for part in finding["loc"][:-1])
    problems = [_problem(finding) for finding in findings if not (inside and finding["loc"] == ("channels",))]
    unique = {(problem.field, str(problem.message)): problem for problem in problems}
    listed = tuple(unique.values())
    return InvalidOperation(
        text("{count} fields can't be used: {fields}.", count=len(listed), fields=listed_texts([str(p.field) for p in listed]))
        if len(listed) > 1
        else text("{field}: {message}", field=listed[0].field, message=listed[0].message),
        listed[0].remedy,
        listed,
    )


def _parsed(fields: Mapping[str, Any] | str | bytes) -> Mapping[str, Any]:
    if isinstance(fields, Mapping):
        return fields
    try:
        parsed = json.loads(fields)
    except ValueError as error:
        raise InvalidOperation(
            text("This is not JSON: {reason}.", reason=str(error)), text("Check the file; the schema describes its form.")
        ) from None
    if not isinstance(parsed, dict):
        raise InvalidOperation(
            text("The file holds no object with fields."), text("Write {{ … }} with the fields of the schema.")
        )
    return parsed


def _is_other_branch(finding: Any) -> bool:
    """Whether it only says that a value is not the other half of "number or range"."""
    is_range = isinstance(finding["input"], dict | BaseModel)
    return (finding["loc"][-1:] == ("float",) and is_range) or (finding["loc"][-1:] == ("Range",) and not is_range)


def _problem(finding: Any) -> Problem:
    inside = str((finding.get("ctx") or {}).get("at") or "")
    place = ".".join(str(part) for part in (*finding["loc"], inside) if part not in {"float", "Range", ""})
    field = place.removeprefix("channels.0.") or "operation"
    value = finding["input"]
    message, remedy = _explained(finding["type"], finding.get("ctx") or {}, value, finding["msg"], field)
    shown = None if isinstance(value, dict | list | tuple) else str(value)
    return Problem(field=field, message=message, remedy=remedy, value=shown)


def _explained(kind: str, context: Mapping[str, Any], value: Any, plain: str, field: str) -> tuple[Text, Text]:
    match kind:
        case "planning":
            return context["message"], context["remedy"]
        case _ if value is None and field.endswith("currency"):
            return text("The currency is missing."), text("Write its three letters, such as EUR, JPY or USD.")
        case "missing" if field.endswith("currency"):
            return text("The currency is missing."), text("Write its three letters, such as EUR, JPY or USD.")
        case "missing":
            return text("The field is missing."), text("Fill it in.")
        case "extra_forbidden":
            return text("There is no such field."), text("Check its spelling against the schema, or leave it out.")
        case "string_pattern_mismatch" if field.endswith("currency"):
            return (
                text("'{value}' is not a currency code.", value=str(value)),
                text("Write three capital letters, such as EUR, JPY or USD."),
            )
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            return _outside(context, value, kind)
        case _ if value is None:
            return text("The field is empty."), text("Fill it in.")
        case "float_parsing" | "float_type" | "int_parsing" | "int_type" | "int_from_float" | "finite_number":
            return text("'{value}' is not a number that can be used.", value=str(value)), text("Write a plain number.")
        case "too_short":
            return text("There is no channel."), text("Describe at least one channel.")
        case "enum" | "literal_error" | "union_tag_invalid":
            expected = str(context.get("expected") or context.get("expected_tags"))
            return text("'{value}' is not known.", value=str(value)), text("Use one of {expected}.", expected=expected)
        case _:
            return text("The value can't be used: {reason}.", reason=plain), text("Check it against the schema.")


def _outside(context: Mapping[str, Any], value: Any, kind: str) -> tuple[Text, Text]:
    bound = next(iter(float(context[name]) for name in ("gt", "ge", "lt", "le") if name in context))
    if kind.startswith("less") and bound == 1 and isinstance(value, int | float) and percent_typed(float(value)):
        return percent_words(float(value))
    found = f"{value:g}" if isinstance(value, int | float) else str(value)
    limit = f"{bound:g}"
    message = text("{value} is outside its range.", value=found)
    return message, {
        "greater_than": text("Write a value above {limit}.", limit=limit),
        "greater_than_equal": text("Write {limit} or more.", limit=limit),
        "less_than": text("Write a value below {limit}.", limit=limit),
        "less_than_equal": text("Write {limit} or less.", limit=limit),
    }[kind]
