"""What may go after a time: how much of it there is, and the command that takes it away; nothing goes from a page."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import streamlit as st

from cs_planning.language import FileSize, shown_number, text
from cs_planning.language import gettext as _
from cs_planning.ui import session
from cs_planning.ui.parts.escaping import plain
from cs_planning.workspace import Limits, Outdated, Workspace
from cs_planning.workspace.words.fields import hint

_CHOICES = (0, 365, 730, 1825)
"""Days after which versions and snapshots may go; 0 for never."""
_YEAR = 365
_MARKS_DAYS = 90
_WIDTH = 240


def draw(workspace: Workspace) -> None:
    """The limits to look at, what is beyond them, and the command; counted only when it is opened."""
    section = st.expander(f"**{_('What may go after a time')}**", key="retention", on_change="rerun")
    if not section.open:
        return
    with section:
        st.markdown(
            _(
                "Every version, snapshot and picture is kept for ever unless somebody says otherwise. Here you see what is "
                "older than a limit; whoever runs the server takes it away with the command below, after a backup."
            )
        )
        with st.container(horizontal=True):
            versions = st.selectbox(
                _("Earlier versions after"),
                _CHOICES,
                format_func=_in_years,
                key="retention-versions",
                width=_WIDTH,
                help=hint("retention_versions"),
            )
            snapshots = st.selectbox(
                _("Snapshots after"),
                _CHOICES,
                format_func=_in_years,
                key="retention-snapshots",
                width=_WIDTH,
                help=hint("retention_snapshots"),
            )
        now = session.now()
        usual = now - timedelta(days=_MARKS_DAYS)
        limits = Limits(
            saves=usual,
            versions=now - timedelta(days=versions) if versions else None,
            snapshots=now - timedelta(days=snapshots) if snapshots else None,
            pictures=usual,
        )
        _draw_found(workspace.retention.outdated(limits, now))
        asked = [f"--versions {versions}"] * bool(versions) + [f"--snapshots {snapshots}"] * bool(snapshots)
        st.code(" ".join(["python -m cs_planning retention", *asked, "--delete"]), language="bash", wrap_lines=True)


def _in_years(days: int) -> str:
    if not days:
        return _("never")
    years = days // _YEAR
    return _("1 year") if years == 1 else _("{years} years").format(years=years)


def _draw_found(found: Outdated) -> None:
    if found.is_nothing:
        st.success(_("Nothing is older than that."), icon=":material/check_circle:")
        return
    kinds = {
        _("Marks of saves, older than 90 days"): found.saves,
        _("Earlier versions; the first, the present one and the last of each day stay"): found.versions,
        _("Snapshots that no open link and no decision shows"): found.snapshots,
        _("Pictures that nothing shows, older than 90 days"): found.pictures,
    }
    table = pd.DataFrame({_("What"): list(kinds), _("How many"): [shown_number(count, 0) for count in kinds.values()]})
    st.table(table.map(plain), border="horizontal", hide_index=True, alt=_("What is older than its limit"))
    if found.content_bytes:
        st.caption(plain(text("Together {size}.", size=FileSize(bytes=found.content_bytes))))
