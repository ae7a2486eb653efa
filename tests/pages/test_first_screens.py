"""The first screens say what the documentation writes down: a claim, its reason and the next step."""

import re
from pathlib import Path

import pytest

from tests.pages.looking import links, metrics, words

ROOT = Path(__file__).parents[2]
WRITTEN = (ROOT / "docs" / "first_screens.md").read_text(encoding="utf-8")
SCREENS = {
    "Goals": ("pages/home.py", {}),
    "Draft a goal": ("pages/draft_goal.py", {}),
    "Goal page": ("pages/goal_page.py", {"goal": "sample-goal-0"}),
    "What-if": ("pages/what_if.py", {}),
    "Review": ("pages/review.py", {}),
}


def rows() -> dict[str, list[str]]:
    """The cells of each screen's row: claim, reason, next step."""
    found = [re.split(r"\s*\|\s*", line.strip("| ")) for line in WRITTEN.splitlines() if line.startswith("| ")]
    return {name: cells for name, *cells in found if name in SCREENS}


def read(app) -> str:
    """Every word on the page, labels of fields, buttons and links included."""
    fields = (app.slider, app.text_input, app.button, app.selectbox, app.number_input)
    labels = [element.label for kind in fields for element in kind]
    folded = [block.proto.popover.label for block in app.get("popover")]
    said = " ".join([words(app), links(app), *labels, *folded, *metrics(app)])
    return re.sub(r"\s+", " ", re.sub(r"[*\\]", "", said))


def test_all_five_screens_are_written_down_with_all_three():
    assert rows().keys() == SCREENS.keys()
    assert all(re.search("“[^”]+”", cell) for cells in rows().values() for cell in cells)


def test_its_pictures_are_there():
    pictures = re.findall(r"\]\((pictures/[^)]+)\)", WRITTEN)
    assert len(pictures) == len(SCREENS)
    assert all((ROOT / "docs" / picture).is_file() for picture in pictures)


@pytest.mark.slow
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_says_its_claim_its_reason_and_the_next_step(open_app, sample_home, screen: str):
    script, query = SCREENS[screen]
    app = open_app(sample_home, script, **query)
    assert not app.exception
    said = read(app)
    missing = [part for cell in rows()[screen] for part in re.findall("“([^”]+)”", cell) if part not in said]
    assert not missing, said


@pytest.mark.slow
def test_the_claim_of_the_home_page_stands_before_its_cards(open_app, sample_home):
    said = words(open_app(sample_home, "pages/home.py"))
    assert said.index("are likely to be reached") < said.index("Next review")
