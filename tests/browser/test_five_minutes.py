"""A manager who has never seen the product gets to a file for the meeting in few clicks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.first_goal import first_goal
from tests.browser.server import running_server

pytestmark = [pytest.mark.browser, pytest.mark.load]

MOST_CLICKS = 25


@pytest.fixture
def fresh_server(tmp_path) -> Iterator[str]:
    with running_server(tmp_path / "fresh-home", sample=True, today="2026-11-10") as address:
        yield address


def test_from_a_fresh_workspace_to_a_file_for_the_meeting(page: Page, fresh_server: str, tmp_path: Path):
    visitor = first_goal(page, fresh_server, tmp_path)
    assert "Fewer callers give up" in (tmp_path / "goal.html").read_text(encoding="utf-8")
    assert visitor.clicks <= MOST_CLICKS
