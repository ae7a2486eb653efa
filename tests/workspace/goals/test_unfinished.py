"""The targets with which a draft begins."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from cs_planning.goals.goal import GoalType
from cs_planning.kpis.frequency import Frequency
from cs_planning.workspace import Save

NOW, TODAY = datetime(2026, 1, 15, tzinfo=UTC), date(2026, 1, 15)


def drafted(workspace, kpi, values):
    months = [f"{2023 + number // 12}-{1 + number % 12:02}" for number in range(len(values))]
    rows = "\n".join(f"{month},{value:.2f}" for month, value in zip(months, values, strict=True))
    workspace.data.import_file("kpis.csv", f"Month,{kpi}\n{rows}\n".encode(), save=Save("t", kpi, NOW))
    (series,) = {str(one.key) for one in workspace.data.series_list()}
    return workspace.planning.draft(series, Frequency.MONTH, GoalType.OPERATIONAL, TODAY)


@pytest.mark.parametrize(
    ("kpi", "around", "noise"), [("CSAT (%)", 84, 1.5), ("NPS", 30, 5), ("Cost per contact (USD)", 7, 0.4)]
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_draft_is_better_than_today_and_within_reach(workspace, kpi, around, noise, seed):
    goal = drafted(workspace, kpi, np.random.default_rng(seed).normal(around, noise, 36))
    outlook, sign = workspace.planning.outlook(goal, TODAY), goal.direction.sign
    assert sign * goal.floor < sign * goal.primary < sign * goal.stretch
    assert sign * goal.primary > sign * goal.baseline.value
    best = workspace.planning.outlook(goal.model_copy(update={"primary": goal.baseline.value}), TODAY).primary.probability
    assert outlook.primary.probability >= min(0.2, 0.6 * best)
    assert outlook.primary.probability <= 0.62


def test_a_draft_on_a_short_history_keeps_the_usual_swing_as_its_target(workspace):
    goal = drafted(workspace, "CSAT (%)", [80, 82, 81])
    assert workspace.planning.outlook(goal, TODAY).primary is None
    assert goal.primary > goal.baseline.value == goal.floor
