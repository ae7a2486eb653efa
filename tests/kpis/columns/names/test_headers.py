from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.cells.numbers import WrittenUnit
from cs_planning.kpis.columns.names.headers import kpi_of, read_header, role_of
from cs_planning.kpis.columns.roles import Role

KPI_NAMES = resources.files("cs_planning.kpis.columns.helpdesks") / "kpi_names.toml"


@pytest.mark.parametrize(
    ("header", "measure"),
    [
        ("ASA (s)", WrittenUnit.SECONDS),
        ("Wait [sec]", WrittenUnit.SECONDS),
        ("平均応答速度（秒）", WrittenUnit.SECONDS),
        ("AHT(分)", WrittenUnit.MINUTES),
        ("放棄率(%)", WrittenUnit.PERCENT),
        ("Resolution time (in hrs)", WrittenUnit.HOURS),
        ("費用（円）", WrittenUnit.MONEY),
    ],
)
def test_a_unit_in_brackets_is_read_and_leaves_the_name_whole(header: str, measure: WrittenUnit) -> None:
    words = read_header(header)
    assert words.measure is measure
    assert words.name == read_header(header.translate(str.maketrans("（[", "((")).partition("(")[0]).name


@pytest.mark.parametrize(
    ("header", "scale"),
    [
        ("CSAT Score (1-5)", (1, 5)),
        ("満足度（5段階）", (1, 5)),
        ("推奨度（0～10）", (0, 10)),
        ("Rating (out of 7)", (1, 7)),
        ("Score /5", (1, 5)),
        ("満足度（10点満点）", (0, 10)),
        ("Satisfaction (1 = best, 6 = worst)", (1, 6)),
        ("CSAT", None),
    ],
)
def test_a_scale_in_a_header_is_read(header: str, scale: tuple[float, float] | None) -> None:
    assert read_header(header).scale == scale


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("Service Level (20s)", 20),
        ("Service level 80/30", 30),
        ("SL (90/10)", 10),
        ("Answered within 15 seconds", 15),
        ("20秒以内応答率", 20),
        ("応答率（30秒以内）", 30),
        ("Answered in 1 min", 60),
        ("Answered after 20s", None),
        ("60秒以上放棄数", None),
    ],
)
def test_the_threshold_of_a_service_level_is_read(header: str, seconds: float | None) -> None:
    assert read_header(header).threshold_seconds == seconds


@pytest.mark.parametrize(
    ("header", "kpi"),
    [
        ("応答率", "completion_rate"),
        ("Answer rate", "completion_rate"),
        ("電話応答率（%）", "completion_rate"),
        ("Answered %", "completion_rate"),
        ("サービスレベル", "service_level"),
        ("SLA応答率", "service_level"),
        ("20秒以内応答率", "service_level"),
        ("% answered within 20s", "service_level"),
        ("Abandon %", "abandonment_rate"),
        ("Calls abandoned", "abandoned_volume"),
        ("Average handle time (AHT)", "aht_mean"),
        ("Tickets within SLA (%)", "resolution_sla"),
        ("24時間以内解決率", "solved_within_day"),
        ("Solved %", "resolution_rate"),
        ("離職率", "staff_turnover"),
        ("Market share (%)", "market_share"),
        ("市場シェア", "market_share"),
        ("Relative market share", "relative_market_share"),
        ("相対市場シェア", "relative_market_share"),
        ("サポート費用", "service_cost"),
    ],
)
def test_a_kpi_has_one_meaning_in_both_languages(header: str, kpi: str) -> None:
    assert kpi_of(header) == kpi


def test_a_count_of_those_within_a_time_is_no_service_level_and_a_percentage_no_count() -> None:
    def role(header: str) -> Role | None:
        found = role_of(header, "generic_call_centre")
        return None if found is None else found[0]

    assert kpi_of("Answered within 20s") is None
    assert role("Answered within 20s") is Role.ANSWERED_IN_TIME
    assert role("20秒以内応答数") is Role.ANSWERED_IN_TIME
    assert role("Answered within 20s (%)") is Role.SERVICE_LEVEL
    assert role("Abandoned within 5s") is Role.SHORT_ABANDONED
    assert role("Answered %") is None
    assert role("Calls answered") is Role.HANDLED


def test_amounts_in_thousands_are_told_apart() -> None:
    assert read_header("サポート費用（千円）").factor == 1_000
    assert read_header("Cost (k€)").factor == 1_000
    assert read_header("費用（百万円）").factor == 1_000_000
    assert read_header("費用（円）").factor == 1


@pytest.mark.parametrize("header", ["Date raised (local)", "Created (local time)", "受付日時（現地時間）", "Created (UTC)"])
def test_a_clock_in_brackets_leaves_the_arrival_what_it_is(header: str) -> None:
    found = role_of(header, "generic_tickets")
    assert found is not None
    assert found[0] is Role.CREATED_AT


@pytest.mark.parametrize("header", ["First reply (h:mm)", "Time to first reply"])
def test_a_first_reply_with_a_duration_is_the_first_response_time(header: str) -> None:
    found = role_of(header, "generic_tickets")
    assert found is not None
    assert found[0] is Role.FIRST_RESPONSE_TIME


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("受付日時 / Created at", Role.CREATED_AT),
        ("受付日時\nCreated at", Role.CREATED_AT),
        ("Solved at（解決日時）", Role.SOLVED_AT),
        ("受付番号 | Ticket ID", Role.CONTACT_ID),
        ("更新日時 / Created at", None),
        ("Took us to reply", Role.FIRST_RESPONSE_TIME),
        ("Time it took to answer", Role.FIRST_RESPONSE_TIME),
        ("Hours it took to fix it", Role.RESOLUTION_TIME),
        ("Took the call", None),
    ],
)
def test_a_header_in_two_languages_or_everyday_words_names_its_role(header: str, role: Role | None) -> None:
    found = role_of(header, "generic_tickets")
    assert (found[0] if found else None) is role


@pytest.mark.parametrize(
    ("header", "kpi"),
    [
        ("顧客満足度 / CSAT (%)", "csat"),
        ("問い合わせ件数（Contacts）", "contact_volume"),
        ("平均処理時間 / AHT (min)", "aht_mean"),
        ("SLA（期限内解決率）", None),
    ],
)
def test_a_header_in_two_languages_names_a_kpi_where_both_mean_the_same(header: str, kpi: str | None) -> None:
    assert kpi_of(header) == kpi


def test_every_kpi_of_the_catalogue_is_headed_in_the_words_of_both_languages() -> None:
    headed = tomllib.loads(KPI_NAMES.read_text(encoding="utf-8"))
    lacking = [kpi for kpi in CATALOGUE if not any(kpi == name or kpi.startswith(f"{name}_") for name in headed)]
    assert not lacking
    assert not [name for name, known in headed.items() if all(map(str.isascii, known)) or not any(map(str.isascii, known))]
