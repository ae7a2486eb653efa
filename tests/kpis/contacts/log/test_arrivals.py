"""When contacts arrive, from the files of a contact log."""

import numpy as np
import pandas as pd
import pytest

from cs_planning.errors import StorageUnavailable
from cs_planning.kpis.contacts.log.arrivals import arrivals_by_hour
from cs_planning.kpis.contacts.log.manifest import Manifest, merge_contacts


def written(folder, moments, channels):
    frame = pd.DataFrame(
        {
            "contact_id": [str(number) for number in range(len(moments))],
            "kind": "call",
            "created_at": pd.to_datetime(moments),
            "channel": channels,
        }
    )
    return merge_contacts(folder, Manifest(), frame).paths(folder)


def test_weekdays_and_hours_are_averaged_over_the_days_with_contacts(tmp_path):
    mondays = ["2026-03-02 09:10", "2026-03-02 09:50", "2026-03-09 09:30", "2026-03-09 11:00"]
    files = written(tmp_path, [*mondays, "2026-03-10 14:00"], ["Phone"] * 5)
    found = arrivals_by_hour(files, ("phone",))
    assert found[0, 9] == pytest.approx(1.5)
    assert found[0, 11] == pytest.approx(0.5)
    assert found[1, 14] == 1
    assert found.sum() == pytest.approx(3)


def test_only_the_channel_counts_and_only_recent_days(tmp_path):
    files = written(tmp_path, ["2026-01-05 09:00", "2026-06-01 10:00", "2026-06-01 10:00"], ["phone", "phone", "chat"])
    found = arrivals_by_hour(files, ("phone",))
    assert found[0, 10] == 1
    assert found.sum() == 1


def test_contacts_without_channels_count_where_none_has_one(tmp_path):
    files = written(tmp_path, ["2026-06-01 10:00", "2026-06-01 12:00"], [None, None])
    assert np.array_equal(np.flatnonzero(arrivals_by_hour(files, ("phone",))[0]), [10, 12])


def test_nothing_is_said_without_contacts_or_times_of_day(tmp_path):
    assert arrivals_by_hour([], ("phone",)) is None
    assert arrivals_by_hour(written(tmp_path, ["2026-06-01", "2026-06-02"], ["phone"] * 2), ("phone",)) is None
    assert arrivals_by_hour(written(tmp_path / "other", ["2026-06-01 10:00"], ["chat"]), ("phone",)) is None


def test_a_file_that_is_gone_is_said(tmp_path):
    with pytest.raises(StorageUnavailable):
        arrivals_by_hour([tmp_path / "gone.parquet"], ("phone",))
