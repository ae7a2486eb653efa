"""What the README says is true."""

import re
from pathlib import Path

import pytest

from cs_planning.cli import main, program
from cs_planning.ui import shell
from tests.automation.calibration.call_logs import simulated_calls

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
KPIS = "Month,CSAT (%),CSAT answers\n" + "".join(
    f"{2023 + m // 12}-{m % 12 + 1:02d},{80 + m % 5},{100 + m}\n" for m in range(36)
)

CONTACTS = """Ticket ID,Created at,Solved at,Channel,Subject
1,2026-01-05 10:00,2026-01-05 12:00,email,The parcel came late
2,2026-01-06 10:00,2026-01-07 12:00,email,Refund took weeks
3,2026-02-07 09:00,2026-02-07 12:00,chat,Late delivery again
"""


def commands() -> list[list[str]]:
    return [line.split()[3:] for line in README.splitlines() if line.startswith("python -m cs_planning ")]


def test_every_command_of_the_readme_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CS_PLANNING_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CS_PLANNING_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tickets.csv").write_text(KPIS, encoding="utf-8")
    (tmp_path / "contacts.csv").write_text(CONTACTS, encoding="utf-8")
    (tmp_path / "operation.json").write_bytes((ROOT / "sample_data" / "operation.json").read_bytes())
    (tmp_path / "bot.json").write_text('{"name": "bot", "levers": [{"kind": "chatbot"}]}', encoding="utf-8")
    simulated_calls(days=28, first="2025-03-03").to_csv(tmp_path / "calls.csv", index=False)
    goals = "goal_id,series,direction,measure,target,deadline\n1,csat,at_least,level,82,2026-03-31\n"
    (tmp_path / "goals.csv").write_text(goals, encoding="utf-8")
    listed = "goal_id,text\n1,Raise CSAT from 82 % to 84 % by 2026-12-31\n"
    (tmp_path / "goal-list.csv").write_text(listed, encoding="utf-8")
    assert commands()
    for given in commands():
        if given == ["--help"]:
            with pytest.raises(SystemExit) as ended:
                main(given)
            assert ended.value.code == 0
        elif given[0] in {"export", "snapshot", "undo-import"} and any(word.isupper() for word in given):
            assert main(given) == 2
            assert next(word for word in given if word.isupper()) in capsys.readouterr().err
        else:
            assert main(given) == 0, given


def test_every_command_is_in_the_readme():
    parser = program()
    offered = next(
        action.choices for action in parser._actions if hasattr(action, "choices") and isinstance(action.choices, dict)
    )
    shown = {given[0] for given in commands()}
    assert set(offered) <= shown


def test_every_link_and_picture_of_the_readme_is_there():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target


def test_every_page_is_in_the_table_of_steps():
    entries = [entry for _section, pages in shell._SECTIONS for entry in pages]
    scripts = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").rglob("*.py")}
    assert scripts
    assert {entry.script for entry in entries} == scripts
    rows = [line.split("|")[1:-1] for line in README.splitlines() if line.startswith("| ") and line.count("|") == 5]
    shown = [row[3].strip() for row in rows[1:]]
    assert sorted(shown) == sorted(str(entry.title) for entry in entries)


def test_every_make_task_of_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for task in re.findall(r"^make ([a-z-]+)", README, re.MULTILINE):
        assert f"\n{task}:" in makefile
