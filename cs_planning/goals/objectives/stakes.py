"""What reaching a goal is worth in money: what its owner says, or what a goal on cost saves by its own figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_planning.goals.goal import Goal, Measure
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.kpis.catalogue import Unit
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Text, rounded_whole, text


@dataclass(frozen=True)
class Stake:
    """The money that a goal is about.

    Attributes:
        amount: over the goal's time, in the workspace's currency.
        words: where the amount comes from.
    """

    amount: float
    words: Text


def stake_of(goal: Goal, series: KpiSeries | None) -> Stake | None:
    """What reaching the target is worth over the goal's time; `None` where nobody says and no figure tells.

    Args:
        goal: with what its owner says that it is worth, or on a KPI of money.
        series: the goal's KPI in its rhythm; its sample size is the number of contacts.

    Assumptions: the target's distance from the baseline is saved from the first period on, and the coming periods have as many
        contacts as those of the last year.
    """
    if goal.worth is not None:
        return Stake(goal.worth, text("as its owner says"))
    if series is None or not len(series) or series.kpi.unit is not Unit.MONEY or goal.primary is None or goal.baseline is None:
        return None
    if goal.start is None or goal.deadline is None or goal.measure is Measure.TOTAL:
        return None
    rhythm = series.rhythm
    periods = rhythm.count_between(rhythm.start_of(goal.start), rhythm.start_of(goal.deadline)) + 1
    better = goal.direction.sign * (goal.primary - goal.baseline.value)
    if better <= 0 or periods < 1:
        return None
    saved = quantity(better, series.kpi)
    match kpi_family(goal.series):
        case "service_cost":
            return Stake(better * periods, text("{saved} less in each of {count} periods", saved=saved, count=periods))
        case "cost_per_contact":
            sizes = series.frame["sample_size"].to_numpy(float)[-rhythm.frequency.periods_per_year :]
            sizes = sizes[np.isfinite(sizes)]
            if not len(sizes):
                return None
            contacts = float(sizes.mean()) * periods
            words = text("{saved} less for each of {count} contacts", saved=saved, count=rounded_whole(contacts))
            return Stake(better * contacts, words)
    return None
