"""Every page is free of serious barriers that axe-core can find, in both languages and themes, and fits a tablet."""

from __future__ import annotations

from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.waiting import idle, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = (
    *("", "import", "data-quality", "feedback", "draft", "plan", "review", "forecast", "what-if", "compare"),
    *("goal", "audit", "alignment", "glossary", "settings"),
)
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


def opened(browser: Browser, address: str, *, language: str = "en", width: int = 1280, zoom: float = 1) -> Page:
    """A page as a visitor with that language and screen sees it, when it is drawn."""
    context = browser.new_context(
        viewport={"width": round(width / zoom), "height": round(900 / zoom)},
        device_scale_factor=zoom,
        locale={"en": "en-US", "ja": "ja-JP"}[language],
        color_scheme="light",
        bypass_csp=True,
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(address)
    page.get_by_test_id("stMain").get_by_role("heading").first.wait_for()
    drawn(page)
    return page


def drawn(page: Page) -> None:
    idle(page)
    page.wait_for_function(_DRAWN)
    settled(page)


def barriers(page: Page) -> list[str]:
    found = page.evaluate(_RUN) + page.evaluate(_UNSAID)
    return [line for line in found if not (line.startswith("svg-img-alt") and _MARK in line)]


def background(page: Page) -> str:
    return page.evaluate("() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_serious_barrier(browser, sample_server, path, language):
    page = opened(browser, f"{sample_server}/{path}", language=language)
    page.add_script_tag(content=AXE)
    found, light = [f"light: {line}" for line in barriers(page)], background(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        "light => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor != light", arg=light
    )
    drawn(page)
    found += [f"dark: {line}" for line in barriers(page)]
    page.context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_has_to_be_scrolled_sideways(browser, sample_server, path):
    page = opened(browser, f"{sample_server}/{path}", width=1280, zoom=2)
    zoomed = over(page)
    page.set_viewport_size({"width": 768, "height": 900})
    drawn(page)
    tablet = over(page)
    page.context.close()
    assert zoomed <= 0, "zoomed to 200 %"
    assert tablet <= 0, "on a tablet"


def over(page: Page) -> int:
    return page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")
