"""Draws what can be set at a cell, one field for each form of option that its kind declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from cs_planning.goals.title import called
from cs_planning.kpis.frequency import Frequency
from cs_planning.language import gettext as _
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.cells.made_words import as_made
from cs_planning.notebook.cells.marked_day import MarkedDay
from cs_planning.notebook.cells.option import Form
from cs_planning.notebook.registry import kind_of
from cs_planning.workspace import Workspace
from cs_planning.workspace.words.fields import hint

_LONGEST_TEXT, _LONGEST_LINE, _LONGEST_LABEL = 10_000, 300, 120
_MOST_EVENTS = 50
_PICTURES = ["png", "jpg", "jpeg", "webp"]
_MOST_MEGABYTES = 10


@dataclass(frozen=True)
class _Field:
    """A field to be drawn.

    Attributes:
        label, help, empty: in the language in force; `empty` stands in the field while nothing is chosen.
        value: as the cell has it.
        key: of the widget.
    """

    label: str
    help: str
    empty: str
    value: Any
    key: str


def draw(workspace: Workspace, cell: Cell, name: str) -> dict[str, Any]:
    """The settings of a cell as they stand in the form; of a picture what was uploaded, `None` without."""
    kind = kind_of(cell.kind)
    given = {}
    for option in kind.options:
        field = _Field(
            label=str(option.label),
            help=hint(f"cell.{kind.name}.{option.field}"),
            empty=str(option.empty or ""),
            value=_shown(getattr(cell, option.field)),
            key=f"{name}-{option.field}",
        )
        given[option.field] = FORMS[option.form](workspace, field)
    return given


def _shown(value: Any) -> Any:
    """A value as its field shows it: words of the product in the language of the reader."""
    made = as_made(value) if isinstance(value, str) else None
    return value if made is None else str(made)


def _long_text(workspace: Workspace, field: _Field) -> str:
    helped = field.help
    return st.text_area(field.label, field.value, max_chars=_LONGEST_TEXT, height=220, key=field.key, help=helped) or ""


def _line(workspace: Workspace, field: _Field) -> str:
    helped = field.help
    return st.text_input(field.label, field.value, max_chars=_LONGEST_LINE, key=field.key, help=helped) or ""


def _switch(workspace: Workspace, field: _Field) -> bool:
    helped = field.help
    return st.toggle(field.label, field.value, key=field.key, help=helped)


def _picture(workspace: Workspace, field: _Field) -> Any:
    helped = field.help
    label = _("Another picture (PNG, JPEG or WebP)") if field.value else field.label
    return st.file_uploader(label, type=_PICTURES, max_upload_size=_MOST_MEGABYTES, key=field.key, help=helped)


def _choice(field: _Field, names: Mapping[str, str]) -> str | None:
    helped = field.help
    return st.selectbox(
        field.label,
        list(names),
        index=list(names).index(field.value) if field.value in names else None,
        format_func=lambda one: names[one],
        placeholder=field.empty,
        key=field.key,
        help=helped,
    )


def _goal(workspace: Workspace, field: _Field) -> str:
    return _choice(field, {goal.id: str(called(goal)) for goal in workspace.planning.goals()}) or ""


def _kpi(workspace: Workspace, field: _Field) -> str:
    return _choice(field, {str(info.key): str(info.key.named(info.kpi)) for info in workspace.data.series_list()}) or ""


def _rhythm(workspace: Workspace, field: _Field) -> str | None:
    return _choice(field, {one.value: str(one.label) for one in Frequency})


def _breakdown(workspace: Workspace, field: _Field) -> str:
    return _choice(field, {"channel": _("Channel"), "team": _("Team")}) or ""


def _scenario(workspace: Workspace, field: _Field) -> str:
    return _choice(field, {one.id: one.scenario.name for one in workspace.what_if.scenarios()}) or ""


def _scenarios(workspace: Workspace, field: _Field) -> tuple[str, ...]:
    names = {one.id: one.scenario.name for one in workspace.what_if.scenarios()}
    chosen, helped = [one for one in field.value if one in names], field.help
    return tuple(
        st.multiselect(field.label, list(names), chosen, format_func=lambda one: names[one], key=field.key, help=helped)
    )


def _periods(workspace: Workspace, field: _Field) -> int | None:
    helped = field.help
    given: int | None = field.value
    return st.number_input(field.label, 2, 2000, given, step=1, key=field.key, help=helped)


def _days(workspace: Workspace, field: _Field) -> tuple[MarkedDay, ...]:
    st.caption(field.label, help=field.help)
    events = {"day": [event.day for event in field.value], "label": [event.label for event in field.value]}
    edited = st.data_editor(
        pd.DataFrame(events, dtype=object),
        num_rows="dynamic",
        hide_index=True,
        column_config={
            "day": st.column_config.DateColumn(_("Day"), help=hint("marked_day")),
            "label": st.column_config.TextColumn(_("What happened"), max_chars=_LONGEST_LABEL, help=hint("marked_label")),
        },
        key=field.key,
        placeholder="",
        alt=field.label,
    )
    return _events(edited)


def _events(edited: pd.DataFrame) -> tuple[MarkedDay, ...]:
    found = []
    for day, label in zip(edited["day"], edited["label"], strict=True):
        if pd.notna(day) and pd.notna(label) and str(label).strip():
            known = day if isinstance(day, date) else pd.Timestamp(day).date()
            found.append(MarkedDay(day=known, label=str(label).strip()[:_LONGEST_LABEL]))
    return tuple(found[:_MOST_EVENTS])


FORMS: Mapping[Form, Callable[[Workspace, _Field], Any]] = {
    Form.GOAL: _goal,
    Form.LONG_TEXT: _long_text,
    Form.LINE: _line,
    Form.SWITCH: _switch,
    Form.PICTURE: _picture,
    Form.KPI: _kpi,
    Form.RHYTHM: _rhythm,
    Form.BREAKDOWN: _breakdown,
    Form.PERIODS: _periods,
    Form.DAYS: _days,
    Form.SCENARIO: _scenario,
    Form.SCENARIOS: _scenarios,
}
"""How each form of option is drawn."""
