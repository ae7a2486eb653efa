"""Texts are data until somebody reads them."""

from datetime import date

import pytest

from cs_planning.language import (
    Money,
    Period,
    Text,
    current_language,
    listed,
    listed_texts,
    nearest_language,
    ntext,
    shown_number,
    text,
    use_language,
)


def test_a_text_is_written_in_the_language_of_whoever_reads_it():
    due = text("due {day}", day=date(2027, 3, 31))
    with use_language("en"):
        assert str(due) == "due Mar 31, 2027"
    with use_language("ja"):
        assert "2027年3月31日" in str(due)


def test_a_text_survives_storage_and_is_still_translatable():
    stored = text("{kpi}: {value}", kpi=text("Backlog"), value=3.5).model_dump_json()
    read = Text.model_validate_json(stored)
    with use_language("en"):
        assert str(read) == "Backlog: 3.5"


def test_a_year_that_is_a_text_stays_a_text_when_it_is_stored():
    read = Text.model_validate_json(text("in {year}", year="2026").model_dump_json())
    with use_language("en"):
        assert str(read) == "in 2026"


def test_braces_and_percent_signs_of_a_user_are_left_alone():
    assert str(text("Goal {title}", title="{danger} 100 %s")) == "Goal {danger} 100 %s"


def test_the_count_chooses_the_form():
    with use_language("en"):
        assert str(ntext("{count} goal", "{count} goals", 1)) == "1 goal"
        assert str(ntext("{count} goal", "{count} goals", 1200)) == "1,200 goals"


@pytest.mark.parametrize(
    ("wanted", "language"), [("ja-JP", "ja"), ("ja_JP.UTF-8", "ja"), ("en-GB", "en"), ("fr", "en"), (None, "en"), ("", "en")]
)
def test_the_nearest_language_is_chosen_by_its_primary_tag(wanted, language):
    assert nearest_language(wanted) == language


def test_the_first_wanted_language_that_is_spoken_wins():
    assert nearest_language("fr", "ja", "en") == "ja"


def test_a_language_ends_with_its_block():
    before = current_language()
    with use_language("ja"):
        assert current_language() == "ja"
    assert current_language() == before


def test_numbers_show_about_three_figures_and_a_gap_shows_a_dash():
    with use_language("en"):
        assert [shown_number(value) for value in (1234.5, 87.456, 4.256, 0.5)] == ["1,235", "87.5", "4.26", "0.5"]
        assert shown_number(float("nan")) == "–"


def test_money_carries_its_currency():
    with use_language("en"):
        assert str(text("{cost}", cost=Money(amount=4.2, currency="USD"))) == "$4.20"
    with use_language("ja"):
        assert "1,200" in str(text("{cost}", cost=Money(amount=1200, currency="JPY")))


def test_a_list_of_words_has_the_comma_of_the_language():
    with use_language("en"):
        assert listed(["weekly", 3]) == "weekly, 3"
    with use_language("ja"):
        assert listed([text("weekly"), "月次"]).count("、") == 1


def test_a_list_of_texts_is_translated_by_whoever_reads_it_not_by_whoever_made_it():
    with use_language("en"):
        made = listed_texts([text("weekly"), text("monthly"), "Tōkyō {1}"])
        assert str(made) == "weekly, monthly, Tōkyō {1}"
        assert str(listed_texts([])) == "–"
    with use_language("ja"):
        assert str(Text.model_validate_json(made.model_dump_json())).count("、") == 2
        assert "weekly" not in str(made)


def test_a_month_in_a_stored_sentence_is_written_in_the_language_of_the_reader() -> None:
    said = Text.model_validate_json(text("{period}", period=Period(day=date(2026, 3, 1), length="month")).model_dump_json())
    with use_language("en"):
        assert str(said) == "Mar 2026"
    with use_language("ja"):
        assert str(said) == "2026年3月"
