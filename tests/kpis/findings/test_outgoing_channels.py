"""Channels that name what went out to customers are said, since their rows count."""

from __future__ import annotations

from pathlib import Path

from tests.kpis.imports.test_silent_numbers import read, rules


def test_channels_that_name_what_went_out_are_said(tmp_path: Path) -> None:
    ways = ["Email", "Outbound email", "Phone call (outbound)", "電話（発信）"]
    rows = "".join(f"{n},2026-03-{n + 1:02d} 10:00,2026-03-{n + 1:02d} 12:00,{ways[n % 4]}\n" for n in range(20))
    _, summary = read(tmp_path, f"Ticket ID,Created at,Solved at,Via\n{rows}")
    (finding,) = [one for file in summary.files for one in file.findings if one.rule == "outgoing_channels"]
    assert finding.count == 15
    _, summary = read(tmp_path, f"Ticket ID,Created at,Solved at,Via\n{rows.replace('utbound', 'ther').replace('発信', '')}")
    assert "outgoing_channels" not in rules(summary)
