"""The documentation is built, its links lead somewhere, and what it repeats from the code is true."""

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from cs_planning import __version__
from tests.docs import reference

ROOT = Path(__file__).parents[2]


class Links(HTMLParser):
    """The addresses and anchors of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, _tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in {"href", "src"} and value:
                self.targets.append(value)
            if name == "id" and value:
                self.anchors.add(value)


def read(page: Path) -> Links:
    links = Links()
    links.feed(page.read_text(encoding="utf-8"))
    return links


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copy(ROOT / "zensical.toml", folder)
    command = [str(Path(sys.executable).parent / "zensical"), "build", "--strict", "--clean"]
    built = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder / "build" / "docs"


@pytest.mark.slow
def test_every_link_of_the_documentation_leads_somewhere(site):
    pages = {page: read(page) for page in site.rglob("*.html") if page.name != "404.html"}
    assert len(pages) > 20
    broken = []
    for page, links in pages.items():
        for target in links.targets:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc or target.startswith("data:"):
                continue
            place = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if place.is_dir():
                place = place / "index.html"
            if not place.is_file() or (
                place in pages and parts.fragment and unquote(parts.fragment) not in pages[place].anchors
            ):
                broken.append(f"{page.relative_to(site)}: {target}")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("page", reference.PAGES)
def test_what_is_written_from_the_code_is_up_to_date(page):
    assert (ROOT / "docs" / page).read_text(encoding="utf-8") == reference.written(page), "run `make docs`"


def test_every_environment_variable_is_described():
    read_by_the_code = {
        name
        for path in (ROOT / "cs_planning").rglob("*.py")
        for name in re.findall(r"environ[^\n]*\"(CS_PLANNING_\w+)\"", path.read_text(encoding="utf-8"))
    }
    assert read_by_the_code == set(reference.SETTINGS)


def test_the_version_is_told_once():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{__version__}"' in project
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
