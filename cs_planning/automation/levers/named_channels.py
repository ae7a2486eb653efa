"""The channels that levers name, held against those that the team has: nothing is taken without a word."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from cs_planning.automation.levers.registry import Lever
from cs_planning.automation.team.operation import Operation
from cs_planning.errors import InvalidOperation, Problem
from cs_planning.language import text


def refuse_unknown_channels(operation: Operation, scenario: str, levers: Sequence[Lever]) -> None:
    """Refuses a scenario with a lever for a channel that the team does not have, or on which the lever can do nothing.

    Args:
        operation: the team as it is.
        scenario: the name of the scenario.
        levers: those of the scenario.

    Raises:
        InvalidOperation: `problems` names each such lever, what it names, and what may be meant.
    """
    people = {name for one in operation.channels if one.has_people for name in one.names}
    known = {name for one in operation.channels for name in one.names}
    problems = [
        _problem(operation, number, lever.kind, name)
        for number, lever in enumerate(levers)
        for name in lever.channels
        if name not in known
    ]
    useless = [
        _problem_of_pages(number, lever, name)
        for number, lever in enumerate(levers)
        for name in lever.channels
        if name in known - people and not lever.also_without_people
    ]
    if problems or useless:
        raise InvalidOperation(
            text("The scenario “{name}” can't be computed: it names channels that the team does not have.", name=scenario)
            if problems
            else text("The scenario “{name}” can't be computed: it has a lever where it can do nothing.", name=scenario),
            hint=text("Mend what is listed."),
            problems=[*problems, *useless],
        )


def _problem_of_pages(number: int, lever: Lever, name: str) -> Problem:
    return Problem(
        message=text(
            "A lever ({kind}) is for the channel “{name}”, which nobody answers: it can do nothing there.",
            kind=lever.kind,
            name=name,
        ),
        remedy=text("Name a channel with people, or none for all of them."),
        field=f"levers.{number}.channels",
        value=name,
    )


def _problem(operation: Operation, number: int, kind: str, name: str) -> Problem:
    named = [*(one.name for one in operation.channels), *(one.kind.value for one in operation.channels)]
    names = [one for one in dict.fromkeys(named) if one]
    near = get_close_matches(name, names, n=1)
    remedy = (
        text("Write “{near}” if that is meant.", near=near[0])
        if near
        else text("Name one of these: {names}.", names=", ".join(names))
    )
    return Problem(
        message=text("A lever ({kind}) is for the channel “{name}”, which the team does not have.", kind=kind, name=name),
        remedy=remedy,
        field=f"levers.{number}.channels",
        value=name,
    )
