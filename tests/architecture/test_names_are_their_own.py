"""A class has a name of its own in the whole package, so that a reader knows which one is meant; modules are nouns."""

import ast
import re
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "cs_planning"
FORBIDDEN = re.compile(r"^(utils?|helpers?|misc|common|stuff)$|_(more|of|and|other|misc|utils?|helpers?)$")


def classes() -> dict[str, list[str]]:
    """The places of each public class by its name."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(path.relative_to(PACKAGE).as_posix())
    return found


def test_no_two_public_classes_have_the_same_name() -> None:
    found = classes()
    assert len(found) > 300
    twins = {name: places for name, places in found.items() if len(places) > 1}
    assert not twins


def test_no_module_has_the_name_of_a_drawer() -> None:
    names = [path.stem for path in PACKAGE.rglob("*.py")]
    assert len(names) > 400
    assert not [name for name in names if FORBIDDEN.search(name)]
