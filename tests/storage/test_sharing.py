"""Links for readers on both databases: what opens, what does not, and the switch of the workspace."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cs_planning.errors import SharingOff
from cs_planning.goals.goal import SatisfactionGoal
from cs_planning.kpis.frequency import Frequency
from cs_planning.notebook.pages.page import Page
from cs_planning.storage import Save, Store
from cs_planning.workspace import Home, Workspace

TODAY = date(2026, 1, 15)
NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)
TOKEN = "a-token-of-more-than-twenty-two-characters"
WEEK = timedelta(days=7)


@pytest.fixture
def workspace(store: Store, tmp_path: Path) -> Iterator[Workspace]:
    yield Workspace(store, Home.at(tmp_path / "home"))


@pytest.fixture
def page(workspace: Workspace) -> Page:
    goal = SatisfactionGoal(title="More satisfied customers", series="csat", frequency=Frequency.MONTH)
    return workspace.pages.page_of(workspace.planning.save_draft(goal, save=Save("Mika", "goal", NOW)))


def shared(workspace: Workspace, page: Page, token: str = TOKEN, *, live: bool = True) -> str:
    key = f"share-{token}"
    return workspace.shares.share(page, token, TODAY, days=7, live=live, save=Save("Mika", key, NOW)).id


def allow(workspace: Workspace, allowed: bool) -> None:
    workspace.shares.allow(allowed, save=Save("Ren", f"allow-{allowed}", NOW))


@pytest.mark.slow
@pytest.mark.parametrize("live", [True, False])
def test_a_link_opens_nothing_while_links_are_off_and_again_when_they_are_on(workspace: Workspace, page: Page, live: bool):
    shared(workspace, page, live=live)
    assert workspace.shares.opened(TOKEN, NOW) is not None
    allow(workspace, False)
    assert workspace.shares.opened(TOKEN, NOW) is None
    allow(workspace, True)
    assert workspace.shares.opened(TOKEN, NOW) is not None


def test_no_link_is_made_and_no_page_frozen_for_one_while_links_are_off(workspace: Workspace, page: Page):
    allow(workspace, False)
    with pytest.raises(SharingOff, match="allow links under Settings"):
        shared(workspace, page, live=False)
    assert workspace.shares.count_open(NOW) == 0
    assert workspace.pages.pages() == ()


@pytest.mark.parametrize("token", ["", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "x" * 43, "%", "' OR 1=1 --", "\x00", "あ" * 30])
@pytest.mark.parametrize("allowed", [True, False])
def test_what_is_no_token_opens_nothing_whether_links_are_on_or_off(
    workspace: Workspace, page: Page, token: str, allowed: bool
):
    shared(workspace, page)
    allow(workspace, allowed)
    assert workspace.shares.opened(token, NOW) is None


def test_turning_links_on_brings_back_neither_ended_nor_revoked_ones(workspace: Workspace, page: Page):
    revoked = shared(workspace, page, "y" * 43)
    shared(workspace, page)
    allow(workspace, False)
    workspace.shares.revoke(revoked, save=Save("Ren", "revoke", NOW))
    allow(workspace, True)
    assert workspace.shares.opened("y" * 43, NOW) is None
    assert workspace.shares.opened(TOKEN, NOW + WEEK) is None


def test_open_links_are_counted_without_those_that_ended_or_were_taken_back(workspace: Workspace, page: Page):
    assert workspace.shares.count_open(NOW) == 0
    revoked = shared(workspace, page, "y" * 43)
    shared(workspace, page)
    assert workspace.shares.count_open(NOW) == 2
    workspace.shares.revoke(revoked, save=Save("Ren", "revoke", NOW))
    assert workspace.shares.count_open(NOW) == 1
    assert workspace.shares.count_open(NOW + WEEK) == 0


def test_the_switch_is_in_the_history_of_the_workspace(workspace: Workspace, store: Store):
    allow(workspace, False)
    entry = store.changes.list(limit=1)[0]
    assert (entry.author, entry.detail) == ("Ren", "false")
