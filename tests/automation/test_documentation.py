import re
from pathlib import Path

import pytest

from cs_planning.automation.levers.registry import LEVERS
from cs_planning.automation.scenarios.scenario import Scenario, simulate
from cs_planning.automation.team.reading import read_model, read_operation

PAGE = (Path(__file__).parents[2] / "docs" / "automation.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```json (\w+)\n(.*?)```", PAGE, re.DOTALL)
OPERATIONS = [written for kind, written in BLOCKS if kind == "operation"]
SCENARIOS = [written for kind, written in BLOCKS if kind == "scenario"]


@pytest.mark.parametrize("written", OPERATIONS)
def test_the_files_of_the_page_can_be_simulated(written):
    scenarios = [read_model(Scenario, scenario) for scenario in SCENARIOS]
    assert scenarios
    comparison = simulate(read_operation(written), scenarios, draws=32)
    assert len(comparison.outcomes) == 1 + len(scenarios)


@pytest.mark.parametrize("lever", LEVERS)
def test_every_lever_is_on_the_page(lever):
    assert f"| {lever.model_fields['kind'].default} |" in PAGE


def test_every_module_named_on_the_page_exists():
    top = Path(__file__).parents[2]
    folders = (top, top / "cs_planning", top / "cs_planning" / "automation")
    named = set(re.findall(r"`([\w/]+\.py)`", PAGE))
    assert named
    assert [name for name in named if not any((folder / name).exists() for folder in folders)] == []
