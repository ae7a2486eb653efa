"""What the program is installed with is pinned, known by its hash and its licence, and no advisory is about it.

No network is asked: advisories are those in `advisories.toml`, which says until when it was looked after.
"""

import re
import tomllib
from datetime import date
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.specifiers import SpecifierSet
from packaging.version import Version

ROOT = Path(__file__).parents[2]
KNOWN = tomllib.loads((Path(__file__).parent / "advisories.toml").read_text(encoding="utf-8"))
BLOCK = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?(?P<rest>[^\n]*(?:\n[ \t]+--hash=[^\n]*)*)", re.MULTILINE)
PERMISSIVE = re.compile(
    r"\b(MIT|BSD|Apache|PSF|Python Software Foundation|ISC|HPND|MPL|Unlicense|0BSD|CC0|Zlib|OFL)\b", re.IGNORECASE
)
LICENCES = {
    "noto-cjk": "the fonts are under the SIL Open Font License",
}
"""Libraries whose metadata name no licence, with what their project says."""


def pins(source: str) -> list[tuple[str, str]]:
    """The libraries of a requirements file, with all that is said of each."""
    return [(found["name"].lower().replace("_", "-"), found["rest"]) for found in BLOCK.finditer(source)]


PINS = pins((ROOT / "requirements.txt").read_text(encoding="utf-8"))


def version_of(rest: str) -> str:
    found = re.match(r"==([^\s;\\]+)", rest.strip())
    return found[1] if found else ""


def is_for_this_machine(rest: str) -> bool:
    marker = re.search(r";\s*([^\\\n]+)", rest)
    return marker is None or Marker(marker[1].strip()).evaluate()


def about(library: str, version: str) -> list[str]:
    """The advisories about a version of a library."""
    return [
        f"{one['id']}: {one['what']}"
        for one in KNOWN["advisory"]
        if one["library"] == library and Version(version) in SpecifierSet(one["versions"], prereleases=True)
    ]


def test_there_is_something_to_look_at():
    assert len(PINS) > 50
    assert {one["library"] for one in KNOWN["advisory"]} & {name for name, _rest in PINS}
    assert KNOWN["looked_after_until"] >= date(2026, 11, 30)


@pytest.mark.parametrize(("name", "rest"), PINS, ids=[name for name, _rest in PINS])
def test_a_library_is_pinned_known_and_sound(name, rest):
    version = version_of(rest)
    assert version, "it is not pinned to one version"
    assert "--hash=sha256:" in rest, "its hash is not known"
    assert about(name, version) == []
    if not is_for_this_machine(rest):
        return
    try:
        found = distribution(name)
    except PackageNotFoundError:
        pytest.fail("it is pinned but not installed: make clean, then try again")
    assert Version(found.version) == Version(version), "another version is installed than the pinned one"
    said = found.metadata
    words = " ".join(
        [
            *said.get_all("License-Expression", []),
            *(one[:200] for one in said.get_all("License", [])),
            *said.get_all("Classifier", []),
        ]
    )
    assert PERMISSIVE.search(words), f"its licence is not one that we know: {words[:200]}"


def test_an_advisory_is_found_and_its_remedy_is_not():
    assert about("pyarrow", "14.0.0")
    assert not about("pyarrow", "14.0.1")
    assert about("starlette", "0.49.0")


@pytest.mark.parametrize("written", ["pandas>=3", "pandas==3.1.0 ; python_version < '3'", "pandas==3.1.0"])
def test_what_is_not_pinned_with_a_hash_is_seen(written):
    ((name, rest),) = pins(f"{written}\n")
    assert name == "pandas"
    assert not version_of(rest) or "--hash" not in rest
