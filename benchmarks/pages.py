"""How quickly a page of 12 cells opens and leaves as a file, with its own measure for comparison in the same run.

    python -m benchmarks.pages [--repeats 5]

The page stands on a year of daily data of three KPIs, its goal on their weeks.  Times are processor seconds (medians of the
repeats), so that other work on the machine counts as little as it can.  Beside the opened page stands a bare Streamlit page
that draws the same charts from ready specifications; beside the PDF stands nbclient, which executes the notebook that the same
page exports (wall clock, since it works in a process of its own).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from nbclient import NotebookClient
from streamlit import config
from streamlit.testing.v1 import AppTest

from cs_planning.exports import export
from cs_planning.goals.goal import Goal, GoalType
from cs_planning.kpis.frequency import Frequency
from cs_planning.notebook.blocks.block import Chart
from cs_planning.notebook.cells.page_head import Parameters
from cs_planning.notebook.kinds.text import TextCell
from cs_planning.notebook.pages.page import Page
from cs_planning.notebook.registry import kind_of
from cs_planning.workspace import Home, Save, Workspace
from cs_planning.workspace.sample import import_sample, tell_sample

ROOT = Path(__file__).parents[1]
TODAY, NOW = date(2026, 11, 10), datetime(2026, 11, 10, 9, tzinfo=UTC)
KINDS = (
    "goal_card",
    "forecast",
    "kpi_chart",
    "record",
    "scenario",
    "frontier",
    "audit",
    "alignment",
    "actions",
    "checkins",
    "decisions",
    "text",
)
SNAPSHOTS = 200
BARE = """
import json, sys
import pandas as pd
import streamlit as st
for number, (rows, spec) in enumerate(json.load(open({charts!r}))):
    st.vega_lite_chart(pd.DataFrame(rows), spec, key=f"chart{{number}}")
"""


def year_of_days() -> bytes:
    """Daily figures of a year: satisfaction, its answers, a first response time."""
    rng = np.random.default_rng(11)
    lines = ["Date,CSAT (%),CSAT answers,First response time (min)"]
    for number in range(365):
        day = date(2025, 11, 10) + timedelta(number)
        csat = 84 + 2 * np.sin(number / 58) + rng.normal(0, 2)
        lines.append(f"{day},{csat:.2f},{rng.integers(40, 90)},{90 + 8 * np.cos(number / 7) + rng.normal(0, 6):.1f}")
    return "\n".join(lines).encode()


def prepared(folder: Path) -> tuple[Workspace, Page, Goal]:
    """A workspace with the sample team, a year of days, and a page of 12 cells on them."""
    workspace = Workspace.open(Home.at(folder))
    import_sample(workspace, TODAY)
    tell_sample(workspace, TODAY, "en")
    workspace.data.import_file("days.csv", year_of_days(), save=Save("b", "days", NOW))
    series = next(one for one in workspace.data.series_list() if one.frequency is Frequency.DAY and one.key.kpi == "csat")
    draft = workspace.planning.draft(str(series.key), Frequency.WEEK, GoalType.SATISFACTION, TODAY)
    goal = workspace.planning.save_draft(
        draft.model_copy(update={"title": "Twelve cells", "owner": "b"}), save=Save("b", "goal", NOW)
    )
    made = workspace.pages.new_page("leadership", "Twelve cells", goal, save=Save("b", "page", NOW))
    cells: list[Any] = [kind_of(kind).cell(id=kind) for kind in KINDS[:-1]]
    cells.append(TextCell(id="text", markdown="**Words** of the team\n\n- one\n- two"))
    page = workspace.pages.arrange(
        made, lambda newest: newest.model_copy(update={"cells": tuple(cells)}), save=Save("b", "cells", NOW)
    )
    return workspace, page, goal


def seconds(act: Callable[[], Any], repeats: int = 1, clock: Callable[[], float] = time.process_time) -> float:
    """The median time of an act."""
    taken = []
    for _ in range(repeats):
        started = clock()
        act()
        taken.append(clock() - started)
    return statistics.median(taken)


def without_pickling() -> None:
    """AppTest keeps format functions in the session state, which can't be pickled; in the browser there are none."""
    get_option = config.get_option
    config.get_option = lambda key: False if key == "runner.enforceSerializableSessionState" else get_option(key)


