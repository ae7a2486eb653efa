"""What the use cases of goals say of one goal: how likely it is, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cs_planning.forecasting.answers.belief import Belief
from cs_planning.forecasting.forecast import Assessment, Forecast
from cs_planning.goals.following.progress import StatusReport
from cs_planning.goals.goal import Goal
from cs_planning.language import Text, text


@dataclass(frozen=True)
class Outlook:
    """How likely a goal is.

    Attributes:
        primary, stretch, floor: the assessment of each target that is set; `None` without it or without a forecast.
        target_at_80, target_at_50, target_at_20: targets with that probability, in the KPI's unit.
        forecast: the paths behind it.
        belief: what is said of the primary target, with its periods and its freshness.
        reason, hint: why there is no number, and the next step.
        plan_as_of: the day on which the data are fresh, where they are too old for a number.
    """

    primary: Assessment | None = None
    stretch: Assessment | None = None
    floor: Assessment | None = None
    target_at_80: float | None = None
    target_at_50: float | None = None
    target_at_20: float | None = None
    forecast: Forecast | None = None
    belief: Belief | None = None
    reason: Text | None = None
    hint: Text | None = None
    plan_as_of: date | None = None

    @property
    def no_number(self) -> Text | None:
        """Why there is no number, and the next step; `None` where there is one."""
        if self.reason is None or self.hint is None:
            return self.reason
        return text("{reason} {hint}", reason=self.reason, hint=self.hint)


@dataclass(frozen=True)
class GoalLine:
    """One goal in the list of all goals."""

    goal: Goal
    report: StatusReport
    outlook: Outlook
