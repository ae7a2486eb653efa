"""A class has a name of its own in the whole package, so that a reader knows which one is meant; modules are nouns."""

import ast
import re
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "cs_planning"
SHARED = {
    "Bar": "of a tornado, and of a comparison of scenarios",
    "Column": "of an imported file, and of a table on a page",
    "Direction": "in which a goal is better, and in which a scale of answers runs",
    "Measure": "what a goal measures of a KPI, and the unit in a header",
    "Measured": "a team, and a KPI in a query",
    "Outcome": "of a scenario, and of an answer about a file",
    "Question": "to a forecast, and about a file",
    "Table": "of a file, and on a page",
    "Verdict": "on a letter of a goal, and on what a scenario promised",
}
"""Names that two classes still share, with what each is; they are known by their rooms, and no new one may come."""
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
    assert not {name: places for name, places in twins.items() if name not in SHARED}
    assert not set(SHARED) - set(twins), "they have names of their own by now: take them from SHARED"


def test_no_module_has_the_name_of_a_drawer() -> None:
    names = [path.stem for path in PACKAGE.rglob("*.py")]
    assert len(names) > 400
    assert not [name for name in names if FORBIDDEN.search(name)]
