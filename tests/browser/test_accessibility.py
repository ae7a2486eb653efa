"""Every page is free of serious barriers that axe-core can find, in both languages and themes, and fits a tablet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.addresses import ADDRESSES
from tests.browser.conftest import BUSY_MACHINE_MILLISECONDS
from tests.browser.waiting import idle, settled, visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_RUN = """
async () => {
  const found = await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]});
  return found.violations.filter(v => ["serious", "critical"].includes(v.impact)).flatMap(v => v.nodes.map(
    n => `${v.id}: ${n.target.join(" ")}\\n    ${n.html.slice(0, 200)}\\n    `
      + n.failureSummary.split("\\n").slice(1, 3).join(" ")));
}
"""
_MARK = "graphics-symbol"
"""A single mark inside a chart: the chart as a whole has its sentence, which another test asks for."""
_DRAWN = """
() => !document.querySelector('[aria-busy=true], [data-stale=true], [data-testid=stSkeleton]')
  && [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].every(chart => chart.querySelector('svg, canvas'))
  && [...document.querySelectorAll('[data-testid=stMermaidChart]')].every(chart => chart.querySelector('svg, img'))
"""
"""Nothing is fading, waiting to be loaded or still without its picture."""
_UNSAID = """
() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].filter(
  chart => !((chart.closest('[aria-label]') || chart.querySelector('[aria-label]'))?.getAttribute('aria-label') || '').trim()
).map(chart => 'a chart without a sentence: ' + chart.outerHTML.slice(0, 200))
"""


@pytest.fixture(scope="module")
def tabs(browser: Browser) -> Iterator[dict[str, Page]]:
    """A tab for each language, in which one page after the other is opened: these tests only look."""
    opened: dict[str, Page] = {}
    for language, locale in (("en", "en-US"), ("ja", "ja-JP")):
        opened[language] = browser.new_context(locale=locale, bypass_csp=True).new_page()
        opened[language].set_default_timeout(BUSY_MACHINE_MILLISECONDS)
    yield opened
    for page in opened.values():
        page.context.close()


@pytest.fixture
def visited(tabs: dict[str, Page]) -> Callable[[str, str], Page]:
    """Opens an address as a visitor with that language sees it, when it is drawn."""

    def opened(address: str, language: str) -> Page:
        page = tabs[language]
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(address)
        page.get_by_test_id("stMain").get_by_role("heading").first.wait_for()
        drawn(page)
        return page

    return opened


def drawn(page: Page) -> None:
    idle(page)
    page.wait_for_function(_DRAWN)
    settled(page)


def barriers(page: Page) -> list[str]:
    found = page.evaluate(_RUN) + page.evaluate(_UNSAID)
    return [line for line in found if not (line.startswith("svg-img-alt") and _MARK in line)]


def background(page: Page) -> str:
    return page.evaluate("() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")


@pytest.mark.parametrize("language", ["en", pytest.param("ja", marks=pytest.mark.load)])
@pytest.mark.parametrize("path", ADDRESSES)
def test_no_page_has_a_serious_barrier_or_has_to_be_scrolled_sideways(visited, sample_server, path, language):
    page = visited(f"{sample_server}/{path}", language)
    page.add_script_tag(content=AXE)
    found, light = [f"light: {line}" for line in barriers(page)], background(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        "light => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor != light", arg=light
    )
    drawn(page)
    found += [f"dark: {line}" for line in barriers(page)]
    for place, width, height in (("zoomed to 200 %", 640, 450), ("on a tablet", 768, 900)):
        page.set_viewport_size({"width": width, "height": height})
        drawn(page)
        found += [f"{place}: {over(page)} pixels to the right"] if over(page) > 0 else []
    assert not found, "\n".join(found)


def over(page: Page) -> int:
    return page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")


@pytest.mark.parametrize(
    ("language", "width", "height", "theme"),
    [
        pytest.param("ja", 1280, 800, "light", marks=pytest.mark.load),
        pytest.param("en", 640, 450, "light", marks=pytest.mark.load),
        ("ja", 1280, 800, "dark"),
    ],
)
def test_the_menus_of_a_goal_page_are_on_the_screen_and_free_of_barriers_when_they_are_open(
    visited, sample_server, language, width, height, theme
):
    page = visited(f"{sample_server}/goal?goal=sample-goal-1", language)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=theme)
    drawn(page)
    page.add_script_tag(content=AXE)
    found = []
    for key in _MENUS:
        opener = page.locator(f'[class*="st-key-{key}"] button[aria-haspopup]').first
        opener.click()
        menu = page.get_by_test_id("stPopoverBody").last
        menu.wait_for()
        drawn(page)
        box = menu.bounding_box() or {"x": -1.0, "y": 0.0, "width": 0.0}
        is_on_screen = box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= width
        found += [] if is_on_screen else [f"{key}: {box}"]
        found += [f"{key}: {line}" for line in barriers(page)]
        page.keyboard.press("Escape")
        menu.wait_for(state="hidden")
    assert not found, "\n".join(found)


_MENUS = ("workspace", "person", "view", "take-along", "snapshots", "share", "add-before-")


def test_ways_that_lie_folded_at_the_side_of_an_enlarged_page_are_no_stops_of_the_keyboard(page: Page, sample_server: str):
    page.set_viewport_size({"width": 640, "height": 400})  # a laptop's window at 200 %
    visit(page, f"{sample_server}/glossary?workspace=sample")
    settled(page)
    ways = page.get_by_test_id("stSidebarNavLink").first
    expect(ways).to_be_attached()
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("stSkipToContent")).to_be_focused()
    page.keyboard.press("Tab")
    unfold = page.get_by_test_id("stExpandSidebarButton")
    expect(unfold).to_be_focused()
    page.keyboard.press("Enter")
    expect(ways).to_be_in_viewport()
    ways.focus()
    expect(ways).to_be_focused()
