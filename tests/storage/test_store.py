"""The shape of the store: one small object for each kind of thing kept, and one way of reading a record."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import cs_planning.storage
from cs_planning.storage import Store

SOURCES = sorted(Path(cs_planning.storage.__file__).parent.glob("*.py"))
MADE_OF_A_ROW = re.compile(r"\w\(\*\*?row\)|model_construct")


def public_methods(kind: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(kind, inspect.isroutine) if not name.startswith("_")}


def test_the_store_itself_only_opens_closes_and_gives_all_that_it_keeps_as_one_state():
    assert public_methods(Store) == {"open", "close", "one_state"}
    assert Store.__bases__ == (object,)


def test_each_kind_of_thing_kept_has_one_small_object_that_inherits_nothing(store: Store):
    kinds = {name: type(one) for name, one in vars(store).items()}
    assert {"goals", "documents", "imports", "points", "settings", "changes"} <= set(kinds)
    assert len(set(kinds.values())) == len(kinds)
    for name, kind in kinds.items():
        assert kind.__bases__ == (object,), name
        assert 1 <= len(public_methods(kind)) <= 9, name


def test_a_row_becomes_a_record_in_one_place():
    found = {path.name for path in SOURCES if MADE_OF_A_ROW.search(path.read_text(encoding="utf-8"))}
    assert found == {"records.py"}
