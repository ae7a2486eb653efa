from datetime import date

import pytest

from cs_planning.errors import InvalidSeries
from cs_planning.kpis.calendar.public_holidays import countries, parts_of, public_holidays
from cs_planning.language import use_language


def test_a_country_has_its_holidays_and_a_part_of_it_more():
    canada = public_holidays("CA", date(2026, 1, 1), date(2026, 12, 31))
    columbia = public_holidays("CA-BC", date(2026, 1, 1), date(2026, 12, 31))
    assert date(2026, 7, 1) in canada
    assert set(canada) < set(columbia)


def test_both_ends_count_and_years_are_joined():
    found = public_holidays("DE", date(2025, 12, 25), date(2026, 1, 1))
    assert list(found) == [date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1)]


def test_a_holiday_on_a_sunday_moves_where_the_law_says_so():
    assert date(2026, 5, 6) in public_holidays("JP", date(2026, 5, 1), date(2026, 5, 31))


def test_no_place_has_no_holidays_and_an_unknown_one_is_named():
    assert public_holidays("", date(2026, 1, 1), date(2026, 12, 31)) == {}
    for place in ("XX", "DE-XX"):
        with pytest.raises(InvalidSeries, match=place):
            public_holidays(place, date(2026, 1, 1), date(2026, 12, 31))


def test_countries_are_named_in_the_language_of_the_screen():
    with use_language("ja"):
        assert countries()["JP"] == "日本"
    with use_language("en"):
        assert countries()["JP"] == "Japan"
    assert "BC" in parts_of("CA")
    assert parts_of("XX") == ()
