"""Each field has help and each computed number says why it is what it is, from the source that the documentation has."""

import ast
import re
from pathlib import Path
from typing import cast

import pytest

from cs_planning.workspace.words.fields import FIELDS
from cs_planning.workspace.words.figures import FIGURES
from cs_planning.workspace.words.terms import TERMS

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted((ROOT / "pages").rglob("*.py")) + sorted((ROOT / "cs_planning" / "ui").rglob("*.py"))
CELLS = sorted((ROOT / "cs_planning" / "notebook" / "kinds").rglob("*.py"))
INPUTS = {
    *("text_input", "text_area", "number_input", "selectbox", "multiselect", "slider", "select_slider", "radio", "checkbox"),
    *("toggle", "date_input", "time_input", "segmented_control", "pills", "file_uploader", "color_picker"),
}
COLUMNS = {"TextColumn", "NumberColumn", "DateColumn", "SelectboxColumn", "CheckboxColumn"}
WITHOUT_HELP = {
    ("ui/guide", "segmented_control"): "the switch of the language names the languages themselves",
    ("goals/all_goals", "pills"): "the filter by status shows each status with its own mark",
    ("pages/audit", "segmented_control"): "the choice of the part names the parts of the page",
    ("audit/gaps", "pills"): "the filter by channel lists the channels",
    ("following/review_agenda", "segmented_control"): "the choice of the review lists months, quarters and years",
    ("goals/all_goals", "text_input"): "its placeholder says what is searched",
    ("goals/all_goals", "selectbox"): "the placeholder of each filter says what it filters",
    ("pages/glossary", "text_input"): "its placeholder says what is searched",
    ("answers/matters", "segmented_control"): "the results are named as in the figures above",
    ("scenario/levers", "selectbox"): "its placeholder says that a lever is added",
    ("team/profile", "TextColumn"): "the first column holds the times of the day",
    ("team/profile", "NumberColumn"): "the columns are the weekdays of the table's own title",
}
"""Inputs that explain themselves, by script and kind, with the reason."""
FIELDS_BY_ID = {field.id: field for page in FIELDS.values() for field in page}


def name_of(script: Path) -> str:
    """A script as WITHOUT_HELP names it: pages/home, scenario/levers."""
    return f"{script.parent.name}/{script.stem}"


class Method(ast.Call):
    """A call of an attribute, as all calls here are."""

    func: ast.Attribute


def calls(script: Path) -> list[Method]:
    return _methods(ast.parse(script.read_text(encoding="utf-8")))


def _methods(tree: ast.AST) -> list[Method]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return cast(list[Method], found)


def keyword(call: ast.Call, name: str) -> str:
    return next((ast.unparse(one.value) for one in call.keywords if one.arg == name), "")


def _columns(editor: ast.Call) -> list[Method]:
    return [node for node in _methods(editor) if node.func.attr in COLUMNS]


def asked(script: Path, function: str) -> set[str]:
    """The literal ids that a script passes to a function; an f-string gives a pattern."""
    found = set()
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == function and node.args:
            found |= {_pattern(argument) for argument in node.args[:1]}
    return found - {""}


def _pattern(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value))
    if isinstance(node, ast.JoinedStr):
        return "".join(re.escape(str(one.value)) if isinstance(one, ast.Constant) else r"\w+" for one in node.values)
    return ""


def test_there_are_inputs_columns_metrics_and_cells_to_check():
    drawn = [call.func.attr for script in SCRIPTS for call in calls(script)]
    assert sum(kind in INPUTS for kind in drawn) > 50
    assert sum(kind in COLUMNS for kind in drawn) > 5
    assert "metric" in drawn
    assert len(CELLS) > 5


