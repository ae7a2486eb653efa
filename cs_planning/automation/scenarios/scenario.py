"""Named sets of levers, simulated side by side with the same draws; "as is" is always one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import add

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from cs_planning.automation.channels.model import channel_draws
from cs_planning.automation.channels.self_service import handed_over
from cs_planning.automation.levers.channel_draws import ChannelDraws
from cs_planning.automation.levers.named_channels import refuse_unknown_channels
from cs_planning.automation.levers.registry import Lever
from cs_planning.automation.levers.shift import Shift
from cs_planning.automation.levers.uncertainty import AnySample, Likeliest, sobol_draws
from cs_planning.automation.money.bills import Bills, monthly_cost
from cs_planning.automation.money.cost import net_present_value, payback_month, ramp
from cs_planning.automation.queues.day_noise import noise_of_service_level, service_level_dispersion
from cs_planning.automation.ranges import central, refusal
from cs_planning.automation.scenarios.outcome import Band, ChannelOutcome, Comparison, Outcome, OutcomeDraws
from cs_planning.automation.scenarios.warnings import warnings_of
from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.channel import Channel, ChannelKind
from cs_planning.automation.team.operation import Operation, TargetPeriod
from cs_planning.language import text

AS_IS = "as is"


class Scenario(BaseModel):
    """A named set of levers; those of the same kind may stand in it several times, for different channels.

    Attributes:
        name: shown to people.
        levers: in the order in which contacts meet them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=120)
    levers: tuple[Lever, ...] = ()

    @field_validator("levers")
    @classmethod
    def _as_is_has_none(cls, levers: tuple[Lever, ...], info: ValidationInfo) -> tuple[Lever, ...]:
        if levers and info.data.get("name") == AS_IS:
            raise refusal(text("“as is” is the team without any lever."), text("Give the scenario another name."))
        return levers

    def in_currency(self, currency: str) -> Scenario:
        """The scenario with the prices that nobody wrote at what is usual in a currency (ISO 4217).

        Raises:
            InvalidOperation: nobody knows what is usual in it.
        """
        return self.model_copy(update={"levers": tuple(lever.in_currency(currency) for lever in self.levers)})

    @property
    def ramp_months(self) -> float:
        """Months until every lever works fully, at its likeliest."""
        return max((central(lever.ramp_months) for lever in self.levers), default=0.0)


@dataclass(frozen=True)
class _Run:
    draws: OutcomeDraws
    channels: tuple[ChannelDraws, ...]


def simulate(
    operation: Operation,
    scenarios: Sequence[Scenario],
    *,
    draws: int = 1024,
    seed: int = 0,
) -> Comparison:
    """What each scenario comes to, with its uncertainty.

    Args:
        operation: the team as it is.
        scenarios: levers; "as is" is added in front.
        draws: scrambled Sobol points, shared by all scenarios; a power of two is best.
        seed: of the points; the same seed gives the same numbers.

    Assumptions: levers work fully (their ramp counts for payback, present value and the effect on goals).
    """
    sample = sobol_draws(draws, seed)
    named = [Scenario(name=AS_IS), *(scenario for scenario in scenarios if scenario.levers or scenario.name != AS_IS)]
    as_is = _as_is(operation, draws, seed)
    others = [_outcome(operation, scenario, sample, as_is.draws) for scenario in named[1:]]
    outcomes = [as_is, *others]
    return Comparison(tuple(outcomes), operation.currency, operation.service_target)


@lru_cache(maxsize=16)
def _as_is(operation: Operation, draws: int, seed: int) -> Outcome:
    """The team without levers, which a slider on a lever does not change."""
    return _outcome(operation, Scenario(name=AS_IS), sobol_draws(draws, seed), None)


def point_outcome(operation: Operation, scenario: Scenario | None = None) -> Outcome:
    """What a scenario comes to when everything takes its likeliest value: fast enough for a slider.

    Args:
        operation: the team as it is.
        scenario: levers; None is "as is".
    """
    sample = Likeliest()
    chosen = scenario or Scenario(name=AS_IS)
    baseline = _run(operation, Scenario(name=AS_IS), sample).draws if chosen.levers else None
    return _outcome(operation, chosen, sample, baseline)


