from datetime import date

import pytest

from cs_planning.goals.drafts.checks import commit
from cs_planning.goals.following.bulk import changed_in_bulk
from cs_planning.goals.following.history import changes_between, search
from cs_planning.goals.goal import Goal
from cs_planning.goals.sentence import sentence_of
from cs_planning.goals.title import called, is_made, kept_true, title_of
from cs_planning.kpis.catalogue import Unit
from cs_planning.language import use_language

from .builders import TODAY, good_goal, series_of, steady_csat

ENGLISH = "Raise customer satisfaction (CSAT) – email from 82 % to 84 % by Jun 30, 2026"
JAPANESE = "2026年6月30日までに顧客満足度スコア（CSAT） – メールを82%から84%に引き上げる"


def drafted(language: str, **changes: object) -> Goal:
    """A goal whose title is the sentence of its fields, as somebody of that language drafts it."""
    goal = good_goal(**changes)
    with use_language(language):
        return goal.model_copy(update={"title": str(sentence_of(goal))})


@pytest.mark.parametrize("written", ["en", "ja"])
@pytest.mark.parametrize(("read", "said"), [("en", ENGLISH), ("ja", JAPANESE)])
def test_a_made_title_is_read_in_the_readers_language_whoever_drafted_it(written, read, said):
    goal = drafted(written)
    with use_language(read):
        assert str(title_of(goal)) == said


@pytest.mark.parametrize(
    "typed", ["Raise e-mail CSAT from 82 to 84 % by June", "  84％を目指す！ ", f"{ENGLISH}.", "{kpi}", ""]
)
def test_a_typed_title_stays_as_it_was_typed(typed):
    for language in ("en", "ja"):
        with use_language(language):
            assert title_of(good_goal(title=typed)) == typed


def test_a_made_title_that_somebody_edited_is_theirs():
    edited = drafted("en").title.replace("Raise", "Lift")
    with use_language("ja"):
        assert title_of(good_goal(title=edited)) == edited


def test_a_sentence_of_other_values_is_somebodys_words():
    """The title says 84 %; where the target was changed beside it, nobody but its author may change the words."""
    goal = drafted("en").model_copy(update={"primary": 85.0})
    assert not is_made(goal)
    assert title_of(goal) == ENGLISH


def test_one_without_a_title_has_a_word_for_it():
    assert str(called(good_goal(title=""))) == "Untitled goal"
    assert str(called(good_goal(title="Ours"))) == "Ours"


def test_amounts_are_known_in_the_currency_that_they_were_written_in():
    goal = good_goal(series="cost_per_contact", direction="at_most", baseline=None, primary=4.2)
    for currency in ("JPY", "EUR", "XAF"):
        with use_language("en"):
            made = goal.model_copy(update={"title": str(sentence_of(goal, currency=currency))})
        with use_language("ja"):
            assert str(title_of(made)) == str(sentence_of(goal, currency=currency))


@pytest.mark.parametrize("unit", [Unit.PERCENT, Unit.MINUTES, Unit.COUNT])
def test_kpis_of_the_teams_own_are_known_in_the_unit_that_their_data_had(unit):
    series = series_of([3.0, 4.0, 5.0], "escalations")
    own = type(series)(series.key, series.kpi.model_copy(update={"unit": unit}), series.rhythm, series.frame)
    goal = good_goal(series="escalations", baseline=None)
    with use_language("en"):
        made = goal.model_copy(update={"title": str(sentence_of(goal, own))})
    with use_language("ja"):
        assert str(title_of(made)) == str(sentence_of(goal, own)) != made.title


def test_a_made_title_follows_the_fields_and_a_typed_one_does_not():
    made, typed = drafted("ja"), good_goal()
    later = {"deadline": date(2026, 9, 30)}
    changed, left = changed_in_bulk([made, typed], later)
    assert str(title_of(changed)) == ENGLISH.replace("Jun", "Sep")
    assert left.title == typed.title
    assert [change.field for change in changes_between(made, changed)] == ["deadline"]


def test_a_title_that_was_changed_with_the_fields_is_left_alone():
    made = drafted("en")
    assert kept_true(made, made.model_copy(update={"primary": 85.0, "title": "Ours"})).title == "Ours"


def test_the_baseline_that_a_commitment_brings_is_in_its_title():
    committed = commit(drafted("en", baseline=None), steady_csat(), today=TODAY)
    assert committed.baseline is not None
    assert str(title_of(committed)).startswith("Raise customer satisfaction (CSAT) – email from 82 %")


def test_goals_are_found_by_the_words_that_are_read():
    with use_language("ja"):
        assert search([drafted("en")], "引き上げる")
