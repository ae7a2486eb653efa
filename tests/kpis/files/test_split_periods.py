"""The year and the month in two columns are one period."""

from __future__ import annotations

import pytest

from cs_planning.kpis.files.reading import read_table


@pytest.mark.parametrize(
    ("content", "periods"),
    [
        ("Year,Month,CSAT\n2025,11,81\n2026,1,82\n", ["2025-11", "2026-01"]),
        ("年,月,件数\n2025年,11月,81\n2026年,1月度,82\n", ["2025-11", "2026-01"]),
        ("Month,Year,CSAT\nNov,2025,81\nJanuary,2026,82\n", ["2025-11", "2026-01"]),
        ("Year,Quarter,NPS\n2025,Q4,31\n2026,1,30\n", ["2025-Q4", "2026-Q1"]),
        ("Year,Week,Tickets\n2025,W52,31\n2026,1,30\n", ["2025-W52", "2026-W01"]),
        ("年度,四半期,満足度\n2025,第4四半期,80\n2026,Q1,82\n", ["2025年度Q4", "2026年度Q1"]),
        ("年度,月,満足度\n2025,3,80\n2025,2月,82\n", ["2025年度3月", "2025年度2月"]),
    ],
)
def test_year_and_part_become_one_column(content: str, periods: list[str]) -> None:
    table = read_table("kpi.csv", content.encode())
    [column] = [name for name in table.columns if "+" in name]
    assert table.frame[column].tolist() == periods
    assert len(table.columns) == 2


@pytest.mark.parametrize(
    "content",
    [
        "Year,Month,CSAT\n2025,11,81\nTotal,,82\n",
        "Year,Month,CSAT\n2025,13,81\n2026,1,82\n",
        "Created at,Year,Month\n2025-11-02 10:00,2025,11\n2026-01-05 11:00,2026,1\n",
        "Year,Month,Month name,CSAT\n2025,11,Nov,81\n",
        "年度,週,満足度\n2025,3,80\n",
    ],
)
def test_what_is_no_period_or_stands_beside_a_date_stays_as_it_is(content: str) -> None:
    table = read_table("kpi.csv", content.encode())
    assert list(table.columns) == content.split("\n", maxsplit=1)[0].split(",")
