"""The command line, as a user types it."""

import argparse
import json
from datetime import date
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from cs_planning.cli import main, program
from cs_planning.cli.command import ShareBar, now
from cs_planning.language import use_language
from cs_planning.workspace import Save, Workspace

KPIS = "Month,CSAT (%),CSAT answers,Abandonment rate (%),Calls offered\n" + "".join(
    f"{2023 + month // 12}-{month % 12 + 1:02d},{80 + month % 5},{100 + month},{9 - month % 3},{4000 + 10 * month}\n"
    for month in range(36)
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CS_PLANNING_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CS_PLANNING_TODAY", "2026-01-15")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("CS_PLANNING_DATABASE_URL", raising=False)
    (tmp_path / "kpis.csv").write_text(KPIS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_help_shows_examples_for_every_command(capsys):
    for command in ("import", "kpis", "goals", "assess", "backtest", "export"):
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
        assert f"python -m cs_planning {command}" in capsys.readouterr().out


def test_importing_twice_changes_nothing(folder, capsys):
    assert main(["import", "kpis.csv"]) == 0
    first = capsys.readouterr().out
    assert main(["import", "kpis.csv"]) == 0
    again = capsys.readouterr().out
    assert " 0 values new, 0 changed" in again
    assert " 0 values new" not in first


def test_what_is_found_in_a_file_is_said_with_the_option_that_helps(folder, capsys):
    rows = (f"{n},2025-0{n % 9 + 1}-05 09:00,some words {n}" for n in range(60))
    (folder / "log.csv").write_text("\n".join(["Ticket ID,Created at,Blurb", *rows]), encoding="utf-8")
    assert main(["kpis", "log.csv", "--out", "series.csv"]) == 0
    assert "--column COLUMN=ROLE" in capsys.readouterr().out


def test_kpis_then_assess_give_a_probability_for_each_goal(folder, capsys):
    assert main(["kpis", "kpis.csv", "--out", "series.csv"]) == 0
    series = pd.read_csv("series.csv")
    assert list(series.columns) == ["series", "period", "value", "sample_size"]
    header = "goal_id,series,direction,measure,target,deadline\n"
    goals = f"{header}1,csat,at_least,level,82,2026-03-31\n2,lost,at_most,level,1,2026-03-31\n"
    (folder / "goals.csv").write_text(goals, encoding="utf-8")
    assert main(["assess", "--history", "series.csv", "--goals", "goals.csv", "--out", "result.csv"]) == 1
    result = pd.read_csv("result.csv").set_index("goal_id")
    first: Any = result.loc[1]
    assert 0 < first["probability"] < 1
    assert first["low95"] <= first["low80"] <= first["high80"] <= first["high95"]
    assert result.loc[2, "status"] == "unknown_series"
    assert "ok: 1" in capsys.readouterr().err


def test_a_seed_decides_the_result_whatever_the_number_of_jobs(folder):
    main(["kpis", "kpis.csv", "--out", "series.csv"])
    goals = "goal_id,series,direction,measure,target,deadline\n1,csat,at_least,average,82,2026-06-30\n"
    (folder / "goals.csv").write_text(goals, encoding="utf-8")
    for name, jobs in (("one", "1"), ("two", "2")):
        arguments = ["--history", "series.csv", "--goals", "goals.csv", "--out", f"{name}.csv", "--jobs", jobs, "--seed", "5"]
        assert main(["assess", *arguments]) == 0
    assert (folder / "one.csv").read_bytes() == (folder / "two.csv").read_bytes()


def test_the_json_summary_accounts_for_every_row(folder, capsys):
    assert main(["kpis", "kpis.csv", "--out", "series.csv", "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    file = summary["files"][0] if "files" in summary else summary
    assert file["rows_read"] == file["rows_accepted"] + file["rows_rejected"] == 36


def test_a_file_that_is_not_there_ends_with_two_and_says_which(folder, capsys):
    assert main(["import", "missing.csv"]) == 2
    assert "missing.csv" in capsys.readouterr().err


def test_a_bad_cell_ends_with_two_and_names_row_and_value(folder, capsys):
    (folder / "bad.csv").write_text(KPIS.replace("2023-03,82", "2023-03,lots"), encoding="utf-8")
    assert main(["import", "bad.csv"]) == 2
    said = capsys.readouterr().err
    assert "lots" in said
    assert "row 4" in said


def test_goals_of_an_empty_workspace_are_none_and_no_error(folder, capsys):
    assert main(["goals"]) == 0
    assert "no goals" in capsys.readouterr().out


def test_exporting_an_unknown_goal_says_how_to_find_one(folder, capsys):
    assert main(["export", "nothing", "--out", "page.html"]) == 2
    assert "goals" in capsys.readouterr().err


def test_a_goal_sheet_is_listed_and_written_for_paper(folder, capsys):
    assert main(["sheets"]) == 0
    assert "no goal sheets yet" in capsys.readouterr().out
    workspace = Workspace.from_environment()
    sheet = workspace.sheets.begin("Aiko", "Ken", date(2026, 1, 1), date(2026, 6, 30), save=Save.once("Aiko", now()))
    assert main(["sheets"]) == 0
    listed = capsys.readouterr().out
    assert sheet.id in listed
    assert "Aiko" in listed
    assert main(["export", sheet.id, "--form", "sheet", "--out", "sheet.xlsx"]) == 0
    assert load_workbook("sheet.xlsx").worksheets[0]["A1"].value == "Goal sheet of Aiko"
    assert main(["export", sheet.id, "--form", "sheet", "--out", "sheet.pdf"]) == 2
    assert "sheet.xlsx" in capsys.readouterr().err
    assert main(["export", "nothing", "--form", "sheet", "--out", "sheet.xlsx"]) == 2
    capsys.readouterr()
    for option in (["--snapshot", "8sd2w"], ["--format", "pdf"], ["--paper", "us-letter"]):
        assert main(["export", sheet.id, "--form", "sheet", "--out", "sheet.xlsx", *option]) == 2
        assert "for A4 alone" in capsys.readouterr().err


def test_the_report_of_a_month_is_written_for_paper(folder, capsys):
    assert main(["export", "2025-12", "--form", "report", "--out", "report.xlsx"]) == 0
    assert load_workbook("report.xlsx").worksheets[0]["A1"].value == "Monthly report, Dec 2025"
    assert main(["export", "December", "--form", "report", "--out", "report.xlsx"]) == 2
    assert "such as 2026-10" in capsys.readouterr().err


def test_backtest_prints_the_record_of_each_series(folder, capsys):
    main(["kpis", "kpis.csv", "--out", "series.csv"])
    capsys.readouterr()
    assert main(["backtest", "series.csv"]) == 0
    assert "csat" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_command_says_how_it_is_used(language):
    with use_language(language):
        offered = next(one.choices for one in program()._actions if isinstance(one, argparse._SubParsersAction))
        for name, command in offered.items():
            assert f"python -m cs_planning {name}" in command.format_help()


TICKETS = "Ticket ID,Created at,Solved at,Organization\n" + "".join(
    f"{n},2025-{1 + n % 9:02d}-02 10:00,2025-{1 + n % 9:02d}-02 15:00,Customer {n % 40 if n % 2 else 0}\n" for n in range(800)
)


def test_a_folder_as_result_is_refused_before_the_work(folder, capsys):
    for command in (["kpis", "kpis.csv"], ["feedback", "kpis.csv"]):
        assert main([*command, "--out", "."]) == 2
        assert "is a folder" in capsys.readouterr().err
        assert main([*command, "--out", "missing/result.csv"]) == 2
        assert "missing" in capsys.readouterr().err


def test_a_breakdown_keeps_the_largest_parts_and_says_so(folder, capsys):
    (folder / "tickets.csv").write_text(TICKETS, encoding="utf-8")
    assert main(["kpis", "tickets.csv", "--by", "customer_group", "--out", "largest.csv"]) == 0
    assert "customer_group: the 25 largest of 21 parts" not in capsys.readouterr().out
    many = TICKETS.replace("Customer 1\n", "Customer 0\n") + "".join(
        f"x{n},2025-03-03 10:00,2025-03-03 11:00,Small {n}\n" for n in range(30)
    )
    (folder / "tickets.csv").write_text(many, encoding="utf-8")
    assert main(["kpis", "tickets.csv", "--by", "customer_group", "--out", "largest.csv"]) == 0
    assert "customer_group: the 25 largest of 50 parts" in capsys.readouterr().out
    largest = volumes("largest.csv")
    assert len(largest) == 25
    assert main(["kpis", "tickets.csv", "--by", "customer_group", "--out", "all.csv", "--all-parts", "--json"]) == 0
    everything = volumes("all.csv")
    assert len(everything) == 50
    assert json.loads(capsys.readouterr().out)["parts"] == [{"dimension": "customer_group", "kept": 50, "found": 50}]
    assert largest.min() >= everything.drop(largest.index).max()
    assert everything.sum() == many.count("\n") - 1


def volumes(name: str) -> pd.Series:
    series = pd.read_csv(name)
    parts = series[series["series"].str.startswith("contact_volume|customer_group=")]
    return parts.groupby("series")["value"].sum()


def test_the_bar_is_for_runs_over_a_second_and_ends_full(capsys):
    moments = iter([0.0, 0.5, 1.5, 1.6, 2.0])
    with ShareBar(True, clock=lambda: next(moments)) as bar:
        for share in (0.1, 0.4, 0.4, 1.0):
            bar(share)
    said = capsys.readouterr().err
    assert "10 %" not in said
    assert said.count("40 %") == 1
    assert said.splitlines()[-1].endswith("100 %")


@pytest.mark.parametrize("command", [["import"], ["kpis", "--out", "out.csv"]])
def test_import_and_kpis_say_how_far_they_are_when_asked(folder, capsys, monkeypatch, command):
    monkeypatch.setattr("cs_planning.cli.command._BAR_AFTER_SECONDS", -1.0)
    assert main([*command, "kpis.csv", "--progress"]) == 0
    shown = [int(line.split()[-2]) for line in capsys.readouterr().err.splitlines() if line.endswith(" %")]
    assert shown == sorted(shown)
    assert len(shown) >= 3
    assert shown[-1] == 100
    assert main([*command, "kpis.csv"]) == 0
    assert " %" not in capsys.readouterr().err
