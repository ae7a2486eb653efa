from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_planning.errors import ImportProblems
from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.columns.mapping import Mapping
from cs_planning.kpis.columns.roles import Kind, Role
from cs_planning.kpis.files.reading import read_table
from cs_planning.kpis.findings.imported import Imported
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.imports.convert import convert
from cs_planning.kpis.imports.recognise import header_fingerprint, recognise
from cs_planning.kpis.series import SeriesKey, split_series, to_longer_periods
from tests.fixtures.make import FILES, FOLDER, MISSING_DAYS
from tests.kpis.exports import as_csv

TODAY = date(2026, 1, 1)


def convert_text(content: str, today: date = TODAY, encoding: str = "utf-8") -> Imported:
    table = read_table("table.csv", content.encode(encoding))
    return convert(table, recognise(table).mapping, calendar=CALENDAR_YEAR, today=today)


def values(imported: Imported, series: str) -> list[float]:
    assert imported.points is not None
    return imported.points.loc[imported.points["series"] == series, "value"].round(6).tolist()


def rules(imported: Imported) -> set[str]:
    return {finding.rule for finding in imported.findings}


def problems_of(content: str, today: date = TODAY) -> ImportProblems:
    with pytest.raises(ImportProblems) as caught:
        convert_text(content, today)
    return caught.value


@pytest.mark.parametrize("name", FILES)
def test_the_fixtures_are_what_their_generators_make(name: str) -> None:
    assert (FOLDER / name).read_bytes() == FILES[name]()


def call_centre() -> tuple[Imported, pd.DataFrame]:
    data = (FOLDER / "call-centre-daily.csv").read_bytes()
    table = read_table("call-centre-daily.csv", data)
    found = recognise(table)
    assert found.kind is Kind.CALL_CENTRE_DAILY
    raw = pd.read_csv(io.BytesIO(data), sep=";", encoding="utf-8-sig", parse_dates=["Date"])
    return convert(table, found.mapping, calendar=CALENDAR_YEAR, today=TODAY), raw


def test_daily_call_centre_statistics_become_five_kpis_with_their_weights() -> None:
    imported, raw = call_centre()
    assert imported.rhythm.frequency is Frequency.DAY
    assert imported.accepted_rows == len(raw)
    assert imported.points is not None
    assert set(imported.points["series"]) == {
        "contact_volume", "handled_volume", "abandonment_rate", "completion_rate", "asa_mean", "service_level"
    }  # fmt: skip
    level = imported.points[imported.points["series"] == "service_level"]
    assert level["value"].between(0, 100).all()
    assert level["value"].max() > 50


@pytest.mark.parametrize("frequency", [Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER])
def test_longer_periods_are_made_from_counts_and_weights(frequency: Frequency) -> None:
    imported, raw = call_centre()
    assert imported.points is not None
    series = split_series(imported.points, CALENDAR_YEAR.rhythm(Frequency.DAY), imported.kpis)
    groups = raw.groupby(raw["Date"].dt.to_period(CALENDAR_YEAR.rhythm(frequency).pandas_period).dt.start_time)
    rate = to_longer_periods(series[SeriesKey("abandonment_rate")], frequency)
    asa = to_longer_periods(series[SeriesKey("asa_mean")], frequency)
    level = to_longer_periods(series[SeriesKey("service_level")], frequency)
    assert rate is not None
    assert asa is not None
    assert level is not None
    np.testing.assert_allclose(rate.values, 100 * groups["CallsAbandoned"].sum() / groups["CallsOffered"].sum())
    weighted = groups.apply(lambda part: np.average(part["AverageSpeedofAnswer"], weights=part["CallsHandled"]))
    np.testing.assert_allclose(asa.values, weighted)
    weighted = groups.apply(lambda part: 100 * np.average(part["ServiceLevel"], weights=part["CallsOffered"]))
    np.testing.assert_allclose(level.values, weighted)


def test_missing_days_are_named() -> None:
    imported, _ = call_centre()
    finding = next(finding for finding in imported.findings if finding.rule == "missing_periods")
    assert finding.count == 2
    assert finding.sample_values == MISSING_DAYS


def test_a_wide_table_takes_units_from_headers_and_samples_from_their_columns() -> None:
    imported = convert_text(
        "Month;CSAT (%);CSAT answers;First response time (h);NPS;Tickets\n"
        "2024-01;81,5;120;2,5;31;1.200\n2024-02;82,5;130;2,0;33;1.250\n2024-03;80,0;110;1,5;30;1.300\n"
    )
    assert imported.rhythm.frequency is Frequency.MONTH
    assert values(imported, "csat") == [81.5, 82.5, 80.0]
    assert values(imported, "frt_mean") == [150, 120, 90]
    assert values(imported, "contact_volume") == [1200, 1250, 1300]
    assert imported.points is not None
    assert imported.points.loc[imported.points["series"] == "csat", "sample_size"].tolist() == [120, 130, 110]
    assert "counts_missing" in rules(imported)


