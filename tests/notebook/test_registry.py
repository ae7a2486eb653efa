"""Every kind is found in its file, under its name, in an order of its own."""

from pathlib import Path

from cs_planning.notebook import kinds
from cs_planning.notebook.cells.unknown import UNKNOWN
from cs_planning.notebook.registry import KINDS, kind_of


def test_each_file_of_the_folder_is_the_kind_of_its_name() -> None:
    files = {path.stem for path in Path(kinds.__file__).parent.glob("*.py")} - {"__init__"}
    assert len(files) > 10
    assert set(KINDS) == files


def test_no_two_kinds_have_the_same_place_in_the_menu() -> None:
    places = [kind.place for kind in KINDS.values()]
    assert places == sorted(set(places))


def test_a_kind_of_a_newer_version_runs_as_unknown() -> None:
    assert kind_of("hologram") is UNKNOWN
    assert kind_of("text") is not UNKNOWN
