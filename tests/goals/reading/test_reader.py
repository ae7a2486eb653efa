from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_planning.goals.drafts.first_draft import suggested_direction
from cs_planning.goals.goal import Baseline, Direction, GoalType, Measure, goal_from_fields
from cs_planning.goals.naming import kpis_in, language_of, plain, word_file
from cs_planning.goals.objectives.conflicts import kpi_family
from cs_planning.goals.reading import goal_from_reading, read_goal
from cs_planning.goals.reading.deadlines import deadlines_in
from cs_planning.goals.reading.quantities import with_digits
from cs_planning.goals.sentence import sentence_of
from cs_planning.kpis.catalogue import CATALOGUE, Unit
from tests.goals.builders import TODAY, series_of


@pytest.mark.parametrize(
    ("written", "deadline"),
    [
        ("by the end of Q3", (2026, 9, 30)),
        ("by Q3 2027", (2027, 9, 30)),
        ("in the third quarter of 2026", (2026, 9, 30)),
        ("2026-06-30", (2026, 6, 30)),
        ("by 30/06/2026", (2026, 6, 30)),
        ("by 06/30/2026", (2026, 6, 30)),
        ("by June 30", (2026, 6, 30)),
        ("by the 5th of March 2026", (2026, 3, 5)),
        ("by June", (2026, 6, 30)),
        ("by mid March", (2026, 3, 15)),
        ("by the beginning of April", (2026, 4, 1)),
        ("within 3 months", (2026, 4, 10)),
        ("in the next 6 months", (2026, 7, 10)),
        ("within three months", (2026, 4, 10)),
        ("over the next 2 quarters", (2026, 7, 10)),
        ("within a year", (2027, 1, 10)),
        ("this quarter", (2026, 3, 31)),
        ("by the end of the quarter", (2026, 3, 31)),
        ("next quarter", (2026, 6, 30)),
        ("by the end of the year", (2026, 12, 31)),
        ("by the end of 2027", (2027, 12, 31)),
        ("by the end of next month", (2026, 2, 28)),
        ("in H1 2026", (2026, 6, 30)),
        ("by summer", (2026, 8, 31)),
        ("by Christmas", (2026, 12, 24)),
        ("by tomorrow", (2026, 1, 11)),
        ("9月末までに", (2026, 9, 30)),
        ("2026年9月末までに", (2026, 9, 30)),
        ("2026年9月15日までに", (2026, 9, 15)),
        ("令和8年3月31日まで", (2026, 3, 31)),
        ("3ヶ月以内に", (2026, 4, 10)),
        ("三か月以内に", (2026, 4, 10)),
        ("半年以内に", (2026, 7, 10)),
        ("年度末までに", (2026, 3, 31)),
        ("2026年度中に", (2027, 3, 31)),
        ("来年3月までに", (2027, 3, 31)),
        ("第3四半期末まで", (2026, 12, 31)),
        ("今月末までに", (2026, 1, 31)),
        ("来期中に", (2027, 3, 31)),
        ("by EOQ", (2026, 3, 31)),
        ("by EOY", (2026, 12, 31)),
        ("by FY end", (2026, 12, 31)),
        ("by Q3 FY27", (2027, 9, 30)),
        ("in FY27 Q3", (2027, 9, 30)),
        ("2Q26", (2026, 6, 30)),
        ("H2 FY26", (2026, 12, 31)),
        ("by 6/30", (2026, 6, 30)),
        ("by 30.6.", (2026, 6, 30)),
        ("by 30/06/26", (2026, 6, 30)),
        ("by 06/2026", (2026, 6, 30)),
        ("by June '27", (2027, 6, 30)),
        ("by mid-2026", (2026, 6, 30)),
        ("within a fortnight", (2026, 1, 24)),
        ("by the next quarterly review", (2026, 3, 31)),
        ("3Qまでに", (2026, 12, 31)),
        ("2026年度Q2末", (2026, 9, 30)),
        ("四半期以内に", (2026, 4, 10)),
        ("再来月末まで", (2026, 3, 31)),
        ("月末まで", (2026, 1, 31)),
        ("来春までに", (2027, 5, 31)),
        ("上期中に", (2026, 9, 30)),
        ("年内に", (2026, 12, 31)),
        ("夏までに", (2026, 8, 31)),
    ],
)
def test_a_deadline_is_read_as_people_write_it(written, deadline):
    assert read_goal(f"CSAT 85% {written}", TODAY).deadline == date(*deadline)


