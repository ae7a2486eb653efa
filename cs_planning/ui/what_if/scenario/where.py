"""Where a lever works: the channels that it names, those that the team does not have included."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cs_planning.automation.levers.registry import Lever
from cs_planning.automation.team.operation import Operation
from cs_planning.language import gettext as _
from cs_planning.language import listed_texts, text
from cs_planning.ui import session
from cs_planning.ui.parts.drawing import plain
from cs_planning.workspace.scenarios.told.absent_channels import channel_words, idle_channels
from cs_planning.workspace.words.fields import hint


def draw_idle(base: Lever, key: str, operation: Operation) -> None:
    """Says where a lever does nothing, since the team has no such channel; it is never widened to others.

    Args:
        base: the lever as it is kept.
        key: in front of the keys of its fields.
        operation: the team.
    """
    named = _named(base, key)
    idle = idle_channels(base.model_copy(update={"channels": named}), operation)
    if not idle:
        return
    channels = listed_texts([channel_words(name) for name in idle])
    told = (
        text("Works on {channels}, which this team does not have: it does nothing.", channels=channels)
        if len(idle) == len(named)
        else text("Works on {channels} too, which this team does not have: it does nothing there.", channels=channels)
    )
    where = _("Change it under “Details, cost and ranges”, or remove the lever.")
    st.caption(f":orange[:material/link_off: {plain(told)} {where}]")


def draw_where(base: Lever, key: str, operation: Operation | None, box: Any) -> dict[str, Any]:
    """The field for the channels of a lever; nothing where the team has one channel and the lever names none.

    Args:
        base: the lever as it is kept.
        key: in front of the keys of its fields.
        operation: the team, where it is described.
        box: in which the field stands, or `Folded`.
    """
    named = _named(base, key)
    if operation is None or not (len(operation.channels) > 1 or named or base.channels):
        return {}
    possible = [channel for channel in operation.channels if channel.has_people or base.also_without_people]
    names = {channel.name or channel.kind.value: str(channel.label()) for channel in possible}
    absent = idle_channels(base.model_copy(update={"channels": (*base.channels, *named)}), operation)
    for name in (*base.channels, *named):
        words = channel_words(name)
        names.setdefault(name, str(text("{channel} (not in this team)", channel=words) if name in absent else words))
    chosen = box.multiselect(
        _("Works on (empty: all channels)"),
        list(names),
        list(base.channels),
        format_func=lambda name: names.get(name, name),
        key=f"{key}-channels",
        persist_state="session",
        help=hint("lever.channels"),
    )
    return {"channels": tuple(chosen)}


def _named(base: Lever, key: str) -> tuple[str, ...]:
    """What the field says, or, before it was drawn, the lever."""
    return tuple(session.widget_value(f"{key}-channels", base.channels))
