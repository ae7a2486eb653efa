"""Small tables that people bring: every reader ends a file that it can't read in a message of the product."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from cs_planning.cli.command import read_csv
from cs_planning.errors import PlanningError
from cs_planning.workspace import Home, Workspace
from cs_planning.workspace.goals.lists import read_list
from cs_planning.workspace.scenarios.data.call_checks import read_call_log

Read = Callable[[bytes], pd.DataFrame]
GOALS = "id,text,owner\n1,Raise CSAT to 85 % by 30 June 2027,Sato\n2,苦情を半分にする,佐藤\n3,Answer within 20 s,Ben\n"
ACTIONS = "id,goal_id,what,owner,due\na1,g1,Train the team,Sato,2026-12-01\na2,g1,研修,佐藤,2026-12-08\n"
CALLS = "call_id,arrival_time,wait_seconds,outcome,service_seconds,agent\n" + "".join(
    f"{number},2026-03-{number % 27 + 1:02d} 09:{number % 60:02d}:00,{number % 40},answered,180,佐藤\n" for number in range(60)
)
SERIES = "series,period,value\n" + "".join(f"満足度,2025-{month:02d},{80 + month}\n" for month in range(1, 13))


def _command(content: bytes, folder: Path) -> pd.DataFrame:
    path = folder / "table.csv"
    path.write_bytes(content)
    return read_csv(path)


@pytest.fixture(params=["goals", "actions", "calls", "command"])
def reader(request: pytest.FixtureRequest, tmp_path: Path):
    """A reader with a sound file of its own, as text."""
    if request.param == "actions":
        workspace = Workspace.open(Home.at(tmp_path / "home"))
        yield (lambda content: workspace.actions.read("plan.csv", content)), ACTIONS
        workspace.close()
        return
    yield {
        "goals": (lambda content: read_list("goals.csv", content), GOALS),
        "calls": (lambda content: read_call_log(content).frame, CALLS),
        "command": (lambda content: _command(content, tmp_path), SERIES),
    }[request.param]


@pytest.mark.parametrize(
    "written",
    [
        lambda sound: sound.encode(),
        lambda sound: sound.encode("utf-8-sig"),
        lambda sound: sound.encode("cp932"),
        lambda sound: sound.encode("utf-16"),
        lambda sound: sound.replace(",", ";").encode(),
        lambda sound: sound.replace(",", "\t").encode("utf-16"),
        lambda sound: sound.replace("\n", "\r\n").encode(),
        lambda sound: ("\n\n" + sound).encode(),
    ],
    ids=["utf-8", "mark", "cp932", "utf-16", "semicolons", "tabs", "windows", "blank lines"],
)
def test_every_usual_writing_of_a_table_gives_the_same_cells(reader: tuple[Read, str], written: Callable[[str], bytes]) -> None:
    read, sound = reader
    expected = pd.read_csv(io.StringIO(sound), dtype=str, keep_default_na=False)
    assert read(written(sound)).to_numpy().tolist() == expected.to_numpy().tolist()


@pytest.mark.parametrize(
    "hostile",
    [
        lambda sound: b"",
        lambda sound: b"\n\n \n",
        lambda sound: b"\xff\xfe",
        lambda sound: b"\x00" * 50,
        lambda sound: b"PK\x03\x04 no archive",
        lambda sound: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500,
        lambda sound: (sound.split("\n")[0] + '\n"' + "\n".join(sound.split("\n")[1:])).encode(),
    ],
    ids=["empty", "blank", "mark alone", "zeros", "broken archive", "old office", "unclosed quote"],
)
def test_a_file_that_is_no_table_is_refused_in_the_products_words(
    reader: tuple[Read, str], hostile: Callable[[str], bytes]
) -> None:
    read, sound = reader
    with pytest.raises(PlanningError) as caught:
        read(hostile(sound))
    said = str(caught.value)
    assert not any(word in said for word in ("pandas", "tokenizing", "codec", "Traceback", "parser", "EOF"))
    assert str(caught.value.hint)


def test_a_line_that_does_not_fit_refuses_a_plan_and_is_named_beside_a_log(tmp_path: Path) -> None:
    with pytest.raises(PlanningError, match="Row 3 has 6 cells where the header has 3"):
        read_list("goals.csv", GOALS.replace("2,苦情を半分にする,佐藤", "2,a,b,c,d,e").encode())
    log = read_call_log((CALLS + "60,2026-03-01\n").encode())
    assert log.calls == 60
    assert "row 62" in str(log.left_out)
    assert read_call_log(CALLS.encode()).left_out is None


def test_a_line_too_long_is_left_out_by_a_command_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = _command((SERIES + "満足度,2026-01,93,94\n").encode(), tmp_path)
    assert len(frame) == 12
    assert "doesn't fit its header and was left out: row 14" in capsys.readouterr().err


def test_a_line_too_short_is_left_out_by_a_command_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound = "series,period,value\ncsat,2026-01,80\ncsat,2026-02,\n"
    assert len(_command(sound.encode(), tmp_path)) == 2
    assert not capsys.readouterr().err
    frame = _command(sound.encode() + b"csat,2026-03\n\ncsat,2026-04,84\n", tmp_path)
    assert frame["period"].tolist() == ["2026-01", "2026-02", "2026-04"]
    said = capsys.readouterr().err
    assert "row 4" in said
    assert "as many cells as the header has" in said
