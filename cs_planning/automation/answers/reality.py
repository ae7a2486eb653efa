"""A scenario meets reality: what was simulated for each month since its start, beside what was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from cs_planning.automation.levers.registry import Lever
from cs_planning.automation.money.cost import ramp
from cs_planning.automation.ranges import Range, Spread, central, range_of
from cs_planning.automation.scenarios.outcome import Band, Comparison, Outcome
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.operation import Operation
from cs_planning.kpis.frequency import MONTHS

_LEAST_SHARE = 0.005
_LEAST_RATIO = 0.01
_NORMAL_80 = 1.2816
_STEP = 0.001
_MONTHS_EARLIER = 6


class SeenFigure(StrEnum):
    """What is simulated and measured: seconds, shares of 0 to 1, contacts or money of a month, money of a contact."""

    WAIT = "wait"
    SERVICE_LEVEL = "service_level"
    ABANDONMENT = "abandonment"
    CONTAINED = "contained"
    COST_PER_CONTACT = "cost_per_contact"
    COST_PER_MONTH = "cost_per_month"
    CONTACTS = "contacts"
    HANDLE_TIME = "handle_time"

    @property
    def is_share(self) -> bool:
        """Whether it is a share of counted contacts."""
        return self in {SeenFigure.SERVICE_LEVEL, SeenFigure.ABANDONMENT, SeenFigure.CONTAINED}


_HIGHER_IS_BETTER = frozenset({SeenFigure.SERVICE_LEVEL, SeenFigure.CONTAINED})
_NEITHER = frozenset({SeenFigure.CONTACTS, SeenFigure.HANDLE_TIME})


class PromiseVerdict(StrEnum):
    """How what was measured lies to what was simulated; `MORE` and `FEWER` where neither is better."""

    AS_SIMULATED = "as_simulated"
    BETTER = "better"
    WORSE = "worse"
    MORE = "more"
    FEWER = "fewer"
    TOO_EARLY = "too_early"
    NO_DATA = "no_data"


@dataclass(frozen=True)
class Measurement:
    """What was measured in a month.

    Attributes:
        value: in the unit of its figure.
        count: contacts behind it; None where nobody says.
        whole: whether the month is over and the data cover it.
    """

    value: float
    count: float | None = None
    whole: bool = True


Place = tuple[SeenFigure, int | None]
"""A figure of one channel, by its place, or of the whole team."""


@dataclass(frozen=True)
class SimulatedMonth:
    """What a month since the start was to be.

    Attributes:
        month: its first day.
        comparison: the team as it is, and with the levers that have begun by then.
        share: of their full effect, 0…1.
    """

    month: date
    comparison: Comparison
    share: float


@dataclass(frozen=True)
class SeenMonth:
    """One month: the simulated 80 % range, what was measured, and how both lie to each other."""

    month: date
    band: Band
    seen: Measurement | None
    verdict: PromiseVerdict


@dataclass(frozen=True)
class FigureSeen:
    """A figure month by month since the start.

    Attributes:
        figure: what it is.
        channel: its place; None for the whole team.
        months: from the start month on.
        verdict: over all months that are whole, each counting the same.
        carried: whether the simulated change was laid on what was measured before the start, not on the simulated level.
        earlier: what was measured in the last months before the start, in order.
    """

    figure: SeenFigure
    channel: int | None
    months: tuple[SeenMonth, ...]
    verdict: PromiseVerdict
    carried: bool = False
    earlier: tuple[tuple[date, Measurement], ...] = ()


@dataclass(frozen=True)
class SeenRange:
    """The range of a lever as it was really seen.

    Attributes:
        place: of the lever in its scenario.
        field: of the lever.
        before: the range that was simulated.
        seen: what the measured months say.
        months: how many of them.
        growing: whether the lever does not work fully yet, so that the far end of the range stays.
    """

    place: int
    field: str
    before: Spread
    seen: Range
    months: int
    growing: bool


def start_of(scenario: Scenario) -> date | None:
    """The month in which the first lever begins; None where none says when."""
    starts = [MONTHS.start_of(lever.start_month) for lever in scenario.levers if lever.start_month]
    return min(starts, default=None)


def begun_by(scenario: Scenario, month: date) -> tuple[Scenario, float]:
    """The scenario with the levers that have begun by a month, and the share of their effect that they have in it.

    Args:
        scenario: with at least one start; a lever without one begins with the first.
        month: its first day, not before the start.

    Assumptions: the effect grows in a straight line from the first lever on until the last one works fully.
    """
    first = start_of(scenario) or month
    starts = [MONTHS.start_of(lever.start_month) if lever.start_month else first for lever in scenario.levers]
    begun = [(start, lever) for start, lever in zip(starts, scenario.levers, strict=True) if start <= month]
    levers = tuple(lever for _start, lever in begun)
    until = max((MONTHS.count_between(first, start) + central(lever.ramp_months) for start, lever in begun), default=0.0)
    months = max(MONTHS.count_between(first, month) + 1, 1)
    return scenario.model_copy(update={"levers": levers}), float(ramp(months, until)[-1])


def figure_seen(
    place: Place,
    simulated: Sequence[SimulatedMonth],
    seen: Mapping[date, Measurement],
    before: float | None = None,
    contained_of: Sequence[int] = (),
) -> FigureSeen:
    """A figure as simulated and as measured, month by month.

    Args:
        place: the figure and its channel.
        simulated: the months since the start.
        seen: what was measured, by first day of the month.
        before: measured before the start, where the simulated change is to be laid on it.
        contained_of: places of the channels whose contained share it is; none means all.

    Assumptions: between the start and the full effect every draw moves in a straight line from the team as it is.
    """
    figure, channel = place
    months = []
    for one in simulated:
        without, with_levers = (
            _draws(figure, outcome, channel, contained_of) for outcome in (one.comparison.as_is, one.comparison.outcomes[-1])
        )
        if before is None:
            band = Band.of(without + one.share * (with_levers - without))
        else:
            band = Band.of(before * (1 + one.share * (with_levers / np.maximum(without, 1e-9) - 1)))
        measured = seen.get(one.month)
        verdict = PromiseVerdict.NO_DATA if measured is None else PromiseVerdict.TOO_EARLY
        if measured is not None and measured.whole:
            verdict = verdict_on(figure, band, measured.value)
        months.append(SeenMonth(one.month, band, measured, verdict))
    earlier = tuple((month, seen[month]) for month in sorted(seen) if month < simulated[0].month)[-_MONTHS_EARLIER:]
    return FigureSeen(figure, channel, tuple(months), _over_all(figure, months), carried=before is not None, earlier=earlier)


def verdict_on(figure: SeenFigure, band: Band, value: float) -> PromiseVerdict:
    """How a measured value lies to the simulated range; half a point or a hundredth beyond it says nothing yet."""
    spare = _LEAST_SHARE if figure.is_share else _LEAST_RATIO * abs(value)
    if band.low - spare <= value <= band.high + spare:
        return PromiseVerdict.AS_SIMULATED
    above = value > band.high
    if figure in _NEITHER:
        return PromiseVerdict.MORE if above else PromiseVerdict.FEWER
    return PromiseVerdict.BETTER if above == (figure in _HIGHER_IS_BETTER) else PromiseVerdict.WORSE


def _over_all(figure: SeenFigure, months: Sequence[SeenMonth]) -> PromiseVerdict:
    whole = [(one.band, one.seen.value) for one in months if one.seen is not None and one.seen.whole]
    if not whole:
        return PromiseVerdict.NO_DATA if all(one.seen is None for one in months) else PromiseVerdict.TOO_EARLY
    low, median, high, value = (
        float(np.mean(numbers)) for numbers in zip(*((b.low, b.median, b.high, value) for b, value in whole), strict=True)
    )
    return verdict_on(figure, Band(median, low, high), value)


def _draws(figure: SeenFigure, outcome: Outcome, channel: int | None, contained_of: Sequence[int]) -> Floats:
    draws = outcome.draws_of(channel)
    match figure:
        case SeenFigure.WAIT:
            return draws.mean_wait_seconds
        case SeenFigure.SERVICE_LEVEL:
            return draws.service_level
        case SeenFigure.ABANDONMENT:
            return draws.abandonment_rate
        case SeenFigure.HANDLE_TIME:
            return draws.handle_time_seconds
        case SeenFigure.CONTACTS:
            return draws.demand
        case SeenFigure.COST_PER_CONTACT:
            return draws.cost_per_contact
        case SeenFigure.COST_PER_MONTH:
            return draws.cost_per_month
        case SeenFigure.CONTAINED:
            own = [one.draws for place, one in enumerate(outcome.channels) if not contained_of or place in contained_of]
            contained, demand = sum(one.contained for one in own), sum(one.demand for one in own)
            return np.asarray(contained / np.maximum(demand, 1e-9))


def seen_range(
    place: int, lever: Lever, field: str, months: Sequence[tuple[float, Measurement]], *, share: bool = False
) -> SeenRange | None:
    """The range of a lever as measured months show it; None where no whole month does.

    The smallest and the largest month, each with its own 80 % noise where it is a share of counted contacts, and their mean,
    weighted by contacts.  Until the lever works fully only the latest month counts, and the far end of the simulated range
    stays, since the effect still grows.

    Args:
        place: of the lever in its scenario.
        lever: as it was simulated.
        field: its name.
        months: share of the full effect, and what the lever was seen to do, in order.
        share: whether it is a share of counted contacts, which lies within 0…1.
    """
    whole = [(grown, one) for grown, one in months if one.whole]
    if not whole:
        return None
    grown = [one for full, one in whole if full >= 1]
    growing = not grown
    used = grown or [whole[-1][1]]
    values = np.array([one.value for one in used])
    counts = np.array([one.count or 0.0 for one in used])
    noise = np.zeros(len(values))
    if share:
        kept = np.clip(values, 0.0, 1.0)
        noise = np.where(counts > 0, _NORMAL_80 * np.sqrt(kept * (1 - kept) / np.maximum(counts, 1.0)), 0.0)
    low, high = float((values - noise).min()), float((values + noise).max())
    middle = float(np.average(values, weights=counts if counts.all() else None))
    before: Spread = getattr(lever, field)
    old = range_of(before)
    if growing and old.mode >= 0:
        high = max(high, old.max)
    elif growing:
        low = min(low, old.min)
    if growing:
        middle = min(max(old.mode, low), high)
    least, most = (0.0, 1.0) if share else (-0.9, 1.0)
    low, middle, high = (round(min(max(one, least), most) / _STEP) * _STEP for one in (low, middle, high))
    seen = Range(min=round(low, 3), mode=round(middle, 3), max=round(high, 3))
    return SeenRange(place, field, before, seen, len(used), growing)


def with_range(scenario: Scenario, found: SeenRange) -> Scenario:
    """The scenario with one lever set to the range that was seen."""
    levers = list(scenario.levers)
    levers[found.place] = levers[found.place].model_copy(update={found.field: found.seen})
    return scenario.model_copy(update={"levers": tuple(levers)})


def places_of(operation: Operation, lever: Lever) -> tuple[int, ...]:
    """The channels with people on which a lever works, by place."""
    return tuple(place for place, one in enumerate(operation.channels) if one.has_people and lever.works_on(one))
