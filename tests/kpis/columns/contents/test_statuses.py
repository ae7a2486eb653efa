"""What a status says of a contact: open, closed, or never one."""

import pytest

from cs_planning.kpis.columns.contents.statuses import CLOSED, NEVER, OPEN, read_direction, read_status


@pytest.mark.parametrize(
    "word",
    ["Spam", "Closed - duplicate", "prank call", "Hoax", "いたずら", "いたずら電話", "取消", "9 - Cancelled", "対応不要"],
)
def test_pranks_duplicates_and_cancelled_rows_are_no_contacts(word):
    assert read_status(word) == NEVER


@pytest.mark.parametrize(("word", "meaning"), [("済", CLOSED), ("対応中", OPEN), ("6 - Closed", CLOSED), ("いろいろ", None)])
def test_other_words_say_whether_it_is_open_or_nothing(word, meaning):
    assert read_status(word) == meaning


@pytest.mark.parametrize(
    ("cell", "way"),
    [
        ("Inbound Queue", "incoming"),
        ("Incoming (toll-free)", "incoming"),
        ("着信（キュー）", "incoming"),
        ("Outbound campaign", "outgoing"),
        ("Internal - extension", "outgoing"),
        ("発信（転送）", "outgoing"),
        ("発着信", None),
        ("Inbound to outbound transfer", None),
        ("Main line", None),
    ],
)
def test_a_direction_inside_a_longer_cell_is_read_where_it_names_one_way(cell: str, way: str | None) -> None:
    assert read_direction(cell) == way
