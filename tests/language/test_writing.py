"""Each kind of value is written in one way, as each language writes it."""

from datetime import UTC, date, datetime

import pytest

from cs_planning.language import (
    Chance,
    Duration,
    FileSize,
    Moment,
    Money,
    Percent,
    Period,
    Points,
    Text,
    day_pattern,
    in_brackets,
    in_words,
    percent_pattern,
    sentences,
    shown_number,
    text,
    use_language,
)

NOVEMBER = date(2026, 11, 2)


def in_both(value: object) -> tuple[str, str]:
    said = []
    for language in ("en", "ja"):
        with use_language(language):
            said.append(in_words(value))
    return said[0], said[1]


def test_days_and_moments_are_written_as_people_write_them():
    assert in_both(NOVEMBER) == ("Nov 2, 2026", "2026年11月2日")
    assert in_both(Moment(at=datetime(2026, 11, 2, 9, 5, tzinfo=UTC))) == ("Nov 2, 2026 09:05 UTC", "2026年11月2日 09:05 UTC")


@pytest.mark.parametrize(
    ("period", "english", "japanese"),
    [
        (Period(day=NOVEMBER, length="day"), "Nov 2, 2026", "2026年11月2日"),
        (Period(day=NOVEMBER, length="week"), "W45 2026", "2026年11月2日の週"),
        (Period(day=date(2027, 1, 1), length="week"), "W53 2026", "2026年12月28日の週"),
        (Period(day=NOVEMBER, length="month"), "Nov 2026", "2026年11月"),
        (Period(day=NOVEMBER, length="quarter"), "Q4 2026", "2026年第4四半期"),
        (Period(day=NOVEMBER, length="half-year"), "second half of 2026", "2026年下期"),
        (Period(day=NOVEMBER, length="year"), "2026", "2026年"),
        (Period(day=date(2027, 3, 31), length="quarter", year_begins=4), "Q4 of fiscal 2026", "2026年度第4四半期"),
        (Period(day=date(2026, 4, 1), length="quarter", year_begins=4), "Q1 of fiscal 2026", "2026年度第1四半期"),
        (Period(day=date(2026, 4, 1), length="half-year", year_begins=4), "first half of fiscal 2026", "2026年度上期"),
        (Period(day=date(2027, 3, 31), length="half-year", year_begins=4), "second half of fiscal 2026", "2026年度下期"),
        (Period(day=date(2027, 3, 31), length="year", year_begins=4), "fiscal 2026", "2026年度"),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else "",
)
def test_periods_are_named_as_people_name_them(period, english, japanese):
    assert in_both(period) == (english, japanese)


@pytest.mark.parametrize(
    ("seconds", "english", "japanese"),
    [
        (0, "0 s", "0秒"),
        (0.0312, "0.03 s", "0.03秒"),
        (57.66, "57.7 s", "57.7秒"),
        (59.96, "1 min", "1分"),
        (60, "1 min", "1分"),
        (1161.6645, "19 min 22 s", "19分22秒"),
        (3599.6, "1 h", "1時間"),
        (5400, "1 h 30 min", "1時間30分"),
        (86_399, "24 h", "24時間"),
        (359_999, "100 h", "100時間"),
        (4_442_400, "1,234 h", "1,234時間"),
        (-75, "-1 min 15 s", "-1分15秒"),
        (float("nan"), "–", "–"),
        (float("inf"), "∞", "∞"),
    ],
)
def test_durations_are_said_in_the_units_people_say(seconds, english, japanese):
    assert in_both(Duration(seconds=seconds)) == (english, japanese)


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 kB"),
        (640 * 1024, "640 kB"),
        (100 * 1024**2 - 1, "99.9 MB"),
        (210 * 1024**2, "210 MB"),
        (65_147 * 1024**2, "63.6 GB"),
        (1_500 * 1024**3, "1.4 TB"),
        (3_000 * 1024**4, "3,000 TB"),
    ],
)
def test_room_is_said_in_the_unit_people_say_and_never_as_more_than_it_is(size, said):
    assert in_both(FileSize(bytes=size)) == (said, said)


@pytest.mark.parametrize(
    ("value", "english", "japanese"),
    [
        (Percent(share=0.125, digits=1), "12.5 %", "12.5%"),
        (Percent(share=0.3, digits=1), "30 %", "30%"),
        (Percent(share=-0.0001), "0 %", "0%"),
        (Percent(share=0.2, signed=True), "+20 %", "+20%"),
        (Chance(chance=0.004), "under 1 %", "1%未満"),
        (Chance(chance=0.996), "over 99 %", "99%超"),
        (Chance(chance=1.0), "100 %", "100%"),
        (Points(points=3.25, signed=True), "+3.3 percentage points", "+3.3ポイント"),
        (Points(points=-3), "-3 percentage points", "-3ポイント"),
    ],
    ids=str,
)
def test_percentages_have_the_sign_of_the_language(value, english, japanese):
    assert in_both(value) == (english, japanese)


