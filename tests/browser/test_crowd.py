"""People who click at once on two processes with one PostgreSQL are all answered; `benchmarks.crowd` has more of them."""

from pathlib import Path

import pytest

from benchmarks.crowd import crowd


@pytest.mark.load
def test_every_click_of_a_crowd_on_two_processes_is_answered(tmp_path: Path):
    alone, waits = crowd(tmp_path, sessions=12, people=6, minutes=0.5, forget=False)
    assert alone.failed == waits.failed == []
    assert len(waits.seconds) >= 6
