"""What import-linter can't see: pages are scripts, so their syntax trees are checked here."""

import ast
import importlib
import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "pages").rglob("*.py"))
UI = sorted((ROOT / "cs_planning" / "ui").rglob("*.py"))
CLI = sorted((ROOT / "cs_planning" / "cli").rglob("*.py"))
SCRIPTS = [*PAGES, ROOT / "app.py"]
ROOMS_OF_PAGES = {"ui", "workspace", "language"}
LONGEST_PAGE = 120
ALLOWED_IN_PAGES = {"__future__", "streamlit", "cs_planning", "datetime"}
SQL = ("select ", "insert ", "update ", "delete ", "create table")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls_of(tree: ast.AST, owner: str) -> set[str]:
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == owner
    }


def test_there_are_pages_to_check():
    assert len(PAGES) >= 17
    assert len(UI) > len(PAGES)
    assert CLI
    assert any(path.parent.parent.name == "ui" for path in UI), "the rooms of ui are walked too"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_page_imports_only_streamlit_and_the_project(page):
    modules = set()
    for node in ast.walk(tree_of(page)):
        if isinstance(node, ast.Import):
            modules |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add((node.module or "").split(".")[0])
    assert modules <= ALLOWED_IN_PAGES


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_page_reaches_the_project_through_screens_and_use_cases_alone(script):
    for node in ast.walk(tree_of(script)):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            assert isinstance(node, ast.Import | ast.ImportFrom)
            room = name.split(".")[1:2]
            assert not name.startswith("cs_planning") or (room and room[0] in ROOMS_OF_PAGES), f"line {node.lineno}: {name}"


@pytest.mark.parametrize("script", [*SCRIPTS, *UI, *CLI], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_nobody_looks_past_the_workspace_into_its_store(script):
    for node in ast.walk(tree_of(script)):
        assert not (isinstance(node, ast.Attribute) and node.attr in {"_store", "_database"}), f"line {node.lineno}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_a_page_imports_from_the_project_exists(page):
    imported = [node for node in ast.walk(tree_of(page)) if isinstance(node, ast.ImportFrom)]
    for node in [one for one in imported if (one.module or "").startswith("cs_planning")]:
        module = importlib.import_module(node.module)
        for name in node.names:
            there = hasattr(module, name.name) or importlib.util.find_spec(f"{node.module}.{name.name}") is not None
            assert there, f"line {node.lineno}: {node.module} has no {name.name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_page_does_no_arithmetic_and_holds_no_sql(page):
    for node in ast.walk(tree_of(page)):
        assert not isinstance(node, ast.BinOp) or isinstance(node.op, ast.BitOr), f"line {node.lineno}: arithmetic"
        assert not isinstance(node, ast.AugAssign), f"line {node.lineno}: arithmetic"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not node.value.lower().startswith(SQL), f"line {node.lineno}: SQL"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_page_is_short(page):
    assert len(page.read_text(encoding="utf-8").splitlines()) <= LONGEST_PAGE


@pytest.mark.parametrize("script", [*PAGES, *UI], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_session_state_and_caches_have_one_owner_each(script):
    used = calls_of(tree_of(script), "st")
    assert "session_state" not in used or script.stem == "session"
    assert not any(name.startswith("cache_") for name in used) or script.stem == "cached"


@pytest.mark.parametrize("script", [*PAGES, *UI], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_html_of_a_user_can_reach_a_screen(script):
    for node in ast.walk(tree_of(script)):
        assert not (isinstance(node, ast.keyword) and node.arg in {"unsafe_allow_html", "unsafe_allow_javascript"})
