"""The contact logs of a workspace: remembered for good, kept apart between processes, read on when files are lost."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from cs_planning.errors import Conflict
from cs_planning.kpis.frequency import Frequency
from cs_planning.storage import ImportInfo
from cs_planning.workspace import Home, Save, Workspace
from cs_planning.workspace.data import keeping
from cs_planning.workspace.points.merging import merge

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
IMPORTS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from cs_planning.errors import Conflict
from cs_planning.workspace import Home, Save, Workspace
folder, file, rounds = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
opened = Workspace.open(Home.at(folder))
print("ready", flush=True)
sys.stdin.readline()
kept = 0
for number in range(rounds):
    try:
        content = file.read_bytes().replace(b"email", f"email{number}".encode())
        opened.data.import_file(file.name, content, save=Save("t", f"{file.name}-{number}", datetime.now(UTC)))
        kept += 1
    except Conflict:
        pass
print(kept, flush=True)
"""
HANGS = """
import sys, time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from cs_planning.workspace import Home, Save, Workspace
from cs_planning.workspace.data import kpi_data
def hang(*_arguments, **_named):
    print("reading", flush=True)
    time.sleep(600)
kpi_data.LARGE_BYTES = 100
kpi_data.suits = lambda *_facts: True
kpi_data.read_sample = lambda path: replace(kpi_data.read_table(path.name, path.read_bytes()), complete=False)
kpi_data.read_contacts = hang
opened = Workspace.open(Home.at(Path(sys.argv[1])))
opened.data.import_path(Path(sys.argv[2]), save=Save("t", "killed", datetime.now(UTC)))
"""


def tickets(first: str, days: int, each: int = 4, begin: int = 0) -> pd.DataFrame:
    """Tickets of some days, each solved an hour later and rated; the numbers go on from `begin`."""
    created = pd.Timestamp(first) + pd.to_timedelta(np.repeat(np.arange(days), each), unit="D") + pd.Timedelta(hours=9)
    return pd.DataFrame(
        {
            "Ticket ID": np.arange(begin, begin + len(created)),
            "Created at": created.strftime("%Y-%m-%d %H:%M:%S"),
            "Solved at": (created + pd.Timedelta(hours=1)).strftime("%Y-%m-%d %H:%M:%S"),
            "Channel": "email",
            "Satisfaction": np.resize(["5", "5", "1", "4"], len(created)),
        }
    )


def bring(workspace: Workspace, table: pd.DataFrame, key: str, name: str = "log.csv"):
    return workspace.data.import_file(name, table.to_csv(index=False).encode(), save=Save("t", key, NOW))


def volumes(workspace: Workspace) -> dict[str, float]:
    series = workspace.data.series("contact_volume", Frequency.MONTH)
    return {f"{period:%Y-%m}": value for period, value in zip(series.periods, series.values, strict=True)}


def files_of(folder: Path, month: str) -> list[Path]:
    return sorted((folder / "contacts" / "contacts").glob(f"contacts-{month}-*.parquet"))


def rules(report) -> list[str]:
    return [finding.rule for finding in report.imported.findings]


@pytest.fixture
def of_three_months(workspace):
    """January to March 2026: 4 contacts a day."""
    bring(workspace, tickets("2026-01-01", 90), "first")
    return workspace


@pytest.mark.load
def test_a_contact_log_is_remembered_after_200_further_imports(of_three_months):
    workspace = of_three_months
    mapping = '{"kind": "kpi_table_long", "columns": []}'
    for number in range(200):
        info = ImportInfo(f"table-{number}.csv", f"{number:064}", "kpi_table", 1, 0, mapping)
        workspace._store.imports.record(info, {}, save=Save("t", f"i{number}", NOW + timedelta(minutes=number + 1)))
    computed = workspace.data.series("csat", Frequency.MONTH).values.copy()
    table = pd.DataFrame({"Month": ["2026-01", "2026-02", "2026-03"], "CSAT": [11, 12, 13]})
    late = NOW + timedelta(days=1)
    workspace.data.import_file("csat.csv", table.to_csv(index=False).encode(), save=Save("t", "table", late))
    assert list(workspace.data.logs.sources()) == [()]
    assert (workspace.data.series("csat", Frequency.MONTH).values == computed).all()
    assert list(workspace.data.series("csat|source=csat", Frequency.MONTH).values) == [11, 12, 13]


@pytest.mark.faults
def test_two_processes_that_import_at_once_never_take_each_others_files(tmp_path):
    folder = tmp_path / "home"
    Workspace.open(Home.at(folder)).close()
    children = []
    for name, begin, first in (("a.csv", 0, "2026-01-01"), ("b.csv", 10_000, "2026-01-01")):
        tickets(first, 90, begin=begin).to_csv(tmp_path / name, index=False)
        command = [sys.executable, "-c", IMPORTS, str(folder), str(tmp_path / name), "3"]
        children.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
    for child in children:
        assert child.stdout.readline() == "ready\n"
    for child in children:
        child.stdin.write("go\n")
        child.stdin.flush()
    kept = [int(child.communicate(timeout=240)[0]) for child in children]
    assert sum(kept) >= 3
    workspace = Workspace.open(Home.at(folder))
    (log,) = workspace._store.contact_logs.list()
    there = {path.name for path in (folder / "contacts" / log.id).iterdir()}
    assert workspace.data.logs.named() == there
    contacts = pd.concat([pd.read_parquet(path) for path in workspace.data.logs.files()])
    assert contacts["contact_id"].is_unique
    assert len(contacts) == 360 * sum(count > 0 for count in kept)
    workspace.close()


