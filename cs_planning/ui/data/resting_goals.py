"""The goals that would stand without data, said before series go."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from cs_planning.goals.title import title_of
from cs_planning.language import listed, ntext
from cs_planning.ui.parts.drawing import plain
from cs_planning.workspace import Workspace


def warn(workspace: Workspace, series: Collection[str]) -> None:
    """Names the goals that rest on some series; nothing where none does.

    Args:
        workspace: with the goals.
        series: the keys of those that would go.
    """
    resting = [title_of(goal) for goal in workspace.planning.goals() if goal.series in series or goal.guard_series in series]
    if not resting:
        return
    words = ntext(
        "{count} goal rests on them and would stand without data: {goals}.",
        "{count} goals rest on them and would stand without data: {goals}.",
        len(resting),
        goals=listed(resting),
    )
    st.warning(plain(words), icon=":material/flag:")
