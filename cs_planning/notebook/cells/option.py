"""What can be set at a cell, as data: a screen draws each form of option, so a new kind of cell needs no new screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cs_planning.language import Text, text


class Form(StrEnum):
    """How an option is given."""

    GOAL = "goal"
    LONG_TEXT = "long_text"
    LINE = "line"
    SWITCH = "switch"
    PICTURE = "picture"
    KPI = "kpi"
    RHYTHM = "rhythm"
    BREAKDOWN = "breakdown"
    PERIODS = "periods"
    DAYS = "days"
    SCENARIO = "scenario"
    SCENARIOS = "scenarios"


@dataclass(frozen=True)
class Option:
    """One setting of a kind of cell.

    Attributes:
        field: its name in the model of the cell.
        form: how it is given.
        label: what stands above it.
        help: what to write or choose, and what follows from it.
        empty: what is taken while it is left empty, for forms that offer a choice.
    """

    field: str
    form: Form
    label: Text
    help: Text
    empty: Text | None = None


GOAL = Option(
    "goal",
    Form.GOAL,
    text("Goal"),
    text("The goal that the cell is about; empty for that of the page."),
    text("The goal of the page"),
)
"""The goal of a cell about a goal; every such kind has it, before its own options."""

PERIODS = Option(
    "periods", Form.PERIODS, text("Periods shown (empty: all)"), text("How many of the last periods the chart shows.")
)
"""How far back a chart goes."""

DAYS = Option("events", Form.DAYS, text("Days to mark in the chart"), text("Each day stands in the chart with its words."))
"""Days that a chart marks."""