def outcome_draws(
    operation: Operation,
    scenario: Scenario,
    sample: AnySample,
    *,
    staffing: Floats | None = None,
    channel: int | None = None,
) -> OutcomeDraws:
    """The bare numbers of a scenario for a sample of one's own (tornado, frontier, sensitivity).

    Args:
        operation: the team as it is.
        scenario: levers.
        sample: n draws.
        staffing: factors on the people on the queue after all levers, shape (n,).
        channel: whose times, shares and contacts are wanted, by its place; None for all together.
    """
    run = _run(operation, scenario, sample, staffing)
    return run.draws if channel is None else run.draws.of_channel(run.channels[channel])


def _outcome(
    operation: Operation,
    scenario: Scenario,
    sample: AnySample,
    baseline: OutcomeDraws | None,
) -> Outcome:
    run = _run(operation, scenario, sample)
    numbers = run.draws
    one_off = float(np.median(numbers.one_off))
    payback: int | None = 0
    value = 0.0
    if baseline is not None and scenario.levers:
        # Licences are paid in full from the first month; only what the levers do to the rest of the cost grows with the ramp.
        licences = float(np.median(numbers.cost.licences - baseline.cost.licences))
        saving = float(np.median(baseline.cost_per_month - numbers.cost_per_month)) + licences
        flows = saving * ramp(operation.horizon_months, scenario.ramp_months) - licences
        payback = payback_month(one_off, flows)
        value = net_present_value(one_off, flows, operation.annual_rate)
    certain = isinstance(sample, Likeliest)
    return Outcome(
        scenario=scenario.name,
        mean_wait_seconds=Band.of(numbers.mean_wait_seconds),
        service_level=Band.of(numbers.service_level),
        abandonment_rate=Band.of(numbers.abandonment_rate),
        occupancy=Band.of(numbers.occupancy),
        handle_time_seconds=Band.of(numbers.handle_time_seconds),
        contacts_handled=Band.of(numbers.contacts_handled),
        cost_per_contact=Band.of(numbers.cost_per_contact),
        cost_per_resolved=Band.of(numbers.cost_per_resolved),
        cost_per_month=Band.of(numbers.cost_per_month),
        probability_target_met=None if certain else float(numbers.target_met.mean()),
        one_off=one_off,
        payback_months=payback,
        net_present_value=value,
        channels=tuple(
            ChannelOutcome(
                name=channel.label(),
                mean_wait_seconds=Band.of(draws.wait),
                service_level=Band.of(draws.level),
                abandonment_rate=Band.of(draws.abandonment),
                occupancy=Band.of(draws.occupancy),
                handle_time_seconds=Band.of(draws.handle_time),
                contacts_handled=Band.of(draws.contacts.answered),
                has_people=channel.has_people,
                in_backlog=channel.kind is ChannelKind.EMAIL,
                probability_target_met=None
                if certain or not channel.has_people
                else float(_target_met(operation, sample, [(channel, draws)], draws.level).mean()),
                draws=draws,
            )
            for channel, draws in zip(operation.channels, run.channels, strict=True)
        ),
        warnings=warnings_of(operation, scenario.levers, run.channels),
        draws=numbers,
    )


def _run(operation: Operation, scenario: Scenario, sample: AnySample, staffing: Floats | None = None) -> _Run:
    refuse_unknown_channels(operation, scenario.name, scenario.levers)
    bills = Bills.of(operation, scenario.levers, sample)
    shifts = [_shift_of(channel, scenario, sample, staffing) for channel in operation.channels]
    before: Sequence[ChannelDraws | None] = [None] * len(shifts)
    if scenario.levers or staffing is not None:
        before = as_is = _channels_as_is(operation, sample)
        shifts = handed_over(operation, shifts, as_is)
    channels = [
        channel_draws(channel, operation, shift, bill, sample, as_is=own)
        for channel, shift, bill, own in zip(operation.channels, shifts, bills.by_channel, before, strict=True)
    ]
    return _Run(_together(operation, bills, sample, channels), tuple(channels))


