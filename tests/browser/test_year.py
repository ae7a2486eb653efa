"""One year of a team, with a clock that moves: company goal → team goals → sheets → data → talk → new plan → appraisal."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from cs_planning.goals.goal import Direction, Measure, OperationalGoal, Stage
from cs_planning.language import gettext, text, use_language
from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.home import Home
from tests.browser.server import running_server
from tests.browser.waiting import click, settled, visit, write

pytestmark = pytest.mark.browser
TEAMS = {"Desk": 30, "Phone": 40, "Web": 30}


@pytest.fixture(params=["en", "ja"])
def language(request) -> Iterator[str]:
    """The language of the visitor and of the labels that the test looks for."""
    with use_language(request.param):
        yield request.param


def save(day: date, what: str) -> Save:
    return Save("Aiko", f"{what} {day}", datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def rows(first: int, last: int, size: float = 1.0) -> str:
    """Complaints of each team and of all from month to month, counted from January 2023."""
    lines = []
    for month in range(first, last):
        named = f"{2023 + month // 12}-{month % 12 + 1:02d}"
        counts = {team: round(size * (usual + month % 4)) for team, usual in TEAMS.items()}
        lines += [f"{named},{team},{count}" for team, count in counts.items()]
        lines.append(f"{named},,{sum(counts.values())}")
    return "Month,Team,Complaints\n" + "\n".join(lines) + "\n"


def bring_in(home: Path, content: str, day: date) -> None:
    workspace = Workspace.open(Home.at(home))
    workspace.data.import_file("complaints.csv", content.encode(), save=save(day, "import"))
    workspace.close()


def set_the_department_goal(home: Path, day: date) -> None:
    workspace = Workspace.open(Home.at(home))
    goal = OperationalGoal(
        title="Fewer complaints",
        series="complaints",
        measure=Measure.TOTAL,
        direction=Direction.AT_MOST,
        primary=1200,
        start=date(2026, 1, 1),
        deadline=date(2026, 12, 31),
        owner="Pilar",
    )
    workspace.planning.save_draft(goal, save=save(day, "goal"))
    workspace.close()


def commit_to_the_team_goals(home: Path, day: date) -> None:
    workspace = Workspace.open(Home.at(home))
    for goal in workspace.planning.goals():
        if goal.parent:
            wanted = goal.model_copy(update={"despite": "It was agreed"})
            workspace.planning.commit(wanted, save=save(day, goal.id))
    workspace.close()


def press(page: Page, key: str) -> None:
    click(page.locator(f".st-key-{key} button").first)
    settled(page)


def choose(field: Locator, typed: str, named: str) -> None:
    """Chooses what a pattern names, once typing has narrowed the list to it."""
    click(field)
    field.fill("")
    field.press_sequentially(typed)
    option = field.page.get_by_role("option", name=re.compile(named)).first
    option.wait_for()
    option.click()
    settled(field.page)


def type_into_the_last_column(grid: Locator, words: str) -> None:
    """Types into the first row of a grid and leaves the cell as it is, without Enter or Tab."""
    grid.wait_for()
    settled(grid.page)
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box is not None
    grid.page.mouse.dblclick(box["x"] + box["width"] * 0.9, box["y"] + 35 * 1.5)
    settled(grid.page)
    grid.page.keyboard.type(words, delay=60)


def set_company_goal_and_its_parts(page: Page, address: str, language: str) -> None:
    visit(page, f"{address}/leadership?lang={language}")
    click(page.locator(".st-key-company-form summary"))
    target = page.locator("[class*=st-key-company-new][class*=-target] input")
    write(target, "90")
    target.press("Tab")
    press(page, "company-save")
    expect(page.locator(".st-key-company-form summary")).to_be_visible()
    expect(page.get_by_text("90", exact=True).first).to_be_visible()
    visit(page, f"{address}/?lang={language}")
    click(page.get_by_text(gettext("Goals for parts"), exact=True))
    type_into_the_last_column(page.locator("[class*=st-key-parts-] [data-testid=stDataFrame]"), "Aiko")
    page.locator(".st-key-parts-save button").click()  # straight after typing: the cell is still open
    goals = page.locator("[class*=st-key-goal-]:not(.st-key-goal-filters)")
    expect(goals).to_have_count(1 + len(TEAMS))
    expect(goals.filter(has_text="Aiko")).to_have_count(1)
    click(page.get_by_text(gettext("Edit several goals"), exact=True))
    click(page.locator(".st-key-bulk-all label").first)
    settled(page)
    write(page.locator(".st-key-bulk-value-owner input"), "Aiko")
    page.locator(".st-key-bulk-value-owner input").press("Enter")
    press(page, "bulk-change")
    expect(page.get_by_text("Aiko")).to_have_count(1 + len(TEAMS))


def agree_on_a_sheet(page: Page, address: str, language: str) -> None:
    visit(page, f"{address}/sheets?lang={language}")
    choose(page.locator(".st-key-new-sheet-holder input"), "Aiko", "Aiko")
    write(page.locator(".st-key-new-sheet-superior input"), "Pilar")
    page.locator(".st-key-new-sheet-superior input").press("Tab")
    choose(page.locator(".st-key-new-sheet-period input"), "2026", "^2026年?$")
    press(page, "new-sheet-begin")
    weigh(page, ("40", "20", "20", "20"))
    press(page, "step-propose")
    press(page, "step-agree")
    expect(page.locator(".st-key-step-appraise_oneself")).to_be_visible()


def weigh(page: Page, weights: tuple[str, ...]) -> None:
    for place, weight in enumerate(weights):
        field = page.locator("[class*=st-key-sheet-][class*=-weight] input").nth(place)
        write(field, weight)
        field.press("Enter")
        settled(page)


def talk_half_way_and_plan_anew(page: Page, address: str, language: str) -> None:
    visit(page, f"{address}/review?lang={language}")
    expect(page.get_by_role("link").filter(has_text="Aiko").first).to_be_visible()
    visit(page, f"{address}/sheets?lang={language}")
    write(page.locator(".st-key-talk-agreed textarea"), "The phone needs a second person")
    write(page.locator(".st-key-talk-step input"), "Train Ken")
    press(page, "talk-save")
    expect(page.get_by_text("The phone needs a second person").first).to_be_visible()
    press(page, "step-replan")
    write(page.locator(".st-key-reason-replan textarea"), "A colleague left")
    page.locator(".st-key-reason-replan textarea").press("Tab")
    press(page, "confirm-replan")
    weigh(page, ("30", "30", "20", "20"))
    press(page, "step-propose")
    press(page, "step-agree")
    expect(page.locator(".st-key-step-appraise_oneself")).to_be_visible()


def close_and_appraise(page: Page, address: str, language: str) -> bytes:
    visit(page, f"{address}/review?lang={language}")
    for _goal in range(len(TEAMS)):
        click(page.locator("[class*=st-key-close-of-] button").first)
        click(page.locator("[data-testid=stPopoverBody] button").last)
        settled(page)
    visit(page, f"{address}/sheets?lang={language}")
    for side, step in (("own", "appraise_oneself"), ("superior", "appraise")):
        for place in range(1 + len(TEAMS)):
            choose(page.locator(f"[class*=-{side}-grade] input").nth(place), "A", "^A")
        press(page, f"step-{step}")
        expect(page.locator(f".st-key-step-{step}")).to_have_count(0)
    press(page, "step-close")
    expect(page.locator(".st-key-step-take_back")).to_be_visible()
    with page.expect_download() as saved:
        click(page.locator(".st-key-sheet-xlsx button"))
    return saved.value.path().read_bytes()


@pytest.mark.load
def test_a_year_from_the_company_goal_to_the_sheet_on_paper(visitor, tmp_path_factory, language: str):
    page = visitor("ja-JP" if language == "ja" else "en-US").new_page()
    home = tmp_path_factory.mktemp("year-home")
    bring_in(home, rows(0, 36), date(2026, 1, 10))
    set_the_department_goal(home, date(2026, 1, 11))
    with running_server(home, sample=False, today="2026-01-12") as january:
        set_company_goal_and_its_parts(page, january, language)
        agree_on_a_sheet(page, january, language)
    commit_to_the_team_goals(home, date(2026, 1, 13))
    bring_in(home, rows(36, 42, 0.9), date(2026, 7, 10))
    with running_server(home, sample=False, today="2026-07-14") as july:
        talk_half_way_and_plan_anew(page, july, language)
    bring_in(home, rows(42, 48, 0.8), date(2027, 1, 8))
    with running_server(home, sample=False, today="2027-01-12") as next_january:
        printed = close_and_appraise(page, next_january, language)

    workspace = Workspace.open(Home.at(home))
    parts = [goal for goal in workspace.planning.goals() if goal.parent]
    assert {goal.stage for goal in parts} == {Stage.CLOSED}
    assert sum(goal.primary for goal in parts) == pytest.approx(1200, abs=0.1)
    assert len(workspace.company.list()) == 1
    workspace.close()
    sheet = load_workbook(io.BytesIO(printed)).worksheets[0]
    said = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert sheet["A1"].value == str(text("Goal sheet of {holder}", holder="Aiko"))
    assert [sheet[f"C{row}"].value for row in range(5, 10)] == [0.3, 0.3, 0.2, 0.2, 1]
    assert "A" in str(sheet["H9"].value)
    assert {"The phone needs a second person", "Train Ken"} <= said
