"""Each command of the page about backups does what the page says, one after the other."""

from pathlib import Path

import pytest

from cs_planning.cli import main
from tests.cli.test_commands import KPIS

PAGE = (Path(__file__).parents[2] / "docs" / "howto" / "safekeeping.md").read_text(encoding="utf-8")
COMMANDS = [line.split()[3:] for line in PAGE.splitlines() if line.startswith("python -m cs_planning ")]


def test_the_page_is_followed_to_the_letter(tmp_path, monkeypatch, emptied_database):
    monkeypatch.setenv("CS_PLANNING_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CS_PLANNING_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kpis.csv").write_text(KPIS, encoding="utf-8")
    assert main(["import", "kpis.csv"]) == 0
    assert [command[0] for command in COMMANDS] == ["backup", "restore", "copy", "doctor", "retention"]
    for command in COMMANDS:
        given = [emptied_database if word.startswith("postgresql://") else word for word in command]
        with pytest.MonkeyPatch.context() as elsewhere:
            if command[0] == "restore":
                elsewhere.setenv("CS_PLANNING_HOME", str(tmp_path / "other"))
            assert main(given) == 0, command
