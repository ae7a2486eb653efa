"""Several workspaces on the command line."""

import pytest

from cs_planning.cli import main


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.setenv("CS_PLANNING_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("CS_PLANNING_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)


def test_a_workspace_is_made_called_otherwise_and_named_by_every_command_about_what_is_kept(capsys, tmp_path):
    assert main(["workspaces", "--new", "Osaka site"]) == 0
    assert capsys.readouterr().out.strip() == "osaka-site"
    (tmp_path / "kpis.csv").write_text("month,CSAT\n2025-10-01,80\n2025-11-01,81\n2025-12-01,82\n", encoding="utf-8")
    assert main(["import", "kpis.csv", "--workspace", "Osaka site"]) == 0
    capsys.readouterr()
    assert main(["imports", "--workspace", "osaka-site"]) == 0
    assert "kpis.csv" in capsys.readouterr().out
    assert main(["imports"]) == 0
    assert "Nothing was imported yet" in capsys.readouterr().out
    assert main(["workspaces", "--rename", "Osaka centre", "--workspace", "osaka-site"]) == 0
    listed = capsys.readouterr().out
    assert "My team" in listed
    assert "Osaka centre" in listed


def test_an_unknown_workspace_is_refused_with_those_that_there_are(capsys):
    assert main(["goals", "--workspace", "nobody"]) == 2
    wrong = capsys.readouterr().err
    assert "nobody" in wrong
    assert "own" in wrong
