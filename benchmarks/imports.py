"""How long a large log takes on its way in, in the real browser, beside pandas reading the same file in the same run.

    python -m benchmarks.imports [--megabytes 40] [--file FILE.csv --answers "Beginning of a choice" …]

A made ticket log under headers that no data file of the product knows is dropped on the import page; the time from there to
the first question, from each answer to a page at rest, and from the last click to the page that says what came of it.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd
from playwright.sync_api import Page, expect, sync_playwright

from cs_planning.kpis.columns.roles import Role
from cs_planning.kpis.imports.answers import Rows
from tests.browser.chromium import FLAGS, executable
from tests.browser.server import started_server
from tests.browser.waiting import idle, visit

_BYTES_A_ROW = 170
_YEARS_SECONDS = 126_230_400
_PATIENCE = 180_000
_ANSWERS = (Rows.CONTACTS.label, "Wplyw", Role.FIRST_RESPONSE_AT.label, Role.SOLVED_AT.label, Role.CSAT.label)
"""What is pressed for the made file, by the beginning of its name."""


def make_log(path: Path, megabytes: float) -> int:
    """Writes tickets of four years under Polish headers, which no data file of the product has; returns their number."""
    rows = round(megabytes * 1024**2 / _BYTES_A_ROW)
    moment = f"timestamp '2022-01-03' + to_seconds((i * {_YEARS_SECONDS} / {rows})::BIGINT"
    written = "'%Y-%m-%d %H:%M:%S'"
    with duckdb.connect() as connection:
        connection.execute(
            f"""COPY (SELECT 'SZ' || (100000 + i) AS "Sygnatura", strftime({moment}), {written}) AS "Wplyw",
            strftime({moment} + (60 + (hash(i) % 90000) / 3)::BIGINT), {written}) AS "Odezwanie",
            CASE WHEN hash(i, 1) % 40 = 0 THEN '' ELSE
              strftime({moment} + (30000 + hash(i, 2) % 500000)::BIGINT), {written}) END AS "Koniec",
            ['e-mail', 'czat', 'telefon', 'formularz'][1 + (hash(i, 3) % 4)::INT] AS "Droga",
            'Zespol ' || (hash(i, 4) % 9) AS "Grupa",
            ['Dostawa', 'Faktura', 'Konto', 'Usterka'][1 + (hash(i, 5) % 4)::INT] AS "Sprawa",
            CASE WHEN hash(i, 6) % 3 = 0 THEN (1 + hash(i, 7) % 5)::VARCHAR ELSE '' END AS "Ocena",
            'Pytanie do zamowienia ' || i || ' i o termin, ktory obiecano na ostatni tydzien' AS "Tresc"
            FROM range({rows}) numbers(i)) TO '{path}' (HEADER)"""
        )
    return rows


class Clock:
    """Seconds of the clock, and of the processor in a process, since the last look."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._last = self._now()

    def lap(self, what: str) -> None:
        """Prints both, and begins anew."""
        now = self._now()
        wall, cpu = (after - before for before, after in zip(self._last, now, strict=True))
        print(f"{what:54s} {wall:6.2f} s {cpu:6.2f} s of the processor", flush=True)
        self._last = self._now()

    def _now(self) -> tuple[float, float]:
        fields = Path(f"/proc/{self._process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks = int(fields[11]) + int(fields[12])
        return time.perf_counter(), ticks / os.sysconf("SC_CLK_TCK")


def bring_in(page: Page, address: str, server: int, path: Path, answers: Sequence[str]) -> None:
    """Drops the file, answers what is asked, keeps it, and prints how long each step takes."""
    main = page.get_by_test_id("stMain")
    visit(page, f"{address}/import")
    uploader = page.locator("input[type=file]").first
    uploader.wait_for(state="attached")
    question = page.locator(".st-key-import-question")
    keep = main.get_by_role("button", name="Import", exact=True).last
    clock = Clock(server)
    uploader.set_input_files(path)
    expect(question.or_(keep).first).to_be_visible()
    clock.lap("from the drop to the first question")
    idle(page)
    clock.lap("… until what each answer gives stands beside it")
    for answer in answers:
        choice = question.get_by_role("button", name=answer).first
        choice.wait_for()
        asked = question.locator("strong").first.inner_text()
        clock = Clock(server)
        choice.click()
        expect(question.locator("strong").filter(has_text=asked)).to_have_count(0)
        idle(page)
        clock.lap(f"from the answer “{answer}” to a page at rest")
    keep.wait_for()
    clock = Clock(server)
    keep.click()
    expect(main.locator("a[href*='draft']").first).to_be_visible()
    clock.lap("from “Import” to what came of it")


def main() -> None:
    """Prints the times of one import, and those of the peer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=40.0)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--answers", nargs="*", default=())
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.file or Path(folder) / "log.csv"
        answers = arguments.answers or (() if arguments.file else tuple(map(str, _ANSWERS)))
        if arguments.file is None:
            print(f"{make_log(path, arguments.megabytes):,} tickets, {path.stat().st_size / 1024**2:.1f} MB")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
            context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
            context.set_default_timeout(_PATIENCE)
            expect.set_options(timeout=_PATIENCE)
            with started_server(Path(folder) / "home", sample=False, today="2026-11-10") as (address, process):
                visit(context.new_page(), address)
                bring_in(context.new_page(), address, process.pid, path, answers)
            browser.close()
        clock = Clock(os.getpid())
        pd.read_csv(path, dtype=str)
        clock.lap("plain pandas: read_csv of the file")


if __name__ == "__main__":
    main()
