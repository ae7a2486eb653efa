"""What the looks and scripts of the browser find by the beginning of a name is named so in one module.

No other place is hidden or opened with it.
"""

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
BROWSER = ROOT / "cs_planning" / "ui" / "browser"
BEGINNING = re.compile(r'"st-key-([a-z-]+-)"')
KEY = re.compile(r'\bkey=f?"([^"]+)"')


def beginnings() -> set[str]:
    files = [*BROWSER.rglob("*.css"), *BROWSER.rglob("*.js")]
    return {found for file in files for found in BEGINNING.findall(file.read_text(encoding="utf-8"))}


def modules_by_key() -> dict[str, set[Path]]:
    modules = defaultdict(set)
    for folder in ("cs_planning/ui", "pages"):
        for file in (ROOT / folder).rglob("*.py"):
            for key in KEY.findall(file.read_text(encoding="utf-8")):
                modules[key].add(file)
    return modules


def test_the_beginning_of_a_name_that_a_look_knows_is_used_by_one_module():
    keys, known = modules_by_key(), beginnings()
    assert len(known) > 8 and len(keys) > 50
    for beginning in known:
        places = {file for key, files in keys.items() if key.startswith(beginning) for file in files}
        assert len(places) <= 1, f"st-key-{beginning} names places of {sorted(file.name for file in places)}"


def test_a_whole_name_does_not_begin_as_others_do_that_a_look_hides():
    whole = [key for key in modules_by_key() if "{" not in key]
    for beginning in beginnings():
        assert not [key for key in whole if key.startswith(beginning)]
