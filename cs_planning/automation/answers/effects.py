"""A scenario as a change of KPI series, and the smallest lever that makes a goal likely enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from cs_planning.automation.levers.demand import ChatbotLever
from cs_planning.automation.levers.people import RoutingLever, StaffingLever
from cs_planning.automation.levers.registry import Lever
from cs_planning.automation.ranges import central
from cs_planning.automation.scenarios.outcome import Clock, Comparison, OutcomeDraws
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.special_functions import Floats
from cs_planning.forecasting.answers.effects import Effect, EffectKind
from cs_planning.kpis.frequency import MONTHS

_UNCHANGED = 1e-9
_LEAST_SHARE = 1e-4
COST_KPIS = frozenset({"cost_per_contact", "service_cost"})
"""They are always those of the team, and fall only when hours leave the roster."""


MOVED_KPIS = frozenset(
    {
        *("service_level", "abandonment_rate", "completion_rate", "occupancy", "asa_mean", "aht_mean", "aht_median"),
        *("frt_median", "frt_mean", "frt_p90", "resolution_time_median", "resolution_time_mean", "resolution_time_p90"),
        *("contact_volume", "handled_volume", *COST_KPIS),
    }
)
"""What a queue, its volume and its cost decide; a scenario says nothing about any other KPI."""


def effects_on(
    comparison: Comparison,
    scenario: Scenario,
    kpi_id: str,
    *,
    today: date,
    clock: Clock = Clock.HANDOVER,
    channel: int | None = None,
) -> Effect | None:
    """How a scenario changes a KPI from its start month along its ramp.

    Args:
        comparison: holds the scenario's outcome and that of "as is".
        scenario: the same scenario, for its dates.
        kpi_id: of the catalogue.
        today: a lever without a start month begins in the month after it.
        clock: what a first response time measures; the default leaves out the bot's own instant answer.
        channel: place of the channel that the KPI measures; None for all together. Cost is always that of the team.

    Returns:
        The change with all its draws; None when the KPI does not depend on queue, volume or cost, or nothing changes.

    Raises:
        KeyError: the comparison does not hold the scenario.

    Assumptions: the series moves as the operation's own number does, relatively (times, cost, volume) or in log odds (shares).
    """
    if not scenario.levers:
        return None
    place = None if kpi_id in COST_KPIS else channel
    before, after = comparison.as_is.draws_of(place), comparison.outcome(scenario.name).draws_of(place)
    first, ramp_months = _course(scenario, today)
    shares = _share(kpi_id, before), _share(kpi_id, after)
    if shares[0] is not None and shares[1] is not None:
        shift = _log_odds(shares[1]) - _log_odds(shares[0])
        return _effect(kpi_id, EffectKind.LOGIT_SHIFT, shift, 0.0, first, ramp_months)
    amounts = _amount(kpi_id, before, clock), _amount(kpi_id, after, clock)
    if amounts[0] is not None and amounts[1] is not None:
        ratio = np.clip(np.maximum(amounts[1], 0.1) / np.maximum(amounts[0], 0.1), 0.01, 100.0)
        return _effect(kpi_id, EffectKind.RATIO, ratio, 1.0, first, ramp_months)
    return None


class NeededLever(StrEnum):
    """Which lever is sought."""

    CONTAINMENT = "containment"
    AGENTS = "agents"
    HANDLE_TIME = "handle_time"


@dataclass(frozen=True)
class Need:
    """How much of a lever it takes.

    Attributes:
        lever: which one.
        amount: containment as a share, agents added (or, negative, taken away), or the relative change of the handle time
            (negative); None if the most that is tried does not reach the wanted probability.
        probability: reached at `amount`, or the best that was seen.
        scenario: with that much of the lever.
        fewer: whether agents were taken away rather than added.
    """

    lever: NeededLever
    amount: float | None
    probability: float
    scenario: Scenario
    fewer: bool = False


def smallest_lever(
    lever: NeededLever,
    scenario: Scenario,
    probability_of: Callable[[Scenario], float],
    *,
    wanted: float = 0.8,
    most: float | None = None,
    tried: int = 6,
    channels: tuple[str, ...] = (),
    fewer: bool = False,
) -> Need:
    """The smallest amount of one lever, added to a scenario, at which a probability is reached.

    Args:
        lever: which one to change; a chatbot that stands in the scenario keeps its other settings.
        scenario: where to start.
        probability_of: of the goal under a scenario, 0…1; the same draws each time keep it smooth.
        wanted: the probability to reach.
        most: the largest amount tried: 0.6 containment, 20 agents, or 0.4 less handle time unless given.
        tried: steps from nothing to `most` before the last one is halved, since more is not always better.
        channels: that the lever works on when it is new; none means all.
        fewer: agents are taken away, not added, as a goal on cost wants it.
    """
    fewer = fewer and lever is NeededLever.AGENTS
    sign = -1.0 if fewer or lever is NeededLever.HANDLE_TIME else 1.0
    limit = most if most is not None else {"containment": 0.6, "agents": 20.0, "handle_time": 0.4}[lever.value]
    whole = lever is NeededLever.AGENTS

    def at(amount: float) -> Scenario:
        return _with(scenario, lever, sign * amount, channels)

    best, before, step = 0.0, 0.0, limit / tried
    best_probability = probability_of(scenario)
    if best_probability >= wanted:
        return Need(lever, 0.0, best_probability, scenario, fewer)
    for number in range(1, tried + 1):
        amount = float(np.ceil(number * step)) if whole else number * step
        probability = probability_of(at(amount))
        if probability >= wanted:
            enough, probability = _halved(lever, at, probability_of, before, amount, probability, wanted)
            return Need(lever, sign * enough, probability, at(enough), fewer)
        if probability > best_probability:
            best, best_probability = amount, probability
        before = amount
    return Need(lever, None, best_probability, at(best) if best else scenario, fewer)


def _halved(
    lever: NeededLever,
    at: Callable[[float], Scenario],
    probability_of: Callable[[Scenario], float],
    low: float,
    high: float,
    probability: float,
    wanted: float,
) -> tuple[float, float]:
    """The smallest amount that is enough, and the probability there."""
    fine = {NeededLever.AGENTS: 1.0, NeededLever.CONTAINMENT: 0.005, NeededLever.HANDLE_TIME: 0.005}[lever]
    while high - low > fine * (1 + 1e-9):
        middle = float(np.floor((low + high) / 2)) if lever is NeededLever.AGENTS else (low + high) / 2
        seen = probability_of(at(middle))
        if seen >= wanted:
            high, probability = middle, seen
        else:
            low = middle
    return high, probability


def _with(scenario: Scenario, lever: NeededLever, amount: float, channels: tuple[str, ...]) -> Scenario:
    levers: tuple[Lever, ...] = scenario.levers
    if lever is NeededLever.CONTAINMENT:
        own = next((one for one in levers if isinstance(one, ChatbotLever)), ChatbotLever(channels=channels))
        others = tuple(one for one in levers if one is not own)
        return scenario.model_copy(update={"levers": (own.model_copy(update={"containment": amount}), *others)})
    added: Lever = (
        StaffingLever(agents_change=amount, channels=channels)
        if lever is NeededLever.AGENTS
        else RoutingLever(handle_time_change=amount, recontact_change=0.0, channels=channels)
    )
    return scenario.model_copy(update={"levers": (*levers, added)})


def _course(scenario: Scenario, today: date) -> tuple[date, float]:
    """The first month of the earliest lever, and the months from there until the last one works fully."""
    following = MONTHS.next_after(MONTHS.start_of(today))
    starts = [MONTHS.start_of(lever.start_month) if lever.start_month else following for lever in scenario.levers]
    first = min(starts)
    ends = [
        MONTHS.count_between(first, start) + central(lever.ramp_months)
        for start, lever in zip(starts, scenario.levers, strict=True)
    ]
    return first, max(ends)


def _effect(kpi: str, kind: EffectKind, amounts: Floats, nothing: float, first: date, ramp: float) -> Effect | None:
    if float(np.abs(amounts - nothing).max()) < _UNCHANGED:
        return None
    return Effect(kpi=kpi, kind=kind, amount=tuple(amounts.tolist()), first=first, ramp_months=ramp)


def _log_odds(shares: Floats) -> Floats:
    kept = np.clip(shares, _LEAST_SHARE, 1 - _LEAST_SHARE)
    return np.asarray(np.log(kept / (1 - kept)))


def _share(kpi: str, draws: OutcomeDraws) -> Floats | None:
    match kpi:
        case "service_level":
            return draws.service_level
        case "abandonment_rate":
            return draws.abandonment_rate
        case "completion_rate":
            return 1 - draws.abandonment_rate
        case "occupancy":
            return draws.occupancy
        case _:
            return None


def _amount(kpi: str, draws: OutcomeDraws, clock: Clock) -> Floats | None:
    match kpi:
        case "asa_mean":
            return draws.mean_wait_seconds
        case "frt_median" | "frt_mean" | "frt_p90":
            return {
                Clock.FIRST_CONTACT: draws.first_response_seconds,
                Clock.HANDOVER: draws.mean_wait_seconds,
                Clock.PERSON: draws.to_person_seconds,
                Clock.RESOLUTION: draws.resolution_seconds,
            }[clock]
        case "resolution_time_median" | "resolution_time_mean" | "resolution_time_p90":
            return draws.resolution_seconds
        case "aht_mean" | "aht_median":
            return draws.handle_time_seconds
        case "contact_volume":
            return draws.demand
        case "handled_volume":
            return draws.contacts_handled
        case "cost_per_contact":
            return draws.cost_per_contact
        case "service_cost":
            return draws.cost_per_month
        case _:
            return None
