"""Tests lie like the code, and a module that no test of its own looks at is named."""

import pytest

from tests.architecture.own_tests import LIST, PACKAGE, ROOT, TESTS, modules, without_own_test

WHOLE = {
    "architecture": "rules over the code as a whole",
    "browser": "the app in a real browser",
    "docs": "documentation",
    "fixtures": "files for several rooms",
    "pages": "each page as Streamlit runs it",
    "sample_data": "the files of the sample team",
}
"""Folders of tests that are about no room of the package alone."""
ROOMS = sorted(
    path.parent.relative_to(TESTS) for path in TESTS.rglob("__init__.py") if path.parent != TESTS and path.parent.parts
)


def test_there_are_rooms_and_modules_to_check() -> None:
    assert len(ROOMS) > 30
    assert len(modules()) > 400
    assert all((TESTS / name).is_dir() for name in WHOLE)


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_each_folder_of_tests_is_a_room_of_the_package(room) -> None:
    assert room.parts[0] in WHOLE or (PACKAGE / room / "__init__.py").is_file(), f"tests/{room} tests no room of cs_planning"


@pytest.mark.parametrize("test", sorted(path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")), ids=str)
def test_a_test_with_the_name_of_one_module_lies_where_that_module_lies(test) -> None:
    same_name = [module for module in modules() if f"test_{module.name}" == test.name and module.parts[0] == test.parts[0]]
    if len(same_name) != 1:
        return
    assert test.parent == same_name[0].parent, f"cs_planning/{same_name[0]} has its test in tests/{test.parent}"


def test_every_module_without_a_test_of_its_own_is_named() -> None:
    named, found = set(LIST.read_text(encoding="utf-8").split()), set(without_own_test())
    assert not found - named, f"write a test, or run python -m tests.architecture.own_tests: {sorted(found - named)}"
    assert not named - found, f"tested or gone, run the same: {LIST.relative_to(ROOT)} names {sorted(named - found)}"
