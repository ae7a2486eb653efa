"""Pages on the command line: list, freeze, export what was frozen."""

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from cs_planning.cli import main
from cs_planning.goals.goal import SatisfactionGoal
from cs_planning.kpis.frequency import Frequency
from cs_planning.notebook.pages.arrangement import change
from cs_planning.workspace import Save, Workspace

NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)


@pytest.fixture
def goal(tmp_path, monkeypatch):
    monkeypatch.setenv("CS_PLANNING_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CS_PLANNING_TODAY", "2026-01-15")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("CS_PLANNING_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    wanted = SatisfactionGoal(title="More satisfied customers", series="csat", frequency=Frequency.MONTH)
    return Workspace.from_environment().planning.save_draft(wanted, save=Save("Mika", "goal", NOW)).id


def written(goal, words, key):
    pages = Workspace.from_environment().pages
    pages.arrange(pages.page(goal), lambda page: change(page, "notes", markdown=words), save=Save("Mika", key, NOW))


def test_a_snapshot_is_listed_and_exports_what_it_froze(goal, capsys):
    written(goal, "As it was", "one")
    assert main(["snapshot", goal, "--note", "Review"]) == 0
    snapshot = capsys.readouterr().out.strip()
    written(goal, "As it is", "two")
    assert main(["pages"]) == 0
    assert snapshot in capsys.readouterr().out
    assert main(["export", goal, "--format", "md", "--out", "now.md"]) == 0
    assert main(["export", goal, "--format", "md", "--snapshot", snapshot, "--out", "then.md"]) == 0
    assert "As it is" in Path("now.md").read_text(encoding="utf-8")
    then = Path("then.md").read_text(encoding="utf-8")
    assert "As it was" in then
    assert "As it is" not in then


def test_the_ending_of_the_name_says_the_format(goal):
    assert main(["export", goal, "--out", "page.pdf"]) == 0
    assert Path("page.pdf").read_bytes().startswith(b"%PDF")
    assert main(["export", goal, "--out", "page"]) == 0
    assert Path("page").read_text(encoding="utf-8").lower().startswith("<!doctype html")


def test_a_name_that_promises_another_format_is_refused_and_nothing_is_written(goal, capsys):
    assert main(["export", goal, "--format", "md", "--out", "page.pdf"]) == 2
    assert "Name it page.md" in capsys.readouterr().err
    assert main(["goals", "--out", "goals.xlsx"]) == 2
    assert "Name it goals.csv" in capsys.readouterr().err
    assert not Path("page.pdf").exists()
    assert not Path("goals.xlsx").exists()


def test_a_snapshot_of_another_page_is_refused(goal, capsys):
    assert main(["export", goal, "--snapshot", "nothing", "--out", "page.html"]) == 2
    assert "no snapshot" in capsys.readouterr().err


def test_the_json_of_a_page_names_its_cells(goal):
    assert main(["export", goal, "--format", "json", "--out", "page.json"]) == 0
    assert "cells" in json.dumps(json.loads(Path("page.json").read_text(encoding="utf-8")))


@pytest.mark.slow
def test_the_json_of_a_page_follows_the_schema_that_the_command_prints(goal, capsys):
    assert main(["schema", "page"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert main(["schema", "page", "--out", "page.schema.json"]) == 0
    assert json.loads(Path("page.schema.json").read_text(encoding="utf-8")) == schema
    written(goal, "As it is", "one")
    assert main(["export", goal, "--format", "json", "--out", "page.json"]) == 0
    jsonschema.validate(json.loads(Path("page.json").read_text(encoding="utf-8")), schema)


def test_a_file_that_cannot_be_written_is_said(goal, capsys):
    assert main(["export", goal, "--out", "no/folder/page.html"]) == 2
    assert "The folder no/folder is not there" in capsys.readouterr().err


def test_only_a_sheet_is_written_as_of_an_earlier_day(goal, tmp_path, capsys):
    assert main(["export", goal, "--as-of", "2026-01-01", "--out", str(tmp_path / "page.html")]) != 0
    assert "Only a goal sheet is written as of an earlier day." in capsys.readouterr().err


def test_a_sheet_is_written_as_of_an_earlier_day(goal, tmp_path, capsys):
    sheets = Workspace.from_environment().sheets
    begun = sheets.begin("Mika", "", NOW.date(), NOW.date(), save=Save("Mika", "sheet", NOW))
    out = tmp_path / "sheet.xlsx"
    asked = ["export", begun.id, "--form", "sheet", "--out", str(out), "--as-of"]
    assert main([*asked, "2026-01-15"]) == 0
    assert out.stat().st_size > 0
    assert main([*asked, "2026-01-14"]) != 0
    assert "begun on" in capsys.readouterr().err
