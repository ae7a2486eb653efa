from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cs_planning.errors import ImportProblems
from cs_planning.goals.finding import Letter
from cs_planning.goals.goal import Goal
from cs_planning.goals.sheet import OUTPUT_COLUMNS, check_sheet
from cs_planning.goals.sheet.entry import entry_of
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR, ServiceCalendar
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import current_language

TODAY = date(2026, 1, 10)
SENTENCES = pd.read_csv(Path(__file__).parent / "goal_sentences.csv")
MEASURED = pd.read_csv(Path(__file__).parent / "measured_sentences.csv")
BY_LANGUAGE = ServiceCalendar()
WORST_FIRST = ["fail", "warn", "pass"]


def check(*texts: str, history=None, **columns) -> pd.DataFrame:
    return check_sheet(pd.DataFrame({"text": list(texts), **columns}), history, today=TODAY, calendar=CALENDAR_YEAR)


def verdicts(findings: pd.DataFrame, goal_id: str = "1") -> str:
    """The worst verdict of each letter, in the order S M A R T."""
    own = findings[findings["goal_id"] == goal_id]
    return " ".join(min(own[own["letter"] == letter.value]["verdict"], key=WORST_FIRST.index) for letter in Letter)


def rules(findings: pd.DataFrame) -> set[str]:
    return set(findings["rule"])


def monthly(series: str, values, first="2024-01-01", sample=500) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "series": series,
            "period": pd.date_range(first, periods=len(values), freq="MS").strftime("%Y-%m"),
            "value": values,
            "sample_size": sample,
        }
    )


CSAT = monthly("csat", 82 + 2 * np.sin(np.arange(24)))


@pytest.fixture(scope="module")
def reviewed() -> pd.DataFrame:
    return check_sheet(SENTENCES[["text"]], None, today=TODAY, calendar=CALENDAR_YEAR)


def test_there_are_at_least_sixty_sentences_in_both_languages():
    japanese = SENTENCES["text"].str.contains(r"[\u3040-\u30ff]")
    assert len(SENTENCES) >= 60
    assert japanese.sum() >= 20


@pytest.mark.parametrize("position", range(len(SENTENCES)), ids=SENTENCES["text"])
def test_a_reviewer_would_say_the_same(reviewed, position):
    expected = " ".join(SENTENCES.loc[position, list("SMART")])
    assert verdicts(reviewed, str(position + 1)) == expected


@pytest.mark.parametrize("position", range(len(MEASURED)), ids=MEASURED["text"])
def test_the_measure_the_kpi_and_the_target_are_what_a_manager_means(position):
    row = MEASURED.loc[position]
    entry = entry_of({"text": row["text"]}, 0, None, TODAY, BY_LANGUAGE)
    assert (entry.reading.kpi, entry.reading.measure.value) == (row["kpi"], row["measure"])
    assert entry.target == (None if pd.isna(row["target"]) else pytest.approx(row["target"]))
    findings = check_sheet(MEASURED.loc[[position], ["text"]], None, today=TODAY, calendar=BY_LANGUAGE)
    assert verdicts(findings) == " ".join(row[list("SMART")])


def draft_of(sentence: str):
    return entry_of({"text": sentence}, 0, None, TODAY, BY_LANGUAGE)


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("No more than 40 complaints in Q2 2026", date(2026, 4, 1), date(2026, 6, 30)),
        ("Reach a CSAT of 88 % by the end of Q2 2026", TODAY, date(2026, 6, 30)),
        ("Keep complaints below 60 from April to September 2026", date(2026, 4, 1), date(2026, 9, 30)),
        ("2026年度下期の苦情を合計60件以下にする", date(2026, 10, 1), date(2027, 3, 31)),
        ("2026年度末までに苦情を月5件にする", TODAY, date(2027, 3, 31)),
    ],
)
def test_a_goal_on_a_whole_period_begins_with_it(sentence, first, last):
    goal = draft_of(sentence).goal
    assert (goal.start, goal.deadline) == (first, last)


