"""Levers with the usual prices of the team's currency, the same on every screen."""

from __future__ import annotations

from cs_planning.automation.levers.registry import Lever
from cs_planning.automation.scenarios.scenario import Scenario
from cs_planning.automation.team.operation import Operation
from cs_planning.errors import InvalidOperation


def priced_lever(lever: Lever, currency: str) -> Lever:
    """The lever with usual prices in a currency; free of charge until somebody writes the price, where nobody knows it."""
    try:
        return lever.in_currency(currency)
    except InvalidOperation:
        return lever.model_copy(update={"price_per_resolution": 0.0})


def priced(scenario: Scenario, operation: Operation) -> Scenario:
    """A scenario as it is computed for a team: prices that nobody wrote are those that are usual in its currency."""
    return scenario.model_copy(update={"levers": tuple(priced_lever(lever, operation.currency) for lever in scenario.levers)})
