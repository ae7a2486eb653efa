"""The amounts of the sample team in the currency of its readers: a hundred yen for each dollar."""

from __future__ import annotations

import csv
import io
from typing import Any

from cs_planning.kpis.catalogue import Unit, kpi_named
from cs_planning.kpis.series import SeriesKey

_YEN_FOR_A_DOLLAR = 100
_AMOUNTS = frozenset(
    {"budget", "cost_per_agent_hour", "price_per_resolution", "price_per_conversation", "monthly_cost", "worth"}
)
_OF_A_GOAL = frozenset({"floor", "primary", "stretch", "baseline", "milestones"})


def currency_in(language: str) -> str:
    """The currency (ISO 4217) in which the sample team counts for the readers of a language."""
    return "JPY" if language == "ja" else "USD"


def table_in(language: str, content: bytes) -> bytes:
    """A sample file for the readers of a language: its columns in US dollars become columns in their currency."""
    if currency_in(language) == "USD":
        return content
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
    made = io.StringIO(newline="")
    writer = csv.DictWriter(made, [_in_yen(name) for name in rows[0]], lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {_in_yen(name): _yen(cell) if _in_yen(name) != name else cell for name, cell in row.items()} for row in rows
    )
    return made.getvalue().encode()


def story_in(language: str, told: Any) -> Any:
    """A part of the story of the sample team for the readers of a language: its amounts in their currency."""
    return told if currency_in(language) == "USD" else _converted(told, is_money=False)


def _converted(told: Any, *, is_money: bool) -> Any:
    if isinstance(told, list):
        return [_converted(one, is_money=is_money) for one in told]
    if not isinstance(told, dict):
        return told
    money = _is_money(told["series"]) if isinstance(told.get("series"), str) else is_money
    return {name: _field(name, value, is_money=money) for name, value in told.items()}


def _field(name: str, value: Any, *, is_money: bool) -> Any:
    if name == "currency":
        return "JPY"
    if isinstance(value, int | float) and not isinstance(value, bool):
        of_goal = is_money and name in {*_OF_A_GOAL, "value"}
        return round(value * _YEN_FOR_A_DOLLAR) if name in _AMOUNTS or of_goal else value
    return _converted(value, is_money=is_money and name in _OF_A_GOAL)


def _is_money(series: str) -> bool:
    return kpi_named(SeriesKey.parse(series).kpi).unit is Unit.MONEY


def _in_yen(header: str) -> str:
    return header.replace("(USD)", "(JPY)")


def _yen(cell: str) -> str:
    return str(round(float(cell) * _YEN_FOR_A_DOLLAR))