@pytest.mark.parametrize(
    ("sentence", "amount", "currency"),
    [
        ("2026年度のサポート費用を1億2,000万円以下にする", 120_000_000, "JPY"),
        ("2026年度のサポート費用を1.2億円以下にする", 120_000_000, "JPY"),
        ("Keep support costs below €90,000 in 2026", 90_000, "EUR"),
        ("Keep support costs below 90,000 pounds in 2026", 90_000, "GBP"),
        ("Keep support costs below $90,000 in 2026", 90_000, "USD"),
    ],
)
def test_money_is_in_the_currency_it_was_written_in(sentence, amount, currency):
    entry = draft_of(sentence)
    assert (entry.target, entry.kpi.currency) == (amount, currency)


HUNDRED_A_MONTH = monthly("complaints", [100.0, 110.0, 90.0] * 8)


@pytest.mark.parametrize(
    "sentence",
    [
        "Complaints: no more than 300 in Q2 2026 (sum of the three months)",
        "No more than 320 complaints in Q2 2026",
        "Keep complaints at or below 105 a month on average in Q2 2026",
        "2026年4月から6月の苦情を合計320件以下に抑える",
    ],
)
def test_a_month_of_the_history_is_never_compared_with_a_total_or_an_average(sentence):
    found = rules(check(sentence, history=HUNDRED_A_MONTH))
    assert not found & {"achievable.already_there", "achievable.no_change", "achievable.leap"}


def test_a_total_is_asked_for_over_the_periods_that_the_sentence_names():
    asked: list[Goal] = []

    def probability_of(goal: Goal, series: KpiSeries) -> float:
        asked.append(goal)
        return 0.6

    goals = pd.DataFrame({"text": ["No more than 320 complaints in Q2 2026", "At most 105 complaints a month in Q2 2026"]})
    check_sheet(goals, HUNDRED_A_MONTH, today=TODAY, probability_of=probability_of, calendar=CALENDAR_YEAR)
    assert [(goal.measure.value, goal.start, goal.deadline) for goal in asked] == [
        ("total", date(2026, 4, 1), date(2026, 6, 30)),
        ("every", date(2026, 4, 1), date(2026, 6, 30)),
    ]


def test_a_share_in_words_names_its_kpi_and_asks_for_a_number():
    row = check("Answer most calls within 20 seconds by June 2026").query("letter == 'M'").iloc[0]
    assert (row["verdict"], row["rule"]) == ("warn", "measurable.vague_share")
    assert "Service level" in row["message"]


def test_every_goal_has_every_letter_in_order_and_only_known_verdicts(reviewed):
    for _, own in reviewed.groupby("goal_id"):
        assert "".join(dict.fromkeys(own["letter"])) == "SMART"
    assert set(reviewed["verdict"]) <= {"pass", "warn", "fail"}
    assert tuple(reviewed.columns) == OUTPUT_COLUMNS


def test_whoever_does_not_pass_gets_a_suggestion(reviewed):
    assert (reviewed.loc[reviewed["verdict"] != "pass", "suggestion"].str.len() > 0).all()
    assert (reviewed["message"].str.len() > 0).all()


def test_columns_complete_what_the_text_leaves_open():
    findings = check(
        "Better answers on e-mail",
        kpi=["csat"],
        target=["87"],
        unit=["%"],
        baseline=["82"],
        deadline=["2026-06-30"],
        objective=["Customer loyalty"],
    )
    assert verdicts(findings) == "pass pass warn pass pass"


@pytest.mark.parametrize(
    "written",
    ["2026-06-30", "2026-Q2", "2026-06", "end of June", "30 June 2026", "6月末", date(2026, 6, 30), pd.Timestamp("2026-06-30")],
)
def test_a_deadline_column_is_read_however_it_is_written(written):
    findings = check("Raise CSAT to 85%", deadline=[written])
    assert "Jun 30, 2026" in findings.loc[findings["letter"] == "T", "message"].iloc[0]


