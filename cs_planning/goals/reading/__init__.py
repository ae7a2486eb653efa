"""A goal sentence, read: number, unit, KPI, period, deadline, direction, scope, method, purpose, in English and Japanese."""

from __future__ import annotations

from cs_planning.goals.reading.fields import goal_from_reading
from cs_planning.goals.reading.goal_reading import GoalReading
from cs_planning.goals.reading.reader import read_goal

__all__ = ["GoalReading", "goal_from_reading", "read_goal"]
