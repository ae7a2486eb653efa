"""Taking series out that were read wrongly, with what rests on them said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from cs_planning.errors import PlanningError
from cs_planning.language import gettext as _
from cs_planning.language import listed, text
from cs_planning.ui import session
from cs_planning.ui.data import resting_goals
from cs_planning.ui.parts.drawing import plain
from cs_planning.ui.parts.saving import draw_refusal
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_FORM, _CHOSEN, _DONE = "series-deletion", "series-to-delete", "series-deleted"


def draw_deleted() -> None:
    """What was taken out by the click before, or why nothing was."""
    draw_refusal()
    done = session.kept(_DONE)
    if done:
        session.forget(_DONE)
        st.success(plain(done), icon=":material/delete:")


def draw_deletion(workspace: Workspace, names: Mapping[str, str]) -> None:
    """The choice of series and the click that takes them out.

    Args:
        workspace: with the series.
        names: what each series is called, by its key.
    """
    with st.expander(_("Take out series that were read wrongly"), icon=":material/delete:", type="compact"):
        chosen = st.multiselect(
            _("Series to take out"),
            list(names),
            format_func=lambda key: names[key],
            key=_CHOSEN,
            help=hint("series_to_delete"),
        )
        resting_goals.warn(workspace, chosen)
        st.caption(_("What is computed of contacts comes back with the next import of contacts."))
        st.button(
            _("Take them out"),
            icon=":material/delete:",
            disabled=not chosen,
            key="delete-series",
            on_click=_delete,
            args=(workspace, tuple(chosen), names),
        )


def _delete(workspace: Workspace, chosen: Sequence[str], names: Mapping[str, str]) -> None:
    try:
        count = workspace.data.delete_series(chosen, save=session.save(_FORM))
    except PlanningError as error:
        session.say(error)
        return
    session.finish_form(_FORM)
    session.drop_widget(_CHOSEN)
    words = text("{series}: {count} values were taken out.", series=listed(names[key] for key in chosen), count=count)
    session.keep(_DONE, str(words))