def test_a_column_that_the_catalogue_does_not_know_keeps_its_name() -> None:
    imported = convert_text("month,Happy hours,csat\n2024-01,3,0.8\n2024-02,4,0.85\n2024-03,5,0.9\n")
    assert values(imported, "Happy hours") == [3, 4, 5]
    assert values(imported, "csat") == [80, 85, 90]
    assert imported.kpis["Happy hours"].name is not None


def test_a_long_table_with_channels_becomes_series_with_scopes() -> None:
    imported = convert_text(
        "period,kpi,channel,value,sample_size\n"
        "2024-Q1,CSAT,email,80,50\n2024-Q2,CSAT,email,82,60\n2024-Q1,CSAT,chat,90,20\n2024-Q2,CSAT,chat,91,30\n"
    )
    assert imported.rhythm.frequency is Frequency.QUARTER
    assert values(imported, "csat|channel=email") == [80, 82]
    assert values(imported, "csat|channel=chat") == [90, 91]


def test_the_products_own_series_file_is_read_back_as_it_was() -> None:
    content = "series,period,value,sample_size\nabandonment_rate,2024-01-01,0.5,1000\nabandonment_rate,2024-02-01,0.7,900\n"
    content += "frt_median|channel=email,2024-01-01,12.5,400\nfrt_median|channel=email,2024-02-01,11,500\n"
    imported = convert_text(content)
    assert values(imported, "abandonment_rate") == [0.5, 0.7]
    assert values(imported, "frt_median|channel=email") == [12.5, 11]


def test_a_turned_table_with_periods_as_columns_is_read() -> None:
    imported = convert_text("KPI,2024-01,2024-02,2024-03\nCSAT,81%,82%,83%\nBacklog,40,42,39\n")
    assert values(imported, "csat") == [81, 82, 83]
    assert values(imported, "backlog") == [40, 42, 39]


@pytest.mark.parametrize(
    ("periods", "frequency"),
    [
        (["2024-01-01", "2024-01-02", "2024-01-03"], Frequency.DAY),
        (["2024-W01", "2024-W02", "2024-W03"], Frequency.WEEK),
        (["01.01.2024", "08.01.2024", "15.01.2024"], Frequency.WEEK),
        (["Jan 2024", "Feb 2024", "Mar 2024"], Frequency.MONTH),
        (["31/01/2024", "29/02/2024", "31/03/2024"], Frequency.MONTH),
        (["2024年1月", "2024年2月", "2024年3月"], Frequency.MONTH),
        (["Q1 2024", "Q2 2024", "Q3 2024"], Frequency.QUARTER),
        (["2022", "2023", "2024"], Frequency.YEAR),
    ],
)
def test_every_rhythm_from_days_to_years_is_understood(periods: list[str], frequency: Frequency) -> None:
    rows = "\n".join(f"{period};{80 + place}" for place, period in enumerate(periods))
    imported = convert_text(f"Period;CSAT\n{rows}\n")
    assert imported.rhythm.frequency is frequency
    assert values(imported, "csat") == [80, 81, 82]


def test_all_problems_are_reported_at_once_with_row_column_value_and_remedy() -> None:
    error = problems_of(
        "month,csat,nps\n2024-01,80,30\n2024-02,abc,31\nlater,82,32\n2024-04,83,400\n2031-05,80,30\n2024-01,99,30\n"
    )
    found = {(problem.row, problem.column, problem.value) for problem in error.problems}
    assert (3, "csat", "abc") in found
    assert (4, "month", "later") in found
    assert (5, "nps", "400") in found
    assert any(row == 6 for row, *_ in found)
    assert any(row == 7 and value == "2024-01" for row, _, value in found)
    assert all(str(problem.remedy) for problem in error.problems)


def test_rows_that_repeat_another_one_are_rejected_and_counted() -> None:
    imported = convert_text("month,csat\n2024-01,80\n2024-02,81\n2024-02,81\n2024-03,82\n")
    assert (imported.rows_read, imported.accepted_rows, imported.rejected_rows) == (4, 3, 1)
    assert imported.rejected["row"].tolist() == [4]


def test_mixed_units_in_a_column_are_refused_where_they_change() -> None:
    error = problems_of("month,csat\n2024-01,80%\n2024-02,81%\n2024-03,0.82\n2024-04,83%\n")
    assert [(problem.row, problem.value) for problem in error.problems] == [(4, "0.82")]


def test_times_in_different_units_are_made_one() -> None:
    imported = convert_text("month,first response time\n2024-01,30 min\n2024-02,2 h\n2024-03,90 min\n")
    assert values(imported, "frt_mean") == [30, 120, 90]


