from datetime import date, timedelta

import pytest

from cs_planning.errors import Conflict, NotFound
from cs_planning.goals.goal import (
    Baseline,
    FinancialGoal,
    GoalType,
    Milestone,
    OperationalGoal,
    SatisfactionGoal,
    Stage,
    TrainingGoal,
)
from cs_planning.storage import Store
from tests.storage.building import NOW, by, goal


def test_a_new_goal_gets_an_id_that_cannot_be_guessed_and_version_one(store: Store):
    first, second = store.goals.save(goal(), save=by()), store.goals.save(goal(), save=by())
    assert first.version == second.version == 1
    assert len(first.id) == 13
    assert first.id != second.id
    assert first.id.isalnum()


@pytest.mark.parametrize(
    "draft",
    [
        OperationalGoal(process="Refunds", milestones=(Milestone(due=date(2026, 4, 1), value=7.5, note="half way"),)),
        SatisfactionGoal(
            title="顧客満足度を上げる 😀 \u202eabc", baseline=Baseline(value=80.0, period=date(2026, 1, 1)), why="x" * 10_000
        ),
        TrainingGoal(programme="Tone", sessions_planned=4, contributors=("Aiko", "Ben"), skill_before=0.1),
        FinancialGoal(title="a\0b", budget=1e9, stage=Stage.ACTIVE, parent="other"),
    ],
    ids=lambda draft: draft.type.value,
)
def test_a_goal_of_each_type_comes_back_as_it_was(store: Store, draft):
    saved = store.goals.save(draft, save=by())
    assert store.goals.load(saved.id) == saved == draft.model_copy(update={"id": saved.id, "version": 1})


def test_a_goal_may_bring_an_id_of_its_own(store: Store):
    assert store.goals.save(goal(id="sample"), save=by()).id == "sample"
    with pytest.raises(Conflict):
        store.goals.save(goal(id="sample", title="Another"), save=by())
    assert store.goals.load("sample").title == "Happier customers"


def test_a_second_click_saves_nothing_and_gets_the_first_result(store: Store):
    key = by(key="form-1")
    first = store.goals.save(goal(), save=key)
    again = store.goals.save(goal(), save=key)
    after_the_page_knows_the_id = store.goals.save(goal(id=first.id, version=first.version), save=key)
    assert first == again == after_the_page_knows_the_id
    assert len(store.goals.list()) == 1
    assert len(store.goals.history(first.id)) == 1


def test_a_second_click_gets_the_first_result_even_after_a_later_save(store: Store):
    key = by(key="form-1")
    first = store.goals.save(goal(), save=key)
    store.goals.save(first.model_copy(update={"title": "Later"}), save=by())
    assert store.goals.save(goal(), save=key) == first
    assert store.goals.load(first.id).title == "Later"


def test_a_key_used_for_other_content_is_refused_rather_than_losing_the_edit(store: Store):
    key = by(key="form-1")
    first = store.goals.save(goal(), save=key)
    with pytest.raises(Conflict, match="other content"):
        store.goals.save(first.model_copy(update={"title": "Edited"}), save=key)
    with pytest.raises(Conflict, match="another document"):
        store.goals.save(goal(id="other"), save=key)
    assert [kept.title for kept in store.goals.list()] == ["Happier customers"]


def test_somebody_elses_save_in_between_is_not_overwritten(store: Store):
    opened = store.goals.save(goal(), save=by())
    theirs = store.goals.save(opened.model_copy(update={"primary": 90.0}), save=by("Ben"))
    mine = opened.model_copy(update={"primary": 80.0})
    with pytest.raises(Conflict, match=r"Ben saved “Happier customers” .* version 1, and version 2") as caught:
        store.goals.save(mine, save=by("Aiko"))
    assert (caught.value.mine, caught.value.theirs) == (mine, theirs)
    assert store.goals.load(opened.id) == theirs
    resolved = store.goals.save(mine.model_copy(update={"version": theirs.version}), save=by("Aiko"))
    assert resolved.version == 3


def test_a_goal_that_is_not_there_is_not_found(store: Store):
    with pytest.raises(NotFound, match="goal nowhere"):
        store.goals.load("nowhere")
    with pytest.raises(NotFound):
        store.goals.save(goal(id="nowhere", version=3), save=by())
    with pytest.raises(NotFound):
        store.goals.history("nowhere")
    saved = store.goals.save(goal(), save=by())
    with pytest.raises(NotFound):
        store.goals.load(saved.id, version=2)


