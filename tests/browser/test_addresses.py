"""Addresses that never lie: each carries its workspace, wherever and whenever it is opened."""

import re
import shutil

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import running_server
from tests.browser.waiting import click, idle, settled, visit, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]
GOAL = "First answer to an e-mail within 80 minutes"


@pytest.fixture
def new_server(sample_teams, tmp_path):
    home = shutil.copytree(sample_teams, tmp_path / "new-home")
    with running_server(home, sample=True, today="2026-11-10") as address:
        yield address


@pytest.fixture
def shared_link(page: Page, new_server: str) -> str:
    """A link for readers to a goal of the sample team, after which the team began with data of its own."""
    visit(page, f"{new_server}/goal?goal=sample-goal-1")
    click(page.get_by_role("button", name="Share"))
    write(page.get_by_role("textbox", name="Your name"), "Mariko Sato")
    page.keyboard.press("Enter")
    click(page.get_by_role("button", name="Make a link"))
    link = page.get_by_test_id("stCode").inner_text().strip()
    expect(page.get_by_text("Only this machine can open the link")).to_be_visible()
    page.keyboard.press("Escape")
    click(page.get_by_role("button", name="Sample team"))
    click(page.get_by_role("button", name="Begin with my own data"))
    expect(page.get_by_role("heading", name="Import", exact=True)).to_be_visible()
    settled(page)
    return link


def test_links_and_addresses_open_what_they_name_in_a_fresh_browser_whatever_was_open_last(
    page: Page, japanese_page: Page, shared_link: str, new_server: str
):
    fresh = japanese_page
    visit(fresh, shared_link)
    expect(fresh.get_by_role("heading", name=GOAL)).to_be_visible()
    visit(fresh, f"{new_server}/goal?goal=sample-goal-1&workspace=sample&lang=en")
    expect(fresh.get_by_role("heading", name=GOAL)).to_be_visible()
    visit(fresh, f"{new_server}/?lang=en")
    expect(fresh.get_by_text("The first step")).to_be_visible()
    expect(fresh).to_have_url(re.compile(r"workspace=own"))


def test_back_leads_to_the_workspace_that_was_left_and_forward_to_the_other(page: Page, shared_link: str):
    expect(page).to_have_url(re.compile(r"/import\?.*workspace=own"))
    page.go_back()
    expect(page.get_by_role("heading", name=GOAL)).to_be_visible()
    expect(page).to_have_url(re.compile(r"workspace=sample"))
    idle(page)
    expect(page.get_by_role("button", name="Sample team")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name=GOAL)).to_be_visible()
    idle(page)
    expect(page.get_by_role("button", name="Mariko Sato")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", name="Import", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="My team")).to_be_visible()


@pytest.mark.load
def test_a_link_of_the_navigation_leads_another_tab_to_the_same_workspace(page: Page, shared_link: str, new_server: str):
    visit(page, f"{new_server}/?workspace=sample")
    expect(page.get_by_role("heading", name="Goals", exact=True)).to_be_visible()
    settled(page)
    link = page.get_by_role("navigation").get_by_role("link", name="Goal page")
    link.focus()
    address = link.get_attribute("href") or ""
    assert "workspace=sample" in address
    other = page.context.new_page()
    visit(other, address)
    expect(other.get_by_role("button", name=re.compile("First answer to an e-mail"))).to_be_visible()


def test_a_second_workspace_is_made_named_left_and_found_again_with_what_was_being_typed(
    page: Page, japanese_page: Page, new_server: str
):
    visit(page, f"{new_server}/draft?workspace=sample")
    write(page.get_by_role("textbox", name="Owner").first, "Mariko Sato")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile(r"draft="))
    click(page.get_by_role("button", name="Sample team"))
    write(page.get_by_role("textbox", name="A new workspace"), "Osaka site")
    click(page.get_by_role("button", name="Make it"))
    expect(page.get_by_role("heading", name="Import", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/import\?.*workspace=osaka-site"))
    idle(page)
    click(page.get_by_role("button", name="Osaka site"))
    write(page.get_by_role("textbox", name="Name of this workspace"), "Osaka centre")
    page.keyboard.press("Enter")
    idle(page)
    click(page.get_by_role("button", name="Osaka centre"))
    click(page.get_by_role("button", name="Look at the sample team"))
    expect(page).to_have_url(re.compile(r"/draft\?.*draft="))
    expect(page.get_by_role("textbox", name="Owner").first).to_have_value("Mariko Sato")
    settled(page)
    click(page.get_by_role("button", name="Sample team"))
    click(page.get_by_role("button", name="Osaka centre"))
    expect(page).to_have_url(re.compile(r"/import\?.*workspace=osaka-site"))
    fresh = japanese_page
    visit(fresh, f"{new_server}/?workspace=osaka-site&lang=en")
    expect(fresh.get_by_role("button", name="Osaka centre")).to_be_visible()
    visit(fresh, f"{new_server}/?workspace=gone&lang=en")
    expect(fresh.get_by_role("heading", name="This workspace is not here")).to_be_visible()
    click(fresh.get_by_role("button", name="Osaka centre"))
    expect(fresh).to_have_url(re.compile(r"workspace=osaka-site"))
