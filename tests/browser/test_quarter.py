"""One quarter of a team, with a clock that moves: draft → check-in → new plan → review → close → record."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.home import Home
from tests.browser.server import running_server
from tests.browser.waiting import click, idle, visit, write

pytestmark = pytest.mark.browser
HEAD = "Month,CSAT (%),CSAT answers\n"
PAST = "".join(f"{2023 + month // 12}-{month % 12 + 1:02d},{80 + month % 5},{400 + month}\n" for month in range(36))
TITLE = "More satisfied customers this quarter"


def bring_in(home: Path, rows: str, day: datetime) -> None:
    workspace = Workspace.open(Home.at(home))
    workspace.data.import_file("csat.csv", (HEAD + rows).encode(), save=Save("test", f"import-{day}", day))
    workspace.close()


@pytest.mark.load
def test_a_quarter_from_the_draft_to_the_record(page: Page, tmp_path_factory):
    home = tmp_path_factory.mktemp("quarter-home")
    bring_in(home, PAST, datetime(2026, 1, 12, tzinfo=UTC))
    with running_server(home, sample=False, today="2026-01-12") as january:
        visit(page, f"{january}/draft")
        click(page.get_by_text("Satisfaction", exact=True))
        expect(page.get_by_text("Now at 80")).to_be_visible()
        idle(page)
        click(page.get_by_text("Q1 2026", exact=True))
        idle(page)
        write(page.get_by_label("Owner", exact=True), "Mariko Sato")
        write(page.get_by_label("The goal in one sentence", exact=True), TITLE)
        page.get_by_label("The goal in one sentence", exact=True).press("Tab")
        idle(page)
        click(page.get_by_role("button", name="Commit to this goal"))
        expect(page.get_by_role("heading", name=TITLE)).to_be_visible()

    bring_in(home, "2026-01,71,410\n", datetime(2026, 2, 10, tzinfo=UTC))
    with running_server(home, sample=False, today="2026-02-10") as february:
        visit(page, f"{february}/review")
        expect(page.get_by_role("link", name=TITLE)).to_be_visible()
        click(page.get_by_role("button", name="Check in"))
        write(page.get_by_label("What happened, in a sentence", exact=True), "Three colleagues were ill")
        click(page.get_by_role("button", name="Keep the check-in"))
        expect(page.get_by_text("Three colleagues were ill").first).to_be_visible()
        idle(page)
        click(page.get_by_role("button", name="New plan"))
        click(page.get_by_role("button", name="More staff"))
        write(
            page.get_by_label("Why? One sentence for the next review", exact=True), "Two colleagues of the phone team help out"
        )
        page.get_by_label("Why? One sentence for the next review", exact=True).press("Tab")
        idle(page)
        click(page.get_by_role("button", name="Keep the new plan"))
        expect(page.get_by_text("help out").first).to_be_visible()
        write(page.get_by_label("Decision", exact=True), "Hire one more agent")
        click(page.get_by_role("button", name="Keep the decision"))
        expect(page.get_by_text("Hire one more agent").first).to_be_visible()
        idle(page)
        click(page.get_by_role("button", name="The review is over"))
        expect(page.get_by_text("Hire one more agent").first).to_be_visible()
        click(page.get_by_role("link", name="Back to the review"))
        expect(page.get_by_text("What happened since Feb 10, 2026")).to_be_visible()

    bring_in(home, "2026-02,90,410\n2026-03,95,410\n", datetime(2026, 4, 2, tzinfo=UTC))
    with running_server(home, sample=False, today="2026-04-02") as april:
        visit(page, f"{april}/review")
        expect(page.get_by_text("Hire one more agent").first).to_be_visible()
        click(page.get_by_role("button", name="Close and score"))
        write(page.get_by_label("What did we learn?", exact=True), "Have stand-ins ready")
        click(page.get_by_role("button", name="Close the goal"))
        record = page.locator(".st-key-record")
        expect(record).to_contain_text("1 goal is closed")
        expect(record).to_contain_text("2026-Q1")
        expect(record).to_contain_text(TITLE)
        expect(record).to_contain_text("Have stand-ins ready")