@pytest.mark.parametrize(
    ("target", "rule"),
    [
        ("85", "measurable.number_on_kpi"),
        ("85 %", "measurable.number_on_kpi"),
        (85.0, "measurable.number_on_kpi"),
        ("+5%", "measurable.number_on_kpi"),
        ("high", "measurable.unreadable_target"),
    ],
)
def test_a_target_column_is_a_number_with_or_without_unit(target, rule):
    assert rule in rules(check("CSAT of chat", target=[target]))


def test_an_unreadable_deadline_is_told_with_what_was_written():
    findings = check("Raise CSAT to 85%", deadline=["31/31/2026"])
    row = findings[findings["rule"] == "time_bound.unreadable"].iloc[0]
    assert "31/31/2026" in row["message"]


@pytest.mark.slow
def test_one_bad_row_leaves_the_others_alone():
    texts = [
        "",
        None,
        float("nan"),
        "x" * 10_000,
        "🎉" * 50,
        "<script>alert(1)</script>",
        "{0} {name}",
        "\u202eمرحبا",
        "Raise CSAT of chat from 82 to 87 % by June 2026",
    ]
    findings = check_sheet(
        pd.DataFrame({"text": texts, "target": [*["?", {}, [], "1e999", "∞", "--", "NaN", 5], None]}),
        None,
        today=TODAY,
        calendar=CALENDAR_YEAR,
    )
    assert set(findings["goal_id"]) == {str(number) for number in range(1, len(texts) + 1)}
    assert verdicts(findings, str(len(texts))) == "pass pass warn warn pass"


def test_ids_are_kept_and_a_missing_one_is_the_row_number():
    assert list(dict.fromkeys(check("a", "b", goal_id=["G-7", None])["goal_id"])) == ["G-7", "2"]


def test_without_a_text_column_it_says_what_it_found():
    with pytest.raises(ImportProblems, match="found: goal"):
        check_sheet(pd.DataFrame({"goal": ["x"]}), None, today=TODAY, calendar=CALENDAR_YEAR)


def test_an_empty_list_gives_an_empty_answer():
    findings = check_sheet(pd.DataFrame({"text": []}), None, today=TODAY, calendar=CALENDAR_YEAR)
    assert findings.empty
    assert tuple(findings.columns) == OUTPUT_COLUMNS


@pytest.mark.parametrize(
    ("target", "verdict", "rule"),
    [
        ("83.5", "pass", "achievable.seen_before"),
        ("97", "fail", "achievable.beyond_best"),
        ("60", "fail", "achievable.already_there"),
        ("130", "fail", "achievable.impossible"),
    ],
)
def test_the_history_judges_the_target(target, verdict, rule):
    findings = check("Raise CSAT of e-mail by 30 June 2026", history=CSAT, target=[target])
    row = findings[findings["letter"] == "A"].iloc[0]
    assert (row["verdict"], row["rule"]) == (verdict, rule)


def test_a_relative_change_is_counted_from_the_history():
    history = monthly("complaints", [100.0, 60.0, 120.0] * 8)
    findings = check("Cut complaints by 70% by 30 June 2026", history=history)
    assert "36" in findings.loc[findings["letter"] == "A", "message"].iloc[0]


def test_hours_in_the_text_meet_minutes_in_the_history():
    history = monthly("frt_median|channel=email", [180.0, 110.0, 130.0, 120.0] * 6)
    findings = check("Bring the first response time of e-mail from 2 hours to 1.9 hours by June 2026", history=history)
    row = findings[findings["letter"] == "A"].iloc[0]
    assert row["verdict"] == "pass"
    assert "1 h 54 min" in row["message"]


def test_the_series_whose_scope_the_text_names_is_taken():
    history = pd.concat([monthly("csat|channel=chat", [71.0, 70.0] * 12), monthly("csat|channel=email", [90.0, 91.0] * 12)])
    row = check("Raise CSAT of chat to 71% by June 2026", history=history).query("letter == 'A'").iloc[0]
    assert "71 %" in row["message"]
    assert row["verdict"] == "pass"


