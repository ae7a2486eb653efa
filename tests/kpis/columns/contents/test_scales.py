from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.contacts.points.aggregate import contact_kpis
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import Recognition, recognise

TODAY = date(2026, 6, 30)


def survey(header: str, answers: Sequence[object]) -> tuple[Recognition, Imported]:
    rows = "\n".join(f"S{place},2026-05-{place % 28 + 1:02d} 11:30,{answer}" for place, answer in enumerate(answers))
    table = read_table("survey.csv", f'Response ID,Submitted at,"{header}"\n{rows}\n'.encode())
    found = recognise(table)
    return found, convert(table, found.mapping, calendar=CALENDAR_YEAR, today=TODAY)


def kpi(imported: Imported, name: str) -> float | None:
    assert imported.contacts is not None
    points = contact_kpis(imported.contacts, CALENDAR_YEAR.rhythm(Frequency.MONTH))
    found = points[points["series"] == name]["value"]
    return float(found.iloc[0]) if len(found) else None


def rules(imported: Imported) -> set[str]:
    return {finding.rule for finding in imported.findings}


@pytest.mark.slow
@pytest.mark.parametrize(
    "header",
    ["CSAT (1-5)", "満足度（5段階）", "Stars", "How satisfied were you?", "Customer satisfaction (out of 5)", "Rating /5"],
)
def test_a_scale_in_the_header_changes_neither_name_nor_kind(header: str) -> None:
    found, imported = survey(header, [5, 4, 3, 1] * 6)
    assert found.kind is Kind.SURVEYS
    assert kpi(imported, "csat") == pytest.approx(50)
    assert kpi(imported, "contact_volume") is None


@pytest.mark.slow
def test_the_header_decides_where_no_answer_reaches_the_end_of_the_scale() -> None:
    _, seven = survey("Satisfaction (1-7)", [5, 5, 4, 3] * 6)
    assert kpi(seven, "csat") == 0
    _, five = survey("Satisfaction (1-5)", [5, 5, 4, 3] * 6)
    assert kpi(five, "csat") == 75


@pytest.mark.parametrize("stray", [6, 10, 99])
def test_one_answer_beyond_the_scale_of_all_others_is_left_out_and_named(stray: int) -> None:
    _, imported = survey("CSAT", [5, 4, 4, 2, 1] * 6 + [stray])
    assert kpi(imported, "csat") == pytest.approx(60)
    (finding,) = [one for one in imported.findings if one.rule == "outside_scale"]
    assert finding.count == 1
    assert str(stray) in str(finding.message)


@pytest.mark.parametrize(
    "answers",
    [
        ["1 - Very satisfied", "2 - Satisfied", "4 - Dissatisfied", "5 - Very dissatisfied"],
        ["1：とても満足", "2：満足", "4：不満", "5：とても不満"],
        ["Very satisfied (1)", "Satisfied (2)", "Dissatisfied (4)", "Very dissatisfied (5)"],
    ],
)
def test_words_beside_numbers_decide_the_direction(answers: list[str]) -> None:
    _, imported = survey("Satisfaction", [*answers, answers[0]] * 5)
    assert kpi(imported, "csat") == pytest.approx(60)
    assert "scale_reversed" in rules(imported)


def test_a_header_turns_the_scale_of_bare_numbers() -> None:
    _, imported = survey("満足度（1=満足、5=不満）", [1, 1, 2, 5] * 5)
    assert kpi(imported, "csat") == pytest.approx(75)


def test_words_that_contradict_each_other_are_said() -> None:
    _, imported = survey("Satisfaction", ["1 - Very satisfied", "2 - Satisfied", "5 - Very satisfied", "4 - Dissatisfied"] * 5)
    assert "labels_contradict" in rules(imported)


@pytest.mark.slow
def test_answers_from_0_to_10_under_a_name_that_says_little_are_a_recommendation() -> None:
    _, imported = survey("score", [0, 3, 6, 8, 9, 10, 10, 7] * 3)
    assert kpi(imported, "nps") == pytest.approx(0)
    assert "read_as_recommendation" in rules(imported)
    _, asked = survey("Satisfaction", [0, 3, 6, 8, 9, 10, 10, 7] * 3)
    assert kpi(asked, "csat") == pytest.approx(50)
    assert "perhaps_recommendation" in rules(asked)


def test_a_recommendation_that_never_goes_beyond_5_is_on_another_scale() -> None:
    _, imported = survey("NPS", [1, 3, 4, 5, 5] * 4)
    assert kpi(imported, "nps") is None
    (finding,) = [one for one in imported.findings if one.rule == "nps_scale"]
    assert finding.count == 20
    _, settled = survey("NPS (0-10)", [1, 3, 4, 5, 5] * 4)
    assert kpi(settled, "nps") == -100


@pytest.mark.slow
def test_every_recommendation_lies_in_a_group() -> None:
    _, imported = survey("NPS", [6.5, 8.5, 9.5, 6.9, 7, 9] * 2)
    assert kpi(imported, "nps") == pytest.approx(100 * (2 - 2) / 6)
    _, lower = survey("NPS", [6.5, 6.5, 8.5, 9] * 3)
    assert kpi(lower, "nps") == pytest.approx(-25)


@pytest.mark.parametrize("words", [("Promoter", "Passive", "Detractor"), ("推奨者", "中立者", "批判者")])
def test_groups_in_words_make_a_score(words: tuple[str, str, str]) -> None:
    good, middle, bad = words
    _, imported = survey("NPS", [good, good, good, middle, bad] * 4)
    assert kpi(imported, "nps") == pytest.approx(40)


@pytest.mark.parametrize("mark", ["-1", "Not applicable", "未回答", "N/A", ""])
def test_marks_of_no_answer_are_empty(mark: str) -> None:
    found, imported = survey("CSAT", [5, 4, 1, mark] * 5)
    assert found.kind is Kind.SURVEYS
    assert kpi(imported, "csat") == pytest.approx(100 * 10 / 15)
    assert "outside_scale" not in rules(imported)


def test_the_moment_of_the_answer_comes_before_that_of_the_account() -> None:
    rows = "\n".join(f"{place},{place % 5 + 1},2025-01-{place + 1:02d},2026-05-{place + 1:02d}" for place in range(20))
    table = read_table("s.csv", f"id,csat,created_at,answered_at\n{rows}\n".encode())
    entry = recognise(table).mapping.find(Role.RATED_AT)
    assert entry is not None
    assert entry.column == "answered_at"
