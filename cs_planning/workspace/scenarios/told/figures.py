"""Outcomes as figures and charts: scenarios side by side, what a faster answer costs, what matters most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cs_planning.automation.answers.frontier import CLAIMS, Claim, ClaimedQuantity, frontier
from cs_planning.automation.answers.what_matters import Result, tornado
from cs_planning.automation.levers.demand import ChatbotLever
from cs_planning.automation.levers.people import OutsourcingLever
from cs_planning.automation.scenarios.outcome import Band, Clock, Comparison, Outcome
from cs_planning.automation.scenarios.scenario import AS_IS, Scenario, point_outcome
from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.operation import Operation
from cs_planning.kpis.catalogue import CATALOGUE, Aggregation, Better, Kpi, Unit
from cs_planning.language import Percent, Text, text
from cs_planning.notebook.blocks.block import Chart
from cs_planning.notebook.blocks.outcome_charts import Bar, FrontierPoint, Swing
from cs_planning.notebook.blocks.outcome_charts import tornado as tornado_chart
from cs_planning.notebook.cells.sliders import MOVED, MOVED_LABEL
from cs_planning.notebook.sources import Frontier, ScenarioFigure

_LEAST_STAFF, _MOST_STAFF, _FRONTIER_POINTS = 0.8, 1.3, 27
_WIDEST = 8

_WAIT = CATALOGUE["asa_mean"]


def cost_kpi(operation: Operation) -> Kpi:
    """How a month's cost is written, in the operation's currency."""
    return CATALOGUE["service_cost"].model_copy(update={"currency": operation.currency})


def contact_cost_kpi(operation: Operation) -> Kpi:
    """How the cost of a contact is written, in the operation's currency."""
    return CATALOGUE["cost_per_contact"].model_copy(update={"currency": operation.currency})


def shown_channel(operation: Operation, channel: int | None = None) -> int | None:
    """The channel whose times and shares are shown, by its place: a chosen one, else the leading one; None for all together."""
    return operation.leading_channel if channel is None else channel


def named(operation: Operation, figure: Text, channel: int | None = None) -> Text:
    """A figure with whose it is: of one channel, or of the whole team; by itself where the team has one channel.

    Args:
        operation: the team.
        figure: its name.
        channel: by its place; None for the whole team.
    """
    if len(operation.channels) < 2:
        return figure
    whose = text("Whole team") if channel is None else operation.channels[channel].label()
    return text("{channel}: {figure}", channel=whose, figure=figure)


def figures_of(operation: Operation, outcomes: Sequence[Outcome], channel: int | None = None) -> tuple[ScenarioFigure, ...]:
    """Every figure of the outcomes, the most important first; "as is" comes first in each.

    Args:
        operation: the team.
        outcomes: on it.
        channel: whose times and shares, by its place; None for the leading one, or all together where there is none.
    """
    names = [_label(outcome.scenario) for outcome in outcomes]

    def figure(name: str, title: Text, kpi: Kpi, bands: Sequence[Band], factor: float = 1.0) -> ScenarioFigure:
        bars = tuple(
            Bar(scenario, factor * band.median, factor * band.low, factor * band.high)
            for scenario, band in zip(names, bands, strict=True)
        )
        return ScenarioFigure(name, title, kpi, bars)

    handled = Kpi(
        id="contacts_handled",
        name=text("Contacts handled by people"),
        unit=Unit.COUNT,
        better=Better.CONTEXT,
        aggregation=Aggregation.SUM,
        formula=text("contacts a month that reach people"),
        lower=0,
    )
    place = shown_channel(operation, channel)
    draws = [one.draws_of(place) for one in outcomes]

    def waited(name: str, title: Text, clock: Clock) -> ScenarioFigure:
        return figure(name, named(operation, title, place), _WAIT, [one.response_seconds(clock, place) for one in outcomes])

    def share(name: str, title: Text) -> ScenarioFigure:
        bands = [Band.of(getattr(one, name)) for one in draws]
        return figure(name, named(operation, title, place), CATALOGUE[name], bands, 100)

    return (
        waited("until_person", text("From first contact to a person (seconds)"), Clock.PERSON),
        waited("until_solution", text("From first contact to the solution (seconds)"), Clock.RESOLUTION),
        figure(
            "cost_per_month",
            named(operation, text("Cost a month")),
            cost_kpi(operation),
            [one.cost_per_month for one in outcomes],
        ),
        waited("mean_wait", text("Mean wait in the queue (seconds)"), Clock.HANDOVER),
        share("service_level", text("Service level (%)")),
        share("abandonment_rate", text("Abandonment rate (%)")),
        share("occupancy", text("Occupancy (%)")),
        figure(
            "cost_per_contact",
            named(operation, text("Cost per contact")),
            contact_cost_kpi(operation),
            [one.cost_per_contact for one in outcomes],
        ),
        figure(
            "contacts_handled",
            named(operation, text("Contacts handled by people, a month")),
            handled,
            [one.contacts_handled for one in outcomes],
        ),
    )


def assumption_of(operation: Operation) -> Text:
    """What all figures of an operation rest on."""
    return text(
        "Computed by queueing with impatient customers (Erlang A) for {name}; "
        "the ranges hold 80 of 100 draws of what is not known for certain.",
        name=operation.name or text("the team"),
    )


def _label(scenario: str) -> Text | str:
    return {AS_IS: text("As it is"), MOVED: MOVED_LABEL}.get(scenario, scenario)


