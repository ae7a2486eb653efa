"""A moment on a screen is told in the time zone of its reader, not in the one in which it is kept."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UI = ROOT / "cs_planning" / "ui"
FILES = sorted(UI.rglob("*.py"))


def moments_elsewhere(source: str) -> list[int]:
    """The lines on which a moment is written that did not pass `session.here(…)`."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Moment")
    return [
        call.lineno for call in calls if not any(ast.unparse(each.value).startswith("session.here(") for each in call.keywords)
    ]


@pytest.mark.parametrize("written", ["Moment(at=one.at)", "text('{m}', m=Moment(at=comment.at))", "Moment(at=now())"])
def test_a_moment_as_it_is_kept_is_found(written):
    assert moments_elsewhere(written) == [1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_moment_is_told_in_the_zone_of_its_reader(path):
    assert moments_elsewhere(path.read_text(encoding="utf-8")) == []
