import re
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from cs_planning.exports.figures import unbroken
from cs_planning.exports.html import to_html
from cs_planning.language import use_language
from cs_planning.notebook.blocks.block import BLOCK_KINDS, Chart, Metrics, TableBlock, shown
from cs_planning.notebook.run import RunPage
from tests.browser.waiting import quiet
from tests.exports.block_samples import ATTACKS, one_of_each, page_of, page_under_attack, page_with_all_cells


class Reader(HTMLParser):
    """The tags, attributes and words of a file, as a strict reader sees them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(page: RunPage, language: str = "en") -> Reader:
    reader = Reader()
    reader.feed(to_html(page, language=language).decode())
    return reader


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[tuple[Page, list[str]]]:
    """A browser tab without a network, and everything that it complained about or asked for."""
    context = chromium.new_context(offline=True, viewport={"width": 1100, "height": 900})
    tab = context.new_page()
    noticed: list[str] = []
    tab.on("pageerror", lambda error: noticed.append(f"error {error}"))
    tab.on("request", lambda request: noticed.append(f"request {request.url}"))
    tab.on("dialog", lambda dialog: noticed.append("dialog"))
    tab.on("console", lambda said: noticed.append(f"console {said.text}") if said.type == "error" else None)
    yield tab, noticed
    context.close()


def show(opened: tuple[Page, list[str]], page: RunPage, folder: Path, language: str = "en") -> Page:
    tab, _ = opened
    file = folder / "page.html"
    file.write_bytes(to_html(page, language=language))
    tab.goto(file.as_uri())
    tab.wait_for_function("[...document.querySelectorAll('.chart')].every(chart => chart.dataset.drawn)", timeout=60_000)
    return tab


def test_the_file_stays_under_three_megabytes() -> None:
    assert len(to_html(page_with_all_cells(), language="en")) < 3_000_000


def test_a_page_without_charts_carries_no_script() -> None:
    page = page_of((one_of_each("words")["paragraph"],))
    reader = read(page)
    assert "script" not in reader.tags
    assert len(to_html(page, language="en")) < 20_000


def test_the_language_is_named_and_texts_follow_it() -> None:
    page = page_of((one_of_each("words")["chart"],))
    assert ("lang", "ja") in read(page, "ja").attributes
    assert ("lang", "en") in read(page, "en").attributes
    assert "2026年10月31日" in "".join(read(page, "ja").words)


@pytest.mark.parametrize("kind", BLOCK_KINDS)
def test_attacks_stay_words_in_every_kind_of_block(kind: str) -> None:
    harmless = read(page_of((one_of_each("harmless")[kind],)))
    for attack in ATTACKS:
        reader = read(page_of((one_of_each(attack)[kind],), attack[:200]))
        assert set(reader.tags) <= set(harmless.tags) | {"br", "a", "p", "em", "code"}
        assert not [name for name, _ in reader.attributes if name.startswith("on")]
        assert not [value for name, value in reader.attributes if name in {"href", "src"} and "javascript" in (value or "")]


def test_nothing_is_loaded_from_anywhere() -> None:
    written = to_html(page_with_all_cells(), language="en").decode()
    without_scripts = re.sub(r"<script.*?</script>", "", written, flags=re.DOTALL)
    assert not re.search(r"(src|href)=\"(?!data:|#)[^\"]*\"", without_scripts)
    assert "default-src 'none'" in written
    assert "unsafe-eval" not in written


def test_hidden_sections_are_left_out_and_collapsed_ones_are_folded() -> None:
    page = page_with_all_cells()
    sections = tuple(
        section.model_copy(update={"hidden": section.cell == "audit", "collapsed": section.cell == "record"})
        for section in page.sections
    )
    written = to_html(page.model_copy(update={"sections": sections}), language="en").decode()
    assert 'id="cell-audit"' not in written
    assert '<section id="cell-record"><details>' in written


def test_the_numbers_of_every_table_and_metric_are_in_the_file() -> None:
    page = page_with_all_cells()
    words = " ".join(read(page).words)
    with use_language("en"):
        for section in page.sections:
            for block in section.blocks:
                table = block.table if isinstance(block, Chart) else block
                if isinstance(table, TableBlock):
                    for row in table.rows:
                        assert all(
                            unbroken(shown(value, column)) in words for value, column in zip(row, table.columns, strict=True)
                        )
                if isinstance(block, Metrics):
                    assert all(unbroken(item.value) in words for item in block.items)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_chart_is_drawn_in_a_browser_without_a_network(
    opened: tuple[Page, list[str]], tmp_path: Path, language: str
) -> None:
    page = page_with_all_cells()
    tab = show(opened, page, tmp_path, language)
    charts = [block for section in page.sections for block in section.blocks if isinstance(block, Chart)]
    assert len(charts) >= 5
    assert tab.locator(".chart[data-drawn=yes] svg").count() == len(charts)
    for number in range(len(charts)):
        assert tab.locator(".chart svg").nth(number).locator("path").count() > 5
    assert [notice for notice in opened[1] if not notice.startswith("request file:")] == []


_GAP_PIXELS = 8
_AT_ONCE, _ON_A_BUSY_MACHINE = 250, 7_000
"""Milliseconds that an answer to the hand takes."""


@pytest.mark.slow
@pytest.mark.browser
def test_pointing_at_a_chart_shows_its_numbers(opened: tuple[Page, list[str]], tmp_path: Path) -> None:
    tab = show(opened, page_with_all_cells(), tmp_path)
    chart = tab.locator("#cell-page-opening .chart svg").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    tooltip = tab.locator("#vg-tooltip-element.visible")
    for share, words in ((0.4, "Value"), (0.8, "80 % range")):
        # Between the strips of two periods lies a gap of a few pixels, which the hand leaves as well.
        for milliseconds, step in product((_AT_ONCE, _ON_A_BUSY_MACHINE), range(_GAP_PIXELS)):
            tab.mouse.move(box["x"] + share * box["width"] + step, box["y"] + 120)
            with suppress(PlaywrightTimeoutError):
                tooltip.wait_for(timeout=milliseconds)
                break
        assert tooltip.count() == 1
        assert words in tooltip.inner_text()
        assert " min" in tooltip.inner_text()
        assert "undefined" not in tooltip.inner_text()


@pytest.mark.browser
def test_no_attack_runs_or_asks_for_anything(opened: tuple[Page, list[str]], tmp_path: Path) -> None:
    tab = show(opened, page_under_attack(), tmp_path)
    quiet(tab)
    assert tab.evaluate("window.hacked") is None
    assert [notice for notice in opened[1] if not notice.startswith("request file:")] == []
    assert tab.locator("main iframe, main script, main svg[onload], main [onerror]").count() == 0
    assert "<script>window.hacked=1</script>" in tab.locator("main").inner_text()


@pytest.mark.browser
def test_it_prints_on_paper_with_its_charts_and_without_folds(opened: tuple[Page, list[str]], tmp_path: Path) -> None:
    tab = show(opened, page_with_all_cells(), tmp_path)
    tab.emulate_media(media="print", color_scheme="dark")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert tab.locator("figure details").first.is_hidden()
    assert tab.locator(".chart svg").first.is_visible()
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.browser
def test_it_fits_on_a_narrow_screen(opened: tuple[Page, list[str]], tmp_path: Path) -> None:
    tab, _ = opened
    tab.set_viewport_size({"width": 400, "height": 800})
    show(opened, page_with_all_cells(), tmp_path)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 400


@pytest.mark.browser
def test_charts_keep_a_readable_contrast_in_the_dark(opened: tuple[Page, list[str]], tmp_path: Path) -> None:
    tab, _ = opened
    tab.emulate_media(color_scheme="dark")
    show(opened, page_with_all_cells(), tmp_path)
    label = tab.locator(".chart svg .role-axis-label text").first
    red, green, blue = map(int, re.findall(r"\d+", label.evaluate("node => getComputedStyle(node).fill"))[:3])
    assert min(red, green, blue) > 140