def frontier_of(
    operation: Operation, comparison: Comparison, scenario: Scenario | None = None, channel: int | None = None
) -> Frontier:
    """Response time against cost over staffing, as things are and with a scenario, with the published claims as marks.

    Args:
        operation: the team as it is.
        comparison: its outcome and that of the scenario; each line goes through the medians there.
        scenario: levers; `None` draws the line of "as is" alone.
        channel: whose response time it is, by its place; None for all together, or the leading one where that says nothing.
    """
    place = operation.leading_channel if channel is None else channel
    found = frontier(operation, scenario, points=_FRONTIER_POINTS, least=_LEAST_STAFF, most=_MOST_STAFF, channel=place)
    likeliest = found[["staffing", "cost_per_month", "mean_wait_seconds"]].to_numpy(float)
    numbers = likeliest.copy()
    points = []
    lines = found["scenario"].to_numpy() != AS_IS
    for line, outcome in zip((False, True), comparison.outcomes, strict=False):
        own = lines == line
        middle = outcome.cost_per_month.median, outcome.response_seconds(Clock.HANDOVER, place).median
        at = likeliest[own & found["is_current"].to_numpy()][0, 1:]
        numbers[own, 1:] *= np.divide(middle, at, out=np.ones(2), where=at > 0)
    for changed, current, (staffing, cost, wait), name in zip(
        lines, found["is_current"], numbers, found["scenario"], strict=True
    ):
        label = text("{share} staff", share=Percent(share=staffing))
        if current:
            label = text("{name}", name=_label(str(name))) if changed else text("today")
        points.append(FrontierPoint(label, cost, wait, leading=bool(current), line=int(changed)))
    today = next(point for point in points if point.leading)
    now = likeliest[~lines & found["is_current"].to_numpy()][0, 1:]
    marks = [point for claim in CLAIMS if (point := _claimed(claim, operation, today, place, now)) is not None]
    title = text("Mean wait (up, seconds) against cost a month (across)")
    if place is not None:
        label = operation.channels[place].label()
        title = text("{channel}: mean wait (up, seconds) against cost a month (across)", channel=label)
    return Frontier(title, (*points, *marks), _WAIT, cost_kpi(operation))


def _claimed(
    claim: Claim, operation: Operation, today: FrontierPoint, place: int | None, likeliest: Floats
) -> FrontierPoint | None:
    """Where the team would be if a claim held, the rest unchanged; claims about a lever are computed with that lever."""
    cost, wait = today.cost, today.value
    match claim.quantity:
        case ClaimedQuantity.RESPONSE_TIME:
            label, wait = text("claim: −70 % response time"), wait * (1 + claim.change)
        case ClaimedQuantity.COST:
            label, cost = text("claim: −30 % cost"), cost * (1 + claim.change)
        case ClaimedQuantity.COST_PER_CONTACT:
            label, cost = text("claim: −8 % cost per contact"), cost * (1 + claim.change)
        case ClaimedQuantity.CONTAINMENT:
            label = text("a bot that takes 30 %, computed")
            bot = Scenario(name="claim", levers=(ChatbotLever(containment=claim.change),))
            cost, wait = _computed(operation, bot, place, today, likeliest)
        case ClaimedQuantity.OUTSOURCING_PRICE:
            if operation.outsourced_share <= 0:
                return None
            label = text("outsourcing −20 %, computed")
            cheaper = Scenario(name="claim", levers=(OutsourcingLever(price_change=claim.change),))
            cost, wait = _computed(operation, cheaper, place, today, likeliest)
    return FrontierPoint(
        label, cost, wait, mark=True, note=text("{statement} {source}", statement=claim.statement, source=claim.source)
    )


def _computed(
    operation: Operation, scenario: Scenario, place: int | None, today: FrontierPoint, likeliest: Floats
) -> tuple[float, float]:
    """Cost and wait of a scenario, as far from today's numbers as at the likeliest values."""
    outcome = point_outcome(operation, scenario)
    cost, wait = outcome.cost_per_month.median, outcome.response_seconds(Clock.HANDOVER, place).median
    return cost * today.cost / max(likeliest[0], 1e-9), wait * today.value / max(likeliest[1], 1e-9)


def tornado_of(operation: Operation, scenario: Scenario, result: Result) -> Chart:
    """Which uncertain quantity moves a result most, the widest first."""
    found = tornado(operation, scenario, result)[:_WIDEST]
    kpi, factor = kpi_of(result, operation)
    name = text("Mean wait") if result is Result.MEAN_WAIT_SECONDS else kpi.name
    return tornado_chart(
        text("{result}: what moves it most", result=name),
        [Swing(bar.name, factor * bar.low, factor * bar.high, factor * bar.middle) for bar in found],
        kpi,
    )


def kpi_of(result: Result, operation: Operation) -> tuple[Kpi, float]:
    """How a result is written, and the factor to that unit."""
    match result:
        case Result.MEAN_WAIT_SECONDS:
            return _WAIT, 1.0
        case Result.SERVICE_LEVEL:
            return CATALOGUE["service_level"], 100.0
        case Result.ABANDONMENT_RATE:
            return CATALOGUE["abandonment_rate"], 100.0
        case Result.OCCUPANCY:
            return CATALOGUE["occupancy"], 100.0
        case Result.COST_PER_MONTH:
            return cost_kpi(operation), 1.0
        case _:
            return contact_cost_kpi(operation), 1.0
