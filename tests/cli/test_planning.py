"""A whole list of goals from the command line."""

import pandas as pd
import pytest

from cs_planning.cli import main
from tests.cli.test_commands import KPIS

GOALS = """goal_id,text,owner
good,"Raise CSAT of the e-mail team from 82 % to 84 % by 31 December 2026 by weekly coaching",Mariko
bad,Improve service,
ja,3ヶ月以内に苦情を50%削減,
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CS_PLANNING_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CS_PLANNING_TODAY", "2026-01-15")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("CS_PLANNING_DATABASE_URL", raising=False)
    (tmp_path / "table.csv").write_text(KPIS, encoding="utf-8")
    (tmp_path / "goals.csv").write_text(GOALS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def findings(*more: str) -> pd.DataFrame:
    assert main(["check", "goals.csv", "--out", "findings.csv", *more]) == 0
    return pd.read_csv("findings.csv", keep_default_na=False)


def test_every_goal_has_a_finding_on_every_letter(folder, capsys):
    table = findings()
    assert list(table.columns) == ["goal_id", "letter", "verdict", "rule", "message", "suggestion"]
    for _goal, own in table.groupby("goal_id"):
        assert set(own["letter"]) == set("SMART")
    assert set(table["verdict"]) <= {"pass", "warn", "fail"}
    assert "3 goals checked" in capsys.readouterr().err


def test_a_vague_goal_fails_where_a_good_one_passes(folder):
    measurable = findings().query("letter == 'M'").groupby("goal_id")["verdict"].agg(list)
    assert "fail" in measurable["bad"]
    assert measurable["good"] == ["pass"]


def test_with_a_history_the_target_is_judged_by_its_probability(folder):
    main(["kpis", "table.csv", "--out", "kpis.csv"])
    without, with_it = findings(), findings("--history", "kpis.csv")
    judged = [table.query("goal_id == 'good' and letter == 'A'")["rule"].iloc[0] for table in (without, with_it)]
    assert judged[0] != judged[1]
    message = with_it.query("goal_id == 'good' and letter == 'A'")["message"].iloc[0]
    assert "%" in message


def test_the_output_holds_no_formula_that_a_spreadsheet_would_run(folder):
    (folder / "goals.csv").write_text('goal_id,text\n"=1+1",=cmd|calc\n', encoding="utf-8")
    assert not findings()["goal_id"].str.startswith("=").any()


def test_a_list_without_texts_says_which_column_is_missing(folder, capsys):
    (folder / "goals.csv").write_text("id,goal\n1,Raise CSAT\n", encoding="utf-8")
    assert main(["check", "goals.csv", "--out", "findings.csv"]) == 2
    assert "text" in capsys.readouterr().err


def test_a_workbook_and_a_japanese_file_are_read_too(folder):
    expected = findings()
    goals = pd.read_csv("goals.csv", dtype=str, keep_default_na=False)
    goals.to_excel("goals.xlsx", index=False)
    (folder / "sjis.csv").write_bytes(GOALS.encode("cp932"))
    for name in ("goals.xlsx", "sjis.csv"):
        assert main(["check", name, "--out", "again.csv"]) == 0
        assert pd.read_csv("again.csv", keep_default_na=False).equals(expected)


def test_an_empty_list_of_goals_is_called_empty(tmp_path, capsys):
    (tmp_path / "goals.csv").write_text("\n")
    assert main(["--language", "en", "check", str(tmp_path / "goals.csv"), "--out", str(tmp_path / "findings.csv")]) == 2
    assert "The file is empty." in capsys.readouterr().err


def test_the_amounts_of_a_history_are_in_the_currency_that_is_given_and_sentences_keep_theirs(folder):
    (folder / "goals.csv").write_text(
        "goal_id,text\nplain,Lower the cost per contact from 900 to 800 by 31 December 2026\n"
        "dollars,Lower the cost per contact from $9 to $8 by 31 December 2026\n",
        encoding="utf-8",
    )
    rows = "".join(f"cost_per_contact,2025-{month:02d},{900 + month},100\n" for month in range(1, 13))
    (folder / "kpis.csv").write_text(f"series,period,value,sample_size\n{rows}", encoding="utf-8")
    table = findings("--history", "kpis.csv", "--currency", "JPY")
    said = {goal: " ".join(own["message"] + own["suggestion"]) for goal, own in table.groupby("goal_id")}
    assert "¥800" in said["plain"]
    assert "$" not in said["plain"]
    assert "It is in USD, the history in JPY: nothing is compared." in said["dollars"]
    assert "¥" not in said["dollars"]
    with pytest.raises(SystemExit):
        main(["check", "goals.csv", "--out", "findings.csv", "--currency", "yen"])
