"""A kept scenario beside the imported KPIs since its start month: each figure with a verdict, and each lever's range anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from cs_planning.automation.answers.reality import (
    FigureSeen,
    Measurement,
    Place,
    SeenFigure,
    SeenRange,
    SimulatedMonth,
    begun_by,
    figure_seen,
    places_of,
    start_of,
)
from cs_planning.automation.levers.demand import ChatbotLever
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.team.channel import ChannelKind
from cs_planning.automation.team.operation import Operation
from cs_planning.kpis.frequency import MONTHS
from cs_planning.storage import Store
from cs_planning.workspace.scenarios.kept.kept_scenarios import ScenarioRevision
from cs_planning.workspace.scenarios.reality.measured_months import MeasuredMonths
from cs_planning.workspace.scenarios.reality.seen_levers import Simulate, seen_ranges

_MONTHS_BEFORE = 3
_MOST_MONTHS = 12


@dataclass(frozen=True)
class Reality:
    """What came of a scenario.

    Attributes:
        start: its first month.
        operation: the team that it was simulated on.
        scenario: the version that is judged: the last one kept by the end of the start month, else the first one after it.
        kept_at: when that was kept.
        described_at: when the team was.
        figures: month by month; those without any data too, so that they can be asked for; none before the start.
        ranges: of levers, as they were seen.
        cost_of_more: the cost in the data is that of more channels than the team has, so that it is not compared.
        compared_from: the first month that is compared: of a scenario that began long ago, the last year is.
    """

    start: date
    operation: Operation
    scenario: Scenario
    kept_at: datetime
    described_at: datetime
    figures: tuple[FigureSeen, ...] = ()
    ranges: tuple[SeenRange, ...] = ()
    cost_of_more: bool = False
    compared_from: date | None = None

    @property
    def described_late(self) -> bool:
        """Whether the team was described after the start month, when the levers may have worked already."""
        return MONTHS.start_of(self.described_at.date()) > self.start


def promised(history: Sequence[ScenarioRevision]) -> ScenarioRevision | None:
    """The version of a scenario that reality is held against; None where no lever of the newest one says when it begins.

    Args:
        history: the newest save first.
    """
    start = start_of(history[0].scenario)
    if start is None:
        return None
    same = [one for one in history if start_of(one.scenario) == start]
    return next((one for one in same if MONTHS.start_of(one.at.date()) <= start), same[-1])


def against_reality(
    store: Store,
    operation: Operation,
    described_at: datetime,
    version: ScenarioRevision,
    today: date,
    simulate: Simulate,
) -> Reality:
    """What was simulated for each month since the start beside what was imported.

    Args:
        store: with the series.
        operation: the team that the scenario was kept with.
        described_at: when it was described.
        version: of the scenario, with a start.
        today: months that begin after it are still to come.
        simulate: gives the team as it is and with a scenario.
    """
    scenario = version.scenario
    start = start_of(scenario) or MONTHS.start_of(today)
    made = Reality(start, operation, scenario, version.at, described_at)
    count = MONTHS.count_between(start, today) + 1
    if count < 1:
        return made
    months = []
    for number in range(max(count - _MOST_MONTHS, 0), count):
        month = MONTHS.next_after(start, number)
        begun, share = begun_by(scenario, month)
        months.append(SimulatedMonth(month, simulate(operation, begun), share))
    measured = MeasuredMonths(store, operation, today)
    levers = [lever for lever in scenario.levers if isinstance(lever, ChatbotLever)]
    contained_of = sorted({place for lever in levers for place in places_of(operation, lever)})
    figures = []
    for place in _wanted(operation, bot=bool(levers)):
        seen = measured.contained(start) if place[0] is SeenFigure.CONTAINED else measured.of(place)
        if not seen and place[0] in {SeenFigure.CONTACTS, SeenFigure.COST_PER_MONTH}:
            continue
        before = _before(seen, start) if _is_carried(place, operation) else None
        if count > _MOST_MONTHS:
            # Neither judged nor drawn: months of the scenario itself that lie too far back, and those before it.
            seen = {month: one for month, one in seen.items() if month >= months[0].month}
        figures.append(figure_seen(place, months, seen, before, contained_of))
    ranges = seen_ranges(operation, scenario, start, months, measured, simulate)
    compared_from = months[0].month
    return replace(made, figures=tuple(figures), ranges=ranges, cost_of_more=measured.cost_of_more, compared_from=compared_from)


def _wanted(operation: Operation, *, bot: bool) -> list[Place]:
    found: list[Place] = []
    for place, channel in enumerate(operation.channels):
        if channel.has_people:
            found += [(SeenFigure.WAIT, place), (SeenFigure.SERVICE_LEVEL, place)]
            if channel.kind is not ChannelKind.EMAIL:
                found.append((SeenFigure.ABANDONMENT, place))
    team = [SeenFigure.CONTAINED] if bot else []
    return [
        *found,
        *((one, None) for one in (*team, SeenFigure.COST_PER_CONTACT, SeenFigure.COST_PER_MONTH, SeenFigure.CONTACTS)),
    ]


def _is_carried(place: Place, operation: Operation) -> bool:
    """Whether the level of a figure is not fitted to the data, so that its simulated change is laid on what was measured."""
    figure, channel = place
    mail = channel is not None and operation.channels[channel].kind is ChannelKind.EMAIL
    return figure in {SeenFigure.COST_PER_CONTACT, SeenFigure.COST_PER_MONTH} or (figure is SeenFigure.WAIT and mail)


def _before(seen: Mapping[date, Measurement], start: date) -> float | None:
    """The mean of the last months before the start that are whole and known."""
    months = [MONTHS.next_after(start, -number) for number in range(1, _MONTHS_BEFORE + 1)]
    values = [seen[month].value for month in months if month in seen and seen[month].whole]
    return float(np.mean(values)) if values else None
