"""The settings of one cell: its name, and what its kind lets one choose; the second of two writers sees both versions."""

from __future__ import annotations

from typing import Any

import streamlit as st
from pydantic import BaseModel

from cs_planning.errors import Conflict, InvalidPage, PlanningError
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.notebook.pages.page import (
    CELL_CLASSES,
    Cell,
    ForecastCell,
    FrontierCell,
    GoalCard,
    ImageCell,
    KpiChart,
    Page,
    ScenarioCell,
    TextCell,
)
from cs_planning.ui import session
from cs_planning.ui.goal_page import options_chart
from cs_planning.ui.parts.drawing import draw_error, plain
from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.words.fields import hint

_LONGEST_TITLE = 200
_LONGEST_TEXT = 10_000
_LONGEST_ALT = 300
_PICTURES = ["png", "jpg", "jpeg", "webp"]
_MOST_MEGABYTES = 10


def draw(workspace: Workspace, page: Page, cell: Cell) -> None:
    """A form with the settings of a cell; what was typed stays until it is kept, also when somebody else was quicker."""
    name = _name(workspace, page, cell)
    base = _base(name, cell)
    form = session.idempotency_key(name)
    with st.form(f"{name}-{form}-form", border=False):
        heading = (
            st.text_input(_("Heading"), base.title, max_chars=_LONGEST_TITLE, key=f"{name}-{form}-title", help=hint("heading"))
            or ""
        )
        fields = {"title": heading, **_own_fields(workspace, base, f"{name}-{form}")}
        wanted = st.form_submit_button(_("Keep"), type="primary")
    if not wanted:
        return
    save = session.save(name)
    try:
        fields |= _picture(workspace, base, fields, save)
        workspace.pages.edit_cell(page, base, **fields, save=save)
    except Conflict as conflict:
        draw_error(conflict)
        theirs = conflict.theirs
        if isinstance(theirs, BaseModel):
            session.keep(f"{name}-base", theirs.model_dump_json())
            _draw_both(fields, theirs.model_dump())
        return
    except PlanningError as error:
        draw_error(error)
        return
    forget(workspace, page, cell)
    session.finish_form(name)
    st.rerun()


def forget(workspace: Workspace, page: Page, cell: Cell) -> None:
    """The form was closed: it opens with the cell as it will be then."""
    session.forget(f"{_name(workspace, page, cell)}-base")


def _name(workspace: Workspace, page: Page, cell: Cell) -> str:
    return f"options-{workspace.pages.name(page)}-{cell.id}"


def _base(name: str, cell: Cell) -> Cell:
    kept = session.kept(f"{name}-base")
    if kept is not None and cell.kind in CELL_CLASSES:
        return CELL_CLASSES[cell.kind].model_validate_json(kept)  # type: ignore[return-value]
    session.keep(f"{name}-base", cell.model_dump_json())
    return cell


def _draw_both(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    differ = [field for field, value in mine.items() if str(value) != str(theirs.get(field))]
    rows = {
        _("What"): [plain(field.replace("_", " ")) for field in differ],
        _("Yours"): [plain(mine[field]) or "–" for field in differ],
        _("Theirs"): [plain(theirs.get(field) or "–") for field in differ],
    }
    st.table(rows, border="horizontal", hide_index=True, alt=_("Both versions"))
    st.caption(_("“Keep” once more puts yours in the place of theirs; close this form to leave theirs."))


def _own_fields(workspace: Workspace, cell: Cell, name: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if isinstance(cell, TextCell):
        fields["markdown"] = (
            st.text_area(
                _("Text (Markdown)"), cell.markdown, max_chars=_LONGEST_TEXT, height=220, key=f"{name}-text", help=hint("text")
            )
            or ""
        )
    if isinstance(cell, ImageCell):
        fields |= _picture_fields(cell, name)
    if "goal" in type(cell).model_fields:
        fields["goal"] = _goal(workspace, getattr(cell, "goal", ""), name)
    if isinstance(cell, GoalCard):
        fields["findings"] = st.toggle(_("With the SMART check"), cell.findings, key=f"{name}-findings", help=hint("findings"))
    if isinstance(cell, KpiChart):
        fields |= options_chart.series_fields(workspace, cell, name)
    if isinstance(cell, ForecastCell | KpiChart):
        fields |= options_chart.time_fields(cell, name)
    if isinstance(cell, ScenarioCell | FrontierCell):
        fields |= _scenario_fields(workspace, cell, name)
    return fields


def _picture_fields(cell: ImageCell, name: str) -> dict[str, Any]:
    return {
        "file": st.file_uploader(
            _("Picture (PNG, JPEG or WebP)") if not cell.image else _("Another picture (PNG, JPEG or WebP)"),
            type=_PICTURES,
            max_upload_size=_MOST_MEGABYTES,
            key=f"{name}-file",
            help=hint("picture"),
        ),
        "alt": st.text_input(
            _("What the picture shows, for those who can't see it"),
            cell.alt,
            max_chars=_LONGEST_ALT,
            key=f"{name}-alt",
            help=hint("alt"),
        )
        or "",
        "caption": st.text_input(
            _("Caption"), cell.caption, max_chars=_LONGEST_ALT, key=f"{name}-caption", help=hint("caption")
        )
        or "",
    }


def _picture(workspace: Workspace, cell: Cell, fields: dict[str, Any], save: Save) -> dict[str, Any]:
    """The picture of an image cell, kept; its words are asked for first, since nobody adds them later."""
    if not isinstance(cell, ImageCell):
        return {}
    file = fields.pop("file")
    if not fields["alt"].strip():
        raise InvalidPage(
            text("The picture has no words yet."),
            text("Say in a sentence what it shows, for those who can't see it and for files without pictures."),
        )
    if file is None:
        return {}
    return {"image": workspace.pages.keep_picture(file.getvalue(), fields["alt"].strip(), save=save)}


def _goal(workspace: Workspace, chosen: str, name: str) -> str:
    goals = {goal.id: goal.title or _("Untitled goal") for goal in workspace.planning.goals()}
    return (
        st.selectbox(
            _("Goal"),
            list(goals),
            index=list(goals).index(chosen) if chosen in goals else None,
            format_func=lambda one: goals[one],
            placeholder=_("The goal of the page"),
            key=f"{name}-goal",
            help=hint("cell_goal"),
        )
        or ""
    )


def _scenario_fields(workspace: Workspace, cell: ScenarioCell | FrontierCell, name: str) -> dict[str, Any]:
    names = {one.id: one.scenario.name for one in workspace.what_if.scenarios()}
    if isinstance(cell, FrontierCell):
        chosen = st.selectbox(
            _("Scenario"),
            list(names),
            index=list(names).index(cell.scenario) if cell.scenario in names else None,
            format_func=lambda one: names[one],
            placeholder=_("As at the top of the page"),
            key=f"{name}-scenario",
            help=hint("cell_scenario"),
        )
        return {"scenario": chosen or ""}
    several = st.multiselect(
        _("Scenarios (empty: as at the top of the page)"),
        list(names),
        [one for one in cell.scenarios if one in names],
        format_func=lambda one: names[one],
        key=f"{name}-scenarios",
        help=hint("cell_scenarios"),
    )
    return {"scenarios": tuple(several)}
