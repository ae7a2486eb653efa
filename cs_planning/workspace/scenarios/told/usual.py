"""Usual values: what no data and nobody told of a team, marked at each number and said in the headline until confirmed."""

from __future__ import annotations

from cs_planning.automation.team.operation import Operation
from cs_planning.language import Text, listed_texts, text
from cs_planning.workspace.words.fields import label


def usual_words(operation: Operation) -> Text | None:
    """Which numbers of a team are usual values that nobody confirmed, channel by channel; None where there are none."""
    if not operation.usual_values:
        return None
    several = len(operation.channels) > 1
    groups = [] if not (whole := of_team(operation)) else [listed_texts(_labels(operation, whole))]
    for place, channel in enumerate(operation.channels):
        if fields := of_channel(operation, place):
            values = listed_texts(_labels(operation, fields, place))
            groups.append(text("{channel} ({values})", channel=channel.label(), values=values) if several else values)
    return text(
        "With usual values for {values}. Confirm or change them under “The team as it is”.", values=listed_texts(groups)
    )


def _labels(operation: Operation, fields: frozenset[str], place: int | None = None) -> list[Text]:
    """Their names as they stand on the screen, in the order in which they were found."""
    start = "" if place is None else f"channels.{place}."
    found = [path.removeprefix(start) for path in operation.usual_values if path.startswith(start)]
    return [label(f"team.{field}", text("{name}", name=field)) for field in found if field in fields]


def of_channel(operation: Operation, place: int) -> frozenset[str]:
    """The fields of one channel that are usual values."""
    start = f"channels.{place}."
    return frozenset(path.removeprefix(start) for path in operation.usual_values if path.startswith(start))


def of_team(operation: Operation) -> frozenset[str]:
    """The fields of the team as a whole that are usual values."""
    return frozenset(path for path in operation.usual_values if not path.startswith("channels."))
