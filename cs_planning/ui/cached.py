"""What all visitors share; the only user of Streamlit's caches."""

from __future__ import annotations

import importlib

import streamlit as st

from cs_planning.kpis.table import Table
from cs_planning.ui import session
from cs_planning.workspace import Workspace

_SLOW_IMPORTS = ("altair", "pandas", "pyarrow", "scipy.stats", "scipy.special", "statsmodels.tsa.api", "ibis", "duckdb", "openpyxl")
_KEPT_FILES, _KEPT_SECONDS = 8, 900


@st.cache_resource(show_spinner=False)
def workspace() -> Workspace:
    """The workspace of this process, opened once and ready with the sample team on its first start."""
    opened = Workspace.from_environment()
    opened.prepare(session.today())
    return opened


@st.cache_resource(show_spinner=False, max_entries=_KEPT_FILES, ttl=_KEPT_SECONDS)
def read_table(fingerprint: str, name: str, sheet: str | None, _data: bytes) -> Table:
    """A file's table, read once; `fingerprint` stands for the bytes."""
    return workspace().data.read(name, _data, sheet=sheet)


def preload() -> None:
    """Loads the slow libraries and opens the workspace."""
    for name in _SLOW_IMPORTS:
        importlib.import_module(name)
    workspace()
