"""The main job as a manager does it: export → goal → probability → what-if → goal page → file for the meeting."""

import csv
import io
import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cs_planning.exports.figures import unbroken
from tests.browser.waiting import click, idle, settled, visit, write

pytestmark = pytest.mark.browser
FIRST, LAST = date(2023, 10, 9), date(2026, 10, 31)


@pytest.fixture(scope="module")
def call_centre_file(tmp_path_factory) -> Path:
    """A daily call-centre export as they come: semicolons, byte-order mark, newest first, first month partial."""
    chance = random.Random(11)
    rows = []
    day = LAST
    while day >= FIRST:
        offered = round((620 if day.weekday() < 5 else 240) * chance.lognormvariate(0, 0.08))
        abandoned = round(offered * min(0.4, chance.lognormvariate(-2.9, 0.35)))
        seconds = 20 + 300 * abandoned / offered * chance.lognormvariate(0, 0.1)
        rows.append(
            [day.isoformat(), offered, offered - abandoned, abandoned, f"{seconds:.3f}", f"{1 - 2.2 * abandoned / offered:.4f}"]
        )
        day -= timedelta(days=1)
    written = io.StringIO()
    head = ["Date", "CallsOffered", "CallsHandled", "CallsAbandoned", "AverageSpeedofAnswer", "ServiceLevel"]
    csv.writer(written, delimiter=";").writerows([head, *rows])
    path = tmp_path_factory.mktemp("files") / "contact-centre-daily.csv"
    path.write_bytes(b"\xef\xbb\xbf" + written.getvalue().encode())
    return path


def metric(page: Page, label: str) -> str:
    """The number in large type under a label."""
    box = page.get_by_test_id("stMetric").filter(has_text=label).first
    return box.get_by_test_id("stMetricValue").inner_text()


