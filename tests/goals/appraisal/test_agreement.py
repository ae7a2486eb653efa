from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_planning.errors import InvalidGoal
from cs_planning.goals.appraisal.agreement import changes_since_agreed, steps_of, taken, writable
from cs_planning.goals.appraisal.sheet import GoalSheet, SheetLine, SheetStage, SheetStep
from tests.goals.builders import good_goal

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
GOALS = {"g1": good_goal(), "g2": good_goal(id="g2", title="Answer faster")}
FORWARD = (SheetStep.PROPOSE, SheetStep.AGREE, SheetStep.APPRAISE_ONESELF, SheetStep.APPRAISE, SheetStep.CLOSE)


def sheet(**changes) -> GoalSheet:
    lines = (
        SheetLine(goal_id="g1", weight_percent=60, own_grade="A", superior_grade="B"),
        SheetLine(goal_id="g2", weight_percent=40, own_grade="B", superior_grade="B"),
    )
    fields = {"holder": "Aiko", "superior": "Ken", "start": date(2026, 4, 1), "end": date(2026, 9, 30), "lines": lines}
    return GoalSheet(**{**fields, **changes})


def walked(begun: GoalSheet, *steps: SheetStep, goals=GOALS, **options) -> GoalSheet:
    for step in steps:
        begun = taken(begun, step, goals, by="Ken", at=NOW, comment="Since the team has grown.", **options)
    return begun


def test_a_sheet_goes_from_draft_to_close_and_keeps_who_did_what():
    closed = walked(sheet(), *FORWARD)
    assert closed.stage is SheetStage.CLOSED
    assert [event.step for event in closed.events] == list(FORWARD)
    assert closed.last(SheetStep.AGREE).by == "Ken"
    assert [terms.goal.primary for terms in closed.agreed] == [84, 84]
    assert [terms.weight_percent for terms in closed.agreed] == [60, 40]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"lines": ()}, "no goal on the sheet"),
        ({"lines": (SheetLine(goal_id="g1", weight_percent=90),)}, "add up to 90 %, not to 100 %"),
        ({"lines": (SheetLine(goal_id="gone", weight_percent=100),)}, "not there any more"),
    ],
)
def test_what_is_missing_on_a_sheet_is_said_before_it_is_proposed(broken, said):
    with pytest.raises(InvalidGoal, match=said):
        walked(sheet(**broken), SheetStep.PROPOSE)


def test_a_goal_without_a_target_is_not_proposed():
    with pytest.raises(InvalidGoal, match="“Answer faster” has no target"):
        walked(sheet(), SheetStep.PROPOSE, goals={**GOALS, "g2": GOALS["g2"].model_copy(update={"primary": None})})


@pytest.mark.parametrize("step", [SheetStep.ASK_FOR_CHANGES])
@pytest.mark.parametrize("reason", ["", "   "])
def test_changes_are_asked_for_with_a_reason(step, reason):
    proposed = walked(sheet(), SheetStep.PROPOSE)
    with pytest.raises(InvalidGoal, match="what should change"):
        taken(proposed, step, GOALS, by="Ken", at=NOW, comment=reason)
    asked = walked(proposed, step)
    assert (asked.stage, asked.events[-1].comment) == (SheetStage.DRAFT, "Since the team has grown.")


def test_what_is_agreed_changes_only_by_a_re_plan_that_is_agreed_again():
    agreed = walked(sheet(), SheetStep.PROPOSE, SheetStep.AGREE)
    assert not writable(agreed.stage, with_agreement=True).goals
    later = {**GOALS, "g1": GOALS["g1"].model_copy(update={"primary": 82.5, "title": "Another title"})}
    (change,) = changes_since_agreed(agreed.terms_of("g1"), later["g1"])
    assert (change.field, str(change.before), str(change.after)) == ("primary", "84 %", "82.5 %")
    replanned = walked(agreed, SheetStep.REPLAN, goals=later)
    assert writable(replanned.stage, with_agreement=True).goals
    assert replanned.terms_of("g1").goal.primary == 84, "the old terms count until the new ones are agreed"
    again = walked(replanned, SheetStep.PROPOSE, SheetStep.AGREE, goals=later)
    assert again.terms_of("g1").goal.primary == 82.5
    assert changes_since_agreed(again.terms_of("g1"), later["g1"]) == ()


