"""Usual values: what no data and nobody told of a team, marked at each number and said in the headline until confirmed."""

from __future__ import annotations

from cs_planning.automation.team.operation import Operation
from cs_planning.language import Text, listed_texts, text
from cs_planning.workspace.words.fields import label


def usual_words(operation: Operation) -> Text | None:
    """Which numbers of a team are usual values that nobody confirmed; None where there are none."""
    if not operation.usual_values:
        return None
    several = len(operation.channels) > 1
    named: list[Text] = []
    for path in operation.usual_values:
        field = path.rpartition(".")[2]
        found = label(f"team.{field}", text("{name}", name=field))
        number = path.split(".")[1] if path.startswith("channels.") else ""
        if several and number.isdigit() and int(number) < len(operation.channels):
            found = text("{channel}: {figure}", channel=operation.channels[int(number)].label(), figure=found)
        named.append(found)
    return text("With usual values for {values}. Confirm or change them under “The team as it is”.", values=listed_texts(named))


def of_channel(operation: Operation, place: int) -> frozenset[str]:
    """The fields of one channel that are usual values."""
    start = f"channels.{place}."
    return frozenset(path.removeprefix(start) for path in operation.usual_values if path.startswith(start))


def of_team(operation: Operation) -> frozenset[str]:
    """The fields of the team as a whole that are usual values."""
    return frozenset(path for path in operation.usual_values if not path.startswith("channels."))