def test_every_exception_still_has_its_input():
    there = {(name_of(script), call.func.attr) for script in SCRIPTS for call in calls(script)}
    assert set(WITHOUT_HELP) <= there


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_every_input_has_help_from_the_one_source(script):
    inputs = calls(script)
    columns = [column for call in inputs if call.func.attr == "data_editor" for column in _columns(call)]
    for call in [call for call in inputs if call.func.attr in INPUTS] + columns:
        kind = call.func.attr
        if (name_of(script), kind) in WITHOUT_HELP:
            continue
        helped = keyword(call, "help")
        told = "hint(" in helped or "meaning(" in helped or helped == "helped"
        assert told, f"{script.name}:{call.lineno}: {kind} has no help from fields or terms"


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_the_help_of_a_field_stands_at_the_field_of_that_label(script):
    for call in calls(script):
        found = re.fullmatch(r"hint\('([\w.]+)'\)", keyword(call, "help"))
        label = call.args[0] if call.args else None
        literal = label.args[0] if isinstance(label, ast.Call) and ast.unparse(label.func) == "_" else None
        if found and isinstance(literal, ast.Constant):
            assert FIELDS_BY_ID[found[1]].label.source == literal.value, f"{script.name}:{call.lineno}"


def test_every_help_is_used_and_every_one_that_is_asked_for_exists():
    wanted = set().union(*(asked(script, "hint") for script in SCRIPTS))
    for pattern in wanted:
        assert any(re.fullmatch(pattern, field) for field in FIELDS_BY_ID), f"no field {pattern}"
    for field in FIELDS_BY_ID:
        assert any(re.fullmatch(pattern, field) for pattern in wanted), f"nobody shows the help of {field}"
    assert set().union(*(asked(script, "meaning") for script in SCRIPTS)) <= set(TERMS) | {r"\w+"}


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_every_number_in_large_type_says_why_it_is_what_it_is(script):
    for call in calls(script):
        if call.func.attr == "metric":
            reason = keyword(call, "help")
            assert "why." in reason or reason in {"reason", "_help_of(item)"}, f"{script.name}:{call.lineno}"


def test_every_number_of_a_cell_says_why_it_is_what_it_is():
    assert CELLS
    for script in CELLS:
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Metric" and keyword(node, "label"):
                figures = keyword(node, "figure").strip("'").split()
                is_a_name = "objective.name" in keyword(node, "value")
                known = bool(figures) and set(figures) <= set(FIGURES)
                assert is_a_name or known, f"{script.name}:{node.lineno}: {figures or 'no figure'}"


def test_every_figure_is_shown_somewhere():
    sources = [*SCRIPTS, *CELLS]
    written = "\n".join(script.read_text(encoding="utf-8") for script in sources)
    assert not [figure for figure in FIGURES if not re.search(rf'"(?:\w+ )?{figure}(?: \w+)?"', written)]


def test_every_field_of_the_goal_form_the_team_and_the_levers_has_help():
    """Those whose help is found by the name of the field in the model."""
    ui = ROOT / "cs_planning" / "ui"
    of_goal = re.findall(r"_(?:line|number)\(\s*\"(\w+)\"", (ui / "goals" / "form.py").read_text(encoding="utf-8"))
    of_team = [
        name.rpartition(".")[2]
        for script in (ui / "what_if").rglob("*.py")
        for name in re.findall(
            r"(?:fields\.(?:number|percent|choice|letters)|number_field)\(\s*\w+,\s*f?\"(?:{at})?([\w.]+)\"",
            script.read_text(encoding="utf-8"),
        )
    ]
    of_levers = re.findall(
        r"_(?:Slider|Price)\(\"(\w+)\"", (ui / "what_if" / "scenario" / "levers.py").read_text(encoding="utf-8")
    )
    assert of_goal
    assert of_team
    assert of_levers
    assert not [name for name in of_goal if name not in TERMS and f"goal.{name}" not in FIELDS_BY_ID]
    assert not [name for name in of_team if f"team.{name}" not in FIELDS_BY_ID]
    assert not [name for name in of_levers if f"lever.{name}" not in FIELDS_BY_ID]
