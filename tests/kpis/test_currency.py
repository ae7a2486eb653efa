"""Which currency is usual, and which one a file names."""

import pytest
from pydantic import ValidationError

from cs_planning.errors import InvalidOperation
from cs_planning.kpis.currency import KNOWN, Currency, checked_currency, currencies_shown, currency_written, usual_currency


@pytest.mark.parametrize(
    ("language", "country", "locale", "expected"),
    [
        ("ja", "", "", "JPY"),
        ("ja", "US", "en-US", "JPY"),
        ("en", "", "", "USD"),
        ("en", "", "en", "USD"),
        ("en", "", "C.UTF-8", "USD"),
        ("en", "", "en_GB.UTF-8", "GBP"),
        ("en", "", "de-CH", "CHF"),
        ("en", "", "de", "EUR"),
        ("en", "DE-BY", "en-US", "EUR"),
        ("en", "JP", "", "JPY"),
        ("en", "", "xx-such", "USD"),
    ],
)
def test_the_usual_currency_follows_the_language_then_the_country_then_the_locale(language, country, locale, expected):
    assert usual_currency(language, country, locale) == expected


@pytest.mark.parametrize(
    ("written", "own", "expected"),
    [
        ("Cost (EUR)", "JPY", "EUR"),
        ("Service cost in euros", "JPY", "EUR"),
        ("費用（千円）", "USD", "JPY"),
        ("1,200円", "USD", "JPY"),
        ("￥500", "JPY", "JPY"),
        ("¥500", "CNY", "CNY"),
        ("¥500", "EUR", "JPY"),
        ("$1,200", "JPY", "USD"),
        ("$1,200", "CAD", "CAD"),
        ("US$1,200", "CAD", "USD"),
        ("A$ 30", "USD", "AUD"),
        ("£3.20", "USD", "GBP"),
        ("12 米ドル", "JPY", "USD"),
        ("Cost per contact", "JPY", None),
        ("European team", "USD", None),
        ("サポート費用", "JPY", None),
    ],
)
def test_headers_units_and_cells_name_a_currency_and_a_shared_sign_means_the_own_one(written, own, expected):
    assert currency_written(written, own) == expected


def test_a_code_is_three_letters_of_a_currency_that_exists():
    assert checked_currency(" jpy ") == "JPY"
    for wrong in ("", "$$", "XXQ", "YEN"):
        with pytest.raises(InvalidOperation, match="not a currency code"):
            checked_currency(wrong)
    with pytest.raises((ValidationError, InvalidOperation)):
        Currency(code="nope")


def test_the_currencies_of_a_sentence_are_the_offered_ones_and_those_whose_signs_it_shows():
    assert currencies_shown("Lower cost per contact to €4.20") == KNOWN
    assert {"XAF"} <= set(currencies_shown("FCFA4以下に下げる")) - set(KNOWN)
