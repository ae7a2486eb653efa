from datetime import date

import pytest

from cs_planning.goals.plan.due_days import due_day, order_of_days
from cs_planning.kpis.cells.moments import DateOrder

TUESDAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-12-05", "2026-12-05"),
        ("5 Dec", "2026-12-05"),
        ("December 5, 2026", "2026-12-05"),
        ("5.12.2026", "2026-12-05"),
        ("25/12", "2026-12-25"),
        ("by Friday", "2026-11-13"),
        ("Tue", "2026-11-10"),
        ("next Friday", "2026-11-20"),
        ("tomorrow", "2026-11-11"),
        ("end of November", "2026-11-30"),
        ("12月5日", "2026-12-05"),
        ("令和8年12月5日", "2026-12-05"),
        ("金曜まで", "2026-11-13"),
        ("来週の金曜日", "2026-11-20"),
        ("月末", "2026-11-30"),
        ("13/10", "2026-10-13"),
    ],
)
def test_a_day_is_read_as_people_write_it(written, day):
    assert due_day(written, TUESDAY) == date.fromisoformat(day)


@pytest.mark.parametrize("written", ["", "soon", "5/12/2026", "5/12", "2026-02-30", "99/99"])
def test_what_is_no_day_or_may_be_two_is_not_guessed(written):
    assert due_day(written, TUESDAY) is None


def test_a_column_tells_the_order_of_its_figures():
    assert order_of_days(["5/12", "25/12"]) is DateOrder.DAY_FIRST
    assert order_of_days(["", "12/25/2026"]) is DateOrder.MONTH_FIRST
    assert order_of_days(["5/12"]) is None
    assert due_day("5/12", TUESDAY, DateOrder.DAY_FIRST) == date(2026, 12, 5)
    assert due_day("5/12", TUESDAY, DateOrder.MONTH_FIRST) == date(2026, 5, 12)