def _shift_of(channel: Channel, scenario: Scenario, sample: AnySample, staffing: Floats | None) -> Shift:
    shift = Shift()
    for lever in scenario.levers:
        if lever.works_on(channel):
            shift = shift.then(lever.shift(sample, channel))
    return shift if staffing is None else shift.then(Shift(agents=staffing))


@lru_cache(maxsize=16)
def _channels_as_is(operation: Operation, sample: AnySample) -> tuple[ChannelDraws, ...]:
    """Every channel without levers in the same draws: what a scenario leaves as it is."""
    return _run(operation, Scenario(name=AS_IS), sample).channels


def _together(operation: Operation, bills: Bills, sample: AnySample, channels: Sequence[ChannelDraws]) -> OutcomeDraws:
    people = np.stack([channel.people for channel in channels])
    staffed = np.array([channel.has_people for channel in operation.channels], float)[:, None]
    anybody = people.sum(axis=0) > 0
    weights = np.where(anybody, people / np.maximum(people.sum(axis=0), 1e-300), staffed / staffed.sum())
    demand = np.stack([channel.demand for channel in channels])
    demand_weights = demand / np.maximum(demand.sum(axis=0), 1e-300)
    # Whoever gave up has no solution that takes time; where nobody gets one, it is the time that one would take.
    solved = np.stack([np.maximum(channel.demand - channel.contacts.abandoned, 0.0) for channel in channels])
    solved_weights = np.where(solved.sum(axis=0) > 0, solved / np.maximum(solved.sum(axis=0), 1e-300), demand_weights)
    hours = np.stack([channel.agent_hours for channel in channels])
    time_weights = hours / np.maximum(hours.sum(axis=0), 1e-300)

    def weighted(name: str, by: Floats) -> Floats:
        return np.asarray(sum(weight * getattr(channel, name) for weight, channel in zip(by, channels, strict=True)))

    level = weighted("level", weights)
    total = demand.sum(axis=0)
    return OutcomeDraws(
        mean_wait_seconds=weighted("wait", weights),
        service_level=level,
        abandonment_rate=weighted("abandonment", weights),
        occupancy=weighted("occupancy", time_weights),
        handle_time_seconds=weighted("handle_time", weights),
        agents=np.asarray(sum(channel.agents for channel in channels)),
        contacts_handled=reduce(add, (channel.contacts for channel in channels)).answered,
        contacts=reduce(add, (channel.contacts for channel in channels)),
        issues=reduce(add, (channel.issues for channel in channels)),
        hours=reduce(add, (channel.hours for channel in channels)),
        demand=total,
        contained=np.asarray(sum(channel.contained for channel in channels)),
        cost=monthly_cost(operation, bills, sample, channels),
        one_off=np.broadcast_to(np.asarray(bills.whole.one_off, float), total.shape),
        first_response_seconds=weighted("first_response", demand_weights),
        to_person_seconds=weighted("to_person", weights),
        resolution_seconds=weighted("to_resolution", solved_weights),
        target_met=_target_met(operation, sample, list(zip(operation.channels, channels, strict=True)), level),
    )


def _target_met(
    operation: Operation, sample: AnySample, pairs: Sequence[tuple[Channel, ChannelDraws]], level: Floats
) -> Floats:
    """1 in the draws in which the service level of some channels, counted over the period, reaches the target."""
    whole_month = operation.service_target_period is TargetPeriod.MONTH
    dispersion, people, counted = 0.0, 0.0, 0.0 * level
    for channel, draws in pairs:
        if not channel.has_people:
            continue
        contacts = float(np.median(draws.people))
        agents, handle = float(np.median(draws.agents)), float(np.median(draws.handle_time))
        alike = 1.0
        if channel.kind is not ChannelKind.EMAIL and agents > 0:
            rate = contacts / operation.open_days_of(channel) / (channel.hours * 3600)
            patience = central(channel.patience())
            alike = service_level_dispersion(rate, handle, agents, patience, channel.answer_within_seconds)
        dispersion += alike * contacts
        people += contacts
        counted = counted + draws.people / (1.0 if whole_month else operation.open_days_of(channel))
    noise = noise_of_service_level(level, dispersion / max(people, 1e-9), counted)
    return np.asarray(level + noise * sample.normal("noise") >= operation.service_target, float)
