"""The clock is read in one place of the screens, and nothing but an argument carries today and now any further."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOOR = ROOT / "cs_planning" / "ui" / "session.py"
ROOMS = (ROOT / "cs_planning" / "ui", ROOT / "cs_planning" / "workspace", ROOT / "pages")
FILES = sorted(path for room in ROOMS for path in room.rglob("*.py"))
CLOCKS = {"now", "today", "utcnow", "time", "localtime", "gmtime"}
OWNERS = {"datetime", "date", "time", "dt", "Timestamp"}


def clocks_in(source: str) -> list[int]:
    """The lines on which a clock is read: `datetime.now(…)`, `date.today()`, `time.time()`, `pd.Timestamp.now()`."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS:
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            if name in OWNERS:
                lines.append(node.lineno)
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            lines += [node.lineno for name in node.names if name.name in CLOCKS]
    return lines


def test_every_room_has_files_to_check():
    for room in ROOMS:
        assert any(room in path.parents for path in FILES), room
    assert clocks_in(DOOR.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "written",
    ["datetime.now(UTC)", "dt.datetime.now()", "date.today()", "time.time()", "pd.Timestamp.now()", "from time import time"],
)
def test_every_way_of_reading_a_clock_is_found(written):
    assert clocks_in(written)


@pytest.mark.parametrize("path", [one for one in FILES if one != DOOR], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_clock_is_read_beside_the_door(path):
    assert clocks_in(path.read_text(encoding="utf-8")) == []
