"""What a header says of the clock of its cells: its time zone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from cs_planning.kpis.columns.names.clocks import zone_in


@pytest.mark.parametrize(
    ("header", "zone"),
    [
        ("Created (UTC)", "UTC"),
        ("Solved at (JST)", "Asia/Tokyo"),
        ("作成日時（JST）", "Asia/Tokyo"),
        ("作成日時（日本時間）", "Asia/Tokyo"),
        ("Created at [GMT+9]", "Etc/GMT-9"),
        ("Created at (UTC+09:00)", "Etc/GMT-9"),
        ("Created at (UTC-5)", "Etc/GMT+5"),
        ("Conversation started at (America/New_York)", "America/New_York"),
        ("Created UTC", "UTC"),
        ("created_at_utc", "UTC"),
        ("Closed (Eastern Time)", "America/New_York"),
        ("Created at", None),
        ("Created (local)", None),
        ("First reply (h:mm)", None),
        ("CSAT (1-5)", None),
    ],
)
def test_a_header_names_the_zone_of_its_times(header: str, zone: str | None) -> None:
    assert zone_in(header) == zone
    if zone is not None:
        assert ZoneInfo(zone).key == zone
