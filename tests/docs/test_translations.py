"""Every text of the product has its Japanese, and no text is left over."""

import re
from pathlib import Path
from string import Formatter

import pytest

from tests import catalogues

GLOSSARY = Path(__file__).parents[2] / "docs" / "japanese.md"
_JAPANESE = "[ぁ-んァ-ヶー一-龥]"
_HALF_WIDTH = re.compile(rf"{_JAPANESE}\s?[()]|[()]\s?{_JAPANESE}")
_BLANK_BEFORE_PERCENT = re.compile(r"[\d}]\s[%％]")


def places(sentence: str) -> set[str]:
    return {name for _literal, name, _format, _conversion in Formatter().parse(sentence) if name is not None}


def forms(message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_every_text_has_a_translation_and_no_translation_is_unused():
    shown = {message.id for message in catalogues.template() if message.id}
    translated = {message.id for message in catalogues.read("ja") if message.id and all(forms(message))}
    assert not shown - translated, "run `make messages` and translate what is new"
    assert not translated - shown, "run `make messages`"


def test_translations_keep_every_place_of_an_argument():
    for message in catalogues.read("ja"):
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        if sources[0]:
            wanted = set().union(*map(places, sources))
            for form in forms(message):
                assert places(form) <= wanted, message.id
                assert wanted - places(form) <= {"count"}, message.id


def refused() -> list[str]:
    """The words that the glossary of the documentation keeps out of the catalogue."""
    rows = [line.split("|") for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:]
    return [word.strip() for row in rows for word in row[3].split("、")]


def japanese() -> list[str]:
    return [form for message in catalogues.read("ja") if message.id for form in forms(message)]


def test_the_glossary_names_words_to_refuse():
    assert "稼働率" in refused()
    assert all(refused())


@pytest.mark.parametrize("word", refused())
def test_no_text_uses_a_word_that_the_glossary_refuses(word):
    assert [form for form in japanese() if word in form] == []


@pytest.mark.parametrize(
    ("english", "word"),
    [
        ("backlog", "未対応"),
        ("complaint", "クレーム"),
        ("repeat contact", "再問い合わせ"),
        ("service level", "サービスレベル"),
        ("occupancy", "占有率"),
        ("cost per contact", "1件あたりコスト"),
        ("company goal", "経営目標"),
        ("milestone", "マイルストーン"),
    ],
)
def test_a_word_of_the_glossary_is_used_wherever_its_english_stands(english, word):
    assert word in GLOSSARY.read_text(encoding="utf-8")
    said = [message for message in catalogues.read("ja") if message.id and english in str(message.id).lower()]
    assert said
    assert [message.id for message in said if not all(word in form for form in forms(message))] == []


def test_brackets_between_japanese_words_have_full_width_and_no_blank_stands_before_percent():
    assert [form for form in japanese() if _HALF_WIDTH.search(form)] == []
    assert [form for form in japanese() if _BLANK_BEFORE_PERCENT.search(form)] == []


def test_a_span_is_written_with_one_sign_everywhere():
    told = (catalogues.ROOT / "sample_data" / "ja.json").read_text(encoding="utf-8")
    assert [form for form in [*japanese(), told] if "～" in form or re.search(r"\d\s*~\s*\d", form)] == []
