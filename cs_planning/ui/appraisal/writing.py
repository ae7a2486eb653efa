"""What is written on a goal sheet is kept as it is written: one save for each field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cs_planning.errors import PlanningError
from cs_planning.goals.appraisal.score import Side
from cs_planning.ui import session
from cs_planning.workspace import Save, Workspace


def keep_field(workspace: Workspace, sheet: str, goal: str, field: str, widget: str) -> None:
    """Keeps one field of one goal, from its widget."""
    value = session.widget_value(widget)
    _kept(widget, lambda save: workspace.sheets.write_line(sheet, goal, {field: "" if value is None else value}, save=save))


def keep_grade(workspace: Workspace, sheet: str, goal: str, field: str, widget: str) -> None:
    """Keeps a grade, or that there is none."""
    value = session.widget_value(widget)
    _kept(widget, lambda save: workspace.sheets.write_line(sheet, goal, {field: value}, save=save))


def keep_goals(workspace: Workspace, sheet: str, widget: str) -> None:
    """Keeps which goals stand on the sheet."""
    chosen = list(session.widget_value(widget) or ())
    _kept(widget, lambda save: workspace.sheets.choose_goals(sheet, chosen, save=save))


def keep_comment(workspace: Workspace, sheet: str, side: Side, widget: str) -> None:
    """Keeps what one side says about the whole sheet."""
    words = str(session.widget_value(widget) or "")
    _kept(widget, lambda save: workspace.sheets.comment(sheet, side, words, save=save))


def keep_superior(workspace: Workspace, sheet: str, widget: str) -> None:
    """Keeps who agrees and appraises."""
    name = str(session.widget_value(widget) or "")
    _kept(widget, lambda save: workspace.sheets.name_superior(sheet, name, save=save))


def _kept(form: str, act: Callable[[Save], Any]) -> None:
    try:
        act(session.save(form))
    except PlanningError as error:
        session.say(error)
    session.finish_form(form)
