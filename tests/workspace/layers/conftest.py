"""Workspaces to compare, and workspaces of every kind of store."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date
from pathlib import Path

import pytest

from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.currency import Currency
from cs_planning.kpis.files.table import Table
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.imports.convert import convert
from cs_planning.workspace import Workspace
from cs_planning.workspace.data import kpi_data
from cs_planning.workspace.home import Home

_CONVERTED: dict[Hashable, Imported] = {}


@pytest.fixture(autouse=True)
def converted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads the rows of a file once for all tests of this room, which are about what is kept of them and undone."""

    def remembered(table: Table, mapping: Mapping, *, calendar: ServiceCalendar, today: date, currency: Currency) -> Imported:
        rows = table.frame.to_csv()
        known = (table.name, rows, mapping.model_dump_json(), calendar.model_dump_json(), today, currency)
        if known not in _CONVERTED:
            _CONVERTED[known] = convert(table, mapping, calendar=calendar, today=today, currency=currency)
        return _CONVERTED[known]

    monkeypatch.setattr(kpi_data, "convert", remembered)


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Workspace]:
    """A second workspace, to import only what is left."""
    opened = Workspace.open(Home.at(tmp_path / "alone"))
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """An empty workspace that several may open at once, on SQLite and on a real PostgreSQL."""
    address = request.getfixturevalue("emptied_database") if request.param == "postgresql" else None
    return Home.at(tmp_path / "shared", address)