def drawn(script: str, query: dict[str, str]) -> AppTest:
    """A Streamlit script that was run once, in this process."""
    app = AppTest.from_file(script, default_timeout=900)
    app.query_params |= query
    return app.run()


def at_goal_page(query: dict[str, str]) -> AppTest:
    """The app at a goal page, run twice: once for the first page, once for this one."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=900).run()
    app.switch_page("pages/goal_page.py")
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def report(name: str, taken: float, allowed: str, ratio: str = "") -> None:
    """One line of figures."""
    print(f"{name:38s} {taken:7.3f} s   {allowed:16s} {ratio}")


def bare_page(folder: Path, workspace: Workspace, page: Page) -> str:
    """A script that draws the charts of a page and nothing else."""
    made = workspace.pages.run(page, TODAY)
    charts = [block for section in made.sections for block in section.blocks if isinstance(block, Chart)]
    rows = ", ".join(f"[{chart.data('en').to_json(orient='records')}, {json.dumps(chart.spec('en'))}]" for chart in charts)
    (folder / "charts.json").write_text(f"[{rows}]", encoding="utf-8")
    script = folder / "bare.py"
    script.write_text(BARE.format(charts=str(folder / "charts.json")), encoding="utf-8")
    return str(script)


def main() -> None:
    """Prints every figure with what is allowed and its ratio to the peer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; processor seconds unless it says otherwise")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = folder / "home"
        workspace, page, _goal = prepared(home)
        os.environ |= {
            "CS_PLANNING_HOME": str(home),
            "CS_PLANNING_SAMPLE": "0",
            "CS_PLANNING_TODAY": TODAY.isoformat(),
        }
        workspace.pages.run(page, TODAY)

        fresh = [Workspace.open(Home.at(home)) for _ in range(repeats)]
        each = iter(fresh)
        report("12 cells computed, nothing kept", seconds(lambda: next(each).pages.run(page, TODAY), repeats), "≤ 1.5 s")
        again = fresh[0]
        report("12 cells again, nothing changed", seconds(lambda: again.pages.run(page, TODAY), repeats), "")
        moved = page.model_copy(update={"parameters": Parameters(quarter="2026-Q2")})
        report("another quarter", seconds(lambda: again.pages.run(moved, TODAY)), "")

        without_pickling()
        bare = drawn(bare_page(folder, workspace, page), {})
        peer = seconds(bare.run, repeats)
        app = at_goal_page({"page": page.id})
        assert not app.exception
        opened = seconds(app.run, repeats)
        report(
            "opened on the screen, cached", opened, "≤ 0.4 s", f"{opened / peer:.1f} × a bare page of its charts ({peer:.3f} s)"
        )

        made = again.pages.run(page, TODAY)
        export(made, "pdf")
        pdf = seconds(lambda: export(made, "pdf"), repeats)
        notebook = nbformat.reads(export(made, "ipynb").decode(), as_version=4)  # type: ignore[no-untyped-call]
        executed = seconds(lambda: NotebookClient(notebook, kernel_name="python3").execute(), clock=time.perf_counter)
        ratio = f"{pdf / executed:.2f} × nbclient executing the notebook ({executed:.1f} s wall)"
        report("PDF", pdf, "≤ 3 s", ratio)
        for kind in ("html", "pptx", "xlsx", "ipynb", "md", "json"):
            content = export(made, kind)
            taken = seconds(partial(export, made, kind), repeats)
            report(f"{kind}, {len(content) / 1e6:.2f} MB", taken, "≤ 3 MB" if kind == "html" else "")

        for number in range(SNAPSHOTS):
            workspace.snapshots.freeze(page, TODAY, note=f"{number}", save=Save("b", f"snapshot-{number}", NOW))
        app.run()
        many = seconds(app.run, repeats)
        report(f"opened with {SNAPSHOTS} snapshots", many, "as quick", f"{many / opened:.2f} × without")
        for opened_one in (workspace, *fresh):
            opened_one.close()


if __name__ == "__main__":
    main()
