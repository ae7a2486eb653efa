"""A currency that only files with amounts fixed goes with the last of them; what somebody said or rests on stays."""

from __future__ import annotations

import pytest

from cs_planning.automation.team.reading import read_operation
from cs_planning.errors import ImportProblems
from cs_planning.goals.goal import Direction
from cs_planning.kpis.currency import Currency
from cs_planning.workspace.layers.undoing import words_of_currency
from tests.storage.building import goal
from tests.workspace.layers.undo_files import by, monthly, put

EUROS = monthly("Service cost (EUR)", "2026-02", [900.0, 1000.0])
MORE_EUROS = monthly("Service cost (EUR)", "2026-04", [950.0, 970.0])
TEAM = {"contacts_per_day": 50, "handle_time_seconds": 600, "agents": 5, "cost_per_agent_hour": 28, "currency": "EUR"}
YEN = monthly("Service cost (JPY)", "2026-02", [90_000.0, 100_000.0])


def test_the_currency_of_the_only_file_with_amounts_goes_with_it_and_is_named_before(workspace):
    euros = put(workspace, "euros.csv", 1, EUROS)
    assert workspace.money.currency.code == "EUR"
    with pytest.raises(ImportProblems):
        put(workspace, "yen.csv", 2, YEN)
    preview = workspace.data.undo.preview(euros)
    assert preview.currency == Currency(code="USD")
    assert str(words_of_currency(preview)).startswith("Amounts are counted in USD again")
    assert workspace.money.currency.code == "EUR"
    assert workspace.data.undo.undo(euros, save=by(3)).currency == Currency(code="USD")
    assert workspace.money.currency == Currency(code="USD")
    assert not workspace.data.currency.is_chosen
    put(workspace, "yen.csv", 4, YEN)
    assert workspace.money.currency.code == "JPY"


def test_the_currency_stays_as_long_as_another_import_holds_amounts(workspace):
    first, second = put(workspace, "euros.csv", 1, EUROS), put(workspace, "more-euros.csv", 2, MORE_EUROS)
    assert workspace.data.undo.undo(first, save=by(3)).currency is None
    assert workspace.money.currency.code == "EUR"
    assert workspace.data.undo.undo(second, save=by(4)).currency is not None
    assert workspace.money.currency.code == "USD"


def test_a_file_without_amounts_leaves_the_currency_as_it_is(workspace):
    put(workspace, "euros.csv", 1, EUROS)
    other = put(workspace, "occupancy.csv", 2)
    assert workspace.data.undo.undo(other, save=by(3)).currency is None
    assert workspace.money.currency.code == "EUR"


def test_a_currency_that_somebody_chose_stays(workspace):
    euros = put(workspace, "euros.csv", 1, EUROS)
    workspace.money.choose("EUR", save=by(2))
    assert workspace.data.undo.undo(euros, save=by(3)).currency is None
    assert workspace.money.currency == Currency(code="EUR", is_chosen=True)


def test_a_currency_in_which_a_goal_is_set_stays_until_the_goal_is_archived(workspace):
    euros = put(workspace, "euros.csv", 1, EUROS)
    kept = workspace.planning.save_draft(goal(series="service_cost", direction=Direction.AT_MOST, primary=800.0), save=by(2))
    assert workspace.data.undo.preview(euros).currency is None
    workspace.planning.archive(kept, save=by(3))
    assert workspace.data.undo.preview(euros).currency == Currency(code="USD")


def test_a_currency_in_which_the_wages_of_the_team_are_given_stays(workspace):
    euros = put(workspace, "euros.csv", 1, EUROS)
    workspace.what_if.kept.save_operation(read_operation(TEAM), save=by(2))
    assert workspace.data.undo.undo(euros, save=by(3)).currency is None
    assert workspace.money.currency.code == "EUR"