@pytest.mark.slow
def test_from_an_export_to_the_review_meeting(page: Page, empty_server: str, call_centre_file: Path, tmp_path: Path, context):
    visit(page, empty_server)
    expect(page.get_by_text("The first step")).to_be_visible()
    click(page.get_by_test_id("stMain").get_by_role("link", name="Import a file"))

    page.locator("input[type=file]").set_input_files(call_centre_file)
    expect(page.get_by_text("Call-centre statistics by day")).to_be_visible()
    expect(page.get_by_text("contacts offered").first).to_be_attached()
    idle(page)
    click(page.get_by_role("button", name="Import", exact=True))
    expect(page.get_by_text("was imported")).to_be_visible()
    click(page.get_by_role("link", name="Draft a goal on"))

    expect(page.get_by_role("heading", name="Draft a goal")).to_be_visible()
    write(page.get_by_test_id("stSelectbox").filter(has_text="KPI").first.locator("input"), "Abandonment")
    click(page.get_by_role("option", name="Abandonment rate").first)
    likelihood = page.locator(".st-key-likelihood")
    expect(likelihood).to_contain_text("Likely to reach")
    settled(page)
    before = likelihood.inner_text()
    handle = page.locator("[class*='-primary-']").first.get_by_role("slider")
    handle.focus()
    for _press in range(5):
        handle.press("ArrowLeft")
    expect(likelihood).not_to_have_text(before, use_inner_text=True)
    idle(page)

    expect(page.get_by_text("Name one person who answers for it")).to_be_visible()
    owner = page.get_by_label("Owner", exact=True)
    owner.press_sequentially("Mariko Sato", delay=20)
    expect(page.get_by_text("Name one person who answers for it")).not_to_be_visible()
    write(page.get_by_label("The goal in one sentence", exact=True), "Fewer callers give up")
    write(page.get_by_label("How it will be reached", exact=True), "Call back from five waiting callers on")
    write(page.get_by_label("Why it matters", exact=True), "Callers who give up write an e-mail as well")
    page.get_by_label("Why it matters", exact=True).press("Tab")
    idle(page)
    word = page.get_by_label("Why commit to it all the same?", exact=True)
    write(word, "Two colleagues begin in December")
    word.press("Tab")
    idle(page)
    click(page.get_by_role("button", name="Commit to this goal"))

    expect(page.get_by_role("heading", name="Fewer callers give up")).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]goal="))
    address = page.url
    expect(page.get_by_text("How likely it is")).to_be_visible()
    settled(page)
    claim = page.get_by_role("heading", level=1).inner_text()
    said = re.search(r"((?:under |over )?\d+ %) likely", claim)
    assert said is not None
    probability = said[1]

    click(page.get_by_role("link", name="Try a what-if"))
    expect(page.locator(".st-key-what-if-answer")).to_contain_text("Mean wait")
    settled(page)
    wait = metric(page, "Mean wait")
    containment = page.locator("[class*='-containment']").first.get_by_role("slider")
    containment.focus()
    for _press in range(8):
        containment.press("ArrowRight")
    expect(page.locator(".st-key-what-if-answer")).not_to_contain_text(wait)
    click(page.get_by_role("tab", name="Goals"))
    expect(page.locator(".st-key-what-if-goals")).to_be_visible()
    click(page.get_by_role("button", name="Save as new"))
    expect(page.get_by_text("is kept")).to_be_visible()

    page.goto(address)
    idle(page)
    expect(page.get_by_text("What automation would change")).to_be_visible()
    click(page.locator(".st-key-folded-notes summary"))
    write(page.get_by_role("textbox", name="Notes for the meeting"), "Decided: start in January.")
    click(page.get_by_role("button", name="Keep the notes"))
    expect(page.get_by_text("Decided: start in January.").first).to_be_visible()
    idle(page)
    click(page.get_by_role("button", name="Take it along"))
    with page.expect_download() as download:
        click(page.locator(".st-key-export-html button"))
    file = tmp_path / "goal.html"
    download.value.save_as(file)

    offline = context.new_page()
    context.set_offline(True)
    offline.goto(file.as_uri())
    expect(offline.get_by_role("heading", name="Fewer callers give up").first).to_be_visible()
    expect(offline.locator("svg.marks, canvas.marks").first).to_be_visible()
    expect(offline.get_by_text("Decided: start in January.").first).to_be_visible()
    assert unbroken(probability) in offline.locator("body").inner_text()
    context.set_offline(False)

    visit(page, empty_server)
    expect(page.get_by_role("link", name="Fewer callers give up")).to_be_visible()


def test_no_page_of_the_sample_team_shows_an_error_or_a_raw_value(page: Page, sample_server: str):
    for path in ("/", "/import", "/draft", "/what-if", "/goal"):
        visit(page, sample_server + path)
        page.get_by_test_id("stMain").get_by_role("heading").first.wait_for()
        settled(page)
        seen = page.get_by_test_id("stMain").inner_text()
        assert page.get_by_test_id("stException").count() == 0
        assert "Page not found" not in page.locator("body").inner_text()
        raw = re.search(r"Traceback|\bnan\b|\bNone\b(?! chosen)|[{}]|Something went wrong", seen)
        assert raw is None, f"{raw} on {path}"


def test_every_response_carries_the_security_headers(page: Page, sample_server: str):
    for path in ("/", "/healthz", "/_stcore/health"):
        headers = page.request.get(sample_server + path).headers
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_the_health_route_says_that_the_workspace_answers(page: Page, sample_server: str):
    assert page.request.get(f"{sample_server}/healthz").json()["status"] == "ok"


def test_a_second_click_saves_a_goal_once(page: Page, sample_server: str):
    visit(page, f"{sample_server}/draft")
    expect(page.locator(".st-key-likelihood")).to_contain_text("Likely to reach")
    write(page.get_by_label("The goal in one sentence", exact=True), "Saved by two clicks")
    page.get_by_label("The goal in one sentence", exact=True).press("Tab")
    expect(page.get_by_role("heading", name="Is it SMART?")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Keep as a draft").dblclick()
    expect(page.get_by_role("heading", name="Saved by two clicks")).to_be_visible()
    visit(page, sample_server)
    expect(page.get_by_role("link", name="Saved by two clicks")).to_have_count(1)
