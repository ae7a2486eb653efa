"""A page whose every text field holds an attack, in the real browser: on every screen that shows it, nothing runs."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from cs_planning.notebook.cells.marked_day import MarkedDay
from cs_planning.notebook.kinds.image import ImageCell
from cs_planning.notebook.kinds.kpi_chart import KpiChart
from cs_planning.notebook.kinds.text import TextCell
from cs_planning.notebook.registry import KINDS
from cs_planning.workspace import Home, Save, Workspace
from tests.browser.server import running_server
from tests.browser.test_goal_pages import ATTACK, not_attacked
from tests.browser.waiting import click, idle, settled, visit, write

pytestmark = pytest.mark.browser
TODAY = date(2026, 11, 10)
NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
TOKEN = "a-token-of-more-than-twenty-two-characters"
SHORT = "Kept<img src=x onerror=window.attacked=1>[x](javascript:window.attacked=1)"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='window.attacked=1'><script>window.attacked=1</script></svg>"


@pytest.fixture(scope="module")
def attacked(sample_copy, tmp_path_factory) -> Iterator[tuple[str, str, str]]:
    """A server with such a page: its address, the id of the page, the id of its snapshot."""
    home = sample_copy(tmp_path_factory.mktemp("attacked") / "home")
    workspace = Workspace.open(Home.at(home))
    goal = workspace.planning.goals()[0]
    hostile = goal.model_copy(update={"title": SHORT, "why": ATTACK, "how": ATTACK, "owner": SHORT, "team": SHORT})
    goal = workspace.planning.save_draft(hostile, save=Save(SHORT, "goal", NOW))
    made = workspace.pages.new_page("leadership", SHORT, goal, save=Save(SHORT, "page", NOW))
    written = io.BytesIO()
    Image.new("RGB", (30, 20), "navy").save(written, "PNG")
    picture = workspace.pages.keep_picture(written.getvalue(), SHORT, save=Save(SHORT, "picture", NOW))
    cells = [kind.cell(id=f"cell-{name}", title=SHORT) for name, kind in KINDS.items()]
    cells += [
        TextCell(id="words", markdown=ATTACK),
        ImageCell(id="picture", image=picture, alt=SHORT, caption=SHORT),
        KpiChart(id="chart", events=(MarkedDay(day=date(2026, 3, 1), label=SHORT),)),
    ]
    page = workspace.pages.arrange(
        made, lambda newest: newest.model_copy(update={"cells": tuple(cells)}), save=Save(SHORT, "cells", NOW)
    )
    workspace.talk.comment(page, "words", ATTACK, save=Save(SHORT, "comment", NOW))
    workspace.talk.decide(page, "words", ATTACK, owner=SHORT, today=TODAY, save=Save(SHORT, "decision", NOW))
    snapshot = workspace.snapshots.freeze(page, TODAY, note=SHORT, save=Save(SHORT, "frozen", NOW)).id
    workspace.shares.share(page, TOKEN, TODAY, days=9999, live=True, save=Save(SHORT, "share", NOW))
    workspace.close()
    with running_server(home, sample=False, today=TODAY.isoformat()) as address:
        yield address, page.id, snapshot


@pytest.mark.slow
@pytest.mark.parametrize(
    "screen",
    ["list", "page", "shared", *(pytest.param(screen, marks=pytest.mark.load) for screen in ("snapshot", "presentation"))],
)
def test_no_word_of_a_page_runs_on_any_screen(page: Page, attacked: tuple[str, str, str], screen: str):
    address, name, snapshot = attacked
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    paths = {
        "list": "/goal",
        "page": f"/goal?page={name}",
        "snapshot": f"/goal?page={name}&snapshot={snapshot}",
        "presentation": f"/present?page={name}",
        "shared": f"/shared?token={TOKEN}",
    }
    visit(page, address + paths[screen])
    expect(page.get_by_text("Kept").first).to_be_visible()
    idle(page)
    if screen == "page":
        click(page.get_by_text("Arrange"))
        expect(page.get_by_role("button", name="Delete").first).to_be_visible()
        idle(page)
    if screen == "presentation":
        for _section in range(16):
            page.keyboard.press("ArrowRight")
            settled(page)
            not_attacked(page)
    not_attacked(page)
    assert all(url.startswith((address, "data:", "blob:")) for url in asked), asked


@pytest.mark.slow
def test_a_drawing_with_scripts_is_refused_under_whatever_name(page: Page, attacked: tuple[str, str, str]):
    address, name, _snapshot = attacked
    visit(page, f"{address}/goal?page={name}")
    expect(page.get_by_text("Kept").first).to_be_visible()
    click(page.get_by_text("Arrange"))
    place = page.locator(".st-key-picture-cell-image")
    place.scroll_into_view_if_needed()
    place.locator("input[type=file]").set_input_files({"name": "harmless.png", "mimeType": "image/png", "buffer": SVG})
    write(place.get_by_role("textbox", name="What the picture shows"), "A drawing")
    click(place.get_by_role("button", name="Keep"))
    expect(page.get_by_text("no picture that can be shown").first).to_be_visible()
    not_attacked(page)
