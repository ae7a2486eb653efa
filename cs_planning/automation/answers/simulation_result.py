"""The result of `simulate` as a file: a document with a schema of its own, its sentences in the language in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from pydantic import BaseModel, ConfigDict, Field

from cs_planning.automation.answers.break_even import break_even, break_even_sentence
from cs_planning.automation.scenarios.outcome import Band, ChannelOutcome, Clock, Comparison, Outcome
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.scenarios.summary import sentence_of
from cs_planning.automation.team.operation import Operation


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BandValues(_Part):
    """A median over the draws, with the 10th and 90th percentile around it."""

    median: float
    low: float
    high: float


class QueueValues(_Part):
    """What people wait for and work on: seconds, shares of 0 to 1, and contacts a month."""

    mean_wait_seconds: BandValues
    service_level: BandValues
    abandonment_rate: BandValues
    occupancy: BandValues
    handle_time_seconds: BandValues
    contacts_handled: BandValues


class ChannelResult(QueueValues):
    """A scenario on one channel; its times, shares and chance are its own, not those of the team."""

    name: str
    response_seconds: dict[Clock, BandValues] = Field(description="By the clock of the customer.")
    probability_target_met: float | None = Field(description="On this channel alone; null without people or for a single draw.")
    window: str | None = Field(
        description="Over which time a backlog's waits are a mean; null for a queue in its steady state."
    )


class BreakEvenResult(_Part):
    """From which containment a scenario with a chatbot pays, and up to which; null where no share does, or all above do."""

    containment: float | None
    until: float | None
    sentence: str


class ScenarioResult(QueueValues):
    """One scenario; the first is the team as it is.

    Money is in the currency of the result; `one_off` is paid at the start and not part of the month.
    """

    name: str
    sentence: str = Field(description="What it means, in plain words.")
    cost_per_contact: BandValues
    cost_per_resolved: BandValues
    cost_per_month: BandValues
    response_seconds: dict[Clock, BandValues] = Field(description="By the clock of the customer.")
    probability_target_met: float | None = Field(description="Null for a single draw.")
    mixes_waits: bool = Field(
        description="Whether some channels wait for seconds and others for hours: the times, shares and chance of the whole "
        "are then means by contacts that say nothing; read those of each channel."
    )
    one_off: float
    payback_months: int | None = Field(description="Null if never within the horizon.")
    net_present_value: float
    channels: tuple[ChannelResult, ...]
    warnings: tuple[str, ...]
    break_even: BreakEvenResult | None = Field(description="Null without a chatbot.")


class SimulationResult(_Part):
    """What `simulate` writes: the team as it is and each scenario, from the same draws."""

    operation: str
    currency: str = Field(description="ISO 4217.")
    service_target: float = Field(description="The share to be answered in time, 0 to 1.")
    draws: int
    seed: int
    scenarios: tuple[ScenarioResult, ...]


def result_of(
    operation: Operation, scenarios: Sequence[Scenario], comparison: Comparison, *, draws: int, seed: int
) -> SimulationResult:
    """The document of a comparison.

    Args:
        operation: what was simulated.
        scenarios: their names tell them apart.
        comparison: its outcomes, "as is" first.
        draws: how many draws stand behind each band.
        seed: of the draws.
    """
    named = {scenario.name: scenario for scenario in scenarios}
    return SimulationResult(
        operation=operation.name,
        currency=comparison.currency,
        service_target=comparison.service_target,
        draws=draws,
        seed=seed,
        scenarios=tuple(_scenario(operation, named.get(one.scenario), one, comparison) for one in comparison.outcomes),
    )


def _scenario(operation: Operation, scenario: Scenario | None, outcome: Outcome, comparison: Comparison) -> ScenarioResult:
    return ScenarioResult(
        name=outcome.scenario,
        sentence=str(sentence_of(outcome, comparison)),
        **_queue(outcome),
        cost_per_contact=_band(outcome.cost_per_contact),
        cost_per_resolved=_band(outcome.cost_per_resolved),
        cost_per_month=_band(outcome.cost_per_month),
        response_seconds={clock: _band(outcome.response_seconds(clock)) for clock in Clock},
        probability_target_met=outcome.probability_target_met,
        mixes_waits=outcome.mixes_waits,
        one_off=outcome.one_off,
        payback_months=outcome.payback_months,
        net_present_value=outcome.net_present_value,
        channels=tuple(_channel(outcome, place) for place in range(len(outcome.channels))),
        warnings=tuple(str(warning) for warning in outcome.warnings),
        break_even=_break_even(operation, scenario),
    )


def _channel(outcome: Outcome, place: int) -> ChannelResult:
    own = outcome.channels[place]
    return ChannelResult(
        name=str(own.name),
        **_queue(own),
        response_seconds={clock: _band(outcome.response_seconds(clock, place)) for clock in Clock},
        probability_target_met=own.probability_target_met,
        window=None if own.window is None else str(own.window),
    )


def _queue(outcome: Outcome | ChannelOutcome) -> dict[str, BandValues]:
    return {name: _band(getattr(outcome, name)) for name in QueueValues.model_fields}


def _band(band: Band) -> BandValues:
    return BandValues(**asdict(band))


def _break_even(operation: Operation, scenario: Scenario | None) -> BreakEvenResult | None:
    found = None if scenario is None else break_even(operation, scenario)
    if found is None:
        return None
    return BreakEvenResult(containment=found.containment, until=found.until, sentence=str(break_even_sentence(found)))
