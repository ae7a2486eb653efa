"""Series that are read once until the data change."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from cs_planning.errors import NotFound
from cs_planning.kpis.frequency import Frequency
from cs_planning.workspace import Save
from cs_planning.workspace.series_memory import SeriesMemory
from tests.cli.test_commands import KPIS

NOW = datetime(2026, 1, 15, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("kpis_imported")


@pytest.fixture
def memory(workspace):
    return SeriesMemory(workspace.planning._store)


def test_series_that_are_read_together_are_those_that_are_read_one_by_one(workspace, memory):
    places = [(str(info.key), info.frequency) for info in workspace.data.series_list()]
    together = memory.find_all([*places, ("nps|channel=nowhere", Frequency.MONTH)])
    assert set(together) == set(places)
    assert len(places) > 1
    for key, frequency in places:
        alone = workspace.data.series(key, frequency)
        read = together[key, frequency]
        assert (read.key, read.kpi, read.frequency) == (alone.key, alone.kpi, alone.frequency)
        pd.testing.assert_frame_equal(read.frame, alone.frame)


def test_a_new_import_is_seen_by_the_next_look(workspace, memory):
    key, month = "csat", Frequency.MONTH
    before = memory.load(key, month)
    assert memory.find(key, month) is before
    assert memory.find_all([("late", month)]) == {}
    later = KPIS.replace("CSAT", "Late")
    workspace.data.import_file("late.csv", later.encode(), save=Save("t", "late", NOW))
    assert memory.find(key, month) is not before
    assert memory.find("nowhere", month) is None
    with pytest.raises(NotFound):
        memory.load("nowhere", month)