def test_goals_are_filtered_by_every_fact_and_ordered_by_deadline(store: Store):
    late = store.goals.save(goal(deadline=date(2026, 12, 31), team="Phone"), save=by())
    soon = store.goals.save(goal(deadline=date(2026, 3, 31), owner="Ben", stage=Stage.ACTIVE), save=by())
    never = store.goals.save(OperationalGoal(title="Draft", series="aht_mean", parent=late.id), save=by())
    assert store.goals.list() == (soon, late, never)
    assert store.goals.list(Stage.ACTIVE) == (soon,)
    assert store.goals.list(type=GoalType.OPERATIONAL) == (never,)
    assert store.goals.list(owner="Ben") == (soon,)
    assert store.goals.list(team="Phone") == (late,)
    assert store.goals.list(series="aht_mean") == (never,)
    assert store.goals.list(parent=late.id) == (never,)
    assert store.goals.list(deadline_from=date(2026, 3, 31), deadline_to=date(2026, 6, 30)) == (soon,)
    assert store.goals.list(deadline_from=date(2026, 4, 1), type=GoalType.SATISFACTION) == (late,)


def test_the_history_tells_who_changed_what_and_when(store: Store):
    first = store.goals.save(goal(), save=by("Aiko"))
    second = store.goals.save(first.model_copy(update={"primary": 90.0}), save=by("Ben", after_minutes=10))
    newest, oldest = store.goals.history(first.id)
    assert (newest.version, newest.action, newest.author, newest.at) == (2, "changed", "Ben", NOW + timedelta(minutes=10))
    assert (newest.before, newest.after) == (first, second)
    assert (oldest.action, oldest.before, oldest.after) == ("created", None, first)
    assert store.goals.load(first.id, version=1) == first


def test_archiving_takes_a_goal_off_the_lists_and_restoring_brings_it_back(store: Store):
    saved = store.goals.save(goal(stage=Stage.ACTIVE), save=by())
    archived = store.goals.archive(saved.id, version=1, save=by("Ben"))
    assert (archived.stage, archived.version) == (Stage.ARCHIVED, 2)
    assert store.goals.list() == ()
    assert store.goals.list(Stage.ARCHIVED) == (archived,)
    assert store.goals.load(saved.id) == archived
    restored = store.goals.restore(saved.id, to_version=1, version=2, save=by())
    assert restored == saved.model_copy(update={"version": 3})
    assert store.goals.list() == (restored,)
    assert [change.action for change in store.goals.history(saved.id)] == ["restored", "archived", "created"]


def test_archiving_and_restoring_happen_once_for_each_key_and_respect_the_lock(store: Store):
    saved = store.goals.save(goal(), save=by())
    key = by(key="archive")
    assert store.goals.archive(saved.id, version=1, save=key) == store.goals.archive(saved.id, version=1, save=key)
    with pytest.raises(Conflict) as caught:
        store.goals.archive(saved.id, version=1, save=by())
    assert caught.value.theirs == store.goals.load(saved.id)
    with pytest.raises(Conflict):
        store.goals.restore(saved.id, to_version=1, version=1, save=by())
    key = by(key="restore")
    first = store.goals.restore(saved.id, to_version=1, version=2, save=key)
    assert store.goals.restore(saved.id, to_version=1, version=2, save=key) == first
    assert len(store.goals.history(saved.id)) == 3


def test_saving_several_goals_is_all_or_nothing(store: Store):
    kept = store.goals.save(goal(), save=by())
    stale = kept.model_copy(update={"version": 7})
    with pytest.raises(Conflict):
        store.goals.save_all([goal(title="New"), stale], save=by(key="sheet"))
    assert store.goals.list() == (kept,)
    key = by(key="sheet")
    both = store.goals.save_all([goal(title="New"), kept.model_copy(update={"title": "Renamed"})], save=key)
    assert store.goals.save_all([goal(title="New"), kept.model_copy(update={"title": "Renamed"})], save=key) == both
    assert {saved.title for saved in store.goals.list()} == {"New", "Renamed"}


@pytest.mark.load
def test_three_hundred_goals_are_saved_and_listed_quickly(store: Store):
    store.goals.save_all([goal(title=f"Goal {number}") for number in range(300)], save=by())
    assert len(store.goals.list(team="E-mail")) == 300
