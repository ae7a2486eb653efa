from datetime import UTC, date, datetime

import pytest

from cs_planning.goals.goal import GoalType, Stage
from cs_planning.kpis.frequency import Frequency
from cs_planning.workspace import Save

NOW, TODAY = datetime(2026, 1, 15, tzinfo=UTC), date(2026, 1, 15)
ROWS = "".join(
    f"{2024 + month // 12}-{month % 12 + 1:02},{channel},{value},{answers}\n"
    for month in range(24)
    for channel, value, answers in (("phone", 80, 300), ("email", 84, 100))
)


def test_goals_for_the_parts_of_a_goal_are_kept_at_once_as_drafts_below_it(workspace):
    content = ("Month,Channel,CSAT (%),CSAT answers\n" + ROWS).encode()
    workspace.data.import_file("parts.csv", content, save=Save("t", "parts", NOW))
    whole = "Month,CSAT (%),CSAT answers\n" + "".join(
        f"{2024 + month // 12}-{month % 12 + 1:02},81,400\n" for month in range(24)
    )
    workspace.data.import_file("whole.csv", whole.encode(), save=Save("t", "whole", NOW))
    draft = workspace.planning.draft("csat", Frequency.MONTH, GoalType.SATISFACTION, TODAY)
    above = workspace.planning.save_draft(draft.model_copy(update={"primary": 84.0}), save=Save("t", "above", NOW))
    ways = workspace.parts.ways(above)
    assert list(ways) == [("channel",)]
    parts = workspace.parts.suggested(above, ways["channel",])
    assert {str(one.key): one.target for one in parts} == {
        "csat|channel=phone": pytest.approx(83.0),
        "csat|channel=email": pytest.approx(87.0),
    }
    decided = workspace.parts.with_targets(parts, [88.0, 82.5])
    for _again in range(2):  # a click that was done twice
        made = workspace.parts.save(above, decided, {"csat|channel=phone": "Ken"}, save=Save("t", "once", NOW))
    below = [one for one in workspace.planning.goals() if one.parent == above.id]
    assert {(one.series, one.primary, one.owner, one.stage) for one in below} == {
        (str(parts[0].key), 88.0, "Ken" if "phone" in str(parts[0].key) else "", Stage.DRAFT),
        (str(parts[1].key), 82.5, "Ken" if "phone" in str(parts[1].key) else "", Stage.DRAFT),
    }
    assert len(made) == 2
    assert all("CSAT" in one.title for one in below)
