from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from cs_planning.kpis.calendar.service_calendar import CALENDAR_YEAR
from cs_planning.kpis.catalogue import kpi_named
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.period_names import period_label
from cs_planning.language import Text, text, use_language
from cs_planning.notebook.blocks.block import Chart, ColumnType, Image, Markdown, TableBlock, TableColumn, shown


def table() -> TableBlock:
    return TableBlock(
        columns=(
            TableColumn(name="day", label=text("Day"), type=ColumnType.DATE),
            TableColumn(name="name", label="Name"),
            TableColumn(name="share", label="Share", type=ColumnType.SHARE),
            TableColumn(name="count", label="Count", type=ColumnType.NUMBER, digits=0),
        ),
        rows=(
            (date(2026, 3, 1), "2026", 0.256, 1234.0),
            (None, "0", None, None),
            (date(2026, 3, 2), text("open"), 1.0, 3.0),
            (date(2026, 3, 3), "2026-03-03", 0.0, 0.0),
        ),
    )


def test_a_table_survives_json_with_texts_that_look_like_days() -> None:
    assert TableBlock.model_validate_json(table().model_dump_json()) == table()


@pytest.mark.parametrize("word", ["2026", "0", "1e5", "true", "null", "NaN", "12:00", "2026-03-03"])
def test_a_text_argument_stays_a_text_through_json(word: str) -> None:
    sentence = text("{word}", word=word)
    assert str(Text.model_validate_json(sentence.model_dump_json())) == word


def test_cells_are_written_by_the_type_of_their_column() -> None:
    columns, rows = table().columns, table().rows
    assert [shown(value, column) for value, column in zip(rows[0], columns, strict=True)] == [
        "Mar 1, 2026",
        "2026",
        "26 %",
        "1,234",
    ]
    assert [shown(value, column) for value, column in zip(rows[1], columns, strict=True)] == ["", "0", "", ""]


def test_a_moment_in_a_date_column_becomes_its_day() -> None:
    columns = (TableColumn(name="day", label="Day", type=ColumnType.DATE),)
    assert TableBlock(columns=columns, rows=((datetime(2026, 3, 1, 12),),)).rows == ((date(2026, 3, 1),),)


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValidationError, match="2 values for 1 columns"):
        TableBlock(columns=(TableColumn(name="a", label="A"),), rows=((1, 2),))


def test_infinite_and_missing_numbers_are_empty() -> None:
    found = TableBlock(
        columns=(TableColumn(name="a", label="A", type=ColumnType.NUMBER),), rows=((float("inf"),), (float("nan"),))
    )
    assert found.rows == ((None,), (None,))


@pytest.mark.parametrize(
    ("frequency", "english", "japanese"),
    [
        (Frequency.DAY, "Oct 1, 2026", "2026年10月1日"),
        (Frequency.WEEK, "W40 2026", "2026年9月28日の週"),
        (Frequency.MONTH, "Oct 2026", "2026年10月"),
        (Frequency.YEAR, "2026", "2026年"),
    ],
)
def test_periods_are_written_as_the_language_writes_them(frequency: Frequency, english: str, japanese: str) -> None:
    day = date(2026, 10, 1)
    with use_language("en"):
        assert period_label(day, CALENDAR_YEAR.rhythm(frequency)) == english
    with use_language("ja"):
        assert period_label(day, CALENDAR_YEAR.rhythm(frequency)) == japanese


def test_vector_pictures_are_refused() -> None:
    with pytest.raises(ValidationError):
        Image(data=b"<svg onload=alert(1)>", media_type="image/svg+xml", alt="x")  # type: ignore[arg-type]


def test_a_frame_survives_json_with_its_types() -> None:
    frame = pd.DataFrame(
        {
            "part": ["history", "event"],
            "period": pd.DatetimeIndex(["2026-01-01", pd.NaT]),
            "value": [0.1 + 0.2, np.nan],
            "label": [None, "event0"],
            "leading": [True, False],
        }
    )
    chart = Chart(drawing="series", title="t", alt=text("a"), frame=frame, labels={"event0": "x"}, table=table())
    read = Chart.model_validate_json(chart.model_dump_json())
    pd.testing.assert_frame_equal(read.frame, chart.frame)
    assert read.data("en")["label"].tolist() == ["", "x"]


def test_values_are_shown_with_their_unit_and_gaps_stay_empty() -> None:
    frame = pd.DataFrame({"part": ["bar", "bar"], "value": [12.5, np.nan]})
    chart = Chart(drawing="comparison", title="t", alt=text("a"), frame=frame, kpi=kpi_named("csat"), table=table())
    assert chart.data("en")["shown"].tolist() == ["12.5 %", ""]


def test_markdown_is_made_safe_when_a_block_is_made() -> None:
    assert "<script" not in Markdown(source="<script>alert(1)</script>").source
