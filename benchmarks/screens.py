"""How quickly the screens answer, in the real browser, beside a bare Streamlit page in the same run.

    python -m benchmarks.screens [--moves 60]

A move presses an arrow key on a slider and waits until the number that depends on it has changed on the screen.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import FLAGS, executable
from tests.browser.server import running_server
from tests.browser.waiting import idle

BARE = """
import pandas as pd
import streamlit as st

value = st.slider("Value", 0, 200, 100, key="value")
st.metric("Answer", f"{value / 2:.1f}")
st.vega_lite_chart(
    pd.DataFrame({"x": range(200), "y": [value + n % 7 for n in range(200)]}),
    {"mark": "line", "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}}},
)
"""

_WATCH = """
([key, target]) => {
  const read = () => document.querySelector(target)?.innerText;
  window.__before = read();
  window.__painted = new Promise(resolve => {
    const look = () => read() !== window.__before ? requestAnimationFrame(() => resolve(performance.now())) :
    requestAnimationFrame(look); requestAnimationFrame(look);
  });
  document.querySelector(`.st-key-${key} [role=slider], .st-key-${key} input[type=range]`).focus();
}
"""


def moves(page: Page, slider: str, target: str, count: int) -> np.ndarray:
    """Milliseconds from a key press to the changed number, for `count` presses there and back."""
    taken = []
    for number in range(count):
        page.evaluate(_WATCH, [slider, target])
        started = page.evaluate("performance.now()")
        page.keyboard.press("ArrowRight" if number % 20 < 10 else "ArrowLeft")
        painted = page.evaluate("Promise.race([window.__painted, new Promise(r => setTimeout(() => r(-1), 3000))])")
        if painted > 0:
            taken.append(painted - started)
        idle(page)
    return np.array(taken)


def first_paint(browser: Browser, address: str, test_id: str) -> float:
    """Seconds until the first element of that kind stands on the home page of a new visitor."""
    page = browser.new_page()
    started = time.monotonic()
    page.goto(address)
    page.get_by_test_id(test_id).first.wait_for()
    taken = time.monotonic() - started
    page.close()
    return taken


def first_words(browser: Browser, address: str) -> float:
    """Seconds until the first words of any kind stand on the screen of a new visitor."""
    page = browser.new_page()
    page.goto(address)
    page.get_by_test_id("stMetric").or_(page.get_by_test_id("stProgress")).first.wait_for()
    words = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000")
    page.close()
    return float(words)


SWITCHES = (
    ("Data", "Import"),
    ("Plan", "Draft a goal"),
    ("Plan", "Action plan"),
    ("Explore", "Forecast"),
    ("Explore", "What-if"),
    ("Understand", "Audit"),
    ("Understand", "Glossary"),
)
"""Section and page, whose heading has the same name."""


def switches(page: Page, rounds: int) -> dict[str, np.ndarray]:
    """Milliseconds from the click on a page's name to its heading, by page."""
    taken: dict[str, list[float]] = {name: [] for _section, name in SWITCHES}
    for _round in range(rounds):
        for section, name in SWITCHES:
            page.mouse.move(2, 500)
            page.get_by_role("button", name=section, exact=True).click()
            entry = page.get_by_role("menuitem", name=name, exact=True)
            entry.wait_for()
            started = time.monotonic()
            entry.click()
            page.get_by_role("heading", name=name, exact=True).wait_for()
            taken[name].append(1000 * (time.monotonic() - started))
            idle(page)
    return {name: np.array(each) for name, each in taken.items()}


def key_of(page: Page, selector: str) -> str:
    """The key that the first element of a selector was drawn with."""
    classes = page.locator(selector).first.get_attribute("class") or ""
    return classes.split("st-key-")[1].split()[0]


def main() -> None:
    """Prints medians, 95th percentiles and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moves", type=int, default=60)
    count = parser.parse_args().moves
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        script = Path(folder) / "bare.py"
        script.write_text(BARE, encoding="utf-8")
        with running_server(Path(folder) / "bare", sample=False, script=script) as address:
            print(f"bare page      first paint {first_paint(browser, address, 'stMetric'):.2f} s")
            print(f"bare page      first words {first_words(browser, address):.2f} s")
            page = browser.new_page()
            page.goto(address)
            page.get_by_test_id("stMetric").wait_for()
            idle(page)
            bare = moves(page, "value", "[data-testid=stMetricValue]", count)
        report("bare page", bare, bare)
        with running_server(Path(folder) / "home", sample=True, today="2026-11-10") as address:
            print(f"home           first paint {first_paint(browser, address, 'stProgress'):.2f} s (five goals, cold process)")
            print(f"home           again       {first_paint(browser, address, 'stProgress'):.2f} s")
            print(f"home           first words {first_words(browser, address):.2f} s")
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(f"{address}/draft")
            page.locator(".st-key-likelihood [data-testid=stMetricValue]").first.wait_for()
            idle(page)
            slider = key_of(page, "[class*='-primary-']")
            report("target slider", moves(page, slider, ".st-key-likelihood [data-testid=stMetricLabel]", count), bare)
            page.goto(f"{address}/what-if")
            page.locator(".st-key-what-if-answer [data-testid=stMetricValue]").first.wait_for()
            idle(page)
            lever = key_of(page, "[class*='-containment']")
            report("what-if slider", moves(page, lever, ".st-key-what-if-answer", count), bare)
            page.goto(f"{address}/forecast")
            page.locator(".st-key-likely [data-testid=stMetricValue]").first.wait_for()
            idle(page)
            target = key_of(page, "[class*='st-key-forecast-target']")
            report("forecast slider", moves(page, target, ".st-key-likely [data-testid=stMetricLabel]", count), bare)
            for name, each in switches(page, max(3, count // 10)).items():
                report(f"to {name}", each, bare)
        browser.close()


def report(name: str, taken: np.ndarray, bare: np.ndarray) -> None:
    """One line: median, 95th percentile, and the ratio to the bare page."""
    middle, late = np.median(taken), np.quantile(taken, 0.95)
    print(
        f"{name:15s} {len(taken)} times: median {middle:.0f} ms, 95 % {late:.0f} ms, {middle / np.median(bare):.1f} × bare page"
    )


if __name__ == "__main__":
    main()
