"""A run of a page asks the database once for what its parts ask again, and misses no save."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, event
from streamlit.testing.v1 import AppTest

from cs_planning.ui import session
from cs_planning.workspace import Save, one_look
from tests.pages.conftest import APP, BUSY_MACHINE_SECONDS
from tests.pages.looking import links

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
DRAFT, GOAL, WHAT_IF = "pages/draft_goal.py", "pages/goal_page.py", "pages/what_if.py"


@contextmanager
def statements() -> Iterator[list[str]]:
    asked: list[str] = []
    event.listen(Engine, "before_cursor_execute", hears := lambda *said: asked.append(f"{said[2]} {said[3]}"))
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", hears)


def selects(asked: list[str]) -> list[str]:
    return [one for one in asked if one.startswith("SELECT")]


@pytest.mark.slow
@pytest.mark.parametrize(("script", "most"), [(GOAL, 14), (WHAT_IF, 8), (DRAFT, 14)])
def test_a_repeated_run_of_a_page_asks_little_and_for_the_counters_once(open_app, sample_home, workspace, script, most):
    goal = next(goal for goal in workspace.planning.goals() if "telephone" in goal.title)
    app = open_app(sample_home, script, **({"goal": goal.id} if script == GOAL else {})).run()
    with statements() as asked:
        app.run()
    assert not app.exception
    assert sum("counters" in one for one in asked) == 1
    assert len(selects(asked)) <= most, Counter(asked)


def test_the_first_page_asks_little_and_sees_what_others_saved_since(open_app, sample_home, workspace):
    app = open_app(sample_home)
    goal = next(goal for goal in workspace.planning.goals() if "telephone" in goal.title)
    workspace.planning.save_draft(goal.model_copy(update={"title": "Renamed by somebody else"}), save=Save("Ben", "b", NOW))
    app = AppTest.from_file(APP, default_timeout=BUSY_MACHINE_SECONDS)  # a second visitor of the same server
    with statements() as asked:
        app.run()
    assert "Renamed by somebody else" in links(app)
    again = AppTest.from_file(APP, default_timeout=BUSY_MACHINE_SECONDS)
    with statements() as asked:
        again.run()
    assert sum("counters" in one for one in asked) == 1
    assert len(selects(asked)) <= 10, Counter(asked)


def test_a_click_that_saves_decides_by_what_is_kept_then_and_not_by_what_the_page_read_before(workspace):
    goal = workspace.planning.goals()[0]
    with one_look(), statements() as asked:
        workspace.planning.goal(goal.id)
        workspace.planning.goal(goal.id)
        assert len(selects(asked)) == 2
        session.save("a form")
        workspace.planning.goal(goal.id)
        assert len(selects(asked)) == 4
        session.save_by_clock("another form")
        workspace.planning.goal(goal.id)
        assert len(selects(asked)) == 6