@pytest.mark.parametrize(
    "written",
    [
        "within 60 seconds",
        "within 24 hours",
        "within 2 business days",
        "in 1 day",
        "60秒以内に",
        "24時間以内に",
        "3営業日以内に",
        "翌日",
        "every month",
        "per quarter",
        "24/7",
        "tier 2",
        "may",
    ],
)
def test_what_is_no_deadline_is_not_taken_for_one(written):
    assert read_goal(f"Answer enquiries 回答 {written}", TODAY).deadline is None


def test_the_fiscal_year_moves_the_quarters():
    assert read_goal("CSAT 85% by Q3", TODAY, fiscal_start_month=4).deadline == date(2026, 12, 31)


def test_a_month_that_is_over_is_the_one_of_next_year():
    assert read_goal("CSAT 85% by March", date(2026, 5, 2)).deadline == date(2027, 3, 31)
    assert read_goal("3月末までに", date(2026, 5, 2)).deadline == date(2027, 3, 31)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_an_iso_date_is_read_back_and_a_quarter_ahead_is_never_past(today):
    assert deadlines_in(f"by {today.isoformat()}", today)[0].deadline == today
    for quarter in range(1, 5):
        frame = deadlines_in(f"by q{quarter}", today)[0].deadline
        assert 0 <= (frame - today).days <= 366


@pytest.mark.parametrize(
    ("sentence", "kpi", "target", "baseline", "change", "unit", "direction"),
    [
        ("Answer 80 % of calls within 60 seconds", "service_level", 80, None, None, Unit.PERCENT, Direction.AT_LEAST),
        ("Cut complaints by 50 %", "complaints", None, None, 50, Unit.PERCENT, Direction.AT_MOST),
        ("3ヶ月以内に苦情を50%削減", "complaints", None, None, 50, Unit.PERCENT, Direction.AT_MOST),
        ("苦情を半減する", "complaints", None, None, 50, Unit.PERCENT, Direction.AT_MOST),
        ("クレームを3割減らす", "complaints", None, None, 30, Unit.PERCENT, Direction.AT_MOST),
        ("平均応答時間を2時間から1.5時間に短縮する", "frt_median", 1.5, 2, None, Unit.HOURS, Direction.AT_MOST),
        ("Reduce first response time from 90 minutes to 1 hour", "frt_median", 1, 1.5, None, Unit.HOURS, Direction.AT_MOST),
        ("Raise CSAT from 82 to 87 %", "csat", 87, 82, None, Unit.PERCENT, Direction.AT_LEAST),
        ("CSAT 82% → 87%", "csat", 87, 82, None, Unit.PERCENT, Direction.AT_LEAST),
        ("顧客満足度を82%から87%に引き上げる", "csat", 87, 82, None, Unit.PERCENT, Direction.AT_LEAST),
        ("NPSを5ポイント改善", "nps", None, None, 5, Unit.POINTS, Direction.AT_LEAST),
        ("Increase NPS by 10 points", "nps", None, None, 10, Unit.POINTS, Direction.AT_LEAST),
        ("Keep abandonment below 5 %", "abandonment_rate", 5, None, None, Unit.PERCENT, Direction.AT_MOST),
        ("解約率を3%以下にする", "churn_rate", 3, None, None, Unit.PERCENT, Direction.AT_MOST),
        ("応答率を90%以上に維持する", "completion_rate", 90, None, None, Unit.PERCENT, Direction.AT_LEAST),
        ("Lower cost per ticket to $4.20", "cost_per_contact", 4.2, None, None, Unit.MONEY, Direction.AT_MOST),
        ("Reduce cost per contact from €5 to €4", "cost_per_contact", 4, 5, None, Unit.MONEY, Direction.AT_MOST),
        ("問い合わせ件数を月1,200件から900件に減らす", "contact_volume", 900, 1200, None, Unit.COUNT, Direction.AT_MOST),
        ("コストを100万円削減する", "service_cost", None, None, 1_000_000, Unit.MONEY, Direction.AT_MOST),
        ("Zero complaints", "complaints", 0, None, None, None, Direction.AT_MOST),
        ("Halve the backlog", "backlog", None, None, 50, Unit.PERCENT, Direction.AT_MOST),
        ("Raise FCR to seventy five percent", "fcr", 75, None, None, Unit.PERCENT, Direction.AT_LEAST),
        ("Get resolution time under 2 days", "resolution_time_median", 48, None, None, Unit.HOURS, Direction.AT_MOST),
    ],
)
def test_number_unit_kpi_and_direction_are_read(sentence, kpi, target, baseline, change, unit, direction):
    reading = read_goal(sentence, TODAY)
    assert (reading.kpi, reading.target, reading.baseline, reading.change) == (kpi, target, baseline, change)
    assert (reading.unit, reading.direction) == (unit, direction)


