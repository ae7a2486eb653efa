"""KPIs of one channel in a column of their own are one KPI with its parts, where two columns at least say so."""

from __future__ import annotations

import pytest

from cs_planning.kpis.columns.names.by_channel import by_channel
from tests.kpis.tables.test_kpi_tables import convert_text, rules, values


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["Email tickets", "Phone tickets"], ["contact_volume|channel=Email", "contact_volume|channel=Phone"]),
        (["CSAT (Chat)", "CSAT (Email)", "NPS"], ["csat|channel=Chat", "csat|channel=Email"]),
        (["Chat AHT (min)", "Phone AHT (min)"], ["aht_mean|channel=Chat", "aht_mean|channel=Phone"]),
        (["メール件数", "電話件数"], ["contact_volume|channel=メール", "contact_volume|channel=電話"]),
        (["Tickets live chat", "Tickets e-mail"], ["contact_volume|channel=live chat", "contact_volume|channel=e-mail"]),
    ],
)
def test_headers_that_name_a_kpi_and_a_channel(headers: list[str], expected: list[str]) -> None:
    assert list(by_channel(headers).values()) == expected


@pytest.mark.parametrize(
    "headers",
    [
        ["Email tickets", "CSAT"],
        ["Email tickets", "Email tickets (2)"],
        ["Email cost", "Phone tickets"],
        ["Ticket volume", "Ticket backlog"],
        ["Weekend tickets", "Weekday tickets"],
    ],
)
def test_one_header_alone_or_words_that_are_no_channel_say_nothing(headers: list[str]) -> None:
    assert by_channel(headers) == {}


def test_a_wide_table_gives_parts_and_the_whole_they_make() -> None:
    imported = convert_text(
        "Month,Email tickets,Phone tickets,CSAT\n2025-01,500,700,80\n2025-02,550,600,82\n2025-03,520,650,81\n"
    )
    assert values(imported, "contact_volume|channel=Email") == [500, 550, 520]
    assert values(imported, "contact_volume|channel=Phone") == [700, 600, 650]
    assert values(imported, "contact_volume") == [1200, 1150, 1170]
    assert values(imported, "csat") == [80, 82, 81]
    assert "whole_made" in rules(imported)


def test_a_total_beside_the_parts_is_the_whole_and_nothing_is_made() -> None:
    imported = convert_text(
        "月,メール件数,電話件数,合計件数\n2025-01,500,700,1250\n2025-02,550,600,1150\n2025-03,520,650,1170\n"
    )
    assert values(imported, "contact_volume") == [1250, 1150, 1170]
    assert "whole_made" not in rules(imported)


def test_shares_written_below_one_are_shares_in_every_channel() -> None:
    imported = convert_text("Month,CSAT (Email),CSAT (Chat)\n2025-01,0.80,0.9\n2025-02,0.82,0.91\n2025-03,0.81,0.92\n")
    assert values(imported, "csat|channel=Email") == [80, 82, 81]
    assert values(imported, "csat|channel=Chat") == [90, 91, 92]


def test_a_turned_table_and_one_with_a_row_for_each_value_say_it_too() -> None:
    turned = convert_text("KPI,2025-01,2025-02,2025-03\nEmail tickets,100,110,120\nPhone tickets,200,210,220\n")
    long = convert_text(
        "Month,KPI,Value\n"
        + "".join(
            f"2025-0{month},{name} tickets,{number + month}\n"
            for month in (1, 2, 3)
            for name, number in (("Email", 100), ("Phone", 200))
        )
    )
    assert values(turned, "contact_volume") == [300, 320, 340]
    assert values(long, "contact_volume|channel=Email") == [101, 102, 103]
    assert values(long, "contact_volume") == [302, 304, 306]