@pytest.mark.parametrize(
    ("steps", "next_step"),
    [
        ((SheetStep.PROPOSE, SheetStep.AGREE), SheetStep.APPRAISE_ONESELF),
        ((SheetStep.PROPOSE, SheetStep.AGREE, SheetStep.APPRAISE_ONESELF), SheetStep.APPRAISE),
    ],
)
def test_an_appraisal_is_not_handed_in_before_every_goal_has_its_grade(steps, next_step):
    lines = (
        SheetLine(goal_id="g1", weight_percent=60, own_grade="A", superior_grade="A"),
        SheetLine(goal_id="g2", weight_percent=40),
    )
    done = walked(sheet(), *steps).model_copy(update={"lines": lines})
    with pytest.raises(InvalidGoal, match="“Answer faster” has no grade yet"):
        walked(done, next_step)


def test_a_step_that_somebody_took_already_is_refused():
    proposed = walked(sheet(), SheetStep.PROPOSE)
    with pytest.raises(InvalidGoal, match="is “Proposed” now"):
        walked(proposed, SheetStep.PROPOSE)


def test_one_person_alone_grades_and_closes_without_asking_anybody():
    assert steps_of(sheet(), NOW, with_agreement=False) == (SheetStep.CLOSE,)
    closed = walked(sheet(), SheetStep.CLOSE, with_agreement=False)
    assert closed.stage is SheetStage.CLOSED
    opened = walked(closed, SheetStep.TAKE_BACK, with_agreement=False)
    assert opened.stage is SheetStage.DRAFT
    with pytest.raises(InvalidGoal, match="add up to 50 %"):
        walked(sheet(lines=(SheetLine(goal_id="g1", weight_percent=50, own_grade="A"),)), SheetStep.CLOSE, with_agreement=False)


def test_what_was_agreed_stays_when_the_workspace_plans_alone_from_now_on():
    agreed = walked(sheet(), SheetStep.PROPOSE, SheetStep.AGREE)
    assert not writable(agreed.stage, with_agreement=False).goals
    replanned = walked(agreed, SheetStep.REPLAN, with_agreement=False)
    assert writable(replanned.stage, with_agreement=False).goals


@pytest.mark.parametrize("before", [(), FORWARD[:1], FORWARD[:2], FORWARD[:3]])
def test_a_sheet_that_was_closed_alone_opens_where_it_stood_whatever_the_setting_is_then(before):
    begun = walked(sheet(), *before)
    closed = walked(begun, SheetStep.CLOSE, with_agreement=False)
    for with_agreement in (True, False):
        opened = walked(closed, SheetStep.TAKE_BACK, with_agreement=with_agreement)
        assert (opened.stage, opened.agreed) == (begun.stage, begun.agreed)


def test_what_one_person_alone_judged_is_kept_whatever_becomes_of_the_goal():
    closed = walked(sheet(), SheetStep.CLOSE, with_agreement=False)
    assert [terms.goal.primary for terms in closed.agreed] == [84, 84]


def test_a_sheet_whose_goals_were_archived_after_the_agreement_can_be_closed_alone():
    agreed = walked(sheet(), SheetStep.PROPOSE, SheetStep.AGREE)
    assert walked(agreed, SheetStep.CLOSE, goals={}, with_agreement=False).stage is SheetStage.CLOSED


def test_weights_that_miss_the_whole_by_little_are_never_called_the_whole():
    lines = tuple(SheetLine(goal_id=one, weight_percent=33.3) for one in ("g1", "g2", "g3"))
    with pytest.raises(InvalidGoal, match=r"add up to 99\.9 %, not to 100 %"):
        walked(sheet(lines=lines), SheetStep.PROPOSE, goals={**GOALS, "g3": good_goal(id="g3")})


