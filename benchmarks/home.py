"""How long the server needs for the first page of a workspace with many goals.

    python -m benchmarks.home [--goals 500 1000] [--visits 15]

The page is run as Streamlit runs it, without a browser, on the sample team with goals on all of its KPIs; the first visit comes
after what the server does at its start.  After a save or an import the page is there before the probabilities that changed, so
that they are not counted with it.  Beside it, in the same process, runs a bare page with as many texts.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from unittest import mock

import numpy as np
import streamlit as st
from streamlit import config
from streamlit.testing.v1 import AppTest

from cs_planning.goals.goal import GoalType, Stage
from cs_planning.kpis.frequency import Frequency
from cs_planning.ui import cached
from cs_planning.ui.goals import all_goals
from cs_planning.workspace import Save, Workspace
from cs_planning.workspace.home import Home
from cs_planning.workspace.sample import import_sample, tell_sample

TODAY = date(2026, 11, 10)
NOW = datetime(2026, 11, 10, tzinfo=UTC)
APP = str(Path(__file__).parents[1] / "app.py")
BARE = "import streamlit as st\nfor number in range(60):\n    st.markdown(f'Line {number}')\n"


def fill(home: Path, count: int) -> None:
    """The sample team with `count` running goals on its monthly KPIs, due at the end of one of the next quarters."""
    workspace = Workspace.open(Home.at(home))
    import_sample(workspace, TODAY)
    tell_sample(workspace, TODAY, "en")
    series = [str(info.key) for info in workspace.data.series_list() if info.frequency is Frequency.MONTH]
    quarters = workspace.planning.quarters(TODAY)[1:]
    for number, key in zip(range(count), itertools.cycle(series), strict=False):
        draft = workspace.planning.draft(key, Frequency.MONTH, list(GoalType)[number % 4], TODAY)
        changed = {
            "title": f"Goal {number} on {key}",
            "stage": Stage.ACTIVE,
            "start": TODAY,
            "owner": f"Owner {number % 25}",
            "deadline": quarters[number % len(quarters)].last,
        }
        goal = draft.model_copy(update=changed)
        workspace.planning.save_draft(goal, save=Save("benchmark", f"goal-{number}", NOW))
    workspace.close()


def visit(app: AppTest) -> float:
    """Seconds of processor time for one run of the page."""
    begun = time.process_time()
    app.run(timeout=600)
    assert not app.exception, app.exception
    return time.process_time() - begun


def change_a_goal(workspace: Workspace, key: str) -> None:
    """Saves one goal with another title."""
    goal = workspace.planning.goals()[0]
    renamed = goal.model_copy(update={"title": f"Renamed: {key}"})
    workspace.planning.save_draft(renamed, save=Save("benchmark", key, NOW))


def import_a_value(workspace: Workspace, key: str) -> None:
    """Takes in one new value of one KPI, which makes every kept probability one of yesterday."""
    content = f"month,CSAT\n2026-10,{80 + len(key) % 9}\n".encode()
    workspace.data.import_file("new.csv", content, save=Save("benchmark", key, NOW))


def _let_the_test_runner_keep_functions() -> None:
    # The runner without a browser keeps format functions in the session state, which the product's own setting forbids.
    get_option = config.get_option
    config.get_option = lambda key: False if key == "runner.enforceSerializableSessionState" else get_option(key)


def measure(count: int, visits: int) -> None:
    """Prints what the page costs right after a start, while probabilities are computed, and afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        fill(home, count)
        os.environ |= {"CS_PLANNING_HOME": str(home), "CS_PLANNING_SAMPLE": "0", "CS_PLANNING_TODAY": TODAY.isoformat()}
        computed = time.process_time()
        workspace = Workspace.open(Home.at(home))
        while stale := workspace.standings.brief(TODAY).stale:
            workspace.standings.refresh(stale, TODAY, seconds=3600)
        workspace.close()
        computed = time.process_time() - computed
        st.cache_resource.clear()
        _let_the_test_runner_keep_functions()
        started = time.process_time()
        cached.preload()
        started = time.process_time() - started
        app = AppTest.from_file(APP, default_timeout=600)
        first = visit(app)
        seen = np.array([visit(app) for _ in range(visits)])
        after_save, after_import = [], []
        with mock.patch.object(all_goals, "draw_refresh"):
            for number in range(visits):
                change_a_goal(cached.own_workspace(), f"change-{number}")
                after_save.append(visit(app))
            for number in range(1, 1 + visits // 3):
                import_a_value(cached.own_workspace(), number * "i")
                after_import.append(visit(app))
        bare = AppTest.from_string(BARE)
        visit(bare)
        compared = np.array([visit(bare) for _ in range(visits)])
        shutil.rmtree(home)
    middle, worst = np.percentile(seen, [50, 95])
    print(
        f"{count} goals: all probabilities {computed:.1f} s once after an import; a start of the server {started:.1f} s; "
        f"first visit {1000 * first:.0f} ms; then median {1000 * middle:.0f} ms, 95 % {1000 * worst:.0f} ms; "
        f"after a save {1000 * np.median(after_save):.0f} ms; after an import {1000 * np.median(after_import):.0f} ms "
        f"({middle / np.median(compared):.1f} × a bare page of 60 texts, {1000 * np.median(compared):.0f} ms)"
    )


def main() -> None:
    """Measures workspaces of several sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--goals", type=int, nargs="+", default=[500, 1000])
    parser.add_argument("--visits", type=int, default=15)
    given = parser.parse_args()
    for count in given.goals:
        measure(count, given.visits)


if __name__ == "__main__":
    main()