def test_a_kpi_that_is_not_in_the_history_and_one_with_a_short_history_are_warned_of():
    assert "measurable.not_recorded" in rules(check("Raise NPS from 20 to 30 by June 2026", history=CSAT))
    assert "measurable.short_history" in rules(check("Raise CSAT to 85% by June 2026", history=CSAT.tail(4)))
    assert "measurable.few_answers" in rules(check("Raise CSAT to 85% by June 2026", history=CSAT.assign(sample_size=4)))


def test_a_history_with_unreadable_rows_uses_the_readable_ones():
    broken = pd.concat(
        [CSAT, pd.DataFrame({"series": "csat", "period": ["soon", "2026-13"], "value": [1, "x"], "sample_size": 1})]
    )
    assert "achievable.seen_before" in rules(check("Raise CSAT to 83% by June 2026", history=broken))


def test_a_probability_takes_the_place_of_the_history():
    asked: list[tuple[Goal, KpiSeries]] = []

    def probability_of(goal: Goal, series: KpiSeries) -> float:
        asked.append((goal, series))
        return 0.05

    goals = pd.DataFrame({"text": ["Raise CSAT to 83% by June 2026", "Improve service"]})
    findings = check_sheet(goals, CSAT, today=TODAY, probability_of=probability_of, calendar=CALENDAR_YEAR)
    assert "achievable.unlikely" in rules(findings)
    assert [(goal.primary, goal.deadline, str(series.key)) for goal, series in asked] == [(83.0, date(2026, 6, 30), "csat")]


def test_goals_that_exclude_each_other_name_the_other_one():
    findings = check(
        "Keep the backlog below 200 every month until June 2026",
        "Let the backlog rise to 300 by June 2026",
        "Hold the backlog at 150 or less by June",
        goal_id=["a", "b", "c"],
    )
    assert not findings[findings["rule"] == "relevant.excludes"].shape[0]
    both = check("CSAT at least 90% by 30 June 2026", "CSAT at least 80% by 30 June 2026")
    assert "relevant.excludes" not in rules(both)


def test_cost_beside_quality_pulls_apart_unless_it_has_a_guard():
    quality = "Raise the quality score from 80% to 85% by June 2026"
    assert "relevant.pulls_apart" in rules(check("Cut handle time from 8 to 7 min by June 2026", quality))
    assert "relevant.pulls_apart" not in rules(
        check("Cut handle time from 8 to 7 min by June 2026 without lowering quality", quality)
    )


def test_an_owner_of_many_goals_is_seen():
    findings = check(*["Raise CSAT of chat from 82 to 87 % by June 2026"] * 6, owner=["Aiko"] * 6)
    assert "achievable.workload" in rules(findings)


def test_the_answer_is_in_the_language_of_the_text(monkeypatch):
    seen = []

    def spy(source: str) -> str:
        seen.append(current_language())
        return source

    monkeypatch.setattr("cs_planning.language.texts.gettext", spy)
    check("Improve service")
    assert set(seen) == {"en"}
    seen.clear()
    check("顧客満足度を上げる")
    assert set(seen) == {"ja"}


def test_every_goal_of_a_long_sheet_is_checked():
    texts = [f"{text} #{number}" for number, text in enumerate(list(SENTENCES["text"]) * 4)][:200]
    findings = check_sheet(pd.DataFrame({"text": texts}), CSAT, today=TODAY, calendar=CALENDAR_YEAR)
    assert findings["goal_id"].nunique() == 200


def test_a_starting_value_that_the_data_contradict_is_told():
    history = monthly("csat", [81.0] * 23 + [86.0])
    findings = check("Raise CSAT from 81.5% to 83% by 30 June 2026", history=history)
    row = findings[findings["letter"] == "A"].iloc[0]
    assert (row["verdict"], row["rule"]) == ("warn", "achievable.reached_in_data")
