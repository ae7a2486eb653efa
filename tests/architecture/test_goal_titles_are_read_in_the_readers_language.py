"""The title of a goal is shown by `goals/title.py`, which finds it in the language of its reader where the product made it."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "cs_planning").rglob("*.py"), *(ROOT / "pages").glob("*.py")])
NOT_SHOWN = {
    "cs_planning/goals/title.py": "decides what is shown",
    "cs_planning/goals/smart/specific.py": "reads its words, in any language",
    "cs_planning/goals/following/closing.py": "writes it down",
    "cs_planning/goals/drafts/checks.py": "asks whether there is one",
    "cs_planning/notebook/kinds/goal_card.py": "compares it with what is kept of the page",
    "cs_planning/storage/goals.py": "keeps it",
    "cs_planning/workspace/following/reviews.py": "keeps it",
    "cs_planning/workspace/pages/goal_pages.py": "keeps it",
    "cs_planning/workspace/appraisals/sheets.py": "puts goals into an order that no language changes",
    "cs_planning/workspace/sample.py": "finds goals of the story by it",
}
_GOAL = re.compile(r"(^|[._])(goal|other)(s\[\w+\])?$")


def raw_titles(source: str) -> list[int]:
    """The lines on which the title of a goal is read as it is kept, other than to ask whether there is one."""
    tree = ast.parse(source)
    asked = {id(node.test) for node in ast.walk(tree) if isinstance(node, ast.IfExp | ast.If)}
    asked |= {
        id(value) for node in ast.walk(tree) if isinstance(node, ast.BoolOp) and id(node) in asked for value in node.values
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "title" and id(node) not in asked
        if _GOAL.search(ast.unparse(node.value))
    ]


@pytest.mark.parametrize(
    "written", ["plain(goal.title)", "text('{g}', g=line.goal.title)", "goals[chosen].title or 'x'", "f'{self.goal.title}'"]
)
def test_a_title_as_it_is_kept_is_found(written):
    assert raw_titles(written) == [1]


@pytest.mark.parametrize("written", ["title_of(goal)", "page.title", "x if goal.title else y", "x if goal.title and z else y"])
def test_what_is_no_title_of_a_goal_or_shows_none_is_left_alone(written):
    assert raw_titles(written) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_titles_of_goals_are_shown_in_the_language_of_their_reader(path):
    found = raw_titles(path.read_text(encoding="utf-8"))
    assert bool(found) == (str(path.relative_to(ROOT)) in NOT_SHOWN), found
