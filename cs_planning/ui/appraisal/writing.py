"""What is written on a goal sheet is kept as it is written: one save for each field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cs_planning.errors import InvalidGoal, PlanningError
from cs_planning.goals.appraisal.score import Side
from cs_planning.language import text
from cs_planning.ui import session
from cs_planning.ui.parts import saving
from cs_planning.workspace import Save, Workspace

LONGEST_WORDS, LONGEST_OVERALL = 2000, 5000
"""As long as what is said about one goal, and about the whole sheet, may be."""


def keep_field(workspace: Workspace, sheet: str, goal: str, field: str, widget: str) -> None:
    """Keeps one field of one goal, from its widget."""
    value = session.widget_value(widget)
    _kept(widget, lambda save: workspace.sheets.write_line(sheet, goal, {field: "" if value is None else value}, save=save))


def show_newest(widget: str, words: str) -> None:
    """Shows in a field what others wrote since it was drawn last; before the field is drawn."""
    if session.widget_value(widget) is None or session.kept(_seen(widget)) != words:
        session.set_widget(widget, words)
        session.keep(_seen(widget), words)


def keep_words(workspace: Workspace, sheet: str, goal: str, field: str, widget: str) -> None:
    """Keeps what is said about one goal, together with what somebody else wrote there at the same time."""
    lines = {line.goal_id: line for line in workspace.sheets.sheet(sheet).lines}
    there = str(getattr(lines[goal], field)) if goal in lines else ""
    _keep_together(
        widget, there, LONGEST_WORDS, lambda words, save: workspace.sheets.write_line(sheet, goal, {field: words}, save=save)
    )


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
    there = str(getattr(workspace.sheets.sheet(sheet), f"{side.value}_comment"))
    _keep_together(widget, there, LONGEST_OVERALL, lambda words, save: workspace.sheets.comment(sheet, side, words, save=save))


def keep_superior(workspace: Workspace, sheet: str, widget: str) -> None:
    """Keeps who agrees and appraises."""
    name = str(session.widget_value(widget) or "")
    _kept(widget, lambda save: workspace.sheets.name_superior(sheet, name, save=save))


def _seen(widget: str) -> str:
    return f"{widget}.seen"


def _keep_together(widget: str, there: str, longest: int, keep: Callable[[str, Save], Any]) -> None:
    """Keeps what was typed; below what stands there by now when somebody else wrote that since the field was drawn."""
    typed = str(session.widget_value(widget) or "").strip()
    if there in {"", typed, session.kept(_seen(widget), there)}:
        _kept(widget, lambda save: keep(typed, save))
        return
    both = f"{there}\n{typed}".strip()
    if len(both) > longest:
        session.keep(_seen(widget), there)  # what was typed stays in the field, to be made shorter
        words = text("Somebody else wrote here at the same time: “{words}”.", words=there)
        session.say(InvalidGoal(words, text("Both together are too long: say both in fewer words.")))
    elif _kept(widget, lambda save: keep(both, save)):
        saving.keep_confirmation(text("Somebody else wrote here at the same time: both texts are kept."))


def _kept(form: str, act: Callable[[Save], Any]) -> bool:
    try:
        act(session.save(form))
    except PlanningError as error:
        session.say(error)
        return False
    finally:
        session.finish_form(form)
    return True