@pytest.mark.parametrize(
    ("sentence", "seconds"),
    [
        ("Answer 80% of calls within 60 seconds", 60),
        ("80%の電話に20秒以内に応答", 20),
        ("Solve 90% of tickets within 2 days", 172_800),
    ],
)
def test_the_time_for_one_contact_is_a_threshold(sentence, seconds):
    assert read_goal(sentence, TODAY).threshold_seconds == seconds


def test_where_how_what_for_and_under_which_condition_are_told_apart():
    reading = read_goal(
        "Cut handle time on the phone to 5 min by June by adding call notes, without lowering quality, so as to cut churn",
        TODAY,
    )
    assert "phone" in reading.scope
    assert "adding call notes" in reading.method
    assert "quality" in reading.guard
    assert "churn" in reading.purpose
    assert reading.kpis == ("aht_mean",)


def test_a_goal_to_keep_something_asks_for_every_period():
    assert read_goal("Keep CSAT above 85 %", TODAY).measure is Measure.EVERY
    assert read_goal("Raise CSAT to 85 %", TODAY).measure is Measure.LEVEL


def test_widths_cases_hyphens_and_tags_do_not_matter():
    reading = read_goal("<b>Raise</b> First-Contact Resolution to 75%", TODAY)
    assert (reading.kpi, reading.target) == ("fcr", 75)


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("三割", "3割"),
        ("二十四時間", "24時間"),
        ("十分な", "十分な"),
        ("一次解決率", "一次解決率"),
        ("three months", "3 months"),
        ("twenty five percent", "25 percent"),
    ],
)
def test_numbers_in_words_become_digits_and_words_stay_words(written, digits):
    assert with_digits(written) == digits


def test_every_name_in_the_word_list_is_recognised_as_its_kpi():
    for kpi, entry in word_file("kpis").items():
        for alias in (*entry["en"], *entry["ja"]):
            assert kpis_in(plain(alias)), alias
        assert entry["en"]
        assert entry["ja"]
        assert kpi in CATALOGUE or {"unit", "better"} <= set(entry)


def test_every_kpi_of_the_catalogue_that_a_person_would_name_has_names():
    families = {kpi_family(kpi) for kpi in word_file("kpis")}
    assert {kpi_family(kpi) for kpi in CATALOGUE} <= families


def test_a_reading_becomes_a_draft_in_the_unit_of_the_kpi():
    series = series_of([150.0] * 12, "frt_median|channel=email", first=date(2025, 1, 1))
    goal = goal_from_reading(
        read_goal("Reduce first response time from 2 hours to 1.5 hours by Q3 by hiring", TODAY), series, TODAY
    )
    assert (goal.primary, goal.direction, goal.deadline) == (90, Direction.AT_MOST, date(2026, 9, 30))
    assert goal.how == "by hiring"
    assert goal.type is GoalType.OPERATIONAL


