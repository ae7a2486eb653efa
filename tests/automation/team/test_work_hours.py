"""Working hours by weekday: read, refused, and what they do to e-mail."""

import pytest

from cs_planning.automation.scenarios.scenario import point_outcome
from cs_planning.automation.team.channel import Channel, ChannelKind
from cs_planning.automation.team.reading import read_operation
from cs_planning.automation.team.work_hours import spans_of_day, spans_of_week
from cs_planning.errors import InvalidOperation

NINE_TO_FIVE = ["09:00-17:00"] * 5 + ["", ""]


def mail(**changes):
    fields = {
        "kind": "email",
        "contacts_per_day": 400,
        "handle_time_seconds": 600,
        "agents": 11,
        "answer_within_seconds": 28_800,
        "cost_per_agent_hour": 28,
        "currency": "EUR",
    }
    return read_operation({**fields, **changes})


def waits(**changes):
    return point_outcome(mail(**changes)).mean_wait_seconds.median


def test_people_are_busy_as_work_and_hours_of_the_open_days_say():
    busy = point_outcome(mail(hours_by_weekday=NINE_TO_FIVE)).occupancy.median
    assert busy == pytest.approx(400 * 600 / (11 * 8 * 3600))


def test_breaks_and_nights_are_read():
    assert spans_of_day("09:00-12:00, 13:00-18:30") == ((9, 12), (13, 18.5))
    assert spans_of_day("22:00-06:00") == ((22, 30),)
    assert spans_of_day("22:00-00:00") == ((22, 24),)
    assert spans_of_day("") == ()
    assert spans_of_week(["", "22:00-06:00", "", "", "", "", ""]) == ((46, 54),)


def test_the_same_hours_by_weekday_are_the_same_team():
    plain = mail(opens_at_hour=9, opening_hours_per_day=8, open_weekdays=[0, 1, 2, 3, 4])
    written = mail(hours_by_weekday=NINE_TO_FIVE)
    assert point_outcome(written).cost_per_month.median == pytest.approx(point_outcome(plain).cost_per_month.median)
    assert point_outcome(written).mean_wait_seconds.median == pytest.approx(point_outcome(plain).mean_wait_seconds.median)


@pytest.mark.parametrize(
    "week",
    [NINE_TO_FIVE, ["08:00-12:00, 14:00-20:00"] * 7, ["22:00-06:00"] * 7, ["", "", "", "", "", "", "20:00-04:00"]],
    ids=["office", "break", "nights", "sunday night"],
)
def test_with_people_without_end_only_the_closed_hours_are_waited_for(week):
    """By hand: whoever comes in a gap waits until its end, half the gap on average; the model's step is half an hour."""
    spans = sorted(spans_of_week(week))
    ends = [(end, start) for (_, end), (start, _) in zip(spans, [*spans[1:], (spans[0][0] + 168, 0)], strict=True)]
    expected = sum((start - end) ** 2 / 2 for end, start in ends) / 168 * 3600
    assert waits(hours_by_weekday=week, agents=100_000) == pytest.approx(expected, abs=900)


def test_closing_a_day_lets_people_wait_longer_and_costs_hours_of_that_day_alone():
    six = [*["09:00-17:00"] * 5, "09:00-13:00", ""]
    assert waits(hours_by_weekday=six, agents=16) < waits(hours_by_weekday=NINE_TO_FIVE, agents=16)
    assert Channel(kind=ChannelKind.EMAIL, handle_time_seconds=1, hours_by_weekday=tuple(six)).hours == pytest.approx(44 / 6)


@pytest.mark.parametrize(
    ("week", "field", "said"),
    [
        (["9 to 5"] + [""] * 6, "hours_by_weekday.0", "09:00-18:00"),
        ([""] * 6 + ["25:00-26:00"], "hours_by_weekday.6", "0:00 to 24:00"),
        (["", "09:00-09:00", "", "", "", "", ""], "hours_by_weekday.1", "no time at work"),
        ([""] * 7, "hours_by_weekday", "at least one weekday"),
        (["09:00-17:00"], "hours_by_weekday", "seven days"),
        (["20:00-10:00", "09:00-17:00", "", "", "", "", ""], "hours_by_weekday", "run into the next"),
        (["09:00-13:00, 12:00-17:00", *[""] * 6], "hours_by_weekday", "run into the next"),
        (["01:00-05:00", *[""] * 5, "20:00-04:00"], "hours_by_weekday", "run into the next"),
    ],
)
def test_hours_that_can_not_be_are_refused_at_their_day(week, field, said):
    with pytest.raises(InvalidOperation) as refused:
        mail(hours_by_weekday=week)
    found = {problem.field: f"{problem.message} {problem.remedy}" for problem in refused.value.problems}
    assert said in found[field]