@pytest.mark.slow
def test_files_that_another_import_replaced_meanwhile_are_a_conflict_and_no_loss(of_three_months, monkeypatch, tmp_path):
    workspace, other = of_three_months, Workspace.open(Home.at(tmp_path))
    overtaken: list[Any] = []

    def overtaking(*facts, **named):
        if not overtaken:
            overtaken.append(True)
            bring(other, tickets("2026-01-01", 90).assign(Channel="phone"), "other")
        return merge(*facts, **named)

    monkeypatch.setattr(keeping, "merge", overtaking)
    with pytest.raises(Conflict):
        bring(workspace, tickets("2026-03-01", 31, begin=236), "mine")
    other.close()
    assert volumes(workspace) == {"2026-01": 124, "2026-02": 112, "2026-03": 124}
    assert workspace.data.logs.named() == {path.name for path in files_of(tmp_path, "2026")}
    assert len(workspace.data.logs.files()) == 3


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:300])], ids=["gone", "cut"])
def test_a_lost_file_stops_no_later_import_and_its_months_keep_their_values(of_three_months, tmp_path, damage):
    workspace = of_three_months
    (lost,) = files_of(tmp_path, "2026-02")
    copy = shutil.copy(lost, tmp_path / "backup.parquet")
    damage(lost)
    report = bring(workspace, tickets("2026-04-01", 30, begin=360), "april")
    (finding,) = (one for one in report.imported.findings if one.rule == "lost_contacts")
    assert finding.count == 112
    assert volumes(workspace) == {"2026-01": 124, "2026-02": 112, "2026-03": 124, "2026-04": 120}
    quarters = workspace.data.series("contact_volume", Frequency.QUARTER)
    assert list(quarters.values) == [360]
    shutil.copy(copy, lost)
    report = bring(workspace, tickets("2026-05-01", 31, begin=480), "may")
    assert "lost_contacts" not in rules(report)
    assert volumes(workspace) == {"2026-01": 124, "2026-02": 112, "2026-03": 124, "2026-04": 120, "2026-05": 124}
    assert sum(pd.read_parquet(path).shape[0] for path in workspace.data.logs.files()) == 604


@pytest.mark.slow
def test_a_lost_month_that_is_imported_again_counts_again(of_three_months, tmp_path):
    workspace = of_three_months
    files_of(tmp_path, "2026-02")[0].unlink()
    some = bring(workspace, tickets("2026-02-01", 2, begin=124), "some")
    assert rules(some).count("lost_contacts") == 1
    assert volumes(workspace)["2026-02"] == 112
    again = bring(workspace, tickets("2026-02-01", 28, begin=124).drop(index=range(100, 104)), "again")
    assert "lost_contacts" not in rules(again)
    assert volumes(workspace) == {"2026-01": 124, "2026-02": 108, "2026-03": 124}


@pytest.mark.faults
def test_a_file_damaged_inside_is_left_out_once_its_contacts_are_needed(of_three_months, tmp_path):
    workspace = of_three_months
    (lost,) = files_of(tmp_path, "2026-02")
    content = bytearray(lost.read_bytes())
    content[4:60] = b"\xff" * 56
    lost.write_bytes(bytes(content))
    bring(workspace, tickets("2026-04-01", 30, begin=360), "april")
    assert volumes(workspace) == {"2026-01": 124, "2026-02": 112, "2026-03": 124, "2026-04": 120}
    report = bring(workspace, tickets("2026-02-01", 2, begin=124), "some")
    assert "lost_contacts" in rules(report)
    assert volumes(workspace) == {"2026-01": 124, "2026-02": 112, "2026-03": 124, "2026-04": 120}
    workspace.clock.save(None, 4, save=Save("t", "year", NOW))
    assert volumes(workspace)["2026-02"] == 112


@pytest.mark.slow
def test_the_hours_of_a_what_if_are_counted_from_the_files_that_are_there(of_three_months, tmp_path):
    files_of(tmp_path, "2026-01")[0].unlink()
    found = of_three_months.what_if.data._load_arrivals(0, ("email",))
    assert found is not None
    assert [row[9] for row in found] == [4.0] * 7


@pytest.mark.faults
def test_a_killed_large_import_leaves_no_contacts_behind_once_another_file_is_imported(workspace, tmp_path):
    tickets("2026-01-01", 90).to_csv(tmp_path / "large.csv", index=False)
    command = [sys.executable, "-c", HANGS, str(tmp_path), str(tmp_path / "large.csv")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "reading\n"
        (aside,) = (tmp_path / "contacts").glob("import-*")
        bring(workspace, tickets("2026-01-01", 31), "beside")
        assert aside.is_dir()
        child.send_signal(signal.SIGKILL)
    patience = time.monotonic() + 10
    while child.poll() is None and time.monotonic() < patience:
        time.sleep(0.05)
    bring(workspace, tickets("2026-02-01", 28, begin=124), "after")
    assert not aside.exists()