def test_a_relative_change_counts_from_the_data_when_the_text_does_not_say():
    series = series_of([200.0] * 12, "complaints", first=date(2025, 1, 1))
    assert goal_from_reading(read_goal("Halve complaints by June", TODAY), series, TODAY).primary == 100


@given(st.text(max_size=3000))
def test_any_text_can_be_read(sentence):
    reading = read_goal(sentence, TODAY)
    assert reading.language == language_of(plain(sentence))


@given(st.text(alphabet="0123456789%件月日年QH/-.,以内にまで by end of from to within ", max_size=60))
def test_any_heap_of_numbers_and_time_words_can_be_read(sentence):
    read_goal(sentence, TODAY)


@pytest.mark.parametrize("measure", list(Measure))
@pytest.mark.parametrize("kpi", sorted(CATALOGUE))
def test_a_composed_sentence_is_read_back_as_the_goal_that_it_came_from(kpi, measure):
    direction = suggested_direction(CATALOGUE[kpi])
    easy, hard = (3, 4) if CATALOGUE[kpi].unit is Unit.SCALE else (40, 50)
    baseline, target = (easy, hard) if direction is Direction.AT_LEAST else (hard, easy)
    goal = goal_from_fields(
        {
            "type": "operational",
            "series": kpi,
            "baseline": Baseline(value=baseline, period=date(2025, 12, 1)),
            "primary": target,
            "direction": direction,
            "measure": measure,
            "deadline": date(2026, 6, 30),
        }
    )
    reading = read_goal(str(sentence_of(goal)), TODAY)
    assert kpi_family(reading.kpi) == kpi_family(kpi)
    assert (reading.target, reading.direction, reading.deadline) == (target, direction, goal.deadline)
    if measure is Measure.LEVEL:
        assert reading.baseline == baseline


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1億2,000万円", "120000000円"),
        ("1万2千件", "12000件"),
        ("2万4,000件", "24000件"),
        ("月千二百件", "月1200件"),
        ("一万二千件", "12000件"),
        ("500千円", "500000円"),
        ("12百万円", "12000000円"),
        ("1.5万件", "15000件"),
        ("千葉支店で", "千葉支店で"),
        ("万全の体制", "万全の体制"),
        ("十分に", "十分に"),
        ("2026年度", "2026年度"),
    ],
)
def test_japanese_numerals_add_up_their_parts(written, read):
    assert with_digits(plain(written)) == read


@pytest.mark.parametrize(
    "sentence",
    [
        "NPSを＋15から＋25へ上げる",
        "NPS +15 → +25",
        "Raise NPS from +15 to +25",
        "NPSを15から25へ上げる",
    ],
)
def test_a_signed_starting_value_is_no_change(sentence):
    reading = read_goal(sentence, TODAY)
    assert (reading.baseline, reading.target, reading.change) == (15.0, 25.0, None)


def test_a_negative_starting_value_keeps_its_sign():
    assert read_goal("NPSを▲5から+5に改善する", TODAY).baseline == -5.0
    assert read_goal("NPS -8 → +5 by June", TODAY).baseline == -8.0


@pytest.mark.parametrize(
    ("sentence", "kpi", "target"),
    [
        ("Raise market share from 12 % to 14 % by the end of March 2027", "market_share", 14.0),
        ("2027年3月末までに市場シェアを12%から14%に引き上げる", "market_share", 14.0),
        ("Reach a relative market share of 1.2 within 12 months", "relative_market_share", 1.2),
        ("相対市場シェアを0.8から1.0に上げる", "relative_market_share", 1.0),
    ],
)
def test_a_goal_on_the_market_is_read_in_both_languages(sentence: str, kpi: str, target: float) -> None:
    reading = read_goal(sentence, TODAY)
    assert (reading.kpi, reading.target, reading.direction) == (kpi, target, Direction.AT_LEAST)
