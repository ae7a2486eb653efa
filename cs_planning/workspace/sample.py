"""The sample team: what a new user looks at before there is anything of their own."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from collections.abc import Mapping as MappingOf
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cs_planning.automation.reading import read_model, read_operation
from cs_planning.automation.scenario import Scenario
from cs_planning.goals.goal import goal_from_fields
from cs_planning.kpis.mapping import Mapping, Role

if TYPE_CHECKING:
    from cs_planning.workspace import Workspace

FOLDER = Path(__file__).parents[2] / "sample_data"
AUTHOR = "sample"
_CORRECTIONS: MappingOf[str, Callable[[Mapping], Mapping]] = {
    "kpis-monthly.csv": lambda mapping: mapping.with_role("Contacts", Role.SAMPLE_SIZE, "cost_per_contact").with_role(
        "Reviews", Role.SAMPLE_SIZE, "quality_score"
    ),
    "phone-daily.csv": lambda mapping: mapping.with_role("Average speed of answer (s)", Role.ASA).model_copy(
        update={"scope": (("channel", "phone"),)}
    ),
    "tickets.csv": lambda mapping: mapping.with_role("Satisfaction", Role.IGNORE),
}
"""What a user would correct on the Import page: one file is about the telephone, and satisfaction is in the monthly table."""


def sample_wanted() -> bool:
    """Whether a new workspace shall start with the sample team: unless `CS_PLANNING_SAMPLE` is 0 or its files are not there."""
    return os.environ.get("CS_PLANNING_SAMPLE", "1") != "0" and FOLDER.is_dir()


def load_sample(workspace: Workspace, today: date) -> None:
    """Imports the sample files and keeps the sample goals, operation and scenarios.

    Every step has a fixed idempotency key: a start that was interrupted goes on where it was, and two starts at once load it
    once.
    """
    now = datetime.combine(today, time(), UTC)
    for name, corrected in _CORRECTIONS.items():
        table = workspace.data.read(name, (FOLDER / name).read_bytes())
        mapping = corrected(workspace.data.recognise(table).mapping)
        imported = workspace.data.convert(table, mapping, today)
        workspace.data.save(table, mapping, imported, author=AUTHOR, key=f"sample-{name}", now=now)
    for number, fields in enumerate(_json("goals.json")):
        workspace.planning.save_draft(goal_from_fields(fields), author=AUTHOR, key=f"sample-goal-{number}", now=now)
    operation = read_operation(_json("operation.json"))
    workspace.what_if.save_operation(operation, author=AUTHOR, key="sample-operation", now=now)
    for number, fields in enumerate(_json("scenarios.json")):
        workspace.what_if.save_scenario(read_model(Scenario, fields), author=AUTHOR, key=f"sample-scenario-{number}", now=now)


def _json(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
