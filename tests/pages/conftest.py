"""Pages as Streamlit runs them, on a workspace of their own."""

import os
import pickle
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.errors import UnserializableSessionStateError
from streamlit.runtime.state.common import TESTING_KEY
from streamlit.runtime.state.session_state import SessionState
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[2] / "app.py")
TODAY = "2026-11-10"
BUSY_MACHINE_SECONDS = 120
"""How long a page may take when all cores are at work."""


def _check_serializable(state) -> None:
    """Streamlit's own check that what is kept can be kept elsewhere, for all but what AppTest keeps itself."""
    for key in state:
        if key == TESTING_KEY:  # the format functions of choices
            continue
        try:
            pickle.dumps(state[key])
        except Exception as refused:
            raise UnserializableSessionStateError(f"{key} keeps a {type(state[key])}") from refused


@pytest.fixture
def sample_home(sample_copy, tmp_path) -> Path:
    """A workspace with the sample team, of this test alone."""
    return sample_copy(tmp_path / "sample")


@pytest.fixture
def workspace(sample_home):
    """The sample team's workspace, opened beside the app."""
    from cs_planning.workspace import Workspace  # noqa: PLC0415 - slow to import
    from cs_planning.workspace.home import Home  # noqa: PLC0415

    opened = Workspace.open(Home.at(sample_home))
    yield opened
    opened.close()


@pytest.fixture
def page(workspace):
    """The page of the sample team's goal for the telephone."""
    goal = next(goal for goal in workspace.planning.goals() if "telephone" in goal.title)
    return workspace.pages.page_of(goal)


_known_pages: dict = {}
_components = cache(manifest_scanner.scan_component_manifests)
"""Each app of a test would read what is said about every installed package anew."""


@pytest.fixture
def open_app(monkeypatch):
    """Opens the app on a home folder, at a page."""

    def opened(home: Path, page: str | None = None, **query: str) -> AppTest:
        monkeypatch.setenv("CS_PLANNING_HOME", str(home))
        monkeypatch.setenv("CS_PLANNING_SAMPLE", "0")
        monkeypatch.setenv("CS_PLANNING_TODAY", TODAY)
        monkeypatch.setattr(SessionState, "_check_serializable", _check_serializable)
        monkeypatch.setattr(manifest_scanner, "scan_component_manifests", _components)
        monkeypatch.delenv("CS_PLANNING_DATABASE_URL", raising=False)
        st.cache_resource.clear()
        app = AppTest.from_file(APP, default_timeout=BUSY_MACHINE_SECONDS)
        app.context = {"locale": "en-US", "timezone": "Europe/Berlin"}
        for name, value in query.items():
            app.query_params[name] = value
        if page is not None and _known_pages:
            # The addresses of the pages are those of the first app of the run: what stands on Home needs no second look.
            app._registered_pages = dict(_known_pages)
            return app.switch_page(page).run()
        app.run()
        if "CS_PLANNING_ACCOUNT_HEADER" not in os.environ:  # whoever has no account is offered fewer pages
            _known_pages.update(app._registered_pages)
        if page is not None:
            app.switch_page(page).run()
        return app

    return opened
