"""Days, periods, percentages, durations and money are written by `cs_planning.language` alone, in both languages.

A value that stands in a text is an argument of its own type (`Percent`, `Duration`, `Period`, `Money`, a `date`), never a
number with a unit behind it, and never a day, period or number that was made into letters before.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import catalogues

ROOT = Path(__file__).parents[2]
HOME = ROOT / "cs_planning" / "language"
SCRIPTS = [
    path for folder in ("cs_planning", "pages") for path in sorted((ROOT / folder).rglob("*.py")) if HOME not in path.parents
]
WORDING = {"text", "ntext", "_", "gettext", "ngettext"}
NUMBER_WITH_UNIT = re.compile(r"\} ?(?:%|s|sec|min|h|hours?|minutes?|seconds?|days? and|percentage points|points?)(?![\w{])")
UNIT_BEHIND = re.compile(r"\} ?%(?!\w)|\} (?:s|min|h|points)(?![\w{])")
PATTERN = re.compile(r"%[+,.0-9]*[dfg] ?%%|^[+,]?\.\d~?%$|YYYY|yyyy|%-?Y.?%-?m|[#0]\.[#0]+ ?%")
SPEC = re.compile(r"[,.%]|[0-9]d|:")
LONGEST_PATTERN = 60
BABEL = {
    "format_date",
    "format_datetime",
    "format_time",
    "format_skeleton",
    "format_decimal",
    "format_percent",
    "format_currency",
}

UNITS_OF_THEIR_OWN = {
    "{value} points": "the unit of a score such as NPS",
    "Of the history of {series} only {count} points are not ignored.": "points of a history are counted",
    "{count} point to check": "findings are counted",
    "{count} points to check": "findings are counted",
    "{hours} hours predicted; {calls} calls came when nobody was on duty: by the model they all give up.": (
        "hours of a profile are counted"
    ),
}
"""Texts in which a number stands before one of the formatter's units without being such a value."""

FOR_PROGRAMS = {
    "automation/ranges.py": "says a number as the file of a team has to write it",
    "automation/team/channel.py": "says a number as the file of a team writes it",
    "automation/team/reading.py": "says a number as the file of a team writes it",
    "cli/imports.py": "moments in JSON for programs",
    "cli/probabilities.py": "a CSV file, and the same table on the terminal",
    "exports/__init__.py": "the name of a file",
    "exports/chart_files.py": "a CSV file",
    "forecasting/sheets/assessment.py": "the message column of a CSV file, in English for programs",
    "forecasting/sheets/bands.py": "a CSV file",
    "goals/drafts/checks.py": "the value of a field as the form keeps it",
    "goals/plan/action_table.py": "a CSV file and identifiers of calendar entries",
    "goals/reading/quantities.py": "rewrites what a person typed for the reader of sentences",
    "storage/attachments.py": "a moment in the store",
    "storage/copies/lines.py": "rows as JSON, in an archive",
    "storage/copies/state.py": "the names of files",
    "storage/data/layers.py": "days in JSON for programs",
    "kpis/calendar/opening_hours.py": "hours as they are typed",
    "kpis/cells/eras.py": "rewrites moments that a file writes, to be read",
    "kpis/cells/numerals.py": "a number as a program reads it",
    "kpis/cells/moments.py": "forms in which files write moments, to be read",
    "kpis/cells/sql_cells.py": "forms in which files write moments, to be read",
    "kpis/columns/guesses/of_contacts.py": "forms in which files write days, to be read",
    "kpis/columns/contents/looks.py": "forms in which files write days, to be read",
    "kpis/contacts/points/cuts.py": "a query",
    "kpis/contacts/conversion/parts.py": "the name of a folder",
    "kpis/contacts/findings/quality.py": "values as the file has them, to be searched for",
    "kpis/contacts/query/problems.py": "a query",
    "kpis/contacts/query/row.py": "a query",
    "kpis/files/safe_cells.py": "a CSV file",
    "kpis/files/workbooks.py": "the text of a cell, to be read further",
    "kpis/findings/answers.py": "values as the file has them, to be searched for",
    "kpis/findings/quality.py": "values as the file has them, to be searched for",
    "kpis/frequency.py": "the ISO forms themselves",
    "kpis/tables/points.py": "values as the file has them, to be searched for",
    "notebook/blocks/drawings.py": "forms for Vega, which writes the labels of axes by the locale of the language",
    "notebook/run.py": "a key of the cache",
    "storage/save.py": "a message to programmers",
    "storage/tables.py": "a message to programmers",
    "ui/settings/service_clock.py": "a field in which days are typed",
    "ui/forecast/question.py": "values of a choice, shown by their labels",
    "ui/goal_page/present.py": "the state of a clock",
    "ui/goals/all_goals.py": "values of a choice, shown by their labels",
    "ui/goals/form.py": "values of fields, shown by their labels",
    "ui/parts/sparkline.py": "coordinates of a drawing",
    "kpis/files/turned_dates.py": "cells in the form in which a workbook is read",
    "ui/goals/time_fields.py": "dates of choices, and a date field of Streamlit takes no other forms",
    "ui/goals/form_sections.py": "a date field of Streamlit takes no other forms",
    "ui/what_if/team/calls.py": "a date field of Streamlit takes no other forms",
    "ui/log.py": "moments in JSON for programs",
    "ui/what_if/scenario/levers.py": "a date field of Streamlit takes no other forms",
    "ui/what_if/team/profile.py": "a clock of a day, and keys",
    "workspace/points/contacts.py": "the key of a part of a log",
    "workspace/following/audits.py": "the title of a document in the store",
    "workspace/goals/lists.py": "a table for the checker of lists",
    "workspace/goals/target_range.py": "rounds a number",
    "workspace/pages/choices.py": "values of a choice, shown by their labels",
}
"""Scripts that write ISO forms or bare numbers, which no person reads or which a program reads too, with the reason."""


