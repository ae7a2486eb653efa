"""A whole list of goals, checked at once."""

from __future__ import annotations

from cs_planning.goals.sheet.check import INPUT_COLUMNS, OUTPUT_COLUMNS, check_sheet

__all__ = ["INPUT_COLUMNS", "OUTPUT_COLUMNS", "check_sheet"]
