"""A file with an open question, on the command line: it asks, says how to answer, and reads by the answers."""

import json

import pandas as pd
import pytest

from cs_planning.cli import main

STRANGE = "Thing,Moment A,Moment B\n" + "".join(
    f"T-{n},2026-{n % 6 + 1:02d}-{n % 20 + 1:02d} 09:00,2026-{n % 6 + 1:02d}-{n % 20 + 1:02d} 12:00\n" for n in range(60)
)
ANSWERED = ["--rows", "contacts", "--arrived", "Moment A"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CS_PLANNING_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CS_PLANNING_TODAY", "2026-11-10")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("CS_PLANNING_DATABASE_URL", raising=False)
    (tmp_path / "strange.csv").write_text(STRANGE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_person_is_asked_in_words_with_the_options_that_answer(folder, capsys):
    assert main(["kpis", "strange.csv", "--out", "kpis.csv"]) == 3
    said = capsys.readouterr().err
    assert "What is one row of this file?" in said
    assert "--rows contacts" in said
    assert not (folder / "kpis.csv").exists()


def test_a_program_is_asked_as_json_and_by_the_exit_status(folder, capsys):
    assert main(["kpis", "strange.csv", "--out", "kpis.csv", "--json", "--rows", "contacts"]) == 3
    told = capsys.readouterr()
    (question,) = json.loads(told.out)["questions"]
    assert "Which column says when a contact arrived?" in told.err, "a person who looks on reads it too"
    assert (question["id"], question["option"]) == ("arrived", "--arrived")
    assert [choice["value"] for choice in question["choices"]] == ["Moment A", "Moment B"]


def test_answers_read_the_file_by_hand_computed_values(folder):
    assert main(["kpis", "strange.csv", "--out", "kpis.csv", *ANSWERED, "--column", "Moment B=solved_at"]) == 0
    series = pd.read_csv("kpis.csv").set_index(["series", "period"])["value"]
    assert series["contact_volume", "2026-03-01"] == 10
    assert series["resolution_time_median", "2026-03-01"] == 3.0


def test_an_import_keeps_nothing_before_the_answer_and_asks_no_second_time(folder, capsys):
    assert main(["import", "strange.csv", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["file"] == "strange.csv"
    assert main(["import", "strange.csv", "--json", *ANSWERED]) == 0
    (line,) = json.loads(capsys.readouterr().out)["files"]
    assert line["rows_accepted"] == 60
    (folder / "later.csv").write_text(f"{STRANGE}T-99,2026-07-02 08:00,2026-07-02 09:00\n", encoding="utf-8")
    assert main(["import", "later.csv"]) == 0


def test_a_role_that_is_none_is_refused_with_those_that_are(folder, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["kpis", "strange.csv", "--out", "kpis.csv", "--column", "Moment B=finished"])
    assert ended.value.code == 2
    assert "solved_at" in capsys.readouterr().err


def test_questions_are_put_in_japanese_too(folder, capsys):
    assert main(["kpis", "strange.csv", "--out", "kpis.csv", "--language", "ja"]) == 3
    assert "1行は何を表していますか" in capsys.readouterr().err


def test_forty_bad_cells_are_one_line_with_their_count_and_an_example(folder, capsys):
    cells = [f"about {n}" if n % 3 == 0 else str(80 + n % 5) for n in range(120)]
    rows = "".join(f"{2010 + n // 12}-{n % 12 + 1:02d},{cell}\n" for n, cell in enumerate(cells))
    (folder / "bad.csv").write_text(f"Month,CSAT (%)\n{rows}", encoding="utf-8")
    assert main(["kpis", "bad.csv", "--out", "kpis.csv", "--rows", "figures"]) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) <= 4
    assert "row 2, CSAT (%), about 0" in said
    assert "And 39 more like it." in said


def test_every_command_that_asks_takes_the_answers(folder, capsys):
    worded = "Thing,Moment A,Moment B,Subject\n" + "".join(
        f"T-{n},2026-{n % 6 + 1:02d}-{n % 20 + 1:02d} 09:00,2026-{n % 6 + 1:02d}-{n % 20 + 1:02d} 12:00,invoice wrong\n"
        for n in range(60)
    )
    (folder / "worded.csv").write_text(worded, encoding="utf-8")
    asked = ["feedback", "worded.csv", "--out", "topics.csv"]
    assert main(asked) in (2, 3)
    capsys.readouterr()
    assert main([*asked, *ANSWERED, "--column", "Subject=subject"]) == 0
    assert len(pd.read_csv("topics.csv"))
