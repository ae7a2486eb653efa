"""The list of imports and the undoing of one, without a browser."""

import json

import pytest

from cs_planning.cli import main
from tests.cli.test_commands import KPIS


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CS_PLANNING_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CS_PLANNING_DATABASE_URL", raising=False)
    monkeypatch.setenv("CS_PLANNING_TODAY", "2026-01-15")
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
