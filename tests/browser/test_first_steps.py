"""A new user's first minutes: the sample team, the tour, and the way to data of one's own."""

import shutil

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import running_server
from tests.browser.waiting import idle, settled, visit

pytestmark = pytest.mark.browser


@pytest.fixture
def new_server(sample_teams, tmp_path):
    home = shutil.copytree(sample_teams, tmp_path / "new-home")
    with running_server(home, sample=True, today="2026-11-10") as address:
        yield address


def press(page: Page, name: str) -> None:
    """Presses a button by the keyboard alone."""
    button = page.get_by_role("button", name=name)
    button.wait_for()
    settled(page)
    button.focus()
    button.press("Enter")


@pytest.mark.slow
def test_the_tour_leads_along_the_way_of_the_data_by_keyboard_and_ends_for_good(page: Page, new_server: str):
    visit(page, new_server)
    expect(page.get_by_text("Set goals for customer service on your own numbers")).to_be_visible()
    press(page, "Start the tour")
    for number, heading in enumerate(("Import", "Draft a goal", "Forecast", "What-if"), start=1):
        expect(page.get_by_text(f"Stop {number} of 5")).to_be_visible()
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        idle(page)
        press(page, "Next stop")
    expect(page.get_by_text("Stop 5 of 5")).to_be_visible()
    idle(page)
    press(page, "End the tour")
    expect(page.get_by_text("Stop 5 of 5")).not_to_be_visible()

    visit(page, new_server)
    expect(page.get_by_role("heading", name="Goals", exact=True)).to_be_visible()
    idle(page)
    expect(page.get_by_role("button", name="Start the tour")).not_to_be_visible()


@pytest.mark.slow
def test_own_data_begin_in_an_empty_workspace_and_the_sample_can_be_seen_again(page: Page, new_server: str):
    visit(page, new_server)
    expect(page.get_by_role("button", name="Begin with my own data")).to_be_visible()
    press(page, "Begin with my own data")
    expect(page.get_by_role("heading", name="Import", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Begin with my own data")).not_to_be_visible()
    expect(page.get_by_text("What is here already")).not_to_be_visible()

    visit(page, new_server)
    expect(page.get_by_text("The first step")).to_be_visible()
    press(page, "Look at the sample team")
    expect(page.get_by_role("link", name="First answer to an e-mail")).to_be_visible()
    press(page, "Begin with my own data")
    expect(page.get_by_role("heading", name="Import", exact=True)).to_be_visible()
