from datetime import date

import pytest
from pydantic import ValidationError

from cs_planning.goals.appraisal.sheet import SheetLine, SheetStage
from tests.goals.appraisal.test_agreement import FORWARD, sheet, walked


def test_a_sheet_survives_being_written_and_read():
    closed = walked(sheet(), *FORWARD)
    assert type(closed).model_validate_json(closed.model_dump_json()) == closed


@pytest.mark.parametrize(
    "broken",
    [
        {"end": date(2026, 3, 31)},
        {"lines": (SheetLine(goal_id="g1"), SheetLine(goal_id="g1"))},
    ],
)
def test_a_period_that_ends_before_it_begins_and_a_goal_twice_are_no_sheet(broken):
    with pytest.raises(ValidationError):
        sheet(**broken)


def test_what_is_agreed_is_in_progress_once_its_period_has_begun():
    agreed = sheet(stage=SheetStage.AGREED)
    assert str(agreed.stage_words(date(2026, 3, 31))) == "Agreed"
    assert str(agreed.stage_words(date(2026, 4, 1))) == "In progress"


def test_weights_that_miss_the_whole_by_rounding_are_whole():
    thirds = tuple(SheetLine(goal_id=str(one), weight_percent=33.33) for one in range(3))
    assert sheet(lines=thirds).is_whole
    assert not sheet(lines=thirds[:2]).is_whole
