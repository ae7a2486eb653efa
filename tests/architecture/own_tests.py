"""Which module has no test of its own: none with its name in the same place, and none of its room that imports it.

    python -m tests.architecture.own_tests

writes the list anew. What is on it is tested through others alone, such as a screen through its page.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE, TESTS = ROOT / "cs_planning", ROOT / "tests"
LIST = Path(__file__).parent / "without_own_test.txt"


def modules() -> list[Path]:
    """Every module with code of its own, relative to the package."""
    found = (path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
    return sorted(path for path in found if path.name != "__init__.py" and "migrations" not in path.parts)


def without_own_test() -> list[str]:
    """The modules that no test of their own looks at."""
    importing = _importing()
    return [
        path.as_posix()
        for path in modules()
        if not (TESTS / path.parent / f"test_{path.name}").exists() and path.parent not in importing[path]
    ]


def _importing() -> dict[Path, set[Path]]:
    """By module, the rooms whose tests import it."""
    rooms: dict[Path, set[Path]] = defaultdict(set)
    for test in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(test.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cs_planning."):
                for name in (node.module, *(f"{node.module}.{one.name}" for one in node.names)):
                    rooms[Path(*str(name).split(".")[1:]).with_suffix(".py")].add(test.relative_to(TESTS).parent)
    return rooms


if __name__ == "__main__":
    LIST.write_text("\n".join(without_own_test()) + "\n", encoding="utf-8")
    print(f"{len(modules())} modules, {len(without_own_test())} without a test of their own: {LIST.relative_to(ROOT)}")