@pytest.mark.parametrize(
    ("way", "back_to"),
    [
        (FORWARD[:2], SheetStage.PROPOSED),
        ((*FORWARD[:2], SheetStep.REPLAN), SheetStage.AGREED),
        ((SheetStep.PROPOSE, SheetStep.ASK_FOR_CHANGES), SheetStage.PROPOSED),
        ((*FORWARD[:3], SheetStep.ASK_FOR_CHANGES), SheetStage.SELF_APPRAISED),
    ],
)
def test_a_step_that_binds_is_taken_back_as_a_slip_on_its_day_and_not_later(way, back_to):
    at = walked(sheet(), *way)
    assert walked(at, SheetStep.TAKE_BACK).stage is back_to
    later = NOW + timedelta(days=2)
    assert SheetStep.TAKE_BACK not in steps_of(at, later, with_agreement=True)
    with pytest.raises(InvalidGoal):
        taken(at, SheetStep.TAKE_BACK, GOALS, by="Ken", at=later)


def test_an_agreement_that_is_taken_back_leaves_what_was_agreed_before_and_nobody_agreed():
    first = walked(sheet(), *FORWARD[:2])
    assert walked(first, SheetStep.TAKE_BACK).agreed == ()
    assert str(walked(first, SheetStep.TAKE_BACK, SheetStep.TAKE_BACK).stage_words(date(2026, 4, 2))) == "Being drafted"
    easier = {**GOALS, "g1": GOALS["g1"].model_copy(update={"primary": 83})}
    second = walked(first, SheetStep.REPLAN, SheetStep.PROPOSE, SheetStep.AGREE, goals=easier)
    assert second.agreed[0].goal.primary == 83
    assert walked(second, SheetStep.TAKE_BACK, goals=easier).agreed == first.agreed
    assert walked(second, SheetStep.TAKE_BACK).last(SheetStep.AGREE) == first.events[1]


def test_a_replan_that_is_taken_back_gives_the_goals_the_weights_that_were_agreed():
    agreed = walked(sheet(), *FORWARD[:2])
    replanned = walked(agreed, SheetStep.REPLAN)
    only = replanned.model_copy(update={"lines": (agreed.lines[0].model_copy(update={"weight_percent": 100}),)})
    back = walked(only.model_copy(update={"taken_off": agreed.lines[1:]}), SheetStep.TAKE_BACK)
    assert (back.stage, back.lines, back.taken_off) == (SheetStage.AGREED, agreed.lines, ())


def test_what_was_handed_in_and_changed_since_is_not_handed_in_again_by_taking_back_the_wish_for_changes():
    asked = walked(sheet(), SheetStep.PROPOSE, SheetStep.ASK_FOR_CHANGES)
    with pytest.raises(InvalidGoal, match="add up to 60 %"):
        walked(asked.model_copy(update={"lines": asked.lines[:1]}), SheetStep.TAKE_BACK)


@given(st.lists(st.sampled_from(list(SheetStep)), max_size=15))
def test_whatever_is_tried_only_one_side_may_write_at_a_time_and_agreed_terms_stand_behind_every_appraisal(steps):
    at = sheet()
    for step in steps:
        if step in steps_of(at, NOW, with_agreement=True):
            at = walked(at, step)
        else:
            with pytest.raises(InvalidGoal):
                walked(at, step)
        may = writable(at.stage, with_agreement=True)
        assert sum((may.goals, may.own, may.superior)) <= 1
        if may.own or may.superior or at.stage in {SheetStage.APPRAISED, SheetStage.CLOSED}:
            assert {terms.goal.id for terms in at.agreed} == {line.goal_id for line in at.lines}
    assert at.stage is (at.events[-1].stage if at.events else SheetStage.DRAFT)
