"""Files to import and undo, and what a workspace holds afterwards, to be compared."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import duckdb
import pandas as pd

from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.frequency import Frequency
from cs_planning.workspace import Save, Workspace

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)


def by(number: int, author: str = "Mika") -> Save:
    return Save(author, f"save-{number}", NOW + timedelta(minutes=number))


def tickets(first: int, last: int, month: int, *, hours: int = 5, csat: str = "4", channel: str = "email") -> bytes:
    """Tickets with these numbers, one a day in a month and the two before, solved after so many hours."""
    lines = ["Ticket ID,Created at,Solved at,Channel,CSAT Score (1-5)"]
    begin = pd.Timestamp(2026, month, 1) - pd.DateOffset(months=2)
    for number in range(first, last):
        created = begin + pd.Timedelta(days=number % 88, hours=9 + number % 7)
        solved = created + pd.Timedelta(hours=hours)
        lines.append(f"{number},{created:%Y-%m-%d %H:%M},{solved:%Y-%m-%d %H:%M},{channel},{csat}")
    return "\n".join(lines).encode()


def monthly(kpi: str, first: str, values: list[float]) -> bytes:
    months = pd.date_range(first, periods=len(values), freq="MS")
    return "\n".join([f"Month,{kpi}", *(f"{m:%Y-%m},{v}" for m, v in zip(months, values, strict=True))]).encode()


def daily(column: str, first: str, count: int, base: int) -> bytes:
    days = pd.date_range(first, periods=count)
    return "\n".join([f"Date,{column}", *(f"{d:%Y-%m-%d},{base + place % 9}" for place, d in enumerate(days))]).encode()


FILES = {
    "spring.csv": tickets(0, 150, 4),
    "corrected.csv": tickets(60, 120, 4, hours=50, csat="2"),
    "summer.csv": tickets(150, 300, 7, channel="chat"),
    "moved.csv": tickets(30, 90, 4, hours=24 * 40, channel="chat"),
    "wrong.csv": tickets(0, 150, 4, hours=30, csat="1"),
    "occupancy.csv": monthly("Occupancy rate (%)", "2026-01", [71.0, 72.5, 70.0, 74.0]),
    "occupancy-wrong.csv": monthly("Occupancy rate (%)", "2026-03", [7.0, 7.25, 7.5]),
    "costs.csv": monthly("Service cost (USD)", "2026-02", [900.0, 1000.0, 1100.0, 950.0]),
    "backlog-days.csv": daily("Agent occupancy (%)", "2026-01-01", 100, 60),
}


VOLUMES = monthly("Contact volume", "2026-02", [9000.0, 9100.0, 9200.0])


def state(workspace: Workspace) -> dict[str, pd.DataFrame]:
    """Every value that is kept, and every contact."""
    found = {
        each.value: workspace.data.frame(each).sort_values(["series", "period"]).reset_index(drop=True) for each in Frequency
    }
    files = [str(path) for path in workspace.data.logs.files()]
    if files:
        with duckdb.connect() as connection:
            scan = "SELECT * FROM read_parquet($files, union_by_name = true) ORDER BY kind, contact_id"
            contacts = connection.execute(scan, {"files": files}).df()
        found["contacts"] = contacts.reindex(columns=sorted(contacts.columns)).dropna(axis="columns", how="all")
    return found


def require_same(one: Workspace, other: Workspace) -> None:
    require_alike(state(one), state(other))


def require_alike(left: dict[str, pd.DataFrame], right: dict[str, pd.DataFrame]) -> None:
    assert set(left) == set(right)
    for name, frame in left.items():
        pd.testing.assert_frame_equal(frame, right[name], rtol=1e-12, check_dtype=False, obj=name)


def put(workspace: Workspace, name: str, number: int, content: bytes | None = None) -> str:
    """Imports a file and gives the id of the import."""
    workspace.data.import_file(name, FILES[name] if content is None else content, save=by(number))
    (newest, *_) = workspace.data.imports()
    return newest.id


def require_equal(before: dict[str, pd.DataFrame], after: dict[str, pd.DataFrame]) -> None:
    assert set(before) == set(after)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(frame, after[name])


def undo_some(workspace: Workspace, seed: int, steps: int = 7) -> list[str]:
    """Imports files at random and undoes some of those that can be; gives the names of those that are left, in their order."""
    chosen = random.Random(seed)
    left: list[tuple[str, str]] = []
    for number in range(steps):
        can_be_undone = [place for place, (one, _name) in enumerate(left) if one in workspace.data.undo.possible()]
        if can_be_undone and chosen.random() < 0.4:
            undone, _name = left.pop(can_be_undone[chosen.randrange(len(can_be_undone))])
            workspace.data.undo.undo(undone, save=by(number))
        else:
            name = chosen.choice(sorted(FILES))
            left.append((put(workspace, name, number), name))
    return [name for _id, name in left]


_ALONE: dict[tuple[str, ...], dict[str, pd.DataFrame]] = {}
"""What an empty workspace holds once these files were imported into it; computed once for all tests that ask."""


def require_as_alone(workspace: Workspace, alone: Workspace, names: Sequence[str]) -> None:
    """Checks that a workspace holds what another one does into which these files alone are imported now."""
    if alone.data.imports() or alone.data.calendar != ServiceCalendar():
        _put_all(alone, names)
        require_same(workspace, alone)
        return
    if tuple(names) not in _ALONE:
        _put_all(alone, names)
        _ALONE[tuple(names)] = state(alone)
    require_alike(state(workspace), _ALONE[tuple(names)])


def _put_all(workspace: Workspace, names: Sequence[str]) -> None:
    for number, name in enumerate(names):
        put(workspace, name, number)


def require_tidy(workspace: Workspace) -> None:
    """Checks that the disk holds the files of contacts that are named, and no other."""
    on_disk = {path.name for path in workspace.home.contacts.glob("*/*")}
    assert on_disk == workspace.data.logs.named()


def put_into_whole(workspace: Workspace, name: str, content: bytes, number: int) -> str:
    """Imports into the whole service, whatever other files fill the same series."""
    table = workspace.data.read(name, content)
    mapping = workspace.data.recognise(table).mapping
    workspace.data.save(table, mapping, workspace.data.convert(table, mapping, NOW.date()), save=by(number))
    return workspace.data.imports()[0].id
