"""Levers for channels that a team does not have, or no longer has: kept as they are, said, and never widened."""

from __future__ import annotations

from cs_planning.automation.levers.registry import Lever
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.team.channel import Channel, ChannelKind
from cs_planning.automation.team.operation import Operation
from cs_planning.errors import InvalidOperation
from cs_planning.language import Text, listed_texts, text


def channel_words(name: str) -> Text:
    """How a channel that a lever names is called, by its name or by its kind."""
    kinds = {kind.value for kind in ChannelKind}
    return Channel.model_construct(kind=ChannelKind(name), name="").label() if name in kinds else text("{name}", name=name)


def idle_channels(lever: Lever, operation: Operation) -> tuple[str, ...]:
    """Those of the channels that a lever names on which it can't do anything: the team has none of them that it works on."""
    return tuple(
        name
        for name in lever.channels
        if not any(lever.model_copy(update={"channels": (name,)}).works_on(channel) for channel in operation.channels)
    )


def working(scenario: Scenario, operation: Operation) -> Scenario:
    """What of a scenario works on a team: a lever that is left without any channel is left out."""
    levers = []
    for lever in scenario.levers:
        idle = idle_channels(lever, operation)
        left = tuple(name for name in lever.channels if name not in idle)
        if left or not idle:
            levers.append(lever.model_copy(update={"channels": left}) if idle else lever)
    return scenario.model_copy(update={"levers": tuple(levers)})


def why_not_computed(scenario: Scenario, operation: Operation) -> Text | None:
    """Which lever of a scenario is for which channel that the team does not have; None where there is none."""
    found = [
        text("{lever} works on {channels}", lever=lever.title, channels=listed_texts([channel_words(name) for name in idle]))
        for lever in scenario.levers
        if (idle := idle_channels(lever, operation))
    ]
    if not found:
        return None
    return text(
        "“{name}” can't be computed for this team: {levers}, which the team does not have.",
        name=scenario.name,
        levers=listed_texts(found),
    )


def refuse_absent_channels(scenario: Scenario, operation: Operation) -> None:
    """Refuses a scenario with a lever for a channel that the team does not have.

    Raises:
        InvalidOperation: it names the scenario, the lever and the channel.
    """
    why = why_not_computed(scenario, operation)
    if why is not None:
        raise InvalidOperation(
            why, text("Open it on the What-if page and change where the lever works, or remove the lever, or put it away.")
        )
