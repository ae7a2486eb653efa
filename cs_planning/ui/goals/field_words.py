"""Words beside the fields of a goal: where its KPI stands, and what its choices are called."""

from __future__ import annotations

from cs_planning.goals.goal import Cadence, Goal, Horizon
from cs_planning.kpis.calendar.service_calendar import ServiceCalendar
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.quantity import quantity
from cs_planning.language import gettext as _
from cs_planning.language import rounded_whole, text
from cs_planning.ui.parts.drawing import plain
from cs_planning.workspace.goals.target_range import TargetRange

HORIZONS = {Horizon.TACTICAL: text("Tactical"), Horizon.STRATEGIC: text("Strategic")}
CADENCES = {
    Cadence.MONTHLY: text("Every month"),
    Cadence.QUARTERLY: text("Every quarter"),
    Cadence.YEARLY: text("Every year"),
}


def baseline_words(goal: Goal, span: TargetRange, calendar: ServiceCalendar) -> str:
    """Where the KPI stands, and what that rests on."""
    if goal.baseline is None:
        return _("There is no complete period yet, so there is no baseline.")
    words = text(
        "Now at {value} ({period})",
        value=quantity(goal.baseline.value, span.kpi),
        period=period_words(goal.baseline.period, calendar.rhythm(goal.frequency)),
    )
    if goal.baseline.sample_size:
        words = text(
            "{words}, from {size} {sample}", words=words, size=rounded_whole(goal.baseline.sample_size), sample=span.kpi.sample
        )
    return plain(words)