def test_two_columns_of_one_kpi_are_refused() -> None:
    table = read_table("x.csv", b"month,csat,csat\n2024-01,80,81\n2024-02,81,82\n2024-03,81,82\n")
    assert table.repeated_columns == ("csat",)
    mapping = recognise(table).mapping
    mapping = mapping.with_role("csat", Role.KPI, "csat").with_role("csat (2)", Role.KPI, "csat")
    with pytest.raises(ImportProblems, match="same KPI"):
        convert(table, mapping, calendar=CALENDAR_YEAR, today=TODAY)


def test_dates_in_both_orders_are_refused() -> None:
    assert "day-first and month-first" in str(problems_of("date,csat\n13/01/2024,80\n01/14/2024,81\n02/03/2024,82\n"))


def test_a_unit_that_changes_inside_a_column_is_found() -> None:
    rows = [f"{2020 + m // 12}-{m % 12 + 1:02d},{(40 + m % 5) * (60 if m > 15 else 1)}" for m in range(30)]
    assert "unit_change" in rules(convert_text("month,first response time (min)\n" + "\n".join(rows)))


def test_suspicious_columns_are_found() -> None:
    months = [f"{2022 + m // 12}-{m % 12 + 1:02d}" for m in range(24)]
    rows = [f"{month},{50 + m % 7},{50 + m % 7},7,{0 if m > 20 else 100 + m % 9}" for m, month in enumerate(months)]
    found = rules(convert_text("month,backlog,complaints,ces,tickets\n" + "\n".join(rows)))
    assert {"equal_columns", "constant", "trailing_zeros"} <= found


def test_the_current_month_is_said_to_be_unfinished() -> None:
    content = "month,csat\n2024-01,80\n2024-02,81\n2024-03,82\n"
    assert "unfinished_period" in rules(convert_text(content, date(2024, 3, 20)))
    assert "unfinished_period" not in rules(convert_text(content, date(2024, 4, 1)))


def test_a_corrected_mapping_is_kept_as_json_and_used_again() -> None:
    table = read_table("x.csv", b"month,score,volume\n2024-01,80,5\n2024-02,81,6\n2024-03,82,7\n")
    corrected = recognise(table).mapping.with_role("score", Role.KPI, "quality_score").with_role("volume", Role.IGNORE)
    kept = Mapping.model_validate_json(corrected.model_dump_json())
    other = read_table("y.csv", b"month,score,volume\n2024-04,83,8\n2024-05,84,9\n2024-06,85,10\n")
    assert header_fingerprint(other) == header_fingerprint(table)
    found = recognise(other, kept)
    assert found.remembered
    assert found.confidence == 1
    assert values(convert(other, found.mapping, calendar=CALENDAR_YEAR, today=TODAY), "quality_score") == [83, 84, 85]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    numbers=st.lists(st.floats(0, 99_999, allow_nan=False).map(lambda x: round(x, 2)), min_size=3, max_size=12),
    comma=st.booleans(),
    grouped=st.booleans(),
)
def test_written_numbers_are_read_as_they_were_meant(numbers: list[float], comma: bool, grouped: bool) -> None:
    def written(number: float) -> str:
        plain = f"{number:,.2f}" if grouped else f"{number:.2f}"
        return plain.translate(str.maketrans(",.", ".,")) if comma else plain

    rows = "\n".join(f"2024-{month + 1:02d};{written(number)}" for month, number in enumerate(numbers))
    imported = convert_text(f"month;Points of mine\n{rows}\n")
    assert values(imported, "Points of mine") == pytest.approx(numbers)


def test_a_header_below_a_title_is_found(tmp_path: Path) -> None:
    imported = convert_text(
        "Support report,,\nExported 2024-05-01,,\n\nMonth,CSAT,NPS\n2024-01,80,30\n2024-02,81,31\n2024-03,82,32\n"
    )
    assert values(imported, "csat") == [80, 81, 82]


@pytest.mark.parametrize(
    ("header", "sampled"),
    [
        (["月", "満足度(%)", "回答数"], {"回答数": "csat"}),
        (["月", "放棄率", "件数"], {"件数": "abandonment_rate"}),
        (["月", "問い合わせ件数", "満足度", "回答数"], {"回答数": "csat"}),
        (["Month", "CSAT", "Responses"], {"Responses": "csat"}),
        (["月", "満足度", "NPS", "回答数"], {}),
        (["月", "満足度", "問い合わせ件数"], {}),
    ],
)
def test_a_bare_word_for_a_sample_belongs_to_the_only_kpi_that_rests_on_one(header: list[str], sampled: dict[str, str]) -> None:
    rows = [[f"2025-{month:02d}", *(30 + 3 * month + place for place in range(len(header) - 1))] for month in range(1, 13)]
    table = read_table("kpis.csv", as_csv(header, rows))
    mapping = recognise(table).mapping
    assert {entry.column: entry.kpi for entry in mapping.all_with(Role.SAMPLE_SIZE)} == sampled
