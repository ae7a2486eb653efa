"""Taking a page along: one menu with every format; a file is made when it is asked for."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from cs_planning.exports import FORMATS, PAPERS, file_name
from cs_planning.language import current_language, text
from cs_planning.language import gettext as _
from cs_planning.notebook.cells.page_head import Parameters
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.run import RunPage
from cs_planning.ui.parts.drawing import plain
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_PAPER_NAMES = {"a4": "A4", "us-letter": "US Letter"}
_ICONS = {
    "html": ":material/language:",
    "pdf": ":material/picture_as_pdf:",
    "pptx": ":material/slideshow:",
    "xlsx": ":material/table:",
    "ipynb": ":material/code:",
    "md": ":material/notes:",
    "json": ":material/data_object:",
}


def draw(workspace: Workspace, page: Page, made: RunPage, today: date, snapshot: str = "") -> None:
    """The menu of formats, for a page in the view that is shown or for one of its snapshots."""
    menu = st.popover(_("Take it along"), icon=":material/download:", key="take-along", on_change="rerun")
    if not menu.open:
        return
    with menu:
        paper = st.segmented_control(
            _("Paper of the PDF"),
            PAPERS,
            default=PAPERS[0],
            required=True,
            format_func=_PAPER_NAMES.__getitem__,
            key="paper",
            help=hint("paper"),
        )
        for one in FORMATS.values():
            st.download_button(
                plain(one.name),
                data=partial(
                    _written, workspace, page, one.id, today, current_language(), page.parameters, snapshot, paper or PAPERS[0]
                ),
                file_name=file_name(made, one.id),
                mime=one.media_type,
                icon=_ICONS[one.id],
                type="tertiary",
                on_click="ignore",
                key=f"export-{one.id}",
            )
        if snapshot:
            st.caption(str(text("The files hold the snapshot, with data until {day}.", day=made.data_as_of or made.today)))


def _written(
    workspace: Workspace,
    page: Page,
    format: str,
    today: date,
    language: str,
    parameters: Parameters,
    snapshot: str,
    paper: str,
) -> bytes:
    if snapshot:
        return workspace.snapshots.export(snapshot, format, language, of=page, paper=paper)
    return workspace.pages.export(page.id or page.goal, format, today, language, parameters, paper=paper)
