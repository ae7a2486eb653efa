"""The list of imports and the undoing of one, without a browser."""

import json

import pandas as pd
import pytest

from cs_planning.cli import main
from cs_planning.kpis.frequency import Frequency
from cs_planning.workspace import Workspace
from tests.cli.test_commands import KPIS


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CS_PLANNING_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CS_PLANNING_DATABASE_URL", raising=False)
    monkeypatch.setenv("CS_PLANNING_TODAY", "2026-11-10")
    return tmp_path


def told(capsys, *words):
    status = main(list(words))
    return status, capsys.readouterr().out


def test_a_file_is_imported_listed_undone_and_imported_anew(home, capsys):
    (home / "kpis.csv").write_text(KPIS)
    assert main(["import", str(home / "kpis.csv")]) == 0
    capsys.readouterr()
    _, listed = told(capsys, "imports", "--json")
    (one,) = json.loads(listed)["imports"]
    assert (one["file"], one["can_be_undone"], one["undone_at"]) == ("kpis.csv", True, None)
    _, would = told(capsys, "undo-import", one["id"], "--dry-run", "--json")
    assert set(json.loads(would)["series_gone"]) >= {"csat", "abandonment_rate"}
    assert json.loads(would)["undone_at"] is None
    status, done = told(capsys, "undo-import", one["id"])
    assert status == 0
    assert "“kpis.csv” was undone" in done
    _, after = told(capsys, "imports")
    assert "undone by" in after
    assert main(["undo-import", one["id"]]) == 2
    assert "undone already" in capsys.readouterr().err
    assert main(["import", str(home / "kpis.csv")]) == 0
    capsys.readouterr()
    _, again = told(capsys, "imports", "--json")
    assert [line["can_be_undone"] for line in json.loads(again)["imports"]] == [True, False]


def test_the_contacts_behind_a_value_are_written_with_their_part_and_no_formula(home, capsys):
    lines = ["Ticket ID,Created at,Solved at,Subject,CSAT Score (1-5)"]
    days = [f"2026-0{n % 3 + 1}-{n % 27 + 1:02d}" for n in range(90)]
    lines += [f"{n},{day} 09:00,{day} 11:00,=1+1,{n % 5 + 1}" for n, day in enumerate(days)]
    (home / "log.csv").write_text("\n".join(lines))
    assert main(["import", str(home / "log.csv")]) == 0
    out = home / "behind.csv"
    assert main(["contacts-behind", "csat", "2026-02", "--out", str(out)]) == 0
    rows = pd.read_csv(out)
    workspace = Workspace.from_environment()
    shown = workspace.data.series("csat", Frequency.MONTH).frame.set_index("period")
    workspace.close()
    assert rows["part_of_value"].mean() == pytest.approx(shown["value"][pd.Timestamp("2026-02-01")])
    assert len(rows) == shown["sample_size"][pd.Timestamp("2026-02-01")] == 30
    assert not rows["subject"].str.startswith("=").any()
    capsys.readouterr()
    assert main(["contacts-behind", "occupancy", "2026-02", "--out", str(out)]) == 2
    assert "Import a file with this KPI" in capsys.readouterr().err
    assert main(["contacts-behind", "csat", "2020-02", "--out", str(out)]) == 2
    assert "No contact counts" in capsys.readouterr().err


def test_files_of_old_months_say_once_that_their_data_ended_and_what_that_means(home, capsys):
    for month in (1, 2):
        rows = "".join(f"{month}{day},2025-0{month}-{day:02d} 09:00,2025-0{month}-{day:02d} 10:00\n" for day in range(1, 25))
        (home / f"{month}.csv").write_text("Ticket ID,Created at,Solved at\n" + rows)
    assert main(["import", str(home / "1.csv"), str(home / "2.csv")]) == 0
    said = capsys.readouterr().err
    assert said.count("The data end on") == 1
    assert "The data end on Feb 24, 2025" in said
    assert "No probability is said on them any more" in said


NEW = "Month,CSAT (%),Tickets\n2026-08,80,900\n2026-09,82,910\n2026-10,81,930\n"


@pytest.mark.parametrize(("content", "severities"), [(KPIS, ["notice"]), (NEW, [])])
def test_kpis_of_old_files_say_so_as_a_notice_since_nothing_is_forecast(home, capsys, content, severities):
    (home / "kpis.csv").write_text(content)
    status, done = told(capsys, "kpis", str(home / "kpis.csv"), "--out", str(home / "out.csv"), "--json")
    assert status == 0
    findings = [one for file in json.loads(done)["files"] for one in file["findings"]]
    assert [one["severity"] for one in findings if one["rule"] == "old_data"] == severities