@pytest.mark.parametrize(
    ("amount", "currency", "english", "japanese"),
    [
        (4.2, "USD", "$4.20", "$4.20"),
        (54_321.4, "USD", "$54,321", "$54,321"),
        (1200, "JPY", "¥1,200", "1,200円"),
        (99_999, "JPY", "¥99,999", "99,999円"),
        (237_529, "JPY", "¥237,529", "23.8万円"),
        (600_000, "JPY", "¥600,000", "60万円"),
        (999_999, "JPY", "¥999,999", "100万円"),
        (5_416_960, "JPY", "¥5,416,960", "541.7万円"),
        (20_000_000, "JPY", "¥20,000,000", "2,000万円"),
        (120_000_000, "JPY", "¥120,000,000", "1億2,000万円"),
        (99_999_999, "JPY", "¥99,999,999", "1億円"),
        (1_234_500_000_000, "JPY", "¥1,234,500,000,000", "1兆2,345億円"),
        (-5_416_960, "JPY", "-¥5,416,960", "-541.7万円"),
        (float("nan"), "JPY", "–", "–"),
    ],
)
def test_money_is_written_with_its_currency_and_in_yen_with_the_large_units(amount, currency, english, japanese):
    assert in_both(Money(amount=amount, currency=currency)) == (english, japanese)


def test_numbers_have_separators_and_no_negative_nothing():
    assert in_both(12_000) == ("12,000", "12,000")
    assert in_both(-0.0) == ("0", "0")
    assert shown_number(-0.04, 1) == "0.0"
    assert shown_number(2.5, 2) == "2.50"


def test_brackets_and_patterns_are_those_of_the_language():
    with use_language("ja"):
        assert in_brackets("件数", 3) == "件数（3）"
        assert (percent_pattern("%.1f"), day_pattern()) == ("%.1f%%", "YYYY年M月D日")
    with use_language("en"):
        assert in_brackets("count", 3) == "count (3)"
        assert (percent_pattern("%.1f"), day_pattern()) == ("%.1f %%", "MMM D, YYYY")


@pytest.mark.parametrize(
    "value",
    [
        Percent(share=0.5),
        Chance(chance=0.5),
        Points(points=2),
        Duration(seconds=90),
        FileSize(bytes=10**9),
        Money(amount=3, currency="EUR"),
        Period(day=NOVEMBER, length="quarter", year_begins=4),
        Moment(at=datetime(2026, 11, 2, 9, 5, tzinfo=UTC)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_kind_of_value_survives_storage_in_a_sentence(value):
    said = text("so: {value}", value=value)
    assert Text.model_validate_json(said.model_dump_json()) == said


def test_a_month_or_day_kept_by_version_one_is_still_read():
    kept = '{"source": "{period}", "arguments": {"period": {"day": "2026-11-02", "skeleton": "%s"}}}'
    with use_language("ja"):
        assert str(Text.model_validate_json(kept % "yMMM")) == "2026年11月"
        assert str(Text.model_validate_json(kept % "yMMMd")) == "2026年11月2日"


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("First response time (median)", "first response time (median)"),
        ("E-mails answered", "e-mails answered"),
        ("CSAT score", "CSAT score"),
        ("NPS", "NPS"),
        ("SLA kept", "SLA kept"),
        ("", ""),
    ],
)
def test_a_name_inside_a_sentence_begins_small_unless_it_is_an_abbreviation(name, inside):
    assert str(text("Lower {kpi}", kpi=Text(source=name).within())) == f"Lower {inside}"
    with use_language("ja"):
        assert str(Text(source="初回応答時間").within()) == "初回応答時間"


def test_japanese_leaves_no_blank_between_sentences():
    assert sentences(["One.", "Two."]) == "One. Two."
    with use_language("ja"):
        assert sentences(["一つ。", "二つ。"]) == "一つ。二つ。"


@pytest.mark.parametrize(
    ("points", "said"), [(1.0, "+1 percentage point"), (-1.0, "−1 percentage point"), (1.1, "+1.1 percentage points")]
)
def test_one_percentage_point_is_one(points, said):
    written = str(text("{points}", points=Points(points=points, signed=True)))
    assert written.replace("-", "−") == said
