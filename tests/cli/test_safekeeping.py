"""Backups, moving, the doctor and retention, as somebody types them."""

import pytest

from cs_planning.cli import main
from tests.cli.test_commands import KPIS


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CS_PLANNING_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("CS_PLANNING_DATABASE_URL", raising=False)
    (tmp_path / "kpis.csv").write_text(KPIS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["import", "kpis.csv"]) == 0
    return tmp_path


def test_a_backup_goes_into_another_place_and_over_a_used_one_when_told(folder, capsys, monkeypatch):
    assert main(["backup", "kept.zip"]) == 0
    assert "compared" in capsys.readouterr().out
    assert main(["restore", "kept.zip"]) == 2
    assert "--replace" in capsys.readouterr().err
    assert main(["restore", "kept.zip", "--replace"]) == 0
    assert "before-restore" in capsys.readouterr().err
    monkeypatch.setenv("CS_PLANNING_HOME", str(folder / "other"))
    assert main(["restore", "kept.zip"]) == 0
    assert main(["backup", "kept.csv"]) == 2
    assert main(["restore", "kpis.csv"]) == 2
    assert "no backup" in capsys.readouterr().err


def test_the_doctor_ends_with_one_when_something_is_wrong(folder, capsys):
    assert main(["doctor"]) == 0
    assert "✗" not in capsys.readouterr().out
    (folder / "home" / "workspace.db").write_bytes(b"garbage" * 1000)
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "✗" in said
    assert "→" in said
    assert "Traceback" not in said


def test_a_password_in_an_address_is_never_said(folder, capsys):
    assert main(["copy", "--from", "sqlite:///home/workspace.db", "--to", "postgresql://me:s3cret@127.0.0.1:1/x"]) == 2
    told = capsys.readouterr()
    assert "s3cret" not in told.out + told.err


def test_a_copy_says_what_it_compared(folder, capsys):
    assert main(["copy", "--from", "sqlite:///home/workspace.db", "--to", "sqlite:///moved/workspace.db"]) == 0
    told = capsys.readouterr()
    assert "checksums are the same" in told.out
    assert "CS_PLANNING_HOME" in told.err


def test_retention_says_first_and_deletes_when_told(folder, capsys):
    assert main(["retention"]) == 0
    assert "Nothing is older" in capsys.readouterr().out
    assert main(["retention", "--saves", "0"]) == 0
    assert "Nothing was changed" in capsys.readouterr().out
    assert main(["retention", "--saves", "0", "--delete"]) == 0
    assert "Taken away" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["retention", "--saves", "soon"])
