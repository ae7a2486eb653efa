"""The recipes of `docs/adding.md` hold: every place that they name is there, and one file is enough for a cell."""

import json
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECIPES = re.findall(r"^## (.+?)\n(.+?)(?=^## |\Z)", (ROOT / "docs" / "adding.md").read_text(encoding="utf-8"), re.M | re.S)
PLACES = ("cs_planning/", "tests/", "pages/", "docs/")
MOST_STEPS = 5


def test_what_a_team_of_developers_adds_has_a_recipe() -> None:
    titles = {title for title, _steps in RECIPES}
    assert {"A KPI", "A column of contacts", "A helpdesk", "A cell of a goal page", "A page"} <= titles
    assert {"A lever of the what-if", "A SMART rule", "A finding about data", "A column in the database"} <= titles


@pytest.mark.parametrize(("title", "steps"), RECIPES, ids=[title for title, _steps in RECIPES])
def test_every_file_that_a_recipe_names_is_there_and_has_what_it_is_opened_for(title: str, steps: str) -> None:
    places = [place for place in re.findall(r"`([\w./-]+)`", steps) if place.startswith(PLACES)]
    assert all((ROOT / place).exists() for place in places), places
    for name, place in re.findall(r"`(\w+)` of `([\w./-]+)`", steps):
        assert re.search(rf"\b{name}\b", (ROOT / place).read_text(encoding="utf-8")), f"{title}: {name} of {place}"


@pytest.mark.parametrize(("title", "steps"), RECIPES, ids=[title for title, _steps in RECIPES])
def test_no_recipe_has_more_than_five_steps(title: str, steps: str) -> None:
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", steps, re.M)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) <= MOST_STEPS


EXAMPLE = '''
"""What the team promises its customers."""

from typing import Literal

from cs_planning.language import text
from cs_planning.notebook.blocks.block import Paragraph
from cs_planning.notebook.cells.cell import Cell
from cs_planning.notebook.cells.kind import CellKind
from cs_planning.notebook.cells.option import Form, Option


class ExampleCell(Cell):
    """What the team promises its customers."""

    kind: Literal["example"] = "example"
    promise: str = ""
    in_bold: bool = False


KIND = CellKind(
    ExampleCell,
    25,
    text("Our promise"),
    lambda cell, context: (Paragraph(words=cell.promise),),
    own_options=(
        Option("promise", Form.LINE, text("Promise to customers"), text("As customers read it.")),
        Option("in_bold", Form.SWITCH, text("In bold"), text("It stands out.")),
    ),
)
'''
LOOKING = """
import json, sys
import cs_planning.notebook.kinds as room
room.__path__.append(sys.argv[1])

from streamlit.testing.v1 import AppTest
from cs_planning.notebook.page_schema import page_schema
from cs_planning.notebook.pages.page import read_page
from cs_planning.notebook.registry import KINDS
from cs_planning.notebook.run import run
from cs_planning.exports import FORMATS
from cs_planning.workspace.words.fields import hint
from tests.exports.test_exports import READERS, export, squeezed
from tests.notebook.sample_sources import TODAY, SampleSources

PROMISE = "An answer within the hour"
written = json.dumps({"title": "Page", "cells": [{"id": "one", "kind": "example", "promise": PROMISE}]})
page = read_page(written)
made = run(page, SampleSources(), today=TODAY)

SCREEN = '''
from cs_planning.notebook.pages.page import read_page
from cs_planning.ui.goal_page import arrange, option_fields
import streamlit as st
st.caption(arrange.kind_name("example"))
cell = read_page('{"cells": [{"id": "one", "kind": "example", "promise": "At once"}]}').cells[0]
option_fields.draw(None, cell, "form")
'''
app = AppTest.from_string(SCREEN).run(timeout=60)
print(json.dumps({
    "menu": list(KINDS)[:4],
    "read": page.cells[0].promise,
    "heading": str(made.sections[0].heading),
    "files": {form: squeezed(PROMISE) in squeezed(READERS[form](export(made, form, "en"))) for form in FORMATS},
    "schema": "promise" in page_schema()["$defs"]["ExampleCell"]["properties"],
    "help": hint("cell.example.promise"),
    "named": app.caption[0].value,
    "form": [(one.label, one.value, one.help) for one in (*app.text_input, *app.toggle)],
    "failed": [one.value for one in app.exception],
}))
"""


@pytest.mark.slow
def test_one_file_is_enough_for_a_cell_to_be_read_run_offered_set_and_exported(tmp_path: Path) -> None:
    (tmp_path / "example.py").write_text(textwrap.dedent(EXAMPLE), encoding="utf-8")
    command = [sys.executable, "-c", LOOKING, str(tmp_path)]
    looked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert looked.returncode == 0, looked.stderr
    seen = json.loads(looked.stdout.splitlines()[-1])
    assert seen["menu"] == ["text", "goal_card", "example", "kpi_chart"]
    assert (seen["read"], seen["heading"], seen["named"]) == ("An answer within the hour", "Our promise", "Our promise")
    assert all(seen["files"].values()), seen["files"]
    assert len(seen["files"]) > 5
    assert seen["schema"]
    assert seen["help"] == "As customers read it."
    assert seen["form"] == [["Promise to customers", "At once", "As customers read it."], ["In bold", False, "It stands out."]]
    assert not seen["failed"]
