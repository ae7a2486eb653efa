"""What differs between two descriptions of a team, in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from cs_planning.automation.team.channel import Channel
from cs_planning.automation.team.operation import Operation
from cs_planning.language import Text, listed_texts, text
from cs_planning.workspace.words.fields import label

_OWN_WORDS = {
    "service_target_period": text("It counts"),
    "usual_values": text("which numbers are usual values"),
    "arrivals_per_interval": text("Contacts by hour"),
    "agents_per_interval": text("People by hour"),
}
_FITTED = text("fit to the data")


def team_changes(before: Operation | None, after: Operation) -> tuple[Text, ...]:
    """What differs between two saves of a team, the team as a whole first, then channel by channel.

    Args:
        before: None for the first description.
        after: channels are compared in their order where they are of one kind.
    """
    if before is None:
        return (text("The team was described"),)
    found: list[Text] = []
    whole = _different(before, after, but=("channels",))
    if whole:
        found.append(text("Team: {fields} changed", fields=listed_texts(whole)))
    pairs = _pairs(before.channels, after.channels)
    for then, now in pairs:
        if then is None and now is not None:
            found.append(text("Team: {channel} added", channel=now.label()))
        elif now is None and then is not None:
            found.append(text("Team: {channel} removed", channel=then.label()))
        elif then is not None and now is not None and (fields := _different(then, now)):
            found.append(text("Team, {channel}: {fields} changed", channel=now.label(), fields=listed_texts(fields)))
    return tuple(found)


def _pairs(before: Sequence[Channel], after: Sequence[Channel]) -> list[tuple[Channel | None, Channel | None]]:
    """The channels of one kind and name beside each other, in their order."""
    keys = list(dict.fromkeys((one.kind, one.name) for one in (*before, *after)))
    found: list[tuple[Channel | None, Channel | None]] = []
    for key in keys:
        then, now = ([one for one in side if (one.kind, one.name) == key] for side in (before, after))
        found += zip_longest(then, now)
    return found


def _different(before: Any, after: Any, but: tuple[str, ...] = ()) -> list[Text]:
    """The names of the fields that differ; those that nobody writes are the fit to the data."""
    names = [name for name in type(after).model_fields if name not in but and getattr(before, name) != getattr(after, name)]
    words = [label(f"team.{name}", _OWN_WORDS.get(name, _FITTED)) for name in names]
    return list({str(one): one for one in words}.values())
