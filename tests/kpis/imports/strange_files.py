"""One file of each kind with headers that no data file of the product knows, and what a person says about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

WORDS = ("Eingang gebucht", "Mensch dran", "fertig gemacht")
START = datetime(2026, 1, 5, 8)


def _at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def _csv(header: str, rows: list[str]) -> str:
    return "\n".join([header, *rows]) + "\n"


CONTACTS = _csv(
    "Thing,Alpha,Beta,Gamma,Spend",
    [f"C{n},{_at(9 * n):%Y-%m-%d %H:%M},{_at(9 * n + 1):%Y-%m-%d %H:%M},{'ns'[n % 2]},€4.50" for n in range(300)],
)
STEPS = _csv(
    "Sache,Zug,Punkt",
    [f"S{n // 3},{WORDS[n % 3]},{_at(7 * (n // 3) + 2 * (n % 3)):%Y-%m-%d %H:%M}" for n in range(900)],
)
CALLS = _csv(
    "Nr,Anfang der Sache,Dauer A,Dauer B",
    [f"{n},{_at(5 * n):%Y-%m-%d %H:%M:%S},00:00:{n % 40 + 10},00:0{n % 7 + 2}:10" for n in range(400)],
)
ANSWERS = _csv("Bogen,Tag,Frage eins,Frage zwei", [f"{n},{_at(12 * n):%Y-%m-%d},{n % 5 + 1},{n % 11}" for n in range(200)])
FIGURES = _csv("Abschnitt,Was,Zahl", [f"2025-{m:02d},{what},{100 + m}" for m in range(1, 13) for what in ("Anrufe", "Mails")])
FILES: Mapping[str, str] = {"contacts": CONTACTS, "steps": STEPS, "calls": CALLS, "answers": ANSWERS, "figures": FIGURES}