def script_name(script: Path) -> str:
    return script.relative_to(ROOT / "cs_planning" if "cs_planning" in script.parts else ROOT).as_posix()


def function_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def literal(node: ast.AST) -> str:
    """The letters of a literal, with {} where an f-string fills something in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def units_in_texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and function_of(node) in WORDING:
            yield from ((node.lineno, words) for words in map(literal, node.args) if NUMBER_WITH_UNIT.search(words))


def made_into_letters_before(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Where a sentence is given the letters of a day or period instead of the day or period."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and function_of(node) in WORDING:
            calls = [part for one in node.keywords for part in ast.walk(one.value) if isinstance(part, ast.Call)]
            yield from ((call.lineno, ast.unparse(call)) for call in calls if is_a_form(call))


def is_a_form(call: ast.Call) -> bool:
    name, owner = function_of(call), ast.unparse(getattr(call.func, "value", ast.Constant("")))
    is_period = name == "write" and re.search(r"[Ff]requency|[Rr]hythm|quarters|DAYS|WEEKS|MONTHS", owner)
    return bool(name in {"strftime", "isoformat", *BABEL} or is_period)


def own_forms(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Where a script makes letters out of a day, a period or a number by itself."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)} - {
        id(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
    }
    for node in ast.walk(tree):
        written = ast.unparse(node) if isinstance(node, ast.Call | ast.JoinedStr) else ""
        if isinstance(node, ast.Call):
            if is_a_form(node):
                yield node.lineno, written
        elif isinstance(node, ast.JoinedStr):
            specs = [
                literal(part.format_spec) for part in node.values if isinstance(part, ast.FormattedValue) and part.format_spec
            ]
            if any(SPEC.search(spec) or spec == "g" for spec in specs) or UNIT_BEHIND.search(literal(node)):
                yield node.lineno, written
        elif id(node) not in inside and len(literal(node)) < LONGEST_PATTERN and PATTERN.search(literal(node)):
            yield getattr(node, "lineno", 0), literal(node)


def test_there_are_scripts_and_exceptions_to_check():
    assert len(SCRIPTS) > 100
    assert set(FOR_PROGRAMS) <= {script_name(script) for script in SCRIPTS}


@pytest.mark.parametrize("script", SCRIPTS, ids=script_name)
def test_no_text_puts_a_unit_behind_a_number(script):
    found = units_in_texts(ast.parse(script.read_text(encoding="utf-8")))
    assert not [(line, words) for line, words in found if words not in UNITS_OF_THEIR_OWN], "give the value a type of language"


@pytest.mark.parametrize("script", SCRIPTS, ids=script_name)
def test_a_sentence_is_given_days_and_periods_and_not_their_letters(script):
    found = made_into_letters_before(ast.parse(script.read_text(encoding="utf-8")))
    assert not [(line, words) for line, words in found], "give the day or period itself"


@pytest.mark.parametrize("script", SCRIPTS, ids=script_name)
def test_only_scripts_that_write_for_programs_write_values_by_themselves(script):
    found = list(own_forms(ast.parse(script.read_text(encoding="utf-8"))))
    if script_name(script) in FOR_PROGRAMS:
        assert found, "nothing is written here any more: take it off the list"
    else:
        assert not found, "write it with cs_planning.language"


@pytest.mark.parametrize(
    "wrong",
    [
        'text("{percent} % probability", percent=3)',
        'text("{wait} s on average", wait=3)',
        'label = f"{share} %"',
        'label = f"{cost:,.0f}"',
        "label = day.isoformat()",
        'label = day.strftime("%d.%m.%Y")',
        'label = f"{at:%H:%M}"',
        "label = frequency.write(day)",
        'slider(format="%d %%")',
        'axis(format=".0%")',
        'column(format="YYYY-MM-DD")',
        "label = format_decimal(3)",
    ],
)
def test_another_way_of_writing_a_value_is_found(wrong):
    tree = ast.parse(wrong)
    assert [*units_in_texts(tree), *own_forms(tree)]


def test_no_japanese_text_has_a_blank_before_a_percent_sign_or_narrow_brackets_around_japanese():
    japanese = r"[\u3040-\u30ff\u4e00-\u9fff]"
    narrow = re.compile(rf"\([^()]*{japanese}[^()]*\)|{japanese} ?\([^()]*\)")
    messages = [message for message in catalogues.read("ja") if message.id]
    forms = [form for one in messages for form in ([one.string] if isinstance(one.string, str) else one.string)]
    assert not [form for form in forms if re.search(r"[\d}] +%", form) or narrow.search(form)]
