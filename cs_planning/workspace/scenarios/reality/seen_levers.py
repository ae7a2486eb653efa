"""The range of each lever as measured months show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from cs_planning.automation.answers.reality import (
    Measurement,
    Place,
    SeenFigure,
    SeenRange,
    SimulatedMonth,
    begun_by,
    figure_seen,
    places_of,
    seen_range,
)
from cs_planning.automation.levers.demand import ChatbotLever, DemandLever, SelfServiceLever
from cs_planning.automation.levers.registry import Lever
from cs_planning.automation.ranges import central
from cs_planning.automation.scenarios.outcome import Comparison
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.team.operation import Operation
from cs_planning.workspace.scenarios.reality.measured_months import MeasuredMonths

_OF_HANDLE_TIME = frozenset({"agent_assist", "routing", "training"})

_MONTHS_BEFORE = 3

Simulate = Callable[[Operation, Scenario], Comparison]
"""The team as it is and with a scenario."""


def seen_ranges(
    operation: Operation,
    scenario: Scenario,
    start: date,
    months: Sequence[SimulatedMonth],
    measured: MeasuredMonths,
    simulate: Simulate,
) -> tuple[SeenRange, ...]:
    """The range of each lever that a measured figure tells; of several levers on one figure none can be told.

    Args:
        operation: the team that the scenario was kept with.
        scenario: with its levers.
        start: its first month.
        months: that are compared, from the start or a later month on.
        measured: figures by month.
        simulate: gives the team as it is and with a scenario.
    """
    kinds = [lever.kind for lever in scenario.levers]
    found: list[SeenRange | None] = []
    for place, lever in enumerate(scenario.levers):
        works_on = places_of(operation, lever)
        if isinstance(lever, ChatbotLever) and kinds.count("chatbot") == 1:
            seen = measured.contained(start)
            told = [(one.share, seen[one.month]) for one in months if one.month in seen]
            found.append(seen_range(place, lever, "containment", told, share=True))
        elif lever.kind in _OF_HANDLE_TIME and sum(kind in _OF_HANDLE_TIME for kind in kinds) == 1 and works_on:
            figure = (SeenFigure.HANDLE_TIME, works_on[0])
            told = _changes(operation, scenario, start, place, months, measured.of(figure), figure, simulate)
            found.append(seen_range(place, lever, "handle_time_change", [(s, _of_experienced(lever, one)) for s, one in told]))
        elif isinstance(lever, DemandLever | SelfServiceLever):
            found.append(_of_volume(operation, scenario, start, place, lever, months, measured, simulate))
    return tuple(one for one in found if one is not None)


def _of_experienced(lever: Lever, seen: Measurement) -> Measurement:
    """The change of the experienced alone, where a lever works otherwise on newcomers."""
    novices = central(getattr(lever, "novice_share", 0.0))
    if not 0 < novices < 1:
        return seen
    early = central(getattr(lever, "novice_handle_time_change", 0.0))
    return replace(seen, value=(seen.value - novices * early) / (1 - novices))


def _of_volume(
    operation: Operation,
    scenario: Scenario,
    start: date,
    place: int,
    lever: DemandLever | SelfServiceLever,
    months: Sequence[SimulatedMonth],
    measured: MeasuredMonths,
    simulate: Simulate,
) -> SeenRange | None:
    kinds = [one.kind for one in scenario.levers]
    pages = [one for one in operation.channels if not one.has_people]
    if isinstance(lever, SelfServiceLever) and pages:
        seen = measured.pages()
        told = [
            (one.share, replace(seen[one.month], value=seen[one.month].value - pages[0].solved_share))
            for one in months
            if one.month in seen
        ]
        return seen_range(place, lever, "solved_share_change", told)
    if kinds.count("demand") + kinds.count("self_service") > 1 or len(places_of(operation, lever)) < len(operation.channels):
        return None
    figure = (SeenFigure.CONTACTS, None)
    told = _changes(operation, scenario, start, place, months, measured.of(figure), figure, simulate)
    if isinstance(lever, DemandLever):
        return seen_range(place, lever, "volume_change", told)
    uplift = 1 + central(lever.uplift)
    return seen_range(place, lever, "deflection", [(s, replace(one, value=1 - (1 + one.value) / uplift)) for s, one in told])


def _changes(
    operation: Operation,
    scenario: Scenario,
    start: date,
    place: int,
    months: Sequence[SimulatedMonth],
    seen: Mapping[date, Measurement],
    figure: Place,
    simulate: Simulate,
) -> list[tuple[float, Measurement]]:
    """How far a measured figure lies from what was simulated without one lever, month by month, relatively."""
    others = tuple(lever for number, lever in enumerate(scenario.levers) if number != place)
    before = None
    if figure[0] is SeenFigure.HANDLE_TIME and figure[1] is not None and operation.channels[figure[1]].chats_at_once > 1:
        # How long a chat lasts beside others is not what reports measure as its handle time: its change is compared.
        earlier = [one.value for month, one in sorted(seen.items()) if month < start][-_MONTHS_BEFORE:]
        if not earlier:
            return []
        before = sum(earlier) / len(earlier)
    found = []
    for one in months:
        if one.month not in seen:
            continue
        begun, share = begun_by(scenario.model_copy(update={"levers": others}), one.month)
        without = (
            figure_seen(figure, [SimulatedMonth(one.month, simulate(operation, begun), share)], {}, before)
            .months[0]
            .band.median
        )
        found.append((one.share, replace(seen[one.month], value=seen[one.month].value / max(without, 1e-9) - 1)))
    return found
