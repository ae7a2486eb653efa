from datetime import date

import pytest

from cs_planning.errors import InvalidGoal
from cs_planning.goals.appraisal.sheet import SheetStage, Talk, TalkKind
from cs_planning.goals.appraisal.talks import due_talks, with_talk
from tests.goals.appraisal.test_agreement import sheet


def due(today, *talks, **changes):
    return [(one.kind, one.since) for one in due_talks([sheet(talks=talks, **changes)], today)]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 31), []),
        (date(2026, 4, 1), [(TalkKind.START, date(2026, 4, 1))]),
        (date(2026, 6, 29), [(TalkKind.START, date(2026, 4, 1))]),
        (date(2026, 7, 1), [(TalkKind.HALF_WAY, date(2026, 7, 1))]),
        (date(2026, 9, 30), [(TalkKind.END, date(2026, 9, 30))]),
    ],
)
def test_the_talk_of_the_time_is_due_and_no_earlier_one(today, expected):
    assert due(today) == expected


def test_a_talk_that_was_held_is_not_due_any_more():
    assert due(date(2026, 7, 10), Talk(kind=TalkKind.HALF_WAY, on=date(2026, 7, 5))) == []


def test_a_next_step_comes_back_on_its_day_until_another_talk_follows():
    first = Talk(kind=TalkKind.START, on=date(2026, 4, 2), next_step="Listen to ten calls", next_on=date(2026, 5, 1))
    assert due(date(2026, 4, 30), first) == []
    (again,) = due_talks([sheet(talks=(first,))], date(2026, 5, 1))
    assert (again.kind, again.since, again.step) == (TalkKind.ONE_ON_ONE, date(2026, 5, 1), "Listen to ten calls")
    assert due(date(2026, 5, 2), first, Talk(kind=TalkKind.ONE_ON_ONE, on=date(2026, 5, 1))) == []


def test_of_two_talks_on_one_day_the_later_one_counts():
    day = date(2026, 4, 2)
    first = Talk(kind=TalkKind.START, on=day, next_step="Listen", next_on=date(2026, 5, 1))
    second = Talk(kind=TalkKind.ONE_ON_ONE, on=day, next_step="Call", next_on=date(2026, 5, 3))
    assert due(date(2026, 5, 10), first, second) == [(TalkKind.ONE_ON_ONE, date(2026, 5, 3))]


def test_a_closed_sheet_asks_for_no_talk():
    assert due(date(2026, 9, 30), stage=SheetStage.CLOSED) == []


def test_a_talk_is_put_right_in_its_place_and_by_whom_is_told():
    before = sheet(talks=(Talk(kind=TalkKind.START, on=date(2026, 4, 2), agreed="Two gaols", by="Ken"),))
    right = before.talks[0].model_copy(update={"agreed": "Two goals"})
    (kept,) = with_talk(before, right, by="Aiko", today=date(2026, 4, 5), instead_of=before.talks[0]).talks
    assert (kept.agreed, kept.by, kept.on) == ("Two goals", "Aiko", date(2026, 4, 2))


def test_a_talk_that_was_put_right_by_somebody_else_is_not_put_right_unseen():
    seen = Talk(kind=TalkKind.START, on=date(2026, 4, 2), agreed="Two gaols")
    before = sheet(talks=(seen.model_copy(update={"agreed": "Two goals"}),))
    with pytest.raises(InvalidGoal, match="meanwhile"):
        with_talk(before, seen.model_copy(update={"agreed": "Three"}), by="Ken", today=date(2026, 4, 5), instead_of=seen)


def test_a_talk_that_lies_ahead_was_not_held():
    with pytest.raises(InvalidGoal, match="still to come"):
        with_talk(sheet(), Talk(kind=TalkKind.END, on=date(2026, 9, 30)), by="Ken", today=date(2026, 4, 5))
    with_talk(sheet(), Talk(kind=TalkKind.START, on=date(2026, 4, 6)), by="Ken", today=date(2026, 4, 5))
