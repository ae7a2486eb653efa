"""What the product knows about a kind is said whole: each option is a setting of the model, each name a name of its own."""

from typing import Any

import pytest

from cs_planning.notebook.cells.cell import GoalCell
from cs_planning.notebook.cells.kind import CellKind
from cs_planning.notebook.cells.option import GOAL
from cs_planning.notebook.cells.page_head import Parameters
from cs_planning.notebook.registry import KINDS

NOT_SET_BY_HAND = {"audit"}
"""For a workspace that keeps several audits; this one keeps one."""


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_each_option_is_a_setting_of_the_model_and_each_setting_an_option(kind: CellKind[Any]) -> None:
    settings = set(kind.cell.model_fields) - {"id", "kind", "title", "hidden", "collapsed"}
    assert {option.field for option in kind.options} == settings - NOT_SET_BY_HAND


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_the_parameters_of_a_kind_are_parameters_of_a_page(kind: CellKind[Any]) -> None:
    assert set(kind.parameters) <= set(Parameters.model_fields)


def test_a_cell_about_a_goal_lets_one_choose_the_goal_first() -> None:
    about_goals = [kind for kind in KINDS.values() if issubclass(kind.cell, GoalCell)]
    assert about_goals
    assert all(kind.options[0] == GOAL for kind in about_goals)


def test_the_sliders_of_a_page_move_what_scenarios_compute_and_nothing_else() -> None:
    assert {name for name, kind in KINDS.items() if kind.is_movable} == {"scenario", "frontier"}
